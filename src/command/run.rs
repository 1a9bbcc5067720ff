//! `variorum run`: the batch, from a folder of documents to a run folder of tables.

mod effective;
mod terms;

use std::path::{Path, PathBuf};

use clap::Args as ClapArgs;
use serde_json::json;

use crate::failure::{Failure, Outcome};
use crate::read::{self, Inputs, Plan};
use crate::report::csv::Dialect;
use crate::rules::RuleBook;
use crate::run::gate::{Gate, Share};
use crate::run::progress::Progress;
use crate::run::publish::{self, Published};
use crate::run::stop::{Stop, shell_line};
use crate::settings::parsed::Size;
use crate::settings::{Layers, Options};
pub use effective::{Effective, MEMORY, OUTPUT};
pub use terms::Terms;

/// Options of `variorum run`.
#[derive(Debug, ClapArgs)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// What to read.
    #[command(flatten)]
    pub inputs: InputArgs,
    /// Write run folders here: runs/RUN_ID/, and latest beside it [default: reports].
    #[arg(short, long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// Take rules from this folder; built-in ones stand in for files that are not there.
    #[arg(long, value_name = "DIR")]
    pub rules: Option<PathBuf>,
    /// Threads that work; by default one a processor.
    #[arg(short, long, value_name = "N")]
    pub jobs: Option<usize>,
    /// People's verdicts, which override [default: judgements.toml in the current folder, if there].
    #[arg(long, value_name = "FILE")]
    pub judgements: Option<PathBuf>,
    /// Sources' replies to findings [default: replies.toml in the current folder, if there].
    #[arg(long, value_name = "FILE")]
    pub replies: Option<PathBuf>,
    /// Name no source: outlets and documents are called by codes that only this KEY gives again.
    #[arg(long, value_name = "KEY")]
    pub anonymize: Option<String>,
    /// Ceiling for memory: 512M, 2G [default: 2G].
    #[arg(long, value_name = "SIZE")]
    pub max_memory: Option<Size>,
    /// The flavour of CSV [default: excel].
    #[arg(long, value_name = "FLAVOUR")]
    pub csv: Option<Dialect>,
    /// List the pairs that were looked at and turned down, in not_comparable.csv.
    #[arg(long)]
    pub near_misses: bool,
    /// CSV with the columns item, value: verified facts (a slot_id and its value) and trusted sources (a source and
    /// its trust from 0 to 1) to start the search for the best reading of the disputes from.
    #[arg(long, value_name = "FILE")]
    pub anchors: Option<PathBuf>,
    /// Write report.html too: scores, disagreements and copies on one page.
    #[arg(long)]
    pub html: bool,
    /// Write scorecard.xlsx too: the tables as sheets of one workbook.
    #[arg(long)]
    pub xlsx: bool,
    /// Publish unless more than this share of the documents failed [default: 5%].
    #[arg(long, value_name = "SHARE")]
    pub max_fail: Option<Share>,
    /// Exit with 5 when this holds: contradictions>0, disagreements>=10, problems>0.
    #[arg(long, value_name = "CONDITION")]
    pub fail_on: Vec<Gate>,
    /// Use what earlier runs into the same folder kept, and go on where one was interrupted: the default.
    #[arg(long, conflicts_with = "fresh")]
    pub resume: bool,
    /// Use nothing of what earlier runs kept.
    #[arg(long)]
    pub fresh: bool,
    /// Say what would be read, and stop.
    #[arg(long)]
    pub dry_run: bool,
}

/// What to read.
#[derive(Debug, ClapArgs)]
pub struct InputArgs {
    /// Files, folders and patterns such as 'corpus/**/*.html'.
    #[arg(value_name = "INPUT")]
    pub inputs: Vec<PathBuf>,
    /// A CSV with the columns path, source, published, url; paths count from its folder.
    #[arg(long, value_name = "FILE")]
    pub manifest: Option<PathBuf>,
    /// Read a list of files, one a line; - for standard input.
    #[arg(long, value_name = "FILE")]
    pub files_from: Option<PathBuf>,
    /// Read only documents published on or after this day.
    #[arg(long, value_name = "DATE")]
    pub since: Option<jiff::civil::Date>,
    /// Read only the first N files.
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
}

