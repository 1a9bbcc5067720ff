//! Which documents are worth laying side by side: those that have one of their heaviest names in common.
//!
//! A name that very many documents hold finds those of the same days only, for a story's documents lie within days of
//! each other. Where even these are very many, either all the world tells one story, or the name is anybody's: a few of
//! them, looked at, tell which.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::story::StoryRules;
use super::weighed::Weighed;

/// The documents by the keys they are looked up by.
pub(super) struct Neighbours<'s> {
    documents: &'s [Weighed],
    rules: &'s StoryRules,
    /// Sorted by number; those of a key that more than `posting_cap` hold by day.
    postings: FxHashMap<u32, Vec<u32>>,
    probes: Vec<Box<[u32]>>,
}

impl<'s> Neighbours<'s> {
    /// Each document is looked up by its heaviest names: stories share names, and names are few.
    pub fn new(documents: &'s [Weighed], rules: &'s StoryRules) -> Self {
        let probes: Vec<Box<[u32]>> =
            documents.par_iter().map(|document| document.heaviest_names(rules.probe_keys)).collect();
        let mut postings: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
        for (document, keys) in (0..).zip(&probes) {
            keys.iter().for_each(|key| postings.entry(*key).or_default().push(document));
        }
        for list in postings.values_mut().filter(|list| list.len() > rules.posting_cap) {
            list.sort_by_key(|document| documents[*document as usize].day);
        }
        Self { documents, rules, postings, probes }
    }

    /// The documents that `document` is laid beside, sorted; of a pair at least one of the two finds the other.
    /// `is_alike` tells whether it is like another one.
    pub fn of(&self, document: u32, is_alike: impl Fn(u32) -> bool) -> Vec<u32> {
        let mut others = Vec::new();
        for list in self.probes[document as usize].iter().filter_map(|key| self.postings.get(key)) {
            if list.len() <= self.rules.posting_cap {
                others.extend(list.iter().copied().filter(|other| *other > document));
                continue;
            }
            let near = self.near(list, document);
            if near.len() <= self.rules.posting_cap || self.is_crowd(near, &is_alike) {
                let is_new =
                    |other: &u32| *other > document || *other < document && !self.is_found(document, *other, list);
                others.extend(near.iter().copied().filter(is_new));
            }
        }
        others.sort_unstable();
        others.dedup();
        others
    }

    /// Those of a list, sorted by day, that lie within days of a document; all where its day is not known.
    fn near<'l>(&self, list: &'l [u32], document: u32) -> &'l [u32] {
        let Some(day) = self.documents[document as usize].day else { return list };
        let day_of = |other: &u32| self.documents[*other as usize].day;
        let from = list.partition_point(|other| day_of(other) < Some(day.saturating_sub(self.rules.days)));
        let to = list.partition_point(|other| day_of(other) <= Some(day.saturating_add(self.rules.days)));
        &list[from..to]
    }

    /// Whether the earlier document `other` finds `document` itself by a key that very many hold: a pair that is found
    /// twice is worked out twice.
    fn is_found(&self, document: u32, other: u32, list: &[u32]) -> bool {
        self.documents[document as usize].day.is_some() && self.near(list, other).len() <= self.rules.posting_cap
    }

    /// Whether a good part of so many tell one story, by a sample that is spread evenly over them.
    fn is_crowd(&self, near: &[u32], is_alike: impl Fn(u32) -> bool) -> bool {
        let rules = self.rules;
        let sample = near.iter().step_by((near.len() / rules.crowd_sample.max(1)).max(1));
        let alike = sample.clone().filter(|other| is_alike(**other)).count();
        near.len() <= rules.crowd && alike as f32 >= rules.crowd_share * sample.count() as f32
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matching::story::tests::rules;

    #[test]
    fn a_name_that_very_many_hold_finds_those_of_the_same_days_or_a_crowd() {
        let rules = StoryRules { posting_cap: 3, days: 2, crowd: 6, crowd_sample: 4, crowd_share: 0.5, ..rules() };
        let check = |days: &[Option<i32>], alike: &[u32], expected: &[u32]| {
            let named = |day: &Option<i32>| Weighed::named(*day, 7);
            let documents: Vec<Weighed> = days.iter().map(named).collect();
            let neighbours = Neighbours::new(&documents, &rules);
            assert_eq!(neighbours.of(0, |other| alike.contains(&other)), expected, "{days:?}");
        };
        check(&[Some(1), Some(90), Some(1)], &[], &[1, 2]);
        check(&[Some(1), Some(90), Some(3), Some(40), Some(2)], &[], &[2, 4]);
        check(&[Some(1); 5], &[1, 2, 3, 4], &[1, 2, 3, 4]);
        check(&[Some(1); 5], &[4], &[]);
        check(&[None, Some(1), Some(90), Some(1), None], &[1, 2, 3, 4], &[1, 2, 3, 4]);
        check(&[Some(1); 7], &[1, 2, 3, 4, 5, 6], &[]);
    }
}
