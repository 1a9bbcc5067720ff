//! Days and times of day, each as precise as it was written: a month holds its days, the afternoon its hours.

mod day;
mod time;

use std::fmt::Write;

use rustc_hash::FxHashMap;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::claim::{DayPart, When};
use crate::comparison::{Comparison, Relation};

/// The table `when` of `rules/compare.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WhenCompareRules {
    /// What the table is for.
    pub about: String,
    /// Pairs that differ.
    pub fires: Vec<[String; 2]>,
    /// Pairs that do not.
    pub silent: Vec<[String; 2]>,
    /// Days by which a range may miss a day.
    pub range_slack: i32,
    /// Minutes by which a time told as "about" may be off.
    pub about_minutes: u16,
    /// Minutes by which a time on a quarter of an hour may be off.
    pub round_minutes: u16,
    /// Minutes by which a time may lie outside its part of the day.
    pub part_minutes: i32,
    /// Least and greatest number of minutes by which clocks are ahead of Greenwich.
    pub clocks: [i32; 2],
    /// Zones lie a multiple of so many minutes apart.
    pub zone_minutes: i32,
    /// A time is peculiar where its minutes are no multiple of this: two such with one minute are of two zones.
    pub peculiar_minutes: i32,
    /// Parts of the day in minutes after midnight.
    pub parts: FxHashMap<DayPart, [i32; 2]>,
}

const RULE: &str = "when";

/// How two dates or times stand to each other. Days that an anchor made certain are compared as
/// days; without them weekday with weekday, month with month, and nothing across.
pub fn compare_whens(a: &When, b: &When, rules: &WhenCompareRules) -> Comparison {
    let relation = relate_whens(a, b, rules);
    let zone = |when: &When| when.clock.map(|clock| clock.offset.is_some());
    let untold = zone(a).zip(zone(b)).is_some_and(|(x, y)| x != y);
    let (a, b) = (describe(a), describe(b));
    let why = match relation {
        Relation::Unknown if untold => format!("{a} and {b}: zones are not told"),
        Relation::Same | Relation::Variant => format!("{a} and {b} are the same"),
        Relation::LessPrecise => format!("{a} and {b} can both be true"),
        Relation::Incompatible => format!("{a} and {b} cannot both be true"),
        Relation::Unknown => format!("{a} and {b} share nothing that can be compared"),
    };
    Comparison::new(relation, RULE, why)
}

/// The same without the reason.
pub fn relate_whens(a: &When, b: &When, rules: &WhenCompareRules) -> Relation {
    if a == b { Relation::Same } else { relation(a, b, rules) }
}

fn relation(a: &When, b: &When, rules: &WhenCompareRules) -> Relation {
    let days = (day::is_told(a), day::is_told(b));
    if let Some(zoned) = time::zoned(a, b, rules) {
        return if zoned == Relation::Same && days.0 != days.1 { Relation::LessPrecise } else { zoned };
    }
    let time = time::relation(a, b, rules);
    let clocks = a.clock.is_some() && b.clock.is_some();
    match days {
        (true, true) => both(day::relation(a, b, rules), time, a, b),
        (false, false) => time.unwrap_or(Relation::Unknown),
        // The day is told on one side only: times of the clock still exclude each other.
        _ => match time {
            Some(Relation::Incompatible) if clocks => Relation::Incompatible,
            Some(Relation::Same | Relation::LessPrecise) => Relation::LessPrecise,
            _ => Relation::Unknown,
        },
    }
}

/// The relation of days and of times of day taken together.
fn both(day: Relation, time: Option<Relation>, a: &When, b: &When) -> Relation {
    match (day, time) {
        (Relation::Incompatible | Relation::Unknown, _) => day,
        (_, Some(time @ (Relation::Incompatible | Relation::Unknown))) => time,
        (Relation::Same, Some(Relation::Same)) => Relation::Same,
        (Relation::Same, None) if a.clock.is_none() && b.clock.is_none() && a.part == b.part => Relation::Same,
        _ => Relation::LessPrecise,
    }
}

/// A date or time in words: `2023-09-12 (Tuesday) afternoon`.
fn describe(when: &When) -> String {
    let mut words = String::new();
    match when.days {
        Some((first, last)) if first == last => _ = write!(words, "{first}"),
        Some((first, last)) => _ = write!(words, "{first} to {last}"),
        None => day::written(when, &mut words),
    }
    if let Some(part) = when.part {
        _ = write!(words, " {}", format!("{part:?}").to_lowercase());
    }
    if let Some(clock) = when.clock {
        _ = write!(words, " {:02}:{:02}", clock.minute / 60, clock.minute % 60);
        if let Some(offset) = clock.offset {
            _ = write!(words, " UTC{:+}:{:02}", offset / 60, offset.abs() % 60);
        }
    }
    let words = words.trim();
    if words.is_empty() { "an unknown day".into() } else { words.into() }
}

#[cfg(test)]
mod tests;
