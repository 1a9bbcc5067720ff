//! Tries the examples that the tables of `rules/normalise.toml` carry.

use jiff::civil::{Date, date};

use super::Rules;
use super::when::resolve;
use crate::document::Span;
use crate::extract::measure_words::MeasureWords;
use crate::extract::quantity::measures;
use crate::rules::{Example, Exemplified, Rule};
use crate::text::tokenize;

/// The day that the examples' dates count from.
const TODAY: Date = date(2023, 9, 14);

impl Exemplified for Rules {
    /// A unit fires where one is read, the days of a date where they become certain.
    fn fires(&self, rule: &Rule, example: &Example) -> Option<bool> {
        let text = example.text();
        let words = MeasureWords::with_units(&self.unit);
        let (quantities, whens) = measures(&tokenize(text, Span::new(0, text.len())), &words);
        match rule.path.as_str() {
            "unit" => Some(quantities.iter().any(|mention| !mention.value.unit.is_empty())),
            "when" => Some(whens.iter().any(|mention| resolve(mention, Some(TODAY), false, &self.when).days.is_some())),
            _ => None,
        }
    }
}
