//! `run.json`: how a run came about. Written last; the only place with a time of day.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Serialize, Serializer};

use super::csv::Written;
use crate::failure::Failure;

/// All there is to know about a run but its findings.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Manifest {
    /// The version of the program.
    pub version: String,
    /// The run's name.
    pub run_id: String,
    /// The command, word by word.
    pub command: Vec<String>,
    /// When it began, RFC 3339.
    pub started: String,
    /// When it was complete, RFC 3339.
    pub finished: String,
    /// The exit code it ended with.
    pub exit_code: u8,
    /// The rules it went by.
    pub rules: RulesUsed,
    /// Every setting in effect, by name.
    pub settings: BTreeMap<String, Setting>,
    /// What was read.
    pub inputs: Inputs,
    /// What each stage did, in their order.
    pub stages: Vec<StageCount>,
    /// Limits that could have been hit, with what was left out where they were.
    pub caps: Vec<Cap>,
    /// The tables written.
    pub tables: Vec<Written>,
    /// The page and the workbook, where they were asked for.
    pub pages: Vec<String>,
    /// Most memory used at any time, in bytes, where the system tells.
    pub peak_memory: Option<u64>,
    /// Threads that worked.
    pub threads: usize,
}

/// The rules of a run.
#[derive(Clone, Debug, Default, Serialize)]
pub struct RulesUsed {
    /// 32 hexadecimal digits (XXH3) over all texts.
    pub digest: String,
    /// Every file with its whole text.
    pub files: Vec<RuleText>,
}

/// One file of rules.
#[derive(Clone, Debug, Default, Serialize)]
pub struct RuleText {
    /// Where it was.
    pub path: String,
    /// What it said; all rules are some megabytes.
    #[serde(serialize_with = "as_text")]
    pub text: Arc<str>,
}

fn as_text<S: Serializer>(text: &Arc<str>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(text)
}

/// A setting in effect.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Setting {
    /// Its value.
    pub value: serde_json::Value,
    /// Who set it: an option, or the default.
    pub origin: String,
}

/// What was read.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Inputs {
    /// The folder that all paths of documents count from; empty where sources stay without a name.
    pub folder: String,
    /// Documents read.
    pub documents: u64,
    /// Bytes read.
    pub bytes: u64,
    /// 32 hexadecimal digits (XXH3) over all files, in the order of their names.
    pub digest: String,
    /// The files.
    pub files: Vec<InputFile>,
}

/// One file that was read.
#[derive(Clone, Debug, Default, Serialize)]
pub struct InputFile {
    /// Path relative to the corpus.
    pub path: String,
    /// Its size.
    pub bytes: u64,
    /// 32 hexadecimal digits (XXH3).
    pub digest: String,
}

/// What a stage did.
#[derive(Clone, Debug, Default, Serialize)]
pub struct StageCount {
    /// The stage.
    pub stage: String,
    /// What it counts: `documents`, `mentions`, `pairs`…
    pub what: String,
    /// How many came in.
    pub taken: u64,
    /// How many came out.
    pub given: u64,
    /// How many failed.
    pub failed: u64,
    /// How long it took.
    pub seconds: f64,
}

/// A limit that keeps work bounded.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Cap {
    /// Its name in the rules.
    pub name: String,
    /// The limit.
    pub limit: u64,
    /// How often it was hit; 0 for never.
    pub hit: u64,
    /// What was left out where it was hit.
    pub dropped: u64,
}

impl Manifest {
    /// The bytes of `run.json`.
    ///
    /// # Errors
    /// [`Failure::Fatal`] when it cannot be written as JSON, which no value here causes.
    pub fn to_json(&self) -> Result<Vec<u8>, Failure> {
        let written = serde_json::to_vec_pretty(self);
        written.map_err(|error| Failure::Fatal(format!("run.json cannot be written: {error}")))
    }
}

/// The most memory this process has used so far, in bytes, where `/proc` tells.
pub fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok().map(|kilobytes| kilobytes * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_everything_under_its_name() {
        let manifest = Manifest { version: "1.2.3".into(), exit_code: 3, ..Manifest::default() };
        let read: serde_json::Value = serde_json::from_slice(&manifest.to_json().unwrap()).unwrap();
        assert_eq!((read["version"].as_str(), read["exit_code"].as_u64()), (Some("1.2.3"), Some(3)));
        for key in ["rules", "settings", "inputs", "stages", "caps", "tables", "pages", "peak_memory"] {
            assert!(read.get(key).is_some(), "{key}");
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn memory_is_told_where_the_system_does() {
        assert!(peak_memory().is_some_and(|bytes| bytes > 100_000));
    }
}
