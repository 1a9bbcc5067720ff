//! `variorum compare`: verdicts for pairs of texts.

use std::io::Write;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::pairs::{self, Judged, Stance};
use crate::failure::{Failure, Outcome};
use crate::rules::RuleBook;

/// Options of `variorum compare`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A CSV with the columns id, left, right: each row two texts about the same thing.
    #[arg(long, value_name = "FILE")]
    pairs: PathBuf,
    /// Where to write the verdicts; standard output when not given.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Whether the file's author vouches that the two texts of a pair are about the same thing.
    #[arg(long, value_enum, default_value_t)]
    stance: Stance,
    /// Take rules from this folder; the built-in ones stand in for files that are not there.
    #[arg(long = "rules", value_name = "DIR")]
    folder: Option<PathBuf>,
}

/// Writes `id,verdict,kind,rule,score,why`, one row a pair, in the order of the file.
///
/// # Errors
/// When the rules have mistakes, the file cannot be read or lacks a column, or the verdicts cannot be written.
pub fn run(args: &Args) -> Result<Outcome, Failure> {
    let pairs = pairs::read(&args.pairs)?;
    let RuleBook { compare, lexicon, .. } = &RuleBook::load(args.folder.as_deref())?;
    let judge = |pair| pairs::judge(pair, args.stance, &compare.wording, lexicon);
    let judged: Vec<Judged> = pairs.par_iter().map(judge).collect();
    let shown = args.output.as_deref().unwrap_or(Path::new("standard output"));
    write(&judged, args.output.as_deref()).map_err(|e| Failure::output(shown, e))?;
    Ok(Outcome::Complete)
}

fn write(judged: &[Judged], path: Option<&Path>) -> std::io::Result<()> {
    let out: Box<dyn Write> = match path {
        Some(path) => Box::new(std::fs::File::create(path)?),
        None => Box::new(std::io::stdout().lock()),
    };
    let mut writer = csv::Writer::from_writer(out);
    for row in judged {
        writer.serialize(row)?;
    }
    writer.flush()
}
