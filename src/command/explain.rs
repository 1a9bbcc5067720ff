//! `variorum explain`: from an id of a report to everything behind it. Every figure is read from
//! the tables of the run, so that it says what the CSVs say.

mod account;
mod find;
mod words;

use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

use super::no_run;
use crate::failure::{Failure, Outcome};
use crate::report::json::object;
use crate::report::stored::{Stored, StoredRow};
use crate::rules::RuleBook;
use crate::rules::diagnostic::did_you_mean;
use crate::store::run_folder::resolve;

/// Options of `variorum explain`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The id of a disagreement, agreement, slot, story, mention or copy group, a document, a source or a rule; two
    /// mentions, documents or sources for what stands between them.
    #[arg(required = true, num_args = 1..=2, value_name = "ID")]
    ids: Vec<String>,
    /// The run folder, or the folder that holds latest.
    #[arg(long, value_name = "DIR", default_value = "reports")]
    run: PathBuf,
    /// Rows shown of each table.
    #[arg(long, value_name = "N", default_value_t = 100)]
    limit: usize,
    /// Print JSON: the rows of each table, cells as in the CSV.
    #[arg(long)]
    json: bool,
}

const EXAMPLES: &str = "Examples:
  variorum explain d1f0c2a9b3e47
  variorum explain harbour-post --json
  variorum explain number
  variorum explain a.txt b.txt --run reports/runs/20240531T221005Z

Ids are in the first columns of all tables. Why two mentions were not compared is told when the run was made \
with --near-misses.";

/// Rows of one table about one thing.
#[derive(Debug)]
pub struct Section {
    /// The table.
    pub table: &'static str,
    /// Its rows, as far as they are shown.
    pub rows: Vec<StoredRow>,
    /// How many there are.
    pub all: usize,
}

/// Prints what the run's tables say of an id.
///
/// # Errors
/// [`Failure::NoInput`] when there is no run or nothing of that name in it.
pub fn run(args: &Args) -> Result<Outcome, Failure> {
    let folder = resolve(&args.run).ok_or_else(|| no_run(&args.run))?;
    let stored = Stored::open(&folder, &RuleBook::load(None)?.report.cells)?;
    let found = match &args.ids[..] {
        [a, b] => find::between(&stored, a, b, args.limit)?,
        ids => find::about(&stored, &ids[0], args.limit)?,
    };
    if found.is_empty() {
        return Err(nothing(args, &folder, &stored));
    }
    if args.json {
        println!("{:#}", told(&args.ids, &found));
    } else {
        let account = account::of(&stored, &args.ids[0])?;
        for section in found.iter().filter(|section| account.is_empty() || section.table != "losses") {
            print!("{}", words::told(section));
            if section.table == "sources" {
                print!("{account}");
            }
        }
    }
    Ok(Outcome::Complete)
}

/// Says that there is nothing of that name, and which source was probably meant.
fn nothing(args: &Args, folder: &Path, stored: &Stored) -> Failure {
    let sources: Vec<String> =
        stored.rows("sources").filter_map(|row| Some(row.ok()?.text("source").to_owned())).collect();
    let holds = |source: &&String, id: &str| source.to_lowercase().contains(&id.to_lowercase());
    let near = |id: &String| match sources.iter().find(|source| holds(source, id)) {
        Some(source) => Some(source.as_str()),
        None => did_you_mean(id, sources.iter().map(String::as_str)),
    };
    let help = match args.ids.iter().filter_map(near).next() {
        Some(source) if args.ids.len() == 1 => format!("did you mean `{source}`?"),
        _ => "ids are in the first columns of its tables; `variorum rules list` names the rules".to_owned(),
    };
    let what = args.ids.join(" and ");
    Failure::NoInput(format!("{what}: nothing in {} goes by that name\n  {help}", folder.display()))
}

fn told(ids: &[String], found: &[Section]) -> Value {
    let rows = |section: &Section| Value::Array(section.rows.iter().map(|row| object(section.table, row)).collect());
    let tables: Map<String, Value> = found.iter().map(|section| (section.table.to_owned(), rows(section))).collect();
    let counts: Map<String, Value> =
        found.iter().map(|section| (section.table.to_owned(), json!(section.all))).collect();
    json!({ "ids": ids, "rows": counts, "tables": tables })
}
