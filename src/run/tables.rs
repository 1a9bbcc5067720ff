//! The rows of all tables on their way to being sorted, and the sorted rows.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard};

use compact_str::{CompactString, format_compact};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::grouping::Grouping;
use super::lore::Lore;
use super::losses::adjustment;
use super::record::Sheet;
use super::rows::StoryRows;
use super::tally::Tally;
use super::{corpus_rows, stopped};
use crate::failure::Failure;
use crate::matching::pairs::Cut;
use crate::report::tables::{Claim, Copy, Document, Furniture, Loss, Pair};
use crate::score::belief::Beliefs;
use crate::score::ledger::ScoredSlot;
use crate::score::scorecard::{self, DocumentFacts, Scored};
use crate::score::slots::Slots;
use crate::store::{Sortable, Sorted, Sorter};

/// A row behind the key it is sorted by; equal keys mean equal rows.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Keyed<Row> {
    key: (u16, CompactString, u64, CompactString, u64),
    row: Row,
}

/// The bytes of a row behind its key, which stands in front.
pub struct Unkeyed {
    bytes: Vec<u8>,
    key: usize,
}

impl Unkeyed {
    /// The row of some bytes.
    ///
    /// # Errors
    /// [`Failure::Fatal`] when they begin with no key.
    pub fn of(bytes: Vec<u8>) -> Result<Self, Failure> {
        // Texts are written as bytes are, and nobody asks what they say.
        let read = postcard::take_from_bytes::<(u16, &[u8], u64, &[u8], u64)>(&bytes);
        let (_, row) = read.map_err(|error| Failure::Fatal(format!("a row cannot be read back: {error}")))?;
        Ok(Self { key: bytes.len() - row.len(), bytes })
    }
}

impl AsRef<[u8]> for Unkeyed {
    fn as_ref(&self) -> &[u8] {
        &self.bytes[self.key..]
    }
}

impl<Row> Keyed<Row> {
    /// The row without its key.
    pub fn into_row(self) -> Row {
        self.row
    }
}

impl<Row: Send + Serialize + DeserializeOwned> Sortable for Keyed<Row> {
    type Key = (u16, CompactString, u64, CompactString, u64);

    fn into_key(self) -> Self::Key {
        self.key
    }
}

/// A slot; its id, which stands in front, is what it is sorted by.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct ById(ScoredSlot);

impl Sortable for ById {
    type Key = CompactString;

    fn into_key(self) -> CompactString {
        self.0.id
    }
}

/// Takes rows from many threads.
pub struct Sorters {
    disagreements: Sorter<Keyed<Pair>>,
    agreements: Sorter<Keyed<Pair>>,
    not_comparable: Sorter<Keyed<Pair>>,
    claims: Sorter<Keyed<Claim>>,
    documents: Sorter<Keyed<Document>>,
    furniture: Sorter<Keyed<Furniture>>,
    copies: Sorter<Keyed<Copy>>,
    losses: Sorter<Keyed<Loss>>,
    slots: Sorter<ById>,
    /// Where sorted slots wait, and how many bytes of them stay in memory.
    sorted_slots: (PathBuf, usize),
    gathered: Mutex<Gathered>,
}

/// What scoring needs of all documents and pairs at once; small, for it stays in memory.
#[derive(Default)]
struct Gathered {
    facts: Vec<DocumentFacts>,
    tally: Tally,
}

/// The sorted rows of all tables.
pub struct Tables {
    /// Contradictions first.
    pub disagreements: Sorted<Keyed<Pair>>,
    /// Agreements, variants and the less precise.
    pub agreements: Sorted<Keyed<Pair>>,
    /// What was turned down.
    pub not_comparable: Sorted<Keyed<Pair>>,
    /// By document and place.
    pub claims: Sorted<Keyed<Claim>>,
    /// By path.
    pub documents: Sorted<Keyed<Document>>,
    /// By document and line.
    pub furniture: Sorted<Keyed<Furniture>>,
    /// By paths.
    pub copies: Sorted<Keyed<Copy>>,
    /// The passages behind the losses, by source and slot.
    pub lines: Sorted<Keyed<Loss>>,
    /// The scorecards, by name, and what each loss costs.
    pub scored: Scored,
    /// What the disputes are decided by.
    pub beliefs: Beliefs,
    /// How often each rule had a say.
    pub tally: Tally,
}

