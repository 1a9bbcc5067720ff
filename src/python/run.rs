//! A whole run, and the tables of one.

use std::path::PathBuf;

use clap::Parser;
use pyo3::prelude::*;

use super::attend::attend;
use super::failure::raised;
use super::table::Table;
use crate::cli::{Cli, Command};
use crate::command::run::{Terms, carry_out};
use crate::failure::Failure;
use crate::report::tables;
use crate::rules::RuleBook;
use crate::run::progress::{Progress, Show};
use crate::run::stop::Stop;
use crate::settings::{Layers, Options};

/// The options of `variorum run`, as on the command line.
///
/// # Errors
/// [`Failure::Usage`], in the words of the command line.
pub fn parsed(words: &[String]) -> Result<(crate::command::run::Args, Options), Failure> {
    let words = ["variorum", "run"].into_iter().chain(words.iter().map(String::as_str));
    let Cli { command, options } = Cli::try_parse_from(words).map_err(|error| Failure::Usage(error.to_string()))?;
    match command {
        Command::Run(args) => Ok((args, options)),
        _ => Err(Failure::Usage("these are no options of `variorum run`".into())),
    }
}

/// Runs with the words of the command line. `tell(stage, done, total)` is called about ten times a second.
/// Returns the exit code and the run's folder.
#[pyfunction]
pub fn run(py: Python<'_>, words: Vec<String>, tell: Option<Py<PyAny>>) -> PyResult<(u8, PathBuf)> {
    let (stop, progress) = (Stop::never(), Progress::new(Show::Never));
    let (switch, watch) = (stop.switch(), progress.watch());
    let say = |py: Python<'_>| match (&tell, watch.look()) {
        (Some(tell), Some(seen)) => tell.call1(py, seen).map(drop),
        _ => Ok(()),
    };
    let published = attend(py, &switch, say, || {
        let (args, options) = parsed(&words)?;
        let layers = Layers::load(&options)?;
        let terms = Terms::of(&args, &layers)?;
        let plan = args.inputs.plan(&terms.book, &terms.effective.output, &layers)?;
        carry_out(&args, &terms, &plan, (progress.with_log(layers.manner.open_log()?), stop))
    })?;
    Ok((published.outcome.code(), published.path))
}

/// The tables of the run in `folder`, by name.
#[pyfunction]
pub fn stored(folder: PathBuf) -> PyResult<Vec<(&'static str, Table)>> {
    let cells = RuleBook::load(None).map_err(|failure| raised(&failure))?.report.cells;
    let stored = crate::report::stored::Stored::open(&folder, &cells).map_err(|failure| raised(&failure))?;
    let written = tables::ALL.into_iter().filter(|table| stored.has(table.name));
    Ok(written.map(|table| (table.name, Table::stored(folder.clone(), table, cells.clone()))).collect())
}
