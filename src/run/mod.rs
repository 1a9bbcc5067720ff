//! The pipeline's driver on one machine: partitions in parallel, each in memory that is bounded.
//!
//! Per-document work, per-group work and the score table meet only through spools on disk, so
//! that another driver can run the same functions elsewhere.

pub mod cache;
pub mod columns;
mod corpus;
mod corpus_rows;
mod disputes;
mod documents;
pub mod extraction;
pub mod gate;
pub mod grouping;
mod hidden;
mod judged;
mod keys;
pub mod known;
pub mod log;
pub mod lore;
mod losses;
mod manifest;
pub mod origin;
pub mod paths;
pub mod progress;
pub mod publish;
pub mod record;
mod repeats;
pub mod reuse;
pub mod rows;
mod slot_index;
pub mod stop;
pub mod stories;
mod summary;
pub mod tables;
pub mod tally;
pub mod wording;
mod written;

use compact_str::CompactString;
use std::path::Path;

use crate::document::Problem;
use crate::failure::Failure;
use crate::read::Plan;
use cache::Cache;
use lore::Lore;
use progress::Progress;
use stop::Stop;
pub use tables::Tables;

/// What a run works with.
pub struct Work<'w> {
    /// What the stages go by.
    pub lore: Lore<'w>,
    /// A folder for what does not fit in memory.
    pub scratch: &'w Path,
    /// Into how many parts documents and stories are cut; one part a thread is in memory at a time.
    pub partitions: usize,
    /// The ceiling for buffers, in bytes.
    pub memory: usize,
    /// Shows how far the work is.
    pub progress: &'w Progress,
    /// Work of earlier runs.
    pub cache: &'w Cache,
    /// Asked whether to go on.
    pub stop: &'w Stop,
}

impl Work<'_> {
    /// The partition of a key. It hangs on nothing but the key.
    fn partition(&self, key: &str) -> usize {
        part_of(key, self.partitions)
    }

    /// Into how many pieces each partition of stories is cut, so that what `bytes` of records come to in memory stays a
    /// small part of the ceiling: one piece a thread is in memory at a time.
    fn pieces(&self, bytes: u64) -> usize {
        /// A record takes so many times its bytes on the disk, where it is packed.
        const GROWS: usize = 12;
        /// The part of the ceiling that the pieces in work may fill.
        const PART: usize = 8;
        let most = self.memory / PART / GROWS / rayon::current_num_threads();
        (bytes as usize / self.partitions.max(1)).div_ceil(most.max(1)).clamp(1, self.partitions.max(1))
    }

    /// A sixteenth of the ceiling: several spools and sorters are open at once.
    fn buffer_bytes(&self) -> usize {
        self.memory / 16
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
    /// A digest of each file, in the order of the plan, as far as files were read here.
    pub contents: Vec<Option<u128>>,
}

/// The whole pipeline: read → clean → extract → normalise → match → compare → score.
///
/// # Errors
/// [`Failure::Output`] when the disk is full; [`Failure::Interrupted`]: what is done by then is kept in the cache.
pub fn analyse(plan: &Plan, work: &Work) -> Result<Analysis, Failure> {
    let mut corpus = corpus::read_corpus(plan, work)?;
    corpus.problems.iter_mut().for_each(|problem| hidden::hide_problem(problem, work.lore.mask));
    work.stop.check()?;
    let line = work.progress.stage("group", 0);
    let grouping = grouping::Grouping::new(corpus.keys, work)?;
    line.finish();
    // Nine sorters fill at once.
    let sorters = tables::Sorters::create(work.scratch, work.buffer_bytes() / 4)?;
    let stories = stories::regroup(&corpus.records, &grouping, &sorters, work)?;
    // Documents and stories are only comparing's: scoring needs the room.
    drop((corpus.records, grouping));
    let stories_anew = stories::compare_stories(&stories, &sorters, work)?;
    drop(stories);
    work.stop.check()?;
    let line = work.progress.stage("score", 0);
    let tables = sorters.finish(work.lore)?;
    line.finish();
    Ok(Analysis {
        tables,
        documents: corpus.documents,
        documents_anew: corpus.anew,
        stories_anew,
        problems: corpus.problems,
        contents: corpus.contents,
    })
}

/// The part of a key, of so many.
fn part_of(key: &str, parts: usize) -> usize {
    (xxhash_rust::xxh3::xxh3_64(key.as_bytes()) % parts as u64) as usize
}

fn stopped() -> Failure {
    Failure::Fatal("a worker stopped unexpectedly; run the same command again".into())
}

/// An id that begins with `prefix` and is the same for the same parts in every run.
fn id(prefix: &str, parts: &[&str]) -> CompactString {
    id_of(prefix, &parts.join(BETWEEN))
}

/// What stands between the parts that an id is made of.
const BETWEEN: &str = "\u{1f}";

/// The same of the parts with [`BETWEEN`] between them.
fn id_of(prefix: &str, parts: &str) -> CompactString {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let number = xxhash_rust::xxh3::xxh3_64(parts.as_bytes());
    let mut digits = [0; 12];
    (0..12).zip(digits.iter_mut().rev()).for_each(|(at, digit)| *digit = DIGITS[(number >> (4 * at)) as usize % 16]);
    let mut id = CompactString::from(prefix);
    id.push_str(str::from_utf8(&digits).unwrap_or_default());
    id
}
