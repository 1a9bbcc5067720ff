//! The day of publication that the article itself tells.

use jiff::civil::Date;

use super::Rules;
use super::date::find_day;
use crate::document::{DateOrigin, Published};
use crate::reading::{Reading, Role};
use crate::text::agency_lead;

/// The day in the article's own dateline or byline: the first that is no day of a later change,
/// else the first. Dates of page headers have no such role and are never asked.
pub fn dateline(reading: &Reading, rules: &Rules) -> Option<Published> {
    let lines = reading.lines.iter().filter(|l| matches!(l.role, Role::Dateline | Role::Byline));
    let texts = lines.map(|l| reading.text(l.span).trim());
    let days: Vec<_> = texts.filter_map(|text| Some((is_change(text, rules), find_day(text)?))).collect();
    let first = days.iter().find(|(change, _)| !change).or_else(|| days.first()).map(|(_, day)| *day);
    let date = first.or_else(|| agency_day(reading, rules))?;
    Some(Published { date, origin: DateOrigin::Dateline })
}

/// The day in an agency's lead: `SANTA RUFINA, 3 March 2024 - A tremor …`.
fn agency_day(reading: &Reading, rules: &Rules) -> Option<Date> {
    let first = reading.sentences.iter().find(|s| s.role == Role::Body)?;
    find_day(agency_lead(reading.text(first.span), rules.tables.layout.lead_bytes)?)
}

/// True for the day of a later change.
fn is_change(line: &str, rules: &Rules) -> bool {
    let opens = |word: &String| line.get(..word.len()).is_some_and(|front| front.eq_ignore_ascii_case(word));
    rules.tables.layout.changed.iter().any(opens)
}
