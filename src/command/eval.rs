//! `variorum eval`: how often verdicts are right, by category and by rule, against people's labels.

mod judged;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::Serialize;
use serde_json::json;

use super::no_run;
use super::pairs::{self, Judged, Pair, Stance};
use crate::compare::wording::WordingRules;
use crate::comparison::Verdict;
use crate::failure::{Failure, Outcome};
use crate::lexicon::Lexicon;
use crate::report::stored::Stored;
use crate::rules::RuleBook;
use crate::settings::Options;
use crate::settings::manner::Manner;
use crate::store::run_folder;
use crate::voices::book::Book;

/// Options of `variorum eval`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// A run whose verdicts are held against --judgements: its folder, or the folder that holds latest.
    #[arg(required_unless_present = "labelled", conflicts_with = "labelled")]
    run: Option<PathBuf>,
    /// People's judgements of the run's pairs, as `variorum review` writes them.
    #[arg(long, value_name = "FILE", default_value = "judgements.toml")]
    judgements: PathBuf,
    /// In place of a run, a CSV with the columns id, left, right, label and, if wanted, category.
    #[arg(long, value_name = "FILE")]
    labelled: Option<PathBuf>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
    /// Whether the file's author vouches that the two texts of a pair are about the same thing.
    #[arg(long, value_enum, default_value_t)]
    stance: Stance,
    /// For labelled pairs, take rules from this folder; the built-in ones stand in for files that are not there.
    #[arg(long = "rules", value_name = "DIR", requires = "labelled")]
    folder: Option<PathBuf>,
}

const EXAMPLES: &str = "Examples:
  variorum eval reports --judgements judgements.toml
  variorum eval --labelled pairs.csv --stance found

Rows: all pairs, then one a kind, a rule and a step of the sweep: what would be right if only those contradictions \
counted that have at least that score (labelled pairs) or whose passages share that share of their words (runs). \
Intervals are Wilson's at 95 %.";

/// Contradictions found and missed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Called a contradiction, and it is one.
    pub found: usize,
    /// Called a contradiction, and it is none.
    pub false_alarms: usize,
    /// Not called a contradiction, and it is one.
    pub missed: usize,
    /// Not called a contradiction, and it is none.
    pub quiet: usize,
}

impl Tally {
    fn add(&mut self, contradicts: bool, said: bool) {
        *match (contradicts, said) {
            (true, true) => &mut self.found,
            (false, true) => &mut self.false_alarms,
            (true, false) => &mut self.missed,
            (false, false) => &mut self.quiet,
        } += 1;
    }

    /// Contradictions that are right, of all that were said.
    pub fn precision(&self) -> (usize, usize) {
        (self.found, self.found + self.false_alarms)
    }

    /// Contradictions that were said, of all that are there.
    pub fn recall(&self) -> (usize, usize) {
        (self.found, self.found + self.missed)
    }

    /// Pairs without contradiction that were left alone, of all such pairs.
    pub fn specificity(&self) -> (usize, usize) {
        (self.quiet, self.quiet + self.false_alarms)
    }

    /// Mean of recall and specificity; of one alone where the other has no pairs.
    pub fn balanced(&self) -> f64 {
        let shares: Vec<f64> = [self.recall(), self.specificity()].into_iter().filter(|s| s.1 > 0).map(share).collect();
        shares.iter().sum::<f64>() / shares.len().max(1) as f64
    }

    /// Verdicts that are right, of all.
    pub fn accuracy(&self) -> (usize, usize) {
        (self.found + self.quiet, self.found + self.false_alarms + self.missed + self.quiet)
    }

    /// Harmonic mean of precision and recall.
    pub fn f1(&self) -> f64 {
        let sum = 2 * self.found + self.false_alarms + self.missed;
        share((2 * self.found, sum))
    }
}

/// Tallies of a labelled set: of all pairs, by category, and by the rule that decided.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Of all pairs.
    pub all: Tally,
    /// By the pairs' category.
    pub categories: BTreeMap<String, Tally>,
    /// By the rule that decided.
    pub rules: BTreeMap<String, Tally>,
    /// If only contradictions of at least this score, in tenths, were said.
    pub sweep: BTreeMap<u32, Tally>,
}

/// Judges all labelled pairs and counts.
pub fn report(pairs: &[Pair], stance: Stance, rules: &WordingRules, lexicon: &Lexicon) -> Report {
    let judged: Vec<Judged> = pairs.par_iter().map(|p| pairs::judge(p, stance, rules, lexicon)).collect();
    let mut report = Report::default();
    for (pair, judged) in pairs.iter().zip(&judged) {
        let (truth, said) = (pair.label == "contradicts", judged.verdict == Verdict::Contradicts);
        report.all.add(truth, said);
        report.categories.entry(pair.category.clone()).or_default().add(truth, said);
        report.rules.entry(judged.rule.clone()).or_default().add(truth, said);
        for step in 0..10 {
            let firm = judged.score * 10.0 >= f64::from(step);
            report.sweep.entry(step).or_default().add(truth, said && firm);
        }
    }
    report
}

/// Prints one row for all pairs, one a category and one a rule, with 95 % Wilson intervals.
///
/// # Errors
/// When a file cannot be read, lacks a column or holds no label.
pub fn run(args: &Args, options: &Options) -> Result<Outcome, Failure> {
    match (&args.labelled, &args.run) {
        (Some(file), _) => labelled(file, args),
        (None, Some(run)) => of_run(run, args, &options.manner),
        (None, None) => Err(Failure::Usage("name a run, or pairs with --labelled FILE".into())),
    }
}

