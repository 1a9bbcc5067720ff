//! The day of publication, from metadata or from the path of an address; never from the page's own words.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;

use super::rules::Dates;

/// Reads a day from what a record, a header or a manifest gives: ISO 8601, RFC 2822, `12 Sep 2023`,
/// `September 12, 2023`, `20230912`, `12.09.2023`, seconds or milliseconds since 1970. The day is that of
/// the zone it is written in. A numeric date that could be read two ways is none.
pub(super) fn parse(written: &str, rules: &Dates) -> Option<Date> {
    let written = written.trim();
    let date = iso(written).or_else(|| epoch(written)).or_else(|| named(written, rules)).or_else(|| numeric(written));
    date.filter(|date| is_plausible(*date, rules))
}

/// The day in the path of an address: `/2023/09/12/`, `/2023/sep/12/`, `/2023-09-12/` or `/20230912/`.
pub(super) fn from_url(url: &str, rules: &Dates) -> Option<Date> {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest).split(['?', '#']).next()?;
    let parts: Vec<&str> = path.split('/').skip(1).collect();
    let across = parts.windows(3).find_map(|part| day_of(part[0], part[1], part[2], rules));
    let inside = || parts.iter().find_map(|part| iso(part).or_else(|| iso(part.get(part.len().checked_sub(10)?..)?)));
    across.or_else(inside).filter(|date| is_plausible(*date, rules))
}

fn is_plausible(date: Date, rules: &Dates) -> bool {
    (rules.earliest_year..=rules.latest_year).contains(&date.year())
}

