//! The rules for comparing wordings: the tables `[align]`, `[grammar]`, `[quotation]`,
//! `[statement]`, `[asserted]`, `[caption]`, `[support]` and `[differences.*]` of `rules/compare.toml`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use schemars::JsonSchema;
use serde::Deserialize;

use super::difference::Difference;
use super::unit::Grammar;
use super::{align, quotation, statement};

/// A kind of difference; a table `[differences.<kind>]`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Class {
    /// What it is for.
    pub about: String,
    /// Chance that such a difference changes what is said, where the two are known to be about
    /// the same thing; between 0 and 1.
    pub risk: f64,
    /// True when one such difference between sentences found to be alike is a disagreement.
    #[serde(default)]
    pub firm: bool,
    /// Pairs with such a difference.
    pub fires: Vec<[String; 2]>,
    /// Pairs without.
    pub silent: Vec<[String; 2]>,
}

/// The rules for comparing wordings. Other tables of the file belong to other comparators.
#[derive(Clone, Debug, Deserialize)]
pub struct WordingRules {
    /// How tokens are aligned.
    pub align: align::Rules,
    /// Closed classes of words.
    pub grammar: Grammar,
    /// How names are written.
    pub name: super::name::Rules,
    /// Each kind of difference.
    pub differences: BTreeMap<Difference, Class>,
    /// How quotations are judged.
    pub quotation: quotation::Rules,
    /// How sentences that were found to be alike are judged.
    pub statement: statement::Rules,
    /// How descriptions of pictures are judged.
    pub caption: super::caption::Rules,
    /// How a text is judged by a longer one that is worded independently.
    pub support: super::support::Rules,
    /// How pairs are judged that somebody says are about the same thing.
    pub asserted: super::asserted::Rules,
}

impl WordingRules {
    /// Reads the text of a `compare.toml`.
    ///
    /// # Errors
    /// What TOML or serde say of a wrong file, with line and column.
    pub fn from_toml(text: &str) -> Result<Self, toml::de::Error> {
        toml::from_str(text)
    }

    /// The rules of the embedded `rules/compare.toml`.
    ///
    /// # Panics
    /// Never in a build whose tests pass: the file is a constant of the program.
    pub fn embedded() -> &'static Self {
        static EMBEDDED: LazyLock<WordingRules> = LazyLock::new(|| {
            let text = include_str!("../../rules/compare.toml");
            WordingRules::from_toml(text).unwrap_or_else(|e| panic!("rules/compare.toml: {e}"))
        });
        &EMBEDDED
    }

    /// The chance that the difference changes what is said.
    pub fn risk(&self, difference: Difference) -> f64 {
        self.differences.get(&difference).map_or(0.0, |class| class.risk)
    }

    /// True when one such difference between similar sentences is a disagreement.
    pub fn is_firm(&self, difference: Difference) -> bool {
        self.differences.get(&difference).is_some_and(|class| class.firm)
    }
}

/// The rule id of a difference: the name of its table.
pub fn rule_id(difference: Difference) -> String {
    serde_json::to_value(difference).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}
