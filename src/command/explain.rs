//! `variorum explain`: from an id of a report to everything behind it. Every figure is read from
//! the tables of the run, so that it says what the CSVs say.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::no_run;
use crate::failure::{Failure, Outcome};
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
    let told = match &args.ids[..] {
        [a, b] => between(&folder, a, b)?,
        ids => about(&folder, &ids[0])?,
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

/// What people said of a pair, and which rows it stands for.
const ANNOTATIONS: [(&str, &str); 6] = [
    ("reviewed", "reviewed"),
    ("note", "reason"),
    ("replies", "reply"),
    ("also_a", "the same in copies of the first"),
    ("also_b", "the same in copies of the second"),
    ("same_as", "the same as"),
];

type Row = BTreeMap<String, String>;

/// All rows about one thing; how many there were.
fn about(folder: &Path, id: &str) -> Result<usize, Failure> {
    let mut told = 0;
    for table in SINGLES {
        let mine = |row: &Row| ["source", "source_id", "document", "mention_id"].iter().any(|key| cell(row, key) == id);
        let only = |row: &Row| {
            mine(row)
                && !(table == "claims" && cell(row, "mention_id") != id)
                && !(table == "documents" && cell(row, "document") != id)
        };
        told += each(folder, table, only, |row| print_single(table, row))?;
    }
    let keys = ["disagreement_id", "slot_id", "story_id", "source_a", "source_b", "document_a", "document_b"];
    for table in ["disagreements", "agreements"] {
        told += each(folder, table, |row| keys.iter().any(|key| cell(row, key) == id), print_pair)?;
    }
    Ok(told)
}

/// All pairs between two documents or sources, those turned down included.
fn between(folder: &Path, a: &str, b: &str) -> Result<usize, Failure> {
    let side = |row: &Row, s: &str, id: &str| {
        cell(row, &format!("source_{s}")) == id || cell(row, &format!("document_{s}")) == id
    };
    let both = |row: &Row| side(row, "a", a) && side(row, "b", b) || side(row, "a", b) && side(row, "b", a);
    PAIRS.iter().try_fold(0, |told, table| Ok(told + each(folder, table, both, print_pair)?))
}

fn cell<'r>(row: &'r Row, key: &str) -> &'r str {
    row.get(key).map_or("", String::as_str)
}

/// Prints the rows of a table that are wanted; how many there were. A table that was not written has none.
fn each(folder: &Path, table: &str, wanted: impl Fn(&Row) -> bool, print: impl Fn(&Row)) -> Result<usize, Failure> {
    let path = folder.join(format!("{table}.csv"));
    let Ok(bytes) = std::fs::read(&path) else { return Ok(0) };
    let text = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
    let mut told = 0;
    for row in csv::Reader::from_reader(text).deserialize() {
        let row: Row = row.map_err(|error| Failure::Fatal(format!("{}: {error}", path.display())))?;
        if wanted(&row) {
            print(&row);
            told += 1;
        }
    }
    Ok(told)
}

fn print_pair(row: &Row) {
    let get = |key: &str| cell(row, key);
    println!("{}  {}, {} ({})", get("disagreement_id"), get("verdict"), get("kind"), get("severity"));
    for side in ["a", "b"] {
        let of = |key: &str| cell(row, &format!("{key}_{side}")).to_owned();
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
    for (column, label) in ANNOTATIONS {
        if !get(column).is_empty() {
            println!("  {label}: {}", get(column));
        }
    }
    println!("  story {} slot {}\n", get("story_id"), get("slot_id"));
}

fn print_single(table: &str, row: &Row) {
    println!("{table}");
    let width = row.keys().map(String::len).max().unwrap_or(0);
    for (key, value) in row.iter().filter(|(_, value)| !value.is_empty()) {
        println!("  {key:width$}  {value}");
    }
    println!();
}
