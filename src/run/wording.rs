//! Normalised values in words that a person can read, as tables and `inspect` print them.

use std::fmt::{self, Write as _};

use compact_str::{CompactString, ToCompactString, format_compact};

use crate::claim::{Claim, Entity, Location, Value, When};

/// The kebab-case name that serde gives a plain enum.
pub fn name<T: serde::Serialize>(value: &T) -> CompactString {
    struct Name<'v, T>(&'v T);
    impl<T: serde::Serialize> fmt::Display for Name<'_, T> {
        fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
            self.0.serialize(formatter)
        }
    }
    Name(value).to_compact_string()
}

/// Whose a claim is.
pub fn subject(subject: &[Entity]) -> CompactString {
    joined(subject.iter().map(|e| &e.name), "; ")
}

/// The unit of a value, or what it counts; empty for values that are no numbers.
pub fn unit(value: &Value) -> CompactString {
    match value {
        Value::Quantity(q) if q.unit.is_empty() => q.counted.clone(),
        Value::Quantity(q) => q.unit.clone(),
        _ => CompactString::default(),
    }
}

/// What a claim says.
pub fn value(claim: &Claim) -> CompactString {
    match &claim.value {
        Value::Quantity(q) if q.low == q.high => format_compact!("{}", q.low),
        Value::Quantity(q) => format_compact!("{} to {}", q.low, q.high),
        Value::When(w) => when(w),
        Value::Location(l) => location(l),
        Value::Name(e) => e.name.clone(),
        Value::Term(t) => t.clone(),
        Value::Words(words) => words.into(),
    }
}

/// A place and what contains it.
pub fn location(location: &Location) -> CompactString {
    joined(std::iter::once(&location.name).chain(&location.inside), ", ")
}

fn joined<'w>(words: impl Iterator<Item = &'w CompactString>, between: &str) -> CompactString {
    let mut joined = CompactString::default();
    for (at, word) in words.enumerate() {
        joined.push_str(if at > 0 { between } else { "" });
        joined.push_str(word);
    }
    joined
}

/// A day or time, as precise as it was written.
pub fn when(when: &When) -> CompactString {
    const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    let mut told = CompactString::default();
    let mut tell = |part: fmt::Arguments| {
        let gap = if told.is_empty() { "" } else { " " };
        // Writing to a text cannot fail.
        let _ = write!(told, "{gap}{part}");
    };
    match when.days {
        Some((first, last)) if first == last => tell(format_args!("{first}")),
        Some((first, last)) => tell(format_args!("{first}/{last}")),
        None => {
            let weekday = when.weekday.and_then(|d| WEEKDAYS.get(d as usize - 1));
            weekday.into_iter().for_each(|d| tell(format_args!("{d}")));
            when.year.into_iter().for_each(|y| tell(format_args!("{y}")));
            when.month.into_iter().for_each(|m| tell(format_args!("month {m}")));
            when.day.into_iter().for_each(|d| tell(format_args!("day {d}")));
        }
    }
    when.part.into_iter().for_each(|p| tell(format_args!("{}", name(&p))));
    when.clock.into_iter().for_each(|c| tell(format_args!("{:02}:{:02}", c.minute / 60, c.minute % 60)));
    told
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::{Clock, DayPart, HalfDay};

    #[test]
    fn days_and_times_are_as_precise_as_they_were_written() {
        let day = jiff::civil::date(2025, 3, 4);
        let clock =
            Clock { minute: 545, offset: None, summer: false, beside: false, about: false, half: HalfDay::Told };
        for (written, expected) in [
            (When { days: Some((day, day)), part: Some(DayPart::Evening), ..When::default() }, "2025-03-04 evening"),
            (When { weekday: Some(7), clock: Some(clock), ..When::default() }, "Sunday 09:05"),
            (When { month: Some(3), day: Some(4), ..When::default() }, "month 3 day 4"),
            (When { weekday: Some(8), ..When::default() }, ""),
        ] {
            assert_eq!(when(&written), expected);
        }
    }
}
