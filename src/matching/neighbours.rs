//! Which documents are worth laying side by side: those that have one of their heaviest names in common.
//!
//! A name that very many documents hold finds those of the same days only, for a story's documents lie within days of
//! each other. Where even these are very many, either all the world tells one story, or the name is anybody's: a few of
//! them, looked at, tell which.

use std::ops::Range;

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
    /// Which holders of a key of more than `posting_cap` find those of the same days by it: a list for such keys only.
    finders: Ragged<bool>,
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
        let mut finders = Ragged::default();
        for number in 0..holders.len() {
            let list = holders.row_mut(number);
            if list.len() > rules.posting_cap {
                list.sort_by_key(|document| documents.day(*document));
                let days: Vec<Option<i32>> = list.iter().map(|document| documents.day(*document)).collect();
                finders.push(finding(&days, rules));
            } else {
                finders.push([]);
            }
        }
        Self { documents, rules, lists, holders, finders, probes }
    }

    /// The documents that `document` is laid beside, sorted, as far as they are asked for; of a pair at least one of the
    /// two finds the other. `is_alike` tells whether it is like another one.
    pub fn of(&self, document: u32, is_asked: impl Fn(u32) -> bool, is_alike: impl Fn(u32) -> bool) -> Vec<u32> {
        let mut others = Vec::new();
        for number in self.probes.row(document as usize).iter().filter_map(|key| self.lists.get(key)) {
            let list = self.holders.row(*number as usize);
            if list.len() <= self.rules.posting_cap {
                others.extend(list.iter().copied().filter(|other| *other > document && is_asked(*other)));
                continue;
            }
            let place = self.near(list, document);
            let near = &list[place.clone()];
            if near.len() <= self.rules.posting_cap || self.is_crowd(near, &is_alike) {
                // A pair that is found twice is worked out twice.
                let finds = &self.finders.row(*number as usize)[place];
                let dated = self.documents.day(document).is_some();
                let is_new =
                    |(other, finds): &(u32, bool)| *other > document || *other < document && !(dated && *finds);
                let new = near.iter().copied().zip(finds.iter().copied()).filter(is_new).map(|(other, _)| other);
                others.extend(new.filter(|other| is_asked(*other)));
            }
        }
        others.sort_unstable();
        others.dedup();
        others
    }

    /// Where those of a list, sorted by day, stand that lie within days of a document; all where its day is not known.
    fn near(&self, list: &[u32], document: u32) -> Range<usize> {
        let Some(day) = self.documents.day(document) else { return 0..list.len() };
        let day_of = |other: &u32| self.documents.day(*other);
        let from = list.partition_point(|other| day_of(other) < Some(day.saturating_sub(self.rules.days)));
        let to = list.partition_point(|other| day_of(other) <= Some(day.saturating_add(self.rules.days)));
        from..to
    }

    /// Whether a good part of so many tell one story, by a sample that is spread evenly over them.
    fn is_crowd(&self, near: &[u32], is_alike: impl Fn(u32) -> bool) -> bool {
        let rules = self.rules;
        let sample = near.iter().step_by((near.len() / rules.crowd_sample.max(1)).max(1));
        let alike = sample.clone().filter(|other| is_alike(**other)).count();
        near.len() <= rules.crowd && alike as f32 >= rules.crowd_share * sample.count() as f32
    }
}

/// Which holders of one key, by their days in order, have few enough others around them to find those.
fn finding(days: &[Option<i32>], rules: &StoryRules) -> Vec<bool> {
    let (mut from, mut to) = (0, 0);
    let finds = |day: &Option<i32>| {
        let Some(day) = *day else { return false };
        let is = |at: usize, within: &dyn Fn(Option<i32>) -> bool| days.get(at).is_some_and(|other| within(*other));
        while is(from, &|other| other < Some(day.saturating_sub(rules.days))) {
            from += 1;
        }
        while is(to, &|other| other <= Some(day.saturating_add(rules.days))) {
            to += 1;
        }
        to - from <= rules.posting_cap
    };
    days.iter().map(finds).collect()
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
