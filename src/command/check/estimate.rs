//! `variorum check --estimate`: what a run would take, by running it on a sample.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::Deserialize;
use serde_json::json;

use super::sample::Sample;
use crate::command::run::threads;
use crate::failure::Failure;
use crate::read::{self, Inputs, Plan};
use crate::rules::RuleBook;
use crate::run::publish::{Published, Setup, Untold, publish};

/// What a run of the whole corpus is expected to take.
#[derive(Debug)]
pub struct Forecast {
    /// Documents of the sample.
    sample: u64,
    documents: u64,
    /// Pairs of mentions compared.
    candidates: f64,
    /// Most memory, in bytes; none where the system does not tell.
    memory: Option<f64>,
    /// Bytes that stay: tables, and what is kept for the next run.
    kept: f64,
    /// Most bytes on the disk while it runs.
    disk: f64,
    seconds: f64,
}

/// How a run is made.
pub struct Means {
    /// Threads; one a processor where nothing is said.
    pub jobs: Option<usize>,
    /// Ceiling for memory in bytes.
    pub memory: usize,
}

/// What one run took.
#[derive(Debug, Default)]
struct Cost {
    documents: f64,
    candidates: f64,
    memory: Option<f64>,
    kept: f64,
    seconds: f64,
}

/// What is read of `run.json`.
#[derive(Deserialize)]
struct Told {
    stages: Vec<Stage>,
    peak_memory: Option<u64>,
}

#[derive(Deserialize)]
struct Stage {
    what: String,
    taken: u64,
    seconds: f64,
}

impl Forecast {
    /// Runs a sample of the documents of `plan`, of which `days` tells how many each day has.
    ///
    /// # Errors
    /// Whatever kept the runs from being complete.
    pub fn of(
        plan: &Plan,
        book: &RuleBook,
        days: &BTreeMap<Option<jiff::civil::Date>, u64>,
        means: &Means,
    ) -> Result<Self, Failure> {
        let folder = tempfile::tempdir().map_err(|error| Failure::output(std::env::temp_dir(), error))?;
        let sample = Sample::of(days);
        let drawn = folder.path().join("sample.jsonl");
        sample.write(plan, book, &drawn)?;
        let single = folder.path().join("single.jsonl");
        first_line(&drawn, &single)?;
        let run = |corpus: &Path, name: &str| cost(corpus, &folder.path().join(name), book, means);
        // The first run loads what all runs share.
        let (first, second, whole) = (run(&single, "first")?, run(&single, "second")?, run(&drawn, "whole")?);
        Ok(Self::from_costs((days.values().sum(), sample.share), &first, &second, &whole, means.memory as f64))
    }

    /// From a run that loads what all share, a run of one document and a run of the sample, for so many documents of
    /// which the sample is a share, under a ceiling of memory in bytes.
    fn from_costs((documents, share): (u64, f64), first: &Cost, single: &Cost, sample: &Cost, ceiling: f64) -> Self {
        let factor = (documents as f64 / sample.documents.max(1.0)).max(1.0);
        let grown = |single: f64, sample: f64| single + (sample - single).max(0.0) * factor;
        let kept = grown(single.kept, sample.kept);
        Self {
            sample: sample.documents as u64,
            documents,
            // Of thinned days a pair is met as often as both its sides are.
            candidates: sample.candidates * factor / share,
            memory: first.memory.zip(sample.memory).map(|(one, many)| {
                // What a sample takes are buffers for the most part, which the ceiling bounds.
                let bounded = many + BUFFERS * ceiling + HELD * (kept - sample.kept).max(0.0);
                grown(one, many).min(bounded)
            }),
            kept,
            disk: kept * SCRATCH,
            seconds: first.seconds - single.seconds + grown(single.seconds, sample.seconds),
        }
    }

    /// A few lines.
    pub fn print(&self) {
        let Self { sample, documents, candidates, kept, disk, seconds, .. } = self;
        println!("estimate, from a run of {sample} of {documents} documents:");
        println!("  candidates: about {candidates:.0} pairs of mentions compared");
        if let Some(memory) = self.memory {
            println!("  memory: about {:.0} MB at most", memory / 1e6);
        }
        println!("  disk: about {:.0} MB while it runs, of which {:.0} MB stay", disk / 1e6, kept / 1e6);
        println!("  time: about {seconds:.0} s on this machine as busy as it is now");
    }

