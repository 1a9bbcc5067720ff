//! Full calendar days in short lines: `Monday, 3 March 2025`, `Mar. 3, 2025`, `2025-03-03`.

use jiff::civil::{Date, date};

/// The first full day named in a short text. Days written only in figures count in the order
/// year, month, day; other orders differ between countries and are left alone.
pub(crate) fn find_day(text: &str) -> Option<Date> {
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    (0..words.len()).find_map(|at| day_at(&words[at..]))
}

/// Whether a time of day, `8:05`, or a day in figures, `17/1/2012`, stands in a short text.
pub(crate) fn is_timed(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let timed = |at: usize| match bytes[at] {
        b':' => digit(at + 1) && digit(at + 2) && !digit(at + 3),
        mark @ (b'/' | b'.' | b'-') => {
            let second = if digit(at + 2) { at + 3 } else { at + 2 };
            digit(at + 1) && bytes.get(second) == Some(&mark) && digit(second + 1) && digit(second + 2)
        }
        _ => false,
    };
    (1..bytes.len()).any(|at| digit(at - 1) && timed(at))
}

fn day_at(words: &[&str]) -> Option<Date> {
    let [first, second, third, ..] = words else { return None };
    if let Some(month) = month(first) {
        return civil(year(third)?, month, day(second)?);
    }
    if let Some(month) = month(second) {
        return civil(year(third)?, month, day(first)?);
    }
    let figures = |word: &str| (word.len() == 2).then(|| word.parse().ok()).flatten();
    civil(year(first)?, figures(second)?, day(third.get(..2).unwrap_or(third))?)
}

fn civil(year: i16, month: i8, day: i8) -> Option<Date> {
    Date::new(year, month, day).ok().filter(|d| *d >= date(1800, 1, 1))
}

fn year(word: &str) -> Option<i16> {
    (word.len() == 4).then(|| word.parse().ok()).flatten().filter(|y| (1800..2200).contains(y))
}

/// A day of the month, its ordinal ending aside.
fn day(word: &str) -> Option<i8> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    (word.len() - digits.len() <= 2).then(|| digits.parse().ok()).flatten().filter(|d| (1..=31).contains(d))
}

fn month(word: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let matches = |full: &str| {
        full.eq_ignore_ascii_case(word)
            || (3..=4).contains(&word.len())
                && word.is_ascii()
                && full[..word.len().min(full.len())].eq_ignore_ascii_case(word)
    };
    MONTHS.iter().position(|full| matches(full)).map(|at| at as i8 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_times_of_day_and_days_in_figures() {
        for text in ["Mara, Quayside, 17/1/2012 0:18", "11.01.12", "at 8:05am", "3-4-2021"] {
            assert!(is_timed(text), "{text}");
        }
        for text in ["They won 3:1.", "chapter 1.2", "1/2 an hour", "10:000"] {
            assert!(!is_timed(text), "{text}");
        }
    }

    #[test]
    fn finds_full_days_only() {
        for (text, expected) in [
            ("7:40 AM \u{2013} Tuesday, March 4, 2025", Some(date(2025, 3, 4))),
            ("Published 4 Mar. 2025", Some(date(2025, 3, 4))),
            ("Sept. 30th, 2019", Some(date(2019, 9, 30))),
            ("2021-05-06T10:00Z", Some(date(2021, 5, 6))),
            ("03/04/2025", None),
            ("March 2025", None),
            ("Monday", None),
            ("31 February 2020", None),
            ("The May 12 vote", None),
        ] {
            assert_eq!(find_day(text), expected, "{text}");
        }
    }
}
