//! What the page shows, gathered from the stored tables in one pass each. What is kept is bounded by the rules, however long
//! the tables are.

mod pairs;
mod scorecards;

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashSet;
use serde_json::Value;
use xxhash_rust::xxh3::xxh3_64;

use crate::failure::Failure;
use crate::report::PageRules;
use crate::report::stored::{Stored, StoredRow};
pub use pairs::{Others, Wordings};

/// Rows and counts of rows; every figure is one that was stored.
#[derive(Debug, Default)]
pub struct Facts {
    /// `run.json`.
    pub manifest: Value,
    /// The files of each table.
    pub files: BTreeMap<&'static str, Vec<String>>,
    /// The scorecards shown, by name: those of the sources with most documents.
    pub sources: Vec<StoredRow>,
    /// Sources in all.
    pub source_count: usize,
    /// The dearest lines of each score's account, and how many there are.
    pub losses: BTreeMap<String, (u64, Vec<StoredRow>)>,
    /// The first disagreements.
    pub cards: Vec<StoredRow>,
    /// Disagreements in all.
    pub disagreements: u64,
    /// Those of them that another stands for.
    pub repeats: u64,
    /// Sources of the matrix, by name.
    pub matrix: Vec<String>,
    /// Rows of a pair of them: disagreements, and disagreements with agreements.
    pub pairs: BTreeMap<(String, String), (u64, u64)>,
    /// Who prints which wording, for the slots of the cards.
    pub wordings: Wordings,
    /// Slots with most disagreements, each with its mentions.
    pub slots: BTreeMap<String, Vec<StoredRow>>,
    /// Day of publication and title of the documents shown.
    pub documents: BTreeMap<String, (String, String)>,
    /// Documents in all.
    pub document_count: u64,
    /// Stories in all.
    pub stories: usize,
    /// First and last day of publication.
    pub days: Option<(String, String)>,
    /// The first pairs of copies.
    pub copies: Vec<StoredRow>,
    /// Pairs of copies in all.
    pub copy_count: u64,
    /// The first lines of each kind of furniture, and how many there are.
    pub furniture: BTreeMap<String, (u64, Vec<StoredRow>)>,
}

/// Tables that the page leads to.
const TABLES: [&str; 9] =
    ["sources", "disagreements", "agreements", "losses", "claims", "copies", "documents", "furniture", "problems"];

impl Facts {
    /// Reads what the page needs.
    ///
    /// # Errors
    /// [`Failure::NoInput`] when a table cannot be read.
    pub fn gather(stored: &Stored, rules: &PageRules) -> Result<Self, Failure> {
        let mut facts = Self { manifest: stored.manifest().clone(), ..Self::default() };
        facts.files = TABLES.into_iter().map(|table| (table, stored.files(table))).collect();
        facts.gather_sources(stored, rules)?;
        facts.gather_losses(stored, rules)?;
        let busiest = facts.gather_pairs(stored, rules)?;
        facts.gather_wordings(stored)?;
        facts.gather_slots(stored, rules, busiest)?;
        facts.gather_copies(stored, rules)?;
        facts.gather_documents(stored)?;
        facts.gather_furniture(stored, rules)?;
        Ok(facts)
    }

    /// The id of the source called `name`, when its scorecard is shown.
    pub fn source_id(&self, name: &str) -> Option<&str> {
        self.sources.iter().find(|source| source.text("source") == name).map(|source| source.text("source_id"))
    }

    /// The day a document shown was published; empty for unknown.
    pub fn day(&self, document: &str) -> &str {
        self.documents.get(document).map_or("", |(day, _)| day)
    }

    /// The first card of two sources, if there is one.
    pub fn card_of(&self, a: &str, b: &str) -> Option<&str> {
        let between = |card: &&StoredRow| {
            let pair = (card.text("source_a"), card.text("source_b"));
            pair == (a, b) || pair == (b, a)
        };
        self.cards.iter().find(between).map(|card| card.text("disagreement_id"))
    }

    /// Leaves out an eighth of what is shown of each; false where there is nothing left to leave out.
    pub fn lessen(&mut self) -> bool {
        let mut is_less = self.lessen_sources();
        let losses = self.losses.values_mut().map(|(_, lines)| lines);
        let lists = [&mut self.cards, &mut self.copies].into_iter();
        for list in lists.chain(losses).chain(self.slots.values_mut()) {
            let left = list.len() - list.len() / 8;
            is_less |= left < list.len();
            list.truncate(left);
        }
        is_less
    }

    fn gather_slots(&mut self, stored: &Stored, rules: &PageRules, wanted: BTreeSet<String>) -> Result<(), Failure> {
        self.slots = wanted.into_iter().map(|slot| (slot, Vec::new())).collect();
        for row in stored.rows("claims") {
            let row = row?;
            if let Some(mentions) = self.slots.get_mut(row.text("slot_id"))
                && mentions.len() < rules.points
            {
                mentions.push(row);
            }
        }
        Ok(())
    }

    fn gather_copies(&mut self, stored: &Stored, rules: &PageRules) -> Result<(), Failure> {
        for row in stored.rows("copies") {
            let row = row?;
            self.copy_count += 1;
            if self.copies.len() < rules.copies {
                self.copies.push(row);
            }
        }
        Ok(())
    }

    fn gather_documents(&mut self, stored: &Stored) -> Result<(), Failure> {
        let shown = self.shown_documents();
        let mut stories = FxHashSet::default();
        for row in stored.rows("documents") {
            let row = row?;
            let (name, day, story) = (row.text("document"), row.text("published"), row.text("story_id"));
            self.document_count += 1;
            if !story.is_empty() {
                stories.insert(xxh3_64(story.as_bytes()));
            }
            self.span_days(day);
            if shown.contains(name) {
                self.documents.insert(name.to_owned(), (day.to_owned(), row.text("title").to_owned()));
            }
        }
        self.stories = stories.len();
        Ok(())
    }

    fn shown_documents(&self) -> BTreeSet<String> {
        let pairs = self.cards.iter().chain(&self.copies);
        let of_pairs = pairs.flat_map(|row| [row.text("document_a"), row.text("document_b")]);
        let of_slots = self.slots.values().flatten().map(|row| row.text("document"));
        of_pairs.chain(of_slots).map(str::to_owned).collect()
    }

    fn span_days(&mut self, day: &str) {
        if day.is_empty() {
            return;
        }
        let (first, last) = self.days.get_or_insert_with(|| (day.to_owned(), day.to_owned()));
        if day < first.as_str() {
            day.clone_into(first);
        }
        if day > last.as_str() {
            day.clone_into(last);
        }
    }

    fn gather_furniture(&mut self, stored: &Stored, rules: &PageRules) -> Result<(), Failure> {
        for row in stored.rows("furniture") {
            let row = row?;
            let (count, lines) = self.furniture.entry(row.text("kind").to_owned()).or_default();
            *count += 1;
            if lines.len() < rules.furniture {
                lines.push(row);
            }
        }
        Ok(())
    }
}
