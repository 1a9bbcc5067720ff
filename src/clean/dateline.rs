//! The day of publication that the article itself tells.

use super::date::find_day;
use crate::document::{DateOrigin, Published};
use crate::reading::{Reading, Role};

/// The day in the article's own dateline or byline; the first one that is no later change.
/// Dates of page headers carry no such role and are never asked.
pub fn dateline(reading: &Reading) -> Option<Published> {
    let lines = reading.lines.iter().filter(|l| matches!(l.role, Role::Dateline | Role::Byline));
    let days: Vec<_> =
        lines.filter_map(|l| Some((is_change(reading.text(l.span)), find_day(reading.text(l.span))?))).collect();
    let (_, date) = days.iter().find(|(change, _)| !change).or_else(|| days.first())?;
    Some(Published { date: *date, origin: DateOrigin::Dateline })
}

/// True for the day of a later change.
fn is_change(line: &str) -> bool {
    let line = line.trim_start();
    ["updated", "last ", "modified"].iter().any(|w| line.get(..w.len()).is_some_and(|l| l.eq_ignore_ascii_case(w)))
}