impl Sorters {
    /// Empty sorters in the run's scratch folder; each keeps about `memory` bytes of rows.
    ///
    /// # Errors
    /// [`Failure::Output`] when the scratch folder cannot be written.
    pub fn create(scratch: &Path, memory: usize) -> Result<Self, Failure> {
        fn sorter<R>(name: &str, (scratch, memory): (&Path, usize)) -> Result<Sorter<Keyed<R>>, Failure>
        where
            R: Serialize + DeserializeOwned + Send,
        {
            Sorter::create(scratch, name, memory)
        }
        let place = (scratch, memory);
        Ok(Self {
            disagreements: sorter("disagreements", place)?,
            agreements: sorter("agreements", place)?,
            not_comparable: sorter("not_comparable", place)?,
            claims: sorter("claims", place)?,
            documents: sorter("document_rows", place)?,
            furniture: sorter("furniture", place)?,
            copies: sorter("copies", place)?,
            losses: sorter("losses", place)?,
            slots: Sorter::create(scratch, "slots", memory)?,
            sorted_slots: (scratch.join("sorted_slots"), memory),
            gathered: Mutex::default(),
        })
    }

    /// Takes the rows of a document itself.
    ///
    /// # Errors
    /// [`Failure::Output`] when the scratch disk is full.
    pub fn document(&self, sheet: &Sheet, number: usize, grouping: &Grouping) -> Result<(), Failure> {
        let facts = &sheet.facts;
        self.gathered()?.facts.push(DocumentFacts {
            source: facts.source.as_str().into(),
            number: number as u32,
            story: grouping.story[number],
            unit: grouping.unit[number],
            words: facts.words as u32,
            claims: sheet.claims as u32,
            copied_share: grouping.copied_share(number),
            borrowed_share: grouping.borrowed_share(number),
            conduct: facts.conduct.clone(),
            noise: (&facts.noise).into(),
        });
        for (at, line) in (0..).zip(&sheet.furniture) {
            let row = Furniture {
                document: facts.path.clone(),
                line: line.line.into(),
                kind: line.kind.clone(),
                rule: line.rule.clone(),
                text: line.text.clone(),
                words: line.words.into(),
            };
            self.gathered()?.tally.furniture(&line.rule);
            self.furniture.push(keyed((0, &facts.path, line.line.into(), "", at), row))?;
        }
        self.documents.push(keyed((0, &facts.path, 0, "", 0), corpus_rows::document(sheet, number, grouping)))
    }

    /// Takes the pairs of documents that share text.
    ///
    /// # Errors
    /// [`Failure::Output`] when the scratch disk is full.
    pub fn copies(&self, grouping: &Grouping) -> Result<(), Failure> {
        self.gathered()?.tally.long = grouping.long;
        for copy in &grouping.copies {
            let row = corpus_rows::copy(copy, grouping);
            let (a, b) = (row.document_a.clone(), row.document_b.clone());
            self.copies.push(keyed((0, &a, 0, &b, 0), row))?;
        }
        Ok(())
    }

    /// Takes the rows of a story.
    ///
    /// # Errors
    /// [`Failure::Output`] when the scratch disk is full.
    pub fn story(&self, rows: StoryRows, lore: Lore) -> Result<(), Failure> {
        let StoryRows { pairs, claims, slots, losses, turned_down, cut } = rows;
        self.turned_down(&turned_down, cut)?;
        pairs.into_iter().try_for_each(|pair| self.pair(lore.voices.annotated(pair, lore.mask), lore))?;
        claims.into_iter().try_for_each(|claim| self.claim(claim))?;
        losses.into_iter().try_for_each(|loss| self.loss(loss))?;
        slots.into_iter().try_for_each(|slot| self.slots.push(ById(slot)))
    }

    /// Takes the numbers of pairs that rules turned down, and what caps left out.
    fn turned_down(&self, counts: &BTreeMap<String, u64>, cut: Cut) -> Result<(), Failure> {
        let mut gathered = self.gathered()?;
        gathered.tally.cut.add(cut);
        counts.iter().for_each(|(rule, count)| gathered.tally.turned_down(rule, *count));
        Ok(())
    }

