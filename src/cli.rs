//! The commands, as clap types.

use clap::{Parser, Subcommand};

use crate::command;
use crate::failure::{Failure, Outcome};

/// Finds where many outlets' articles about the same events agree, differ or copy each other,
/// and writes a scorecard per source.
#[derive(Debug, Parser)]
#[command(name = "variorum", version, arg_required_else_help = true)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// One variant a command; its options and its work are in `src/command/<name>.rs`.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Print how to complete commands in a shell.
    Completions(command::completions::Args),
    /// Show what is read from one document: each line kept or furniture, and why.
    Inspect(command::inspect::Args),
    /// List the rules, show one, or run their examples.
    Rules(command::rules::Args),
    /// Print a JSON Schema of the rules, for editors.
    Schema(command::schema::Args),
}

/// Runs a command.
///
/// # Errors
/// Whatever ended the command before its work was done.
pub fn run(cli: &Cli) -> Result<Outcome, Failure> {
    match &cli.command {
        Command::Completions(args) => command::completions::run(args),
        Command::Inspect(args) => command::inspect::run(args),
        Command::Rules(args) => command::rules::run(args),
        Command::Schema(args) => command::schema::run(args),
    }
}
