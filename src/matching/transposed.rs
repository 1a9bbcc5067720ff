//! Figures that differ by the order of their digits: 112 and 121, €2.4 and €4.2 billion.
//!
//! Two outlets that print one fact wrongly mostly swap digits or misread one; two figures of two
//! things hardly ever have the same digits. So such a pair needs less company to be of one thing.

use compact_str::{CompactString, ToCompactString, format_compact};
use schemars::JsonSchema;
use serde::Deserialize;

use super::alike::AlikeRules;
use super::pairs::is_long;
use crate::claim::{Quantity, Value, When};

/// When figures with the same digits are one: `[transposed]` in `rules/matching.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TransposedRules {
    /// What the rule does.
    pub about: String,
    /// From here on, counts and amounts are one whatever word each outlet counts by.
    pub great: f64,
}

/// Whether two exact figures of one unit have the same digits in another order.
pub fn transposed(a: &Quantity, b: &Quantity) -> bool {
    let exact = |q: &Quantity| q.low == q.high && q.unit != crate::extract::quantity::SCORE;
    if a.low == b.low || !exact(a) || !exact(b) || a.unit != b.unit {
        return false;
    }
    let (x, y) = (digits(a), digits(b));
    x.len() >= 2 && x.len() == y.len() && x != y && counts(&x) == counts(&y)
}

/// How often a text has each digit.
fn counts(text: &str) -> [usize; 10] {
    let mut counts = [0; 10];
    text.bytes().filter(u8::is_ascii_digit).for_each(|digit| counts[usize::from(digit - b'0')] += 1);
    counts
}

/// Whether two years, each told alone, have the same digits in another order: 1989 and 1998.
pub fn transposed_years(a: &When, b: &When) -> bool {
    let digits = |when: &When| {
        let alone = when.month.is_none() && when.day.is_none();
        let year = when.year.or(when.days.map(|(first, _)| first.year())).filter(|_| alone && is_long(when))?;
        Some((year, counts(&year.to_compact_string())))
    };
    digits(a).zip(digits(b)).is_some_and(|((x, left), (y, right))| x != y && left == right)
}

/// Whether two times of day have one peculiar minute in two hours: 7.40 and 9.40 p.m., 5:40 a.m. and 5:40 p.m.
pub fn are_clock_slips(a: &Value, b: &Value, rules: &AlikeRules) -> bool {
    const HOUR: u16 = 60;
    let minute = |value: &Value| match value {
        Value::When(when) => {
            when.clock.filter(|clock| !clock.minute.is_multiple_of(rules.round_minutes)).map(|clock| clock.minute)
        }
        _ => None,
    };
    minute(a).zip(minute(b)).is_some_and(|(x, y)| x != y && x % HOUR == y % HOUR)
}

/// The digits of a figure as it is written, zeros at either end left out.
fn digits(quantity: &Quantity) -> CompactString {
    let written = format_compact!("{}", quantity.low.abs());
    let digits = written.chars().filter(char::is_ascii_digit).skip_while(|digit| *digit == '0');
    let mut digits: CompactString = digits.collect();
    digits.truncate(digits.trim_end_matches('0').len());
    digits
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::interval::tests::quantity;

    #[test]
    fn finds_swapped_digits() {
        for (left, right, expected) in [
            ("112 people", "121 people", true),
            ("$2.4 billion", "$4.2 billion", true),
            ("aged 54", "aged 45", true),
            ("350 jobs", "530 jobs", true),
            ("350 jobs", "35 jobs", false),
            ("31 people", "32 people", false),
            ("31 people", "31 people", false),
            ("$24", "42 people", false),
        ] {
            assert_eq!(transposed(&quantity(left), &quantity(right)), expected, "{left} / {right}");
        }
    }
}
