//! What the page shows, gathered from the stored tables in one pass each.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::failure::Failure;
use crate::report::PageRules;
use crate::report::stored::{Stored, StoredRow};

/// Rows and counts of rows; every figure is one that was stored.
#[derive(Debug, Default)]
pub struct Facts {
    /// `run.json`.
    pub manifest: Value,
    /// All scorecards.
    pub sources: Vec<StoredRow>,
    /// The dearest lines of each score's account, and how many there are.
    pub losses: BTreeMap<String, (u64, Vec<StoredRow>)>,
    /// The first disagreements.
    pub cards: Vec<StoredRow>,
    /// Disagreements in all.
    pub disagreements: u64,
    /// Those of them that another stands for.
    pub repeats: u64,
    /// Rows of a pair of sources: disagreements, and disagreements with agreements.
    pub pairs: BTreeMap<(String, String), (u64, u64)>,
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

impl Facts {
    /// Reads what the page needs.
    ///
    /// # Errors
    /// [`Failure::NoInput`] when a table cannot be read.
    pub fn gather(stored: &Stored, rules: &PageRules) -> Result<Self, Failure> {
        let mut facts = Self { manifest: stored.manifest().clone(), ..Self::default() };
        facts.sources = stored.rows("sources").collect::<Result<_, _>>()?;
        facts.gather_losses(stored, rules)?;
        let busiest = facts.gather_pairs(stored, rules)?;
        facts.gather_slots(stored, rules, busiest)?;
        facts.gather_copies(stored, rules)?;
        facts.gather_documents(stored)?;
        facts.gather_furniture(stored, rules)?;
        Ok(facts)
    }

    fn gather_losses(&mut self, stored: &Stored, rules: &PageRules) -> Result<(), Failure> {
        let points = |line: &StoredRow| line.number("points").unwrap_or_default();
        for line in stored.rows("losses") {
            let line = line?;
            let (count, lines) = self.losses.entry(line.text("source").to_owned()).or_default();
            *count += 1;
            lines.push(line);
            lines.sort_by(|a, b| points(b).total_cmp(&points(a)));
            lines.truncate(rules.losses);
        }
        Ok(())
    }

    /// The id of the source called `name`, when it has a scorecard.
    pub fn source_id(&self, name: &str) -> Option<&str> {
        self.sources.iter().find(|source| source.text("source") == name).map(|source| source.text("source_id"))
    }

    /// The day a document shown was published; empty for unknown.
    pub fn day(&self, document: &str) -> &str {
        self.documents.get(document).map_or("", |(day, _)| day)
    }

    /// Reads both tables of pairs; gives the slots with most disagreements.
    fn gather_pairs(&mut self, stored: &Stored, rules: &PageRules) -> Result<BTreeSet<String>, Failure> {
        let mut slots: BTreeMap<String, u64> = BTreeMap::new();
        for row in stored.rows("disagreements") {
            let row = row?;
            self.count_pair(&row, 1);
            self.disagreements += 1;
            // What people said of a row is shown with it, and not lost with those that another stands for.
            let is_plain = ["reviewed", "replies"].iter().all(|column| row.text(column).is_empty());
            if is_plain && !row.text("same_as").is_empty() {
                self.repeats += 1;
                continue;
            }
            let slot = row.text("slot_id");
            if !slot.is_empty() {
                *slots.entry(slot.to_owned()).or_default() += 1;
            }
            if self.cards.len() < rules.cards {
                self.cards.push(row);
            }
        }
        for row in stored.rows("agreements") {
            self.count_pair(&row?, 0);
        }
        let mut slots: Vec<(u64, String)> = slots.into_iter().map(|(slot, n)| (n, slot)).collect();
        slots.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        Ok(slots.into_iter().take(rules.slots).map(|(_, slot)| slot).collect())
    }

    fn count_pair(&mut self, row: &StoredRow, disagreements: u64) {
        let (a, b) = (row.text("source_a").to_owned(), row.text("source_b").to_owned());
        let counts = self.pairs.entry(if a <= b { (a, b) } else { (b, a) }).or_default();
        counts.0 += disagreements;
        counts.1 += 1;
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
        let mut stories = BTreeSet::new();
        for row in stored.rows("documents") {
            let row = row?;
            let (name, day) = (row.text("document"), row.text("published"));
            self.document_count += 1;
            stories.insert(row.text("story_id").to_owned());
            self.span_days(day);
            if shown.contains(name) {
                self.documents.insert(name.to_owned(), (day.to_owned(), row.text("title").to_owned()));
            }
        }
        stories.remove("");
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
