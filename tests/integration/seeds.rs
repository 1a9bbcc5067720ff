//! Five real articles that are not part of the project; skipped where they are absent.

use std::path::PathBuf;

use crate::corpora::Found;
use crate::util::{cell, read, text, variorum};

fn shared() -> PathBuf {
    std::env::var_os("VARIORUM_SHARED")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from)
}

#[test]
fn real_articles_about_one_event() {
    let seeds = shared().join("seeds");
    if !seeds.join("gold.csv").exists() {
        println!("skipped: {} is not here", seeds.display());
        return;
    }
    let output = tempfile::tempdir().unwrap();
    let (corpus, manifest) = (text(&seeds.join("corpus")), text(&seeds.join("manifest.csv")));
    let done = variorum(&["run", &corpus, "--manifest", &manifest, "-o", &text(output.path()), "-q"]);
    assert!(done.status.success());
    let found = Found::of(&output.path().join("latest"));
    let gold = read(&seeds.join("gold.csv"));
    let failed: Vec<String> =
        gold.iter().filter(|g| !found.holds(g)).map(|g| format!("{} {}", cell(g, "id"), cell(g, "why"))).collect();
    assert!(failed.is_empty(), "{failed:#?}");
}
