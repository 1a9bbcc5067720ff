//! Numbers inside differing runs: digits and words, with how exactly they were written.

use std::sync::LazyLock;

use compact_str::{CompactString, format_compact};

use crate::rules::WordMap;
use crate::text::{Token, TokenKind};

/// A number as written, as the range of values it can mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figure {
    /// The number written.
    pub value: f64,
    /// Half a step of its last digit; 0 for whole numbers without a scale word.
    pub tolerance: f64,
    /// True for "third" and "3rd".
    pub ordinal: bool,
}

impl Figure {
    /// True when both are written for the same value.
    pub fn same(&self, other: &Self) -> bool {
        self.value == other.value
    }

    /// True when one can be the other, rounded.
    pub fn rounds_to(&self, other: &Self) -> bool {
        (self.value - other.value).abs() < self.tolerance.max(other.tolerance)
    }
}

const UNITS: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
const ORDINALS: [&str; 13] = [
    "zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth",
];
/// The half stands first: it alone is added to what it follows.
const PARTS: [(&str, f64); 2] = [("half", 0.5), ("quarter", 0.25)];
const SCALES: [(&str, f64); 13] = [
    ("dozen", 12.0),
    ("hundred", 100.0),
    ("thousand", 1e3),
    ("million", 1e6),
    ("billion", 1e9),
    ("trillion", 1e12),
    ("k", 1e3),
    ("m", 1e6),
    ("mn", 1e6),
    ("bn", 1e9),
    ("b", 1e9),
    ("tn", 1e12),
    ("lakh", 1e5),
];

/// Reads the number that begins at the first token. Returns it with the tokens it covers.
pub fn read(tokens: &[Token]) -> Option<(Figure, usize)> {
    share_of_scale(tokens).or_else(|| plain(tokens)).map(|found| and_half(tokens, found))
}

/// "Half a million", "a quarter of a million" behind its article.
fn share_of_scale(tokens: &[Token]) -> Option<(Figure, usize)> {
    let share = PARTS.iter().find(|(name, _)| tokens[0].is(name))?.1;
    let of = usize::from(tokens.get(1).is_some_and(|t| t.is("of")));
    let article = 1 + of + usize::from(tokens.get(1 + of).is_some_and(|t| t.is("a")));
    let Piece::Scale(scale) = piece(tokens.get(article)?) else { return None };
    (article > 1 || share == PARTS[0].1)
        .then(|| (Figure { value: share * scale, tolerance: 0.0, ordinal: false }, article + 1))
}

/// "Two *and a half* million", "a million *and a half*".
fn and_half(tokens: &[Token], (found, used): (Figure, usize)) -> (Figure, usize) {
    let behind = &tokens[used..];
    let half = ["and", "a", PARTS[0].0];
    if behind.len() < half.len() || !behind.iter().zip(half).all(|(token, word)| token.is(word)) {
        return (found, used);
    }
    let end = used + half.len();
    let scale_at = |at: usize| match tokens.get(at).map(piece) {
        Some(Piece::Scale(scale)) => Some(scale),
        _ => None,
    };
    let before = scale_at(used - 1).unwrap_or(1.0);
    let value = found.value + PARTS[0].1 * before;
    match scale_at(end) {
        Some(scale) => (Figure { value: value * scale, tolerance: 0.0, ..found }, end + 1),
        None => (Figure { value, ..found }, end),
    }
}

fn plain(tokens: &[Token]) -> Option<(Figure, usize)> {
    let mut found: Option<Figure> = None;
    let mut used = 0;
    for (at, token) in tokens.iter().enumerate() {
        if found.is_some_and(|sum| is_and(&sum, &tokens[at..])) {
            used += 1;
            continue;
        }
        found = match (found, piece(token)) {
            (_, Piece::Other) => break,
            (None, Piece::Number(figure)) => Some(figure),
            (None, Piece::Scale(scale)) => Some(Figure { value: scale, tolerance: 0.0, ordinal: false }),
            (Some(sum), Piece::Scale(scale)) => Some(scaled(sum, scale)),
            (Some(sum), Piece::Number(more)) if continues(&sum, &more) => Some(added(sum, more)),
            (Some(_), Piece::Number(_)) => break,
        };
        used += 1;
    }
    found.map(|figure| (figure, used))
}

/// "A hundred *and* twelve", behind a hundred or a thousand.
fn is_and(sum: &Figure, tokens: &[Token]) -> bool {
    const LEAST: f64 = 100.0;
    let more = |next: &Token| matches!(piece(next), Piece::Number(more) if next.kind == TokenKind::Word && continues(sum, &more));
    tokens[0].is("and") && sum.value >= LEAST && tokens.get(1).is_some_and(more)
}

enum Piece {
    Number(Figure),
    Scale(f64),
    Other,
}

fn piece(token: &Token) -> Piece {
    let word = token.norm.as_str();
    if let Some(scale) = SCALE_WORDS.get(word.trim_end_matches('s')) {
        return Piece::Scale(*scale);
    }
    let read = if token.kind == TokenKind::Number { digits(word) } else { spelled(word) };
    read.map_or(Piece::Other, Piece::Number)
}

/// "hundred and five", "thirty five": a smaller number behind a greater round one.
fn continues(sum: &Figure, more: &Figure) -> bool {
    let step = if more.value < 10.0 { 10.0 } else { 100.0 };
    more.value < step && sum.value >= step && sum.value % step == 0.0
}

fn added(sum: Figure, more: Figure) -> Figure {
    Figure { value: sum.value + more.value, ..more }
}

