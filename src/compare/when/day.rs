//! The days of two dates.

use std::fmt::Write;

use jiff::civil::Date;

use super::WhenCompareRules;
use crate::claim::When;
use crate::comparison::Relation;

/// True when anything of a day was written or resolved.
pub fn is_told(when: &When) -> bool {
    when.days.is_some() || [when.weekday, when.month, when.day].iter().any(Option::is_some) || when.year.is_some()
}

/// How the days of two dates stand to each other.
pub fn relation(a: &When, b: &When, rules: &WhenCompareRules) -> Relation {
    match (a.days, b.days) {
        (Some(x), Some(y)) if a.lasting && b.lasting => stretches(x, y),
        (Some(x), Some(y)) => ranges(x, y, slack(a, rules).max(slack(b, rules))),
        _ if a.lasting || b.lasting => Relation::Unknown,
        _ => fields(&Fields::of(a), &Fields::of(b)),
    }
}

/// How many days a date may be off: a range by a little, one told as "about" by its own length.
fn slack(when: &When, rules: &WhenCompareRules) -> i32 {
    let length = when.days.map_or(0, |(first, last)| (last - first).get_days());
    match (when.about, length) {
        (true, _) => length + rules.range_slack,
        (false, 0) => 0,
        (false, _) => rules.range_slack,
    }
}

type Days = (Date, Date);

/// What lasted over days: another end is another stretch, a part of it is not.
fn stretches(a: Days, b: Days) -> Relation {
    let holds = |a: Days, b: Days| a.0 <= b.0 && b.1 <= a.1;
    match (a == b, holds(a, b) || holds(b, a), gap(a, b) > 0) {
        (true, ..) => Relation::Same,
        (_, true, _) => Relation::LessPrecise,
        (.., true) => Relation::Incompatible,
        _ => Relation::Unknown,
    }
}

fn ranges(a: Days, b: Days, slack: i32) -> Relation {
    match gap(a, b) {
        _ if a == b => Relation::Same,
        ..=0 => Relation::LessPrecise,
        gap if gap > slack => Relation::Incompatible,
        _ => Relation::Unknown,
    }
}

/// Days from the end of the earlier to the start of the later; zero or less when they overlap.
fn gap(a: Days, b: Days) -> i32 {
    (b.0 - a.1).get_days().max((a.0 - b.1).get_days())
}

/// What is known of a date, field by field.
struct Fields {
    year: Option<i16>,
    month: Option<i8>,
    day: Option<i8>,
    weekday: Option<i8>,
}

impl Fields {
    /// Fields written, and those that all days of the date share.
    fn of(when: &When) -> Self {
        let written = Self { year: when.year, month: when.month, day: when.day, weekday: when.weekday };
        let Some((first, last)) = when.days else { return written };
        let one_month = first.year() == last.year() && first.month() == last.month();
        let one_day = first == last;
        Self {
            year: (first.year() == last.year()).then_some(first.year()),
            month: one_month.then_some(first.month()),
            day: one_day.then_some(first.day()),
            weekday: one_day.then_some(first.weekday().to_monday_one_offset()),
        }
    }

    fn known(&self) -> [bool; 4] {
        [self.year.is_some(), self.month.is_some(), self.day.is_some(), self.weekday.is_some()]
    }
}

/// Compares what both tell; a day of the month only within the same month.
fn fields(a: &Fields, b: &Fields) -> Relation {
    let months = (a.month.is_some() && b.month.is_some()).then_some(());
    let checks = [
        equal(a.year, b.year),
        equal(a.month, b.month),
        months.and_then(|()| equal(a.day, b.day)),
        equal(a.weekday, b.weekday),
    ];
    if checks.contains(&Some(false)) {
        return Relation::Incompatible;
    }
    match checks.contains(&Some(true)) {
        true if a.known() == b.known() => Relation::Same,
        true => Relation::LessPrecise,
        false => Relation::Unknown,
    }
}

fn equal<T: PartialEq>(a: Option<T>, b: Option<T>) -> Option<bool> {
    Some(a? == b?)
}

/// The fields written, in words.
pub fn written(when: &When, words: &mut String) {
    const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    let weekday = when.weekday.and_then(|day| WEEKDAYS.get(usize::try_from(day - 1).ok()?));
    if let Some(weekday) = weekday {
        _ = write!(words, "{weekday} ");
    }
    match (when.year, when.month, when.day) {
        (None, None, None) => {}
        (Some(year), None, _) => _ = write!(words, "{year}"),
        (year, month, day) => {
            let year = year.map_or_else(|| "-".to_owned(), |year| year.to_string());
            _ = write!(words, "{year}-{:02}", month.unwrap_or(0));
            _ = day.map(|day| write!(words, "-{day:02}"));
        }
    }
}
