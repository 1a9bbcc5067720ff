//! CATD: sources of few claims get the lower end of what their error allows (Li et al., PVLDB 2014).
//!
//! ```text
//! w_s = χ²(alpha / 2; n_s) / Σ_{claims of s} [claim is not the accepted value],   accepted value = weighted vote
//! ```
//!
//! The chi-square quantile grows slower than `n` for few claims, so that one lucky claim earns little. Belief is the
//! share of weight; trust is the mean belief of a source's claims, shrunk by `right` and `wrong` imagined ones.

use schemars::JsonSchema;
use serde::Deserialize;

use super::super::evidence::{Evidence, Fit, normalise};
use super::super::special::chi_square_quantile;

/// `[catd]` in `rules/score.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Catd {
    /// What the rule is for.
    pub about: String,
    /// Chance that a source's error lies outside its interval.
    pub alpha: f64,
    /// Least error of a source, in claims, so that no weight is infinite.
    pub least_loss: f64,
    /// Imagined right claims in the reported trust.
    pub right: f64,
    /// Imagined wrong claims in the reported trust.
    pub wrong: f64,
    /// Most rounds.
    pub iterations: usize,
}

/// Fits the model from the vote.
pub fn fit(evidence: &Evidence<'_>, rules: &Catd) -> Fit {
    let quantiles = quantiles(evidence, rules);
    let mut belief = evidence.shares();
    let mut best = evidence.best(&belief);
    let (mut iterations, mut converged) = (0, false);
    while iterations < rules.iterations && !converged {
        let weights = weights(evidence, rules, &quantiles, &best);
        belief = weighted_shares(evidence, &weights);
        let next = evidence.best(&belief);
        converged = next == best;
        best = next;
        iterations += 1;
    }
    let trust = evidence.mean_belief(&belief, rules.right, rules.wrong);
    Fit { trust, belief, objective: 0.0, iterations, converged }
}

/// The quantile for each source; sources with equally many claims share one computation.
fn quantiles(evidence: &Evidence<'_>, rules: &Catd) -> Vec<f64> {
    let mut known = std::collections::BTreeMap::new();
    let of = |source| {
        let claims = evidence.table.claims_by(source).len();
        *known.entry(claims).or_insert_with(|| chi_square_quantile(rules.alpha / 2.0, claims as f64))
    };
    (0..evidence.table.source_count()).map(of).collect()
}

fn weights(evidence: &Evidence<'_>, rules: &Catd, quantiles: &[f64], best: &[u32]) -> Vec<f64> {
    let table = evidence.table;
    let mut accepted = vec![false; table.options()];
    best.iter().for_each(|&option| accepted[option as usize] = true);
    let of = |(source, quantile): (usize, &f64)| {
        let claims = table.claims_by(source).iter();
        let wrong = claims.filter(|&&claim| !accepted[table.claim_option[claim as usize] as usize]);
        let loss: f64 = wrong.map(|&claim| table.weight(claim as usize)).sum();
        quantile / loss.max(rules.least_loss)
    };
    quantiles.iter().enumerate().map(of).collect()
}

fn weighted_shares(evidence: &Evidence<'_>, weights: &[f64]) -> Vec<f64> {
    let table = evidence.table;
    let mut belief = vec![0.0; table.options()];
    for item in 0..table.item_count() {
        for option in table.options_of(item) {
            let weight = |claim| evidence.vote(claim) * weights[table.claim_source[claim] as usize];
            belief[option] = table.claims_of(option).map(weight).sum();
        }
        normalise(&mut belief[table.options_of(item)]);
    }
    belief
}
