//! `variorum man`: the manual pages.

use std::io::Write;
use std::path::PathBuf;

use clap::CommandFactory;

use crate::cli::Cli;
use crate::failure::{Failure, Outcome};

/// Options of `variorum man`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Write one page a command into this folder, instead of the first page to standard output.
    folder: Option<PathBuf>,
}

const EXAMPLES: &str = "Examples:
  variorum man | man -l -
  variorum man ~/.local/share/man/man1";

/// Prints or writes the pages in roff, for `man -l` or a folder such as share/man/man1.
///
/// # Errors
/// [`Failure::Output`] when they cannot be written.
pub fn run(args: &Args) -> Result<Outcome, Failure> {
    let command = Cli::command();
    match &args.folder {
        Some(folder) => std::fs::create_dir_all(folder)
            .and_then(|()| clap_mangen::generate_to(command, folder))
            .map_err(|error| Failure::output(folder, error))?,
        None => print(command).map_err(|error| Failure::output("standard output", error))?,
    }
    Ok(Outcome::Complete)
}

fn print(command: clap::Command) -> std::io::Result<()> {
    let mut page = Vec::new();
    clap_mangen::Man::new(command).render(&mut page)?;
    std::io::stdout().write_all(&page)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_has_a_page() {
        let dir = tempfile::tempdir().unwrap();
        run(&Args { folder: Some(dir.path().to_owned()) }).unwrap();
        for command in Cli::command().get_subcommands() {
            assert!(dir.path().join(format!("variorum-{}.1", command.get_name())).exists(), "{}", command.get_name());
        }
    }
}
