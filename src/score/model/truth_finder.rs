//! `TruthFinder`: values are as sure as their sources are trusted, sources as their values are sure (Yin, Han & Yu,
//! KDD 2007), without its similarity between values.
//!
//! ```text
//! σ(v) = Σ_{claims for v} w · −ln(1 − t_s),   s(v) = 1 / (1 + exp(−γ σ(v))),   t_s = mean of s over the claims of s
//! ```
//!
//! There is no prior and no penalty for what others say, so an unknown source keeps a small say and a claim that
//! nobody disputes counts: that makes it the best of those measured where an item has two or three claims. With many
//! claims an item it drowns in volume, and it is not chosen there.

use schemars::JsonSchema;
use serde::Deserialize;

use super::super::evidence::{Evidence, Fit, softmax};

/// `[truth_finder]` in `rules/score.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TruthFinder {
    /// What the rule is for.
    pub about: String,
    /// Trust of every source at the beginning.
    pub start: f64,
    /// How fast sureness grows: γ.
    pub dampening: f64,
    /// Trust is kept at or below this.
    pub ceiling: f64,
    /// Most rounds.
    pub iterations: usize,
    /// Stop when no trust moves by more.
    pub tolerance: f64,
}

/// Fits the model; `start` is a trust per source, where facts are known, or else the rules' for all.
pub fn fit(evidence: &Evidence<'_>, rules: &TruthFinder, start: Option<&[f64]>) -> Fit {
    let uniform = vec![rules.start; evidence.table.source_count()];
    let mut trust = start.map_or(uniform, <[f64]>::to_vec);
    let mut sums = Vec::new();
    let (mut moved, mut iterations) = (f64::INFINITY, 0);
    while iterations < rules.iterations && moved > rules.tolerance {
        sums = support(evidence, rules, &trust);
        let sure: Vec<f64> = sums.iter().map(|sum| 1.0 / (1.0 + (-sum).exp())).collect();
        let next = evidence.mean_belief(&sure, 0.0, 0.0);
        moved = next.iter().zip(&trust).map(|(new, old)| (new - old).abs()).fold(0.0, f64::max);
        trust = next;
        iterations += 1;
    }
    // Sureness saturates near 1, its odds do not: as shares of an item they keep the order of the values.
    for item in 0..evidence.table.item_count() {
        softmax(&mut sums[evidence.table.options_of(item)]);
    }
    Fit { trust, belief: sums, objective: 0.0, iterations, converged: moved <= rules.tolerance }
}

/// `γ σ(v)` per option.
fn support(evidence: &Evidence<'_>, rules: &TruthFinder, trust: &[f64]) -> Vec<f64> {
    let table = evidence.table;
    let weights: Vec<f64> = trust.iter().map(|trust| -(1.0 - trust.min(rules.ceiling)).ln()).collect();
    let of = |option| {
        let weight = |claim| evidence.vote(claim) * weights[table.claim_source[claim] as usize];
        rules.dampening * table.claims_of(option).map(weight).sum::<f64>()
    };
    (0..table.options()).map(of).collect()
}
