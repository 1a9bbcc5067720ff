//! `variorum completions`: completion scripts.

use clap::CommandFactory;

use crate::cli::Cli;
use crate::failure::{Failure, Outcome};

/// Options of `variorum completions`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The shell to complete in.
    shell: clap_complete::Shell,
}

/// Prints the completion script to stdout.
///
/// # Errors
/// None: clap's generator writes to stdout.
pub fn run(args: &Args) -> Result<Outcome, Failure> {
    clap_complete::generate(args.shell, &mut Cli::command(), "variorum", &mut std::io::stdout());
    Ok(Outcome::Complete)
}
