//! `variorum report`: page and workbook of a run again, from its tables; nothing is computed anew.

use std::path::PathBuf;

use crate::failure::{Failure, Outcome};
use crate::report::pages::Pages;
use crate::report::stored::Stored;
use crate::settings::{Layers, Options};
use crate::store::run_folder;

/// Options of `variorum report`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// A run's folder, or the folder that was given to `variorum run` as -o.
    run: PathBuf,
    /// Take limits of page and workbook from the rules in this folder.
    #[arg(long, value_name = "DIR")]
    rules: Option<PathBuf>,
}

const EXAMPLES: &str = "Examples:
  variorum report reports
  variorum report reports/runs/20240531T221005Z
  variorum report reports --set report.page.cards=1000";

/// Writes `report.html` and `scorecard.xlsx` into the run's folder and prints where they are.
///
/// # Errors
/// [`Failure::NoInput`] when there is no run, [`Failure::Usage`] for mistakes in the rules, [`Failure::Output`].
pub fn run(args: &Args, options: &Options) -> Result<Outcome, Failure> {
    let layers = Layers::load(options)?;
    let rules = layers.book(args.rules.as_deref())?.report;
    let folder = run_folder::resolve(&args.run).unwrap_or_else(|| args.run.clone());
    let stored = Stored::open(&folder, &rules.cells)?;
    for written in Pages::ALL.write(&folder, &stored, &rules)? {
        println!("{}", written.display());
    }
    Ok(Outcome::Complete)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_without_a_run_is_told() {
        let dir = tempfile::tempdir().unwrap();
        let args = Args { run: dir.path().to_owned(), rules: None };
        assert!(matches!(run(&args, &Options::default()), Err(Failure::NoInput(_))));
    }
}
