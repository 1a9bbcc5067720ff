//! Scores and votes: `3-1`, `2–0`, `54 to 46`. They are told from ranges by their order and by the words around.

use super::digits::digits;
use super::{QuantityMention, SCORE};
use crate::claim::{Bound, Kind, Quantity};
use crate::extract::measure_scan::Scan;
use crate::text::TokenKind;

/// How many words around a pair may show that it is a score.
const REACH: usize = 4;

/// The score at `at`, the greater number as `high`: outlets tell it from either side.
pub fn read(scan: &Scan, at: usize) -> Option<QuantityMention> {
    let (left, right) = pair(scan, at)?;
    if left < right && left > 0.0 && !has_cue(scan, at) {
        return None;
    }
    let value = Quantity {
        low: left.min(right),
        high: left.max(right),
        tolerance: 0.5,
        bound: Bound::Exact,
        unit: SCORE.into(),
        counted: "".into(),
    };
    Some(QuantityMention { tokens: at..at + 3, value, kind: Kind::Number, fraction_of: None, ordinal: false })
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
