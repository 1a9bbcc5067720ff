//! The tables of pairs: which become cards, who disagrees with whom, who prints which wording.

use std::collections::{BTreeMap, BTreeSet};

use super::Facts;
use crate::failure::Failure;
use crate::report::PageRules;
use crate::report::stored::{Stored, StoredRow};

/// Slot and kind, then a wording in lower case, then the sources that print it.
#[derive(Debug, Default)]
pub struct Wordings(BTreeMap<(String, String), BTreeMap<String, BTreeSet<String>>>);

/// What others print for the slot of a card.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Others<'w> {
    /// Sources that print the same as the side, besides its own; one list a side.
    pub same: [Vec<&'w str>; 2],
    /// All other wordings, with their sources.
    pub further: Vec<(&'w str, Vec<&'w str>)>,
}

impl Wordings {
    fn note(&mut self, row: &StoredRow) {
        let Some(wordings) = self.0.get_mut(&key(row)) else { return };
        for side in ["a", "b"] {
            let (value, source) = (row.text(&format!("value_{side}")), row.text(&format!("source_{side}")));
            if !value.is_empty() {
                wordings.entry(value.to_lowercase()).or_default().insert(source.to_owned());
            }
        }
    }

    /// What others print for the slot of `card`.
    pub fn beside(&self, card: &StoredRow) -> Others<'_> {
        let mut others = Others::default();
        let Some(wordings) = self.0.get(&key(card)) else { return others };
        let own = ["a", "b"].map(|side| card.text(&format!("value_{side}")).to_lowercase());
        let sources = ["source_a", "source_b"].map(|column| card.text(column));
        for (wording, printing) in wordings {
            match own.iter().position(|own| own == wording) {
                Some(side) => {
                    let not_own = printing.iter().map(String::as_str).filter(|name| *name != sources[side]);
                    others.same[side].extend(not_own);
                }
                None => others.further.push((wording, printing.iter().map(String::as_str).collect())),
            }
        }
        others
    }
}

fn key(row: &StoredRow) -> (String, String) {
    (row.text("slot_id").to_owned(), row.text("kind").to_owned())
}

impl Facts {
    /// Reads both tables of pairs; gives the slots with most disagreements.
    pub(super) fn gather_pairs(&mut self, stored: &Stored, rules: &PageRules) -> Result<BTreeSet<String>, Failure> {
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
        let (a, b) = (row.text("source_a"), row.text("source_b"));
        let is_shown = |name: &str| self.matrix.binary_search_by(|shown| shown.as_str().cmp(name)).is_ok();
        if !is_shown(a) || !is_shown(b) {
            return;
        }
        let (a, b) = (a.to_owned(), b.to_owned());
        let counts = self.pairs.entry(if a <= b { (a, b) } else { (b, a) }).or_default();
        counts.0 += disagreements;
        counts.1 += 1;
    }

    /// Reads both tables again for the slots of the cards, which are known by now.
    pub(super) fn gather_wordings(&mut self, stored: &Stored) -> Result<(), Failure> {
        let slots = self.cards.iter().filter(|card| !card.text("slot_id").is_empty()).map(key);
        self.wordings = Wordings(slots.map(|slot| (slot, BTreeMap::new())).collect());
        for row in stored.rows("disagreements").chain(stored.rows("agreements")) {
            self.wordings.note(&row?);
        }
        Ok(())
    }
}
