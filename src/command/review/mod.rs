//! `variorum review`: a person judges pairs one by one; each answer is on the disk before the next question.

mod context;
mod pick;
mod session;
mod taken;

use std::io::{self, BufRead, IsTerminal};
use std::path::PathBuf;

use super::no_run;
use crate::failure::{Failure, Outcome};
use crate::report::stored::Stored;
use crate::rules::RuleBook;
use crate::store::run_folder;
use crate::voices::book::Book;
use session::{Session, Shown};

/// Options of `variorum review`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// A run's folder, or the folder that was given to `variorum run` as -o.
    #[arg(default_value = "reports")]
    run: PathBuf,
    /// The file that answers are written to; what is judged there is not asked again.
    #[arg(long, value_name = "FILE", default_value = "judgements.toml")]
    judgements: PathBuf,
    /// Hide sources, documents, verdict and rule, so that only the passages count.
    #[arg(long)]
    blind: bool,
    /// Which pairs to ask first.
    #[arg(long, value_enum, value_name = "ORDER", default_value_t)]
    sample: pick::Order,
    /// Ask only about pairs that this rule decided.
    #[arg(long, value_name = "RULE")]
    rule: Option<String>,
    /// Ask at most about N pairs.
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// Who judges; written beside each answer.
    #[arg(long, value_name = "NAME", default_value = "")]
    by: String,
    /// The folder the documents are in, to show the lines around a passage [default: where the run found them].
    #[arg(long, value_name = "DIR")]
    corpus: Option<PathBuf>,
    /// Ask nothing; take the columns reviewed and note of this edited table as judgements.
    #[arg(long, value_name = "FILE")]
    from: Option<PathBuf>,
}

const EXAMPLES: &str = "Examples:
  variorum review reports
  variorum review reports --blind --sample uncertain --limit 50 --by anna
  variorum review reports --rule number --corpus corpus
  variorum review reports --from disagreements.csv

Answers: y they contradict, n they do not, u unsure, or a verdict (agrees, variant, less-precise, superseded); \
words after it are kept as the reason. s skip, c lines around the passages, b take the last answer back, q quit.
Then: variorum run … --judgements judgements.toml, and variorum eval RUN --judgements judgements.toml";

/// Asks, or takes an edited table.
///
/// # Errors
/// [`Failure::NoInput`] when there is no run, [`Failure::Usage`] for a broken file of judgements or an
/// answer in the table that is none, [`Failure::Output`] when an answer cannot be written.
pub fn run(args: &Args) -> Result<Outcome, Failure> {
    let folder = run_folder::resolve(&args.run).ok_or_else(|| no_run(&args.run))?;
    let rules = RuleBook::load(None)?;
    let stored = Stored::open(&folder, &rules.report.cells)?;
    let mut book = Book::open(&args.judgements)?;
    let pairs = pick::pairs(&stored)?;
    if let Some(table) = &args.from {
        let (taken, known) = taken::take(table, &pairs, &mut book, &args.by)?;
        println!("{taken} judgements taken into {}, {known} were there", book.path().display());
        return Ok(Outcome::Complete);
    }
    let mut asked = pick::sample(pairs, args.sample, args.rule.as_deref(), &book);
    asked.truncate(args.limit.unwrap_or(usize::MAX));
    let corpus = args.corpus.clone().or_else(|| read_from(&stored));
    let prompt = io::stdin().is_terminal();
    let shown = Shown { blind: args.blind, corpus: corpus.as_deref(), reading: &rules.read, prompt };
    let mut session = Session::new(&asked, shown, &args.by, &mut book);
    let mut input = io::stdin().lock();
    let mut line = String::new();
    while let Some(question) = session.question() {
        print!("{question}");
        io::Write::flush(&mut io::stdout()).map_err(|error| Failure::output("standard output", error))?;
        line.clear();
        let read =
            input.read_line(&mut line).map_err(|error| Failure::Fatal(format!("cannot read answers: {error}")))?;
        if read == 0 {
            break;
        }
        print!("{}", session.answer(line.trim())?);
    }
    print!("{}", session.farewell());
    Ok(Outcome::Complete)
}

/// The folder that a run found its documents in, if it is still there.
fn read_from(stored: &Stored) -> Option<PathBuf> {
    let folder = stored.manifest()["inputs"]["folder"].as_str().filter(|folder| !folder.is_empty())?;
    Some(PathBuf::from(folder)).filter(|folder| folder.is_dir())
}
