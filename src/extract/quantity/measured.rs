//! A number with everything around it: bound, range, money, unit, rate, age, and what is counted.

use compact_str::CompactString;

use super::numeral::{Form, Numeral, Stuck};
use super::refused::{is_no_count, runs_on};
use super::unit::{Amount, amount, base, rate};
use super::{AGE, PartOf, QuantityMention, counted};
use crate::claim::{Bound, Kind, Quantity};
use crate::extract::measure_scan::Scan;
use crate::extract::measure_words::UnitId;
use crate::text::TokenKind;

/// The quantity that begins at `at`, bound not counted.
pub fn read(scan: &Scan, at: usize) -> Option<QuantityMention> {
    if let Some(mention) = lone_span(scan, at) {
        return Some(mention);
    }
    let first = amount(scan, at)?;
    let measured = first.unit.is_some() || is_age(scan, &first);
    let (_, bound) = bound_before(scan, at, first.unit);
    if is_no_count(scan, first.start, &first.number, measured, bound != Bound::Exact) {
        return None;
    }
    let (first, high) = ranged(scan, first);
    (!runs_on(scan, first.end) && !is_some_day(scan, &first)).then(|| mention(scan, first, high))
}

/// "For a week", "an hour and a half", "weeklong": one unit of time without a number.
fn lone_span(scan: &Scan, at: usize) -> Option<QuantityMention> {
    if let Some(unit) = scan.sense(at).long {
        return Some(span(scan, at, at + 1, unit, 1.0));
    }
    bare_span(scan, at).or_else(|| article_span(scan, at))
}

/// "For weeks", "the whole decade".
fn bare_span(scan: &Scan, at: usize) -> Option<QuantityMention> {
    let rules = &scan.words.quantity;
    let unit = scan.sense(at).unit.filter(|unit| scan.words.unit(*unit).is_time() && at > 0)?;
    let plural = scan.word(at).ends_with('s') && scan.sense(at).span.is_some();
    if plural && scan.one_of(at - 1, &rules.bare_cues) {
        let number = Numeral { high: rules.bare[1], form: Form::Vague, ..Numeral::exact(at + 1, rules.bare[0], 1.0) };
        return Some(mention(scan, Amount { start: at, number, end: at + 1, unit: Some(unit) }, None));
    }
    (!plural && scan.one_of(at - 1, &rules.whole_cues)).then(|| span(scan, at, at + 1, unit, 1.0))
}

/// "A week" behind a cue or a bound, "a mile long", and "an hour and a half".
fn article_span(scan: &Scan, at: usize) -> Option<QuantityMention> {
    let unit = scan.sense(at + 1).unit.filter(|_| scan.is_article(at))?;
    let bounded = bound_before(scan, at, Some(unit)).1 != Bound::Exact;
    let part = part_behind(scan, at + 2);
    let told = match scan.words.unit(unit).base.as_str() {
        "s" => bounded || is_cued(scan, at),
        "m" => bounded || reaches(scan, at + 2),
        "m2" | "kg" | "l" => bounded,
        _ => return None,
    };
    let (end, value) = part.map_or((at + 2, 1.0), |(end, part)| (end, 1.0 + part));
    (told || part.is_some()).then(|| span(scan, at, end, unit, value))
}

/// "And a half" behind a unit: its end, and the part.
fn part_behind(scan: &Scan, at: usize) -> Option<(usize, f64)> {
    let part = scan.sense(at + 2).fraction.filter(|_| scan.is(at, "and") && scan.is_article(at + 1))?;
    Some((at + 3, part))
}

/// "A mile *long*", "a mile *away*".
fn reaches(scan: &Scan, at: usize) -> bool {
    scan.one_of(at, &scan.words.quantity.dimensions) || scan.one_of(at, &scan.words.quantity.directions)
}

fn is_cued(scan: &Scan, at: usize) -> bool {
    at > 0 && scan.one_of(at - 1, &scan.words.quantity.span_cues)
}

/// "One day" without a cue is some day or other.
fn is_some_day(scan: &Scan, amount: &Amount) -> bool {
    let at = amount.start;
    let bounded = bound_before(scan, at, amount.unit).1 != Bound::Exact;
    scan.is(at, "one") && scan.is(at + 1, "day") && !is_cued(scan, at) && !bounded
}

fn span(scan: &Scan, at: usize, end: usize, unit: UnitId, value: f64) -> QuantityMention {
    let number = Numeral::exact(end, value, if value.fract() > 0.0 { 0.5 } else { 1.0 });
    mention(scan, Amount { start: at, number, end, unit: Some(unit) }, None)
}

