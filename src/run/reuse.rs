//! Who shares text with whom, in memory that does not grow with the corpus: marks go to the disk by
//! hash, what two documents share goes to the disk by pair, and every part is judged by itself.

use std::mem;
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use super::Work;
use crate::failure::Failure;
use crate::matching::reprint::fingerprint::Mark;
use crate::matching::reprint::{Copy, Posting, ReprintRules, Shared, Size, judged, shared};
use crate::store::{Rows, Spool, Spooled};

/// Shared shingles, and marks, that travel to the disk together.
const BATCH: usize = 1 << 12;

/// Marks on their way to the index. A document is known by any number of its own.
pub struct Marks {
    spool: Spool<Rows<Posting>>,
    /// What waits for each part.
    waiting: Vec<Mutex<Vec<Posting>>>,
    /// How many of them a part gathers.
    together: usize,
}

impl Marks {
    /// Begins the index.
    ///
    /// # Errors
    /// [`Failure::Output`] when the scratch folder cannot be made.
    pub fn create(work: &Work) -> Result<Self, Failure> {
        let memory = work.buffer_bytes() / 2;
        let spool = Spool::create(work.scratch, "marks", work.partitions, memory)?.storing();
        let together = (memory / size_of::<Posting>() / work.partitions.max(1)).clamp(1, BATCH);
        Ok(Self { spool, waiting: (0..work.partitions).map(|_| Mutex::default()).collect(), together })
    }

    /// Takes a document's marks, which are sorted.
    ///
    /// # Errors
    /// [`Failure::Output`] when the disk is full.
    pub fn take(&self, document: u32, marks: &[Mark]) -> Result<(), Failure> {
        let part = |mark: &Mark| part(mark.hash, self.waiting.len());
        marks.chunk_by(|x, y| part(x) == part(y)).try_for_each(|run| {
            let mut waiting = self.waiting[part(&run[0])].lock().unwrap_or_else(PoisonError::into_inner);
            waiting.extend(run.iter().map(|mark| Posting { document, mark: *mark }));
            if waiting.len() < self.together {
                return Ok(());
            }
            let batch = mem::take(&mut *waiting);
            drop(waiting);
            self.spool.append(part(&run[0]), &Rows(batch))
        })
    }

    /// Ends the index.
    ///
    /// # Errors
    /// [`Failure::Output`] when the disk is full.
    pub fn finish(self) -> Result<Spooled<Rows<Posting>>, Failure> {
        let rest = self.waiting.into_iter().map(|waiting| waiting.into_inner().unwrap_or_else(PoisonError::into_inner));
        let mut rest = rest.enumerate().filter(|(_, batch)| !batch.is_empty());
        rest.try_for_each(|(part, batch)| self.spool.append(part, &Rows(batch)))?;
        self.spool.finish()
    }
}

/// The part of a hash: by its upper bits, so that sorted marks go to the parts in runs.
pub fn part(hash: u64, parts: usize) -> usize {
    ((u128::from(hash) * parts as u128) >> 64) as usize
}

/// All pairs that share text, sorted. `place[n]` is the place of document `n`, and `size` is asked by place.
///
/// # Errors
/// [`Failure::Output`] when the disk is full, [`Failure::Fatal`] when it cannot be read back.
pub fn copies<'s>(
    marks: &Spooled<Rows<Posting>>,
    place: &[u32],
    size: impl Fn(u32) -> Size<'s> + Sync,
    work: &Work,
) -> Result<Vec<Copy>, Failure> {
    let pairs = Spool::create(work.scratch, "pairs", work.partitions, work.buffer_bytes())?.storing();
    (0..marks.partitions()).into_par_iter().try_for_each(|at| pair_up_part(marks, at, place, &pairs, work))?;
    let pairs = pairs.finish()?;
    let judge = |at| {
        let found = pairs.read(at)?.map(|batch| batch.map(|Rows(batch)| batch)).collect::<Result<_, _>>()?;
        Ok(judged(found, &size, &work.lore.book.matching.reprint))
    };
    let parts = (0..work.partitions).into_par_iter().map(judge).collect::<Result<Vec<Vec<Copy>>, Failure>>()?;
    let mut copies: Vec<Copy> = parts.into_iter().flatten().collect();
    copies.sort_unstable_by_key(|copy| (copy.a, copy.b));
    Ok(copies)
}

/// Sends what the documents of one part of the index share to the parts of their pairs.
fn pair_up_part(
    marks: &Spooled<Rows<Posting>>,
    at: usize,
    place: &[u32],
    pairs: &Spool<Rows<Shared>>,
    work: &Work,
) -> Result<(), Failure> {
    let mut postings = Vec::new();
    for batch in marks.read(at)? {
        let placed = |posting: Posting| Posting { document: place[posting.document as usize], ..posting };
        postings.extend(batch?.0.into_iter().map(placed));
    }
    let mut hand_on = |to, batch| pairs.append(to, &Rows(batch));
    pair_up(&mut postings, work.partitions, &work.lore.book.matching.reprint, &mut hand_on)
}

/// What the documents of one part of the index share, handed on a little at a time with the part of their pair.
///
/// # Errors
/// Those of `hand_on`.
pub fn pair_up(
    postings: &mut [Posting],
    parts: usize,
    rules: &ReprintRules,
    hand_on: &mut dyn FnMut(usize, Vec<Shared>) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut batches: Vec<Vec<Shared>> = vec![Vec::new(); parts];
    let mut outcome = Ok(());
    shared(postings, rules, |found| {
        let to = pair_part(&found, parts);
        batches[to].push(found);
        if batches[to].len() >= BATCH && outcome.is_ok() {
            outcome = hand_on(to, std::mem::take(&mut batches[to]));
        }
    });
    outcome?;
    let mut rest = batches.into_iter().enumerate().filter(|(_, batch)| !batch.is_empty());
    rest.try_for_each(|(to, batch)| hand_on(to, batch))
}

/// The part of a pair: all that two documents share goes to one.
fn pair_part(found: &Shared, parts: usize) -> usize {
    let mixed = (u64::from(found.a) << 32 | u64::from(found.b)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    part(mixed, parts)
}
