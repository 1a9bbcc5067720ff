//! The public sets of labelled claims, where they are at hand: none is part of this repository.

use std::path::PathBuf;

use super::fuse::judge;
use super::{Rules, read, solve};

/// The folder of development data, if there is one.
fn folder() -> Option<PathBuf> {
    let shared = std::env::var_os("VARIORUM_SHARED").map_or_else(|| PathBuf::from("../shared"), PathBuf::from);
    let folder = shared.join("data/truth");
    folder.is_dir().then_some(folder)
}

/// Accuracy and rank correlation that the automatic choice reaches; a floor, so that no change loses them unseen.
fn check(set: &str, accuracy: f64, rank_correlation: f64) {
    let Some(folder) = folder() else {
        println!("skipped: no data/truth in VARIORUM_SHARED or ../shared");
        return;
    };
    let table = read::table(&folder.join(format!("{set}_claims.csv.gz"))).unwrap();
    let gold = read::facts(&folder.join(format!("{set}_gold.csv.gz"))).unwrap();
    let rules = Rules::built_in().unwrap();
    let judgement = judge(&table, &solve(&table, &rules, None, None), &gold, rules.report.gold_claims);
    println!("{set}: {judgement:?}");
    assert!(judgement.accuracy >= accuracy, "{set}: {judgement:?}");
    assert!(judgement.rank_correlation.unwrap_or(0.0) >= rank_correlation, "{set}: {judgement:?}");
}

#[test]
fn public_sets() {
    check("book", 0.88, 0.90);
    check("population", 0.84, -1.0);
    check("crowd_dog", 0.845, 0.84);
    check("crowd_duck", 0.885, 0.95);
}
