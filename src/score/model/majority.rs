//! Majority vote: the value with the most voices. The baseline that every other model must justify itself against.
//!
//! Belief in a value is its share of the votes on its item; the trust of a source is the mean belief of its claims,
//! with `right` and `wrong` imagined claims to shrink sources of a few claims.

use schemars::JsonSchema;
use serde::Deserialize;

use super::super::evidence::{Evidence, Fit};

/// `[majority]` in `rules/score.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Majority {
    /// What the rule is for.
    pub about: String,
    /// Imagined right claims of every source.
    pub right: f64,
    /// Imagined wrong claims of every source.
    pub wrong: f64,
}

/// Counts the votes.
pub fn fit(evidence: &Evidence<'_>, rules: &Majority) -> Fit {
    let belief = evidence.shares();
    let trust = evidence.mean_belief(&belief, rules.right, rules.wrong);
    Fit { trust, belief, objective: 0.0, iterations: 1, converged: true }
}
