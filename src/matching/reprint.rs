//! Reprints: documents that share much of their wording, found by containment.
//!
//! Each body is cut into runs of words ("shingles"), quotations left out, and a winnowed sample
//! of their hashes is kept (Schleimer, Wilkerson & Aiken, SIGMOD 2003). The share of one
//! document's sample that another holds estimates how much of it the other contains; unlike
//! Jaccard similarity it does not fall when an editor cuts half of a wire story.

use std::collections::VecDeque;

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::reading::{Reading, Role};

/// When two documents share text: `[reprint]` in `rules/matching.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReprintRules {
    /// What the rule does.
    pub about: String,
    /// Words in a shingle.
    pub shingle: usize,
    /// Shingles in a window of which one is kept.
    pub window: usize,
    /// Least share of the smaller sample for a copy.
    pub copy: f64,
    /// Least share for being listed at all.
    pub listed: f64,
    /// Least number of shared hashes.
    pub least_shared: usize,
    /// A hash in more documents than this says nothing.
    pub posting_cap: usize,
}

/// A winnowed sample of a body's shingle hashes: sorted, without repeats.
pub fn fingerprint(reading: &Reading, quoted: impl Fn(usize) -> bool, rules: &ReprintRules) -> Vec<u64> {
    let body = reading.sentences.iter().filter(|s| s.role == Role::Body);
    let words: Vec<&str> = body
        .flat_map(|s| s.tokens.clone())
        .filter(|at| reading.tokens[*at].is_wordlike() && !quoted(*at))
        .map(|at| reading.tokens[at].norm.as_str())
        .collect();
    winnow(shingles(&words, rules.shingle.max(1)).into_iter(), rules.window.max(1))
}

/// The hash of every run of `length` words, as they stand with single spaces between them.
pub fn shingles(words: &[&str], length: usize) -> Vec<u64> {
    let text = words.join(" ");
    let mut begins = Vec::with_capacity(words.len() + 1);
    let mut at = 0;
    for word in words {
        begins.push(at);
        at += word.len() + 1;
    }
    begins.push(at);
    let run = |ends: &[usize]| xxhash_rust::xxh3::xxh3_64(&text.as_bytes()[ends[0]..ends[length] - 1]);
    begins.windows(length + 1).map(run).collect()
}

/// The least hash of every window of `window` hashes.
fn winnow(hashes: impl Iterator<Item = u64>, window: usize) -> Vec<u64> {
    let mut least: VecDeque<(usize, u64)> = VecDeque::new();
    let mut kept = Vec::new();
    let mut count = 0;
    for (at, hash) in hashes.enumerate() {
        while least.back().is_some_and(|(_, other)| *other >= hash) {
            least.pop_back();
        }
        least.push_back((at, hash));
        while least.front().is_some_and(|(first, _)| first + window <= at) {
            least.pop_front();
        }
        count = at + 1;
        if count >= window {
            kept.extend(least.front().map(|(_, hash)| *hash));
        }
    }
    if count < window {
        kept.extend(least.front().map(|(_, hash)| *hash));
    }
    kept.sort_unstable();
    kept.dedup();
    kept
}

/// Two documents that share text.
#[derive(Clone, Debug, PartialEq)]
pub struct Copy {
    /// Index of the first document.
    pub a: usize,
    /// Index of the second, which is greater.
    pub b: usize,
    /// Share of `a` that `b` contains, 0 to 1.
    pub containment_a: f64,
    /// Share of `b` that `a` contains.
    pub containment_b: f64,
}

/// Pairs of documents that share at least the listed part of their text, sorted.
pub fn copies(fingerprints: &[&[u64]], rules: &ReprintRules) -> Vec<Copy> {
    let postings = postings(fingerprints);
    let found = |a: usize| {
        let mut shared: FxHashMap<u32, usize> = FxHashMap::default();
        let lists = fingerprints[a].iter().filter_map(|hash| postings.get(hash));
        for list in lists.filter(|list| list.len() > 1 && list.len() <= rules.posting_cap) {
            list.iter().filter(|b| **b as usize > a).for_each(|b| *shared.entry(*b).or_default() += 1);
        }
        let mut pairs: Vec<Copy> =
            shared.into_iter().filter_map(|(b, n)| pair(fingerprints, a, b as usize, n, rules)).collect();
        pairs.sort_by_key(|p| p.b);
        pairs
    };
    (0..fingerprints.len()).into_par_iter().flat_map_iter(found).collect()
}

fn postings(fingerprints: &[&[u64]]) -> FxHashMap<u64, Vec<u32>> {
    let mut postings: FxHashMap<u64, Vec<u32>> = FxHashMap::default();
    for (document, hashes) in fingerprints.iter().enumerate() {
        hashes.iter().for_each(|hash| postings.entry(*hash).or_default().push(document as u32));
    }
    postings
}

fn pair(fingerprints: &[&[u64]], a: usize, b: usize, shared: usize, rules: &ReprintRules) -> Option<Copy> {
    let share = |of: usize| shared as f64 / fingerprints[of].len() as f64;
    let found = Copy { a, b, containment_a: share(a), containment_b: share(b) };
    let most = found.containment_a.max(found.containment_b);
    (shared >= rules.least_shared && most >= rules.listed).then_some(found)
}

impl Copy {
    /// True when one is a copy of the other and not only in part.
    pub fn is_copy(&self, rules: &ReprintRules) -> bool {
        self.containment_a.max(self.containment_b) >= rules.copy
    }
}

/// The copy group of each document: documents joined by copies, numbered by first document. A
/// document joins the group of the *first* document it shares most with (a star, no chain), so
/// that two unlike halves of one long report do not become one group.
pub fn groups(documents: usize, copies: &[Copy], rules: &ReprintRules) -> Vec<u32> {
    let mut hub: Vec<usize> = (0..documents).collect();
    let mut best = vec![0.0_f64; documents];
    for copy in copies.iter().filter(|c| c.is_copy(rules)) {
        let share = copy.containment_a.max(copy.containment_b);
        if hub[copy.a] == copy.a && share > best[copy.b] {
            best[copy.b] = share;
            hub[copy.b] = copy.a;
        }
    }
    let root = |mut at: usize| {
        while hub[at] != at {
            at = hub[at];
        }
        at
    };
    let mut number = FxHashMap::default();
    (0..documents)
        .map(|document| {
            let next = number.len() as u32;
            *number.entry(root(document)).or_insert(next)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules() -> ReprintRules {
        ReprintRules {
            about: String::new(),
            shingle: 5,
            window: 4,
            copy: 0.5,
            listed: 0.15,
            least_shared: 2,
            posting_cap: 100,
        }
    }

    #[test]
    fn containment_sees_a_cut_copy() {
        let whole: Vec<u64> = (0..20).collect();
        let cut: Vec<u64> = (0..8).collect();
        let other: Vec<u64> = (100..120).collect();
        let found = copies(&[&whole, &cut, &other], &rules());
        assert_eq!(found, [Copy { a: 0, b: 1, containment_a: 0.4, containment_b: 1.0 }]);
        assert_eq!(groups(3, &found, &rules()), [0, 0, 1]);
    }

    #[test]
    fn winnowing_keeps_the_least_of_each_window() {
        assert_eq!(winnow([5, 3, 9, 7, 8, 1].into_iter(), 3), [1, 3, 7]);
        assert_eq!(winnow([5, 3].into_iter(), 3), [3]);
    }
}
