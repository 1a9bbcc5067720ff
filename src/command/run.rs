//! `variorum run`: the batch, from a folder of documents to a run folder of tables.

use std::path::{Path, PathBuf};

use clap::Args as ClapArgs;
use serde_json::json;

use crate::failure::{Failure, Outcome};
use crate::read::{self, Inputs, Plan};
use crate::report::csv::Dialect;
use crate::report::pages::Pages;
use crate::rules::RuleBook;
use crate::run::gate::{Gate, Share};
use crate::run::known::Known;
use crate::run::log::{Format, Log};
use crate::run::progress::{Progress, Show};
use crate::run::publish::{self, Setup};
use crate::run::stop::{Stop, shell_line};
use crate::score;

/// Options of `variorum run`.
#[derive(Debug, ClapArgs)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// What to read.
    #[command(flatten)]
    pub inputs: InputArgs,
    /// Write run folders here: runs/RUN_ID/, and latest beside it.
    #[arg(short, long, value_name = "DIR", default_value = OUTPUT)]
    pub output: PathBuf,
    /// Take rules from this folder; built-in ones stand in for files that are not there.
    #[arg(long, value_name = "DIR")]
    pub rules: Option<PathBuf>,
    /// Threads that work; by default one a processor.
    #[arg(short, long, value_name = "N")]
    pub jobs: Option<usize>,
    /// Ceiling for memory: 512M, 2G.
    #[arg(long, value_name = "SIZE", default_value = "2G", value_parser = parse_size)]
    pub max_memory: usize,
    /// The flavour of CSV.
    #[arg(long, value_name = "FLAVOUR", default_value = "excel")]
    pub csv: Dialect,
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
    /// Publish unless more than this share of the documents failed.
    #[arg(long, value_name = "SHARE", default_value = "5%")]
    pub max_fail: Share,
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
    /// When to show progress.
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub progress: Show,
    /// Tell a log what is done and when, a line an event; runs append to it.
    #[arg(long, value_name = "FILE")]
    pub log: Option<PathBuf>,
    /// How lines of the log are written.
    #[arg(long, value_name = "FORMAT", default_value = "text", requires = "log")]
    pub log_format: Format,
    /// Say nothing but errors.
    #[arg(short, long)]
    pub quiet: bool,
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

/// Where run folders go when nothing else is said.
pub const OUTPUT: &str = "reports";

const EXAMPLES: &str = "Examples:
  variorum run corpus -o reports
  variorum run corpus --manifest manifest.csv --near-misses --html --xlsx
  variorum run 'dumps/*.jsonl.gz' --fail-on 'contradictions>0'
  find corpus -name '*.txt' | variorum run --files-from - -o reports

Exit codes: 0 complete; 3 published, some documents failed; 4 too many failed, kept and not published;
5 a --fail-on condition holds; 6 no usable input; 74 output could not be written; 2 usage; 1 fatal;
130 or 143 interrupted, the last line is the command that goes on.";

impl InputArgs {
    /// Finds the files, those left out that runs wrote into `output`.
    ///
    /// # Errors
    /// [`Failure::NoInput`] when there is nothing to read, [`Failure::Usage`] when the manifest cannot be.
    pub fn plan(&self, book: &RuleBook, output: &Path) -> Result<Plan, Failure> {
        let inputs = Inputs {
            paths: self.inputs.clone(),
            files_from: self.files_from.clone(),
            manifest: self.manifest.clone(),
            output: Some(output.to_owned()),
            limit: self.limit,
            since: self.since,
        };
        read::plan(&inputs, &book.read)
    }
}

/// Runs the batch.
///
/// # Errors
/// Whatever kept it from publishing; what was published before is untouched then.
pub fn run(args: &Args) -> Result<Outcome, Failure> {
    let book = RuleBook::load(args.rules.as_deref())?;
    let plan = args.inputs.plan(&book, &args.output)?;
    if args.dry_run {
        println!(
            "{} files, {} bytes, {} problems in the manifest",
            plan.files.len(),
            plan.bytes(),
            plan.problems.len()
        );
        return Ok(Outcome::Complete);
    }
    let log = args.log.as_deref().map(|path| Log::open(path, args.log_format)).transpose()?;
    let known = args.anchors.as_deref().map(score::read::facts).transpose()?.map(Known::new).unwrap_or_default();
    let show = if args.quiet { Show::Never } else { args.progress };
    let setup = Setup {
        book: &book,
        plan: &plan,
        output: &args.output,
        memory: args.max_memory,
        dialect: args.csv,
        near_misses: args.near_misses,
        known: &known,
        pages: Pages { html: args.html, xlsx: args.xlsx },
        max_fail: args.max_fail,
        gates: &args.fail_on,
        progress: Progress::new(show).with_log(log),
        quiet: args.quiet,
        fresh: args.fresh,
        stop: Stop::on_signals(resume_command())?,
    };
    let words = shell_line(std::env::args());
    setup.progress.log("begin", &json!({ "command": words, "files": plan.files.len(), "bytes": plan.bytes() }));
    let done = threads(args.jobs)?.install(|| publish::publish(&setup));
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

/// Bytes of `512M`, `2G`, `800000`.
fn parse_size(text: &str) -> Result<usize, String> {
    let (digits, factor) = match text
        .trim_end_matches(['B', 'b'])
        .split_at_checked(text.trim_end_matches(['B', 'b']).len().saturating_sub(1))
    {
        Some((digits, "K" | "k")) => (digits, 1 << 10),
        Some((digits, "M" | "m")) => (digits, 1 << 20),
        Some((digits, "G" | "g")) => (digits, 1 << 30),
        _ => (text, 1),
    };
    let number: usize = digits.trim().parse().map_err(|_| "give a size such as 512M or 2G".to_owned())?;
    number.checked_mul(factor).filter(|bytes| *bytes >= 16 << 20).ok_or_else(|| "give at least 16M".to_owned())
}

#[cfg(test)]
mod tests {
    use super::parse_size;

    #[test]
    fn sizes_are_read_with_their_unit() {
        for (text, expected) in
            [("512M", Some(512 << 20)), ("2G", Some(2 << 30)), ("2GB", Some(2 << 30)), ("1K", None), ("x", None)]
        {
            assert_eq!(parse_size(text).ok(), expected, "{text}");
        }
    }
}
