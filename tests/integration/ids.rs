//! Ids name one row each, and lead from table to table.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::util::{Row, cell, run_corpus, table};

fn column<'r>(rows: &'r [Row], name: &str) -> Vec<&'r str> {
    rows.iter().map(|row| cell(row, name)).filter(|id| !id.is_empty()).collect()
}

#[test]
fn ids_are_unique_and_join() {
    let output = tempfile::tempdir().unwrap();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpora/sample");
    let folder = run_corpus(&sample, output.path(), &[]);
    let claims = table(&folder, "claims");
    let pairs = [table(&folder, "disagreements"), table(&folder, "agreements")].concat();
    for (rows, name) in [(&claims, "mention_id"), (&pairs, "disagreement_id")] {
        let mut seen = BTreeSet::new();
        let twice: Vec<&str> = column(rows, name).into_iter().filter(|id| !seen.insert(*id)).collect();
        assert!(!seen.is_empty() && twice.is_empty(), "{name}: {twice:?} stand twice");
    }
    let slots: BTreeSet<&str> = column(&pairs, "slot_id").into_iter().collect();
    let mut fillers: BTreeMap<&str, usize> = BTreeMap::new();
    column(&claims, "slot_id").into_iter().for_each(|slot| *fillers.entry(slot).or_default() += 1);
    // Copies of one text fill slots together without being a pair.
    let stray: Vec<_> = fillers.iter().filter(|(slot, claims)| **claims < 2 && !slots.contains(**slot)).collect();
    assert!(stray.is_empty(), "claims fill slots alone: {stray:?}");
    let unfilled: Vec<&Row> =
        pairs.iter().filter(|row| is_typed(row) && !fillers.contains_key(cell(row, "slot_id"))).collect();
    assert!(unfilled.is_empty(), "no claim fills the slots of {unfilled:#?}");
}

/// Pairs of whole sentences are compared without being claims.
fn is_typed(pair: &Row) -> bool {
    cell(pair, "kind") != "statement" && cell(pair, "diff").is_empty()
}
