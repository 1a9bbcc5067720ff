//! How much a disagreement weighs, by its kind.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::claim::Kind;

/// `[severity]` in `rules/compare.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SeverityRules {
    /// What the rule does.
    pub about: String,
    /// Names of severity, the gravest first.
    pub levels: Vec<String>,
    /// The severity of a kind that `kinds` does not name.
    pub other: String,
    /// Severity by kind.
    pub kinds: BTreeMap<Kind, String>,
}

impl SeverityRules {
    /// The severity of a kind.
    pub fn of(&self, kind: Kind) -> &str {
        self.kinds.get(&kind).unwrap_or(&self.other)
    }

    /// The place of a severity among the levels, 0 for the gravest.
    pub fn rank(&self, severity: &str) -> u8 {
        self.levels.iter().position(|level| level == severity).unwrap_or(self.levels.len()) as u8
    }
}
