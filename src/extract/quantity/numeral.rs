//! One number, in digits or words: `1,200`, `3.5 million`, `twenty-one`, `two and a half`, `dozens`.

use super::compound::{self, Compound};
use super::digits::digits;
use super::fraction::{fraction, is_share, is_slashed, share_of, slashed, with_fraction};
use super::refused::heads_count;
use crate::extract::measure_scan::Scan;
use crate::extract::measure_words::UnitId;
use crate::text::TokenKind;

/// What a number says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Form {
    /// How many.
    Cardinal,
    /// Which one.
    Ordinal,
    /// A part of a whole; its value counts percent.
    Share,
    /// How many, roughly: `several`.
    Vague,
}

/// A number as written.
#[derive(Clone, Debug)]
pub struct Numeral<'a> {
    /// One past its last token.
    pub end: usize,
    /// Least value.
    pub low: f64,
    /// Greatest value.
    pub high: f64,
    /// The step of the writing: .1 million for `3.5 million`.
    pub step: f64,
    /// The scale it is written in: 1,000,000 for `3.5 million`.
    pub scale: f64,
    /// What it says.
    pub form: Form,
    /// What hangs on it by hyphens or without a space.
    pub stuck: Stuck<'a>,
}

/// What is stuck to a number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Stuck<'a> {
    /// Nothing.
    Nothing,
    /// A unit: `two-day`, `5km`.
    Unit(UnitId),
    /// `34-year-old`.
    Age,
    /// `12-member`.
    Noun(&'a str),
}

impl Numeral<'_> {
    /// A single value, with the step it is written in.
    pub fn exact(end: usize, value: f64, step: f64) -> Self {
        Self { end, low: value, high: value, step, scale: 1.0, form: Form::Cardinal, stuck: Stuck::Nothing }
    }

    /// The number times a scale, which ends before `end`.
    pub fn times(mut self, factor: f64, end: usize) -> Self {
        (self.low, self.high) = (self.low * factor, self.high * factor);
        (self.step, self.scale) = (self.step * factor, self.scale * factor);
        self.end = end;
        self
    }
}

/// The number that begins at `at`.
pub fn numeral<'a>(scan: &Scan<'a>, at: usize) -> Option<Numeral<'a>> {
    let found = match scan.tokens.get(at)?.kind {
        TokenKind::Number => in_digits(scan, at)?,
        TokenKind::Possessive => return None,
        TokenKind::Word | TokenKind::Mark => in_words(scan, at)?,
    };
    if found.stuck != Stuck::Nothing || found.form == Form::Ordinal {
        return Some(found);
    }
    Some(scaled(scan, found))
}

/// The number whose digits hang on the letters of the word at `at`: the `312 million` of `R312 million`.
pub fn behind_letters<'a>(scan: &Scan<'a>, at: usize, written: &str) -> Option<Numeral<'a>> {
    let read = digits(written)?;
    let plain = Numeral::exact(at + 1, read.value, read.step);
    match read.tail {
        "" => Some(scaled(scan, plain)),
        tail => scan.words.quantity.stuck_scales.get(tail).map(|scale| plain.times(*scale, at + 1)),
    }
}

/// Multiplies by the scales that follow: `3.5 million`, `two dozen`, `several hundred thousand`.
fn scaled<'a>(scan: &Scan<'a>, mut found: Numeral<'a>) -> Numeral<'a> {
    let spelt = scan.sense(found.end.wrapping_sub(1)).cardinal.is_some();
    if let Some(score) = scan.words.quantity.multiples.get(scan.word(found.end)).filter(|_| spelt) {
        let end = found.end + 1;
        found = found.times(*score, end);
    }
    while let Some(scale) = scale_at(scan, found.end) {
        let end = found.end + 1;
        found = found.times(scale, end);
    }
    and_part(scan, found)
}

/// "A million and a half", "a dozen and a half": half of the scale more.
fn and_part<'a>(scan: &Scan<'a>, found: Numeral<'a>) -> Numeral<'a> {
    let at = found.end;
    let part = scan.sense(at + 2).fraction.filter(|_| scan.is(at, "and") && scan.is(at + 1, "a"));
    let group = scan.sense(at.wrapping_sub(1)).group;
    match part.zip(group.or(Some(found.scale))).filter(|(_, scale)| *scale > 1.0 && found.low >= *scale) {
        Some((part, scale)) => {
            Numeral { scale: found.scale, ..Numeral::exact(at + 3, found.low + part * scale, part * scale) }
        }
        None => found,
    }
}

