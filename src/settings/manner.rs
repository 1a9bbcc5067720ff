//! How a command speaks to whoever started it; for all commands, before their name or behind it.

use std::path::PathBuf;

use crate::failure::Failure;
use crate::run::log::{Format, Log};
use crate::run::progress::Show;

/// When colours are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Colour {
    /// On a terminal, unless NO_COLOR says otherwise.
    #[default]
    Auto,
    /// Wherever the output goes.
    Always,
    /// Nowhere.
    Never,
}

/// What is said besides the result.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Manner {
    /// Say nothing but errors.
    #[arg(short, long, global = true, help_heading = "Manner")]
    pub quiet: bool,
    /// Say before a run which settings are in effect and who set them.
    #[arg(short, long, global = true, conflicts_with = "quiet", help_heading = "Manner")]
    pub verbose: bool,
    /// When to show progress [default: auto].
    #[arg(long, value_name = "WHEN", global = true, help_heading = "Manner")]
    pub progress: Option<Show>,
    /// When to write in colours.
    #[arg(long, value_name = "WHEN", default_value = "auto", global = true, help_heading = "Manner")]
    pub color: Colour,
    /// Tell a log what a run does and when, a line an event; runs append to it.
    #[arg(long, value_name = "FILE", global = true, help_heading = "Manner")]
    pub log: Option<PathBuf>,
    /// How lines of the log are written [default: text].
    #[arg(long, value_name = "FORMAT", global = true, help_heading = "Manner")]
    pub log_format: Option<Format>,
}

impl Manner {
    /// Lets all that is written from now on have colours or none.
    pub fn set_colour(&self) {
        let choice = match self.color {
            Colour::Auto => anstream::ColorChoice::Auto,
            Colour::Always => anstream::ColorChoice::Always,
            Colour::Never => anstream::ColorChoice::Never,
        };
        choice.write_global();
    }

    /// Says a line on stderr, unless nothing is to be said.
    pub fn say(&self, line: impl std::fmt::Display) {
        if !self.quiet {
            eprintln!("{line}");
        }
    }

    /// The log that was asked for.
    ///
    /// # Errors
    /// [`Failure::Output`] when it cannot be written.
    pub fn open_log(&self) -> Result<Option<Log>, Failure> {
        self.log.as_deref().map(|path| Log::open(path, self.log_format.unwrap_or_default())).transpose()
    }
}
