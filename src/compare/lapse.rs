//! Lengths of time that tell of no one thing's length: how far back something lies.
//!
//! "In the past six days", "the worst in 18 years", "a 13-year low": such a length reaches from the report, or from a
//! record, to whatever else is told of; and "ten minutes later" tells how long until something.

use schemars::JsonSchema;
use serde::Deserialize;

use super::nearby::Nearby;
use crate::claim::{Claim, Value};
use crate::rules::Words;

/// How lengths of time that reach back are known: `[lapse]` in `rules/compare.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LapseRules {
    /// What the rule does.
    pub about: String,
    /// Words in front of a stretch of time by which it passed until something: `after`.
    pub lapses: Words,
    /// The same right behind it: `later`.
    pub lapsed: Words,
    /// Words in front of a stretch that ends, or begins, with the report: `past`.
    pub windows: Words,
    /// Words in front of a length that tell of a record: `first`.
    pub records: Words,
    /// Words between those and the length: `in`.
    pub since: Words,
    /// Words behind a length that is a record itself: `low`.
    pub extremes: Words,
}

/// What a length of time is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lapse {
    /// How long something took.
    Length,
    /// How long until something.
    Until,
    /// How far back a report looks, or ahead.
    Window,
    /// How long nothing like it had been.
    Record,
}

impl Lapse {
    /// What the length of time is that stands between some words.
    pub fn of(near: &Nearby, rules: &LapseRules) -> Self {
        const NEAR: usize = 2;
        const FAR: usize = 14;
        let record =
            near.previous().is_some_and(|word| rules.since.contains(word)) && near.has_in_front(FAR, &rules.records);
        if record || near.has_behind(1, &rules.extremes) {
            Self::Record
        } else if near.has_in_front(NEAR, &rules.windows) {
            Self::Window
        } else if near.has_in_front(1, &rules.lapses) && near.next() != Some("of") || near.has_behind(1, &rules.lapsed)
        {
            // "After two days of talks" tells how long they were.
            Self::Until
        } else {
            Self::Length
        }
    }

    /// Whether a claim gives a length of time that is nothing's own.
    pub fn is_told_by(claim: &Claim, rules: &LapseRules) -> bool {
        let lasting = matches!(&claim.value, Value::Quantity(quantity) if quantity.unit == "s");
        lasting && Self::of(&Nearby::of(claim), rules) != Self::Length
    }
}

#[cfg(test)]
mod tests {
    use crate::compare::story::tests::contradictions;

    #[test]
    fn a_length_that_reaches_back_is_of_nothing_else() {
        for (left, right, expected) in [
            ("Four strikes have been flown in the past ten days.", "The strikes were flown over six days.", ""),
            (
                "Four raids on the coast have been flown in the past ten days, an official of the province said.",
                "At least 31 farmers were killed by raids in the past two weeks, by a count of the hospitals.",
                "",
            ),
            (
                "Nils Holm is the first abbot in 600 years to resign.",
                "The first foreign abbot for nearly 1,300 years began.",
                "",
            ),
            ("Shares in the mill rose from a 13-year low.", "Shares in the mill fell for 14 years.", ""),
            ("The concert ended four hours ahead of its plan.", "The concert took nine hours.", ""),
            ("The rescue lasted four hours.", "The rescue lasted nine hours.", "four hours / nine hours"),
            (
                "The deadliest fires of the county broke out in the past nine hours.",
                "The deadliest fires of the county broke out in the past two hours, Lind said.",
                "nine hours / two hours",
            ),
        ] {
            assert_eq!(contradictions(left, right), expected, "{left} / {right}");
        }
    }
}
