//! The signatures of a corpus in columns: all of them are in memory at once, and go at once.

use rustc_hash::FxHashMap;

use super::ragged::Ragged;
use super::signature::Signature;

/// Signatures by the number of their document.
#[derive(Clone, Debug, Default)]
pub struct Signatures {
    /// As [`Signature::words`].
    pub(super) words: Ragged<(u32, f32)>,
    /// As [`Signature::names`].
    pub(super) names: Ragged<(u32, f32)>,
    /// As [`Signature::own`].
    pub(super) own: Ragged<u32>,
    /// As [`Signature::head`].
    pub(super) head: Ragged<u32>,
    /// As [`Signature::told`].
    pub(super) told: Ragged<i32>,
    days: Vec<Days>,
    /// The row of each document.
    rows: Vec<u32>,
}

/// What a signature has besides lists.
#[derive(Clone, Copy, Debug)]
struct Days {
    day: Option<i32>,
    event: Option<i32>,
    source: u32,
}

impl Signatures {
    /// Takes the signature of the next document.
    pub fn push(&mut self, signature: Signature) {
        let Signature { words, names, own, head, day, event, told, source } = signature;
        self.rows.push(self.days.len() as u32);
        self.words.push(words);
        self.names.push(names);
        self.own.push(own);
        self.head.push(head);
        self.told.push(told);
        self.days.push(Days { day, event, source });
    }

    /// Numbers the documents anew: document `n` is the one that came as `order[n]`.
    #[must_use]
    pub fn in_order(self, order: Vec<u32>) -> Self {
        Self { rows: order, ..self }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// A digest of a document's words and names, whoever prints them.
    pub fn digest(&self, document: usize) -> u64 {
        let row = self.row(document);
        let keys = self.words.row(row).iter().chain(self.names.row(row));
        let bytes: Vec<u8> = keys.flat_map(bytes_of).collect();
        xxhash_rust::xxh3::xxh3_64(&bytes)
    }

    /// Gives undated documents the days of what they copy: the first of their unit that has them.
    pub fn date_copies(&mut self, units: &[u32]) {
        let mut dated: FxHashMap<u32, (Option<i32>, Option<i32>)> = FxHashMap::default();
        for (row, unit) in self.rows.iter().zip(units) {
            let Days { day, event, .. } = self.days[*row as usize];
            if day.is_some() {
                dated.entry(*unit).or_insert((day, event));
            }
        }
        for (row, unit) in self.rows.iter().zip(units) {
            let own = &mut self.days[*row as usize];
            if let Some((day, event)) = dated.get(unit).filter(|_| own.day.is_none()) {
                (own.day, own.event) = (*day, own.event.or(*event));
            }
        }
    }

    /// Where the lists of a document are.
    pub(super) fn row(&self, document: usize) -> usize {
        self.rows[document] as usize
    }

    /// As [`Signature::day`].
    pub(super) fn day(&self, document: usize) -> Option<i32> {
        self.days[self.row(document)].day
    }

    /// As [`Signature::event`].
    pub(super) fn event(&self, document: usize) -> Option<i32> {
        self.days[self.row(document)].event
    }

    /// As [`Signature::source`].
    pub(super) fn source(&self, document: usize) -> u32 {
        self.days[self.row(document)].source
    }
}

fn bytes_of((key, weight): &(u32, f32)) -> [u8; 8] {
    let mut bytes = [0; 8];
    bytes[..4].copy_from_slice(&key.to_le_bytes());
    bytes[4..].copy_from_slice(&weight.to_le_bytes());
    bytes
}

impl FromIterator<Signature> for Signatures {
    fn from_iter<I: IntoIterator<Item = Signature>>(signatures: I) -> Self {
        let mut all = Self::default();
        signatures.into_iter().for_each(|signature| all.push(signature));
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_without_a_day_has_that_of_its_unit_in_any_order() {
        let told = |day: Option<i32>, name: u32| Signature { day, names: vec![(name, 1.0)], ..Signature::default() };
        let all: Signatures = [told(None, 1), told(Some(4), 2), told(None, 3)].into_iter().collect();
        let digests = [0, 1, 2].map(|document| all.digest(document));
        let mut all = all.in_order(vec![2, 1, 0]);
        assert_eq!([2, 1, 0].map(|document| all.digest(document)), digests);
        all.date_copies(&[7, 7, 8]);
        assert_eq!([0, 1, 2].map(|document| all.day(document)), [Some(4), Some(4), None]);
    }
}
