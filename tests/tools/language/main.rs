//! Measures the reading of language against public sets that the project may not contain.
//!
//! ```console
//! $ cargo run --release --example language -- speakers PolNeAR/data/dev
//! $ cargo run --release --example language -- times TBAQ-cleaned/TimeBank TBAQ-cleaned/AQUAINT
//! $ cargo run --release --example language -- pairs SICK_train.txt SICK_trial.txt > sick.csv
//! $ cargo run --release --example language -- pairs fever_symmetric_dev.jsonl > fever.csv
//! $ cargo run --release -- eval --labelled sick.csv
//! ```
//!
//! With `--errors N`, the first N errors of each kind follow. Where each set is found: `reports/benchmarks/`.

mod pairs;
mod speakers;
mod times;

use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};

use clap::{Parser, Subcommand};

/// What is measured.
#[derive(Debug, Parser)]
#[command(about = "Measure quotations, times and pairs of sentences against public sets")]
struct Args {
    #[command(subcommand)]
    measure: Measure,
    /// How many errors of each kind to print.
    #[arg(long, global = true, default_value_t = 0)]
    errors: usize,
}

#[derive(Debug, Subcommand)]
enum Measure {
    /// Who says the direct quotations of at least four words, in a part of PolNeAR.
    Speakers {
        /// The part: a folder that holds `text` and `attributions`.
        part: PathBuf,
    },
    /// Durations and dates in TimeML files.
    Times {
        /// Folders of `.tml` files.
        #[arg(required = true)]
        folders: Vec<PathBuf>,
    },
    /// Labelled pairs as `variorum eval --labelled` reads them, on stdout.
    Pairs {
        /// Files of SICK (`.txt`) or FEVER-symmetric (`.jsonl`).
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
}

fn main() -> Result<(), Box<dyn Error>> {
    let args = Args::parse();
    match args.measure {
        Measure::Speakers { part } => speakers::measure(&part)?.print(args.errors),
        Measure::Times { folders } => {
            for tally in times::measure(&folders)? {
                tally.print(args.errors);
            }
        }
        Measure::Pairs { files } => pairs::write(&files, std::io::stdout())?,
    }
    Ok(())
}

/// What was found of what is there.
#[derive(Debug, Default)]
struct Tally {
    name: &'static str,
    /// Found and labelled.
    found: usize,
    /// Of those, with the value that is labelled.
    valued: usize,
    /// Found and not labelled, or wrong.
    spurious: usize,
    /// Labelled and not found, or wrong.
    missed: usize,
    errors: BTreeMap<&'static str, Vec<String>>,
}

impl Tally {
    fn new(name: &'static str) -> Self {
        Self { name, ..Self::default() }
    }

    fn error(&mut self, kind: &'static str, shown: String) {
        self.errors.entry(kind).or_default().push(shown);
    }

    fn print(&self, most: usize) {
        let Self { name, found, valued, spurious, missed, .. } = self;
        let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
        let f1 = |right: usize| share(2 * right, 2 * found + spurious + missed);
        println!("{name}: {found} found, {spurious} spurious, {missed} missed");
        println!(
            "  precision {:.4} recall {:.4} F1 {:.4}; right value {:.4}, F1 of values {:.4}",
            share(*found, found + spurious),
            share(*found, found + missed),
            f1(*found),
            share(*valued, *found),
            f1(*valued),
        );
        for (kind, errors) in &self.errors {
            println!("  {kind}: {}", errors.len());
            errors.iter().take(most).for_each(|error| println!("    {error}"));
        }
    }
}

/// The files of a folder with an extension, in the order of their names.
fn files(folder: &Path, extension: &str) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let entries: Result<Vec<_>, _> = std::fs::read_dir(folder)?.collect();
    let mut paths: Vec<PathBuf> = entries?.into_iter().map(|entry| entry.path()).collect();
    let hidden = |path: &Path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
    paths.retain(|path| !hidden(path) && path.extension().is_some_and(|found| found == extension));
    paths.sort();
    Ok(paths)
}

/// The text around a range of bytes, the range in brackets, on one line.
fn around(text: &str, (start, end): (usize, usize), reach: usize) -> String {
    let floor = |mut at: usize| {
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let (from, to) = (floor(start.saturating_sub(reach)), floor((end + reach).min(text.len())));
    format!("{}[{}]{}", &text[from..start], &text[start..end], &text[end..to]).replace(['\n', '\r'], "¶")
}
