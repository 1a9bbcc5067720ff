//! Which place something is measured from: "41 km northeast of Ostby".
//!
//! Outlets that agree on how far and which way it is may name another place for it.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Rules;
use super::annotations::Annotations;
use super::claims::Place;
use super::measured::heads_of;
use super::quantity::QuantityMention;
use crate::claim::{Claim, Kind, Value};
use crate::rules::Words;

/// The attribute of such claims.
pub const BEARING: &str = "bearing";

/// The words between a distance and a place: `[bearing]` in `rules/extract.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BearingRules {
    /// What the rule does.
    pub about: String,
    /// Words that may stand behind the distance: `northeast`, `the`.
    pub directions: Words,
    /// Words before the place: `of`, `off`.
    pub prepositions: Words,
    /// Sentences that tell what something is measured from.
    pub fires: Vec<String>,
    /// Sentences that do not.
    pub silent: Vec<String>,
}

/// A claim for each place that a distance of the body is measured from, known by what lies there.
pub fn bearing_claims(notes: &Annotations, rules: &Rules) -> Vec<Claim> {
    let distances = notes.quantities.iter().filter(|q| q.value.unit == "m");
    distances.filter_map(|distance| bearing(distance, notes, rules)).collect()
}

fn bearing(distance: &QuantityMention, notes: &Annotations, rules: &Rules) -> Option<Claim> {
    let place = Place::of(&distance.tokens, notes)?;
    let word = |at: usize| notes.token_in(place.sentence, at).map(|token| &token.norm);
    let mut at = distance.tokens.end;
    while word(at).is_some_and(|word| rules.bearing.directions.contains(word)) {
        at += 1;
    }
    word(at).filter(|word| rules.bearing.prepositions.contains(word))?;
    let named = notes.names.at(at + 1..place.sentence.tokens.end).next().filter(|m| m.tokens.start == at + 1)?;
    // Of places that the gazetteer does not know it is not known where they lie.
    let value = notes.kit.gazetteer.locate(notes.names.name_of(named.entity))?;
    let own = Place::of(&named.tokens, notes)?;
    let subject = heads_of(&distance.tokens, place.sentence, notes, rules)?;
    Some(Claim { subject, ..own.claim(notes, rules, Kind::Place, BEARING, Value::Location(value)) })
}
