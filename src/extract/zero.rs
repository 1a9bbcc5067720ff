//! Counts of none: "nobody was hurt", "police made no arrests".
//!
//! Where an attribute asks how many, such a sentence answers it with zero. Only what is told of
//! everybody does: "no other injuries" and "no injuries were reported" leave it open.

use compact_str::CompactString;
use schemars::JsonSchema;
use serde::Deserialize;

use super::Rules;
use super::anchor::Anchor;
use super::annotations::Annotations;
use super::attribute::Attribute;
use super::claims::Place;
use crate::claim::{Bound, Claim, Kind, Polarity, Quantity, Value};
use crate::reading::Sentence;
use crate::rules::Words;

/// The words of none: `[zero]` in `rules/extract.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ZeroRules {
    /// What the rule does.
    pub about: String,
    /// Words for not a single person: `nobody`.
    pub nobody: Words,
    /// The word in front of what there is none of: `no`.
    pub no: String,
    /// Nouns behind it that count anybody: `one`, `people`.
    pub anybody: Words,
    /// Words that, in the same sentence, leave open whether there was any at all: `reported`, `other`.
    pub open: Words,
    /// Most tokens between those words and what happened to nobody.
    pub reach: usize,
    /// Sentences that count none.
    pub fires: Vec<String>,
    /// Sentences that do not.
    pub silent: Vec<String>,
}

/// A claim for each attribute that a sentence answers with none.
pub fn zero_claims(sentence: &Sentence, anchors: &[Anchor], notes: &Annotations, rules: &Rules) -> Vec<Claim> {
    let word = |at: usize| notes.reading.tokens[at].norm.as_str();
    let has = |listed: &Words| sentence.tokens.clone().any(|at| listed.contains(word(at)));
    if !sentence.tokens.clone().any(|at| is_none(word(at), rules)) || has(&rules.zero.open) {
        return Vec::new();
    }
    let asked = anchors.iter().filter_map(|anchor| {
        let attribute = rules.attribute_at(anchor.attribute);
        let excluded = rules.proviso(anchor.attribute).forbids(notes.words_of(sentence));
        let start = (counts_anybody(attribute) && !excluded).then(|| none_before(anchor, sentence, notes, rules))??;
        let place = Place::of(&(start..anchor.tokens.end), notes)?;
        let claim = place.claim(notes, rules, Kind::Number, rules.attribute_id(anchor.attribute), none());
        Some(Claim { polarity: Polarity::Affirmed, ..claim })
    });
    asked.collect()
}

fn is_none(word: &str, rules: &Rules) -> bool {
    word == rules.zero.no || rules.zero.nobody.contains(word)
}

/// Whether an attribute counts people, by whatever noun.
fn counts_anybody(attribute: &Attribute) -> bool {
    attribute.kind == Kind::Number && attribute.units.is_empty() && attribute.counted.iter().any(String::is_empty)
}

/// Where the words begin that tell none of what an anchor names: "*nobody* was hurt", "*no* arrests".
fn none_before(anchor: &Anchor, sentence: &Sentence, notes: &Annotations, rules: &Rules) -> Option<usize> {
    let tokens = &notes.reading.tokens;
    let start = anchor.tokens.start;
    let right = start.checked_sub(1).filter(|at| sentence.tokens.contains(at) && tokens[*at].is(&rules.zero.no));
    if anchor.noun && right.is_some() {
        return right;
    }
    let from = start.saturating_sub(rules.zero.reach).max(sentence.tokens.start);
    let near = (from..start).rev().take_while(|at| !rules.distance.ends_clause(&tokens[*at]));
    let nobody = |at: &usize| {
        let one = tokens[*at].is(&rules.zero.no) && rules.zero.anybody.contains(&tokens[at + 1].norm);
        one || rules.zero.nobody.contains(&tokens[*at].norm)
    };
    near.into_iter().find(nobody)
}

fn none() -> Value {
    Value::Quantity(Quantity {
        low: 0.0,
        high: 0.0,
        tolerance: 0.0,
        bound: Bound::Exact,
        unit: CompactString::default(),
        counted: CompactString::const_new("people"),
        part: false,
    })
}

#[cfg(test)]
mod tests {
    use super::Value;
    use crate::extract::examples::claims_of;
    use crate::rules::RuleBook;

    #[test]
    fn none_answers_how_many() {
        let rules = &RuleBook::load(None).unwrap().extract;
        for (text, expected) in [
            ("There were no injuries, police said.", "injured"),
            ("Nobody was hurt in the fire.", "injured"),
            ("No one was killed when the roof fell in.", "killed"),
            ("Police made no arrests.", "arrested"),
            ("No injuries were reported.", ""),
            ("No other injuries were found.", ""),
            ("Nobody saw the fire that killed the owner.", ""),
            ("None of the paintings was lost when the owner died.", ""),
        ] {
            let zero = |value: &Value| matches!(value, Value::Quantity(q) if q.high == 0.0);
            let told = claims_of(text, rules).into_iter().find(|claim| zero(&claim.value));
            assert_eq!(told.map_or(String::new(), |claim| claim.attribute.to_string()), expected, "{text}");
        }
    }
}
