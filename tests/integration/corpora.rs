//! Corpora of several events, each with what must and must not be found in them.
//!
//! `tests/corpora/<name>/expected.csv` has a row for each planted contradiction, agreement, variant
//! and trap: `id,expect,kind,document_a,needle_a,document_b,needle_b,why`. `expect` is
//! `contradiction`, `agreement`, `variant` or `clear`; `kind` lists kinds with `|`, or `*`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::util::{Row, cell, read, run_corpus, table};

/// Rows that are not met yet, by corpus and id, each with the reason in `tests/corpora/known_misses.csv`.
fn known_misses() -> Vec<(String, String)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpora/known_misses.csv");
    read(&path).iter().map(|r| (cell(r, "corpus").to_owned(), cell(r, "id").to_owned())).collect()
}

fn corpora() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpora");
    let entries = std::fs::read_dir(&root).unwrap_or_else(|e| panic!("{}: {e}", root.display()));
    let mut found: Vec<PathBuf> =
        entries.flatten().map(|e| e.path()).filter(|p| p.join("expected.csv").exists()).collect();
    found.sort();
    found
}

/// The tables of a run that rows of gold are held against.
pub struct Found {
    disagreements: Vec<Row>,
    agreements: Vec<Row>,
    claims: Vec<Row>,
}

impl Found {
    /// Reads the tables of a run folder.
    pub fn of(folder: &Path) -> Self {
        Self {
            disagreements: table(folder, "disagreements"),
            agreements: table(folder, "agreements"),
            claims: table(folder, "claims"),
        }
    }

    /// Whether a row of gold holds.
    pub fn holds(&self, gold: &Row) -> bool {
        match (cell(gold, "expect"), cell(gold, "kind")) {
            ("contradiction", _) => self.disagreements.iter().any(|row| meets(row, gold, true)),
            ("agreement" | "variant", _) => self.agreements.iter().any(|row| meets(row, gold, true)),
            (_, "furniture") => !self.claims.iter().any(|row| is_inside(row, gold)),
            (_, "self") => !self.disagreements.iter().chain(&self.agreements).any(|row| is_own(row, gold)),
            _ => !self.disagreements.iter().any(|row| meets(row, gold, true)),
        }
    }
}

fn meets(row: &Row, gold: &Row, with_kind: bool) -> bool {
    let kinds = cell(gold, "kind");
    if with_kind && kinds != "*" && !kinds.split('|').any(|kind| kind == cell(row, "kind")) {
        return false;
    }
    let side =
        |s: &str, g: &str| is_side(row, s, cell(gold, &format!("document_{g}")), cell(gold, &format!("needle_{g}")));
    if cell(gold, "document_b").is_empty() {
        return side("a", "a") || side("b", "a");
    }
    side("a", "a") && side("b", "b") || side("b", "a") && side("a", "b")
}

fn is_side(row: &Row, side: &str, document: &str, needle: &str) -> bool {
    base(cell(row, &format!("document_{side}"))) == document
        && plain(cell(row, &format!("text_{side}"))).contains(&plain(needle))
}

fn is_inside(row: &Row, gold: &Row) -> bool {
    base(cell(row, "document")) == cell(gold, "document_a")
        && plain(cell(row, "text")).contains(&plain(cell(gold, "needle_a")))
}

fn is_own(row: &Row, gold: &Row) -> bool {
    ["a", "b"].iter().all(|s| base(cell(row, &format!("document_{s}"))) == cell(gold, "document_a"))
}

fn base(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn plain(text: &str) -> String {
    let straight = text.replace(['\u{2019}', '\u{2018}'], "'").replace(['\u{201c}', '\u{201d}'], "\"");
    straight.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn what_is_planted_is_found_and_traps_stay_silent() {
    let output = tempfile::tempdir().unwrap();
    let known = known_misses();
    let (mut wrong, mut mended) = (Vec::new(), Vec::new());
    let mut met: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for corpus in corpora() {
        let name = corpus.file_name().unwrap().to_string_lossy().into_owned();
        let found = Found::of(&run_corpus(&corpus, &output.path().join(&name), &[]));
        for gold in read(&corpus.join("expected.csv")) {
            let row = (name.clone(), cell(&gold, "id").to_owned());
            let tally = met.entry(cell(&gold, "expect").to_owned()).or_default();
            *tally = (tally.0 + usize::from(found.holds(&gold)), tally.1 + 1);
            match (found.holds(&gold), known.contains(&row)) {
                (false, false) => {
                    wrong.push(format!("{name} {}: {} {}", row.1, cell(&gold, "expect"), cell(&gold, "why")))
                }
                (true, true) => mended.push(row),
                _ => {}
            }
        }
    }
    met.iter().for_each(|(expect, (held, all))| println!("{expect}: {held} of {all} rows hold"));
    assert!(wrong.is_empty(), "{} rows of gold do not hold:\n{}", wrong.len(), wrong.join("\n"));
    assert!(mended.is_empty(), "these hold now: strike them from known_misses.csv: {mended:?}");
}