fn scale_at(scan: &Scan, at: usize) -> Option<f64> {
    let sense = scan.sense(at);
    sense.scale.or(sense.group)
}

fn in_digits<'a>(scan: &Scan<'a>, at: usize) -> Option<Numeral<'a>> {
    let read = digits(scan.word(at))?;
    if scan.is(at + 1, "/") && scan.touches(at + 1) && scan.is_kind(at + 2, TokenKind::Number) {
        return slashed(scan, at, 0.0);
    }
    let plain = Numeral::exact(at + 1, read.value, read.step);
    match read.tail {
        "" if is_slashed(scan, at + 1) => slashed(scan, at + 1, read.value),
        "" => Some(with_fraction(scan, plain)),
        "st" | "nd" | "rd" | "th" => Some(Numeral { form: Form::Ordinal, ..plain }),
        tail => match tail.strip_prefix('-') {
            Some(rest) => compound::behind_digits(scan, plain, rest),
            None => stuck(scan, at, plain, tail),
        },
    }
}

/// `3.5bn`, `5km` and `5km²`; `50m` are millions behind a mark of money or before a noun.
fn stuck<'a>(scan: &Scan<'a>, at: usize, plain: Numeral<'a>, tail: &str) -> Option<Numeral<'a>> {
    let scale = scan.words.quantity.stuck_scales.get(tail).copied();
    let end = at + 1;
    let phrase = scan.phrase_at(&scan.words.sense_of(tail).unit_phrases, end);
    if let Some((end, unit)) = phrase {
        return Some(Numeral { stuck: Stuck::Unit(unit), end, ..plain });
    }
    let unit = scan.words.stuck_unit(tail);
    match (scale, unit) {
        (Some(scale), None) => Some(plain.times(scale, end)),
        (Some(scale), Some(_)) if is_money(scan, at) || is_noun(scan, end) => Some(plain.times(scale, end)),
        (_, Some(unit)) => Some(Numeral { stuck: Stuck::Unit(unit), ..plain }),
        (None, None) => None,
    }
}

fn is_money(scan: &Scan, at: usize) -> bool {
    at > 0 && !scan.sense(at - 1).prefixes.is_empty()
}

fn is_noun(scan: &Scan, at: usize) -> bool {
    scan.is_kind(at, TokenKind::Word) && !scan.sense(at).stop
}

fn in_words<'a>(scan: &Scan<'a>, at: usize) -> Option<Numeral<'a>> {
    let sense = scan.sense(at);
    if !scan.is_known(at) {
        return if sense.compound { compound::in_word(scan, at) } else { None };
    }
    if scan.is_article(at) {
        return behind_article(scan, at + 1);
    }
    if let Some(value) = sense.ordinal {
        return Some(Numeral { form: Form::Ordinal, ..Numeral::exact(at + 1, value, 1.0) });
    }
    if sense.cardinal.is_some() {
        return Some(cardinal(scan, at));
    }
    group_or_vague(scan, at).or_else(|| fraction(scan, at))
}

/// `a dozen`, `a few`, `a hundred`, `a third of`, `a half million`.
fn behind_article<'a>(scan: &Scan<'a>, at: usize) -> Option<Numeral<'a>> {
    let sense = scan.sense(at);
    if sense.scale.is_some() {
        return Some(cardinal_from(scan, at, 1.0));
    }
    let counts = scan.is(at + 1, "of") || scan.sense(at + 1).scale.or(scan.sense(at + 1).group).is_some();
    let half_unit = sense.fraction == Some(0.5) && scan.sense(at + 1).unit.is_some();
    if sense.fraction.is_some() && (counts || half_unit) {
        return Some(share_of(scan, at + 1, sense.fraction?));
    }
    group_or_vague(scan, at)
}

fn group_or_vague<'a>(scan: &Scan<'a>, at: usize) -> Option<Numeral<'a>> {
    let sense = scan.sense(at);
    if let Some(group) = sense.group {
        return Some(Numeral::exact(at + 1, group, 1.0));
    }
    if let Some(scale) = sense.plural_scale {
        return Some(plural(scan, at + 1, 2.0 * scale, 10.0 * scale));
    }
    let (low, high) = sense.vague.filter(|_| stands_right(scan, at))?;
    Some(plural(scan, at + 1, low, high))
}

