//! Lengths of time: `two-day` beside `48 hours`, `a month` beside `30 days`, `five days` beside `two`.

use schemars::JsonSchema;
use serde::Deserialize;

use super::interval::{Interval, Slack, why};
use crate::claim::Quantity;
use crate::comparison::{Comparison, Relation};

/// The table `duration` of `rules/compare.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DurationRules {
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
    /// How many times a length may exceed a bound that is to say something of it.
    pub stretch: f64,
    /// How many times as far as it begins a range may reach before only its beginning counts.
    pub vague: f64,
}

fn slack(rules: &DurationRules) -> Slack {
    let DurationRules { about_slack, about_fine, stretch, vague, .. } = *rules;
    Slack { about: about_slack, about_fine, stretch, vague }
}

const RULE: &str = "duration";

/// How two lengths of time stand to each other. Whether the same thing lasted is asked before.
/// The step of the writing is the tolerance, so a month meets 30 days and a year 11 months.
pub fn compare_durations(a: &Quantity, b: &Quantity, rules: &DurationRules) -> Comparison {
    if a.unit != "s" || b.unit != "s" {
        return Comparison::new(Relation::Unknown, RULE, "one of the two is no length of time");
    }
    let relation = relate_durations(a, b, rules);
    Comparison::new(relation, RULE, why(relation, a, b))
}

/// The same of two lengths of time, without the reason.
pub fn relate_durations(a: &Quantity, b: &Quantity, rules: &DurationRules) -> Relation {
    let slack = slack(rules).shared(a, b);
    Interval::of(a, slack).relation(&Interval::of(b, slack))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::interval::tests::{quantity, table};

    fn relation(left: &str, right: &str) -> Relation {
        let rules: DurationRules = table("duration");
        let (a, b) = (quantity(left), quantity(right));
        let there = compare_durations(&a, &b, &rules).relation;
        assert_eq!(there, compare_durations(&b, &a, &rules).relation, "{left} / {right}");
        there
    }

    #[test]
    fn weighs_lengths() {
        use Relation::*;
        for (left, right, expected) in [
            ("a two-day visit", "lasted two days", Same),
            ("a two-day visit", "lasted 48 hours", Same),
            ("a two-day visit", "lasted three days", Incompatible),
            ("lasted five days", "about 10 days", Incompatible),
            ("about 10 days", "11 days", LessPrecise),
            ("for over three years", "for four years", LessPrecise),
            ("for over three years", "for two years", Incompatible),
            ("a month-long strike", "lasted 30 days", Same),
            ("a month-long strike", "lasted five weeks", LessPrecise),
            ("12 months", "for a year", Same),
            ("half an hour", "30 minutes", Same),
            ("90 minutes", "an hour and a half", Same),
            ("from Monday to Thursday", "a four-day visit", LessPrecise),
            ("from Monday to Thursday", "a two-day visit", Incompatible),
            ("several days", "five days", LessPrecise),
            ("two hours and 30 minutes", "150 minutes", Same),
        ] {
            assert_eq!(relation(left, right), expected, "{left} / {right}");
        }
    }

    #[test]
    fn examples_hold() {
        let rules: DurationRules = table("duration");
        rules.fires.iter().for_each(|[a, b]| assert_eq!(relation(a, b), Relation::Incompatible, "{a} / {b}"));
        rules.silent.iter().for_each(|[a, b]| assert_ne!(relation(a, b), Relation::Incompatible, "{a} / {b}"));
    }
}
