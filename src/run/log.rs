//! `--log`: what a run did and when, a line an event, for those who were not there.

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::sync::Mutex;

use jiff::Timestamp;
use serde_json::{Map, Value};

use crate::failure::Failure;

/// How a line is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// Time, event, then `name=value`.
    #[default]
    Text,
    /// An object a line, with `time` and `event` in front.
    Json,
}

/// A file of events; runs append to it.
#[derive(Debug)]
pub struct Log {
    file: Mutex<File>,
    format: Format,
}

impl Log {
    /// Opens the file at `path`, or begins it.
    ///
    /// # Errors
    /// [`Failure::Output`].
    pub fn open(path: &Path, format: Format) -> Result<Self, Failure> {
        let file = File::options().create(true).append(true).open(path);
        let file = file.map_err(|error| Failure::output(path, error))?;
        Ok(Self { file: Mutex::new(file), format })
    }

    /// Writes an event with what is known of it, an object.
    pub fn tell(&self, event: &str, facts: &Value) {
        let line = line(&Timestamp::now().strftime("%FT%TZ").to_string(), event, facts, self.format);
        if let Ok(mut file) = self.file.lock() {
            // A log that cannot be written is no reason to lose a night's work.
            let _ = file.write_all(line.as_bytes());
        }
    }
}

fn line(time: &str, event: &str, facts: &Value, format: Format) -> String {
    let none = Map::new();
    let facts = facts.as_object().unwrap_or(&none);
    if format == Format::Json {
        let mut all = Map::from_iter([("time".to_owned(), time.into()), ("event".to_owned(), event.into())]);
        all.extend(facts.clone());
        return format!("{}\n", Value::Object(all));
    }
    let shown = facts.iter().map(|(name, value)| match value {
        Value::String(text) => format!(" {name}={text:?}"),
        other => format!(" {name}={other}"),
    });
    format!("{time} {event}{}\n", shown.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_one_line() {
        let facts = serde_json::json!({ "stage": "read", "done": 3, "why": "a\nb" });
        assert_eq!(line("T", "progress", &facts, Format::Text), "T progress done=3 stage=\"read\" why=\"a\\nb\"\n");
        let json = line("T", "progress", &facts, Format::Json);
        let read: Value = serde_json::from_str(&json).unwrap();
        assert_eq!(
            (read["event"].as_str(), read["done"].as_u64(), json.lines().count()),
            (Some("progress"), Some(3), 1)
        );
    }

    #[test]
    fn runs_append() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("log");
        for event in ["begin", "end"] {
            Log::open(&path, Format::Text).unwrap().tell(event, &Value::Null);
        }
        assert_eq!(std::fs::read_to_string(path).unwrap().lines().count(), 2);
    }
}
