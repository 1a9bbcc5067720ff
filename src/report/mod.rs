//! Writes what a run found: CSV, spreadsheet, page and manifest. Nothing is computed here: every
//! figure is read from one stored value.

pub mod cell;
pub mod csv;
pub mod table;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::rules::{Example, Exemplified, Rule};

/// `rules/report.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// What spreadsheet programs bear.
    pub cells: CellRules,
}

/// Limits of spreadsheet programs, and what they take for a formula.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CellRules {
    /// What these rules are for.
    pub about: String,
    /// The longest cell in characters, its mark included.
    pub longest: usize,
    /// Ends a cell that was cut.
    pub mark: String,
    /// Rows in one file, its header not counted.
    pub rows: u64,
    /// Characters at the start of a cell that make a program compute it.
    pub formula_starts: Vec<char>,
    /// Cells that are neutralised.
    pub fires: Vec<String>,
    /// Cells that are written as they are.
    pub silent: Vec<String>,
}

impl Exemplified for Rules {
    fn fires(&self, rule: &Rule, example: &Example) -> Option<bool> {
        (rule.path == "cells").then(|| example.text().starts_with(self.cells.formula_starts.as_slice()))
    }
}