    /// Takes a pair into the table of its verdict.
    fn pair(&self, pair: Pair, lore: Lore) -> Result<(), Failure> {
        self.gathered()?.tally.pair(&pair);
        let rank = u16::from(lore.book.compare.severity.rank(&pair.severity));
        let (sorter, rank) = match pair.verdict.as_str() {
            "contradicts" => (&self.disagreements, rank * 10 + tenths_missing(&pair)),
            "superseded" => (&self.disagreements, OVERTAKEN + rank),
            "not-comparable" if lore.near_misses => (&self.not_comparable, 0),
            "not-comparable" => return Ok(()),
            _ => (&self.agreements, 0),
        };
        let mut sides = pair.document_a.clone();
        sides.push_str(&pair.disagreement_id);
        sorter.push(Keyed { key: (rank, pair.story_id.clone(), 0, sides, told(&pair)), row: pair })
    }

    /// Takes a claim.
    fn claim(&self, claim: Claim) -> Result<(), Failure> {
        self.gathered()?.tally.claim(&claim.attribute);
        let key = (0, claim.document.clone(), claim.start, claim.mention_id.clone(), 0);
        self.claims.push(Keyed { key, row: claim })
    }

    /// Takes a loss whose points are not known yet.
    fn loss(&self, loss: Loss) -> Result<(), Failure> {
        self.losses.push(lost(loss))
    }

    /// Sorts everything and scores the sources.
    ///
    /// # Errors
    /// [`Failure::Output`] when the scratch disk is full.
    pub fn finish(self, lore: Lore) -> Result<Tables, Failure> {
        // Scoring needs all slots at once, and no rows.
        self.settle()?;
        let Self { slots, sorted_slots, losses, gathered, .. } = self;
        let Gathered { mut facts, tally } = gathered.into_inner().map_err(|_| stopped())?;
        facts.sort_unstable_by_key(|facts| facts.number);
        let slots = told_of(slots, Slots::create(&sorted_slots.0, sorted_slots.1))?;
        let beliefs = Beliefs::solve(&slots, &lore.known.trusted, &lore.book.score);
        let scored = scorecard::scorecards(&slots, &facts, &beliefs, &lore.book.score);
        slots.check()?;
        scored.sources.iter().filter_map(adjustment).try_for_each(|line| losses.push(lost(line)))?;
        Ok(Tables {
            disagreements: self.disagreements.finish()?,
            agreements: self.agreements.finish()?,
            not_comparable: self.not_comparable.finish()?,
            claims: self.claims.finish()?,
            documents: self.documents.finish()?,
            furniture: self.furniture.finish()?,
            copies: self.copies.finish()?,
            lines: losses.finish()?,
            scored,
            beliefs,
            tally,
        })
    }

    /// Writes out the rows of the tables that memory does not hold anyhow.
    fn settle(&self) -> Result<(), Failure> {
        [&self.disagreements, &self.agreements, &self.not_comparable].into_iter().try_for_each(Sorter::settle)?;
        self.claims.settle()?;
        self.documents.settle()?;
        self.furniture.settle()?;
        self.losses.settle()
    }

    fn gathered(&self) -> Result<MutexGuard<'_, Gathered>, Failure> {
        self.gathered.lock().map_err(|_| stopped())
    }
}

/// The slots that scoring looks at, in order.
fn told_of(sorter: Sorter<ById>, mut slots: Slots) -> Result<Slots, Failure> {
    for slot in sorter.finish()? {
        slots.push(&slot?.0)?;
    }
    slots.finish()
}

/// Stands behind all that contradicts.
const OVERTAKEN: u16 = 10_000;

/// How many tenths a contradiction is from certain: of those of one severity the likeliest stand first.
fn tenths_missing(pair: &Pair) -> u16 {
    9 - (pair.confidence.unwrap_or_default() * 10.0).clamp(0.0, 9.0) as u16
}

/// What is said of a pair, as a number: one pair of values may be told as days and as a length of time, under one id.
fn told(pair: &Pair) -> u64 {
    let said = [&*pair.kind, &pair.rule, &pair.why, &pair.diff, &pair.modality_a, &pair.modality_b];
    xxhash_rust::xxh3::xxh3_64(said.join("\u{1f}").as_bytes())
}

fn lost(loss: Loss) -> Keyed<Loss> {
    let sides = format_compact!("{}{}", loss.slot_id, loss.loss_id);
    Keyed { key: (0, loss.source.as_str().into(), 0, sides, 0), row: loss }
}

fn keyed<Row>(key: (u16, &str, u64, &str, u64), row: Row) -> Keyed<Row> {
    Keyed { key: (key.0, key.1.into(), key.2, key.3.into(), key.4), row }
}
