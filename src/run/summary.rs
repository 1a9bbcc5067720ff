//! What a run says at its end: on stderr for people, in the log for programs.

use std::fmt::Write;
use std::path::Path;

use serde_json::{Value, json};

use super::stop::shell_line;
use super::written::Report;
use crate::failure::Outcome;
use crate::report::manifest::Manifest;

/// A few lines: what was read, what was found, where it is, what to do next.
pub fn text(report: &Report, outcome: Outcome, path: &Path, told: &Manifest) -> String {
    let mut text = String::new();
    // Writing to a String cannot fail.
    let _ = writeln!(
        text,
        "{} documents read, {} failed{}{}, {:.1} s{}",
        report.documents,
        report.failed,
        counted(report.set_aside, "of other languages"),
        counted(report.documents.saturating_sub(report.documents_anew), "as an earlier run left them"),
        seconds(told),
        told.peak_memory.map(|bytes| format!(", {} MB at most", bytes >> 20)).unwrap_or_default()
    );
    let _ = writeln!(
        text,
        "{} contradictions, {} superseded, {} agreements{}",
        verdicts(report, &["contradicts"]),
        verdicts(report, &["superseded"]),
        verdicts(report, &["agrees", "less-precise", "variant"]),
        kinds(report)
    );
    if let (readings @ 2.., differs) = report.readings {
        let share = 100.0 * differs;
        let _ = writeln!(
            text,
            "{readings} readings of the disputes cannot be ruled out and differ on up to {share:.0} % of them: intervals reach to all; --anchors FILE can decide"
        );
    }
    text + &whereabouts(report, outcome, path)
}

/// The same as names and values.
pub fn facts(report: &Report, path: &Path, told: &Manifest) -> Value {
    json!({
        "exit_code": told.exit_code,
        "run": path.display().to_string(),
        "documents": report.documents,
        "documents_anew": report.documents_anew,
        "stories_anew": report.stories_anew,
        "failed": report.failed,
        "other_languages": report.set_aside,
        "contradictions": verdicts(report, &["contradicts"]),
        "superseded": verdicts(report, &["superseded"]),
        "agreements": verdicts(report, &["agrees", "less-precise", "variant"]),
        "kinds": report.tally.kinds,
        "seconds": seconds(told),
        "peak_memory": told.peak_memory,
    })
}

fn whereabouts(report: &Report, outcome: Outcome, path: &Path) -> String {
    if outcome == Outcome::TooManyFailed {
        return format!("NOT published, too many documents failed: see {}\n", path.join("problems.csv").display());
    }
    let mut text = format!(
        "published: {}\nopen {} first, then {}\n",
        path.display(),
        path.join("sources.csv").display(),
        path.join("disagreements.csv").display()
    );
    if let Some(source) = &report.first_source {
        let words = ["variorum", "explain", source, "--run", &path.to_string_lossy()].map(str::to_owned);
        text += &format!("next: {}\n", shell_line(words));
    }
    text
}

fn counted(count: u64, what: &str) -> String {
    if count == 0 { String::new() } else { format!(", {count} {what}") }
}

fn verdicts(report: &Report, names: &[&str]) -> u64 {
    names.iter().filter_map(|name| report.tally.verdicts.get(*name)).sum()
}

fn kinds(report: &Report) -> String {
    let kinds: Vec<String> = report.tally.kinds.iter().map(|(kind, n)| format!("{kind} {n}")).collect();
    if kinds.is_empty() { String::new() } else { format!(" ({})", kinds.join(", ")) }
}

fn seconds(told: &Manifest) -> f64 {
    told.stages.first().map_or(0.0, |stage| stage.seconds)
}
