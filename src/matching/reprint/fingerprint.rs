//! The fingerprint of a body: a winnowed sample of its shingles, with their places, and its figures.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use super::{ReprintRules, Size};
use crate::reading::{Reading, Role};
use crate::store::rows::{self, Row};
use crate::text::{Token, TokenKind, tokenize};

/// A shingle that was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Mark {
    /// The hash of its words.
    pub hash: u64,
    /// Its first word, counted in the words that are fingerprinted.
    pub word: u32,
    /// The line of that word, counted from 1.
    pub line: u32,
}

impl Row for Mark {
    type Numbers = [u32; 4];

    fn numbers(&self) -> [u32; 4] {
        [(self.hash >> 32) as u32, self.hash as u32, self.word, self.line]
    }

    fn of([high, low, word, line]: [u32; 4]) -> Self {
        Self { hash: u64::from(high) << 32 | u64::from(low), word, line }
    }
}

/// A figure of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// Where it stands, counted as [`Mark::word`].
    pub word: u32,
    /// The hash of its digits.
    pub hash: u32,
}

/// What reprints of a body are found by.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fingerprint {
    /// The kept shingles, each hash once, sorted.
    #[serde(with = "rows")]
    pub marks: Vec<Mark>,
    /// The figures, in the order of the text.
    pub figures: Vec<Figure>,
}

impl Fingerprint {
    /// What is needed of it once its marks are in the index.
    pub fn size(&self) -> Size<'_> {
        Size { marks: self.marks.len(), figures: &self.figures }
    }
}

/// The fingerprint of a body, quotations left out: `quoted` says of a token whether it is quoted. Of a page that has next
/// to none, such as a table of results, the lines count that nothing but their shape sets aside.
pub fn fingerprint(reading: &Reading, quoted: impl Fn(usize) -> bool, rules: &ReprintRules) -> Fingerprint {
    let mut told = Told::default();
    for sentence in reading.sentences.iter().filter(|s| s.role == Role::Body) {
        let tokens = sentence.tokens.clone().filter(|at| !quoted(*at));
        tokens.for_each(|at| told.push(&reading.tokens[at], sentence.line));
    }
    if told.words.len() < rules.body_words {
        for (line, number) in reading.lines.iter().zip(1..).filter(|(line, _)| line.is_unnamed()) {
            tokenize(&reading.document.text, line.span).iter().for_each(|token| told.push(token, number));
        }
    }
    let shingles = told.words.windows(rules.shingle.max(1)).zip(0..).map(|(run, word)| Mark {
        hash: run.iter().fold(0, |hash, (word, _)| mix(hash, *word)),
        word,
        line: run[0].1,
    });
    Fingerprint { marks: winnow(shingles, rules.window.max(1)), figures: told.figures }
}

/// The words that are fingerprinted.
#[derive(Default)]
struct Told {
    /// The hash and the line of each.
    words: Vec<(u64, u32)>,
    figures: Vec<Figure>,
}

impl Told {
    fn push(&mut self, token: &Token, line: u32) {
        if !token.is_wordlike() {
            return;
        }
        let hash = xxh3_64(token.norm.as_bytes());
        if token.kind == TokenKind::Number {
            self.figures.push(Figure { word: self.words.len() as u32, hash: hash as u32 });
        }
        self.words.push((hash, line));
    }
}

/// The hash of every run of `length` words.
pub fn shingles(words: &[&str], length: usize) -> Vec<u64> {
    let hashes: Vec<u64> = words.iter().map(|word| xxh3_64(word.as_bytes())).collect();
    hashes.windows(length).map(|run| run.iter().fold(0, |hash, word| mix(hash, *word))).collect()
}

/// Joins the hash of a word to the hash of those before it; the order of words matters.
fn mix(hash: u64, word: u64) -> u64 {
    let joined = (hash.rotate_left(23) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    joined ^ (joined >> 29)
}

/// The least mark of every window of `window` marks, each hash once, sorted.
fn winnow(marks: impl Iterator<Item = Mark>, window: usize) -> Vec<Mark> {
    let mut least: VecDeque<(usize, Mark)> = VecDeque::with_capacity(window + 1);
    let mut kept: Vec<Mark> = Vec::new();
    let mut count = 0;
    for (at, mark) in marks.enumerate() {
        while least.back().is_some_and(|(_, other)| other.hash >= mark.hash) {
            least.pop_back();
        }
        least.push_back((at, mark));
        while least.front().is_some_and(|(first, _)| first + window <= at) {
            least.pop_front();
        }
        count = at + 1;
        if count >= window {
            keep(&mut kept, &least);
        }
    }
    if count < window {
        keep(&mut kept, &least);
    }
    kept.sort_unstable();
    kept.dedup_by_key(|mark| mark.hash);
    kept.shrink_to_fit();
    kept
}

fn keep(kept: &mut Vec<Mark>, least: &VecDeque<(usize, Mark)>) {
    let Some((_, mark)) = least.front() else { return };
    if kept.last() != Some(mark) {
        kept.push(*mark);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hashes(of: &[u64], window: usize) -> Vec<u64> {
        let marks = of.iter().zip(0..).map(|(hash, word)| Mark { hash: *hash, word, line: 1 });
        winnow(marks, window).iter().map(|mark| mark.hash).collect()
    }

    #[test]
    fn winnowing_keeps_the_least_of_each_window() {
        assert_eq!(hashes(&[5, 3, 9, 7, 8, 1], 3), [1, 3, 7]);
        assert_eq!(hashes(&[5, 3], 3), [3]);
        assert_eq!(hashes(&[], 3), [0_u64; 0]);
    }

    #[test]
    fn the_order_of_words_matters() {
        assert_ne!(mix(mix(0, 1), 2), mix(mix(0, 2), 1));
    }
}
