//! Units, money and rates beside a number.

use compact_str::{CompactString, format_compact};

use super::numeral::{Form, Numeral, Stuck, behind_letters, numeral};
use crate::extract::measure_scan::Scan;
use crate::extract::measure_words::UnitId;
use crate::text::Case;

/// A number with its unit.
#[derive(Clone, Debug)]
pub struct Amount<'a> {
    /// First token: the mark of money or the number.
    pub start: usize,
    /// The number; its end is the number's own.
    pub number: Numeral<'a>,
    /// One past the last token, unit included.
    pub end: usize,
    /// What it measures.
    pub unit: Option<UnitId>,
}

/// The number at `at` with the mark of money before it and the unit behind it.
pub fn amount<'a>(scan: &Scan<'a>, at: usize) -> Option<Amount<'a>> {
    if let Some(money) = money(scan, at).or_else(|| glued(scan, at)) {
        return Some(money);
    }
    let number = numeral(scan, at)?;
    let (end, unit) = match number.stuck {
        Stuck::Unit(unit) => (number.end, Some(unit)),
        Stuck::Nothing if number.form == Form::Ordinal => (number.end, None),
        Stuck::Nothing => behind(scan, number.end).map_or((number.end, None), |(end, unit)| (end, Some(unit))),
        Stuck::Age | Stuck::Noun(_) => (number.end, None),
    };
    Some(Amount { start: at, end, unit, number })
}

/// `$3.5 million`, `USD 5`, `$5 million dollars`.
fn money<'a>(scan: &Scan<'a>, at: usize) -> Option<Amount<'a>> {
    let (behind, unit) = scan.phrase_at(&scan.sense(at).prefixes, at + 1)?;
    let sign = behind - 1;
    // "A$5" is Australian money; in "a $5 fine" stands an article.
    if sign > at && !scan.tokens[sign].is_wordlike() && !scan.touches(sign) {
        return None;
    }
    let number = numeral(scan, behind).filter(|number| number.stuck == Stuck::Nothing)?;
    let named = unit_at(scan, number.end).filter(|(_, named)| *named == unit);
    // "A magnitude of 6.8": the word stays outside, for it names what is measured.
    let start = if scan.word(at) == scan.words.unit(unit).base { behind } else { at };
    Some(Amount { start, end: named.map_or(number.end, |(end, _)| end), unit: Some(unit), number })
}

/// `R312 million`, `Ksh5,000`: one letter alone is money only before thousands.
fn glued<'a>(scan: &Scan<'a>, at: usize) -> Option<Amount<'a>> {
    let (letters, digits) = glued_parts(scan, at)?;
    let unit = scan.words.glued_unit(letters)?;
    let number = behind_letters(scan, at, digits)?;
    let great = letters.len() > 1 || number.low >= GREAT;
    great.then_some(Amount { start: at, end: number.end, unit: Some(unit), number })
}

/// From here on a letter with digits behind it is no name of a road or a room.
const GREAT: f64 = 10_000.0;

/// The letters and the digits of a capitalised word such as `R312`.
pub fn glued_parts<'a>(scan: &Scan<'a>, at: usize) -> Option<(&'a str, &'a str)> {
    let word = Some(scan.word(at)).filter(|_| scan.is_capitalised(at))?;
    let digits = word.find(|c: char| c.is_ascii_digit()).filter(|at| *at > 0)?;
    Some(word.split_at(digits))
}

/// The unit behind a number, with words such as "more" between it and a unit of time.
fn behind(scan: &Scan, at: usize) -> Option<(usize, UnitId)> {
    let filled = scan.one_of(at, &scan.words.quantity.unit_fillers);
    let of = usize::from(scan.is(at, "of") && !scan.sense(at + 1).unit_phrases.is_empty() || is_of_unit(scan, at));
    match filled {
        true => unit_at(scan, at + 1).filter(|(_, unit)| scan.words.unit(*unit).is_time()),
        false => unit_at(scan, at + of),
    }
}

/// `a couple of days`, `hundreds of miles`.
fn is_of_unit(scan: &Scan, at: usize) -> bool {
    scan.is(at, "of") && scan.sense(at + 1).unit.is_some()
}

/// The unit that is named at `at`: its end and itself.
pub fn unit_at(scan: &Scan, at: usize) -> Option<(usize, UnitId)> {
    let sense = scan.sense(at);
    let single = sense.unit.filter(|_| scan.word(at).len() > 1 || is_sign(scan, at)).map(|unit| (at + 1, unit));
    scan.phrase_at(&sense.unit_phrases, at + 1).or(single)
}

/// `°` and `C`, but not `c`.
fn is_sign(scan: &Scan, at: usize) -> bool {
    scan.tokens.get(at).is_some_and(|token| !token.is_wordlike() || token.case == Case::Upper)
}

/// `a day` behind "$20": the end of the rate and what it is counted by.
pub fn rate(scan: &Scan, at: usize) -> Option<(usize, UnitId)> {
    let (end, unit) = unit_at(scan, at + 1).filter(|_| scan.one_of(at, &scan.words.quantity.rate_cues))?;
    let dated = scan.one_of(end, &scan.words.when.ago)
        || scan.one_of(end, &scan.words.when.later)
        || scan.one_of(end, &scan.words.when.earlier);
    (!dated).then_some((end, unit))
}

/// The base unit of a value: `USD`, and `USD/day` for a rate.
pub fn base(scan: &Scan, unit: Option<UnitId>, per: Option<usize>) -> CompactString {
    let base = unit.map_or("", |id| scan.words.unit(id).base.as_str());
    match per {
        Some(at) => format_compact!("{base}/{}", scan.word(at)),
        None => base.into(),
    }
}
