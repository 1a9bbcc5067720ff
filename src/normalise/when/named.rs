//! Weekdays, months and years by name, and which of them is meant.

use jiff::civil::Date;

use super::{Days, Frame, calendar};
use crate::claim::When;
use crate::extract::when::Relative;

/// The days of what `value` names; `shift` is -1 for "last", 1 for "next".
pub fn days(value: &When, shift: Option<i32>, frame: Frame) -> Option<Days> {
    if let Some(year) = value.year {
        return in_year(value, year);
    }
    let anchor = frame.anchor?;
    match (value.month, value.weekday) {
        (Some(_), _) => choose(candidates(anchor, |year| in_year(value, year)), shift, anchor, frame),
        (None, Some(weekday)) => on_weekday(anchor, i32::from(weekday), shift, frame.future),
        _ => None,
    }
}

/// The day, month or year written, in a year.
pub fn in_year(value: &When, year: i16) -> Option<Days> {
    match (value.month, value.day) {
        (Some(month), Some(day)) => Date::new(year, month, day).ok().map(|day| (day, day)),
        (Some(month), None) => calendar::months(year, month, 1),
        (None, _) => calendar::years(year, 1),
    }
}

/// The latest days of what `value` names that begin on or before a day.
pub fn latest_until(value: &When, last: Date) -> Option<Days> {
    if let Some(year) = value.year {
        return in_year(value, year);
    }
    match (value.month, value.weekday) {
        (Some(_), _) => candidates(last, |year| in_year(value, year)).into_iter().flatten().rfind(|d| d.0 <= last),
        (None, Some(weekday)) => {
            let day = calendar::plus_days(last, -(calendar::weekday(last) - i32::from(weekday)).rem_euclid(7))?;
            Some((day, day))
        }
        _ => None,
    }
}

/// A quarter or season of a year, or the one that is meant without a year.
pub fn piece_of_year(value: &When, relative: Relative, frame: Frame) -> Option<Days> {
    let of = |year| calendar::of_year(year, relative.piece);
    match value.year {
        Some(year) => of(year),
        None => choose(candidates(frame.anchor?, of), relative.shift, frame.anchor?, frame),
    }
}

/// What is named, in the years around a day, in order.
fn candidates(around: Date, in_year: impl Fn(i16) -> Option<Days>) -> [Option<Days>; 3] {
    let year = around.year();
    [year.saturating_sub(1), year, year.saturating_add(1)].map(in_year)
}

/// Which of three years is meant: told by "last" and "next", else the near one, else by the tense.
fn choose(candidates: [Option<Days>; 3], shift: Option<i32>, anchor: Date, frame: Frame) -> Option<Days> {
    let all = || candidates.iter().copied().flatten();
    match shift {
        Some(..=-1) => all().rfind(|days| days.1 < anchor),
        Some(1..) => all().find(|days| days.0 > anchor),
        Some(0) => candidates[1],
        None => {
            let near = all().min_by_key(|days| distance(*days, anchor));
            let near = near.filter(|days| distance(*days, anchor) <= frame.rules.near_days);
            near.or_else(|| match frame.future {
                true => all().find(|days| days.1 >= anchor),
                false => all().rfind(|days| days.0 <= anchor),
            })
        }
    }
}

/// Days between a stretch and a day.
fn distance(days: Days, anchor: Date) -> i32 {
    let before = (anchor - days.1).get_days();
    let after = (days.0 - anchor).get_days();
    before.max(after).max(0)
}

/// The last or next such weekday. Of a plan for the weekday of publication, and of "next Friday", the week is
/// not told: such a day stays open, and only its weekday is known.
fn on_weekday(anchor: Date, weekday: i32, shift: Option<i32>, future: bool) -> Option<Days> {
    const WEEK: i32 = 7;
    let ahead = (weekday - calendar::weekday(anchor)).rem_euclid(WEEK);
    let on = match shift {
        Some(..=-1) => ahead - WEEK,
        Some(1..) if ahead == 0 => WEEK,
        Some(1..) => return None,
        // "This Wednesday" is the nearer one, whatever the tense.
        Some(0) if ahead <= WEEK / 2 => ahead,
        None if ahead == 0 && future => return None,
        _ if future || ahead == 0 => ahead,
        _ => ahead - WEEK,
    };
    calendar::plus_days(anchor, on).map(|day| (day, day))
}
