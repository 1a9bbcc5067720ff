//! `variorum compare`: verdicts for pairs of texts.

use std::io::Write;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::pairs::{self, Judged, Stance};
use crate::compare::wording::WordingRules;
use crate::failure::{Failure, Outcome};
use crate::lexicon::Lexicon;

/// Options of `variorum compare`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
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
}

const EXAMPLES: &str = "Examples:
  variorum compare --pairs pairs.csv
  variorum compare --pairs pairs.csv --stance found -o verdicts.csv

A table of pairs:
  id,left,right
  1,Five people died in the fire.,The fire killed nine people.";

/// Writes `id,verdict,kind,rule,score,why`, one row a pair, in the order of the file.
///
/// # Errors
/// When the file cannot be read, lacks a column, or the verdicts cannot be written.
pub fn run(args: &Args) -> Result<Outcome, Failure> {
    let pairs = pairs::read(&args.pairs)?;
    let (rules, lexicon) = (WordingRules::embedded(), Lexicon::embedded());
    let judged: Vec<Judged> = pairs.par_iter().map(|p| pairs::judge(p, args.stance, rules, lexicon)).collect();
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
