//! Which model fits a table: chosen from what the table is like, never from its name, and told in words.
//!
//! - A few classes that all items share, and enough claims to fill a table of confusion per source: Dawid–Skene. It
//!   alone sees that a source is right on one class and wrong on another.
//! - Few claims on a disputed item: the one-coin model in its `sparse` setting, where claims that nobody disputes count
//!   and a source of one claim has no say beyond it.
//! - Many claims on a disputed item: the one-coin model in its `dense` setting, where disputes alone tell sources apart
//!   and further supporters of a value count less and less.
//! - Everything else: the one-coin model.

use serde::Deserialize;

use super::model::Model;
use super::properties::Properties;

/// `[choice]` in `rules/score.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// What the rule is for.
    pub about: String,
    /// Most distinct values that are taken for classes.
    pub most_classes: usize,
    /// Least disputed claims per cell of the tables of confusion.
    pub least_per_cell: f64,
    /// Below so many claims on a disputed item, on average, a table is sparse.
    pub sparse_claims: f64,
    /// From so many on, it is dense.
    pub dense_claims: f64,
}

/// The model for a table, and why.
pub fn choose(properties: &Properties, rules: &Choice) -> (Model, String) {
    let p = properties;
    if p.contested == 0 {
        return (Model::Majority, "no item has two values: there is nothing to decide".to_owned());
    }
    if p.values <= rules.most_classes && p.claims_per_cell >= rules.least_per_cell {
        let why = format!(
            "{} values shared by all items, {:.1} claims for each cell of a table of confusion: sources may be right on one value and wrong on another",
            p.values, p.claims_per_cell
        );
        return (Model::DawidSkene, why);
    }
    if p.claims_per_contested < rules.sparse_claims {
        let why = format!(
            "{:.1} claims on a disputed item: too few to tell sources apart by disputes alone, so undisputed claims count too",
            p.claims_per_contested
        );
        return (Model::Sparse, why);
    }
    if p.claims_per_contested >= rules.dense_claims {
        let why = format!(
            "{:.1} claims on a disputed item: enough to tell sources apart by disputes alone",
            p.claims_per_contested
        );
        return (Model::Dense, why);
    }
    let why = format!("{:.1} claims on a disputed item, values of each item's own", p.claims_per_contested);
    (Model::Bayes, why)
}