fn scaled(sum: Figure, scale: f64) -> Figure {
    // "Two hundred" and "three dozen" are counted, "two thousand" may be rounded.
    const COUNTED: f64 = 100.0;
    let step = match sum.tolerance {
        _ if scale <= COUNTED => 0.0,
        0.0 => 0.5,
        written => written,
    };
    Figure { value: sum.value * scale, tolerance: step * scale, ordinal: sum.ordinal }
}

/// `1,200`, `3.5bn`, `70th`, `18`; hyphened words behind it (`10-day`) do not count.
fn digits(word: &str) -> Option<Figure> {
    let end = word.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',').unwrap_or(word.len());
    let (number, suffix) = word.split_at(end);
    let plain: CompactString = number.chars().filter(|c| *c != ',').collect();
    let value: f64 = plain.parse().ok()?;
    let decimals = plain.find('.').map_or(0, |dot| plain.len() - dot - 1);
    let tolerance = if decimals > 0 { 0.5 * 0.1_f64.powi(decimals.min(12) as i32) } else { 0.0 };
    let ordinal = matches!(suffix, "st" | "nd" | "rd" | "th");
    let figure = Figure { value, tolerance, ordinal };
    Some(SCALES.iter().find(|s| s.0 == suffix).map_or(figure, |s| scaled(figure, s.1)))
}

/// `seven`, `thirty-five`, `third`, `twentieth`; `two-day` is two.
fn spelled(word: &str) -> Option<Figure> {
    if !word.as_bytes().contains(&b'-') {
        return WORDS.get(word).copied();
    }
    let place = |list: &[&str], w: &str| list.iter().position(|x| *x == w);
    let (head, tail) = word.split_once('-')?;
    let unit = place(&UNITS, tail).map(|u| (u, false)).or_else(|| place(&ORDINALS, tail).map(|u| (u, true)));
    match (place(&TENS, head), unit) {
        (Some(tens), Some((unit, ordinal))) => Some(exact((tens + 2) * 10 + unit, ordinal)),
        _ => spelled(head).filter(|_| unit.is_none()),
    }
}

fn exact(value: usize, ordinal: bool) -> Figure {
    Figure { value: value as f64, tolerance: 0.0, ordinal }
}

/// The scales that stand as words of their own: `million`, and no `m`.
static SCALE_WORDS: LazyLock<WordMap<f64>> = LazyLock::new(|| {
    let words = SCALES.iter().filter(|(name, _)| name.len() > 2);
    words.map(|(name, scale)| (CompactString::from(*name), *scale)).collect()
});

/// All single words for numbers, of which nearly no word is one.
static WORDS: LazyLock<WordMap<Figure>> = LazyLock::new(|| {
    let ordinals = UNITS.iter().chain(SCALES.iter().map(|(name, _)| name)).map(|base| format_compact!("{base}th"));
    let tenths = TENS.iter().filter_map(|tens| Some(format_compact!("{}ieth", tens.strip_suffix('y')?)));
    let ordinals = ordinals.chain(tenths).filter_map(|word| Some((word.clone(), spelled_ordinal(&word)?)));
    let listed = |list: &'static [&str], value: fn(usize) -> Figure| {
        list.iter().enumerate().map(move |(at, word)| (CompactString::from(*word), value(at)))
    };
    // Of a word that is listed twice the last counts.
    ordinals
        .chain(listed(&ORDINALS, |at| exact(at, true)))
        .chain(listed(&TENS, |at| exact((at + 2) * 10, false)))
        .chain(listed(&UNITS, |at| exact(at, false)))
        .collect()
});

/// `thirteenth`, `twentieth`, `hundredth`.
fn spelled_ordinal(word: &str) -> Option<Figure> {
    let base = word.strip_suffix("th").filter(|base| base.len() > 3)?;
    let tens = base.strip_suffix("ie").and_then(|t| TENS.iter().position(|x| x.strip_suffix('y') == Some(t)));
    let value = tens
        .map(|t| (t + 2) as f64 * 10.0)
        .or_else(|| UNITS.iter().position(|x| *x == base).map(|u| u as f64))
        .or_else(|| SCALES.iter().find(|s| s.0 == base).map(|s| s.1))?;
    Some(Figure { value, tolerance: 0.0, ordinal: true })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Span;
    use crate::text::tokenize;

    #[test]
    fn reads_numbers() {
        for (text, expected) in [
            ("31 people", Some((31.0, 1))),
            ("1,200", Some((1200.0, 1))),
            ("thirty-five", Some((35.0, 1))),
            ("two hundred five men", Some((205.0, 3))),
            ("half a million dollars", Some((5e5, 3))),
            ("quarter of a million", Some((2.5e5, 4))),
            ("two and a half million", Some((2.5e6, 5))),
            ("million and a half", Some((1.5e6, 4))),
            ("half a loaf", None),
            ("hundred and twelve men", Some((112.0, 3))),
            ("two hundred and five", Some((205.0, 4))),
            ("30 and 12", Some((30.0, 1))),
            ("3.5 million", Some((3.5e6, 2))),
            ("3.5bn", Some((3.5e9, 1))),
            ("70th", Some((70.0, 1))),
            ("twentieth", Some((20.0, 1))),
            ("two-day", Some((2.0, 1))),
            ("thirty-first", Some((31.0, 1))),
            ("dozens of", Some((12.0, 1))),
            ("people", None),
        ] {
            let tokens = tokenize(text, Span::new(0, text.len()));
            assert_eq!(read(&tokens).map(|(figure, used)| (figure.value, used)), expected, "{text}");
        }
    }
}
