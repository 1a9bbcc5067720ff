//! Which model fits a table: chosen from what the table is like, never from its name, and told in words.
//!
//! - A few classes that all items share, and enough claims to fill a table of confusion per source: Dawid–Skene. It
//!   alone sees that a source is right on one class and wrong on another.
//! - Numbers of which hardly one is given twice: weighted medians, as there is nothing to count.
//! - Few claims on a disputed item, and hardly any by each source: `TruthFinder`, where claims that nobody disputes count too.
//!   Sources with more of them are known by them, and the one-coin model, which knows that some are mostly wrong, is better.
//! - Many claims on a disputed item: the one-coin model in its `dense` setting, where disputes alone tell sources apart
//!   and further supporters of a value count less and less.
//! - Everything else: the one-coin model.

use schemars::JsonSchema;
use serde::Deserialize;

use super::model::Model;
use super::properties::Properties;

/// `[choice]` in `rules/score.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// What the rule is for.
    pub about: String,
    /// Most distinct values that are taken for classes.
    pub most_classes: usize,
    /// Least disputed claims per cell of the tables of confusion.
    pub least_per_cell: f64,
    /// Least share of numbers among disputed claims, for the numeric model.
    pub numeric: f64,
    /// Most share of disputed claims that somebody else also makes, for the numeric model.
    pub repeated: f64,
    /// Below so many claims on a disputed item, on average, a table is sparse.
    pub sparse_claims: f64,
    /// Below so many disputed claims of a source, on average, sources are not known by them.
    pub unknown_claims: f64,
    /// From so many claims on a disputed item on, a table is dense.
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
    if p.numeric >= rules.numeric && p.repeated <= rules.repeated {
        let why = format!("numbers, of which {:.0} % are given by more than one source", 100.0 * p.repeated);
        return (Model::Numeric, why);
    }
    if p.claims_per_contested < rules.sparse_claims && p.contested_by_source < rules.unknown_claims {
        let why = format!(
            "{:.1} claims on a disputed item and {:.1} of them by a source: too few to tell sources apart by disputes alone, so undisputed claims count too",
            p.claims_per_contested, p.contested_by_source
        );
        return (Model::TruthFinder, why);
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

#[cfg(test)]
mod tests {
    use super::super::Rules;
    use super::*;

    fn check(properties: &Properties, expected: Model) {
        let rules = Rules::built_in().unwrap();
        assert_eq!(choose(properties, &rules.choice).0, expected, "{properties:?}");
    }

    #[test]
    fn by_what_the_table_is_like() {
        let base = Properties { contested: 100, values: 5000, repeated: 0.8, ..Properties::default() };
        check(&Properties { contested: 0, ..base.clone() }, Model::Majority);
        check(&Properties { values: 3, claims_per_cell: 9.0, ..base.clone() }, Model::DawidSkene);
        check(&Properties { values: 3, claims_per_cell: 0.1, claims_per_contested: 5.0, ..base.clone() }, Model::Bayes);
        let sparse = Properties { claims_per_contested: 2.5, ..base.clone() };
        check(&Properties { contested_by_source: 0.9, ..sparse.clone() }, Model::TruthFinder);
        check(&Properties { contested_by_source: 40.0, ..sparse }, Model::Bayes);
        check(&Properties { claims_per_contested: 25.0, ..base.clone() }, Model::Dense);
        check(&Properties { claims_per_contested: 5.0, numeric: 1.0, repeated: 0.02, ..base }, Model::Numeric);
    }
}
