//! `variorum diff`: what changed between two runs, and what caused it. Everything is read from the
//! tables and manifests of the two; nothing is analysed again.

mod causes;
mod keys;
mod pairs;
mod scores;
mod words;

use std::path::{Path, PathBuf};

use serde::Serialize;

use super::no_run;
use crate::failure::{Failure, Outcome};
use crate::report::stored::Stored;
use crate::rules::RuleBook;
use crate::store::run_folder;
use causes::Causes;
use pairs::PairChange;
use scores::{RuleChange, SourceChange};

/// Options of `variorum diff`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The earlier run: its folder, a `latest` link, or the folder given to `variorum run` as -o.
    run_a: PathBuf,
    /// The later run, named likewise.
    run_b: PathBuf,
    /// Print JSON, with every change.
    #[arg(long)]
    json: bool,
    /// Changes shown of each sort; all are in the JSON.
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
}

const EXAMPLES: &str = "Examples:
  variorum diff before after
  variorum diff reports/runs/20240531T221005Z reports/latest
  variorum diff before after --json

What changed in a verdict is told with its probable cause: the documents themselves, the rules (with the \
keys that differ), the version or the settings. Exit code 0, whether anything changed or not.";

/// What can be said of a value in two runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// In the earlier run; empty for nothing.
    pub old: String,
    /// In the later run; empty for nothing.
    pub new: String,
}

impl Change {
    /// The change from `old` to `new`, if there is one.
    fn between(old: &str, new: &str) -> Option<Self> {
        (old != new).then(|| Self { old: old.to_owned(), new: new.to_owned() })
    }
}

/// All that differs between two runs.
#[derive(Debug, Serialize)]
pub struct Difference {
    /// The ids of the two runs.
    pub runs: [String; 2],
    /// What went in otherwise.
    pub causes: Causes,
    /// Scorecards that changed.
    pub sources: Vec<SourceChange>,
    /// Pairs whose verdict appeared, vanished or changed.
    pub verdicts: Vec<PairChange>,
    /// Rules that had another say.
    pub rules: Vec<RuleChange>,
}

/// Compares two runs and prints what changed.
///
/// # Errors
/// [`Failure::NoInput`] when one of them is no run or cannot be read.
pub fn run(args: &Args) -> Result<Outcome, Failure> {
    let (a, b) = (open(&args.run_a)?, open(&args.run_b)?);
    let found = difference(&a, &b)?;
    if args.json {
        println!("{:#}", serde_json::json!(found));
    } else {
        print!("{}", words::told(&found, args.limit));
    }
    Ok(Outcome::Complete)
}

fn open(named: &Path) -> Result<Stored, Failure> {
    let folder = run_folder::resolve(named).ok_or_else(|| no_run(named))?;
    Stored::open(&folder, &RuleBook::load(None)?.report.cells)
}

fn difference(a: &Stored, b: &Stored) -> Result<Difference, Failure> {
    let causes = Causes::between(a, b)?;
    let id = |run: &Stored| run.manifest()["run_id"].as_str().unwrap_or_default().to_owned();
    Ok(Difference {
        runs: [id(a), id(b)],
        sources: scores::sources(a, b)?,
        verdicts: pairs::changes(a, b, &causes)?,
        rules: scores::rules(a, b)?,
        causes,
    })
}
