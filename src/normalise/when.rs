//! Days from what was written and the day of publication. Without that day nothing is resolved
//! but what was written in full.

mod calendar;
mod named;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::claim::When;
use crate::extract::when::{CalendarUnit, Origin, Relative, WhenMention};

/// First and last day.
pub(crate) type Days = (Date, Date);

/// The table `when` of `rules/normalise.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ResolveRules {
    /// What the table is for.
    pub about: String,
    /// Sentences whose date is resolved.
    pub fires: Vec<String>,
    /// Sentences without a date.
    pub silent: Vec<String>,
    /// A day without a year is the nearest one within this many days, whatever the tense.
    pub near_days: i32,
    /// Share of a stretch at which its early part ends.
    pub early_until: f64,
    /// Share of a stretch at which its late part begins.
    pub late_from: f64,
}

/// What is known of the time of writing.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Frame<'r> {
    /// The day of publication.
    pub anchor: Option<Date>,
    /// True where the sentence tells of things to come.
    pub future: bool,
    /// The rules.
    pub rules: &'r ResolveRules,
}

/// The mention's value with its days, where the anchor or the writing makes them certain.
/// Weekday, month and day stay as they were written. Resolving twice changes nothing.
///
/// `anchor` is the document's day of publication; `tense_is_future` chooses between the last and
/// the next Tuesday, and so does "until Tuesday". "The following day" and the like hang on another mention and stay open.
pub fn resolve(mention: &WhenMention, anchor: Option<Date>, tense_is_future: bool, rules: &ResolveRules) -> When {
    let frame = Frame { anchor, future: tense_is_future || mention.ahead, rules };
    let days = match (&mention.until, mention.relative) {
        (Some(until), _) => range(&mention.value, until, frame),
        (None, Some(relative)) => relative_days(&mention.value, relative, frame),
        (None, None) => named::days(&mention.value, None, frame),
    };
    let season = mention.relative.is_some_and(|relative| calendar::is_season(relative.piece));
    When { days, about: mention.value.about || season, ..mention.value.clone() }
}

/// From the first day of one end to the last day of the other, which is resolved first.
fn range(first: &When, last: &When, frame: Frame) -> Option<Days> {
    let last = named::days(last, None, frame)?;
    let first = named::latest_until(first, last.1)?;
    (first.0 <= last.1).then_some((first.0, last.1))
}

fn relative_days(value: &When, relative: Relative, frame: Frame) -> Option<Days> {
    if relative.origin == Origin::Story {
        return None;
    }
    let whole = match relative.unit {
        CalendarUnit::Named if calendar::is_of_year(relative.piece) && value.month.is_none() => {
            return named::piece_of_year(value, relative, frame);
        }
        CalendarUnit::Named => named::days(value, relative.shift, frame)?,
        CalendarUnit::Decade if value.year.is_some() => calendar::years(value.year?, 10)?,
        unit => counted(value, unit, shift_of(unit, relative.shift, frame), frame)?,
    };
    calendar::piece(whole, relative.piece, frame.rules)
}

/// "Over the weekend" is the one just over, unless things to come are told.
fn shift_of(unit: CalendarUnit, shift: Option<i32>, frame: Frame) -> i32 {
    let over = unit == CalendarUnit::Weekend && !frame.future;
    shift.unwrap_or(if over { -1 } else { 0 })
}

/// Units counted from the anchor: `last week`, `three days ago`.
fn counted(value: &When, unit: CalendarUnit, shift: i32, frame: Frame) -> Option<Days> {
    let anchor = frame.anchor?;
    if unit == CalendarUnit::Week && value.about {
        let middle = calendar::plus_days(anchor, shift.checked_mul(7)?)?;
        return Some((calendar::plus_days(middle, -3)?, calendar::plus_days(middle, 3)?));
    }
    let days = calendar::unit_at(anchor, unit, shift, frame.future)?;
    match (unit, value.weekday, value.month) {
        (CalendarUnit::Week, Some(weekday), _) => {
            let day = calendar::plus_days(days.0, i32::from(weekday) - 1)?;
            Some((day, day))
        }
        (CalendarUnit::Year, _, Some(_)) => named::in_year(value, days.0.year()),
        _ => Some(days),
    }
}

#[cfg(test)]
pub(crate) mod tests;
