//! The account of a source's score: 100, less each line of `losses.csv`, is what `sources.csv` says.

use crate::failure::Failure;
use crate::report::stored::{Stored, StoredRow};

/// The account of the source that goes by `id`, the dearest lines first; nothing for other ids.
///
/// # Errors
/// [`Failure::NoInput`] when a table cannot be read.
pub fn of(stored: &Stored, id: &str) -> Result<String, Failure> {
    let lines = lines(stored, id)?;
    let mut told = String::new();
    for source in stored.rows("sources") {
        let source = source?;
        if source.text("source") == id || source.text("source_id") == id {
            told = format!("{}\n", account(&source, &lines));
        }
    }
    Ok(told)
}

/// The lines of a source, the dearest first.
fn lines(stored: &Stored, id: &str) -> Result<Vec<StoredRow>, Failure> {
    let mut lines = Vec::new();
    for line in stored.rows("losses") {
        let line = line?;
        if line.text("source") == id || line.text("source_id") == id {
            lines.push(line);
        }
    }
    let points = |line: &StoredRow| line.number("points").unwrap_or_default();
    lines.sort_by(|a, b| points(b).total_cmp(&points(a)).then_with(|| a.text("loss_id").cmp(b.text("loss_id"))));
    Ok(lines)
}

/// The account in words; every figure as it stands in its table.
fn account(source: &StoredRow, lines: &[StoredRow]) -> String {
    let score = source.text("consistency_score");
    if score.is_empty() {
        let minority = lines.len();
        return format!("account: no score, the evidence is insufficient; {minority} minority values\n{}", told(lines));
    }
    let (low, high) = (source.text("consistency_low"), source.text("consistency_high"));
    format!(
        "account: what {} differs in from more independent sources\n{:>10}\n{}= {score:>8}  consistency_score, {low} to {high}\n{}{}",
        source.text("source"),
        "100.0000",
        told(lines),
        rank(source),
        swing(source)
    )
}

/// What may be said of the score's rank.
fn rank(source: &StoredRow) -> String {
    match (source.text("rank"), source.text("overlaps")) {
        ("", "") => String::new(),
        ("", overlaps) => format!("no rank: the interval overlaps those of other sources ({overlaps})\n"),
        (rank, _) => format!("rank {rank}: the interval overlaps that of no other source\n"),
    }
}

/// What would change the score most.
fn swing(source: &StoredRow) -> String {
    let Some(points) = source.number("swing_points").filter(|points| *points != 0.0) else { return String::new() };
    let way = if points < 0.0 { "fall" } else { "rise" };
    let (points, slot) = (source.text("swing_points").trim_start_matches('-'), source.text("swing_slot"));
    format!(
        "the score would {way} by {points}, and by no dispute more, if that of slot {slot} were decided otherwise\n"
    )
}

fn told(lines: &[StoredRow]) -> String {
    lines.iter().map(line).collect()
}

/// One line of the account with both passages and the independent units on either side.
fn line(row: &StoredRow) -> String {
    let get = |key: &str| row.text(key);
    let note = if get("note").is_empty() { String::new() } else { format!(" ({})", get("note")) };
    if get("slot_id").is_empty() {
        return format!("- {:>8}  {}{note}\n", get("points"), get("lost_column"));
    }
    let units = |count: &str| format!("{count} independent unit{}", if count == "1" { "" } else { "s" });
    format!(
        "- {:>8}  {} {}, {}{note}\n            {}: {}: {} [{}]\n            {}: {}: {} [{}]\n",
        get("points"),
        get("kind"),
        get("slot_id"),
        get("disagreement_id"),
        place(get("document"), get("line")),
        units(get("units")),
        get("text"),
        get("value"),
        place(get("other_document"), get("other_line")),
        units(get("other_units")),
        get("other_text"),
        get("other_value"),
    )
}

fn place(document: &str, line: &str) -> String {
    format!("{document}:{line}")
}
