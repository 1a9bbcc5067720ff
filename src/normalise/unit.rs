//! Units of measure and money: their names and how they convert to one base unit.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

/// The table `unit` of `rules/normalise.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UnitRules {
    /// What the table is for.
    pub about: String,
    /// Sentences in which a unit is read.
    pub fires: Vec<String>,
    /// Sentences in which none is.
    pub silent: Vec<String>,
    /// Units written behind a number.
    pub measures: BTreeMap<String, Unit>,
    /// Money, written before or behind a number.
    pub currencies: BTreeMap<String, Unit>,
}

/// One unit.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    /// The unit that values are kept in: `m`, `s`, `USD`.
    pub base: String,
    /// Base units in one of this.
    pub factor: f64,
    /// Added after the factor: degrees Fahrenheit start elsewhere than degrees Celsius.
    #[serde(default)]
    pub offset: f64,
    /// How it is written behind a number; words parted by a space.
    #[serde(default)]
    pub names: Vec<String>,
    /// How it is written before a number.
    #[serde(default)]
    pub marks: Vec<String>,
    /// How it is written without a space, where such a word alone would mean something else.
    #[serde(default)]
    pub stuck: Vec<String>,
    /// The same for letters before digits: "R312 million", "Ksh5,000".
    #[serde(default)]
    pub glued: Vec<String>,
}

impl Unit {
    /// A value of this unit in base units.
    pub fn to_base(&self, value: f64) -> f64 {
        value * self.factor + self.offset
    }

    /// True for units of time.
    pub fn is_time(&self) -> bool {
        self.base == "s"
    }
}

#[cfg(test)]
mod tests {
    use super::UnitRules;
    use crate::document::Span;
    use crate::extract::measure_words::tests::{table, words};
    use crate::extract::quantity::quantities;
    use crate::text::tokenize;

    #[test]
    fn converts_to_base_units() {
        for (name, value, base, expected) in [
            ("miles", 30.0, "m", 48_280.32),
            ("fahrenheit", 212.0, "°C", 100.0),
            ("days", 2.0, "s", 172_800.0),
            ("pence", 50.0, "GBP", 0.5),
        ] {
            let words = words();
            let unit = words.unit(words.sense_of(name).unit.unwrap());
            assert_eq!(unit.base, base);
            assert!((unit.to_base(value) - expected).abs() < 0.01, "{name}");
        }
    }

    #[test]
    fn examples_hold() {
        let (words, rules): (_, UnitRules) = (words(), table(include_str!("../../rules/normalise.toml"), "unit"));
        let measured = |text: &String| {
            let tokens = tokenize(text, Span::new(0, text.len()));
            quantities(&tokens, &words).iter().any(|mention| !mention.value.unit.is_empty())
        };
        assert!(rules.fires.iter().all(measured));
        assert!(!rules.silent.iter().any(measured));
    }
}
