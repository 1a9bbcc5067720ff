//! Texts that nobody would write: each must go through the run, whatever its stages weigh against each other.

use std::path::Path;

use crate::util::{Row, said, table, text, variorum};

/// The size of each text.
const BYTES: usize = 32 * 1024;

/// What is repeated, by the name of its document.
const PATTERNS: [(&str, &str); 16] = [
    ("token", "a"),
    ("said", "said "),
    ("marks", "\" "),
    ("marks-in-one", "\""),
    ("single-marks", "'a "),
    ("dots", ". "),
    ("voices", "\" said the mayor"),
    ("lengths", ", 5 km"),
    ("names", "John Smith "),
    ("days", "on Monday "),
    ("negations", "not "),
    ("brackets", "( "),
    ("addresses", "https://a.b/"),
    ("initials", "A. "),
    ("one-sentence", "the river rose over fields and roads while people watched "),
    ("lines", "word\n"),
];

fn rows_of(texts: &[(&str, String)]) -> (Vec<Row>, Vec<Row>) {
    let folder = tempfile::tempdir().unwrap();
    let (documents, output) = (folder.path().join("documents"), folder.path().join("out"));
    for (name, words) in texts {
        let source = documents.join(name);
        std::fs::create_dir_all(&source).unwrap();
        std::fs::write(source.join("text.txt"), words).unwrap();
    }
    let done = variorum(&["run", &text(&documents), "-o", &text(&output), "-q"]);
    assert!(done.status.success(), "{}", said(&done));
    let latest: &Path = &output.join("latest");
    (table(latest, "documents"), table(latest, "problems"))
}

#[test]
fn repeated_words_are_read_to_the_end() {
    let texts = PATTERNS.map(|(name, words)| (name, words.repeat(BYTES / words.len())));
    let (documents, problems) = rows_of(&texts);
    assert_eq!(documents.len(), PATTERNS.len());
    let cut = |name: &str| problems.iter().any(|p| p["code"] == "sentence-cut" && p["document"].contains(name));
    assert!(cut("one-sentence"), "{problems:?}");
    assert!(!cut("token"), "{problems:?}");
    // A sentence of nothing but figures tells none of them, lest each carry the sentence along.
    let lengths = documents.iter().find(|row| row["document"].contains("lengths")).unwrap();
    assert_eq!(lengths["claims"], "0");
}

#[test]
fn sentences_that_are_alike_stay_comparable() {
    let told = "The river rose over the fields and 12 people died on Monday. ".repeat(BYTES / 60);
    let (documents, _) = rows_of(&[("north", told.clone()), ("south", told.replace("12", "14"))]);
    assert_eq!(documents.len(), 2);
}
