//! Who is named in full: what two spellings of one name are found by.

use super::Rules;
use super::annotations::Annotations;
use super::claims::Place;
use super::names::NameMention;
use crate::claim::{Claim, EntityKind, Kind, Value};

/// The attribute of such claims.
pub const NAMED: &str = "named";

/// A claim for each person at the first place of the body that names the person in full.
pub fn named_claims(notes: &Annotations, rules: &Rules) -> Vec<Claim> {
    let mut seen = vec![false; notes.names.entities.len()];
    let first = |mention: &&NameMention| {
        let person = notes.names.entities[mention.entity].kind == EntityKind::Person;
        person && mention.tokens.len() > 1 && !std::mem::replace(&mut seen[mention.entity], true)
    };
    let claim = |mention: &NameMention| {
        let entity = notes.names.entities[mention.entity].clone();
        let mut claim =
            Place::of(&mention.tokens, notes)?.claim(notes, rules, Kind::Person, NAMED, Value::Name(entity));
        claim.context.clear();
        Some(claim)
    };
    notes.names.mentions.iter().filter(first).filter_map(claim).collect()
}
