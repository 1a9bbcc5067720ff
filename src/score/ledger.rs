//! The ledger: what each slot says of each source that fills it.
//!
//! Evidence counts in independent units: documents that copy each other are one. A source is in
//! the *minority* when its value has strictly fewer units behind it than the best value that
//! cannot also be true; one against one is a *tie* and nobody's loss.

use std::collections::{BTreeMap, BTreeSet};

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

use crate::claim::{Kind, Modality};

/// A slot as scoring sees it: numbers and short names, for those of a whole run are in memory at once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScoredSlot {
    /// The slot's id, which begins with `t`.
    pub id: CompactString,
    /// The story's id.
    pub story: CompactString,
    /// What it is about.
    pub kind: Kind,
    /// Who gives which value.
    pub votes: Vec<Vote>,
    /// Pairs of classes that cannot both be true.
    pub conflicts: Vec<(u32, u32)>,
    /// Pairs of classes of which one says less than the other: both can be true.
    pub supports: Vec<(u32, u32)>,
    /// Classes that are numbers.
    pub figures: Vec<(u32, f64)>,
    /// The class of the value that `--anchors` gives, or [`NO_CLASS`] when no source gives it.
    pub verified: Option<u32>,
    /// Sources whose value later events overtook.
    pub overtaken: Vec<CompactString>,
    /// For quotations: sources that print the wording of another word for word.
    pub verbatim: Vec<CompactString>,
}

/// One source's value in a slot.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Vote {
    /// The outlet.
    pub source: CompactString,
    /// The independent unit of its document.
    pub unit: u32,
    /// The class of the value.
    pub class: u32,
    /// How firmly it is told.
    pub modality: Modality,
    /// A hash of the kind and the value as printed: one document that says it twice errs once.
    pub said: u64,
}

/// Stands for a verified value that no source gives.
pub const NO_CLASS: u32 = u32::MAX;

#[cfg(test)]
impl Vote {
    /// A value that is plainly reported and said nowhere else.
    pub fn plain(source: &str, unit: u32, class: u32) -> Self {
        let said = xxhash_rust::xxh3::xxh3_64(format!("{unit} {class}").as_bytes());
        Self { source: source.into(), unit, class, modality: Modality::Reported, said }
    }
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
    pub source: CompactString,
    /// How it stands.
    pub standing: Standing,
    /// True when another source gives an incompatible value.
    pub contradicted: bool,
    /// True when the source itself gives incompatible values in documents of its own.
    pub self_contradicted: bool,
    /// Independent units behind its best value.
    pub behind: usize,
    /// Independent units behind the best value that cannot be true beside it; 0 for none.
    pub against: usize,
    /// The places of its votes in [`ScoredSlot::votes`].
    pub votes: Vec<usize>,
}

/// What one source says in a slot.
#[derive(Default)]
struct Held {
    classes: BTreeSet<u32>,
    votes: Vec<usize>,
}

/// What all sources say there: units and sources behind each class.
struct All {
    units: BTreeMap<u32, usize>,
    sources: BTreeMap<u32, usize>,
    comparable: bool,
}

impl ScoredSlot {
    /// A slot for a number that nobody disputes.
    #[cfg(test)]
    pub fn of(id: &str, story: &str, votes: Vec<Vote>) -> Self {
        Self {
            id: id.into(),
            story: story.into(),
            kind: Kind::Number,
            votes,
            conflicts: Vec::new(),
            supports: Vec::new(),
            figures: Vec::new(),
            verified: None,
            overtaken: Vec::new(),
            verbatim: Vec::new(),
        }
    }

    /// True when two or more units of two or more sources give a value.
    pub fn is_comparable(&self) -> bool {
        let Some(first) = self.votes.first() else { return false };
        self.votes.iter().any(|vote| vote.unit != first.unit)
            && self.votes.iter().any(|vote| vote.source != first.source)
    }

    /// Independent units behind each class.
    pub fn units(&self) -> BTreeMap<u32, usize> {
        let mut units: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
        for vote in &self.votes {
            units.entry(vote.class).or_default().insert(vote.unit);
        }
        units.into_iter().map(|(class, units)| (class, units.len())).collect()
    }

    /// True when a source that gives `class` is right if `verified` is true.
    pub fn can_be_true_beside(&self, class: u32, verified: u32) -> bool {
        class == verified || self.supports.contains(&(class.min(verified), class.max(verified)))
    }

    /// One line a source, sorted by source; each costs by what its source says and not by how many fill the slot.
    pub fn entries(&self) -> Vec<Entry> {
        let mut held: BTreeMap<&str, Held> = BTreeMap::new();
        for (at, vote) in self.votes.iter().enumerate() {
            let own = held.entry(&vote.source).or_default();
            own.votes.push(at);
            own.classes.insert(vote.class);
        }
        let mut sources: BTreeMap<u32, usize> = BTreeMap::new();
        held.values().flat_map(|own| &own.classes).for_each(|class| *sources.entry(*class).or_default() += 1);
        let all = All { units: self.units(), sources, comparable: self.is_comparable() };
        held.into_iter().map(|(source, own)| self.entry(source, own, &all)).collect()
    }

    fn entry(&self, source: &str, own: Held, all: &All) -> Entry {
        let Held { classes: held, votes } = own;
        let units = &all.units;
        let others = |class: u32| all.sources.get(&class).is_some_and(|n| *n > usize::from(held.contains(&class)));
        let against = held.iter().flat_map(|class| self.against(*class)).filter(|class| others(*class));
        let best_against = against.map(|class| units[&class]).max();
        let behind = held.iter().map(|class| units[class]).max().unwrap_or(0);
        let standing = match best_against {
            None if all.comparable => Standing::Corroborated,
            None => Standing::Sole,
            Some(best) if behind < best => Standing::Minority,
            Some(best) if behind == best => Standing::Tie,
            Some(_) => Standing::Majority,
        };
        let self_contradicted = held.iter().any(|class| self.against(*class).any(|other| held.contains(&other)));
        Entry {
            source: source.into(),
            standing,
            contradicted: best_against.is_some(),
            self_contradicted,
            behind,
            against: best_against.unwrap_or(0),
            votes,
        }
    }

    /// The classes that cannot be true beside `class`.
    pub fn against(&self, class: u32) -> impl Iterator<Item = u32> + '_ {
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
        let votes = votes.iter().map(|(source, unit, class)| Vote::plain(source, *unit, *class));
        ScoredSlot { conflicts: conflicts.to_vec(), ..ScoredSlot::of("t1", "s1", votes.collect()) }
    }

    fn standings(slot: &ScoredSlot) -> Vec<(CompactString, Standing)> {
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
