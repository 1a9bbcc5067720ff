//! Truth discovery: how well each value is supported, and how far each source agrees with independent others.
//!
//! The one verb is [`solve`]: a pure function from a [`Table`] of (source, item, value) to a [`Solution`]. In order:
//! near-identical sources are collapsed into one voice ([`mirrors`]), the table's properties choose a model
//! ([`choice`], [`model`]), the model is fitted from several starts ([`starts`]), and every trust gets its interval
//! ([`interval`]). Every number comes from `rules/score.toml`.

pub mod alike;
pub mod anchors;
pub mod belief;
pub mod bloc;
pub mod bootstrap;
pub mod builder;
pub mod choice;
pub mod conduct;
pub mod dependence;
pub mod draw;
mod entries;
pub mod evidence;
pub mod flags;
pub mod fuse;
pub mod hierarchy;
pub mod interval;
pub mod kin;
pub mod ledger;
pub mod loss;
pub mod mirrors;
pub mod model;
pub mod names;
pub mod parallel;
pub mod prior;
pub mod properties;
pub mod rank;
pub mod read;
mod read_parquet;
pub mod scorecard;
pub mod slots;
mod solve;
pub mod special;
pub mod spread;
pub mod starts;
pub mod table;
pub mod tally;

#[cfg(test)]
mod attacks;
#[cfg(test)]
mod coverage;
#[cfg(test)]
mod kinds;
#[cfg(test)]
mod lookalikes;
#[cfg(test)]
mod majority_error;
#[cfg(test)]
mod public_sets;
#[cfg(test)]
mod stories;
#[cfg(test)]
mod worlds;

use schemars::JsonSchema;
use serde::Deserialize;

pub use model::Model;
pub use solve::{Solution, refusal, solve, solve_alike};
pub use table::Table;

/// `rules/score.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// See [`model::majority`].
    pub majority: model::majority::Majority,
    /// See [`model::bayes`].
    pub bayes: model::bayes::Bayes,
    /// The same model for tables with many claims an item.
    pub dense: model::bayes::Bayes,
    /// See [`model::dawid_skene`].
    pub dawid_skene: model::dawid_skene::DawidSkene,
    /// See [`model::catd`].
    pub catd: model::catd::Catd,
    /// See [`model::truth_finder`].
    pub truth_finder: model::truth_finder::TruthFinder,
    /// See [`model::numeric`].
    pub numeric: model::numeric::Numeric,
    /// See [`mirrors`].
    pub mirrors: mirrors::Mirrors,
    /// See [`choice`].
    pub choice: choice::Choice,
    /// See [`starts`].
    pub starts: starts::Starts,
    /// See [`bloc`].
    pub bloc: bloc::BlocRules,
    /// See [`interval`].
    pub interval: interval::Interval,
    /// See [`belief`].
    pub belief: belief::BeliefRules,
    /// See [`hierarchy`].
    pub hierarchy: hierarchy::HierarchyRules,
    /// See [`kin`].
    pub kin: kin::KinRules,
    /// See [`conduct`].
    pub conduct: conduct::ConductRules,
    /// See [`dependence`].
    pub dependence: dependence::DependenceRules,
    /// See [`scorecard`].
    pub scorecard: scorecard::ScorecardRules,
    /// See [`spread`].
    pub spread: spread::SpreadRules,
    /// See [`Report`].
    pub report: Report,
}

/// `[report]` in `rules/score.toml`: what is printed of a solution.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// What the rule is for.
    pub about: String,
    /// Log-odds of a belief are divided by this before they are reported.
    pub temperature: f64,
    /// Items with a gold value that a source must speak of to count in the rank correlation.
    pub gold_claims: usize,
}

/// The rules as they are compiled in.
const BUILT_IN: &str = include_str!("../../rules/score.toml");

impl Rules {
    /// The rules of a TOML text.
    ///
    /// # Errors
    /// What is wrong and where, in the words of the TOML parser.
    pub fn parse(text: &str) -> Result<Self, toml::de::Error> {
        toml::from_str(text)
    }

    /// The rules as they are compiled in.
    ///
    /// # Errors
    /// None that a test would not have found.
    pub fn built_in() -> Result<Self, toml::de::Error> {
        Self::parse(BUILT_IN)
    }
}

impl crate::rules::Exemplified for Rules {
    fn fires(&self, rule: &crate::rules::Rule, example: &crate::rules::Example) -> Option<bool> {
        (rule.path == "conduct").then(|| conduct::is_corrected(example.text(), &self.conduct))
    }
}
