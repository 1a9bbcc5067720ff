//! What `run.json` tells: the only place with a time of day.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;

use jiff::Timestamp;
use xxhash_rust::xxh3::Xxh3;

use super::publish::Setup;
use super::written::Report;
use crate::failure::Outcome;
use crate::matching::pairs::Cut;
use crate::matching::story::Long;
use crate::report::manifest::{
    Cap, InputFile, Inputs, Manifest, RuleText, RulesUsed, Setting, StageCount, peak_memory,
};

/// When a run began.
pub struct Clock {
    began: Timestamp,
    ticks: Instant,
}

impl Clock {
    /// Now.
    pub fn start() -> Self {
        Self { began: Timestamp::now(), ticks: Instant::now() }
    }

    /// A run is named after its beginning, to the second, in UTC.
    pub fn run_id(&self) -> String {
        self.began.strftime("%Y%m%dT%H%M%SZ").to_string()
    }

    fn seconds(&self) -> f64 {
        self.ticks.elapsed().as_secs_f64()
    }
}

/// The manifest of a run that is written.
pub fn manifest(setup: &Setup, report: &Report, clock: &Clock, run_id: &str, outcome: Outcome) -> Manifest {
    Manifest {
        version: env!("CARGO_PKG_VERSION").into(),
        run_id: run_id.into(),
        command: setup.mask.command(std::env::args().collect()),
        started: clock.began.to_string(),
        finished: Timestamp::now().to_string(),
        exit_code: outcome.code(),
        rules: rules(setup),
        settings: settings(setup),
        inputs: inputs(setup, report),
        stages: stages(setup, report, clock),
        caps: caps(setup, report),
        tables: report.written.clone(),
        pages: setup.pages.names(),
        peak_memory: peak_memory(),
        threads: rayon::current_num_threads(),
    }
}

/// The limits that keep a dense story from comparing all with all.
fn caps(setup: &Setup, report: &Report) -> Vec<Cap> {
    let Cut { keys, mentions, crowds, statements, choirs, agreements } = report.tally.cut;
    let Long { chains, documents } = report.tally.long;
    let (rules, chain) = (&setup.book.matching.pairs, setup.book.matching.story.chain);
    let cap = |name: &str, limit: usize, hit, dropped| Cap {
        name: format!("matching.{name}"),
        limit: limit as u64,
        hit,
        dropped,
    };
    vec![
        cap("story.chain", chain, chains, documents),
        cap("pairs.block_cap", rules.block_cap, keys, mentions),
        cap("pairs.statement_pairs", rules.statement_pairs, crowds, statements),
        cap("pairs.story_agreements", rules.story_agreements, choirs, agreements),
    ]
}

fn rules(setup: &Setup) -> RulesUsed {
    let files = setup.book.files().iter().map(|f| RuleText { path: f.path.clone(), text: Arc::clone(&f.text) });
    RulesUsed { digest: setup.book.digest(), files: files.collect() }
}

/// The settings in effect; of the judgements also what they say, so that another run can be held against it.
fn settings(setup: &Setup) -> BTreeMap<String, Setting> {
    let mut settings = setup.settings.clone();
    if let Some(told) = settings.get_mut("judgements").filter(|_| setup.voices.has_judgements()) {
        told.value = setup.voices.told();
    }
    settings
}

fn inputs(setup: &Setup, report: &Report) -> Inputs {
    let hex = |digest: u128| format!("{digest:032x}");
    let files = setup.plan.files.iter().zip(0..).map(|(file, at): (_, usize)| InputFile {
        path: setup.mask.path(&file.relative),
        bytes: file.bytes,
        digest: report.contents.get(at).copied().flatten().map(hex).unwrap_or_default(),
    });
    let files: Vec<InputFile> = files.collect();
    let mut all = Xxh3::new();
    files.iter().for_each(|file| all.update(format!("{}\n{}\n", file.path, file.digest).as_bytes()));
    Inputs {
        folder: folder(setup),
        documents: report.documents,
        bytes: setup.plan.bytes(),
        digest: hex(all.digest128()),
        files,
    }
}

/// Where the documents are; unsaid where sources are to stay without a name.
fn folder(setup: &Setup) -> String {
    let root = std::path::absolute(&setup.plan.root).ok().filter(|_| !setup.mask.is_on());
    root.map(|root| root.to_string_lossy().into_owned()).unwrap_or_default()
}

fn stages(setup: &Setup, report: &Report, clock: &Clock) -> Vec<StageCount> {
    let counted = |stage: &str, what: &str, taken: u64, given: u64| StageCount {
        stage: stage.into(),
        what: what.into(),
        taken,
        given,
        seconds: setup.progress.seconds(stage),
        ..StageCount::default()
    };
    let documents = report.documents + report.failed;
    let pairs: u64 = report.tally.verdicts.values().sum();
    let turned_down = report.tally.verdicts.get("not-comparable").copied().unwrap_or(0);
    let whole = counted("run", "documents", documents, report.documents);
    vec![
        StageCount { seconds: clock.seconds(), failed: report.failed, ..whole },
        counted("compare", "pairs", pairs, pairs - turned_down),
        counted("extract", "documents anew", report.documents_anew, report.documents_anew),
        counted("compare", "stories anew", report.stories_anew, report.stories_anew),
        counted("read", "documents", documents, report.documents),
        counted("group", "documents", report.documents, report.documents),
        counted("match", "documents", report.documents, report.documents),
        counted("score", "documents", report.documents, report.documents),
        counted("write", "tables", report.written.len() as u64, report.written.len() as u64),
    ]
}
