//! Values that are alike without being equal.
//!
//! "More than 30" supports 31, a town supports its country, and 31 stands nearer to 32 than to 310. With `s` the share of
//! its support that value `v'` lends to `v`, and `c` how right a source is that says `v'` when `v` is true,
//!
//! ```text
//! L(v) ← L(v) + Σ_v' s(v', v) · L(v'),     right(v') = P(v') + Σ_v c(v', v) · P(v)   (at most 1)
//! ```
//!
//! The first is the implication of `TruthFinder` and ACCUSIM (Yin, Han & Yu, KDD 2007; Dong et al., PVLDB 2009), the
//! second the "correct but general" outcome of TDH (Jung, Kim & Shim, EDBT 2019).

use schemars::JsonSchema;
use serde::Deserialize;

use super::ledger::ScoredSlot;
use crate::matching::ragged::Ragged;

/// `[kin]` in `rules/score.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KinRules {
    /// What the rule is for.
    pub about: String,
    /// Share of its support that a value lends to a more or less precise one.
    pub less_precise: f64,
    /// Share that a number lends to an incompatible one that is nearly equal.
    pub close: f64,
    /// Relative distance at which two numbers lend each other nothing.
    pub reach: f64,
}

/// One value's tie to another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tie {
    /// The other option.
    pub option: u32,
    /// Share of the other's support that this one gets.
    pub support: f64,
    /// How right this one is when the other is true.
    pub credit: f64,
}

/// The ties of each option; empty when no values are alike.
#[derive(Clone, Debug, Default)]
pub struct Kin {
    ties: Ragged<Tie>,
}

impl Kin {
    /// The ties of `options` options.
    pub fn of(ties: impl IntoIterator<Item = Vec<Tie>>) -> Self {
        let ties: Ragged<Tie> = ties.into_iter().collect();
        if ties.items().is_empty() { Self::default() } else { Self { ties } }
    }

    /// The ties of an option.
    pub fn ties(&self, option: usize) -> &[Tie] {
        if option < self.ties.len() { self.ties.row(option) } else { &[] }
    }

    /// How right a source is that gives an option, when `belief` tells that of each option.
    pub fn credit(&self, option: usize, belief: impl Fn(usize) -> f64) -> f64 {
        let ties = self.ties(option);
        let lent: f64 = ties.iter().map(|tie| tie.credit * belief(tie.option as usize)).sum();
        if ties.is_empty() { belief(option) } else { (belief(option) + lent).min(1.0) }
    }

    /// The same for the options of some items, each given by the range of its options.
    #[must_use]
    pub fn only(&self, items: impl Iterator<Item = std::ops::Range<usize>>) -> Self {
        if self.ties.is_empty() {
            return Self::default();
        }
        let mut ties = Ragged::default();
        for options in items {
            let (from, to) = (options.start as u32, ties.len() as u32);
            let moved = |tie: &Tie| Tie { option: tie.option - from + to, ..*tie };
            options.for_each(|option| ties.push(self.ties(option).iter().map(moved)));
        }
        Self { ties }
    }
}

/// The ties between the classes of a slot; `classes` are its options in order, the first of which is `first`.
pub fn ties(slot: &ScoredSlot, classes: &[u32], first: usize, rules: &KinRules) -> Vec<Vec<Tie>> {
    let place = |class: u32| classes.iter().position(|held| *held == class);
    let mut ties = vec![Vec::new(); classes.len()];
    let mut tie = |x: usize, y: usize, support: f64, credit: f64| {
        for (from, to) in [(x, y), (y, x)] {
            ties[from].push(Tie { option: (first + to) as u32, support, credit });
        }
    };
    for (x, y) in &slot.supports {
        if let (Some(x), Some(y)) = (place(*x), place(*y)) {
            tie(x, y, rules.less_precise, 1.0);
        }
    }
    for (x, y) in &slot.conflicts {
        let near = figure(slot, *x).zip(figure(slot, *y)).map_or(0.0, |(x, y)| closeness(x, y, rules.reach));
        if let (Some(x), Some(y), true) = (place(*x), place(*y), near > 0.0) {
            tie(x, y, rules.close * near, 0.0);
        }
    }
    ties
}

fn figure(slot: &ScoredSlot, class: u32) -> Option<f64> {
    slot.figures.iter().find(|(held, _)| *held == class).map(|(_, figure)| *figure)
}

/// 1 for equal numbers, falling to 0 at a relative distance of `reach`.
pub fn closeness(x: f64, y: f64, reach: f64) -> f64 {
    let scale = x.abs().max(y.abs());
    if scale > 0.0 { (1.0 - (x - y).abs() / (reach * scale)).max(0.0) } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_close_or_not() {
        for (x, y, expected) in [(31.0, 31.0, 1.0), (100.0, 95.0, 0.5), (31.0, 310.0, 0.0), (0.0, 0.0, 1.0)] {
            assert!((closeness(x, y, 0.1) - expected).abs() < 1e-12, "{x} {y}");
        }
    }

    #[test]
    fn what_says_less_is_right_when_the_other_is() {
        let kin = Kin::of(vec![
            vec![Tie { option: 1, support: 0.5, credit: 1.0 }],
            vec![Tie { option: 0, support: 0.5, credit: 1.0 }],
            Vec::new(),
        ]);
        let belief = [0.6, 0.3, 0.1];
        let credits: Vec<f64> = (0..3).map(|option| kin.credit(option, |o| belief[o])).collect();
        assert!((credits[0] - 0.9).abs() < 1e-12 && (credits[1] - 0.9).abs() < 1e-12 && credits[2] == 0.1);
        assert_eq!(kin.only(std::iter::once(2..3)).ties(0), []);
        assert_eq!(kin.only([2..3, 0..2].into_iter()).ties(1)[0].option, 2);
    }
}
