//! Who holds a role: "Foreign Minister A. Ito", once a document and person.

use super::Rules;
use super::annotations::Annotations;
use super::claims::Place;
use crate::claim::{Claim, EntityKind, Kind, Value};

/// A claim for each role of each person at the first place that names the person.
pub fn role_claims(notes: &Annotations, rules: &Rules) -> Vec<Claim> {
    let mut claims = Vec::new();
    let mut seen = vec![false; notes.names.entities.len()];
    for mention in &notes.names.mentions {
        let entity = &notes.names.entities[mention.entity];
        if entity.kind != EntityKind::Person || std::mem::replace(&mut seen[mention.entity], true) {
            continue;
        }
        let Some(place) = Place::of(&mention.tokens, notes) else { continue };
        for role in &entity.roles {
            let mut claim = place.claim(notes, rules, Kind::Person, "role-holder", Value::Name(entity.clone()));
            claim.context = vec![role.clone()];
            claims.push(claim);
        }
    }
    claims
}
