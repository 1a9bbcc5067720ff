//! Scorecards and counts of rules in two runs, column by column: columns that only one of them has
//! are compared as well.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::Change;
use crate::failure::Failure;
use crate::report::stored::{Stored, StoredRow};

/// One source whose scorecard changed.
#[derive(Debug, Serialize)]
pub struct SourceChange {
    /// Its name.
    pub source: String,
    /// The score before, where there was one.
    pub old_score: Option<f64>,
    /// The score after.
    pub new_score: Option<f64>,
    /// New less old.
    pub delta: Option<f64>,
    /// Every column that changed.
    pub columns: BTreeMap<String, Change>,
}

/// One rule that had another say.
#[derive(Debug, Serialize)]
pub struct RuleChange {
    /// Its name.
    pub rule: String,
    /// The counts that changed: fired, agreed, contradicted.
    pub columns: BTreeMap<String, Change>,
}

/// The scorecards that changed, by source.
///
/// # Errors
/// [`Failure::NoInput`] when a table cannot be read.
pub fn sources(a: &Stored, b: &Stored) -> Result<Vec<SourceChange>, Failure> {
    let key = |row: &StoredRow| row.text("source").to_owned();
    let rows = joined(a, b, "sources", &key)?;
    let change = |(source, (old, new)): (String, Both)| {
        let columns = columns(&old, &new, &|column| column != "source_id");
        let score = |row: &Option<StoredRow>| row.as_ref().and_then(|row| row.number("consistency_score"));
        let (old_score, new_score) = (score(&old), score(&new));
        let delta = old_score.zip(new_score).map(|(old, new)| ((new - old) * 1e4).round() / 1e4);
        let changed = !columns.is_empty() || old.is_some() != new.is_some();
        changed.then_some(SourceChange { source, old_score, new_score, delta, columns })
    };
    Ok(rows.into_iter().filter_map(change).collect())
}

/// The rules whose counts changed, by name.
///
/// # Errors
/// [`Failure::NoInput`] when a table cannot be read.
pub fn rules(a: &Stored, b: &Stored) -> Result<Vec<RuleChange>, Failure> {
    let key = |row: &StoredRow| format!("{} {}", row.text("rule"), row.text("stage"));
    let rows = joined(a, b, "rules", &key)?;
    let counted = |column: &str| matches!(column, "fired" | "agreed" | "contradicted");
    let change = |(key, (old, new)): (String, Both)| {
        let rule = key.split(' ').next().unwrap_or_default().to_owned();
        let columns = columns(&old, &new, &counted);
        let had_a_say = columns.values().any(|change| !["", "0"].contains(&change.old.as_str()) || change.new != "0");
        (!columns.is_empty() && had_a_say).then_some(RuleChange { rule, columns })
    };
    Ok(rows.into_iter().filter_map(change).collect())
}

/// A row in the earlier and in the later run.
type Both = (Option<StoredRow>, Option<StoredRow>);

fn joined(
    a: &Stored,
    b: &Stored,
    table: &str,
    key: &dyn Fn(&StoredRow) -> String,
) -> Result<BTreeMap<String, Both>, Failure> {
    let mut rows: BTreeMap<String, Both> = BTreeMap::new();
    for row in a.rows(table) {
        let row = row?;
        let name = key(&row);
        rows.entry(name).or_default().0 = Some(row);
    }
    for row in b.rows(table) {
        let row = row?;
        let name = key(&row);
        rows.entry(name).or_default().1 = Some(row);
    }
    Ok(rows)
}

fn columns(
    old: &Option<StoredRow>,
    new: &Option<StoredRow>,
    wanted: &dyn Fn(&str) -> bool,
) -> BTreeMap<String, Change> {
    let names = [old, new].into_iter().flatten().flat_map(StoredRow::columns).map(String::as_str);
    let names: BTreeSet<&str> = names.filter(|name| wanted(name)).collect();
    let text = |row: &Option<StoredRow>, name: &str| row.as_ref().map_or(String::new(), |r| r.text(name).to_owned());
    let change = |name: &str| Some((name.to_owned(), Change::between(&text(old, name), &text(new, name))?));
    names.into_iter().filter_map(change).collect()
}
