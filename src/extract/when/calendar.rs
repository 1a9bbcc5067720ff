//! Days, months and years by name and number: `Sept. 13, 2023`, `13 September`, `2023-09-13`, `2010-15`, `the 1990s`.

use super::{CalendarUnit, Origin, Piece, Relative, WhenMention};
use crate::claim::{Bound, When};
use crate::extract::measure_scan::Scan;
use crate::extract::quantity::digits;
use crate::text::TokenKind;

/// `Sept. 13, 2023`, `September 10 to 13`, `September 2023`, `in September`.
pub fn month_first(scan: &Scan, at: usize) -> Option<WhenMention> {
    let month = month_at(scan, at)?;
    let end = past_dot(scan, at + 1);
    let value = When { month: Some(month), ..When::default() };
    if let Some(day) = day_at(scan, end) {
        return Some(with_day(scan, at, end + 1, When { day: Some(day), ..value }));
    }
    let behind = end + usize::from(scan.is(end, ",") || scan.is(end, "of"));
    if let Some(year) = year_at(scan, behind) {
        return Some(WhenMention::new(at..behind + 1, When { year: Some(year), ..value }));
    }
    stands_alone(scan, at, end).then(|| WhenMention::new(at..end, value))
}

fn with_day(scan: &Scan, at: usize, end: usize, value: When) -> WhenMention {
    let until = day_joined(scan, end, value.day).map(|day| When { day: Some(day), ..value.clone() });
    let end = if until.is_some() { end + 2 } else { end };
    let comma = end + usize::from(scan.is(end, ","));
    let year = year_at(scan, comma);
    let end = if year.is_some() { comma + 1 } else { end };
    dated(at..end, value, until, year)
}

fn dated(tokens: std::ops::Range<usize>, value: When, until: Option<When>, year: Option<i16>) -> WhenMention {
    let until = until.map(|until| When { year, ..until });
    let value = When { year, lasting: until.is_some(), ..value };
    WhenMention { until, ..WhenMention::new(tokens, value) }
}

/// The later day of the month behind a joint: `10 to 13`.
fn day_joined(scan: &Scan, joint: usize, first: Option<i8>) -> Option<i8> {
    let joined = scan.one_of(joint, &scan.words.when.joints) && !scan.is(joint, "and");
    day_at(scan, joint + 1).filter(|last| joined && Some(*last) > first)
}

fn month_at(scan: &Scan, at: usize) -> Option<i8> {
    scan.sense(at).month.filter(|_| scan.is_capitalised(at))
}

/// Past the dot of "Sept." where a number follows; elsewhere it may end the sentence.
fn past_dot(scan: &Scan, at: usize) -> usize {
    at + usize::from(scan.is(at, ".") && scan.touches(at) && scan.is_kind(at + 1, TokenKind::Number))
}

/// The month's name without a number: "in May", "since August".
fn stands_alone(scan: &Scan, at: usize, end: usize) -> bool {
    let before = scan.sense(at.wrapping_sub(1));
    let listed = at > 1 && scan.one_of(at - 1, &scan.words.when.joints) && scan.sense(at - 2).month.is_some();
    let name = scan.is_kind(end, TokenKind::Word) && scan.is_capitalised(end) && !is_calendar(scan, end);
    !scan.sense(at).ambiguous || before.month_cue && !name || listed
}

fn is_calendar(scan: &Scan, at: usize) -> bool {
    scan.sense(at).weekday.is_some() || scan.sense(at).month.is_some()
}

/// A day of the month: `3`, `13th`.
fn day_at(scan: &Scan, at: usize) -> Option<i8> {
    let word = scan.word(at);
    if !scan.is_kind(at, TokenKind::Number) || word.len() > 4 {
        return None;
    }
    let read = digits(word).filter(|read| read.step == 1.0 && (1.0..=31.0).contains(&read.value))?;
    let plain = read.tail.is_empty() && word.len() <= 2 || matches!(read.tail, "st" | "nd" | "rd" | "th");
    plain.then_some(read.value as i8)
}

