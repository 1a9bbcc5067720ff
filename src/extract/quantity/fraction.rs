//! Fractions: `two-thirds`, `1/2`, `2½`, `half a million`, `a quarter of an hour`.

use super::digits::digits;
use super::numeral::{Form, Numeral};
use crate::extract::measure_scan::Scan;
use crate::text::TokenKind;

/// `2½`.
pub fn with_fraction<'a>(scan: &Scan<'a>, mut found: Numeral<'a>) -> Numeral<'a> {
    let share = scan.sense(found.end).fraction;
    if let Some(share) = share.filter(|_| scan.is_kind(found.end, TokenKind::Mark)) {
        found = Numeral::exact(found.end + 1, found.low + share, 0.5);
    }
    found
}

/// Digits over digits behind a whole number: `2 1/2`.
pub fn is_slashed(scan: &Scan, at: usize) -> bool {
    scan.is_kind(at, TokenKind::Number) && scan.is(at + 1, "/") && scan.touches(at + 1) && !scan.touches(at)
}

/// `1/2` at `at`, behind the whole number `whole`.
pub fn slashed<'a>(scan: &Scan<'a>, at: usize, whole: f64) -> Option<Numeral<'a>> {
    let (over, under) = (digits(scan.word(at))?, digits(scan.word(at + 2))?);
    let simple = over.value < under.value && matches!(under.value as u32, 2 | 3 | 4 | 5 | 8);
    if !simple || !over.tail.is_empty() || !under.tail.is_empty() || scan.is(at + 3, "/") {
        return None;
    }
    let share = over.value / under.value;
    Some(match whole > 0.0 {
        true => Numeral::exact(at + 3, whole + share, 0.5),
        false => share_of(scan, at + 3, share),
    })
}

/// "Two quarters" may be half a year, "two quarters of the land" is not.
pub fn is_share(scan: &Scan, at: usize) -> bool {
    scan.is(at + 1, "of") || scan.sense(at).span.is_none() && scan.sense(at).ordinal.is_none()
}

/// `half of`, `half the`, `half a million`, `half an hour`.
pub fn fraction<'a>(scan: &Scan<'a>, at: usize) -> Option<Numeral<'a>> {
    let share = scan.sense(at).fraction?;
    let mark = scan.is_kind(at, TokenKind::Mark);
    let next = scan.word(at + 1);
    let opens = matches!(next, "of" | "the" | "a" | "an" | "its" | "their" | "his" | "her") && share == 0.5;
    (mark || opens).then(|| share_of(scan, at + 1, share))
}

/// A share, or the number that it makes with what follows: `half a million`, `a quarter of an hour`.
pub fn share_of<'a>(scan: &Scan<'a>, end: usize, share: f64) -> Numeral<'a> {
    let article = end + usize::from(scan.is(end, "of"));
    let what = scan.sense(article + 1);
    if scan.is(article, "a") || scan.is(article, "an") {
        if let Some(scale) = what.scale.or(what.group) {
            return Numeral::exact(article + 1, share, 0.1).times(scale, article + 2);
        }
        if what.unit.is_some() {
            return Numeral::exact(article + 1, share, 0.1);
        }
    }
    let direct = scan.sense(end);
    if let Some(scale) = direct.scale.or(direct.group) {
        return Numeral::exact(end, share, 0.1).times(scale, end + 1);
    }
    if direct.unit.is_some() {
        return Numeral::exact(end, share, 0.1);
    }
    let step = 2.0 * scan.words.quantity.fraction_tolerance;
    Numeral { form: Form::Share, ..Numeral::exact(end, share * 100.0, step) }
}