    /// The same as names and values.
    pub fn json(&self) -> serde_json::Value {
        json!({
            "sample_documents": self.sample,
            "documents": self.documents,
            "candidates": self.candidates.round(),
            "memory_bytes": self.memory.map(f64::round),
            "kept_bytes": self.kept.round(),
            "disk_bytes": self.disk.round(),
            "seconds": self.seconds,
        })
    }
}

/// The part of the ceiling that buffers come to fill beyond what a sample takes, and the bytes held in memory for each
/// that stays on the disk (what documents are recognised by, who fills slots): as measured of 100,000 documents under
/// 512M and of a million under 2G (`reports/benchmarks/2026-11-23-million.md`).
const BUFFERS: f64 = 1.0 / 12.0;
const HELD: f64 = 0.068;

/// Bytes on the disk while a run goes on for each that stays: what waits there is packed, and goes as its table is written.
const SCRATCH: f64 = 1.1;

fn first_line(from: &Path, to: &Path) -> Result<(), Failure> {
    let text = fs::read_to_string(from).map_err(|error| Failure::output(from, error))?;
    let line = text.split_inclusive('\n').next().unwrap_or_default();
    fs::write(to, line).map_err(|error| Failure::output(to, error))
}

/// Runs a corpus of one file and tells what that took.
fn cost(corpus: &Path, output: &Path, book: &RuleBook, means: &Means) -> Result<Cost, Failure> {
    let plan = read::plan(&Inputs { paths: vec![corpus.to_owned()], ..Inputs::default() }, &book.read)?;
    let untold = Untold::default();
    let setup = Setup { memory: means.memory, ..Setup::silent(book, &plan, output, &untold) };
    let _: Published = threads(means.jobs)?.install(|| publish(&setup))?;
    let failed = |error| Failure::output(output, error);
    let told = fs::read(output.join("latest/run.json")).map_err(failed)?;
    let told: Told = serde_json::from_slice(&told).map_err(|error| Failure::Fatal(format!("run.json: {error}")))?;
    let stage = |what: &str| told.stages.iter().find(|stage| stage.what == what);
    let taken = |what: &str| stage(what).map_or(0.0, |stage| stage.taken as f64);
    Ok(Cost {
        documents: taken("documents"),
        candidates: taken("pairs"),
        memory: told.peak_memory.map(|bytes| bytes as f64),
        kept: bytes_under(output).map_err(failed)? as f64,
        seconds: stage("documents").map_or(0.0, |stage| stage.seconds),
    })
}

/// The bytes of all files under a folder; links are not followed.
fn bytes_under(folder: &Path) -> std::io::Result<u64> {
    let mut open = vec![folder.to_owned()];
    let mut bytes = 0;
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let about = entry.metadata()?;
            bytes += about.len();
            if about.is_dir() {
                open.push(entry.path());
            }
        }
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_hangs_on_the_documents_grows_with_them() {
        let cost = |documents, candidates, memory, kept, seconds| Cost {
            documents,
            candidates,
            memory: Some(memory),
            kept,
            seconds,
        };
        let (first, single) = (cost(1.0, 0.0, 60e6, 1e5, 0.5), cost(1.0, 0.0, 61e6, 1e5, 0.25));
        let sample = cost(100.0, 400.0, 70e6, 1.1e6, 1.25);
        let forecast = Forecast::from_costs((1_000, 0.5), &first, &single, &sample, 2e9);
        assert_eq!((forecast.candidates, forecast.kept), (8_000.0, 10.1e6));
        assert_eq!((forecast.memory, forecast.seconds), (Some(160e6), 10.5));
        let bounded = Forecast::from_costs((1_000, 0.5), &first, &single, &sample, 120e6);
        assert_eq!(bounded.memory, Some(70e6 + 10e6 + HELD * 9e6), "buffers grow no further");
    }
}