/// A number of four digits that can be a year.
fn year_at(scan: &Scan, at: usize) -> Option<i16> {
    let word = scan.word(at);
    let plain = word.len() == 4 && scan.is_kind(at, TokenKind::Number) && word.bytes().all(|b| b.is_ascii_digit());
    let year: u16 = word.parse().ok().filter(|_| plain)?;
    let rules = &scan.words.when;
    (rules.first_year..=rules.last_year).contains(&year).then_some(year as i16)
}

/// What begins with digits: `13 September 2023`, `10-13 September`, `2023-09-13`, `15.11.2025`, `2019`, `1990s`.
pub fn in_digits(scan: &Scan, at: usize) -> Option<WhenMention> {
    numeric(scan, at)
        .or_else(|| dotted(scan, at))
        .or_else(|| day_first(scan, at))
        .or_else(|| decade(scan, at))
        .or_else(|| bare_year(scan, at))
}

fn day_first(scan: &Scan, at: usize) -> Option<WhenMention> {
    let day = day_at(scan, at)?;
    let last = day_joined(scan, at + 1, Some(day));
    let end = if last.is_some() { at + 3 } else { at + 1 };
    let date = of_month(scan, at, end, day, last)?;
    let owned = last.is_none() && has_own_day(scan, end);
    (!owned || is_cued(scan, at)).then_some(date)
}

/// "The 19 Sept. 11 hijackers": the day of the month stands behind its name.
fn has_own_day(scan: &Scan, month: usize) -> bool {
    day_at(scan, past_dot(scan, month + 1)).is_some()
}

/// "On 13 September 11 people died".
fn is_cued(scan: &Scan, at: usize) -> bool {
    let rules = &scan.words.when;
    at > 0 && (scan.one_of(at - 1, &rules.part_cues) || scan.one_of(at - 1, &rules.clock_cues))
}

/// `September 2023` behind the day that ends before `end`.
fn of_month(scan: &Scan, at: usize, end: usize, day: i8, last: Option<i8>) -> Option<WhenMention> {
    let name = end + usize::from(scan.is(end, "of"));
    let month = month_at(scan, name)?;
    let end = past_dot(scan, name + 1);
    let comma = end + usize::from(scan.is(end, ","));
    let year = year_at(scan, comma);
    let value = When { month: Some(month), day: Some(day), ..When::default() };
    let until = last.map(|last| When { day: Some(last), ..value.clone() });
    Some(dated(at..if year.is_some() { comma + 1 } else { end }, value, until, year))
}

/// "The fourth of July".
pub fn ordinal_first(scan: &Scan, at: usize) -> Option<WhenMention> {
    let day = scan.sense(at).ordinal.filter(|_| scan.is(at + 1, "of"))?;
    of_month(scan, at, at + 1, day as i8, None)
}

/// `2023-09-13`, `13/9/2023`; of `9/11/2023` only the year is certain.
fn numeric(scan: &Scan, at: usize) -> Option<WhenMention> {
    let mark = scan.word(at + 1);
    let joined = matches!(mark, "-" | "/") && scan.is(at + 3, mark) && (at + 1..at + 5).all(|at| scan.touches(at));
    let part = |at: usize| scan.word(at).parse::<i16>().ok().filter(|_| joined && scan.word(at).len() != 3);
    let (a, b, c) = (part(at)?, part(at + 2)?, part(at + 4)?);
    let (year, month, day) = match (year_at(scan, at), year_at(scan, at + 4)) {
        (Some(year), _) => (year, Some(b), Some(c)),
        (None, Some(year)) if a > 12 => (year, Some(b), Some(a)),
        (None, Some(year)) if b > 12 => (year, Some(a), Some(b)),
        (None, Some(year)) => (year, (a == b).then_some(a), (a == b).then_some(b)),
        (None, None) => return None,
    };
    let within = |value: Option<i16>, most: i16| value.is_none_or(|value| (1..=most).contains(&value));
    let as_day = |value: Option<i16>| value.map(|value| value as i8);
    let value = When { year: Some(year), month: as_day(month), day: as_day(day), ..When::default() };
    (within(month, 12) && within(day, 31)).then(|| WhenMention::new(at..at + 5, value))
}

