//! What ends a command, and what it tells the caller through its exit code.

use std::path::PathBuf;
use std::process::ExitCode;

/// How a command ended that did its work; the exit codes of the README.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// 0: complete.
    Complete,
    /// 3: published, some documents failed.
    SomeFailed,
    /// 4: too many failed: kept under its run id, not published.
    TooManyFailed,
    /// 5: a `--fail-on` gate tripped.
    GateTripped,
}

/// Why a command could not do its work. The text says what happened, where, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// 1: something nobody foresaw.
    #[error("{0}")]
    Fatal(String),
    /// 2: settings or rules are wrong; found before any work.
    #[error("{0}")]
    Usage(String),
    /// 6: nothing to work on.
    #[error("{0}")]
    NoInput(String),
    /// 74: output could not be written.
    #[error("cannot write {path}: {source}\n  free some space or choose another folder with -o, then run the same command again: it goes on where it stopped", path = .path.display())]
    Output {
        /// What was being written.
        path: PathBuf,
        /// Why it failed.
        source: std::io::Error,
    },
    /// 130 or 143: stopped by a signal.
    #[error("interrupted: nothing was published, and what is done is kept; to go on where it stopped:\n{resume}")]
    Interrupted {
        /// The signal's number: 2 or 15.
        signal: u8,
        /// The command that resumes.
        resume: String,
    },
}

impl Outcome {
    /// The exit code that tells this outcome, as a number.
    pub fn code(self) -> u8 {
        match self {
            Self::Complete => 0,
            Self::SomeFailed => 3,
            Self::TooManyFailed => 4,
            Self::GateTripped => 5,
        }
    }

    /// The exit code that tells this outcome.
    pub fn exit_code(self) -> ExitCode {
        ExitCode::from(self.code())
    }
}

impl Failure {
    /// The exit code that tells this failure.
    pub fn exit_code(&self) -> ExitCode {
        ExitCode::from(match self {
            Self::Fatal(_) => 1,
            Self::Usage(_) => 2,
            Self::NoInput(_) => 6,
            Self::Output { .. } => 74,
            Self::Interrupted { signal, .. } => 128 + signal,
        })
    }

    /// A failure to write `path`.
    pub fn output(path: impl Into<PathBuf>, source: std::io::Error) -> Self {
        Self::Output { path: path.into(), source }
    }
}
