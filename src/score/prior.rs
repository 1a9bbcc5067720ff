//! What is expected of a source before its own record is long enough.
//!
//! Each slot of a source is a trial that loses something between 0 and 1. Kinds of claims differ in difficulty: early
//! counts are got wrong more often than venues. So a source is shrunk not to the mean of all sources but to what all
//! sources lose on *its* mix of kinds, and its strength, in slots, is fitted to how far sources differ by more than
//! chance (method of moments, empirical Bayes; Morris 1983).

use std::collections::BTreeMap;

use super::scorecard::ScorecardRules;
use super::tally::Tally;
use crate::claim::Kind;

/// The prior of the loss, fitted to all sources.
#[derive(Clone, Debug)]
pub struct Prior {
    /// Mean loss of a slot.
    mean: f64,
    /// The same by kind.
    kinds: BTreeMap<Kind, f64>,
    /// How many slots the prior counts for.
    pub strength: f64,
    /// What a slot loses that loses anything, the greater losses weighing more.
    pub size: f64,
}

impl Prior {
    /// Fits the prior to the records of all sources; `size` stands in where nobody lost anything.
    pub fn fit(tallies: &[&Tally<'_>], rules: &ScorecardRules, size: f64) -> Self {
        let heard: f64 = tallies.iter().map(|tally| tally.heard()).sum();
        let lost: f64 = tallies.iter().map(|tally| tally.lost()).sum();
        let squares: f64 = tallies.iter().flat_map(|tally| tally.trials.iter()).map(|trial| trial.lost().powi(2)).sum();
        // Half a loss in one more slot keeps the mean off 0, where no source could ever lose.
        let mean = (lost + 0.5 * size) / (heard + 1.0);
        let size = if lost > 0.0 { squares / lost } else { size };
        let kinds = kinds(tallies, mean, rules.difficulty);
        let mut prior = Self { mean, kinds, strength: rules.strength.1, size };
        prior.strength = prior.fitted(tallies, heard).clamp(rules.strength.0, rules.strength.1);
        prior
    }

    /// The strength at which a prior explains how far the sources' losses differ from what is expected of each.
    fn fitted(&self, tallies: &[&Tally<'_>], heard: f64) -> f64 {
        let (mut spread, mut chance) = (0.0, 0.0);
        for tally in tallies.iter().filter(|tally| tally.heard() > 0.0) {
            let expected = self.expected(tally);
            spread += tally.heard() * (tally.lost() / tally.heard() - expected).powi(2);
            chance += self.variance(expected);
        }
        let between = (spread - chance) / heard.max(1.0);
        if between > 0.0 { self.variance(self.mean) / between - 1.0 } else { f64::INFINITY }
    }

    /// Variance of one slot's loss where `mean` is its mean: slots lose nothing or about the same.
    pub fn variance(&self, mean: f64) -> f64 {
        (mean * (self.size - mean)).max(0.0)
    }

    /// Loss of a slot that is expected of a source, by the kinds of its slots.
    pub fn expected(&self, tally: &Tally<'_>) -> f64 {
        let of = |kind: Kind| self.kinds.get(&kind).copied().unwrap_or(self.mean);
        let sum: f64 = tally.trials.iter().map(|trial| trial.firmness * of(trial.kind)).sum();
        if tally.heard() > 0.0 { sum / tally.heard() } else { self.mean }
    }

    /// Losses that the prior stands for.
    pub fn lost(&self, tally: &Tally<'_>) -> f64 {
        self.expected(tally) * self.strength
    }
}

/// Mean loss by kind, that of a seldom kind drawn to the mean of all by `difficulty` imagined slots.
fn kinds(tallies: &[&Tally<'_>], mean: f64, difficulty: f64) -> BTreeMap<Kind, f64> {
    let mut sums: BTreeMap<Kind, (f64, f64)> = BTreeMap::new();
    for trial in tallies.iter().flat_map(|tally| tally.trials.iter()) {
        let sum = sums.entry(trial.kind).or_insert((difficulty * mean, difficulty));
        *sum = (sum.0 + trial.lost(), sum.1 + trial.firmness);
    }
    sums.into_iter().map(|(kind, (lost, heard))| (kind, lost / heard)).collect()
}
