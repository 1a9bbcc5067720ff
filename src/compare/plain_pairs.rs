//! Pairs of plain sentences of two reports of one event, held against the floors of `tests/floors.toml`.
//!
//! The sentences were written without a look at the rules: `a` was read when rules were made, `b` never.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::finding::Finding;
use super::story::tests::findings;
use crate::comparison::Verdict;

const PAIRS: &str = include_str!("../../tests/labelled/plain_pairs.csv");
const FLOORS: &str = include_str!("../../tests/floors.toml");

#[derive(Deserialize)]
struct Row {
    id: String,
    expect: String,
    left: String,
    right: String,
}

/// Whether a pair is judged as it should be.
fn holds(row: &Row) -> bool {
    let found = findings(&[&row.left, &row.right]);
    let any = |wanted: fn(&Finding) -> bool| found.iter().any(wanted);
    let opposed = any(|f| f.verdict == Verdict::Contradicts);
    match row.expect.as_str() {
        "contradiction" => opposed,
        "agreement" => !opposed && any(|f| f.verdict.supports()),
        _ => !opposed,
    }
}

#[test]
fn plain_pairs_stay_above_their_floors() {
    let mut right: BTreeMap<String, usize> = BTreeMap::new();
    for row in csv::Reader::from_reader(PAIRS.as_bytes()).deserialize::<Row>() {
        let row = row.unwrap();
        let part = format!("{}_{}", &row.id[..1], row.expect);
        *right.entry(part).or_default() += usize::from(holds(&row));
    }
    println!("{right:?}");
    let floors: toml::Table = FLOORS.parse().unwrap();
    for (part, floor) in floors["plain_pairs"].as_table().unwrap() {
        let floor = usize::try_from(floor.as_integer().unwrap()).unwrap();
        let found = right.get(part).copied().unwrap_or_default();
        assert!(found >= floor, "{part}: {found} right, the floor is {floor}");
    }
}
