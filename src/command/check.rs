//! `variorum check`: would a run do what I want? Nothing is written.

mod estimate;
mod sample;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::json;

use self::estimate::{Forecast, Means};
use super::run::{InputArgs, MEMORY, OUTPUT};
use crate::failure::{Failure, Outcome};
use crate::read::{Plan, read_file};
use crate::rules::{self, RuleBook};
use crate::settings::{Layers, Options};

/// Options of `variorum check`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  variorum check corpus --manifest manifest.csv\n  variorum check --rules my-rules corpus\n  variorum check corpus --estimate"
)]
pub struct Args {
    /// What to read.
    #[command(flatten)]
    inputs: InputArgs,
    /// Take rules from this folder; built-in ones stand in for files that are not there.
    #[arg(long, value_name = "DIR")]
    rules: Option<PathBuf>,
    /// Forecast candidates, memory, disk and time of a run, by running it on a sample of the documents.
    #[arg(long)]
    estimate: bool,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// Checks rules, their examples and whether the inputs can be read.
///
/// # Errors
/// [`Failure::Usage`] for mistakes in the rules or failing examples, [`Failure::NoInput`] for nothing to read.
pub fn run(args: &Args, options: &Options) -> Result<Outcome, Failure> {
    let layers = Layers::load(options)?;
    let book = layers.book(args.rules.as_deref())?;
    let examples = examples(&book)?;
    let plan = args.inputs.plan(&book, Path::new(OUTPUT), &layers)?;
    let found = Readable::of(&plan, &book);
    let forecast = if args.estimate { Some(found.forecast(&plan, &book, &layers)?) } else { None };
    if args.json {
        let mut told = found.json(&plan, book.rules().len(), examples);
        told["estimate"] = forecast.map(|forecast| forecast.json()).into();
        println!("{told:#}");
    } else {
        println!("rules: {} tables, {examples} examples hold", book.rules().len());
        found.print(&plan);
        forecast.iter().for_each(Forecast::print);
    }
    Ok(if found.problems.is_empty() { Outcome::Complete } else { Outcome::SomeFailed })
}

/// Bytes of scratch space a byte of plain text takes: the text itself, its claims and its statements.
const SCRATCH: f64 = 4.0;

fn examples(book: &RuleBook) -> Result<usize, Failure> {
    let trials = book.try_examples();
    let failed: Vec<_> = trials.iter().flat_map(|(_, trial)| trial.failed.clone()).collect();
    if failed.is_empty() {
        Ok(trials.iter().map(|(_, t)| t.passed).sum())
    } else {
        Err(Failure::Usage(rules::render(&failed)))
    }
}

impl Readable {
    /// What a run would take with the settings in effect.
    fn forecast(&self, plan: &Plan, book: &RuleBook, layers: &Layers) -> Result<Forecast, Failure> {
        let jobs = layers.pick(None, |s| s.jobs).value;
        let memory = layers.pick(None, |s| s.max_memory.map(|m| m.0.0)).value.unwrap_or(MEMORY);
        Forecast::of(plan, book, &self.days, &Means { jobs, memory })
    }

    fn print(&self, plan: &Plan) {
        let (documents, sources) = (self.documents, self.sources.len());
        println!("inputs: {} files, {:.1} MB", plan.files.len(), plan.bytes() as f64 / 1e6);
        println!("documents: {documents} readable from {sources} sources, {} not", self.problems.len());
        println!("language: {} English, {} other", self.english, documents - self.english);
        println!("published: {} of {documents} with a date from manifest or metadata", self.dated);
        self.problems.iter().take(20).for_each(|p| println!("  {}: {}", p.code, p.message));
        println!("scratch space needed: about {:.1} MB", plan.bytes() as f64 * SCRATCH / 1e6);
    }

    fn json(&self, plan: &Plan, rules: usize, examples: usize) -> serde_json::Value {
        let problem =
            |p: &crate::document::Problem| json!({"document": p.document, "code": p.code, "message": p.message});
        json!({
            "rules": rules,
            "examples": examples,
            "files": plan.files.len(),
            "bytes": plan.bytes(),
            "documents": self.documents,
            "sources": self.sources,
            "english": self.english,
            "dated": self.dated,
            "scratch_bytes": (plan.bytes() as f64 * SCRATCH).round(),
            "problems": self.problems.iter().map(problem).collect::<Vec<_>>(),
        })
    }
}

/// What reading the inputs once shows.
#[derive(Default)]
struct Readable {
    documents: u64,
    english: u64,
    dated: u64,
    /// Documents of each day; those without a date have none.
    days: BTreeMap<Option<jiff::civil::Date>, u64>,
    sources: std::collections::BTreeSet<String>,
    problems: Vec<crate::document::Problem>,
}

impl Readable {
    fn of(plan: &Plan, book: &RuleBook) -> Self {
        let mut found = Self { problems: plan.problems.clone(), ..Self::default() };
        for file in &plan.files {
            read_file(file, plan, &book.read, &mut |result| match result {
                Ok(document) => {
                    found.documents += 1;
                    found.english += u64::from(document.language == "en");
                    found.dated += u64::from(document.published.is_some());
                    *found.days.entry(document.published.map(|p| p.date)).or_default() += 1;
                    found.sources.insert(document.source);
                }
                Err(problem) => found.problems.push(problem),
            });
        }
        found
    }
}
