//! The ledger: what each slot says of each source that fills it.
//!
//! Evidence counts in independent units: documents that copy each other are one. A source is in
//! the *minority* when its value has strictly fewer units behind it than the best value that
//! cannot also be true; one against one is a *tie* and nobody's loss.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::claim::Kind;

/// A slot as scoring sees it: numbers only.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScoredSlot {
    /// The slot's id, which begins with `t`.
    pub id: String,
    /// The story's id.
    pub story: String,
    /// What it is about.
    pub kind: Kind,
    /// Who gives which value.
    pub votes: Vec<Vote>,
    /// Pairs of classes that cannot both be true.
    pub conflicts: Vec<(u32, u32)>,
    /// Sources whose value later events overtook.
    pub overtaken: Vec<String>,
    /// For quotations: sources that print the wording of another word for word.
    pub verbatim: Vec<String>,
}

/// One source's value in a slot.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Vote {
    /// The outlet.
    pub source: String,
    /// The independent unit of its document.
    pub unit: u32,
    /// The class of the value.
    pub class: u32,
}

/// How a source stands in a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Another unit gives the same value or one that can also be true, and none contradicts it better.
    Corroborated,
    /// Contradicted, with more units behind its value than behind any incompatible one.
    Majority,
    /// Contradicted, as many units on either side.
    Tie,
    /// Contradicted by more units.
    Minority,
    /// No other unit fills the slot.
    Sole,
}

/// One line of the ledger.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The outlet.
    pub source: String,
    /// How it stands.
    pub standing: Standing,
    /// True when another source gives an incompatible value.
    pub contradicted: bool,
    /// True when the source itself gives incompatible values in documents of its own.
    pub self_contradicted: bool,
}

impl ScoredSlot {
    /// True when two or more units of two or more sources give a value.
    pub fn is_comparable(&self) -> bool {
        let units: BTreeSet<u32> = self.votes.iter().map(|v| v.unit).collect();
        let sources: BTreeSet<&str> = self.votes.iter().map(|v| v.source.as_str()).collect();
        units.len() > 1 && sources.len() > 1
    }

    /// Independent units behind each class.
    pub fn units(&self) -> BTreeMap<u32, usize> {
        let mut units: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
        for vote in &self.votes {
            units.entry(vote.class).or_default().insert(vote.unit);
        }
        units.into_iter().map(|(class, units)| (class, units.len())).collect()
    }

    /// One line a source, sorted by source.
    pub fn entries(&self) -> Vec<Entry> {
        let units = self.units();
        let mut classes: BTreeMap<&str, BTreeSet<u32>> = BTreeMap::new();
        for vote in &self.votes {
            classes.entry(&vote.source).or_default().insert(vote.class);
        }
        classes.iter().map(|(source, held)| self.entry(source, held, &units, &classes)).collect()
    }

    fn entry(
        &self,
        source: &str,
        held: &BTreeSet<u32>,
        units: &BTreeMap<u32, usize>,
        classes: &BTreeMap<&str, BTreeSet<u32>>,
    ) -> Entry {
        let others = |class: u32| classes.iter().any(|(s, c)| *s != source && c.contains(&class));
        let against = held.iter().flat_map(|class| self.against(*class)).filter(|class| others(*class));
        let best_against = against.map(|class| units[&class]).max();
        let behind = held.iter().map(|class| units[class]).max().unwrap_or(0);
        let standing = match best_against {
            None if self.is_comparable() => Standing::Corroborated,
            None => Standing::Sole,
            Some(best) if behind < best => Standing::Minority,
            Some(best) if behind == best => Standing::Tie,
            Some(_) => Standing::Majority,
        };
        let self_contradicted = held.iter().any(|class| self.against(*class).any(|other| held.contains(&other)));
        Entry { source: source.to_owned(), standing, contradicted: best_against.is_some(), self_contradicted }
    }

    /// The classes that cannot be true beside `class`.
    fn against(&self, class: u32) -> impl Iterator<Item = u32> + '_ {
        self.conflicts.iter().filter_map(move |(x, y)| match class {
            c if c == *x => Some(*y),
            c if c == *y => Some(*x),
            _ => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slot(votes: &[(&str, u32, u32)], conflicts: &[(u32, u32)]) -> ScoredSlot {
        let votes = votes.iter().map(|(s, unit, class)| Vote { source: (*s).into(), unit: *unit, class: *class });
        ScoredSlot {
            id: "t1".into(),
            story: "s1".into(),
            kind: Kind::Number,
            votes: votes.collect(),
            conflicts: conflicts.to_vec(),
            overtaken: Vec::new(),
            verbatim: Vec::new(),
        }
    }

    fn standings(slot: &ScoredSlot) -> Vec<(String, Standing)> {
        slot.entries().into_iter().map(|e| (e.source, e.standing)).collect()
    }

    #[test]
    fn one_against_one_is_a_tie() {
        let found = standings(&slot(&[("a", 1, 1), ("b", 2, 2)], &[(1, 2)]));
        assert_eq!(found, [("a".into(), Standing::Tie), ("b".into(), Standing::Tie)]);
    }

    #[test]
    fn copies_do_not_outvote() {
        let copied = slot(&[("a", 1, 1), ("b", 1, 1), ("c", 1, 1), ("d", 2, 2)], &[(1, 2)]);
        assert!(standings(&copied).iter().all(|(_, standing)| *standing == Standing::Tie));
    }

    #[test]
    fn fewer_units_are_the_minority() {
        let found = standings(&slot(&[("a", 1, 1), ("b", 2, 1), ("c", 3, 2)], &[(1, 2)]));
        let expected = [Standing::Majority, Standing::Majority, Standing::Minority];
        assert_eq!(found.into_iter().map(|(_, s)| s).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn compatible_values_corroborate() {
        let found = standings(&slot(&[("a", 1, 1), ("b", 2, 2)], &[]));
        assert!(found.iter().all(|(_, s)| *s == Standing::Corroborated));
    }
}
