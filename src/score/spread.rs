//! 95 % intervals of the scores.
//!
//! The interval tells what many more stories of the same kind could make of a source's score. Its variance is the sum of
//! three:
//!
//! 1. *which stories it happened to cover*. This has two witnesses: the source's own bootstrap over stories
//!    ([`super::bootstrap`]), and the variance that as many independent slots would have, multiplied by a design effect
//!    (Kish 1965): how much more the bootstraps of all sources vary than independent slots would, because claims of one
//!    story hang together. A source with few stories cannot tell its own variance, so that the second counts as
//!    `stories` stories beside the first;
//! 2. *what the prior may be wrong about it*: the square of the share by which its loss is shrunk, times how much sources
//!    differ;
//! 3. *who is right*: a minority value believed in with `b` adds `b (1 − b)` times the square of what it can cost.
//!
//! A Beta distribution between 0 and the size
//! of a loss, with this mean and variance, gives the limits; readings of the disputes that are nearly as likely widen
//! them ([`super::belief`]).

use schemars::JsonSchema;
use serde::Deserialize;

use super::bootstrap::{Block, Bootstrap};
use super::interval::{Limits, limits};
use super::prior::Prior;
use super::tally::{Tally, Trial};

/// `[spread]` in `rules/score.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SpreadRules {
    /// What the rule is for.
    pub about: String,
    /// Probability that the interval is to cover.
    pub level: f64,
    /// Draws of the bootstrap.
    pub draws: u64,
    /// At most so many blocks; more stories than that share blocks.
    pub blocks: u32,
    /// First number of the fixed sequence.
    pub seed: u64,
    /// Stories for which the variance that all sources suggest counts.
    pub stories: f64,
    /// What a lost slot costs where nobody lost any.
    pub loss: f64,
    /// Share of the prior's strength that is sure, as few sources tell little of how sources differ.
    pub prior: f64,
}

/// What all sources tell of how much a score varies.
pub struct Spread<'r> {
    rules: &'r SpreadRules,
    prior: &'r Prior,
    bootstrap: Bootstrap,
    /// How much more rates vary than those of independent slots.
    effect: f64,
}

/// Most of the size of a loss that a mean loss may be; beyond it the size is taken for larger.
const FULL: f64 = 0.8;

impl<'r> Spread<'r> {
    /// Fits the design effect.
    pub fn fit(tallies: &[&Tally<'_>], prior: &'r Prior, rules: &'r SpreadRules) -> Self {
        let bootstrap = Bootstrap::new(rules.blocks, rules.draws, rules.seed);
        let mut spread = Self { rules, prior, bootstrap, effect: 1.0 };
        let (mut drawn, mut independent) = (0.0, 0.0);
        for tally in tallies.iter().filter(|tally| tally.lost() > 0.0) {
            drawn += tally.heard() * spread.drawn(tally).1;
            independent += tally.heard() * spread.independent(tally);
        }
        if independent > 0.0 {
            spread.effect = (drawn / independent).max(1.0);
        }
        spread
    }

    /// The limits of a source's mean loss, from the lowest to the highest.
    pub fn limits(&self, tally: &Tally<'_>) -> Limits {
        let variance = self.sampled(tally) + self.shrunk(tally) + self.doubted(tally);
        let mean = self.mean(tally);
        let size = self.size(mean);
        let share = limits((mean / size).max(1e-6), (variance / (size * size)).max(1e-12), self.rules.level);
        Limits { low: size * share.low, high: size * share.high }
    }

    /// Variance by which slots and stories the source happened to fill: never below that of independent slots, for the
    /// bootstrap of a source that lost nothing yet knows of no variance at all.
    fn sampled(&self, tally: &Tally<'_>) -> f64 {
        let (stories, drawn) = self.drawn(tally);
        let (shared, independent) = (self.rules.stories, self.independent(tally));
        independent.max((shared * self.effect * independent + stories * drawn) / (shared + stories))
    }

    /// Variance by what the prior may be wrong about the source: sources differ as a prior of less strength would have it.
    fn shrunk(&self, tally: &Tally<'_>) -> f64 {
        let (strength, weight) = (self.prior.strength, self.weight(tally));
        let sources = self.prior.variance(self.prior.expected(tally)) / (self.rules.prior * strength + 1.0);
        (strength / weight).powi(2) * sources
    }

    /// Variance by what is not known of who is right.
    fn doubted(&self, tally: &Tally<'_>) -> f64 {
        tally.trials.iter().map(|trial| trial.doubt()).sum::<f64>() / self.weight(tally).powi(2)
    }

    fn weight(&self, tally: &Tally<'_>) -> f64 {
        tally.heard() + self.prior.strength
    }

    /// Stories of a source, and the variance of its mean loss over the draws of its bootstrap.
    fn drawn(&self, tally: &Tally<'_>) -> (f64, f64) {
        let part = |trial: Trial| Block { id: trial.story, counted: trial.lost(), heard: trial.firmness };
        let blocks = self.bootstrap.blocks(tally.trials.iter().map(part));
        let variance = self.bootstrap.variance(&blocks, self.prior.lost(tally), self.prior.strength);
        (blocks.len() as f64, variance)
    }

    /// Variance of the mean loss of as many independent slots.
    fn independent(&self, tally: &Tally<'_>) -> f64 {
        let mean = self.mean(tally);
        tally.heard() * mean * (self.size(mean) - mean) / self.weight(tally).powi(2)
    }

    fn mean(&self, tally: &Tally<'_>) -> f64 {
        (tally.lost() + self.prior.lost(tally)) / self.weight(tally)
    }

    fn size(&self, mean: f64) -> f64 {
        self.prior.size.max(mean / FULL).min(1.0)
    }
}
