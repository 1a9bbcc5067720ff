//! Which documents are worth laying side by side: those that have one of their heaviest names in common.
//!
//! A name that very many documents hold finds those of the same days only, for a story's documents lie within days of
//! each other. Where even these are very many, either all the world tells one story, or the name is anybody's: a few of
//! them, looked at, tell which.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::ragged::Ragged;
use super::story::StoryRules;
use super::weighed::Weighed;

/// The documents by the keys they are looked up by.
pub(super) struct Neighbours<'s> {
    documents: &'s Weighed,
    rules: &'s StoryRules,
    /// The list of each key.
    lists: FxHashMap<u32, u32>,
    /// Who holds a key: sorted by number; those of a key that more than `posting_cap` hold by day.
    holders: Ragged<u32>,
    probes: Ragged<u32>,
}

impl<'s> Neighbours<'s> {
    /// Each document is looked up by its heaviest names: stories share names, and names are few.
    pub fn new(documents: &'s Weighed, rules: &'s StoryRules) -> Self {
        let all = 0..documents.len() as u32;
        let probes: Ragged<u32> =
            all.clone().map(|document| documents.heaviest_names(document, rules.probe_keys)).collect();
        let mut held: Vec<(u32, u32)> = Vec::with_capacity(probes.items().len());
        all.for_each(|document| held.extend(probes.row(document as usize).iter().map(|key| (*key, document))));
        held.par_sort_unstable();
        let (mut lists, mut holders) = (FxHashMap::default(), Ragged::default());
        for (number, list) in (0..).zip(held.chunk_by(|x, y| x.0 == y.0)) {
            lists.insert(list[0].0, number);
            holders.push(list.iter().map(|(_, document)| *document));
        }
        for number in 0..holders.len() {
            let list = holders.row_mut(number);
            if list.len() > rules.posting_cap {
                list.sort_by_key(|document| documents.day(*document));
            }
        }
        Self { documents, rules, lists, holders, probes }
    }

    /// The documents that `document` is laid beside, sorted, as far as they are asked for; of a pair at least one of the
    /// two finds the other. `is_alike` tells whether it is like another one.
    pub fn of(&self, document: u32, is_asked: impl Fn(u32) -> bool, is_alike: impl Fn(u32) -> bool) -> Vec<u32> {
        let mut others = Vec::new();
        let list = |key| self.lists.get(key).map(|number| self.holders.row(*number as usize));
        for list in self.probes.row(document as usize).iter().filter_map(list) {
            if list.len() <= self.rules.posting_cap {
                others.extend(list.iter().copied().filter(|other| *other > document && is_asked(*other)));
                continue;
            }
            let near = self.near(list, document);
            if near.len() <= self.rules.posting_cap || self.is_crowd(near, &is_alike) {
                let is_new =
                    |other: &u32| *other > document || *other < document && !self.is_found(document, *other, list);
                others.extend(near.iter().copied().filter(is_new).filter(|other| is_asked(*other)));
            }
        }
        others.sort_unstable();
        others.dedup();
        others
    }

    /// Those of a list, sorted by day, that lie within days of a document; all where its day is not known.
    fn near<'l>(&self, list: &'l [u32], document: u32) -> &'l [u32] {
        let Some(day) = self.documents.day(document) else { return list };
        let day_of = |other: &u32| self.documents.day(*other);
        let from = list.partition_point(|other| day_of(other) < Some(day.saturating_sub(self.rules.days)));
        let to = list.partition_point(|other| day_of(other) <= Some(day.saturating_add(self.rules.days)));
        &list[from..to]
    }

    /// Whether the earlier document `other` finds `document` itself by a key that very many hold: a pair that is found
    /// twice is worked out twice.
    fn is_found(&self, document: u32, other: u32, list: &[u32]) -> bool {
        self.documents.day(document).is_some() && self.near(list, other).len() <= self.rules.posting_cap
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
    use super::super::signature::Signature;
    use super::super::signatures::Signatures;
    use super::super::weighed::weigh;
    use super::*;
    use crate::matching::story::tests::rules;

    #[test]
    fn a_name_that_very_many_hold_finds_those_of_the_same_days_or_a_crowd() {
        let rules = StoryRules { posting_cap: 3, days: 2, crowd: 6, crowd_sample: 4, crowd_share: 0.5, ..rules() };
        let check = |days: &[Option<i32>], alike: &[u32], expected: &[u32]| {
            let named = |day: &Option<i32>| Signature { day: *day, names: vec![(7, 1.0)], ..Signature::default() };
            let documents = weigh(Signatures::of(days.iter().map(named)).unwrap(), 10.0).unwrap();
            let neighbours = Neighbours::new(&documents, &rules);
            assert_eq!(neighbours.of(0, |_| true, |other| alike.contains(&other)), expected, "{days:?}");
        };
        check(&[Some(1), Some(90), Some(1)], &[], &[1, 2]);
        check(&[Some(1), Some(90), Some(3), Some(40), Some(2)], &[], &[2, 4]);
        check(&[Some(1); 5], &[1, 2, 3, 4], &[1, 2, 3, 4]);
        check(&[Some(1); 5], &[4], &[]);
        check(&[None, Some(1), Some(90), Some(1), None], &[1, 2, 3, 4], &[1, 2, 3, 4]);
        check(&[Some(1); 7], &[1, 2, 3, 4, 5, 6], &[]);
    }
}
