//! Sentences of two documents that tell one thing, each in its own words.
//!
//! Two reporters seldom put the same words beside a figure, but their whole sentences name the same people, places and
//! deeds: "the talks in Muscat lasted four hours and ended without a statement", "negotiators in Muscat broke up without a
//! statement after talking for seven hours". Two sentences are twins where they share most of what the shorter tells and
//! each is the other's nearest.

use std::cell::RefCell;

use rustc_hash::FxHashMap;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::claim::Statement;
use crate::matching::group::{Mention, Story};

/// When two sentences are twins: `[twin]` in `rules/matching.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TwinRules {
    /// What the rule does.
    pub about: String,
    /// Least weight of the words and names in common; a word weighs the less the more sentences of its document have it.
    pub shared: f64,
    /// Least share of the weight of the shorter sentence that is in common.
    pub share: f64,
}

/// The twins of a story, looked for where they are asked for.
pub struct Twins<'s> {
    story: &'s Story,
    rules: &'s TwinRules,
    /// In how many sentences of each document a word or name stands.
    often: Vec<FxHashMap<u32, f64>>,
    /// The greatest likeness of a sentence to any of another document.
    best: RefCell<FxHashMap<(u32, u32, u32), f64>>,
}

impl<'s> Twins<'s> {
    /// Counts the words of a story.
    pub fn of(story: &'s Story, rules: &'s TwinRules) -> Self {
        let often = story.members.iter().map(|member| {
            let mut often = FxHashMap::default();
            for word in member.statements.iter().flat_map(words) {
                *often.entry(word).or_default() += 1.0;
            }
            often
        });
        Self { story, rules, often: often.collect(), best: RefCell::default() }
    }

    /// Whether the sentences of two claims are twins.
    pub fn are(&self, a: Mention, b: Mention) -> bool {
        let (Some(x), Some(y)) = (self.story.sentence(a), self.story.sentence(b)) else { return false };
        if name_others(x, y) {
            return false;
        }
        let shared = self.shared((a.member, x), (b.member, y));
        let lesser = self.weight(a.member, x).min(self.weight(b.member, y));
        shared >= self.rules.shared
            && shared >= self.rules.share * lesser
            && shared >= self.nearest((a.member, x), b.member)
            && shared >= self.nearest((b.member, y), a.member)
    }

    fn weight(&self, member: u32, sentence: &Statement) -> f64 {
        words(sentence).map(|word| 1.0 / self.often[member as usize][&word]).sum()
    }

    /// The weight of what two sentences both have.
    fn shared(&self, (a, x): (u32, &Statement), (b, y): (u32, &Statement)) -> f64 {
        let often = |word| self.often[a as usize][&word].max(self.often[b as usize][&word]);
        let has = |word: &u32| y.stems.binary_search(word).is_ok() || y.names.binary_search(word).is_ok();
        words(x).filter(has).map(|word| 1.0 / often(word)).sum()
    }

    /// The greatest weight that a sentence shares with any of another document.
    fn nearest(&self, (member, sentence): (u32, &Statement), other: u32) -> f64 {
        let key = (member, sentence.span.start, other);
        if let Some(best) = self.best.borrow().get(&key) {
            return *best;
        }
        let others = self.story.members[other as usize].statements.iter();
        let best = others.map(|y| self.shared((member, sentence), (other, y))).fold(0.0, f64::max);
        self.best.borrow_mut().insert(key, best);
        best
    }
}

/// Whether both name somebody or something, and nothing that the other names.
fn name_others(a: &Statement, b: &Statement) -> bool {
    let both = !a.names.is_empty() && !b.names.is_empty();
    both && !a.names.iter().any(|name| b.names.binary_search(name).is_ok())
}

/// What a sentence tells of: its content words and names.
fn words(sentence: &Statement) -> impl Iterator<Item = u32> + '_ {
    sentence.stems.iter().chain(&sentence.names).copied()
}

#[cfg(test)]
mod tests {
    use crate::compare::story::tests::contradictions;

    #[test]
    fn twins_tell_one_thing_in_two_ways() {
        let told = "The talks in Ostby between the two delegations lasted four hours and ended without a statement.";
        for (left, right, expected) in [
            (
                told,
                "Negotiators in Ostby broke up without a statement after talking for seven hours.",
                "four hours / seven hours",
            ),
            // Another sentence of the other document is nearer.
            (
                told,
                "Negotiators in Ostby broke up without a statement. The delegations ended their two days of talks in Ostby \
                 without a statement. A guide had talked for seven hours.",
                "",
            ),
            (
                "Clara Lind was taken off the list of players because of an injured ankle.",
                "Vera Holm was taken off the list of players because of an injured knee.",
                "",
            ),
            // The hours of a day are told of each of its parts.
            (
                "The Lindal flight to Ostby took off at 7.10 a.m. and soon reported engine trouble.",
                "The Lindal plane bound for Ostby landed again at 7.55 a.m. because of engine trouble.",
                "",
            ),
        ] {
            assert_eq!(contradictions(left, right), expected, "{left} / {right}");
        }
    }
}
