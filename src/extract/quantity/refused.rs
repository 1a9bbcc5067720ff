//! Numbers that are no counts: years, labels, parts of names, the pronoun "one".

use super::numeral::{Form, Numeral, Stuck};
use crate::extract::measure_scan::Scan;
use crate::text::TokenKind;

/// True when the number at `at` counts and measures nothing. `measured` tells that a unit or
/// mark of money belongs to it, `bounded` that a bound stands before it.
pub fn is_no_count(scan: &Scan, at: usize, number: &Numeral, measured: bool, bounded: bool) -> bool {
    is_joined(scan, at)
        || is_pronoun_one(scan, at, number)
        || !measured
            && (is_label(scan, at, number) || is_named(scan, at, number) || !bounded && is_year(scan, at, number))
}

/// Part of a row of digits that nobody counts with: telephone numbers, ratios, codes.
fn is_joined(scan: &Scan, at: usize) -> bool {
    let joint = |at: usize| scan.is(at, "-") || scan.is(at, "/") || scan.is(at, "#") || scan.is(at, "_");
    let before = at > 0 && scan.touches(at) && joint(at - 1) && is_digits(scan, at.wrapping_sub(2), at - 1);
    let hashed = at > 0 && scan.touches(at) && (scan.is(at - 1, "#") || scan.is(at - 1, "_"));
    before || hashed
}

/// More digits hang on the number that ends before `end`.
pub fn runs_on(scan: &Scan, end: usize) -> bool {
    let joint = scan.is(end, "-") || scan.is(end, "/") || scan.is(end, "_");
    joint && scan.touches(end) && scan.touches(end + 1) && scan.is_kind(end + 1, TokenKind::Number)
}

fn is_digits(scan: &Scan, at: usize, next: usize) -> bool {
    scan.is_kind(at, TokenKind::Number) && scan.touches(next)
}

fn is_pronoun_one(scan: &Scan, at: usize, number: &Numeral) -> bool {
    let one = scan.is(at, "one") && number.end == at + 1 && number.stuck == Stuck::Nothing;
    let rules = &scan.words.quantity;
    let alone = !scan.is_kind(at + 1, TokenKind::Word);
    one && number.form == Form::Cardinal
        && (alone
            || scan.one_of(at + 1, &rules.one_pronoun_before)
            || scan.one_of(at.wrapping_sub(1), &rules.one_pronoun_after))
}

/// `flight 93`, `No. 7`, `chapter 11`.
fn is_label(scan: &Scan, at: usize, number: &Numeral) -> bool {
    let dotted = at > 1 && scan.is(at - 1, ".") && scan.touches(at - 1);
    let before = at.wrapping_sub(1 + usize::from(dotted));
    let plain = matches!(number.form, Form::Cardinal) && number.stuck == Stuck::Nothing;
    let counts = !scan.is_capitalised(before) && heads_count(scan, number.end) && !dotted;
    plain && scan.sense(before).label && !counts
}

/// `Boeing 737`, `Formula One`: a number behind a capital, or with one inside a sentence.
fn is_named(scan: &Scan, at: usize, number: &Numeral) -> bool {
    if at == 0 || number.form == Form::Vague || matches!(number.stuck, Stuck::Age | Stuck::Unit(_)) {
        return false;
    }
    let before = at - 1;
    let name = scan.is_capitalised(before) && !scan.sense(before).stop && before > 0 && !scan.is(before, "i");
    let in_name = scan.is_kind(at, TokenKind::Word) && scan.is_capitalised(at);
    match scan.is_kind(at, TokenKind::Number) {
        true => name && number.form == Form::Cardinal && !heads_count(scan, number.end),
        false => in_name && (name || scan.is_capitalised(number.end)) && !opens(scan, at),
    }
}

/// True at the front of a sentence or a quotation.
fn opens(scan: &Scan, at: usize) -> bool {
    at == 0 || scan.is_kind(at - 1, TokenKind::Mark)
}

/// A bare number that can be a year, unless people or things are counted with it.
fn is_year(scan: &Scan, at: usize, number: &Numeral) -> bool {
    let rules = &scan.words.when;
    let word = scan.word(at);
    let bare = word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit()) && number.end == at + 1;
    bare && (f64::from(rules.first_year)..f64::from(rules.last_year)).contains(&number.low)
        && !scan.sense(number.end).head
}

/// True when a plural or another head of a count stands at `at`, or one word behind.
pub fn heads_count(scan: &Scan, at: usize) -> bool {
    let known = |at: usize| scan.sense(at).head || super::counted::is_plural(scan, at);
    known(at) || scan.is_kind(at, TokenKind::Word) && !scan.sense(at).stop && known(at + 1)
}
