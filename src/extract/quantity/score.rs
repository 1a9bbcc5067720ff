//! Scores and votes: `3-1`, `2–0`, `54 to 46`. They are told from ranges by their order and by the words around.

use std::ops::Range;

use super::digits::digits;
use super::{QuantityMention, SCORE};
use crate::claim::{Bound, Kind, Quantity};
use crate::extract::measure_scan::Scan;
use crate::text::TokenKind;

/// How many words around a pair may show that it is a score.
const REACH: usize = 4;

/// The score at `at`, the greater number as `high`: outlets tell it from either side.
pub fn read(scan: &Scan, at: usize) -> Option<QuantityMention> {
    if let Some((left, right)) = pair(scan, at) {
        let ordered = left >= right || left == 0.0 || has_cue(scan, at);
        return ordered.then(|| mention(at..at + 3, left, right));
    }
    let (end, left, right) = in_words(scan, at).or_else(|| by_colon(scan, at))?;
    Some(mention(at..end, left, right))
}

fn mention(tokens: Range<usize>, left: f64, right: f64) -> QuantityMention {
    let value = Quantity {
        low: left.min(right),
        high: left.max(right),
        tolerance: 0.5,
        bound: Bound::Exact,
        unit: SCORE.into(),
        counted: "".into(),
        part: false,
    };
    QuantityMention { tokens, value, kind: Kind::Number, fraction_of: None, ordinal: false }
}

/// "Seven votes to four", "six to five" beside a word of voting or playing.
fn in_words(scan: &Scan, at: usize) -> Option<(usize, f64, f64)> {
    let noun = scan.one_of(at + 1, &scan.words.quantity.score_nouns);
    let to = at + 1 + usize::from(noun);
    let whole = |at: usize| plain(scan, at).or_else(|| scan.sense(at).cardinal);
    let (left, right) = (whole(at)?, whole(to + 1)?);
    let ranged = at > 0 && (scan.is(at - 1, "from") || scan.sense(to + 2).unit.is_some());
    let told = noun || has_cue(scan, at);
    (scan.is(to, "to") && left > right && told && !ranged).then_some((to + 2, left, right))
}

/// "3:2" beside a word of playing, which no clock shows.
fn by_colon(scan: &Scan, at: usize) -> Option<(usize, f64, f64)> {
    let word = scan.word(at);
    let (left, right) = word.split_once(':').filter(|_| scan.is_kind(at, TokenKind::Number) && word.len() == 3)?;
    let (left, right): (f64, f64) = (left.parse().ok()?, right.parse().ok()?);
    Some((at + 1, left, right))
}

/// Two whole numbers joined by a dash, and nothing else joined to them.
fn pair(scan: &Scan, at: usize) -> Option<(f64, f64)> {
    let (left, right) = (plain(scan, at)?, plain(scan, at + 2)?);
    let dash = scan.is(at + 1, "-") && scan.touches(at + 1) && scan.touches(at + 2);
    let to = scan.is(at + 1, "to") && left > right && has_cue(scan, at);
    let behind = at > 0 && scan.touches(at) && scan.is(at - 1, "-");
    let before = scan.touches(at + 3) && is_joint(scan, at + 3);
    let measured = scan.sense(at + 3).unit.is_some() && !scan.one_of(at + 3, &scan.words.quantity.score_cues);
    ((dash || to) && !behind && !before && !measured).then_some((left, right))
}

fn is_joint(scan: &Scan, at: usize) -> bool {
    (scan.is(at, "-") || scan.is(at, "/")) && scan.is_kind(at + 1, TokenKind::Number)
}

/// Digits alone, at most three of them.
fn plain(scan: &Scan, at: usize) -> Option<f64> {
    let word = scan.word(at);
    let read = digits(word).filter(|d| d.tail.is_empty() && word.len() <= 3 && scan.is_kind(at, TokenKind::Number))?;
    (read.step == 1.0).then_some(read.value)
}

fn has_cue(scan: &Scan, at: usize) -> bool {
    let around = at.saturating_sub(REACH)..at + 3 + REACH;
    around.into_iter().any(|at| scan.one_of(at, &scan.words.quantity.score_cues))
}
