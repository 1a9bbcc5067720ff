//! The driver's part: groups documents by what is compact of them, takes the rows of all tables, scores and publishes.

use std::collections::BTreeSet;
use std::mem;

use rayon::prelude::*;

use super::{Front, Piece};
use crate::document::Problem;
use crate::failure::Failure;
use crate::matching::reprint::{Borrowed, Shared, judged};
use crate::matching::signatures::Signatures;
use crate::run::Analysis;
use crate::run::columns::Columns;
use crate::run::grouping::Grouping;
use crate::run::origin::Prints;
use crate::run::publish::{Press, Published, Setup};
use crate::run::record::{Key, Sheet};
use crate::run::tables::Sorters;

/// A run in the making.
pub struct Edition<'e> {
    setup: Setup<'e>,
    press: Press,
    sorters: Sorters,
    /// Each with the number of its marks.
    keys: Vec<(Key, usize)>,
    shared: Vec<Shared>,
    grouping: Option<Grouping>,
    problems: Vec<Problem>,
    aside: Vec<Problem>,
    taken: Taken,
}

/// What has been taken, to be held against what should have been.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Taken {
    sheets: usize,
    members: u64,
    stories: u64,
    pieces: u64,
    /// How many pieces the stories were cut into.
    due: u64,
}

/// Where a document belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placement<'g> {
    /// Its path.
    pub document: &'g str,
    /// Its story's id.
    pub story: &'g str,
    /// Its independent unit.
    pub unit: u32,
    /// Whose text it carries, where that is known.
    pub origin: Option<&'g str>,
    /// Its passages that are another unit's text.
    pub borrowed: &'g [Borrowed],
}

impl<'e> Edition<'e> {
    /// Begins a run. What lets names be hidden is for one machine only.
    ///
    /// # Errors
    /// [`Failure::Output`] when the output folder cannot be written, [`Failure::Usage`] when another run writes there.
    pub fn begin(setup: Setup<'e>) -> Result<Self, Failure> {
        if setup.mask.is_on() {
            return Err(Failure::Usage("anonymize works on one machine only: `variorum run --anonymize`".into()));
        }
        let press = Press::begin(setup.output)?;
        let sorters = Sorters::create(&press.scratch(), setup.memory / 32)?;
        let problems = setup.plan.problems.clone();
        let (keys, shared, aside) = (Vec::new(), Vec::new(), Vec::new());
        let taken = Taken::default();
        Ok(Self { setup, press, sorters, keys, shared, grouping: None, problems, aside, taken })
    }

    /// Takes a document that failed.
    pub fn problem(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    /// Takes why a document was set aside.
    pub fn aside(&mut self, why: Problem) {
        self.aside.push(why);
    }

    /// Takes what a document is recognised by.
    pub fn front(&mut self, front: Front) {
        let Front { key, marks } = front;
        self.keys.push((key, marks));
    }

    /// All paths in order, once every document was taken: a document's place is its number in the index of copies.
    ///
    /// # Errors
    /// [`Failure::NoInput`] when there is no document, or two have one path.
    pub fn paths(&mut self) -> Result<impl Iterator<Item = &str>, Failure> {
        self.keys.sort_by(|(a, _), (b, _)| a.path.cmp(&b.path));
        if let Some(twice) = self.keys.windows(2).find(|two| two[0].0.path == two[1].0.path) {
            return Err(Failure::NoInput(format!("two documents are called {}", twice[0].0.path)));
        }
        if self.keys.is_empty() && self.problems.is_empty() {
            return Err(Failure::NoInput("nothing to read: the table has no row".into()));
        }
        Ok(self.keys.iter().map(|(key, _)| key.path.as_str()))
    }

    /// Takes what pairs of documents share.
    pub fn shared(&mut self, shared: Vec<Shared>) {
        self.shared.extend(shared);
    }

    /// Finds stories and copies.
    ///
    /// # Errors
    /// [`Failure::Fatal`] when what is read back is not what was written.
    pub fn group(&mut self) -> Result<(), Failure> {
        let lore = self.setup.lore();
        let keys = mem::take(&mut self.keys);
        let sources: BTreeSet<&str> = keys.iter().map(|(key, _)| key.source.as_str()).collect();
        let sources: Vec<&str> = sources.into_iter().collect();
        let mut columns = Columns::new(Prints::new(&sources, &lore.book.matching.credit, lore.mask));
        keys.iter().for_each(|(key, marks)| columns.push(key, *marks, lore.mask));
        let signatures = Signatures::of(keys.into_iter().map(|(key, _)| key.signature))?;
        let Columns { paths, prints, sizes } = columns;
        let shared = mem::take(&mut self.shared);
        let copies = judged(vec![shared], |document| sizes.get(document), &lore.book.matching.reprint);
        let prints = prints.in_order((0..paths.len() as u32).collect());
        self.grouping = Some(Grouping::of(paths, prints, signatures, copies, lore)?);
        Ok(())
    }

    /// Where each document belongs, by path.
    ///
    /// # Errors
    /// [`Failure::Fatal`] before the documents are grouped.
    pub fn placements(&self) -> Result<impl Iterator<Item = Placement<'_>>, Failure> {
        let grouping = self.grouping()?;
        Ok(grouping.paths.iter().enumerate().map(|(at, document)| Placement {
            document,
            story: grouping.story_id(at),
            unit: grouping.unit[at],
            origin: grouping.origins.name(grouping.unit[at]),
            borrowed: grouping.borrowed(at),
        }))
    }

