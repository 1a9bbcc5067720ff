//! Clean, extract, normalise: every document by itself, partition by partition.

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::Work;
use super::corpus::{Found, Head, Live, Shelf};
use super::documents::Arrived;
use super::record::{Facts, Kept, Key, Record, furniture, layout};
use crate::clean::{self, LineCounts};
use crate::document::{Document, Problem};
use crate::extract::annotations::annotate;
use crate::extract::extract;
use crate::extract::kit::Kit;
use crate::failure::Failure;
use crate::matching::credit::candidates;
use crate::matching::event::{event_day, told_days};
use crate::matching::reprint::{fingerprint, places};
use crate::matching::signature::{Signature, signature};
use crate::read::is_torn;
use crate::reading::Reading;
use crate::rules::RuleBook;
use crate::score::conduct::conduct;
use crate::store::Spooled;
use crate::store::journal::Place;

/// The code of documents that are listed and are no failure.
pub const SET_ASIDE: &str = "language";
/// The code of documents with a sentence that was cut, which are no failure either.
pub const CUT: &str = "sentence-cut";

/// What cleaning, and so extracting, knows of the whole corpus.
pub struct Sources<'c> {
    /// What each source repeats.
    pub counts: &'c LineCounts,
    /// A digest of that.
    pub digests: FxHashMap<String, u64>,
}

impl<'c> Sources<'c> {
    /// From the counts over all documents.
    pub fn new(counts: &'c LineCounts) -> Self {
        let digests = counts.digests().into_iter().map(|(source, digest)| (source.to_owned(), digest));
        Self { counts, digests: digests.collect() }
    }

    /// A digest of what is known of a source; 0 for one without lines.
    pub fn digest(&self, source: &str) -> u64 {
        self.digests.get(source).copied().unwrap_or(0)
    }
}

/// Extracts the documents that arrived and are not yet known; tells how many were made anew.
///
/// # Errors
/// [`Failure::Output`] when the disk is full, [`Failure::Fatal`] when it cannot be read back, [`Failure::Interrupted`].
pub fn extract_arrived(
    arrived: &Spooled<Arrived>,
    shelf: &mut Shelf,
    sources: &Sources,
    total: u64,
    work: &Work,
) -> Result<u64, Failure> {
    let kit = work.lore.kit();
    let line = work.progress.stage("extract", total);
    let reader: &Shelf = shelf;
    let outcome: Result<Vec<_>, Failure> = (0..arrived.partitions())
        .into_par_iter()
        .map(|partition| {
            let mut desk = Desk { partition, shelf: reader, sources, kit: &kit, work, found: Vec::new(), anew: 0 };
            let known = reader.known(partition);
            desk.work_through(arrived, &known, |problem| if problem { line.fail() } else { line.add(1) })?;
            Ok((desk.found, desk.anew))
        })
        .collect();
    line.finish();
    let outcome = outcome?;
    let anew = outcome.iter().map(|(_, anew)| anew).sum();
    outcome.into_iter().enumerate().for_each(|(partition, (found, _))| shelf.add(partition, found));
    Ok(anew)
}

/// Works on one partition.
struct Desk<'d> {
    partition: usize,
    shelf: &'d Shelf,
    sources: &'d Sources<'d>,
    kit: &'d Kit<'d>,
    work: &'d Work<'d>,
    found: Vec<Found>,
    anew: u64,
}

