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

/// The text of a failure in its parts: what happened, where, and what to do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// What happened, the place included.
    pub what: String,
    /// The file that is named with a line, if one is.
    pub file: Option<String>,
    /// That line, counted from 1.
    pub line: Option<u32>,
    /// What to do; empty where nothing is advised.
    pub advice: String,
}

impl Told {
    /// Takes a text apart: advice stands on its last lines, indented; a place reads `file:line`.
    pub fn of(text: &str) -> Self {
        let indented = |line: &&str| line.starts_with("  ") && !line.trim_start().starts_with(['|', '^']);
        let lines: Vec<&str> = text.lines().collect();
        let advised = lines.iter().rev().take_while(|line| indented(line)).count().min(lines.len().saturating_sub(1));
        let (what, advice) = lines.split_at(lines.len() - advised);
        let place = text.split_whitespace().find_map(place);
        Self {
            what: what.join("\n"),
            file: place.map(|(file, _)| file.to_owned()),
            line: place.map(|(_, line)| line),
            advice: advice.iter().map(|line| line.trim().trim_start_matches("= help: ")).collect::<Vec<_>>().join("\n"),
        }
    }
}

/// `file:12:3:` as file and line.
fn place(word: &str) -> Option<(&str, u32)> {
    let (file, rest) = word.match_indices(':').find_map(|(at, _)| {
        let rest = &word[at + 1..];
        rest.starts_with(|c: char| c.is_ascii_digit()).then(|| (&word[..at], rest))
    })?;
    let digits = rest.split(|c: char| !c.is_ascii_digit()).next()?;
    Some((file, digits.parse().ok()?)).filter(|(file, _)| file.chars().any(char::is_alphabetic))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_taken_apart() {
        let check = |text: &str, what: &str, place: Option<(&str, u32)>, advice: &str| {
            let told = Told::of(text);
            let expected = Told {
                what: what.into(),
                file: place.map(|(file, _)| file.into()),
                line: place.map(|(_, line)| line),
                advice: advice.into(),
            };
            assert_eq!(told, expected);
        };
        check("a/b.csv:3: 2 cells instead of 3", "a/b.csv:3: 2 cells instead of 3", Some(("a/b.csv", 3)), "");
        check("cannot read x\n  `init` writes one", "cannot read x", None, "`init` writes one");
        check(
            "x.toml:2:1\n  |\n  = help: did you mean `y`?",
            "x.toml:2:1\n  |",
            Some(("x.toml", 2)),
            "did you mean `y`?",
        );
        check("C:/x.toml:7:1 wrong\n  ^", "C:/x.toml:7:1 wrong\n  ^", Some(("C:/x.toml", 7)), "");
        check("nothing at 12:30", "nothing at 12:30", None, "");
        check("", "", None, "");
    }
}