/// `15.11.2025`, whose day stands in front wherever dates are written with dots.
fn dotted(scan: &Scan, at: usize) -> Option<WhenMention> {
    let mut parts = scan.word(at).split('.');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    let (day, month, year): (i8, i8, i16) = (day.parse().ok()?, month.parse().ok()?, year.parse().ok()?);
    let rules = &scan.words.when;
    let known = u16::try_from(year).is_ok_and(|year| (rules.first_year..=rules.last_year).contains(&year));
    let value = When { year: Some(year), month: Some(month), day: Some(day), ..When::default() };
    let fits = known && (1..=12).contains(&month) && (1..=31).contains(&day) && parts.next().is_none();
    fits.then(|| WhenMention::new(at..at + 1, value))
}

/// `1990s`, `'90s`.
fn decade(scan: &Scan, at: usize) -> Option<WhenMention> {
    let digits = scan.word(at).strip_suffix('s').filter(|digits| digits.ends_with('0'))?;
    let quoted = at > 0 && (scan.is(at - 1, "'") || scan.is(at - 1, "the"));
    let year: i16 = digits.parse().ok()?;
    let year = match digits.len() {
        4 => year,
        2 if quoted && year >= 20 => 1900 + year,
        _ => return None,
    };
    Some(whole_decade(at, year))
}

/// The decade that begins with `year`.
pub fn whole_decade(at: usize, year: i16) -> WhenMention {
    let relative =
        Relative { origin: Origin::Publication, unit: CalendarUnit::Decade, shift: None, piece: Piece::Whole };
    WhenMention::relative(at..at + 1, When { year: Some(year), ..When::default() }, relative)
}

/// A year alone: not before a unit or what is counted, not behind money, a bound or a dash.
fn bare_year(scan: &Scan, at: usize) -> Option<WhenMention> {
    let year = year_at(scan, at)?;
    let before = scan.sense(at.wrapping_sub(1));
    let bounded = at > 0 && scan.phrase_before(&before.bounds, at - 1).is_some_and(|(_, bound)| bound != Bound::About);
    let next = scan.sense(at + 1);
    let counts = next.unit.is_some_and(|unit| !scan.words.unit(unit).is_time()) || next.head || next.scale.is_some();
    let cued = at > 0 && scan.one_of(at - 1, &scan.words.when.year_cues);
    let plural = crate::extract::quantity::is_plural(scan, at + 1);
    let coded = at > 0 && scan.touches(at) && !is_opening(scan, at - 1) || is_code(scan, at + 1);
    let refused = bounded || counts || plural && !cued || coded || !before.prefixes.is_empty() && !cued || before.label;
    (!refused).then(|| until_year(scan, at, year))
}

fn is_opening(scan: &Scan, at: usize) -> bool {
    matches!(scan.word(at), "(" | "[" | "\"" | "'" | "-") && !(at > 0 && scan.is_kind(at - 1, TokenKind::Number))
}

fn is_code(scan: &Scan, at: usize) -> bool {
    scan.touches(at) && matches!(scan.word(at), "/" | "%" | "°")
}

/// `2010-2015`, `1939-45`.
fn until_year(scan: &Scan, at: usize, year: i16) -> WhenMention {
    let value = When { year: Some(year), ..When::default() };
    let joined = scan.is(at + 1, "-") && scan.touches(at + 1) && scan.touches(at + 2);
    let short = scan.word(at + 2).parse::<i16>().ok().filter(|_| scan.word(at + 2).len() == 2);
    let last = year_at(scan, at + 2).or(short.map(|short| year - year % 100 + short));
    match last.filter(|last| joined && *last > year) {
        Some(last) => {
            let until = When { year: Some(last), ..When::default() };
            WhenMention { until: Some(until), ..WhenMention::new(at..at + 3, When { lasting: true, ..value }) }
        }
        None => WhenMention::new(at..at + 1, value),
    }
}
