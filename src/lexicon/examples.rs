//! Tries the examples that the tables of `rules/lexicon.toml` carry.

use super::WordRelation::{Antonym, CoHyponym, Hypernym, Same, Synonym};
use super::{Lexicon, WordRelation};
use crate::rules::{Example, Exemplified, Rule};

impl Exemplified for Lexicon {
    /// A table fires on two words when it is by a relation of its kind that they are joined.
    fn fires(&self, rule: &Rule, example: &Example) -> Option<bool> {
        let relations: &[WordRelation] = match rule.path.as_str() {
            "senses" => &[CoHyponym, Hypernym, Antonym],
            "opposites" => &[Antonym],
            "alike" => &[CoHyponym],
            "synonyms" => &[Synonym],
            "irregular" => &[Same],
            _ => return None,
        };
        let (a, b) = example.pair();
        Some(self.relation(a, b).is_some_and(|relation| relations.contains(&relation)))
    }
}