fn labelled(file: &Path, args: &Args) -> Result<Outcome, Failure> {
    let pairs = pairs::read(file)?;
    if pairs.iter().all(|p| p.label.is_empty()) {
        return Err(Failure::Usage(format!("{}: no column label, or all empty", file.display())));
    }
    let book = RuleBook::load(args.folder.as_deref())?;
    let report = report(&pairs, args.stance, &book.compare.wording, &book.lexicon);
    let mut rows = vec![Row::new("all", "", &report.all)];
    rows.extend(report.categories.iter().map(|(name, tally)| Row::new("category", name, tally)));
    rows.extend(report.rules.iter().map(|(name, tally)| Row::new("rule", name, tally)));
    rows.extend(report.sweep.iter().map(|(step, tally)| Row::new("score", &format!("0.{step}"), tally)));
    print(&rows, json!({ "rows": rows }), args.json);
    Ok(Outcome::Complete)
}

fn of_run(run: &Path, args: &Args, manner: &Manner) -> Result<Outcome, Failure> {
    let folder = run_folder::resolve(run).ok_or_else(|| no_run(run))?;
    let stored = Stored::open(&folder, &RuleBook::load(None)?.report.cells)?;
    let book = Book::open(&args.judgements)?;
    if book.judgements().is_empty() {
        let message = "no judgements here\n  make some with: variorum review";
        return Err(Failure::NoInput(format!("{}: {message} {}", args.judgements.display(), run.display())));
    }
    let found = judged::judged(&stored, book.judgements())?;
    let mut rows = vec![Row::new("all", "", &found.all)];
    rows.extend(found.kinds.iter().map(|(name, tally)| Row::new("kind", name, tally)));
    rows.extend(found.rules.iter().map(|(name, tally)| Row::new("rule", name, tally)));
    rows.extend(found.sweep.iter().map(|(step, tally)| Row::new("shared", &format!("0.{}", step / 10), tally)));
    let told = json!({
        "rows": rows,
        "compared": found.compared.0,
        "labelled": found.compared.1,
        "unsure": found.unsure,
        "suggestions": found.suggestions(),
    });
    print(&rows, told, args.json);
    manner.say(format!("{}; {} unsure", found.survival(), found.unsure));
    found.suggestions().iter().for_each(|line| manner.say(format!("suggestion: {line}")));
    Ok(Outcome::Complete)
}

/// One line of the result, shares with 4 decimals.
#[derive(Debug, Serialize)]
struct Row {
    group: String,
    name: String,
    n: usize,
    fired: usize,
    right: usize,
    wrong: usize,
    missed: usize,
    precision: f64,
    precision_low: f64,
    precision_high: f64,
    recall: f64,
    recall_low: f64,
    recall_high: f64,
    f1: f64,
    accuracy: f64,
    balanced_accuracy: f64,
}

impl Row {
    fn new(group: &str, name: &str, tally: &Tally) -> Self {
        let rounded = |number: f64| (number * 1e4).round() / 1e4;
        let (precision, recall) = (tally.precision(), tally.recall());
        let (precision_bounds, recall_bounds) = (wilson(precision), wilson(recall));
        Self {
            group: group.to_owned(),
            name: name.to_owned(),
            n: tally.accuracy().1,
            fired: precision.1,
            right: tally.found,
            wrong: tally.false_alarms,
            missed: tally.missed,
            precision: rounded(share(precision)),
            precision_low: rounded(precision_bounds.0),
            precision_high: rounded(precision_bounds.1),
            recall: rounded(share(recall)),
            recall_low: rounded(recall_bounds.0),
            recall_high: rounded(recall_bounds.1),
            f1: rounded(tally.f1()),
            accuracy: rounded(share(tally.accuracy())),
            balanced_accuracy: rounded(tally.balanced()),
        }
    }

    fn line(&self) -> String {
        let Self { group, name, n, fired, right, wrong, missed, .. } = self;
        let shares = [
            self.precision,
            self.precision_low,
            self.precision_high,
            self.recall,
            self.recall_low,
            self.recall_high,
            self.f1,
            self.accuracy,
            self.balanced_accuracy,
        ];
        let shares: Vec<String> = shares.iter().map(|share| format!("{share:.4}")).collect();
        format!("{group},{name},{n},{fired},{right},{wrong},{missed},{}", shares.join(","))
    }
}

fn print(rows: &[Row], told: serde_json::Value, json: bool) {
    if json {
        println!("{told:#}");
        return;
    }
    println!(
        "group,name,n,fired,right,wrong,missed,precision,precision_low,precision_high,recall,recall_low,recall_high,\
         f1,accuracy,balanced_accuracy"
    );
    rows.iter().for_each(|row| println!("{}", row.line()));
}

fn share((part, whole): (usize, usize)) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// The 95 % interval of a share (E. B. Wilson 1927); 0 to 1 where there is nothing to count.
pub fn wilson((part, whole): (usize, usize)) -> (f64, f64) {
    const Z: f64 = 1.96;
    if whole == 0 {
        return (0.0, 1.0);
    }
    let (n, p) = (whole as f64, share((part, whole)));
    let centre = p + Z * Z / (2.0 * n);
    let spread = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
    let scale = 1.0 + Z * Z / n;
    (((centre - spread) / scale).max(0.0), ((centre + spread) / scale).min(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_and_shares() {
        let mut tally = Tally::default();
        for (truth, said) in [(true, true), (true, true), (true, false), (false, true), (false, false), (false, false)]
        {
            tally.add(truth, said);
        }
        assert_eq!((tally.precision(), tally.recall(), tally.accuracy()), ((2, 3), (2, 3), (4, 6)));
        assert!((tally.balanced() - 2.0 / 3.0).abs() < 1e-12);
        let (low, high) = wilson((8, 10));
        assert!((low - 0.490).abs() < 0.001 && (high - 0.943).abs() < 0.001);
    }
}
