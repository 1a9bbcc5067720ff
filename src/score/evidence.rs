//! What a model is given: the table, and how much of a voice each claim has.

use rayon::prelude::*;

use super::kin::Kin;
use super::parallel::least;
use super::properties::number;
use super::table::Table;

/// A table with the weight of each claim in the vote, after mirrors were collapsed.
#[derive(Clone, Debug)]
pub struct Evidence<'a> {
    /// Who says what.
    pub table: &'a Table,
    /// Share of a voice per claim, in (0, 1]; empty when every claim has a whole one.
    pub voice: Vec<f32>,
    /// Values that are alike without being equal.
    pub kin: Kin,
}

/// What a model makes of the evidence.
#[derive(Clone, Debug, Default)]
pub struct Fit {
    /// Trust per source, in [0, 1].
    pub trust: Vec<f64>,
    /// Belief per option; the options of one item add up to at most 1.
    pub belief: Vec<f64>,
    /// What the model maximises, to compare fits of one model on the same evidence.
    pub objective: f64,
    /// Rounds until it stopped.
    pub iterations: usize,
    /// Whether it stopped because nothing moved any more.
    pub converged: bool,
}

/// Fits of one model on the same evidence that were found before.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// The fits.
    pub fits: &'a [Fit],
    /// A belief that differs less than this is near.
    pub near: f64,
}

impl<'a> Known<'a> {
    /// No fit.
    pub const NONE: Self = Self { fits: &[], near: 0.0 };

    /// The fit whose beliefs are all near these: what goes on from here ends there.
    pub fn joined(self, belief: impl Iterator<Item = f64> + Clone) -> Option<&'a Fit> {
        let near =
            |fit: &&Fit| fit.belief.iter().zip(belief.clone()).all(|(held, belief)| (held - belief).abs() < self.near);
        self.fits.iter().find(near)
    }
}

impl<'a> Evidence<'a> {
    /// The evidence of a table in which every source speaks for itself.
    pub fn plain(table: &'a Table) -> Self {
        Self { table, voice: Vec::new(), kin: Kin::default() }
    }

    /// The same for every `step`-th item, whose table is `part`.
    pub fn part<'p>(&self, part: &'p Table, step: usize) -> Evidence<'p> {
        let items = || (0..self.table.item_count()).step_by(step);
        let claims = |item| self.voice.get(self.table.claims_on(item)).unwrap_or_default();
        Evidence {
            table: part,
            voice: items().flat_map(claims).copied().collect(),
            kin: self.kin.only(items().map(|item| self.table.options_of(item))),
        }
    }

    /// Weight of a claim when it supports its value.
    pub fn vote(&self, claim: usize) -> f64 {
        self.table.weight(claim) * self.voice.get(claim).map_or(1.0, |&voice| f64::from(voice))
    }

    /// Each option's share of the votes on its item.
    pub fn shares(&self) -> Vec<f64> {
        let table = self.table;
        let mut shares = vec![0.0; table.options()];
        for item in 0..table.item_count() {
            let options = table.options_of(item);
            for option in options.clone() {
                shares[option] = table.claims_of(option).map(|claim| self.vote(claim)).sum();
            }
            normalise(&mut shares[options]);
        }
        shares
    }

    /// Mean belief of each source's claims, shrunk to `right / (right + wrong)` by that many imagined claims.
    pub fn mean_belief(&self, belief: &[f64], right: f64, wrong: f64) -> Vec<f64> {
        self.mean_of(belief, right, wrong, |_| true)
    }

    /// The same for claims on items of which another source speaks too: nobody can check the others.
    pub fn checked_belief(&self, belief: &[f64], right: f64, wrong: f64) -> Vec<f64> {
        let mut checked = vec![true; self.table.options()];
        for item in 0..self.table.item_count() {
            if self.table.claims_on(item).len() == 1 {
                checked[self.table.options_of(item).start] = false;
            }
        }
        self.mean_of(belief, right, wrong, |option| checked[option])
    }

    fn mean_of(&self, belief: &[f64], right: f64, wrong: f64, counts: impl Fn(usize) -> bool) -> Vec<f64> {
        let of = |source| {
            let (mut sum, mut heard) = (right, right + wrong);
            for &claim in self.table.claims_by(source) {
                let option = self.table.claim_option[claim as usize] as usize;
                if counts(option) {
                    let weight = self.table.weight(claim as usize);
                    sum += weight * belief[option];
                    heard += weight;
                }
            }
            if heard > 0.0 { sum / heard } else { 0.0 }
        };
        (0..self.table.source_count()).map(of).collect()
    }

    /// The option with the highest belief per item. Of equals the one with more votes; then the smaller number, as
    /// figures are inflated more often than deflated (their logarithm is spread evenly: Jeffreys' prior for a scale);
    /// then the first by name.
    pub fn best(&self, belief: &[f64]) -> Vec<u32> {
        let best_of = |item| {
            let mut options = self.table.options_of(item);
            let first = options.next().unwrap_or_default();
            options.fold(first, |best, option| if self.beats(option, best, belief) { option } else { best }) as u32
        };
        (0..self.table.item_count()).into_par_iter().with_min_len(least(self.table)).map(best_of).collect()
    }

    /// Whether an option is to be accepted rather than one before it.
    fn beats(&self, option: usize, best: usize, belief: &[f64]) -> bool {
        let gain = belief[option] - belief[best];
        if gain.abs() > TIE {
            return gain > 0.0;
        }
        let votes = |option: usize| self.table.claims_of(option).map(|claim| self.vote(claim)).sum::<f64>();
        let gain = votes(option) - votes(best);
        if gain.abs() > TIE {
            return gain > 0.0;
        }
        let number = |option: usize| number(self.table.values.bytes(self.table.option_value[option]));
        matches!((number(option), number(best)), (Some(left), Some(right)) if left < right)
    }
}

