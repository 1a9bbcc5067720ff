//! The index: what documents share, found by sorting their marks.
//!
//! A part of the marks gives a part of what is shared, as long as equal hashes stay together, so
//! that a corpus of any size is indexed part by part.

use serde::{Deserialize, Serialize};

use super::ReprintRules;
use super::fingerprint::Mark;
use crate::store::rows::Row;

/// A mark of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Posting {
    /// The document's number.
    pub document: u32,
    /// The mark.
    pub mark: Mark,
}

impl Posting {
    /// Hash, document and word as one number.
    fn rank(&self) -> u128 {
        u128::from(self.mark.hash) << 64 | u128::from(self.document) << 32 | u128::from(self.mark.word)
    }
}

/// A shingle that stands in two documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Shared {
    /// The one with the smaller number.
    pub a: u32,
    /// The other.
    pub b: u32,
    /// Its first word in `a`.
    pub word_a: u32,
    /// Its first word in `b`.
    pub word_b: u32,
    /// The line of that word in `a`.
    pub line_a: u32,
    /// The line of that word in `b`.
    pub line_b: u32,
    /// How many documents it stands in.
    pub held: u32,
}

impl Shared {
    /// The two documents as one number.
    pub(super) fn pair(&self) -> u64 {
        u64::from(self.a) << 32 | u64::from(self.b)
    }

    /// The words as one number, which no other shingle of the pair has.
    pub(super) fn words(&self) -> u64 {
        u64::from(self.word_a) << 32 | u64::from(self.word_b)
    }
}

impl Row for Posting {
    type Numbers = [u32; 5];

    fn numbers(&self) -> [u32; 5] {
        let [high, low, word, line] = self.mark.numbers();
        [self.document, high, low, word, line]
    }

    fn of([document, high, low, word, line]: [u32; 5]) -> Self {
        Self { document, mark: Mark::of([high, low, word, line]) }
    }
}

impl Row for Shared {
    type Numbers = [u32; 7];

    fn numbers(&self) -> [u32; 7] {
        [self.a, self.b, self.word_a, self.word_b, self.line_a, self.line_b, self.held]
    }

    fn of([a, b, word_a, word_b, line_a, line_b, held]: [u32; 7]) -> Self {
        Self { a, b, word_a, word_b, line_a, line_b, held }
    }
}

/// Hands every pair of documents with an equal mark to `found`, once a mark. Sorts the postings.
///
/// A hash in very many documents joins them only with the first few, so that a wire story that a
/// thousand outlets print costs a few thousand pairs and no million.
pub fn shared(postings: &mut [Posting], rules: &ReprintRules, mut found: impl FnMut(Shared)) {
    postings.sort_unstable_by_key(Posting::rank);
    for list in postings.chunk_by(|x, y| x.mark.hash == y.mark.hash) {
        if list.len() > rules.posting_cap {
            continue;
        }
        let firsts = if list.len() <= rules.each_with_each { list.len() } else { rules.hubs.min(list.len()) };
        let held = list.len() as u32;
        for (at, first) in list[..firsts].iter().enumerate() {
            list[at + 1..].iter().for_each(|second| found(Shared { held, ..pair(first, second) }));
        }
    }
}

fn pair(a: &Posting, b: &Posting) -> Shared {
    Shared {
        a: a.document,
        b: b.document,
        word_a: a.mark.word,
        word_b: b.mark.word,
        line_a: a.mark.line,
        line_b: b.mark.line,
        held: 2,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::rules;
    use super::*;

    fn pairs(documents: u32, rules: &ReprintRules) -> usize {
        let posting = |document| Posting { document, mark: Mark { hash: 7, word: document, line: 1 } };
        let mut postings: Vec<Posting> = (0..documents).rev().map(posting).collect();
        let mut count = 0;
        shared(&mut postings, rules, |found| {
            assert!(found.a < found.b && found.word_a == found.a);
            count += 1;
        });
        count
    }

    #[test]
    fn large_groups_are_joined_with_the_first_ones_only() {
        let rules = ReprintRules { each_with_each: 5, hubs: 2, posting_cap: 20, ..rules() };
        assert_eq!([1, 2, 5, 6, 20, 21].map(|documents| pairs(documents, &rules)), [0, 1, 10, 9, 37, 0]);
    }
}
