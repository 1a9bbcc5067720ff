//! Puts together what stands side by side: `on Tuesday, Sept. 12, at 5 p.m.`, `from Monday to Thursday`.

use super::{CalendarUnit, Piece, Relative, WhenMention, component};
use crate::claim::When;
use crate::extract::measure_scan::Scan;
use crate::text::TokenKind;

/// How many words such as "at about" may stand between a day and its time.
const CONNECTORS: usize = 3;
/// How far before "from" a verb of moving is looked for.
const REACH: usize = 5;

/// Joins to a date or time all that belongs to it.
pub fn join(scan: &Scan, mut mention: WhenMention) -> WhenMention {
    while let Some(joined) = attach(scan, &mention) {
        mention = joined;
    }
    range(scan, &mention).unwrap_or(mention)
}

/// The mention with the next date or time behind it, when the two complete each other.
fn attach(scan: &Scan, mention: &WhenMention) -> Option<WhenMention> {
    let end = mention.tokens.end;
    let connector = |at: &usize| scan.one_of(*at, &scan.words.when.connectors);
    let end = end + usize::from(scan.is_kind(end, TokenKind::Possessive));
    if let Some(day) = bracketed(scan, end) {
        return merge(mention, &day, false, false);
    }
    let next = (end..end + CONNECTORS).find(|at| !connector(at)).unwrap_or(end + CONNECTORS);
    let comma = (end..next).any(|at| scan.is(at, ","));
    let second = part(scan, next).filter(|_| !comma).or_else(|| component(scan, next))?;
    let worded = next > end && !(next == end + 1 && comma);
    merge(mention, &second, comma, worded)
}

/// "Sunday (April 20)": the day of the month that a bracket gives.
fn bracketed(scan: &Scan, at: usize) -> Option<WhenMention> {
    let day = component(scan, at + 1).filter(|day| scan.is(at, "(") && day.value.day.is_some())?;
    let closed = scan.is(day.tokens.end, ")");
    closed.then(|| WhenMention { tokens: day.tokens.start..day.tokens.end + 1, ..day })
}

/// A part of the day behind a day: "Tuesday evening", "Tuesday in the evening".
fn part(scan: &Scan, at: usize) -> Option<WhenMention> {
    let part = scan.sense(at).part?;
    Some(WhenMention::new(at..at + 1, When { part: Some(part), ..When::default() }))
}

fn merge(first: &WhenMention, second: &WhenMention, comma: bool, worded: bool) -> Option<WhenMention> {
    if first.until.is_some() || second.until.is_some() {
        return None;
    }
    let dates = (first.has_date(), second.has_date());
    let times = (first.has_time(), second.has_time());
    let fits = match (dates, times) {
        ((true, false), (_, true)) => times_fit(first, second) && (!comma || worded),
        ((false, true), (true, _)) => times_fit(first, second) && !comma,
        ((false, false), (true, true)) => times_fit(first, second) && !comma,
        ((true, true), (_, false)) => dates_fit(first, second, comma, worded),
        _ => false,
    };
    fits.then(|| union(first, second))
}

/// A clock time and a part of the day complete each other, two of a kind do not.
fn times_fit(first: &WhenMention, second: &WhenMention) -> bool {
    let (a, b) = (&first.value, &second.value);
    (a.clock.is_none() || b.clock.is_none()) && (a.part.is_none() || b.part.is_none() || is_narrowing(first))
}

/// "Early Tuesday morning": the part named replaces the one that "early" stands for.
fn is_narrowing(first: &WhenMention) -> bool {
    first.value.clock.is_none() && first.tokens.len() > 1 && first.value.weekday.is_some()
}

/// A weekday with a day of a month or with a week, a month or quarter with a year: "Tuesday of
/// last week", "June last year", "last year's third quarter".
fn dates_fit(first: &WhenMention, second: &WhenMention, comma: bool, worded: bool) -> bool {
    let weekday = |m: &WhenMention| m.value.weekday.is_some() && m.value.month.is_none() && m.relative.is_none();
    let day = |m: &WhenMention| m.value.day.is_some() && m.value.weekday.is_none() && m.relative.is_none();
    let counted = |m: &WhenMention, unit| m.relative.is_some_and(|relative| relative.unit == unit);
    let week = |m: &WhenMention| counted(m, CalendarUnit::Week);
    let month = |m: &WhenMention| m.value.month.is_some() && m.value.year.is_none() && m.relative.is_none();
    let quarter = |m: &WhenMention| m.relative.is_some_and(|relative| matches!(relative.piece, Piece::Quarter(_)));
    let year = |m: &WhenMention| m.value.year.is_some() && m.value.month.is_none() && m.relative.is_none();
    weekday(first) && (day(second) && !worded || week(second) && !comma)
        || day(first) && weekday(second) && comma && !worded
        || month(first) && counted(second, CalendarUnit::Year) && !comma
        || (year(first) || counted(first, CalendarUnit::Year)) && quarter(second) && !worded
}

fn union(first: &WhenMention, second: &WhenMention) -> WhenMention {
    let (a, b) = (&first.value, &second.value);
    let value = When {
        days: None,
        lasting: a.lasting || b.lasting,
        weekday: a.weekday.or(b.weekday),
        month: a.month.or(b.month),
        day: a.day.or(b.day),
        year: a.year.or(b.year),
        part: b.part.or(a.part),
        clock: a.clock.or(b.clock),
        about: a.about || b.about,
    };
    let piece = second.relative.map_or(Piece::Whole, |relative| relative.piece);
    let first_relative = first.relative.map(|relative| match relative.piece {
        Piece::Whole => Relative { piece, ..relative },
        _ => relative,
    });
    let relative = first_relative.or(second.relative);
    WhenMention { relative, ..WhenMention::new(first.tokens.start..second.tokens.end, value) }
}

/// "From Monday to Thursday", "between May and July", "April through June".
fn range(scan: &Scan, first: &WhenMention) -> Option<WhenMention> {
    let rules = &scan.words.when;
    let (start, end) = (first.tokens.start, first.tokens.end);
    let opened = |word: &str| start > 0 && scan.is(start - 1, word);
    let between = start > 0 && scan.one_of(start - 1, &rules.between);
    let joint = scan.word(end);
    let open = match joint {
        "and" => between,
        "to" => opened("from") || first.value.weekday.is_some() || first.value.month.is_some(),
        "until" | "till" => opened("from"),
        _ => scan.one_of(end, &rules.joints),
    };
    let last = component(scan, end + 1).filter(|_| open && first.until.is_none() && plain(first))?;
    let moved = opened("from") && (start.saturating_sub(REACH)..start).any(|at| scan.one_of(at, &rules.movers));
    if moved || !plain(&last) || !alike(&first.value, &last.value) {
        return None;
    }
    Some(spanning(first, last, !between))
}

fn spanning(first: &WhenMention, last: WhenMention, lasting: bool) -> WhenMention {
    let year = first.value.year.or(last.value.year);
    let value = When { lasting, year, ..first.value.clone() };
    WhenMention { until: Some(last.value), ..WhenMention::new(first.tokens.start..last.tokens.end, value) }
}

/// A date without a time, written in full or by name.
fn plain(mention: &WhenMention) -> bool {
    mention.relative.is_none() && mention.until.is_none() && mention.has_date() && !mention.has_time()
}

/// Both ends are told alike: two weekdays, two months, two days of months, two years.
fn alike(first: &When, last: &When) -> bool {
    let shape = |when: &When| (when.weekday.is_some(), when.month.is_some(), when.day.is_some());
    shape(first) == shape(last) && (first.year != last.year || first.month.is_some() || first.weekday.is_some())
}
