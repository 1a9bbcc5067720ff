//! Counts, amounts and measures: bounds, ranges, rounding and units are weighed before two figures differ.

use schemars::JsonSchema;
use serde::Deserialize;

use super::describe::describe_pair;
use super::interval::{Interval, Slack, precision};
use crate::claim::{Bound, Quantity};
use crate::comparison::{Comparison, Relation};

/// The table `number` of `rules/compare.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NumberRules {
    /// What the table is for.
    pub about: String,
    /// Pairs that differ.
    pub fires: Vec<[String; 2]>,
    /// Pairs that do not.
    pub silent: Vec<[String; 2]>,
    /// How far "about" reaches, as a share.
    pub about_slack: f64,
    /// The same where the figure has two digits or more before its zeros.
    pub about_fine: f64,
    /// How many times a figure may exceed a bound that is to say something of it.
    pub stretch: f64,
    /// How many times as far as it begins a range may reach before only its beginning counts.
    pub vague: f64,
    /// From here on zeros at the end may be rounding.
    pub rounds_from: f64,
    /// How far a rounded figure may be off, as a share.
    pub rounding_slack: f64,
    /// How far measures may be off, as a share.
    pub measure_slack: f64,
    /// The base units of those measures.
    pub measure_units: Vec<String>,
}

fn slack(rules: &NumberRules) -> Slack {
    let NumberRules { about_slack, about_fine, stretch, vague, .. } = *rules;
    Slack { about: about_slack, about_fine, stretch, vague }
}

const RULE: &str = "number";

/// How two figures stand to each other. Whether they count the same thing is asked before.
pub fn compare_quantities(a: &Quantity, b: &Quantity, rules: &NumberRules) -> Comparison {
    if a.unit != b.unit {
        let (a, b) = describe_pair(a, b);
        return Comparison::new(Relation::Unknown, RULE, format!("{a} and {b} do not convert"));
    }
    let relation = relate_quantities(a, b, rules);
    Comparison::new(relation, RULE, super::interval::why(relation, a, b))
}

/// The same without the reason.
pub fn relate_quantities(a: &Quantity, b: &Quantity, rules: &NumberRules) -> Relation {
    match (a.unit == b.unit, a.unit == crate::extract::quantity::SCORE) {
        (false, _) => Relation::Unknown,
        (true, true) => score(a, b),
        (true, false) => figures(a, b, rules),
    }
}

fn score(a: &Quantity, b: &Quantity) -> Relation {
    if a.low == b.low && a.high == b.high { Relation::Same } else { Relation::Incompatible }
}

fn figures(a: &Quantity, b: &Quantity, rules: &NumberRules) -> Relation {
    let slack = slack(rules).shared(a, b);
    let relation = Interval::of(a, slack).relation(&Interval::of(b, slack));
    if relation != Relation::Same && is_converted(a, b, rules) && is_one_value(a, b) {
        return Relation::Same;
    }
    let excused = relation == Relation::Incompatible
        && (is_rounded(a, b, rules) || is_converted(a, b, rules) || are_miles(a, b) || are_miles(b, a));
    if excused { Relation::LessPrecise } else { relation }
}

/// One figure is the other, rounded to the zeros it ends with.
fn is_rounded(a: &Quantity, b: &Quantity, rules: &NumberRules) -> bool {
    let exact = [a, b].iter().all(|q| q.low == q.high && q.bound != Bound::AtLeast && q.bound != Bound::AtMost);
    let (coarse, fine) = if step(a.low) >= step(b.low) { (a.low, b.low) } else { (b.low, a.low) };
    let gap = (coarse - fine).abs();
    exact
        && coarse >= rules.rounds_from
        && step(coarse) > step(fine)
        // Outlets round down as often as to the nearest.
        && gap < step(coarse)
        && gap <= rules.rounding_slack * coarse
}

/// The greatest power of ten that divides a whole number.
fn step(value: f64) -> f64 {
    const GREATEST: u64 = 1_000_000_000_000_000;
    if value == 0.0 || value.fract() != 0.0 {
        return 1.0;
    }
    let (whole, mut step) = (value.abs() as u64, 1);
    while step < GREATEST && whole.is_multiple_of(step * 10) {
        step *= 10;
    }
    step as f64
}

/// So many miles at sea, of which one outlet says that they are nautical.
fn are_miles(sea: &Quantity, land: &Quantity) -> bool {
    const NAUTICAL: f64 = 1852.0;
    const STATUTE: f64 = 1609.344;
    const SLACK: f64 = 1e-6;
    let count = sea.low / NAUTICAL;
    sea.unit == "m" && land.unit == "m" && count > 0.0 && (land.low / STATUTE - count).abs() < SLACK * count
}

