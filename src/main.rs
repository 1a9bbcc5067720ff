//! Parse, run, exit code.

use std::process::ExitCode;

use clap::Parser;
use variorum::cli;

fn main() -> ExitCode {
    match cli::run(&cli::Cli::parse()) {
        Ok(outcome) => outcome.exit_code(),
        Err(failure) => {
            eprintln!("variorum: {failure}");
            failure.exit_code()
        }
    }
}