/// "A few" but not "few"; "scores of" but not "scores".
fn stands_right(scan: &Scan, at: usize) -> bool {
    let rules = &scan.words.quantity;
    let introduced = at > 0 && scan.one_of(at - 1, &rules.vague_openers);
    let followed = scan.is(at + 1, "of") || scan.sense(at + 1).scale.is_some();
    (introduced || !scan.one_of(at, &rules.vague_with_article)) && (followed || !scan.one_of(at, &rules.vague_with_of))
}

/// A vague number, and the plural scale it may count: `tens of thousands`.
fn plural<'a>(scan: &Scan<'a>, end: usize, low: f64, high: f64) -> Numeral<'a> {
    let vague = Numeral { high, form: Form::Vague, ..Numeral::exact(end, low, low / 2.0) };
    let next = scan.sense(end + 1);
    match next.plural_scale.or(next.scale).or(next.group).filter(|_| scan.is(end, "of")) {
        Some(scale) => vague.times(scale, end + 2),
        None => vague,
    }
}

/// `two hundred and fifty thousand`.
fn cardinal<'a>(scan: &Scan<'a>, at: usize) -> Numeral<'a> {
    match cardinal_at(scan, at, 0.0) {
        Some(value) => cardinal_from(scan, at + 1, value),
        None => Numeral::exact(at + 1, 0.0, 1.0),
    }
}

/// The rest of a number that begins with `first` before `at`: the `hundred and twelve` of `a hundred and twelve`.
fn cardinal_from<'a>(scan: &Scan<'a>, at: usize, first: f64) -> Numeral<'a> {
    let (mut total, mut current, mut step, mut end) = (0.0, 0.0, 1.0, at);
    let mut next = Some(first);
    while let Some(value) = next {
        (current, step) = (current + value, 1.0);
        while let Some(scale) = scan.sense(end).scale {
            (current, end, step) = (current * scale, end + 1, scale);
        }
        if current >= 1e3 {
            (total, current) = (total + current, 0.0);
        }
        end += usize::from(scan.is(end, "and") && step > 1.0 && cardinal_at(scan, end + 1, current).is_some());
        if step == 1.0 && !is_split_tens(scan, end, current) {
            break;
        }
        next = cardinal_at(scan, end, current);
        end += usize::from(next.is_some());
    }
    finish_cardinal(scan, Numeral { scale: step, ..Numeral::exact(end, total + current, step) })
}

/// "Twenty four" without a hyphen.
fn is_split_tens(scan: &Scan, at: usize, before: f64) -> bool {
    let tens = before % 100.0 >= 20.0 && before % 10.0 == 0.0;
    tens && scan.sense(at).cardinal.is_some_and(|value| (1.0..10.0).contains(&value))
}

fn cardinal_at(scan: &Scan, at: usize, before: f64) -> Option<f64> {
    let sense = scan.sense(at);
    let value = sense.cardinal.or_else(|| match compound::read(scan.words, scan.word(at))? {
        Compound::Number { value, stuck: Stuck::Nothing } => Some(value),
        _ => None,
    })?;
    (before == 0.0 || value < 100.0).then_some(value)
}

/// "One in five adults": the end and the whole.
fn one_in(scan: &Scan, found: &Numeral) -> Option<(usize, f64)> {
    let every = usize::from(scan.is(found.end + 1, "every"));
    let at = found.end + 1 + every;
    let whole = scan.sense(at).cardinal.filter(|whole| *whole > 1.0 && scan.is(found.end, "in"))?;
    (found.low == 1.0 && heads_count(scan, at + 1)).then_some((at + 1, whole))
}

/// `two and a half`, `twenty one`, `two thirds`.
fn finish_cardinal<'a>(scan: &Scan<'a>, found: Numeral<'a>) -> Numeral<'a> {
    let end = found.end;
    let part = scan.sense(end + 2).fraction.filter(|part| *part <= 0.5);
    if let Some(part) = part.filter(|_| found.scale == 1.0 && scan.is(end, "and") && scan.is_article(end + 1)) {
        return Numeral::exact(end + 3, found.low + part, part);
    }
    if let Some((end, whole)) = one_in(scan, &found) {
        return share_of(scan, end, 1.0 / whole);
    }
    let plain = found.step == 1.0;
    match scan.sense(end).fraction {
        Some(share) if plain && share < 0.5 && found.low < 10.0 && is_share(scan, end) => {
            share_of(scan, end + 1, share * found.low)
        }
        _ => found,
    }
}

#[cfg(test)]
mod tests;