/// "10 to 15", "between 3 and 5", "$3-5 billion": the first amount with unit and scale of the
/// second, and the greatest value.
fn ranged<'a>(scan: &Scan<'a>, first: Amount<'a>) -> (Amount<'a>, Option<f64>) {
    let Some(second) = joined(scan, &first) else { return (first, None) };
    let (a, b) = (&first.number, &second.number);
    let shared = if b.scale > a.scale && a.low < b.high / b.scale { b.scale / a.scale } else { 1.0 };
    let low = a.low * shared;
    let same_unit = first.unit.is_none() || second.unit.is_none() || first.unit == second.unit;
    let fits =
        low < b.high && same_unit && a.form == Form::Cardinal && b.form != Form::Ordinal && b.form != Form::Share;
    if !fits {
        return (first, None);
    }
    let number = Numeral { low, high: b.high, step: b.step.max(a.step * shared), end: b.end, ..*b };
    let unit = second.unit.or(first.unit);
    (Amount { start: first.start, number, end: second.end, unit }, Some(b.high))
}

/// The amount that a range's joint ties to `first`.
fn joined<'a>(scan: &Scan<'a>, first: &Amount<'a>) -> Option<Amount<'a>> {
    let rules = &scan.words.quantity;
    if first.number.stuck != Stuck::Nothing && first.unit.is_none() {
        return None;
    }
    let before = |list: &[String]| first.start > 0 && scan.one_of(first.start - 1, list);
    let ranging = first.start > 1 && scan.one_of(first.start - 2, &rules.range_cues);
    let at = first.end;
    let joint = match scan.word(at) {
        "to" => !before(&rules.change_cues) || ranging,
        "-" => scan.touches(at) && scan.touches(at + 1) || scan.is_kind(first.start, TokenKind::Word),
        "and" => before(&rules.range_cues),
        "or" => first.number.low < 20.0,
        _ => false,
    };
    if !joint {
        return None;
    }
    let second = amount(scan, at + 1)?;
    let next = scan.is(at, "or") && second.number.low - first.number.low > 2.0 + first.number.low / 2.0;
    (!next).then_some(second)
}

fn is_age(scan: &Scan, amount: &Amount) -> bool {
    let rules = &scan.words.quantity;
    let before = amount.start > 0 && scan.one_of(amount.start - 1, &rules.age_before);
    let years = amount.unit.is_some_and(|unit| scan.words.is_year(unit));
    let after = years && scan.one_of(amount.end, &rules.age_after);
    let plain = amount.number.form == Form::Cardinal && amount.number.high < 120.0;
    plain && (amount.number.stuck == Stuck::Age || before && !years || after || is_apposed_age(scan, amount))
}

/// "Maria Lopez, 34, said".
fn is_apposed_age(scan: &Scan, amount: &Amount) -> bool {
    let at = amount.start;
    let closed = scan.is(amount.end, ",") || scan.is(amount.end, ".");
    let name = at > 1 && scan.is(at - 1, ",") && scan.is_capitalised(at - 2) && scan.sense(at - 2).month.is_none();
    let adult = (1.0..110.0).contains(&amount.number.low) && amount.number.step == 1.0;
    name && closed && adult && scan.is_kind(at, TokenKind::Number) && amount.unit.is_none() && amount.end == at + 1
}

/// The phrase before a number that bounds it: where it starts, and the bound.
fn bound_before(scan: &Scan, at: usize, unit: Option<UnitId>) -> (usize, Bound) {
    let none = (at, Bound::Exact);
    if at == 0 {
        return none;
    }
    let last = at - 1;
    let Some((start, bound)) = scan.phrase_before(&scan.sense(last).bounds, last) else { return none };
    let time = unit.is_some_and(|unit| scan.words.unit(unit).is_time());
    let over = start == last && scan.is(last, "over") && time;
    let idle = over && !(start > 0 && scan.one_of(start - 1, &scan.words.quantity.over_cues));
    if idle { none } else { (start, bound) }
}

