//! `variorum eval`: how often verdicts are right, by category and by rule, against people's labels.

use std::collections::BTreeMap;
use std::path::PathBuf;

use rayon::prelude::*;

use super::pairs::{self, Judged, Pair, Stance};
use crate::compare::wording::WordingRules;
use crate::comparison::Verdict;
use crate::failure::{Failure, Outcome};
use crate::lexicon::Lexicon;

/// Options of `variorum eval`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A CSV with the columns id, left, right, label and, if wanted, category.
    #[arg(long, value_name = "FILE")]
    labelled: PathBuf,
    /// Whether the file's author vouches that the two texts of a pair are about the same thing.
    #[arg(long, value_enum, default_value_t)]
    stance: Stance,
}

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
    }
    report
}

/// Prints one row for all pairs, one a category and one a rule, with 95 % Wilson intervals.
///
/// # Errors
/// When the file cannot be read, lacks a column or holds no label.
pub fn run(args: &Args) -> Result<Outcome, Failure> {
    let pairs = pairs::read(&args.labelled)?;
    if pairs.iter().all(|p| p.label.is_empty()) {
        return Err(Failure::Usage(format!("{}: no column label, or all empty", args.labelled.display())));
    }
    print(&report(&pairs, args.stance, WordingRules::embedded(), Lexicon::embedded()));
    Ok(Outcome::Complete)
}

fn print(report: &Report) {
    println!(
        "group,name,n,fired,right,wrong,missed,precision,precision_low,precision_high,recall,recall_low,recall_high,\
         f1,accuracy,balanced_accuracy"
    );
    print_row("all", "", &report.all);
    report.categories.iter().for_each(|(name, tally)| print_row("category", name, tally));
    report.rules.iter().for_each(|(name, tally)| print_row("rule", name, tally));
}

fn print_row(group: &str, name: &str, tally: &Tally) {
    let with_interval = |part: (usize, usize)| {
        let (low, high) = wilson(part);
        format!("{:.4},{low:.4},{high:.4}", share(part))
    };
    println!(
        "{group},{name},{},{},{},{},{},{},{},{:.4},{:.4},{:.4}",
        tally.accuracy().1,
        tally.precision().1,
        tally.found,
        tally.false_alarms,
        tally.missed,
        with_interval(tally.precision()),
        with_interval(tally.recall()),
        tally.f1(),
        share(tally.accuracy()),
        tally.balanced(),
    );
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
