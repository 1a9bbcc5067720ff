//! One document: what each later stage needs of it, apart, so that it travels apart.

use serde::{Deserialize, Serialize};

use crate::clean::{self, LineCounts};
use crate::document::{Document, Problem};
use crate::extract::kit::Kit;
use crate::matching::group::Member;
use crate::matching::reprint::fingerprint::Mark;
use crate::run::extraction::kept;
use crate::run::lore::Lore;
use crate::run::record::{Kept, Key, Sheet};
use crate::score::conduct::headline_differs;

/// What stories and copies are recognised by, the marks of the text apart.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Front {
    /// Names, words, days and figures.
    pub key: Key,
    /// How many marks the text has.
    pub marks: usize,
}

/// A document in its parts.
#[derive(Clone, Debug)]
pub struct Extracted {
    /// For the driver.
    pub front: Front,
    /// For the copies.
    pub marks: Vec<Mark>,
    /// For the tables of documents.
    pub sheet: Sheet,
    /// For its story.
    pub member: Member,
    /// Why it was set aside.
    pub aside: Option<Problem>,
}

/// Cleans and extracts a document; `counts` tell what its source repeats.
pub fn extract(document: &Document, counts: &LineCounts, kit: &Kit, lore: Lore) -> Extracted {
    let reading = clean::clean(document, counts, &lore.book.clean);
    let Kept { mut key, aside, mut record } = kept(&reading, kit, lore.book);
    record.facts.conduct.headline_differs =
        headline_differs(&record.claims, &record.facts.title_lines, &lore.compare_book());
    let marks = std::mem::take(&mut key.fingerprint.marks);
    let (sheet, member) = record.member();
    Extracted { front: Front { key, marks: marks.len() }, marks, sheet, member, aside }
}
