//! Writes what a run found: CSV, spreadsheet, page and manifest. Nothing is computed here: every
//! figure is read from one stored value.

pub mod cell;
pub mod csv;
mod dialect;
pub mod html;
pub mod json;
pub mod manifest;
pub mod mask;
pub mod package;
pub mod pages;
pub mod readme;
pub mod stored;
pub mod table;
pub mod tables;
pub mod workbook;

use std::path::Path;

use schemars::JsonSchema;
use serde::Deserialize;

use self::csv::{Dialect, Written};
use crate::failure::Failure;
use crate::rules::{Example, Exemplified, Rule};
use crate::store::atomic;

/// `rules/report.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// What spreadsheet programs bear.
    pub cells: CellRules,
    /// How much `report.html` shows.
    pub page: PageRules,
    /// How much `scorecard.xlsx` shows.
    pub workbook: WorkbookRules,
}

/// How much `scorecard.xlsx` shows.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WorkbookRules {
    /// What these rules are for.
    pub about: String,
    /// Rows of a sheet.
    pub rows: u64,
    /// Columns that hold running text.
    pub wide: Vec<String>,
    /// Their width, in characters.
    pub width: u32,
}

/// How much `report.html` shows.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PageRules {
    /// What these rules are for.
    pub about: String,
    /// The size of the file: more is shown no more.
    pub bytes: usize,
    /// Sources in plots and in the table.
    pub sources: usize,
    /// Lines of the account of a score.
    pub losses: usize,
    /// Disagreements shown as cards.
    pub cards: usize,
    /// Characters of a passage.
    pub passage: usize,
    /// Other wordings named on a card.
    pub wordings: usize,
    /// Characters of one of them, and of a value.
    pub wording: usize,
    /// Sources named for a wording.
    pub names: usize,
    /// Slots whose values are shown over time.
    pub slots: usize,
    /// Values of such a slot.
    pub points: usize,
    /// Pairs of copies.
    pub copies: usize,
    /// Sources in the matrix: those with most documents.
    pub matrix: usize,
    /// Lines of furniture shown for each kind.
    pub furniture: usize,
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

/// Writes what describes the tables in `folder`: `datapackage.json` and `README.txt`.
///
/// # Errors
/// [`Failure::Output`].
pub fn describe(folder: &Path, run_id: &str, dialect: Dialect, written: &[Written]) -> Result<(), Failure> {
    let package = format!("{:#}\n", package::data_package(run_id, dialect, written));
    atomic::write(folder.join("datapackage.json"), package.as_bytes())?;
    atomic::write(folder.join("README.txt"), readme::readme(written).as_bytes())
}

#[cfg(test)]
pub(crate) mod tests {
    use super::csv::{Style, write_table};
    use super::*;
    use crate::rules::RuleBook;
    use std::process::Command;
    use table::{Row, Table};

    fn write<R: Row>(folder: &Path, table: &Table, style: Style<'_>, row: R) -> Written {
        write_table(folder, table, style, [Ok(row)]).unwrap_or_else(|failure| panic!("{failure}"))
    }

    /// A run folder with one row in every table.
    pub(crate) fn sample(folder: &Path, dialect: Dialect) {
        let cells = RuleBook::load(None).unwrap().report.cells;
        let style = Style { dialect, cells: &cells, mask: None };
        let source = tables::Source {
            source: "=Outlet; \"é\"".into(),
            source_id: "s1".into(),
            consistency_score: Some(81.25),
            ..Default::default()
        };
        let pair = tables::Pair { disagreement_id: "d1".into(), text_a: "a\r\n<b>".into(), ..Default::default() };
        let claim = tables::Claim { mention_id: "m1".into(), ..Default::default() };
        let published = jiff::civil::Date::new(2024, 5, 31).ok();
        let document = tables::Document { document: "a/b.txt".into(), published, ..Default::default() };
        let furniture = tables::Furniture { document: "a/b.txt".into(), line: 3, ..Default::default() };
        let copy = tables::Copy {
            document_a: "a".into(),
            document_b: "b".into(),
            containment_a: Some(0.5),
            credited: Some(true),
            ..Default::default()
        };
        let rule = tables::Rule { rule: "r".into(), stage: "clean".into(), ..Default::default() };
        let problem = tables::Problem { document: "c".into(), ..Default::default() };
        let loss = tables::Loss {
            loss_id: "l1".into(),
            source: "=Outlet; \"é\"".into(),
            points: Some(18.75),
            ..Default::default()
        };
        let written = [
            write(folder, &tables::SOURCES, style, source),
            write(folder, &tables::DISAGREEMENTS, style, pair.clone()),
            write(folder, &tables::AGREEMENTS, style, pair.clone()),
            write(folder, &tables::NOT_COMPARABLE, style, pair),
            write(folder, &tables::CLAIMS, style, claim),
            write(folder, &tables::DOCUMENTS, style, document),
            write(folder, &tables::FURNITURE, style, furniture),
            write(folder, &tables::COPIES, style, copy),
            write(folder, &tables::RULES, style, rule),
            write(folder, &tables::PROBLEMS, style, problem),
            write(folder, &tables::LOSSES, style, loss),
        ];
        describe(folder, "r1", dialect, &written).unwrap();
    }

    /// Needs `pip install frictionless`.
    #[test]
    fn the_data_package_is_what_frictionless_expects() {
        for dialect in [Dialect::Excel, Dialect::ExcelEu, Dialect::Rfc] {
            let dir = tempfile::tempdir().unwrap();
            sample(dir.path(), dialect);
            let validate =
                Command::new("frictionless").args(["validate", "datapackage.json"]).current_dir(dir.path()).output();
            let Ok(output) = validate else {
                println!("skipped: frictionless is not installed");
                return;
            };
            assert!(output.status.success(), "{dialect:?}\n{}", String::from_utf8_lossy(&output.stdout));
        }
    }
}
