//! One row a pair of independent units: where copies of one text stand against copies of another, the earliest
//! pair stands for all and names the others.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use compact_str::CompactString;
use rustc_hash::{FxHashMap, FxHashSet};

use super::slot_index::SlotIndex;
use crate::compare::finding::{Finding, Passage};
use crate::compare::findings::{Passages, passages};
use crate::comparison::Verdict;
use crate::document::Span;
use crate::matching::group::{Member, Story};
use crate::report::tables::Pair;

/// A side of a pair as evidence: the unit and the class of the value it gives.
type Side = (u32, u32);

/// What repeats of one pair have in common: the slot, the verdict and both sides, the smaller first.
type Same = (u32, Verdict, [Side; 2]);

/// Rows that say the same: their places, the one that stands for all, and the others' documents on either side.
pub struct Repeats {
    places: Vec<usize>,
    first: usize,
    also: [String; 2],
}

/// Which of these findings repeat each other.
pub fn repeats<'f>(story: &Story, told: impl Iterator<Item = Cow<'f, Finding>>, index: &SlotIndex) -> Vec<Repeats> {
    let mut groups: BTreeMap<Same, Vec<usize>> = BTreeMap::new();
    let mut findings: Vec<Passages> = Vec::new();
    for (at, finding) in told.enumerate() {
        findings.push(passages(&finding));
        if let Some(same) = same(&finding, index) {
            groups.entry(same).or_default().push(at);
        }
    }
    let repeated = groups.into_values().filter(|places| places.len() > 1).map(|places| {
        let first = places.iter().copied().min_by_key(|at| age(story, findings[*at])).unwrap_or(places[0]);
        let others = |(member, span): (u32, Span)| {
            also(story, places.iter().map(|at| findings[*at]), story.unit_at(member, span), member)
        };
        Repeats { also: [others(findings[first].0), others(findings[first].1)], places, first }
    });
    repeated.collect()
}

/// What the rows of findings say of those that repeat them.
#[derive(Default)]
pub struct Marks {
    /// By the place of the finding that stands for all: the others' documents on either side.
    also: FxHashMap<usize, [String; 2]>,
    /// By the place of each of the others: the id of that one.
    same_as: FxHashMap<usize, CompactString>,
}

impl Marks {
    /// Of findings that repeat each other, as they are told; `id` tells that of each.
    pub fn new<'f>(
        repeats: Vec<Repeats>,
        told: impl Iterator<Item = Cow<'f, Finding>>,
        id: impl Fn(&Finding) -> CompactString,
    ) -> Self {
        let mut marks = Self::default();
        let leaders: FxHashSet<usize> = repeats.iter().map(|repeats| repeats.first).collect();
        let leading = told.enumerate().filter(|(at, _)| leaders.contains(at));
        let mut ids: FxHashMap<usize, CompactString> = leading.map(|(at, finding)| (at, id(&finding))).collect();
        for Repeats { places, first, also } in repeats {
            let leader = ids.remove(&first).unwrap_or_default();
            marks.also.insert(first, also);
            marks.same_as.extend(places.into_iter().filter(|at| *at != first).map(|at| (at, leader.clone())));
        }
        marks
    }

    /// The row of the finding at a place with `same_as`, `also_a` and `also_b` filled.
    pub fn marked(&self, at: usize, row: Pair) -> Pair {
        let [also_a, also_b] = self.also.get(&at).cloned().unwrap_or_default();
        Pair { same_as: self.same_as.get(&at).cloned().unwrap_or_default(), also_a, also_b, ..row }
    }
}

fn same(finding: &Finding, index: &SlotIndex) -> Option<Same> {
    let voice = |side: &Passage| index.of(&finding.attribute, side.member, side.span);
    let (x, y) = (voice(&finding.a)?, voice(&finding.b)?);
    let (a, b) = ((x.unit, x.class), (y.unit, y.class));
    let comparable = finding.verdict != Verdict::NotComparable && x.unit != y.unit;
    comparable.then(|| (x.slot, finding.verdict, [a.min(b), a.max(b)]))
}

/// Days of publication, unknown ones last, then paths.
fn age(story: &Story, ((a, _), (b, _)): Passages) -> [(bool, Option<jiff::civil::Date>, &str); 2] {
    let of = |member: u32| {
        let Member { published, document, .. } = &story.members[member as usize];
        (published.is_none(), *published, document.as_str())
    };
    [of(a), of(b)]
}

/// The documents of `unit` on either side of the findings, but one.
fn also(story: &Story, findings: impl Iterator<Item = Passages>, unit: u32, but: u32) -> String {
    let sides = findings.flat_map(|(a, b)| [a, b]);
    let mine = sides.filter(|(member, span)| *member != but && story.unit_at(*member, *span) == unit);
    let named: BTreeSet<&str> = mine.map(|(member, _)| story.members[member as usize].document.as_str()).collect();
    named.into_iter().collect::<Vec<_>>().join("; ")
}
