//! `variorum check`: would a run do what I want? Nothing is written.

use std::path::{Path, PathBuf};

use super::run::{InputArgs, OUTPUT};
use crate::failure::{Failure, Outcome};
use crate::read::{Plan, read_file};
use crate::rules::{self, RuleBook};
use crate::settings::{Layers, Options};

/// Options of `variorum check`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  variorum check corpus --manifest manifest.csv\n  variorum check --rules my-rules corpus"
)]
pub struct Args {
    /// What to read.
    #[command(flatten)]
    inputs: InputArgs,
    /// Take rules from this folder; built-in ones stand in for files that are not there.
    #[arg(long, value_name = "DIR")]
    rules: Option<PathBuf>,
}

/// Checks rules, their examples and whether the inputs can be read.
///
/// # Errors
/// [`Failure::Usage`] for mistakes in the rules or failing examples, [`Failure::NoInput`] for nothing to read.
pub fn run(args: &Args, options: &Options) -> Result<Outcome, Failure> {
    let layers = Layers::load(options)?;
    let book = layers.book(args.rules.as_deref())?;
    println!("rules: {} tables, {} examples hold", book.rules().len(), examples(&book)?);
    let plan = args.inputs.plan(&book, Path::new(OUTPUT), &layers)?;
    println!("inputs: {} files, {:.1} MB", plan.files.len(), plan.bytes() as f64 / 1e6);
    let found = Readable::of(&plan, &book);
    println!(
        "documents: {} readable from {} sources, {} not",
        found.documents,
        found.sources.len(),
        found.problems.len()
    );
    println!("language: {} English, {} other", found.english, found.documents - found.english);
    println!("published: {} of {} with a date from manifest or metadata", found.dated, found.documents);
    found.problems.iter().take(20).for_each(|p| println!("  {}: {}: {}", p.document, p.code, p.message));
    println!("scratch space needed: about {:.1} MB", plan.bytes() as f64 * SCRATCH / 1e6);
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

/// What reading the inputs once shows.
#[derive(Default)]
struct Readable {
    documents: u64,
    english: u64,
    dated: u64,
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
                    found.sources.insert(document.source);
                }
                Err(problem) => found.problems.push(problem),
            });
        }
        found
    }
}
