//! The corpus as extracted documents: those of earlier runs that still hold, and the rest made anew.
//!
//! A kept document holds while its file is what it was and its source repeats what it repeated, for that is all
//! that reading, cleaning and extracting look at.

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use super::Work;
use super::cache::files::Files;
use super::documents::{Arrived, read_files};
use super::extraction::{Sources, extract_arrived};
use super::keys::{AllKeys, Keys};
use super::record::{Filed, Front};
use crate::clean::{LineCounts, PageLines};
use crate::document::Problem;
use crate::failure::Failure;
use crate::read::Plan;
use crate::store::journal::Place;
use crate::store::{Journal, Parcel, Spool};

/// What a kept document hangs on.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Head {
    /// The name of its file.
    file: u64,
    /// The file's content and facts.
    key: u128,
    /// Of the document itself.
    pub digest: u128,
    /// Of what its source repeats.
    pub counts: u64,
    /// Of what cleaning made of it.
    pub layout: u64,
    source: String,
    page: PageLines,
}

/// A kept document that holds.
#[derive(Clone, Copy, Debug)]
pub struct Live {
    /// Of the document itself.
    pub digest: u128,
    /// Of what cleaning made of it.
    pub layout: u64,
    /// Where it is.
    pub place: Place,
}

/// All kept documents, and which of them hold.
pub struct Shelf {
    /// Where they are.
    pub journal: Journal<Head>,
    files: Files,
    live: Vec<Vec<Live>>,
    /// What grouping needs of each.
    pub keys: Keys,
    aside: Vec<Problem>,
}

/// The corpus, extracted.
pub struct Corpus {
    /// Where the records are.
    pub records: Records,
    /// What grouping needs of them.
    pub keys: AllKeys,
    /// What failed or was set aside, sorted.
    pub problems: Vec<Problem>,
    /// How many documents there are.
    pub documents: u64,
    /// How many of them were made anew.
    pub anew: u64,
    /// A digest of each file, in the order of the plan.
    pub contents: Vec<Option<u128>>,
}

/// The records of a corpus, in partitions by path.
pub struct Records {
    journal: Journal<Head>,
    live: Vec<Vec<Live>>,
}

/// Reads and extracts what is not known from earlier runs.
///
/// # Errors
/// [`Failure::Output`] when the disk is full, [`Failure::Interrupted`]: what is done by then is kept.
pub fn read_corpus(plan: &Plan, work: &Work) -> Result<Corpus, Failure> {
    let mut counts = work.lore.book.clean.line_counts();
    let mut shelf = Shelf::open(plan, work)?;
    let known = shelf.survey(&mut counts)?;
    let spool = Spool::create(work.scratch, "documents", work.partitions, work.buffer_bytes())?;
    let unread = shelf.files.incomplete(&known);
    read_files(&unread, plan, &mut shelf.files, &mut counts, (&spool, work))?;
    shelf.files.save(plan, work.cache)?;
    // What was counted of these files was counted again on the way, which changes nothing.
    let mut again = counts.clone();
    let sources = Sources::new(&counts);
    let stale = shelf.recall(&sources, work)?;
    let stale: Vec<usize> = stale.into_iter().filter(|file| unread.binary_search(file).is_err()).collect();
    read_files(&stale, plan, &mut shelf.files, &mut again, (&spool, work))?;
    let arrived = spool.finish()?;
    let total = shelf.files.documents().saturating_sub(shelf.held());
    let anew = extract_arrived(&arrived, &mut shelf, &sources, total, work);
    // What was done before an interruption is kept.
    shelf.journal.flush()?;
    shelf.finish(plan, anew?)
}

impl Shelf {
    fn open(plan: &Plan, work: &Work) -> Result<Self, Failure> {
        let (journal, damaged) = Journal::open(work.cache.documents(), work.partitions)?;
        work.progress.note_damage("documents", damaged);
        let files = Files::list(plan, work.cache, work.stop)?;
        let live = vec![Vec::new(); work.partitions];
        Ok(Self { journal, files, live, keys: Keys::create(work)?, aside: Vec::new() })
    }

    /// How many documents hold.
    fn held(&self) -> u64 {
        self.live.iter().map(|part| part.len() as u64).sum()
    }

    /// Counts the lines of all kept documents, and the documents that are known of each file.
    fn survey(&self, counts: &mut LineCounts) -> Result<FxHashMap<usize, u64>, Failure> {
        let empty = counts.clone();
        let parts = (0..self.live.len()).into_par_iter().map(|partition| {
            let (mut lines, mut seen, mut known) = (empty.clone(), FxHashSet::default(), FxHashMap::default());
            for (head, _) in self.journal.heads(partition)? {
                let Some(file) = self.files.current(head.file, head.key) else { continue };
                if seen.insert(head.digest) {
                    lines.observe_page(&head.source, head.page);
                    *known.entry(file).or_insert(0_u64) += 1;
                }
            }
            Ok((lines, known))
        });
        let mut known = FxHashMap::default();
        for (lines, some) in parts.collect::<Result<Vec<_>, Failure>>()? {
            counts.merge(lines);
            some.into_iter().for_each(|(file, documents)| *known.entry(file).or_insert(0) += documents);
        }
        Ok(known)
    }

