//! `variorum explain`: from an id of a report to everything behind it. Every figure is read from
//! the tables of the run, so that it says what the CSVs say.

use std::path::{Path, PathBuf};

mod account;

use crate::failure::{Failure, Outcome};
use crate::report::stored::{Stored, StoredRow};
use crate::rules::RuleBook;
use crate::store::run_folder::resolve;

/// Options of `variorum explain`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// A disagreement, slot, story or mention id, a document or a source; two mentions, documents
    /// or sources for what stands between them.
    #[arg(required = true, num_args = 1..=2, value_name = "ID")]
    ids: Vec<String>,
    /// The run folder, or the folder that holds latest.
    #[arg(long, value_name = "DIR", default_value = "reports")]
    run: PathBuf,
}

const EXAMPLES: &str = "Examples:
  variorum explain d1f0c2a9b3e47
  variorum explain harbour-post
  variorum explain a.txt b.txt --run reports/runs/20240531T221005Z

Why two mentions were not compared is told when the run was made with --near-misses.";

/// The tables that tell of pairs, and those that tell of one thing.
const PAIRS: [&str; 3] = ["disagreements", "agreements", "not_comparable"];
const SINGLES: [&str; 3] = ["sources", "documents", "claims"];

/// Prints what the run's tables say of an id.
///
/// # Errors
/// [`Failure::NoInput`] when there is no run or nothing of that name in it.
pub fn run(args: &Args) -> Result<Outcome, Failure> {
    let folder = resolve(&args.run).ok_or_else(|| no_run(&args.run))?;
    let stored = Stored::open(&folder, &RuleBook::load(None)?.report.cells)?;
    let told = match &args.ids[..] {
        [a, b] => between(&stored, a, b)?,
        ids => about(&stored, &ids[0])?,
    };
    if told == 0 {
        let what = args.ids.join(" and ");
        return Err(Failure::NoInput(format!(
            "{what}: nothing in {} goes by that name\n  ids are in the first columns of its tables",
            folder.display()
        )));
    }
    Ok(Outcome::Complete)
}

fn no_run(path: &Path) -> Failure {
    Failure::NoInput(format!(
        "{}: no run here\n  make one with: variorum run CORPUS -o {}",
        path.display(),
        path.display()
    ))
}

/// All rows about one thing; how many there were.
fn about(stored: &Stored, id: &str) -> Result<usize, Failure> {
    let mut told = 0;
    for table in SINGLES {
        let mine =
            |row: &StoredRow| ["source", "source_id", "document", "mention_id"].iter().any(|key| row.text(key) == id);
        let only = |row: &StoredRow| {
            mine(row)
                && !(table == "claims" && row.text("mention_id") != id)
                && !(table == "documents" && row.text("document") != id)
        };
        told += each(stored, table, only, |row| print_single(table, row))?;
    }
    account::print(stored, id)?;
    let keys = ["disagreement_id", "slot_id", "story_id", "source_a", "source_b", "document_a", "document_b"];
    for table in ["disagreements", "agreements"] {
        told += each(stored, table, |row| keys.iter().any(|key| row.text(key) == id), print_pair)?;
    }
    Ok(told)
}

/// All pairs between two documents or sources, those turned down included.
fn between(stored: &Stored, a: &str, b: &str) -> Result<usize, Failure> {
    let side = |row: &StoredRow, s: &str, id: &str| {
        row.text(&format!("source_{s}")) == id || row.text(&format!("document_{s}")) == id
    };
    let both = |row: &StoredRow| side(row, "a", a) && side(row, "b", b) || side(row, "a", b) && side(row, "b", a);
    PAIRS.iter().try_fold(0, |told, table| Ok(told + each(stored, table, both, print_pair)?))
}

/// Prints the rows of a table that are wanted; how many there were. A table that was not written has none.
fn each(
    stored: &Stored,
    table: &str,
    wanted: impl Fn(&StoredRow) -> bool,
    print: impl Fn(&StoredRow),
) -> Result<usize, Failure> {
    let mut told = 0;
    for row in stored.rows(table) {
        let row = row?;
        if wanted(&row) {
            print(&row);
            told += 1;
        }
    }
    Ok(told)
}

fn print_pair(row: &StoredRow) {
    let get = |key: &str| row.text(key);
    println!("{}  {}, {} ({})", get("disagreement_id"), get("verdict"), get("kind"), get("severity"));
    for side in ["a", "b"] {
        let of = |key: &str| row.text(&format!("{key}_{side}"));
        println!(
            "  {}: {}:{} ({}), {} independent units",
            of("source"),
            of("document"),
            of("line"),
            of("modality"),
            of("units")
        );
        println!("    {}", of("text"));
        println!("    value: {}", of("value"));
    }
    if !get("diff").is_empty() {
        println!("  wording: {}", get("diff"));
    }
    println!("  why: {}\n  rule: {} (variorum rules show {})", get("why"), get("rule"), get("rule"));
    println!("  story {} slot {}\n", get("story_id"), get("slot_id"));
}

fn print_single(table: &str, row: &StoredRow) {
    println!("{table}");
    let width = row.columns().iter().map(String::len).max().unwrap_or(0);
    for (key, value) in row.columns().iter().map(|key| (key, row.text(key))).filter(|(_, value)| !value.is_empty()) {
        println!("  {key:width$}  {value}");
    }
    println!();
}
