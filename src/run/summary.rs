//! What a run says at its end, on stderr.

use std::fmt::Write;
use std::path::Path;

use super::publish::Report;
use crate::failure::Outcome;
use crate::report::manifest::Manifest;

/// A few lines: what was read, what was found, where it is, what to do next.
pub fn summary(report: &Report, outcome: Outcome, path: &Path, told: &Manifest) -> String {
    let mut text = String::new();
    let verdict = |name: &str| report.tally.verdicts.get(name).copied().unwrap_or(0);
    let kinds: Vec<String> = report.tally.kinds.iter().map(|(kind, n)| format!("{kind} {n}")).collect();
    let agreements = verdict("agrees") + verdict("less-precise") + verdict("variant");
    let seconds = told.stages.first().map_or(0.0, |s| s.seconds);
    // Writing to a String cannot fail.
    let _ = writeln!(
        text,
        "{} documents read, {} failed{}, {seconds:.1} s{}",
        report.documents,
        report.failed,
        kept(report),
        memory(told)
    );
    let _ = writeln!(
        text,
        "{} contradictions, {} superseded, {agreements} agreements{}",
        verdict("contradicts"),
        verdict("superseded"),
        if kinds.is_empty() { String::new() } else { format!(" ({})", kinds.join(", ")) }
    );
    let _ = match outcome {
        Outcome::TooManyFailed => {
            writeln!(text, "NOT published, too many documents failed: see {}", path.join("problems.csv").display())
        }
        _ => writeln!(
            text,
            "published: {}\nopen {} first, then {}",
            path.display(),
            path.join("sources.csv").display(),
            path.join("disagreements.csv").display()
        ),
    };
    text
}

fn kept(report: &Report) -> String {
    let kept = report.documents.saturating_sub(report.documents_anew);
    if kept == 0 { String::new() } else { format!(", {kept} as an earlier run left them") }
}

fn memory(told: &Manifest) -> String {
    told.peak_memory.map(|bytes| format!(", {} MB at most", bytes >> 20)).unwrap_or_default()
}
