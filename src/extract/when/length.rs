//! How long a range of dates lasts: `from Monday to Thursday` is three to four days.

use jiff::civil::Date;

use super::WhenMention;
use crate::claim::{Bound, Kind, Quantity, When};
use crate::extract::quantity::QuantityMention;

const DAY: f64 = 86_400.0;
const MONTH: f64 = 30.436_875 * DAY;
const YEAR: f64 = 365.2425 * DAY;

/// The duration of a range of dates that something lasted: from the steps between its ends to
/// one more, since the writing leaves open whether the last day counts.
pub fn length(mention: &WhenMention) -> Option<QuantityMention> {
    let last = mention.until.as_ref().filter(|_| mention.value.lasting)?;
    let (steps, step) = steps(&mention.value, last)?;
    let value = Quantity {
        low: steps * step,
        high: (steps + 1.0) * step,
        tolerance: step / 2.0,
        bound: Bound::Exact,
        unit: "s".into(),
        counted: "".into(),
        part: false,
    };
    Some(QuantityMention {
        tokens: mention.tokens.clone(),
        value,
        kind: Kind::Duration,
        fraction_of: None,
        ordinal: false,
    })
}

/// Steps between the ends, and the seconds of one.
fn steps(first: &When, last: &When) -> Option<(f64, f64)> {
    if let (Some(from), Some(to)) = (first.weekday, last.weekday) {
        return Some((f64::from((to - from).rem_euclid(7)), DAY));
    }
    if let (Some(from), Some(to)) = (day_of(first), day_of(last)) {
        let days = f64::from((to - from).get_days());
        return (days > 0.0).then_some((days, DAY));
    }
    if let (Some(from), Some(to)) = (first.month, last.month) {
        let years = i32::from(last.year.unwrap_or(0)) - i32::from(first.year.unwrap_or(0));
        let months = i32::from(to) - i32::from(from) + 12 * years;
        let months = if months < 0 { months + 12 } else { months };
        return Some((f64::from(months), MONTH));
    }
    let years = last.year? - first.year?;
    (years > 0).then_some((f64::from(years), YEAR))
}

/// The day written, in a common year where none is told.
fn day_of(when: &When) -> Option<Date> {
    const COMMON: i16 = 2001;
    Date::new(when.year.unwrap_or(COMMON), when.month?, when.day?).ok()
}