    /// Takes what the tables tell of some documents.
    ///
    /// # Errors
    /// [`Failure::Output`] when the scratch disk is full, [`Failure::Fatal`] for a document that was not grouped.
    pub fn sheets(&mut self, sheets: &[Sheet]) -> Result<(), Failure> {
        let (grouping, sorters) = (self.grouping()?, &self.sorters);
        sheets.par_iter().try_for_each(|sheet| {
            let path = &sheet.facts.path;
            let document = grouping.number(path).ok_or_else(|| Failure::Fatal(format!("{path} was not grouped")))?;
            sorters.document(sheet, document, grouping)
        })?;
        self.taken.sheets += sheets.len();
        Ok(())
    }

    /// Takes some rows of stories.
    ///
    /// # Errors
    /// [`Failure::Output`] when the scratch disk is full.
    pub fn stories(&mut self, pieces: Vec<Piece>) -> Result<(), Failure> {
        for piece in &pieces {
            self.taken.members += piece.members;
            self.taken.stories += u64::from(piece.pieces > 0);
            self.taken.due += piece.pieces;
        }
        self.taken.pieces += pieces.len() as u64;
        let (sorters, lore) = (&self.sorters, self.setup.lore());
        pieces.into_par_iter().try_for_each(|piece| sorters.story(piece.rows, lore))?;
        Ok(())
    }

    /// Scores and publishes.
    ///
    /// # Errors
    /// [`Failure::Fatal`] when the engine lost a document or brought one twice; whatever kept the run from being
    /// complete. Nothing is published then.
    pub fn publish(mut self) -> Result<Published, Failure> {
        self.check()?;
        self.sorters.copies(self.grouping()?)?;
        self.problems.sort();
        self.aside.sort();
        self.problems.append(&mut self.aside);
        let documents = self.taken.sheets as u64;
        let analysis = Analysis {
            tables: self.sorters.finish(self.setup.lore())?,
            documents,
            documents_anew: documents,
            stories_anew: self.taken.stories,
            problems: self.problems,
            // The engine read the files.
            contents: Vec::new(),
        };
        self.press.issue(analysis, &self.setup)
    }

    /// Exit code 0 proves nothing: every document must have come through every stage, once.
    fn check(&self) -> Result<(), Failure> {
        let documents = self.grouping()?.paths.len();
        let Taken { sheets, members, pieces, due, .. } = self.taken;
        if (sheets, members, pieces) == (documents, documents as u64, due) {
            return Ok(());
        }
        Err(Failure::Fatal(format!(
            "{documents} documents were extracted, {sheets} told and {members} compared, and of {due} pieces of stories {pieces} came: the engine lost some or brought some twice"
        )))
    }

    fn grouping(&self) -> Result<&Grouping, Failure> {
        self.grouping.as_ref().ok_or_else(|| Failure::Fatal("the documents are not grouped yet".into()))
    }
}
