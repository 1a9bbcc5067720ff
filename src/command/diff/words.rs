//! The difference of two runs in lines for people.

use std::fmt::{Display, Write};

use super::causes::{Cause, Causes};
use super::pairs::{PairChange, is_disagreement};
use super::scores::SourceChange;
use super::{Change, Difference};

/// The whole, with at most `limit` lines of each sort.
pub fn told(found: &Difference, limit: usize) -> String {
    let mut out = format!("{} → {}\n", found.runs[0], found.runs[1]);
    causes(&mut out, &found.causes, limit);
    list(&mut out, "Scores", &found.sources, limit, source_line);
    let pairs = |wanted: bool| found.verdicts.iter().filter(move |pair| disagreed(pair) == wanted).collect::<Vec<_>>();
    list(&mut out, "Disagreements", &pairs(true), limit, |pair| pair_line(pair));
    list(&mut out, "Agreements", &pairs(false), limit, |pair| pair_line(pair));
    list(&mut out, "Rules", &found.rules, limit, |rule| {
        let counts: Vec<String> =
            rule.columns.iter().map(|(name, change)| format!("{name} {}", arrow(change))).collect();
        format!("{}: {}", rule.rule, counts.join(", "))
    });
    out
}

fn disagreed(pair: &PairChange) -> bool {
    is_disagreement(&pair.old) || is_disagreement(&pair.new)
}

/// A heading with the number of changes, and a line each. Writing to a String cannot fail.
fn list<T>(out: &mut String, heading: &str, items: &[T], limit: usize, line: impl Fn(&T) -> String) {
    if items.is_empty() {
        let _ = writeln!(out, "\n{heading}: as before");
        return;
    }
    let _ = writeln!(out, "\n{heading}: {} changed", items.len());
    for item in items.iter().take(limit) {
        let _ = writeln!(out, "  {}", line(item));
    }
    more(out, items.len(), limit);
}

fn more(out: &mut String, all: usize, limit: usize) {
    if all > limit {
        let _ = writeln!(out, "  … and {} more (--limit {all}, or --json)", all - limit);
    }
}

fn causes(out: &mut String, causes: &Causes, limit: usize) {
    if causes.is_empty() {
        out.push_str("The same documents, rules, settings and version.\n");
        return;
    }
    if let Some(version) = &causes.version {
        let _ = writeln!(out, "\nVersion: {}", arrow(version));
    }
    documents(out, causes, limit);
    if !causes.rules.is_empty() {
        list(out, "Keys of rules", &causes.rules, limit, |key| {
            format!("{}: {} → {}", key.key, short(&key.old), short(&key.new))
        });
    }
    if !causes.settings.is_empty() {
        let settings: Vec<_> = causes.settings.iter().collect();
        list(out, "Settings", &settings, limit, |(name, change)| format!("{name}: {}", arrow(change)));
    }
}

fn documents(out: &mut String, causes: &Causes, limit: usize) {
    let all = [('+', &causes.added), ('-', &causes.removed), ('~', &causes.changed)];
    let named: Vec<_> = all.into_iter().flat_map(|(mark, set)| set.iter().map(move |name| (mark, name))).collect();
    if named.is_empty() {
        return;
    }
    let (added, removed, changed) = (causes.added.len(), causes.removed.len(), causes.changed.len());
    let _ = writeln!(out, "\nDocuments: {added} added, {removed} removed, {changed} changed, {} the same", causes.same);
    for (mark, name) in named.iter().take(limit) {
        let _ = writeln!(out, "  {mark} {name}");
    }
    more(out, named.len(), limit);
}

fn source_line(change: &SourceChange) -> String {
    let score = |score: Option<f64>| score.map_or("no score".to_owned(), |score| format!("{score:.2}"));
    let delta = change.delta.map_or(String::new(), |delta| format!(" ({delta:+.2})"));
    let others: Vec<&str> = change.columns.keys().map(String::as_str).filter(|name| !NAMED.contains(name)).collect();
    let n = change.columns.get("comparable_slots").map(|n| format!(", n {}", arrow(n))).unwrap_or_default();
    let others = if others.is_empty() { String::new() } else { format!("; also {}", others.join(", ")) };
    format!("{}: {} → {}{delta}{n}{others}", change.source, score(change.old_score), score(change.new_score))
}

/// Columns that a line tells of itself.
const NAMED: [&str; 3] = ["consistency_score", "comparable_slots", "source"];

fn pair_line(pair: &PairChange) -> String {
    let verdict = match (pair.old.as_str(), pair.new.as_str()) {
        ("", new) => format!("+ {new}"),
        (old, "") => format!("- {old}"),
        (old, new) => format!("~ {old} → {new}"),
    };
    let side = |at: usize| format!("{} “{}”", pair.documents[at], short(&pair.values[at]));
    format!("{verdict} ({}) {}: {} | {} [{}]", pair.kind, pair.disagreement_id, side(0), side(1), cause(pair))
}

fn cause(pair: &PairChange) -> String {
    match pair.cause {
        Cause::Judgement => "a person's judgement".into(),
        Cause::Documents => "its documents changed".into(),
        Cause::Rule => format!("rule {} changed", pair.rule),
        Cause::Rules => "rules changed".into(),
        Cause::Version => "another version".into(),
        Cause::Settings => "other settings".into(),
        Cause::OtherDocuments => "other documents changed".into(),
        Cause::Unknown => "no recorded cause".into(),
    }
}

fn arrow(change: &Change) -> String {
    format!("{} → {}", short(&change.old), short(&change.new))
}

/// A value that a line has room for; `-` for none.
fn short(text: impl Display) -> String {
    const LONGEST: usize = 40;
    let text = text.to_string();
    match text.char_indices().nth(LONGEST) {
        _ if text.is_empty() => "-".into(),
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_and_missing_values_are_told_shortly() {
        assert_eq!(short(""), "-");
        assert_eq!(short("é".repeat(50)).chars().count(), 41);
    }

    #[test]
    fn nothing_changed_is_said() {
        let same = Difference {
            runs: ["a".into(), "b".into()],
            causes: Causes::default(),
            sources: Vec::new(),
            verdicts: Vec::new(),
            rules: Vec::new(),
        };
        let text = told(&same, 5);
        assert!(text.starts_with("a → b\nThe same documents") && text.contains("Disagreements: as before"), "{text}");
    }
}
