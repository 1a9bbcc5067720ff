//! Who is like whom: the pairs of documents that draw each other into one story, and those that push it apart.
//!
//! What pushes is look-alikes of distant days for the most part, nine of ten pairs of a large corpus. It only matters
//! between documents that may come to be joined, so that it is looked for when it is known which these are.

use std::borrow::Cow;
use std::ops::Range;

use rayon::prelude::*;

use super::felt::Pair;
use super::neighbours::Neighbours;
use super::ragged::Ragged;
use super::sequel::{apart, recalls, tell_two_events};
use super::story::StoryRules;
use super::weighed::{Weighed, dot};
use crate::failure::Failure;

/// Documents whose pairs are worked out together.
const BLOCK: usize = 1 << 12;
/// Most documents of the days around, on either side, whose words are at hand then.
const AROUND: usize = 1 << 13;

/// Which pairs are looked for.
#[derive(Clone, Copy)]
pub(super) enum Asked<'f> {
    /// Those that draw together.
    Drawing,
    /// Those that push apart what hangs together.
    Pushing {
        /// Of each document the first that it hangs together with.
        chains: &'f [u32],
        /// Whether that is too many to look at whatever their days.
        is_long: &'f [bool],
    },
}

/// Words or names of a document with their weights, sorted.
type Weights<'w> = &'w [(u32, f32)];

/// Looks for pairs.
pub(super) struct Search<'s> {
    documents: &'s Weighed,
    neighbours: Neighbours<'s>,
    rules: &'s StoryRules,
    /// The documents by day: what is alike lies close together.
    order: Vec<u32>,
    /// The place of each in that order.
    place: Vec<u32>,
    /// The day of each: it is asked of every pair, and lies closer together here.
    days: Vec<Option<i32>>,
}

/// The words and names of the documents from a place of the order on: neighbours lie close together here, and all over
/// the memory elsewhere.
struct AtHand {
    from: usize,
    words: Vec<Vec<(u32, f32)>>,
    names: Ragged<(u32, f32)>,
}

impl AtHand {
    /// The row of the document at a place of the order, if it is at hand.
    fn row(&self, place: u32) -> Option<usize> {
        (place as usize).checked_sub(self.from).filter(|at| *at < self.words.len())
    }
}

impl<'s> Search<'s> {
    /// Looks among documents.
    pub fn new(documents: &'s Weighed, rules: &'s StoryRules) -> Self {
        let mut order: Vec<u32> = (0..documents.len() as u32).collect();
        let days: Vec<Option<i32>> = order.iter().map(|document| documents.day(*document)).collect();
        order.sort_by_key(|document| days[*document as usize]);
        let mut place = vec![0; order.len()];
        order.iter().zip(0..).for_each(|(document, at)| place[*document as usize] = at);
        Self { documents, neighbours: Neighbours::new(documents, rules), rules, order, place, days }
    }

    /// Hands on pairs (smaller number first) that are similar enough, a block of documents at a time.
    ///
    /// # Errors
    /// Those of `found`.
    pub fn each(&self, asked: Asked<'_>, mut found: impl FnMut(&[Pair]) -> Result<(), Failure>) -> Result<(), Failure> {
        for from in (0..self.order.len()).step_by(BLOCK) {
            let to = self.order.len().min(from + BLOCK);
            let at_hand = self.at_hand(self.around(from..to));
            let pairs = |document: &u32| self.pairs_of(*document, asked, &at_hand);
            found(&self.order[from..to].par_iter().flat_map_iter(pairs).collect::<Vec<_>>())?;
        }
        Ok(())
    }

    /// The places of some documents in the order, and of those that lie within days of them.
    fn around(&self, block: Range<usize>) -> Range<usize> {
        let day = |place: usize| self.days[self.order[place] as usize];
        let least = block.start.saturating_sub(AROUND);
        let most = self.order.len().min(block.end + AROUND);
        let before = |other: &u32| {
            day(block.start).is_some_and(|day| self.day_of(*other) < Some(day.saturating_sub(self.rules.days)))
        };
        let within = |other: &u32| {
            day(block.end - 1).is_none_or(|day| self.day_of(*other) <= Some(day.saturating_add(self.rules.days)))
        };
        least + self.order[least..block.start].partition_point(before)
            ..block.end + self.order[block.end..most].partition_point(within)
    }

    fn day_of(&self, document: u32) -> Option<i32> {
        self.days[document as usize]
    }

