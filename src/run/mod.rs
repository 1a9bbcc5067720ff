//! The pipeline's driver on one machine: partitions in parallel, each in memory that is bounded.
//!
//! Per-document work, per-group work and the score table meet only through spools on disk, so
//! that another driver can run the same functions elsewhere.

mod documents;
mod extraction;
pub mod gate;
mod grouping;
mod manifest;
pub mod progress;
pub mod publish;
pub mod record;
mod reuse;
mod rows;
mod stories;
mod summary;
mod tables;
mod tally;
pub mod wording;

use std::path::Path;

use crate::compare::Book;
use crate::document::Problem;
use crate::failure::Failure;
use crate::lexicon::Lexicon;
use crate::normalise::place::Gazetteer;
use crate::read::Plan;
use crate::rules::RuleBook;
use progress::Progress;
pub use tables::Tables;

/// What a run works with.
pub struct Work<'w> {
    /// The rules of all stages.
    pub book: &'w RuleBook,
    /// Where places lie.
    pub gazetteer: &'w Gazetteer,
    /// What words mean.
    pub lexicon: &'w Lexicon,
    /// A folder for what does not fit in memory.
    pub scratch: &'w Path,
    /// Into how many parts documents and stories are cut; one part a thread is in memory at a time.
    pub partitions: usize,
    /// The ceiling for buffers, in bytes.
    pub memory: usize,
    /// Lists the pairs turned down.
    pub near_misses: bool,
    /// Shows how far the work is.
    pub progress: &'w Progress,
}

impl<'w> Work<'w> {
    /// The partition of a key. It hangs on nothing but the key.
    fn partition(&self, key: &str) -> usize {
        (xxhash_rust::xxh3::xxh3_64(key.as_bytes()) % self.partitions as u64) as usize
    }

    /// A sixteenth of the ceiling: several spools and sorters are open at once.
    fn buffer_bytes(&self) -> usize {
        self.memory / 16
    }

    /// What the comparing stage needs.
    fn compare_book(&self) -> Book<'w> {
        let RuleBook { matching, compare, extract, .. } = self.book;
        Book { matching, compare, extract, lexicon: self.lexicon, gazetteer: self.gazetteer }
    }
}

/// What an analysis found: sorted rows on disk, ready to be written.
pub struct Analysis {
    /// The rows of all tables.
    pub tables: Tables,
    /// Documents read.
    pub documents: u64,
    /// What failed.
    pub problems: Vec<Problem>,
}

/// The whole pipeline: read → clean → extract → normalise → match → compare → score.
///
/// # Errors
/// [`Failure::Output`] when the scratch disk is full; [`Failure::NoInput`] when no document could be read.
pub fn analyse(plan: &Plan, work: &Work) -> Result<Analysis, Failure> {
    let documents = documents::read_documents(plan, work)?;
    let extracted = extraction::extract_documents(&documents, work)?;
    let grouping = grouping::Grouping::new(extracted.keys, &extracted.marks, work)?;
    let sorters = tables::Sorters::create(work)?;
    let stories = stories::regroup(&extracted.records, &grouping, &sorters, work)?;
    let slots = stories::compare_stories(&stories, &sorters, work)?;
    let problems = [documents.problems, extracted.problems].concat();
    Ok(Analysis { tables: sorters.finish(&slots, work)?, documents: documents.count, problems })
}

/// An id that begins with `prefix` and is the same for the same parts in every run.
fn id(prefix: &str, parts: &[&str]) -> String {
    format!("{prefix}{:012x}", xxhash_rust::xxh3::xxh3_64(parts.join("\u{1f}").as_bytes()) & 0xffff_ffff_ffff)
}
