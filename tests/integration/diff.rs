//! `variorum diff` tells what changed between two runs, and by what.

use std::fs;
use std::path::{Path, PathBuf};

use crate::util::{cell, run_corpus, said, table, text, variorum};

fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpora/sample")
}

/// The difference as JSON, between two runs named as a person would.
fn difference(a: &Path, b: &Path) -> serde_json::Value {
    let done = variorum(&["diff", &text(a), &text(b), "--json"]);
    assert!(done.status.success(), "{}", said(&done));
    serde_json::from_slice(&done.stdout).unwrap_or_else(|error| panic!("{error}"))
}

fn length(value: &serde_json::Value) -> usize {
    value.as_array().map_or(0, Vec::len)
}

#[test]
fn two_runs_over_the_same_are_told_to_be_the_same() {
    let output = tempfile::tempdir().unwrap();
    let (a, b) = (output.path().join("a"), output.path().join("b"));
    run_corpus(&sample(), &a, &[]);
    let latest = run_corpus(&sample(), &b, &["--jobs", "1"]);
    let found = difference(&a, &latest);
    for list in ["sources", "verdicts", "rules"] {
        assert_eq!(length(&found[list]), 0, "{list}: {found:#}");
    }
    let told = variorum(&["diff", &text(&a), &text(&b)]);
    assert!(String::from_utf8_lossy(&told.stdout).contains("The same documents, rules"));
}

#[test]
fn a_changed_document_is_the_cause_of_what_it_changes() {
    let output = tempfile::tempdir().unwrap();
    let corpus = output.path().join("corpus");
    copy(&sample(), &corpus);
    let before = output.path().join("before");
    let disagreements = table(&run_corpus(&corpus, &before, &[]), "disagreements");
    let number = disagreements.iter().find(|row| cell(row, "kind") == "number").unwrap();
    let (document, value) = (cell(number, "document_a"), cell(number, "value_a"));
    let path = corpus.join("documents").join(document.rsplit('/').next().unwrap());
    let edited = fs::read_to_string(&path).unwrap().replace(value, "310-kilometre");
    fs::write(&path, edited).unwrap();
    let after = output.path().join("after");
    run_corpus(&corpus, &after, &[]);
    let found = difference(&before, &after);
    assert_eq!(found["causes"]["changed"][0], document, "{found:#}");
    let gone =
        found["verdicts"].as_array().unwrap().iter().find(|v| v["disagreement_id"] == cell(number, "disagreement_id"));
    assert!(gone.is_some_and(|v| v["new"] == "" && v["cause"] == "documents"), "{found:#}");
}

#[test]
fn a_changed_rule_is_named_with_its_key() {
    let output = tempfile::tempdir().unwrap();
    let mine = output.path().join("mine");
    assert!(variorum(&["init", &text(&mine)]).status.success());
    let rules = mine.join("rules");
    let (a, b) = (output.path().join("a"), output.path().join("b"));
    run_corpus(&sample(), &a, &["--rules", &text(&rules)]);
    let score = rules.join("score.toml");
    let edited = fs::read_to_string(&score).unwrap().replacen("number = 1.0", "number = 0.3", 1);
    fs::write(&score, edited).unwrap();
    run_corpus(&sample(), &b, &["--rules", &text(&rules)]);
    let found = difference(&a, &b);
    let key = &found["causes"]["rules"][0];
    assert!(
        key["key"].as_str().is_some_and(|key| key.starts_with("score.toml") && key.ends_with("number")),
        "{found:#}"
    );
    assert_eq!((key["old"].as_str(), key["new"].as_str()), (Some("1.0"), Some("0.3")));
    assert!(length(&found["sources"]) > 0 && length(&found["verdicts"]) == 0, "{found:#}");
    let told = String::from_utf8_lossy(&variorum(&["diff", &text(&a), &text(&b)]).stdout).into_owned();
    assert!(told.contains("coast-daily: ") && told.contains("(+"), "{told}");
}

#[test]
fn what_is_no_run_is_told_with_what_to_do() {
    let empty = tempfile::tempdir().unwrap();
    let done = variorum(&["diff", &text(empty.path()), &text(empty.path())]);
    assert_eq!(done.status.code(), Some(6));
    assert!(said(&done).contains("variorum run CORPUS"), "{}", said(&done));
}

/// Copies a corpus: its manifest and its documents.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to.join("documents")).unwrap();
    fs::copy(from.join("manifest.csv"), to.join("manifest.csv")).unwrap();
    for entry in fs::read_dir(from.join("documents")).unwrap().flatten() {
        fs::copy(entry.path(), to.join("documents").join(entry.file_name())).unwrap();
    }
}
