//! What the project shows of itself is what it prints: `reports/example/`, and the tables in README.md.
//!
//! After a change of rules or code that is meant, refresh both and read the difference:
//!
//! ```console
//! $ VARIORUM_BLESS=1 cargo test --test integration example
//! ```

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::util::{Row, cell, read, text, variorum};

const REFRESH: &str = "run `VARIORUM_BLESS=1 cargo test --test integration example` and read what git shows";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn bless() -> bool {
    std::env::var_os("VARIORUM_BLESS").is_some()
}

fn content(path: &Path) -> Vec<u8> {
    fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Runs the sample with the README's arguments; the folder of its tables.
fn run_sample(output: &Path) -> PathBuf {
    let sample = "tests/corpora/sample";
    let (documents, manifest) = (format!("{sample}/documents"), format!("{sample}/manifest.csv"));
    let done = variorum(&["run", &documents, "--manifest", &manifest, "-o", &text(output), "-q"]);
    assert!(done.status.success(), "{}", crate::util::said(&done));
    fs::canonicalize(output.join("latest")).unwrap()
}

/// The files of a run that say nothing of when and where it was made: all but `run.json`.
fn lasting(run: &Path) -> BTreeMap<String, Vec<u8>> {
    let id = run.file_name().unwrap().to_string_lossy().into_owned();
    let names = fs::read_dir(run).unwrap().flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
    let kept = names.filter(|name| name != "run.json");
    kept.map(|name| (name.clone(), undated(&name, content(&run.join(&name)), &id))).collect()
}

/// The same without the run's id, and without a word of the file that is left out.
fn undated(name: &str, bytes: Vec<u8>, id: &str) -> Vec<u8> {
    if name.ends_with(".csv") {
        return bytes;
    }
    let text = String::from_utf8(bytes).unwrap().replace(id, "example").replace(&id.to_lowercase(), "example");
    text.split_inclusive('\n').filter(|line| !line.contains("run.json")).collect::<String>().into_bytes()
}

#[test]
fn example_report_is_what_the_sample_gives() {
    let output = tempfile::tempdir().unwrap();
    let made = lasting(&run_sample(output.path()));
    let folder = root().join("reports/example");
    if bless() {
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        made.iter().for_each(|(name, bytes)| fs::write(folder.join(name), bytes).unwrap());
    }
    for (name, bytes) in &made {
        assert!(content(&folder.join(name)) == *bytes, "reports/example/{name} is not what a run gives: {REFRESH}");
    }
    assert_eq!(fs::read_dir(&folder).unwrap().count(), made.len(), "{REFRESH}");
}

#[test]
fn example_tables_of_the_readme_are_those_of_the_report() {
    let output = tempfile::tempdir().unwrap();
    let run = run_sample(output.path());
    let path = root().join("README.md");
    let written = String::from_utf8(content(&path)).unwrap();
    let shown = with_tables(&written, &run);
    if bless() {
        fs::write(&path, &shown).unwrap();
    }
    assert!(bless() || shown == written, "the tables of README.md are not what a run gives: {REFRESH}");
}

/// The text with each table made anew that stands between `<!-- table NAME: COLUMN, … -->` and `<!-- end -->`.
/// `NAME by COLUMN` shows the first row of each value of that column.
fn with_tables(written: &str, run: &Path) -> String {
    let mut text = String::new();
    let mut rest = written;
    while let Some((before, after)) = rest.split_once("<!-- table ") {
        let (asked, after) = after.split_once(" -->\n").unwrap();
        let (_, after) = after.split_once("<!-- end -->").unwrap();
        text += &format!("{before}<!-- table {asked} -->\n\n{}\n<!-- end -->", rendered(asked, run));
        rest = after;
    }
    text + rest
}

fn rendered(asked: &str, run: &Path) -> String {
    let (which, columns) = asked.split_once(": ").unwrap();
    let columns: Vec<&str> = columns.split(", ").collect();
    let (name, first_of) = which.split_once(" by ").unwrap_or((which, ""));
    let mut seen = BTreeSet::new();
    let is_new = |row: &Row| first_of.is_empty() || seen.insert(cell(row, first_of).to_owned());
    let rows: Vec<Row> = read(&run.join(format!("{name}.csv"))).into_iter().filter(is_new).collect();
    let head = columns.iter().map(|column| format!("`{column}`")).collect::<Vec<_>>().join(" | ");
    let mut table = format!("| {head} |\n|{}\n", "---|".repeat(columns.len()));
    for row in rows {
        let cells: Vec<String> = columns.iter().map(|column| short(cell(&row, column))).collect();
        table += &format!("| {} |\n", cells.join(" | "));
    }
    table
}

/// A cell that a page has room for.
fn short(cell: &str) -> String {
    const WIDTH: usize = 48;
    let cut = cell.char_indices().nth(WIDTH).map_or(cell.to_owned(), |(at, _)| format!("{}…", &cell[..at]));
    cut.replace('|', "\\|").replace('[', "\\[").replace('{', "\\{")
}

/// The commands of the README's console blocks, without `cargo`, one after the other in an empty folder.
#[test]
fn commands_of_the_readme_work() {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let readme = String::from_utf8(content(&root().join("README.md"))).unwrap();
    let commands: Vec<&str> = readme.lines().filter_map(|line| line.strip_prefix("$ variorum ")).collect();
    assert!(commands.len() >= 5, "{commands:?}");
    for command in commands {
        let arguments = command.replace("tests/corpora", &text(&root().join("tests/corpora")));
        let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_variorum"));
        let done = program.current_dir(folder.path()).args(arguments.split_whitespace()).output().unwrap();
        assert!(done.status.success(), "{command}: {}", crate::util::said(&done));
    }
}