    /// Finds the kept documents that hold; hands back the files of those that do not, sorted.
    fn recall(&mut self, sources: &Sources, work: &Work) -> Result<Vec<usize>, Failure> {
        let parts = (0..self.live.len()).into_par_iter().map(|partition| {
            work.stop.check()?;
            self.recall_part(partition, sources)
        });
        let mut stale = Vec::new();
        for (partition, part) in parts.collect::<Result<Vec<_>, Failure>>()?.into_iter().enumerate() {
            self.add(partition, part.0);
            stale.extend(part.1);
        }
        stale.sort_unstable();
        stale.dedup();
        Ok(stale)
    }

    fn recall_part(&self, partition: usize, sources: &Sources) -> Result<(Vec<Found>, Vec<usize>), Failure> {
        let mut last: FxHashMap<u128, (usize, Option<Live>)> = FxHashMap::default();
        for (head, place) in self.journal.heads(partition)? {
            let Some(file) = self.files.current(head.file, head.key) else { continue };
            if head.counts == sources.digest(&head.source) {
                let live = Live { digest: head.digest, layout: head.layout, place };
                last.insert(head.digest, (file, Some(live)));
            } else {
                last.entry(head.digest).or_insert((file, None));
            }
        }
        let mut candidates: Vec<_> = last.into_values().collect();
        candidates.sort_unstable_by_key(|(file, live)| (live.map(|live| live.place), *file));
        let (mut found, mut stale) = (Vec::new(), Vec::new());
        for (file, live) in candidates {
            let kept = live.and_then(|live| Some((live, self.key_at(partition, live.place).transpose()?)));
            match kept {
                Some((live, kept)) => {
                    let (key, aside) = kept?;
                    self.keys.take(key)?;
                    found.push((live, aside));
                }
                None => stale.push(file),
            }
        }
        Ok((found, stale))
    }

    /// What grouping needs of a kept document; none when it is damaged.
    pub fn key_at(&self, partition: usize, place: Place) -> Result<Option<Front>, Failure> {
        let Some(mut reader) = self.journal.reader(partition)? else { return Ok(None) };
        let body = reader.body(place).ok();
        Ok(body.and_then(|body| postcard::take_from_bytes::<Parcel<Front>>(&body).ok()?.0.unpack()))
    }

    /// The documents of a partition that hold.
    pub fn known(&self, partition: usize) -> FxHashSet<u128> {
        self.live[partition].iter().map(|live| live.digest).collect()
    }

    /// What an entry of a document that arrived hangs on.
    pub fn head(&self, arrived: &Arrived, counts: u64, layout: u64) -> Head {
        Head {
            file: arrived.name,
            key: self.files.key(arrived.file),
            digest: arrived.digest,
            counts,
            layout,
            source: arrived.document.source.clone(),
            page: arrived.page.clone(),
        }
    }

    /// Takes documents that hold.
    pub fn add(&mut self, partition: usize, found: Vec<Found>) {
        for (live, aside) in found {
            self.live[partition].push(live);
            self.aside.extend(aside);
        }
    }

    fn finish(mut self, plan: &Plan, anew: u64) -> Result<Corpus, Failure> {
        self.live.iter_mut().for_each(|part| part.sort_unstable_by_key(|live| live.place));
        let mut problems: Vec<Problem> = plan.problems.iter().chain(self.files.problems()).cloned().collect();
        problems.sort();
        self.aside.sort();
        problems.append(&mut self.aside);
        let documents = self.held();
        Ok(Corpus {
            records: Records { journal: self.journal, live: self.live },
            keys: self.keys.finish()?,
            problems,
            documents,
            anew,
            contents: self.files.contents(),
        })
    }
}

/// A kept document that holds, and why it was set aside.
pub type Found = (Live, Option<Problem>);

impl Records {
    /// How many partitions there are, empty ones included.
    pub fn partitions(&self) -> usize {
        self.live.len()
    }

    /// How many bytes they take on the disk.
    pub fn bytes(&self) -> u64 {
        self.journal.bytes()
    }

    /// The documents of a partition, each with a digest of what it was made from.
    ///
    /// # Errors
    /// [`Failure::Fatal`] when one cannot be read back.
    pub fn read(&self, partition: usize) -> Result<impl Iterator<Item = Result<(u128, Filed), Failure>>, Failure> {
        let mut reader = self.journal.reader(partition)?;
        Ok(self.live[partition].iter().map(move |live| {
            let body = reader.as_mut().and_then(|reader| reader.body(live.place).ok());
            let filed = body.and_then(|body| postcard::from_bytes(&body).ok()).ok_or_else(damaged)?;
            Ok((super::cache::digest(&[live.digest, live.layout.into()]), filed))
        }))
    }

    /// Drops what no document needs any more, where that is the greater part.
    ///
    /// # Errors
    /// [`Failure::Output`] when the disk is full.
    pub fn compact(&self) -> Result<(), Failure> {
        (0..self.live.len()).into_par_iter().try_for_each(|partition| {
            let places: Vec<Place> = self.live[partition].iter().map(|live| live.place).collect();
            self.journal.compact(partition, &places)
        })
    }
}

pub(super) fn damaged() -> Failure {
    Failure::Fatal("an extracted document cannot be read back\n  run the same command again: it is made anew".into())
}