/// Differences below this are rounding.
const TIE: f64 = 1e-9;

/// Scales numbers so that they add up to 1, unless all are 0.
pub fn normalise(numbers: &mut [f64]) {
    let sum: f64 = numbers.iter().sum();
    if sum > 0.0 {
        numbers.iter_mut().for_each(|number| *number /= sum);
    }
}

/// What lies lower than this under the highest is lost when its exponential is added to 1.
const LOST: f64 = -37.0;

/// Turns log-odds into shares of 1 in place and returns the logarithm of the sum of their exponentials.
pub fn softmax(logs: &mut [f64]) -> f64 {
    let (highest, sum) = shares_of(logs);
    highest + sum.ln()
}

/// Turns log-odds into shares of 1 in place and returns the highest of them, and the sum of their exponentials as a
/// multiple of its own.
#[inline(always)]
pub fn shares_of(logs: &mut [f64]) -> (f64, f64) {
    let highest = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    logs.iter_mut().for_each(|log| {
        *log = match *log - highest {
            gap if gap < LOST => 0.0,
            gap if gap < 0.0 => gap.exp(),
            _ => 1.0,
        }
    });
    let sum: f64 = logs.iter().sum();
    logs.iter_mut().for_each(|share| *share /= sum);
    (highest, sum)
}

#[cfg(test)]
mod tests {
    use super::super::builder::Claim;
    use super::*;

    #[test]
    fn shares_and_ties() {
        let claims = [("a", "x", "1"), ("b", "x", "2"), ("c", "x", "2"), ("a", "y", "2"), ("b", "y", "1")];
        let table = Table::of(claims.iter().map(|(s, i, v)| Claim::new(s, i, v)));
        let evidence = Evidence::plain(&table);
        let shares = evidence.shares();
        assert_eq!(shares, [1.0 / 3.0, 2.0 / 3.0, 0.5, 0.5]);
        assert_eq!(evidence.best(&shares), [1, 2]);
        let smaller = Table::of([Claim::new("a", "x", "130"), Claim::new("b", "x", "90")]);
        assert_eq!(Evidence::plain(&smaller).best(&[0.5, 0.5]), [1]);
        assert_eq!(evidence.mean_belief(&shares, 0.0, 0.0)[2], 2.0 / 3.0);
    }

    #[test]
    fn softmax_of_huge_numbers() {
        let mut logs = [1000.0, 1000.0];
        assert!((softmax(&mut logs) - (1000.0 + 2.0_f64.ln())).abs() < 1e-9);
        assert_eq!(logs, [0.5, 0.5]);
    }
}
