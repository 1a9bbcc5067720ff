//! 95 % intervals for the trust of every source.
//!
//! The uncertainty of a source's trust has two parts, which add up:
//!
//! 1. *Which stories it happened to cover*: a bootstrap over stories ([`super::bootstrap`]); claims of one story hang
//!    together and must not count as many independent trials. Of a source with `many` blocks the variance that the
//!    bootstrap comes to is computed.
//! 2. *What was true*: belief is not knowledge. A claim believed with `P` adds the variance `P (1 − P)`, with `P` after
//!    tempering, because the models' beliefs are too sure of themselves.
//!
//! The sum is never taken for less than the variance of the Beta distribution that as many independent claims would
//! give. A Beta distribution with the mean and the variance found gives the limits.

use rayon::prelude::*;
use schemars::JsonSchema;
use serde::Deserialize;

use super::bootstrap::{Block, Bootstrap, variance_of_many};
use super::parallel::least;
use super::special::beta_quantile;
use super::table::Table;

/// `[interval]` in `rules/score.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Interval {
    /// What the rule is for.
    pub about: String,
    /// Probability that the interval is to cover.
    pub coverage: f64,
    /// Imagined right claims of every source.
    pub right: f64,
    /// Imagined wrong claims of every source.
    pub wrong: f64,
    /// Draws of the bootstrap.
    pub draws: u64,
    /// At most so many blocks; more groups than that share blocks.
    pub blocks: u32,
    /// From so many blocks of a source on, what the draws come to is computed, not drawn.
    pub many: usize,
    /// Most independent claims that a source is credited with.
    pub most_claims: f64,
    /// First number of the fixed sequence.
    pub seed: u64,
}

/// The limits of a source's trust.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// Lower limit.
    pub low: f64,
    /// Upper limit.
    pub high: f64,
}

/// Intervals per source for what the claims amount to under `belief` (per option, tempered). Items with one value
/// count nothing, as nobody disputes them; `trust` is the middle that the model found.
pub fn intervals(table: &Table, belief: &[f64], trust: &[f64], rules: &Interval) -> Vec<Limits> {
    let groups = (0..table.item_count()).map(|item| table.group(item)).max().map_or(1, |last| last + 1);
    let bootstrap = Bootstrap::new(rules.blocks.min(groups), rules.draws, rules.seed);
    let context = Context { table, belief, rules, bootstrap, items: table.option_items() };
    trust
        .par_iter()
        .with_min_len(least(table))
        .enumerate()
        .map(|(source, &trust)| context.limits(source, trust))
        .collect()
}

/// The smallest interval that holds the first and reaches every other trust.
pub fn reach(limits: &mut [Limits], trust: &[f64]) {
    for (limits, &trust) in limits.iter_mut().zip(trust) {
        limits.low = limits.low.min(trust);
        limits.high = limits.high.max(trust);
    }
}

struct Context<'a> {
    table: &'a Table,
    belief: &'a [f64],
    rules: &'a Interval,
    bootstrap: Bootstrap,
    items: Vec<u32>,
}

impl Context<'_> {
    fn limits(&self, source: usize, trust: f64) -> Limits {
        let (blocks, doubt) = self.blocks(source);
        let heard = blocks.iter().map(|b| b.heard).sum::<f64>();
        let imagined = self.rules.right + self.rules.wrong;
        let total = heard + imagined;
        let middle = trust.clamp(1e-6, 1.0 - 1e-6);
        let credited = heard.min(self.rules.most_claims) + imagined;
        let least = middle * (1.0 - middle) / (credited + 1.0);
        let drawn = if blocks.len() < self.rules.many {
            self.bootstrap.variance(&blocks, self.rules.right, imagined)
        } else {
            variance_of_many(&blocks, self.rules.right, imagined)
        };
        limits(middle, least.max(drawn + doubt / (total * total)), self.rules.coverage)
    }

    /// What a source says, summed by block of items; and the variance that belief leaves.
    fn blocks(&self, source: usize) -> (Vec<Block>, f64) {
        let (mut parts, mut doubt) = (Vec::new(), 0.0);
        for &claim in self.table.claims_by(source) {
            let option = self.table.claim_option[claim as usize] as usize;
            let item = self.items[option] as usize;
            if self.table.options_of(item).len() < 2 {
                continue;
            }
            let (weight, belief) = (self.table.weight(claim as usize), self.belief[option]);
            doubt += weight * weight * belief * (1.0 - belief);
            parts.push(Block { id: self.table.group(item), counted: weight * belief, heard: weight });
        }
        (self.bootstrap.blocks(parts.into_iter()), doubt)
    }
}

/// The limits of the Beta distribution with this mean and variance.
pub fn limits(mean: f64, variance: f64, coverage: f64) -> Limits {
    // No Beta distribution varies as much as a coin; the least size keeps its shape proper.
    let size = (mean * (1.0 - mean) / variance - 1.0).max(0.1);
    let tail = (1.0 - coverage) / 2.0;
    let quantile = |p| beta_quantile(p, mean * size, (1.0 - mean) * size);
    Limits { low: quantile(tail), high: quantile(1.0 - tail) }
}
