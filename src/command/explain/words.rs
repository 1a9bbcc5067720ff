//! Rows in lines for people.

use std::fmt::Write;

use super::Section;
use crate::report::stored::StoredRow;

/// How likely a contradiction is one, what people said of a pair, and which rows it stands for.
const ANNOTATIONS: [(&str, &str); 8] = [
    ("confidence", "how likely, of 1"),
    ("reviewed", "reviewed"),
    ("note", "reason"),
    ("overruled", "the rules said"),
    ("replies", "reply"),
    ("also_a", "the same in copies of the first"),
    ("also_b", "the same in copies of the second"),
    ("same_as", "the same as"),
];

/// A section with its heading where rows are left out. Writing to a String cannot fail.
pub fn told(section: &Section) -> String {
    let mut out = String::new();
    let is_pair = matches!(section.table, "disagreements" | "agreements" | "not_comparable");
    for row in &section.rows {
        if is_pair { pair(&mut out, row) } else { single(&mut out, section.table, row) }
    }
    let left = section.all - section.rows.len();
    if left > 0 {
        let _ = writeln!(out, "… and {left} more rows of {} (--limit {})\n", section.table, section.all);
    }
    out
}

fn pair(out: &mut String, row: &StoredRow) {
    let get = |key: &str| row.text(key);
    let severity = if get("severity").is_empty() { String::new() } else { format!(" ({})", get("severity")) };
    let _ = writeln!(out, "{}  {}, {}{severity}", get("disagreement_id"), get("verdict"), get("kind"));
    for side in ["a", "b"] {
        let of = |key: &str| row.text(&format!("{key}_{side}"));
        let plural = if of("units") == "1" { "" } else { "s" };
        let _ = writeln!(
            out,
            "  {}: {}:{} ({}), {} independent unit{plural}\n    {}\n    value: {}",
            of("source"),
            of("document"),
            of("line"),
            of("modality"),
            of("units"),
            of("text"),
            of("value"),
        );
    }
    if !get("diff").is_empty() {
        let _ = writeln!(out, "  wording: {}", get("diff"));
    }
    let _ = writeln!(out, "  why: {}\n  rule: {} (variorum rules show {})", get("why"), get("rule"), get("rule"));
    for (column, label) in ANNOTATIONS.into_iter().filter(|(column, _)| !row.text(column).is_empty()) {
        let _ = writeln!(out, "  {label}: {}", get(column));
    }
    let _ = writeln!(out, "  story {} slot {}\n", get("story_id"), get("slot_id"));
}

fn single(out: &mut String, table: &str, row: &StoredRow) {
    let _ = writeln!(out, "{table}");
    let filled = || row.columns().iter().filter(|key| !row.text(key).is_empty());
    let width = filled().map(String::len).max().unwrap_or(0);
    for key in filled() {
        let _ = writeln!(out, "  {key:width$}  {}", row.text(key));
    }
    out.push('\n');
}