const EXAMPLES: &str = "Examples:
  variorum run corpus -o reports
  variorum run corpus --manifest manifest.csv --near-misses --html --xlsx
  variorum run 'dumps/*.jsonl.gz' --fail-on 'contradictions>0'
  find corpus -name '*.txt' | variorum run --files-from - -o reports
  variorum run corpus --set score.scorecard.loss.number=0.3 --judgements judgements.toml

Settings that a file variorum.toml in the current folder holds need not be given again; `variorum init` writes one. \
An option has the last word, then --set, then the file.

Exit codes: 0 complete; 3 published, some documents failed; 4 too many failed, kept and not published; \
5 a --fail-on condition holds; 6 no usable input; 74 output could not be written; 2 usage; 1 fatal; \
130 or 143 interrupted, the last line is the command that goes on.";

impl InputArgs {
    /// Finds the files, those left out that runs wrote into `output`.
    ///
    /// # Errors
    /// [`Failure::NoInput`] when there is nothing to read, [`Failure::Usage`] when the manifest cannot be.
    pub fn plan(&self, book: &RuleBook, output: &Path, layers: &Layers) -> Result<Plan, Failure> {
        let named = Some(self.inputs.clone()).filter(|inputs| !inputs.is_empty() || self.files_from.is_some());
        let inputs = Inputs {
            paths: layers.pick(named, |s| s.inputs.clone()).value.unwrap_or_default(),
            files_from: self.files_from.clone(),
            manifest: layers.pick(self.manifest.clone(), |s| s.manifest.clone()).value,
            output: Some(output.to_owned()),
            limit: layers.pick(self.limit, |s| s.limit).value,
            since: self.since(layers),
        };
        read::plan(&inputs, &book.read)
    }

    /// The first day of publication that is read.
    pub fn since(&self, layers: &Layers) -> Option<jiff::civil::Date> {
        layers.pick(self.since, |s| s.since.map(|day| day.0)).value
    }
}

/// Runs the batch.
///
/// # Errors
/// Whatever kept it from publishing; what was published before is untouched then.
pub fn run(args: &Args, options: &Options) -> Result<Outcome, Failure> {
    let layers = Layers::load(options)?;
    let terms = Terms::of(args, &layers)?;
    let plan = args.inputs.plan(&terms.book, &terms.effective.output, &layers)?;
    if layers.manner.verbose {
        eprint!("{}", terms.effective.lines());
    }
    if args.dry_run {
        println!(
            "{} files, {} bytes, {} problems in the manifest",
            plan.files.len(),
            plan.bytes(),
            plan.problems.len()
        );
        return Ok(Outcome::Complete);
    }
    let stop = Stop::on_signals(resume_command())?;
    let progress = Progress::new(terms.effective.progress).with_log(layers.manner.open_log()?);
    Ok(carry_out(args, &terms, &plan, (progress, stop))?.outcome)
}

/// Analyses what is planned and publishes it; `hands` show the progress and can stop it.
///
/// # Errors
/// As [`run`].
pub fn carry_out(args: &Args, terms: &Terms, plan: &Plan, hands: (Progress, Stop)) -> Result<Published, Failure> {
    let setup = terms.setup(plan, args.fresh, hands);
    let words = shell_line(setup.mask.command(std::env::args().collect()));
    setup.progress.log("begin", &json!({ "command": words, "files": plan.files.len(), "bytes": plan.bytes() }));
    let done = threads(terms.effective.jobs)?.install(|| publish::publish(&setup));
    done.inspect_err(|failure| setup.progress.log("failure", &json!({ "why": failure.to_string() })))
}

/// The command that was given, without `--fresh`: that would begin anew.
fn resume_command() -> String {
    shell_line(std::env::args_os().map(|word| word.to_string_lossy().into_owned()).filter(|word| word != "--fresh"))
}

/// A pool of `jobs` threads, or of one a processor.
///
/// # Errors
/// [`Failure::Fatal`] when the system gives no threads.
pub fn threads(jobs: Option<usize>) -> Result<rayon::ThreadPool, Failure> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs.unwrap_or(0)).build();
    pool.map_err(|error| Failure::Fatal(format!("cannot start threads: {error}")))
}