/// Measures that were written in another unit, or rounded as measures are.
fn is_converted(a: &Quantity, b: &Quantity, rules: &NumberRules) -> bool {
    let near = |x: f64, y: f64| (x - y).abs() <= rules.measure_slack * x.abs().max(y.abs());
    rules.measure_units.iter().any(|unit| *unit == a.unit) && near(a.low, b.low) && near(a.high, b.high)
}

/// Two measures apart by no more than either is rounded by: 180,000 square feet and 16,700 square metres.
fn is_one_value(a: &Quantity, b: &Quantity) -> bool {
    let single = |q: &Quantity| q.low == q.high && matches!(q.bound, Bound::Exact | Bound::About);
    single(a) && single(b) && (a.low - b.low).abs() < precision(a).min(precision(b))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::interval::tests::{quantity, table};

    fn relation(left: &str, right: &str) -> Relation {
        let rules: NumberRules = table("number");
        let (a, b) = (quantity(left), quantity(right));
        let there = compare_quantities(&a, &b, &rules).relation;
        assert_eq!(there, compare_quantities(&b, &a, &rules).relation, "{left} / {right}");
        assert_eq!(compare_quantities(&a, &a, &rules).relation, Relation::Same, "{left}");
        there
    }

    #[test]
    fn weighs_figures() {
        use Relation::*;
        for (left, right, expected) in [
            ("13 nautical miles", "some 13 miles", LessPrecise),
            ("13 nautical miles", "18 miles", Incompatible),
            ("31 people", "31 people", Same),
            ("thirty-one people", "31 people", Same),
            ("31 people", "32 people", Incompatible),
            ("more than 30 people", "31 people", LessPrecise),
            ("more than 30 people", "25 people", Incompatible),
            ("more than 30 people", "300 people", Unknown),
            ("at least 30 people", "at least 40 people", LessPrecise),
            ("up to 40 people", "31 people", LessPrecise),
            ("up to 40 people", "61 people", Incompatible),
            ("about 30 people", "31 people", LessPrecise),
            ("about 30 people", "90 people", Incompatible),
            ("about 80 percent", "around 60 per cent", Incompatible),
            ("about 100 people", "some 120 people", LessPrecise),
            ("some 180 people", "140 people", Incompatible),
            ("some 180 people", "170 people", LessPrecise),
            ("close to 9,500 people", "9,412 people", LessPrecise),
            ("1.4 billion kilowatt-hours", "1,400GWh", Same),
            ("8.9 billion cubic metres", "8.9km\u{b3}", Same),
            ("180,000 square feet", "16,700 sq m", Same),
            ("16,722 sq m", "16,700 sq m", LessPrecise),
            ("12 nautical miles", "22 kilometres", Same),
            ("a 14-metre boat", "a 46ft boat", Same),
            ("six metres", "about 20 feet", Same),
            ("312 mm", "12.3 inches", Same),
            ("six metres", "about 30 feet", Incompatible),
            ("a hundred and twelve people", "more than 100 people", LessPrecise),
            ("dozens of people", "31 people", LessPrecise),
            ("dozens of people", "5 people", Incompatible),
            ("several people", "5 people", LessPrecise),
            ("10 to 15 people", "12 people", LessPrecise),
            ("10 to 15 people", "20 people", Incompatible),
            ("between 10 and 15 people", "10-15 people", Same),
            ("3.5 million people", "3.52 million people", LessPrecise),
            ("3.5 million people", "3.6 million people", Incompatible),
            ("200 people", "197 people", LessPrecise),
            ("200 people", "250 people", Incompatible),
            ("30 people", "31 people", Incompatible),
            ("0.7 per cent", "0.66 percent", LessPrecise),
            ("5 percent", "7 percent", Incompatible),
            ("5 percent", "5 percentage points", Unknown),
            ("two-thirds of voters", "67% of voters", Same),
            ("50 miles", "80 km", Same),
            ("300 miles", "480 km", Same),
            ("50 miles", "120 km", Incompatible),
            ("30 degrees Celsius", "86 degrees Fahrenheit", Same),
            ("$5 million", "5 million euros", Unknown),
            ("$5 million", "US$5m", Same),
            ("$5 million", "$3.5bn", Incompatible),
            ("5 tonnes", "5,000 kg", Same),
            ("won 3-1", "won 1-3", Same),
            ("won 3-1", "won 2-1", Incompatible),
            ("a 34-year-old", "aged 34", Same),
            ("a 34-year-old", "aged 43", Incompatible),
        ] {
            assert_eq!(relation(left, right), expected, "{left} / {right}");
        }
    }

    #[test]
    fn examples_hold() {
        let rules: NumberRules = table("number");
        rules.fires.iter().for_each(|[a, b]| assert_eq!(relation(a, b), Relation::Incompatible, "{a} / {b}"));
        rules.silent.iter().for_each(|[a, b]| assert_ne!(relation(a, b), Relation::Incompatible, "{a} / {b}"));
    }
}
