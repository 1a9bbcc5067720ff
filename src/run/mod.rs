//! The pipeline's driver on one machine: partitions in parallel, each in memory that is bounded.
//!
//! Per-document work, per-group work and the score table meet only through spools on disk, so
//! that another driver can run the same functions elsewhere.

pub mod cache;
mod corpus;
mod corpus_rows;
mod documents;
mod extraction;
pub mod gate;
mod grouping;
mod hidden;
mod judged;
pub mod known;
pub mod log;
mod losses;
mod manifest;
mod origin;
pub mod progress;
pub mod publish;
pub mod record;
mod repeats;
mod reuse;
mod rows;
pub mod stop;
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
use crate::report::mask::Mask;
use crate::rules::RuleBook;
use crate::voices::Voices;
use cache::Cache;
use known::Known;
use progress::Progress;
use stop::Stop;
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
    /// What is known beforehand.
    pub known: &'w Known,
    /// Shows how far the work is.
    pub progress: &'w Progress,
    /// Work of earlier runs.
    pub cache: &'w Cache,
    /// Asked whether to go on.
    pub stop: &'w Stop,
    /// What people judged and sources replied.
    pub voices: &'w Voices,
    /// Hides the names of sources.
    pub mask: &'w Mask,
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
        let (lexicon, gazetteer, near_misses) = (self.lexicon, self.gazetteer, self.near_misses);
        Book { matching, compare, extract, lexicon, gazetteer, near_misses }
    }
}

/// What an analysis found: sorted rows on disk, ready to be written.
pub struct Analysis {
    /// The rows of all tables.
    pub tables: Tables,
    /// Documents read.
    pub documents: u64,
    /// Documents that were extracted and not taken over from an earlier run.
    pub documents_anew: u64,
    /// Stories that were compared and not taken over.
    pub stories_anew: u64,
    /// What failed.
    pub problems: Vec<Problem>,
    /// A digest of each file, in the order of the plan.
    pub contents: Vec<Option<u128>>,
}

/// The whole pipeline: read → clean → extract → normalise → match → compare → score.
///
/// # Errors
/// [`Failure::Output`] when the disk is full; [`Failure::Interrupted`]: what is done by then is kept in the cache.
pub fn analyse(plan: &Plan, work: &Work) -> Result<Analysis, Failure> {
    let mut corpus = corpus::read_corpus(plan, work)?;
    corpus.problems.iter_mut().for_each(|problem| hidden::hide_problem(problem, work.mask));
    work.stop.check()?;
    let grouping = grouping::Grouping::new(hidden::hidden_keys(corpus.keys, work.mask), &corpus.marks, work)?;
    let sorters = tables::Sorters::create(work)?;
    let stories = stories::regroup(&corpus.records, &grouping, &sorters, work)?;
    let compared = stories::compare_stories(&stories, &sorters, work)?;
    work.stop.check()?;
    Ok(Analysis {
        tables: sorters.finish(&compared.slots, work)?,
        documents: corpus.documents,
        documents_anew: corpus.anew,
        stories_anew: compared.anew,
        problems: corpus.problems,
        contents: corpus.contents,
    })
}

fn stopped() -> Failure {
    Failure::Fatal("a worker stopped unexpectedly; run the same command again".into())
}

/// An id that begins with `prefix` and is the same for the same parts in every run.
fn id(prefix: &str, parts: &[&str]) -> String {
    format!("{prefix}{:012x}", xxhash_rust::xxh3::xxh3_64(parts.join("\u{1f}").as_bytes()) & 0xffff_ffff_ffff)
}