/// The mention of an amount; `high` is set for a range.
fn mention(scan: &Scan, amount: Amount, high: Option<f64>) -> QuantityMention {
    let number = &amount.number;
    let age = is_age(scan, &amount);
    let extra = combined(scan, &amount);
    let (start, before) = bound_before(scan, amount.start, amount.unit);
    let (mut end, after) = tail(scan, extra.end);
    let per = rate(scan, end).filter(|_| amount.unit.is_some() && !age && number.form != Form::Ordinal);
    let rate_word = per.map(|(stop, _)| stop - 1);
    end = per.map_or(end, |(stop, _)| stop) + usize::from(age && scan.one_of(end, &scan.words.quantity.age_after));
    let vague = if number.form == Form::Vague { Bound::About } else { Bound::Exact };
    let bound = [after, before, vague].into_iter().find(|bound| *bound != Bound::Exact).unwrap_or_default();
    let (counted, part) = what(scan, &amount, end, age);
    let value = in_base(scan, &amount, high, &extra);
    let unit = if age { AGE.into() } else { unit_of(scan, &amount, rate_word) };
    let kind = if unit == "s" { Kind::Duration } else { Kind::Number };
    let value = Quantity { bound, unit, counted, ..value };
    let fraction_of = part.then_some(PartOf::Untold);
    QuantityMention { tokens: start..end, value, kind, fraction_of, ordinal: number.form == Form::Ordinal }
}

fn unit_of(scan: &Scan, amount: &Amount, per: Option<usize>) -> CompactString {
    match amount.number.form {
        Form::Share => "%".into(),
        _ => base(scan, amount.unit, per),
    }
}

/// Values and tolerance in base units; bound, unit and count are filled in by the caller. Ages stay in years.
fn in_base(scan: &Scan, amount: &Amount, high: Option<f64>, extra: &Extra) -> Quantity {
    let number = &amount.number;
    let unit = amount.unit.filter(|_| !is_age(scan, amount)).map(|id| scan.words.unit(id));
    let base = |value: f64| unit.map_or(value, |unit| unit.to_base(value)) + extra.sum;
    let tolerance = extra.tolerance.unwrap_or(number.step / 2.0 * unit.map_or(1.0, |unit| unit.factor));
    let (unit, counted) = (CompactString::default(), CompactString::default());
    Quantity {
        low: base(number.low),
        high: base(high.unwrap_or(number.high)),
        tolerance,
        bound: Bound::Exact,
        unit,
        counted,
        part: false,
    }
}

/// What stands behind an amount and adds to it: where that ends, its sum in base units, and half its step.
struct Extra {
    end: usize,
    sum: f64,
    tolerance: Option<f64>,
}

/// "Two hours, six minutes and 11 seconds", "two miles and a half".
fn combined(scan: &Scan, amount: &Amount) -> Extra {
    let mut extra = Extra { end: amount.end, sum: 0.0, tolerance: None };
    let plain = amount.unit.filter(|_| amount.number.stuck == Stuck::Nothing && amount.number.step == 1.0);
    if let Some((unit, (end, part))) = plain.zip(part_behind(scan, amount.end)) {
        return Extra { end, sum: part * scan.words.unit(unit).factor, ..extra };
    }
    let time = |id: UnitId| Some(scan.words.unit(id)).filter(|unit| unit.is_time());
    let mut unit = amount.unit.and_then(time).filter(|_| amount.number.stuck == Stuck::Nothing);
    while let Some(greater) = unit {
        let comma = extra.end + usize::from(scan.is(extra.end, ","));
        let at = comma + usize::from(scan.is(comma, "and"));
        let next = super::unit::amount(scan, at).filter(|next| next.number.form == Form::Cardinal);
        let minor = next.as_ref().and_then(|next| next.unit).and_then(time);
        unit = minor.filter(|minor| minor.factor < greater.factor);
        if let Some((next, minor)) = next.zip(unit) {
            let sum = extra.sum + minor.to_base(next.number.low);
            extra = Extra { end: next.end, sum, tolerance: Some(next.number.step / 2.0 * minor.factor) };
        }
    }
    extra
}

fn tail(scan: &Scan, end: usize) -> (usize, Bound) {
    let phrase = scan.phrase_at(&scan.sense(end).tails, end + 1);
    phrase.unwrap_or((end, Bound::Exact))
}

/// What is counted: nothing for a measure, save for what a percentage is of.
fn what(scan: &Scan, amount: &Amount, end: usize, age: bool) -> (CompactString, bool) {
    let number = &amount.number;
    let percent = number.form == Form::Share || amount.unit.is_some_and(|id| scan.words.unit(id).base == "%");
    if let Stuck::Noun(noun) = number.stuck {
        return (noun.into(), false);
    }
    if age || amount.unit.is_some() && !percent {
        return (CompactString::default(), false);
    }
    let singular = number.low == 1.0 && number.high == 1.0 || number.form == Form::Ordinal;
    let vague = number.form == Form::Vague;
    let (counted, part) = counted::counted(scan, end, singular);
    let (counted, part) = match percent && counted.is_empty() {
        true => counted::counted(scan, end, true),
        false => (counted, part),
    };
    let definite = !vague || scan.one_of(end + 1, &scan.words.quantity.determiners);
    (counted, part && !percent && definite)
}
