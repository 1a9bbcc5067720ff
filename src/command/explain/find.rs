//! Which rows of which tables tell of an id.

use std::collections::BTreeSet;

use super::Section;
use crate::failure::Failure;
use crate::report::stored::{Stored, StoredRow};

/// A table, and the columns of which one must hold the id.
type Keys = (&'static str, &'static [&'static str]);

/// What may name a thing. A document's or source's claims are counted in its own row and not all listed.
const NAMED: [Keys; 8] = [
    ("sources", &["source", "source_id"]),
    ("losses", &["source", "source_id", "slot_id", "disagreement_id", "loss_id"]),
    ("rules", &["rule"]),
    ("documents", &["document", "story_id", "copy_group"]),
    ("claims", &["mention_id", "slot_id", "attribute"]),
    ("furniture", &["rule"]),
    ("disagreements", PAIR),
    ("agreements", PAIR),
];

const PAIR: &[&str] =
    &["disagreement_id", "slot_id", "story_id", "source_a", "source_b", "document_a", "document_b", "rule", "same_as"];

/// Everything about one thing.
///
/// # Errors
/// [`Failure::NoInput`] when a table cannot be read.
pub fn about(stored: &Stored, id: &str, limit: usize) -> Result<Vec<Section>, Failure> {
    let mut found = Vec::new();
    for (table, keys) in NAMED {
        let named = |row: &StoredRow| keys.iter().any(|key| row.text(key) == id);
        found.push(section(stored, table, limit, &named)?);
    }
    let group: BTreeSet<String> = copies_of(stored, id)?;
    let copied = |row: &StoredRow| group.contains(row.text("document_a")) && group.contains(row.text("document_b"));
    let shared = |row: &StoredRow| row.text("document_a") == id || row.text("document_b") == id || copied(row);
    found.push(section(stored, "copies", limit, &shared)?);
    let judged = |row: &StoredRow| row.text("disagreement_id") == id;
    found.push(section(stored, "not_comparable", limit, &judged)?);
    found.retain(|section| section.all > 0);
    Ok(found)
}

/// The documents of the copy group `id`; none when it is no group.
fn copies_of(stored: &Stored, id: &str) -> Result<BTreeSet<String>, Failure> {
    let mut group = BTreeSet::new();
    for row in stored.rows("documents") {
        let row = row?;
        if row.text("copy_group") == id {
            group.insert(row.text("document").to_owned());
        }
    }
    Ok(group)
}

/// All pairs between two mentions, documents or sources, those turned down included.
///
/// # Errors
/// [`Failure::NoInput`] when a table cannot be read, or one of two mentions is none of the run.
pub fn between(stored: &Stored, a: &str, b: &str, limit: usize) -> Result<Vec<Section>, Failure> {
    let (a, b) = (End::of(stored, a)?, End::of(stored, b)?);
    let both = |row: &StoredRow| a.is(row, 0) && b.is(row, 1) || a.is(row, 1) && b.is(row, 0);
    let mut found = Vec::new();
    for table in ["disagreements", "agreements", "not_comparable"] {
        found.push(section(stored, table, limit, &both)?);
    }
    found.retain(|section| section.all > 0);
    Ok(found)
}

/// What stands at one end of a pair.
enum End {
    /// A source or a document.
    Named(String),
    /// A passage that holds these bytes of a document.
    Mention { document: String, start: u64, end: u64 },
}

/// Columns of either side of a pair.
const SIDES: [[&str; 4]; 2] =
    [["source_a", "document_a", "start_a", "end_a"], ["source_b", "document_b", "start_b", "end_b"]];

impl End {
    fn of(stored: &Stored, id: &str) -> Result<Self, Failure> {
        for row in stored.rows("claims") {
            let row = row?;
            if row.text("mention_id") == id {
                let document = row.text("document").to_owned();
                return Ok(Self::Mention { document, start: row.count("start"), end: row.count("end") });
            }
        }
        Ok(Self::Named(id.to_owned()))
    }

    fn is(&self, row: &StoredRow, side: usize) -> bool {
        let [source, document, start, end] = SIDES[side];
        match self {
            Self::Named(id) => row.text(source) == id || row.text(document) == id,
            Self::Mention { document: of, start: first, end: last } => {
                row.text(document) == of && row.count(start) <= *first && *last <= row.count(end)
            }
        }
    }
}

fn section(
    stored: &Stored,
    table: &'static str,
    limit: usize,
    wanted: &dyn Fn(&StoredRow) -> bool,
) -> Result<Section, Failure> {
    let mut section = Section { table, rows: Vec::new(), all: 0 };
    for row in stored.rows(table) {
        let row = row?;
        if wanted(&row) {
            section.all += 1;
            if section.rows.len() < limit {
                section.rows.push(row);
            }
        }
    }
    Ok(section)
}
