//! Likeness: whether two values that no attribute names are told of one thing, weighed from all
//! that the story says about them.
//!
//! The words beside one value seldom tell enough: "400 euros in compensation" and "a measly 250
//! euros a head" share none. What the sentence before says, what other outlets write beside the
//! same values, whether somebody gives both values, how many of the kind each document has, and
//! how far the values lie apart are weighed together, as log odds found on labelled stories by
//! `cargo run --release --example fit_likeness`.

pub mod evidence;
mod view;

use rustc_hash::FxHashSet;
use schemars::JsonSchema;
use serde::Deserialize;

use super::Book;
use crate::matching::group::{Mention, Story};
use crate::matching::identity::Identities;

pub use evidence::{Candidate, Evidence, candidates};
pub use view::WordWeights;

/// When two open values are told of one thing: `[likeness]` in `rules/compare.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LikenessRules {
    /// What the rule does.
    pub about: String,
    /// Least probability of being told of one thing.
    pub least: f64,
    /// How words around a value weigh.
    pub words: WordWeights,
    /// Natural log odds for each part of the evidence.
    pub weights: Weights,
}

/// One number a part of the evidence: values or weights.
pub type Weights = Evidence;

impl LikenessRules {
    /// The probability that two values are told of one thing.
    pub fn probability(&self, evidence: &Evidence) -> f64 {
        1.0 / (1.0 + (-evidence.weighed(&self.weights)).exp())
    }
}

/// The pairs of open values that the whole story tells to be of one thing; `pairs` as in [`candidates`].
pub fn told_of_one(
    story: &Story,
    pairs: &[(Mention, Mention)],
    identities: &mut Identities,
    book: &Book,
) -> FxHashSet<(Mention, Mention)> {
    let rules = &book.compare.likeness;
    let likely = candidates(story, pairs, identities, book)
        .into_iter()
        .filter(|c| rules.probability(&c.evidence) >= rules.least);
    likely.map(|c| (c.a, c.b)).collect()
}