impl Desk<'_> {
    fn work_through(
        &mut self,
        arrived: &Spooled<Arrived>,
        known: &FxHashSet<u128>,
        mut tell: impl FnMut(bool),
    ) -> Result<(), Failure> {
        let mut earlier: Option<FxHashMap<u128, Vec<Earlier>>> = None;
        for arrived in arrived.read(self.partition)? {
            let arrived = arrived?;
            self.work.stop.check()?;
            if !known.contains(&arrived.digest) {
                if earlier.is_none() {
                    earlier = Some(self.earlier()?);
                }
                let same = earlier.as_ref().and_then(|all| all.get(&arrived.digest)).map_or(&[][..], Vec::as_slice);
                self.settle(arrived, same)?;
                if self.found.last().is_some_and(|(_, problem)| problem.is_some()) {
                    tell(true);
                }
                tell(false);
            }
        }
        Ok(())
    }

    /// Entries of this partition by document: other versions of a file may have held the same one.
    fn earlier(&self) -> Result<FxHashMap<u128, Vec<Earlier>>, Failure> {
        let mut earlier: FxHashMap<u128, Vec<Earlier>> = FxHashMap::default();
        for (head, place) in self.shelf.journal.heads(self.partition)? {
            earlier.entry(head.digest).or_default().push(Earlier { counts: head.counts, layout: head.layout, place });
        }
        Ok(earlier)
    }

    /// Takes over what was made of the same text, or makes it.
    fn settle(&mut self, arrived: Arrived, earlier: &[Earlier]) -> Result<(), Failure> {
        let document = &arrived.document;
        let counts = self.sources.digest(&document.source);
        if let Some(same) = earlier.iter().rev().find(|e| e.counts == counts)
            && self.take_over(&arrived, counts, same)?
        {
            return Ok(());
        }
        let reading = clean::clean(document, self.sources.counts, &self.work.lore.book.clean);
        let layout = layout(&reading);
        if let Some(same) = earlier.iter().rev().find(|e| e.layout == layout)
            && self.take_over(&arrived, counts, same)?
        {
            return Ok(());
        }
        let kept = kept(&reading, self.kit, self.work.lore.book);
        let head = self.shelf.head(&arrived, counts, layout);
        let (filed, (key, aside)) = kept.file()?;
        let place = self.shelf.journal.append(self.partition, &head, &filed)?;
        self.anew += 1;
        self.shelf.keys.take(key)?;
        self.found.push((Live { digest: head.digest, layout, place }, aside));
        Ok(())
    }

    /// Copies an earlier entry under a new head; false when it is damaged.
    fn take_over(&mut self, arrived: &Arrived, counts: u64, earlier: &Earlier) -> Result<bool, Failure> {
        let Some((key, aside)) = self.shelf.key_at(self.partition, earlier.place)? else { return Ok(false) };
        let head: Head = self.shelf.head(arrived, counts, earlier.layout);
        let Some(place) = self.shelf.journal.append_again(self.partition, &head, earlier.place)? else {
            return Ok(false);
        };
        self.shelf.keys.take(key)?;
        self.found.push((Live { digest: head.digest, layout: head.layout, place }, aside));
        Ok(true)
    }
}

/// An entry of the same document.
struct Earlier {
    counts: u64,
    layout: u64,
    place: Place,
}

/// All that is made of a document that was cleaned.
pub fn kept(reading: &Reading, kit: &Kit, book: &RuleBook) -> Kept {
    let (record, key) = read_one(reading, kit, book);
    Kept { key, aside: set_aside(reading.document).or_else(|| cut(reading, book)), record }
}

/// Other languages than English are listed, and only what works without language is done for them.
fn set_aside(document: &Document) -> Option<Problem> {
    (!document.is_english()).then(|| Problem {
        document: document.path.clone(),
        stage: "read".into(),
        code: SET_ASIDE.into(),
        message: format!("language {}: no claims are read; furniture and copies are", document.language),
    })
}

/// Words without a stop are read in pieces: what is told across a cut is not found.
fn cut(reading: &Reading, book: &RuleBook) -> Option<Problem> {
    let longest = book.clean.tables.abbreviations.longest;
    let first = reading.sentences.iter().find(|s| longest > 0 && s.tokens.len() == longest)?;
    Some(Problem {
        document: reading.document.path.clone(),
        stage: "clean".into(),
        code: CUT.into(),
        message: format!(
            "line {}: a sentence of {longest} words or more is read in pieces; raise abbreviations.longest in clean.toml if it is one",
            first.line
        ),
    })
}

/// The per-document stages behind cleaning as one pure function.
fn read_one(reading: &Reading, kit: &Kit, book: &RuleBook) -> (Record, Key) {
    let document = reading.document;
    let published = document.published.or_else(|| clean::dateline(reading, &book.clean));
    let notes = annotate(reading, published, kit);
    let (mut claims, mut statements) =
        if document.is_english() { extract(&notes, &book.extract) } else { Default::default() };
    if document.undecodable > 0 {
        claims.retain(|claim| !is_torn(&claim.text));
        statements.retain(|statement| !is_torn(&statement.text));
    }
    let (names, known) = (notes.counted_names(), (&book.extract.open.stopwords, kit.lexicon));
    let event = event_day(reading, published, &claims, &book.matching.signature);
    let told = told_days(published, &claims);
    let key = Key {
        path: document.path.clone(),
        signature: Signature { event, told, ..signature(reading, published, &names, known, &book.matching.signature) },
        fingerprint: fingerprint(reading, |at| notes.is_quoted(at), &book.matching.reprint),
        source: document.source.clone(),
        published: published.map(|p| p.date),
        credits: candidates(reading, &book.matching.credit),
    };
    let conduct = conduct(&document.text, &claims, &book.score.conduct);
    let noise = clean::noise(reading, &book.clean);
    let furniture = furniture(reading, &noise);
    let facts = Facts::of(document, reading, published, noise, conduct);
    let places = places(reading, |at| notes.is_quoted(at));
    (Record { facts, claims, statements, furniture, places }, key)
}
