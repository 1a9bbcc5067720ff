//! Normalised values in words that a person can read, as tables and `inspect` print them.

use crate::claim::{Claim, Entity, Location, Value, When};

/// The kebab-case name that serde gives a plain enum.
pub fn name<T: serde::Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

/// Whose a claim is.
pub fn subject(subject: &[Entity]) -> String {
    subject.iter().map(|e| e.name.as_str()).collect::<Vec<_>>().join("; ")
}

/// The unit of a value, or what it counts; empty for values that are no numbers.
pub fn unit(value: &Value) -> String {
    match value {
        Value::Quantity(q) if q.unit.is_empty() => q.counted.to_string(),
        Value::Quantity(q) => q.unit.to_string(),
        _ => String::new(),
    }
}

/// What a claim says.
pub fn value(claim: &Claim) -> String {
    match &claim.value {
        Value::Quantity(q) if q.low == q.high => q.low.to_string(),
        Value::Quantity(q) => format!("{} to {}", q.low, q.high),
        Value::When(w) => when(w),
        Value::Location(l) => location(l),
        Value::Name(e) => e.name.to_string(),
        Value::Term(t) => t.to_string(),
        Value::Words(words) => words.clone(),
    }
}

/// A place and what contains it.
pub fn location(location: &Location) -> String {
    std::iter::once(&location.name).chain(&location.inside).map(|n| n.as_str()).collect::<Vec<_>>().join(", ")
}

/// A day or time, as precise as it was written.
pub fn when(when: &When) -> String {
    const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    let mut parts = Vec::new();
    match when.days {
        Some((first, last)) if first == last => parts.push(first.to_string()),
        Some((first, last)) => parts.push(format!("{first}/{last}")),
        None => {
            parts.extend(when.weekday.and_then(|d| WEEKDAYS.get(d as usize - 1)).map(|d| (*d).to_owned()));
            parts.extend(when.year.map(|y| y.to_string()));
            parts.extend(when.month.map(|m| format!("month {m}")));
            parts.extend(when.day.map(|d| format!("day {d}")));
        }
    }
    parts.extend(when.part.map(|p| name(&p)));
    parts.extend(when.clock.map(|c| format!("{:02}:{:02}", c.minute / 60, c.minute % 60)));
    parts.join(" ")
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