/// `2023-09-12…`, `2023/09/12…` and `20230912…`, where nothing that could belong to the number follows.
fn iso(written: &str) -> Option<Date> {
    let digits = |range: std::ops::Range<usize>| -> Option<&str> {
        written.get(range).filter(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let next = |at: usize| written.as_bytes().get(at).copied().unwrap_or(b' ');
    let year = digits(0..4)?;
    let (month, day, end) = if matches!(next(4), b'-' | b'/' | b'.') && next(7) == next(4) {
        (digits(5..7)?, digits(8..10)?, 10)
    } else {
        (digits(4..6)?, digits(6..8)?, 8)
    };
    if next(end).is_ascii_digit() { None } else { civil(year, month.parse().ok()?, day) }
}

/// Seconds (9 or 10 digits, with or without a fraction) or milliseconds (12 or 13 digits) since 1970.
fn epoch(written: &str) -> Option<Date> {
    let whole = written.split('.').next()?;
    let number: i64 = whole.parse().ok()?;
    let seconds = match whole.len() {
        9 | 10 => number,
        12 | 13 => number / 1000,
        _ => return None,
    };
    Timestamp::from_second(seconds).ok().map(|moment| Offset::UTC.to_datetime(moment).date())
}

/// A day beside the name of a month, and a year anywhere: the other numbers are those of a clock.
fn named(written: &str, rules: &Dates) -> Option<Date> {
    let words = written.split(|c: char| !c.is_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty() && *word != "of").collect();
    let (at, month) = words.iter().enumerate().find_map(|(at, word)| Some((at, month_of(word, rules)?)))?;
    let year = words.iter().filter_map(|word| number(word)).find(|number| number.len() == 4)?;
    let beside = [at.checked_sub(1), Some(at + 1)].into_iter().flatten().filter_map(|at| number(words.get(at)?));
    let day = beside.into_iter().find(|number| number.len() <= 2)?;
    civil(year, month, day)
}

/// The digits of `12` and `12th`.
fn number(word: &str) -> Option<&str> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    (!digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some(digits)
}

/// `12.09.2023`, `12/25/2023`: read when only one of day and month can be either.
fn numeric(written: &str) -> Option<Date> {
    let date = written.split([' ', 'T', ',']).next()?;
    let parts: Vec<&str> = date.split(['/', '-', '.']).collect();
    let [first, second, year] = parts[..] else { return None };
    let (one, two): (i8, i8) = (first.parse().ok()?, second.parse().ok()?);
    match (one > 12, two > 12) {
        _ if year.len() != 4 => None,
        // Nobody but Europeans writes dots, and they write the day first.
        _ if date.contains('.') => civil(year, two, first),
        (true, false) => civil(year, two, first),
        (false, true) => civil(year, one, second),
        (false, false) if one == two => civil(year, one, second),
        _ => None,
    }
}

fn day_of(year: &str, month: &str, day: &str, rules: &Dates) -> Option<Date> {
    let is_number =
        |part: &str, longest: usize| part.len() <= longest && part.bytes().all(|byte| byte.is_ascii_digit());
    let month = if is_number(month, 2) { month.parse().ok()? } else { month_of(month, rules)? };
    (year.len() == 4 && is_number(year, 4) && is_number(day, 2)).then(|| civil(year, month, day))?
}

fn month_of(word: &str, rules: &Dates) -> Option<i8> {
    let word = word.to_ascii_lowercase();
    if word.bytes().any(|byte| !byte.is_ascii_lowercase()) {
        return None;
    }
    const SHORTEST: usize = 3;
    let at = rules.months.iter().position(|month| word.len() >= SHORTEST && month.starts_with(&word))?;
    i8::try_from(at + 1).ok()
}

fn civil(year: &str, month: i8, day: &str) -> Option<Date> {
    Date::new(year.parse().ok()?, month, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Rules;
    use crate::read::rules::DEFAULTS;

    #[test]
    fn days_are_read_as_tools_write_them() {
        let rules = Rules::parse(DEFAULTS).unwrap().published;
        let cases = [
            ("2023-09-12", "2023-09-12"),
            ("2023-09-12 23:30:00+09:00", "2023-09-12"),
            ("2023-09-12T00:10:00Z", "2023-09-12"),
            ("20230912", "2023-09-12"),
            ("2023/9/12", ""),
            ("Tue, 12 Sep 2023 10:00:00 GMT", "2023-09-12"),
            ("September 12th, 2023 5:04 pm", "2023-09-12"),
            ("Sept. 2, 2023", "2023-09-02"),
            ("4:05 PM, September 12, 2023", "2023-09-12"),
            ("2023, Sep 12", "2023-09-12"),
            ("the 12th of September 2023", "2023-09-12"),
            ("By Ann Ryder, 12 September 2023, 10:04", "2023-09-12"),
            ("12.09.2023", "2023-09-12"),
            ("25/12/2023", "2023-12-25"),
            ("12/25/2023 10:00", "2023-12-25"),
            ("03/04/2025", ""),
            ("1694500000", "2023-09-12"),
            ("1694500000123", "2023-09-12"),
            ("2023-13-45", ""),
            ("last Tuesday", ""),
            ("Marathon of 12 runners, 2023", ""),
            ("None", ""),
            ("", ""),
        ];
        for (written, expected) in cases {
            let read = parse(written, &rules).map(|date| date.to_string()).unwrap_or_default();
            assert_eq!(read, expected, "{written}");
        }
    }

    #[test]
    fn the_path_of_an_address_tells_a_day() {
        let rules = Rules::parse(DEFAULTS).unwrap().published;
        let cases = [
            ("https://a.example/2023/09/12/storm.html", "2023-09-12"),
            ("https://a.example/world/2023/sep/12/storm", "2023-09-12"),
            ("https://a.example/news/2023-09-12/storm", "2023-09-12"),
            ("https://a.example/storm-2023-09-12", "2023-09-12"),
            ("https://a.example/2023/09/storm-12", ""),
            ("https://a.example/story/20239912345", ""),
            ("https://a.example/", ""),
        ];
        for (url, expected) in cases {
            let read = from_url(url, &rules).map(|date| date.to_string()).unwrap_or_default();
            assert_eq!(read, expected, "{url}");
        }
    }
}
