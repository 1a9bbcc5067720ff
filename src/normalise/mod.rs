//! Normalise: raw values made comparable: places, units, and days counted from the day of publication.

mod examples;
mod gazetteer;
pub mod place;
pub mod unit;
pub mod when;

use schemars::JsonSchema;
use serde::Deserialize;

/// `rules/normalise.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// Places and what contains them.
    pub place: place::Rules,
    /// Units of measures and money.
    pub unit: unit::UnitRules,
    /// How dates are resolved.
    pub when: when::ResolveRules,
}

impl Rules {
    /// The rules that ship with the program.
    pub fn built_in() -> Self {
        let text = include_str!("../../rules/normalise.toml");
        toml::from_str(text).unwrap_or_else(|error| unreachable!("rules/normalise.toml: {error}"))
    }
}
