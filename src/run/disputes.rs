//! The contradictions of one slot, by who may lose by them: a slot that very many fill has very many.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use crate::compare::finding::{Finding, Passage};
use crate::matching::group::Story;
use crate::score::ledger::ScoredSlot;

/// A contradiction as one of its sides sees it.
#[derive(Clone, Copy)]
pub struct Seen<'d> {
    /// The contradiction.
    pub finding: &'d Finding,
    /// The passage of this side.
    pub own: &'d Passage,
    /// The outlet that prints it.
    pub source: &'d str,
    /// The class of its value.
    pub class: u32,
    /// The passage of the other side.
    pub other: &'d Passage,
    other_source: &'d str,
    other_class: u32,
    /// Independent units behind the other side's value.
    units: usize,
}

/// All contradictions of a slot from both their sides, by the class of this side's value: the best supported first, of
/// equals the first told.
pub struct Disputes<'d> {
    by_class: FxHashMap<u32, Vec<(usize, Seen<'d>)>>,
}

impl<'d> Disputes<'d> {
    /// From the contradictions of a slot with the classes of their sides, in the order they are told.
    pub fn of(story: &'d Story, slot: &ScoredSlot, told: &[(&'d Finding, u32, u32)]) -> Self {
        let units = slot.units();
        let source = |side: &Passage| story.members[side.member as usize].source.as_str();
        let sides = told.iter().flat_map(|(finding, a, b)| {
            [(*finding, &finding.a, *a, &finding.b, *b), (*finding, &finding.b, *b, &finding.a, *a)]
        });
        let mut by_class: FxHashMap<u32, Vec<(usize, Seen)>> = FxHashMap::default();
        for (at, (finding, own, class, other, other_class)) in sides.enumerate() {
            let (source, other_source) = (source(own), source(other));
            let units = units.get(&other_class).copied().unwrap_or_default();
            let seen = Seen { finding, own, source, class, other, other_source, other_class, units };
            by_class.entry(class).or_default().push((at, seen));
        }
        by_class.values_mut().for_each(|seen| seen.sort_by_key(rank));
        Self { by_class }
    }

    /// The best supported one against a source that gives the values `held`: one that it prints itself if there is one.
    pub fn best(&self, held: &BTreeSet<u32>, source: &str) -> Option<Seen<'d>> {
        let against = |seen: &Seen| !held.contains(&seen.other_class) && seen.other_source != source;
        let best = |printed: &dyn Fn(&Seen) -> bool| {
            let mine = held.iter().filter_map(|class| self.by_class.get(class));
            let first = mine.filter_map(|seen| seen.iter().find(|(_, seen)| printed(seen) && against(seen)));
            first.min_by_key(|seen| rank(seen)).map(|(_, seen)| *seen)
        };
        best(&|seen| seen.source == source).or_else(|| best(&|_| true))
    }
}

fn rank((at, seen): &(usize, Seen)) -> (Reverse<usize>, usize) {
    (Reverse(seen.units), *at)
}
