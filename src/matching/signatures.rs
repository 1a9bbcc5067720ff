//! The signatures of a corpus in columns: all of them are in memory at once, and go at once. But their words, half of
//! all, are on the disk where they are many: only documents that name the same are asked for them.

use std::path::{Path, PathBuf};

use rustc_hash::FxHashMap;

use super::ragged::Ragged;
use super::signature::{Signature, bytes_of};
use crate::failure::Failure;
use crate::store::Tape;

/// Signatures by the number of their document.
#[derive(Debug, Default)]
pub struct Signatures {
    /// As [`Signature::words`].
    pub(super) words: Words,
    /// As [`Signature::names`].
    pub(super) names: Ragged<(u32, f32)>,
    /// Words and names that a document has more than once or in its lead, sorted.
    pub(super) stressed: Ragged<u32>,
    /// As [`Signature::own`].
    pub(super) own: Ragged<u32>,
    /// As [`Signature::head`].
    pub(super) head: Ragged<u32>,
    /// As [`Signature::told`].
    pub(super) told: Ragged<i32>,
    /// How many documents have each word, and each name.
    pub(super) holders: FxHashMap<u32, u32>,
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

/// The weight of a name that stands in a document once and not in its lead.
const ONCE: f32 = 1.0;

impl Signatures {
    /// No signatures; more than `room` bytes of words wait in the file `path` and one beside it.
    pub fn create(path: &Path, room: usize) -> Self {
        Self { words: Words::create(path, room), ..Self::default() }
    }

    /// Signatures that are few.
    ///
    /// # Errors
    /// None that a disk could give.
    pub fn of(signatures: impl IntoIterator<Item = Signature>) -> Result<Self, Failure> {
        let mut all = Self::default();
        signatures.into_iter().try_for_each(|signature| all.push(signature))?;
        Ok(all)
    }

    /// Takes the signature of the next document.
    ///
    /// # Errors
    /// [`Failure::Output`] when the disk is full.
    pub fn push(&mut self, signature: Signature) -> Result<(), Failure> {
        let Signature { words, names, own, head, day, event, told, source } = signature;
        let keys = || words.iter().chain(&names);
        keys().for_each(|(key, _)| *self.holders.entry(*key).or_default() += 1);
        let mut stressed: Vec<u32> = keys().filter(|(_, weight)| *weight > ONCE).map(|(key, _)| *key).collect();
        stressed.sort_unstable();
        self.stressed.push(stressed);
        self.rows.push(self.days.len() as u32);
        self.names.push(names);
        self.own.push(own);
        self.head.push(head);
        self.told.push(told);
        self.days.push(Days { day, event, source });
        self.words.push(&words)
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

/// Lists of words with their weights, one behind the other.
#[derive(Debug, Default)]
pub(super) struct Words {
    tape: Tape,
    /// Where each list ends.
    ends: Vec<u64>,
    disk: Option<(PathBuf, usize)>,
}

/// Bytes of a word with its weight.
const WORD: usize = 8;

impl Words {
    fn create(path: &Path, room: usize) -> Self {
        Self { tape: Tape::create(path, room), ends: Vec::new(), disk: Some((path.to_owned(), room)) }
    }

    fn push(&mut self, words: &[(u32, f32)]) -> Result<(), Failure> {
        self.tape.push(&words.iter().flat_map(bytes_of).collect::<Vec<u8>>())?;
        self.ends.push(self.tape.len());
        Ok(())
    }

    /// A file for what else is to wait on the disk, and how many bytes of it need not; none where the words have none.
    pub fn beside(&self, extension: &str) -> Option<(PathBuf, usize)> {
        self.disk.as_ref().map(|(path, room)| (path.with_extension(extension), *room))
    }

    /// The list of a row.
    ///
    /// # Errors
    /// [`Failure::Fatal`] when it cannot be read back.
    pub fn row(&self, row: usize) -> Result<Vec<(u32, f32)>, Failure> {
        let start = if row == 0 { 0 } else { self.ends[row - 1] };
        let mut bytes = vec![0; (self.ends[row] - start) as usize];
        self.tape.read(start, &mut bytes)?;
        Ok(words_of(&bytes))
    }

    /// The same lists, each changed.
    ///
    /// # Errors
    /// [`Failure::Output`] when the disk is full, [`Failure::Fatal`] when they cannot be read back.
    pub fn changed(self, change: impl Fn(&mut [(u32, f32)])) -> Result<Self, Failure> {
        let Self { tape, ends, disk } = self;
        let tape = tape.finish()?;
        let mut changed = match disk {
            Some((path, room)) => Self::create(&path.with_extension("units"), room),
            None => Self::default(),
        };
        let mut lists = tape.from(0)?;
        let mut start = 0;
        for end in ends {
            let mut bytes = vec![0; (end - start) as usize];
            lists
                .read_exact(&mut bytes)
                .map_err(|error| Failure::Fatal(format!("words cannot be read back: {error}")))?;
            let mut words = words_of(&bytes);
            change(&mut words);
            changed.push(&words)?;
            start = end;
        }
        changed.tape = changed.tape.finish()?;
        Ok(changed)
    }
}

fn words_of(bytes: &[u8]) -> Vec<(u32, f32)> {
    let number = |bytes: &[u8]| bytes.iter().rev().fold(0, |number, byte| number << 8 | u32::from(*byte));
    let word = |word: &[u8]| (number(&word[..WORD / 2]), f32::from_bits(number(&word[WORD / 2..])));
    bytes.chunks_exact(WORD).map(word).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_without_a_day_has_that_of_its_unit_in_any_order() {
        let told = |day: Option<i32>, name: u32| Signature { day, names: vec![(name, 1.0)], ..Signature::default() };
        let all = Signatures::of([told(None, 1), told(Some(4), 2), told(None, 3)]).unwrap();
        let mut all = all.in_order(vec![2, 1, 0]);
        assert_eq!([2, 1, 0].map(|document| all.names.row(all.row(document))), [[(1, 1.0)], [(2, 1.0)], [(3, 1.0)]]);
        all.date_copies(&[7, 7, 8]);
        assert_eq!([0, 1, 2].map(|document| all.day(document)), [Some(4), Some(4), None]);
    }

    #[test]
    fn words_come_back_from_memory_or_disk() {
        let dir = tempfile::tempdir().unwrap();
        for room in [0, 1 << 20] {
            let mut words = Words::create(&dir.path().join("words"), room);
            let list = |n: u32| (0..n).map(|word| (word * 70_001, word as f32 / 3.0)).collect::<Vec<_>>();
            (0..30).for_each(|n| words.push(&list(n)).unwrap());
            let words = words.changed(|words| words.iter_mut().for_each(|word| word.0 += 1)).unwrap();
            let expected: Vec<(u32, f32)> = list(17).into_iter().map(|(word, weight)| (word + 1, weight)).collect();
            assert_eq!((words.row(17).unwrap(), words.row(0).unwrap()), (expected, vec![]));
        }
    }
}
