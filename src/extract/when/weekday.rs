//! Weekdays by name, and names that only look like them: `on Tuesday`, but no `Black Friday`.

use super::{WhenMention, calendar};
use crate::claim::When;
use crate::extract::measure_scan::Scan;

/// The weekday at `at`.
pub fn read(scan: &Scan, at: usize) -> Option<WhenMention> {
    let sense = scan.sense(at);
    if !scan.is_capitalised(at) {
        return None;
    }
    match (sense.weekday, sense.short_weekday) {
        (Some(day), _) if !is_name(scan, at) => Some(WhenMention::new(at..at + 1, on(day))),
        (_, Some(day)) => short(scan, at, day),
        _ => None,
    }
}

fn on(weekday: i8) -> When {
    When { weekday: Some(weekday), ..When::default() }
}

fn is_name(scan: &Scan, at: usize) -> bool {
    let rules = &scan.words.when;
    at > 0 && scan.one_of(at - 1, &rules.weekday_not_after)
        || scan.is_capitalised(at + 1) && scan.one_of(at + 1, &rules.weekday_not_before)
}

/// "Sat., Sept. 9": a short name only beside a date.
fn short(scan: &Scan, at: usize, day: i8) -> Option<WhenMention> {
    let mut end = at + 1;
    while (scan.is(end, ".") || scan.is(end, ",")) && end < at + 3 {
        end += 1;
    }
    let date = calendar::month_first(scan, end).or_else(|| calendar::in_digits(scan, end))?;
    let value = When { weekday: Some(day), ..date.value };
    value.day.is_some().then_some(WhenMention { tokens: at..date.tokens.end, value, ..date })
}
