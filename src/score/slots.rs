//! The slots of a run as far as scoring looks at them. Those of a whole run are looked at a dozen times, from front to
//! back: past the memory that they are given they wait on the disk, and unpacking them anew for each look costs little
//! beside what is then made of them.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::Path;
use std::sync::OnceLock;

use compact_str::CompactString;

use super::ledger::ScoredSlot;
use crate::failure::Failure;
use crate::store::Tape;

/// Slots by which a source may win or lose, and the stories of all slots.
#[derive(Debug, Default)]
pub struct Slots {
    packed: Tape,
    /// Where each slot begins in `packed`.
    starts: Vec<u64>,
    stories: BTreeSet<CompactString>,
    /// Why some could not be read back.
    broken: OnceLock<Failure>,
}

impl Slots {
    /// No slots yet; more than `room` bytes of them wait in the file `path`.
    pub fn create(path: &Path, room: usize) -> Self {
        Self { packed: Tape::create(path, room), ..Self::default() }
    }

    /// Takes a slot; one that tells nothing of a source leaves only its story.
    ///
    /// # Errors
    /// [`Failure::Fatal`] when it cannot be packed, [`Failure::Output`] when the disk is full.
    pub fn push(&mut self, slot: &ScoredSlot) -> Result<(), Failure> {
        if !self.stories.contains(&slot.story) {
            self.stories.insert(slot.story.clone());
        }
        if is_telling(slot) {
            let packed = postcard::to_allocvec(slot)
                .map_err(|error| Failure::Fatal(format!("a slot cannot be packed: {error}")))?;
            self.starts.push(self.packed.len());
            self.packed.push(&packed)?;
        }
        Ok(())
    }

    /// All were taken.
    ///
    /// # Errors
    /// [`Failure::Output`] when the disk is full.
    pub fn finish(self) -> Result<Self, Failure> {
        Ok(Self { packed: self.packed.finish()?, ..self })
    }

    /// Whether all that was asked for could be read back: what was made of them is worth nothing otherwise.
    ///
    /// # Errors
    /// [`Failure::Fatal`] when not.
    pub fn check(self) -> Result<(), Failure> {
        self.broken.into_inner().map_or(Ok(()), Err)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.starts.is_empty()
    }

    /// The slot at a place; none beyond the last. [`Self::check`] tells of one that cannot be read back.
    pub fn get(&self, at: usize) -> Option<ScoredSlot> {
        let mut packed = vec![0; self.size(at)?];
        self.told(self.packed.read(self.starts[at], &mut packed))?;
        self.unpacked(&packed)
    }

    /// The slots at some places, in their order, which is that of the slots.
    pub fn at<'s>(&'s self, places: &'s [usize]) -> impl Iterator<Item = ScoredSlot> + 's {
        self.walk(places.iter().copied())
    }

    /// All slots, in the order in which they came.
    pub fn iter(&self) -> impl Iterator<Item = ScoredSlot> + '_ {
        self.walk(0..self.len())
    }

    /// The slots at these places, each greater than the last, read from front to back.
    fn walk<'s>(&'s self, places: impl Iterator<Item = usize> + 's) -> impl Iterator<Item = ScoredSlot> + 's {
        let mut tape = self.told(self.packed.from(0));
        let (mut packed, mut next) = (Vec::new(), 0);
        places.map_while(move |at| {
            while next <= at {
                packed.resize(self.size(next)?, 0);
                self.told(tape.as_mut()?.read_exact(&mut packed).map_err(unreadable))?;
                next += 1;
            }
            self.unpacked(&packed)
        })
    }

    /// How many bytes a slot takes; nothing beyond the last.
    fn size(&self, at: usize) -> Option<usize> {
        let start = self.starts.get(at)?;
        let end = self.starts.get(at + 1).copied().unwrap_or(self.packed.len());
        Some((end - start) as usize)
    }

    fn unpacked(&self, packed: &[u8]) -> Option<ScoredSlot> {
        self.told(postcard::from_bytes(packed).map_err(unreadable))
    }

    /// What could be read; why it could not be is kept.
    fn told<T>(&self, read: Result<T, Failure>) -> Option<T> {
        read.map_err(|failure| drop(self.broken.set(failure))).ok()
    }

    /// The number of each story: its place among all.
    pub fn stories(&self) -> BTreeMap<&str, u32> {
        self.stories.iter().map(CompactString::as_str).zip(0..).collect()
    }
}

fn unreadable(error: impl std::fmt::Display) -> Failure {
    Failure::Fatal(format!("the slots of the run cannot be read back: {error}\n  run the same command again"))
}

/// A value that nobody else gives and nothing overtook says nothing of its source.
fn is_telling(slot: &ScoredSlot) -> bool {
    slot.is_comparable() || !slot.conflicts.is_empty() || !slot.overtaken.is_empty()
}

#[cfg(test)]
mod tests {
    use super::super::ledger::Vote;
    use super::*;

    impl Slots {
        /// All that tell something of these.
        pub fn of(slots: &[ScoredSlot]) -> Self {
            let mut held = Self::default();
            slots.iter().for_each(|slot| held.push(slot).unwrap());
            held.finish().unwrap()
        }
    }

    #[test]
    fn what_tells_nothing_leaves_only_its_story() {
        let slot = |id: &str, story: &str, votes: &[(&str, u32)]| {
            ScoredSlot::of(id, story, votes.iter().map(|(source, unit)| Vote::plain(source, *unit, 1)).collect())
        };
        let alone = slot("t1", "s2", &[("a", 1)]);
        let overtaken = ScoredSlot { overtaken: vec!["a".into()], ..slot("t2", "s1", &[("a", 1)]) };
        let both = slot("t3", "s3", &[("a", 1), ("b", 2)]);
        let slots = Slots::of(&[alone, overtaken.clone(), both.clone()]);
        assert_eq!(slots.iter().collect::<Vec<_>>(), [overtaken, both.clone()]);
        assert_eq!((slots.get(1), slots.get(2)), (Some(both.clone()), None));
        assert_eq!(slots.at(&[1]).collect::<Vec<_>>(), [both]);
        assert_eq!(slots.stories().into_iter().collect::<Vec<_>>(), [("s1", 0), ("s2", 1), ("s3", 2)]);
    }

    #[test]
    fn slots_come_back_from_the_disk_and_their_loss_is_told() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("slots");
        let told =
            |n: u32| ScoredSlot::of(&format!("t{n}"), "s1", vec![Vote::plain("a", n, 1), Vote::plain("b", 90, 1)]);
        let filled = || {
            let mut slots = Slots::create(&path, 100);
            (0..20).for_each(|n| slots.push(&told(n)).unwrap());
            slots.finish().unwrap()
        };
        let slots = filled();
        assert!(path.exists());
        assert_eq!(slots.at(&[3, 17]).collect::<Vec<_>>(), [told(3), told(17)]);
        assert_eq!((slots.iter().count(), slots.get(19)), (20, Some(told(19))));
        assert!(slots.check().is_ok());
        let slots = filled();
        std::fs::remove_file(&path).unwrap();
        assert_eq!(slots.iter().count(), 0);
        assert!(slots.check().is_err());
    }
}
