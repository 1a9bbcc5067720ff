//! Stretches of the calendar: weeks, months, years, and their pieces.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::{Days, ResolveRules};
use crate::extract::when::{CalendarUnit, Piece};

/// The day `n` days on.
pub fn plus_days(day: Date, n: i32) -> Option<Date> {
    let span = jiff::Span::new().try_days(n).ok()?;
    day.checked_add(span).ok()
}

/// Monday 1 to Sunday 7.
pub fn weekday(day: Date) -> i32 {
    i32::from(day.weekday().to_monday_one_offset())
}

/// The days of `count` years from `year` on.
pub fn years(year: i16, count: i16) -> Option<Days> {
    let last = year.checked_add(count - 1)?;
    Some((Date::new(year, 1, 1).ok()?, Date::new(last, 12, 31).ok()?))
}

/// The days of `count` months from a month on.
pub fn months(year: i16, month: i8, count: i32) -> Option<Days> {
    let first = Date::new(year, month, 1).ok()?;
    let end = first.checked_add(count.months()).ok()?;
    Some((first, plus_days(end, -1)?))
}

/// The unit `shift` units on from the one that `anchor` lies in.
pub fn unit_at(anchor: Date, unit: CalendarUnit, shift: i32, future: bool) -> Option<Days> {
    match unit {
        CalendarUnit::Day => plus_days(anchor, shift).map(|day| (day, day)),
        CalendarUnit::Week => {
            let monday = plus_days(anchor, shift.checked_mul(7)?.checked_add(1 - weekday(anchor))?)?;
            Some((monday, plus_days(monday, 6)?))
        }
        CalendarUnit::Weekend => weekend(anchor, shift, future),
        CalendarUnit::Month => {
            let day = Date::new(anchor.year(), anchor.month(), 1).ok()?.checked_add(shift.try_months()?).ok()?;
            months(day.year(), day.month(), 1)
        }
        CalendarUnit::Quarter => {
            let month = (anchor.month() - 1) / 3 * 3 + 1;
            let day = Date::new(anchor.year(), month, 1).ok()?.checked_add(shift.checked_mul(3)?.try_months()?).ok()?;
            months(day.year(), day.month(), 3)
        }
        CalendarUnit::Year => years(shifted_year(anchor.year(), shift, 1)?, 1),
        CalendarUnit::Decade => years(shifted_year(anchor.year(), shift, 10)?, 10),
        CalendarUnit::Century => years(shifted_year(anchor.year(), shift, 100)?, 100),
        CalendarUnit::Named => None,
    }
}

/// A span of months within what the calendar library takes.
trait TryMonths {
    fn try_months(self) -> Option<jiff::Span>;
}

impl TryMonths for i32 {
    fn try_months(self) -> Option<jiff::Span> {
        jiff::Span::new().try_months(self).ok()
    }
}

/// The first year of the stretch of `size` years, `shift` stretches on.
fn shifted_year(year: i16, shift: i32, size: i32) -> Option<i16> {
    let first = i32::from(year).div_euclid(size) * size;
    i16::try_from(first.checked_add(shift.checked_mul(size)?)?).ok()
}

/// "This weekend" is the one to come, early in the week of a report on the past the one just over.
fn weekend(anchor: Date, shift: i32, future: bool) -> Option<Days> {
    let saturday = plus_days(anchor, 6 - weekday(anchor))?;
    let begun = matches!(anchor.weekday(), Weekday::Saturday | Weekday::Sunday);
    let over = !future && weekday(anchor) <= 2;
    let weeks = match shift {
        0 => -i32::from(over),
        ..0 => shift + i32::from(begun && shift < -1),
        _ => shift,
    };
    let first = plus_days(saturday, weeks.checked_mul(7)?)?;
    Some((first, plus_days(first, 1)?))
}

/// True for quarters, halves and seasons.
pub fn is_of_year(piece: Piece) -> bool {
    is_season(piece) || matches!(piece, Piece::Quarter(_) | Piece::Half(_))
}

/// True for seasons, whose days nobody agrees on.
pub fn is_season(piece: Piece) -> bool {
    matches!(piece, Piece::Spring | Piece::Summer | Piece::Autumn | Piece::Winter)
}

/// The piece of a stretch.
pub fn piece(whole: Days, piece: Piece, rules: &ResolveRules) -> Option<Days> {
    if is_of_year(piece) {
        return of_year(whole.0.year(), piece);
    }
    let length = f64::from((whole.1 - whole.0).get_days() + 1);
    let early = (length * rules.early_until).round() as i32;
    let late = (length * rules.late_from).floor() as i32;
    let (from, to) = match piece {
        Piece::Early => (0, (early - 1).max(0)),
        Piece::Middle => (early, (late - 1).max(early)),
        Piece::Late => (late, length as i32 - 1),
        _ => return Some(whole),
    };
    Some((plus_days(whole.0, from)?, plus_days(whole.0, to)?))
}

/// A quarter, half or season of a year; winter is told by the year it begins or ends in, so both are meant.
pub fn of_year(year: i16, piece: Piece) -> Option<Days> {
    let (month, count) = match piece {
        Piece::Quarter(n @ 1..=4) => (n as i8 * 3 - 2, 3),
        Piece::Half(n @ 1..=2) => (n as i8 * 6 - 5, 6),
        Piece::Spring => (3, 3),
        Piece::Summer => (6, 3),
        Piece::Autumn => (9, 3),
        Piece::Winter => (1, 14),
        _ => return None,
    };
    months(year, month, count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_beyond_all_calendars_is_no_day() {
        let day = Date::new(1900, 1, 1).unwrap();
        for unit in [CalendarUnit::Day, CalendarUnit::Week, CalendarUnit::Month, CalendarUnit::Year] {
            assert_eq!(unit_at(day, unit, i32::MIN, false), None, "{unit:?}");
        }
    }
}
