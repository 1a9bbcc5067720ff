//! Sources that share rare errors depend on each other, whatever their texts look like.
//!
//! Two sources agree by being right; they seldom agree by being wrong in the same way. For two sources with shares `e_a`
//! and `e_b` of disputed slots in the minority, and `q` the chance that two errors are the same by accident, the number
//! of `n` common slots in which both stand in the minority with one value that hardly anybody else gives is about
//!
//! ```text
//! λ = n · e_a · e_b · q
//! ```
//!
//! (the idea of Dong, Berti-Équille & Srivastava, PVLDB 2009, with popular errors left out: those are shared by
//! independent sources too). A pair that shares more than a Poisson variable of mean `λ` plausibly would, with
//! allowance for the number of pairs looked at, is one voice where it agrees.

use std::collections::BTreeMap;

use compact_str::CompactString;
use schemars::JsonSchema;
use serde::Deserialize;

use super::ledger::{Entry, ScoredSlot, Standing};
use super::slots::Slots;

/// `[dependence]` in `rules/score.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DependenceRules {
    /// What the rule is for.
    pub about: String,
    /// Most sources that give a rare value.
    pub holders: usize,
    /// Least rare values that a pair shares.
    pub least: u32,
    /// Chance that two errors on one thing are the same by accident.
    pub same: f64,
    /// Chance at which a pair would be flagged by accident, over all pairs.
    pub chance: f64,
}

/// Two sources that share rare errors.
#[derive(Clone, Debug, PartialEq)]
pub struct Dependence {
    /// One source, the first by name.
    pub a: String,
    /// The other.
    pub b: String,
    /// Rare minority values both give in texts that do not copy each other.
    pub shared: u32,
    /// How many would be expected by accident.
    pub expected: f64,
}

/// The pairs that depend on each other, sorted by name.
pub fn find(slots: &Slots, rules: &DependenceRules) -> Vec<Dependence> {
    let mut records: BTreeMap<CompactString, Record> = BTreeMap::new();
    let mut pairs: BTreeMap<(CompactString, CompactString), u32> = BTreeMap::new();
    for slot in slots.iter().filter(|slot| !slot.conflicts.is_empty() && slot.is_comparable()) {
        for entry in slot.entries() {
            records.entry(entry.source.clone()).or_default().take(&entry);
        }
        rare_pairs(&slot, rules).into_iter().for_each(|pair| *pairs.entry(pair).or_default() += 1);
    }
    let chance = rules.chance / (pairs.len().max(1)) as f64;
    let judged = pairs.into_iter().map(|((a, b), shared)| {
        let (x, y) = (&records[&a], &records[&b]);
        // No pair has more disputed slots in common than either has.
        let common = x.disputed.min(y.disputed);
        Dependence { a: a.into(), b: b.into(), shared, expected: common * x.rate() * y.rate() * rules.same }
    });
    judged.filter(|d| d.shared >= rules.least && at_least(d.shared, d.expected) < chance).collect()
}

/// How a source stands in disputed slots.
#[derive(Default)]
struct Record {
    disputed: f64,
    minority: f64,
}

impl Record {
    fn take(&mut self, entry: &Entry) {
        self.disputed += f64::from(u8::from(entry.contradicted));
        self.minority += f64::from(u8::from(entry.standing == Standing::Minority));
    }

    /// Share in the minority, half a slot of either kind imagined.
    fn rate(&self) -> f64 {
        (self.minority + 0.5) / (self.disputed + 1.0)
    }
}

/// Pairs of sources that give the same rare value in a slot, in the minority and in texts of their own.
fn rare_pairs(slot: &ScoredSlot, rules: &DependenceRules) -> Vec<(CompactString, CompactString)> {
    let units = slot.units();
    let mut holders: BTreeMap<u32, BTreeMap<&CompactString, u32>> = BTreeMap::new();
    for vote in &slot.votes {
        holders.entry(vote.class).or_default().insert(&vote.source, vote.unit);
    }
    let mut pairs = Vec::new();
    for (class, sources) in &holders {
        let outnumbered = slot.against(*class).any(|other| units.get(&other) > units.get(class));
        if !outnumbered || sources.len() > rules.holders {
            continue;
        }
        for (a, unit) in sources {
            pairs.extend(
                sources.iter().filter(|(b, other)| a < *b && unit != *other).map(|(b, _)| ((*a).clone(), (*b).clone())),
            );
        }
    }
    pairs
}

/// Probability that a Poisson variable of this mean is at least `count`.
fn at_least(count: u32, mean: f64) -> f64 {
    let (mut term, mut below) = ((-mean).exp(), 0.0);
    for n in 0..count {
        below += term;
        term *= mean / f64::from(n + 1);
    }
    (1.0 - below).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::super::Rules;
    use super::super::ledger::Vote;
    use super::*;

    /// Fifty slots with three careful outlets; in every tenth the pair `x`, `y` gives a value of its own.
    fn slots(shared: bool) -> Vec<ScoredSlot> {
        let slot = |n: u32| {
            let odd = n.is_multiple_of(10);
            let class = |other: u32| if odd { other } else { 1 };
            let mut votes: Vec<Vote> = (0..3).map(|k| Vote::plain(&format!("h{k}"), k, 1)).collect();
            votes.push(Vote::plain("x", 10, class(2)));
            votes.push(Vote::plain("y", 11, class(if shared { 2 } else { 3 })));
            votes.push(Vote::plain("z", 12, if n.is_multiple_of(3) { 4 } else { 1 }));
            ScoredSlot { conflicts: vec![(1, 2), (1, 3), (1, 4)], ..ScoredSlot::of(&format!("t{n}"), "s", votes) }
        };
        (0..50).map(slot).collect()
    }

    #[test]
    fn rare_errors_in_common_tell() {
        let rules = Rules::built_in().unwrap().dependence;
        let found = find(&Slots::of(&slots(true)), &rules);
        assert_eq!(found.iter().map(|d| (d.a.as_str(), d.b.as_str(), d.shared)).collect::<Vec<_>>(), [("x", "y", 5)]);
        assert_eq!(find(&Slots::of(&slots(false)), &rules), []);
    }

    #[test]
    fn tails_of_poisson() {
        assert!((at_least(1, 0.5) - (1.0 - (-0.5_f64).exp())).abs() < 1e-12);
        assert_eq!(at_least(0, 3.0), 1.0);
    }
}
