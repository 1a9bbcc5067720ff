//! What grouping needs of all documents besides their signatures, in columns: in small pieces it would fill memory with
//! holes for as long as the run goes on.

use super::origin::Prints;
use super::paths::Paths;
use super::record::Key;
use crate::matching::ragged::Ragged;
use crate::matching::reprint::Size;
use crate::matching::reprint::fingerprint::Figure;
use crate::report::mask::Mask;

/// Documents in the order in which they come.
#[derive(Default)]
pub struct Columns {
    /// What they are called.
    pub paths: Paths,
    /// Whose they are.
    pub prints: Prints,
    /// How much of them there is to copy.
    pub sizes: Sizes,
}

/// How many marks and which figures each document has.
#[derive(Default)]
pub struct Sizes {
    marks: Vec<u32>,
    figures: Ragged<Figure>,
}

impl Columns {
    /// No documents; they may credit those whom `prints` knows.
    pub fn new(prints: Prints) -> Self {
        Self { prints, ..Self::default() }
    }

    /// Takes a document with so many marks, under the names that the tables have for it.
    pub fn push(&mut self, key: &Key, marks: usize, mask: &Mask) {
        self.paths.push(&mask.path(&key.path));
        self.prints.push(key, mask);
        self.sizes.marks.push(marks as u32);
        self.sizes.figures.push(key.fingerprint.figures.iter().copied());
    }
}

impl Sizes {
    /// That of the document that came as number `row`.
    pub fn get(&self, row: u32) -> Size<'_> {
        Size { marks: self.marks[row as usize] as usize, figures: self.figures.row(row as usize) }
    }
}