    fn at_hand(&self, places: Range<usize>) -> AtHand {
        let words = self.order[places.clone()].par_iter().map(|document| self.documents.words(*document)).collect();
        let names = self.order[places.clone()].iter().map(|document| self.documents.names(*document).iter().copied());
        AtHand { from: places.start, words, names: names.collect() }
    }

    fn words<'h>(&self, document: u32, at_hand: &'h AtHand) -> Cow<'h, [(u32, f32)]> {
        match at_hand.row(self.place[document as usize]) {
            Some(at) => Cow::Borrowed(&at_hand.words[at]),
            None => Cow::Owned(self.documents.words(document)),
        }
    }

    fn names<'h>(&'h self, document: u32, at_hand: &'h AtHand) -> &'h [(u32, f32)] {
        match at_hand.row(self.place[document as usize]) {
            Some(at) => at_hand.names.row(at),
            None => self.documents.names(document),
        }
    }

    fn pairs_of(&self, document: u32, asked: Asked<'_>, at_hand: &AtHand) -> Vec<Pair> {
        let (words, names) = (self.words(document, at_hand), self.names(document, at_hand));
        let pair = |other: u32, asked| self.similar((document, &words, names), other, asked, at_hand);
        let is_alike = |other| pair(other, Asked::Drawing).is_some_and(|(cosine, ..)| cosine >= self.rules.similarity);
        let others = self.neighbours.of(document, |other| self.may_be(document, other, asked), is_alike);
        others.into_iter().filter_map(|other| pair(other, asked)).collect()
    }

    /// Whether two documents may be what is looked for, as far as that is told at once.
    fn may_be(&self, a: u32, b: u32, asked: Asked<'_>) -> bool {
        match asked {
            Asked::Drawing => self.is_near(a, b),
            Asked::Pushing { chains, is_long } => {
                chains[a as usize] == chains[b as usize] && (!is_long[a as usize] || self.is_near(a, b))
            }
        }
    }

    /// Whether two documents lie no farther apart than what draws together.
    fn is_near(&self, a: u32, b: u32) -> bool {
        self.days_apart(a, b) <= self.rules.days.max(self.rules.recalled_days)
    }

    fn days_apart(&self, a: u32, b: u32) -> i32 {
        apart(self.days[a as usize], self.days[b as usize])
    }

    /// Whether look-alikes are of days too distant for one story, which pushes them apart. Most lie so close or so far that nobody need recall.
    fn are_distant(&self, a: u32, b: u32) -> bool {
        let (apart, days, recalled) = (self.days_apart(a, b), self.rules.days, self.rules.recalled_days);
        let limit = || if recalls(self.documents, a, b) { recalled } else { days };
        apart > days.min(recalled) && (apart > days.max(recalled) || apart > limit())
    }

    /// Whether look-alikes tell of two events, which also pushes them apart.
    fn tell_two_events(&self, a: u32, b: u32) -> bool {
        self.days_apart(a, b) >= self.rules.reports_apart && tell_two_events(self.documents, a, b, self.rules)
    }

    /// What the document `own`, with its words and names, and another are to each other, where that is what is looked for.
    fn similar(
        &self,
        (own, words, names): (u32, Weights, Weights),
        other: u32,
        asked: Asked<'_>,
        at_hand: &AtHand,
    ) -> Option<Pair> {
        let Self { documents, rules, .. } = self;
        let (a, b) = (own.min(other), own.max(other));
        let pushed = matches!(asked, Asked::Pushing { .. });
        // Days are told sooner than names, and most that have a name in common are of distant days.
        if !pushed && self.are_distant(a, b) {
            return None;
        }
        let names = dot(names, self.names(other, at_hand));
        if names < rules.names || (pushed && self.are_distant(a, b) || self.tell_two_events(a, b)) != pushed {
            return None;
        }
        let words = dot(words, &self.words(other, at_hand));
        let style = if documents.source(a) == documents.source(b) { rules.same_source } else { 1.0 };
        let cosine = style * (rules.name_share * names + (1.0 - rules.name_share) * words);
        if pushed {
            return (cosine >= rules.similarity).then_some((-rules.repulsion, a, b));
        }
        // Average link joins below the threshold only where other pairs lift it: half is enough to keep.
        (cosine >= rules.similarity / 2.0).then_some((cosine, a, b))
    }
}
