//! What the generator writes with: `news.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;

const TEXT: &str = include_str!("news.toml");

/// The words of `news.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    pub given: Vec<String>,
    pub family_begins: Vec<String>,
    pub family_ends: Vec<String>,
    pub town_begins: Vec<String>,
    pub town_middles: Vec<String>,
    pub town_ends: Vec<String>,
    pub outlet_begins: Vec<String>,
    pub outlet_ends: Vec<String>,
    /// Shares of the facts that an outlet gets wrong; outlets take them in turn.
    pub error_rates: Vec<f64>,
    pub furniture: Vec<String>,
    pub filler: Vec<String>,
    pub fact: BTreeMap<String, Fact>,
    pub event: Vec<Event>,
}

/// What outlets may differ about.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    /// The kinds, with `|` between, under which a difference may be found.
    pub kind: String,
    /// Numbers it may have, both ends included.
    pub range: Option<(u64, u64)>,
    /// Words it may have.
    #[serde(default)]
    pub words: Vec<String>,
    /// It is made of the other words: `person`, `town` or `firm`.
    pub name: Option<String>,
}

/// A kind of happening.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// The first sentence.
    pub lead: Tell,
    /// Sentences that each tell one fact; the needle of the gold tables stands in square brackets.
    pub tell: Vec<Tell>,
    /// Sentences that contradict nothing, beside the fact that they might be taken for.
    #[serde(default)]
    pub trap: Vec<Tell>,
    /// What the last outlet tells a day later: `{more}` is above the fact.
    pub rise: Option<Tell>,
}

/// Ways to tell a fact.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tell {
    pub fact: String,
    pub lines: Vec<String>,
}

impl Words {
    /// Those that ship with the generator.
    pub fn load() -> Self {
        toml::from_str(TEXT).unwrap_or_else(|error| panic!("news.toml: {error}"))
    }
}
