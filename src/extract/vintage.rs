//! In which year a thing was built, by how old it is: "the 28-year-old ferry".

use jiff::civil::{Date, date};
use schemars::JsonSchema;
use serde::Deserialize;

use super::Rules;
use super::annotations::Annotations;
use super::claims::Place;
use super::quantity::{AGE, QuantityMention};
use crate::claim::{Claim, Kind, Value, When};
use crate::rules::Words;

/// Whose age tells when it was built: `[vintage]` in `rules/extract.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VintageRules {
    /// What the rule does.
    pub about: String,
    /// Sentences that tell the age of something built.
    pub fires: Vec<String>,
    /// Sentences that do not.
    pub silent: Vec<String>,
    /// The attribute that the claims are of.
    pub attribute: String,
    /// Topics of nouns for what is built.
    pub topics: Words,
    /// More such nouns, which the lexicon files elsewhere.
    pub built: Words,
    /// Nouns of these topics for what grows old otherwise: `whisky`.
    pub others: Words,
}

/// A claim for each thing of the body whose age is told, where the day of the report is known.
pub fn vintage_claims(notes: &Annotations, rules: &Rules) -> Vec<Claim> {
    let Some(published) = &notes.published else { return Vec::new() };
    let built = notes.quantities.iter().filter_map(|mention| {
        let when = year(mention, published.date).filter(|_| is_of_thing(mention, notes, rules))?;
        let remote = when.days.map(|(first, _)| first);
        let claim = Place::of(&mention.tokens, notes)?;
        let claim = claim.claim(notes, rules, Kind::Date, &rules.vintage.attribute, Value::When(when));
        Some(Claim { remote, ..claim })
    });
    built.collect()
}

/// Whether a quantity is the age of something built, by the noun behind it.
pub fn is_of_thing(mention: &QuantityMention, notes: &Annotations, rules: &Rules) -> bool {
    let value = &mention.value;
    let exact = value.unit == AGE && value.low == value.high && value.low.fract() == 0.0;
    let noun = notes.reading.tokens.get(mention.tokens.end).filter(|noun| exact && !noun.is_capitalised());
    noun.is_some_and(|noun| {
        let VintageRules { topics, built, others, .. } = &rules.vintage;
        let is_of_topic = || notes.kit.lexicon.topic(&noun.norm).is_some_and(|topic| topics.contains(topic));
        built.contains(&noun.norm) || is_of_topic() && !others.contains(&noun.norm)
    })
}

/// The two years of which it may be, and the later, which it is oftener called by.
fn year(mention: &QuantityMention, published: Date) -> Option<When> {
    let later = published.year().checked_sub(mention.value.low as i16).filter(|year| *year > 1)?;
    Some(When { days: Some((date(later - 1, 1, 1), date(later, 12, 31))), about: true, ..When::default() })
}
