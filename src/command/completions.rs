//! `variorum completions`: completion scripts.

use clap::CommandFactory;

use crate::cli::Cli;
use crate::failure::{Failure, Outcome};

/// Options of `variorum completions`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The shell to complete in.
    shell: clap_complete::Shell,
}

const EXAMPLES: &str = "Examples:
  variorum completions bash > ~/.local/share/bash-completion/completions/variorum
  variorum completions fish > ~/.config/fish/completions/variorum.fish";

/// Prints the completion script to stdout.
///
/// # Errors
/// None: clap's generator writes to stdout.
pub fn run(args: &Args) -> Result<Outcome, Failure> {
    clap_complete::generate(args.shell, &mut Cli::command(), "variorum", &mut std::io::stdout());
    Ok(Outcome::Complete)
}
