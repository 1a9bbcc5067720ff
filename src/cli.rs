//! The commands, as clap types.

use clap::{Parser, Subcommand};

use crate::command;
use crate::failure::{Failure, Outcome};
use crate::settings::Options;

/// Finds where many outlets' articles about the same events agree, differ or copy each other,
/// and writes a scorecard per source.
#[derive(Debug, Parser)]
#[command(name = "variorum", version, arg_required_else_help = true)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// Where settings come from, and what is said besides the result.
    #[command(flatten)]
    pub options: Options,
}

/// One variant a command; its options and its work are in `src/command/<name>.rs`.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Score a corpus: from a folder of documents to a run folder of tables.
    Run(command::run::Args),
    /// Check rules and inputs without writing anything.
    Check(command::check::Args),
    /// Show everything behind an id, a source or a document of a run.
    Explain(command::explain::Args),
    /// Say how the two texts of each pair stand to each other.
    Compare(command::compare::Args),
    /// Tell what changed between two runs, and what caused it.
    Diff(command::diff::Args),
    /// Measure verdicts against people's labels.
    Eval(command::eval::Args),
    /// Print how to complete commands in a shell.
    Completions(command::completions::Args),
    /// Write rules to edit and a small corpus to try.
    Init(command::init::Args),
    /// Print or write the manual pages.
    Man(command::man::Args),
    /// Show what is read from one document: each line kept or furniture, and why.
    Inspect(command::inspect::Args),
    /// Write a run's page and workbook again, from its tables.
    Report(command::report::Args),
    /// Judge pairs one by one, or take an edited table back as judgements.
    Review(command::review::Args),
    /// List the rules, show one, or run their examples.
    Rules(command::rules::Args),
    /// Describe rules and tables for editors and programs.
    Schema(command::schema::Args),
    /// Trust and belief for any table of source, item and value.
    Fuse(command::fuse::Args),
}

/// Runs a command.
///
/// # Errors
/// Whatever ended the command before its work was done.
pub fn run(cli: &Cli) -> Result<Outcome, Failure> {
    cli.options.manner.set_colour();
    match &cli.command {
        Command::Run(args) => command::run::run(args, &cli.options),
        Command::Check(args) => command::check::run(args, &cli.options),
        Command::Explain(args) => command::explain::run(args),
        Command::Compare(args) => command::compare::run(args),
        Command::Diff(args) => command::diff::run(args),
        Command::Eval(args) => command::eval::run(args, &cli.options),
        Command::Completions(args) => command::completions::run(args),
        Command::Init(args) => command::init::run(args),
        Command::Man(args) => command::man::run(args),
        Command::Inspect(args) => command::inspect::run(args, &cli.options),
        Command::Report(args) => command::report::run(args, &cli.options),
        Command::Review(args) => command::review::run(args),
        Command::Rules(args) => command::rules::run(args, &cli.options),
        Command::Schema(args) => command::schema::run(args),
        Command::Fuse(args) => command::fuse::run(args, &cli.options),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    /// The words of the first `variorum` in a line of a shell, up to a comment, a pipe or a redirection.
    fn words(line: &str) -> Option<Vec<String>> {
        let line = &line[line.find("variorum ")?..];
        let line = line.split("   ").next().unwrap_or(line);
        let (mut words, mut quoted) = (vec![String::new()], false);
        for c in line.chars() {
            match c {
                '\'' => quoted = !quoted,
                ' ' if !quoted => words.push(String::new()),
                '|' | '>' if !quoted => break,
                c => words.last_mut()?.push(c),
            }
        }
        words.retain(|word| !word.is_empty());
        Some(words)
    }

    #[test]
    fn every_command_shows_examples_that_it_takes() {
        for command in Cli::command().get_subcommands() {
            let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            assert!(help.starts_with("Examples:\n"), "{} has no examples", command.get_name());
            let lines = help.lines().filter(|line| line.starts_with("  ") && line.contains("variorum "));
            let mut tried = 0;
            for words in lines.filter_map(words) {
                let taken = Cli::try_parse_from(&words);
                assert!(taken.is_ok(), "{words:?}\n{}", taken.err().map(|e| e.to_string()).unwrap_or_default());
                tried += usize::from(words[1] == command.get_name());
            }
            assert!(tried > 0, "no example of {}", command.get_name());
        }
    }

    #[test]
    fn the_commands_are_sound() {
        Cli::command().debug_assert();
    }
}
