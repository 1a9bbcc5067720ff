//! The slots of a run as far as scoring looks at them. Those of a whole run are in memory at once: packed, a slot takes
//! a third of the room, and unpacking it anew for each look costs little beside what is then made of it.

use std::collections::{BTreeMap, BTreeSet};

use compact_str::CompactString;

use super::ledger::ScoredSlot;
use crate::failure::Failure;

/// Slots by which a source may win or lose, and the stories of all slots.
#[derive(Debug, Default)]
pub struct Slots {
    packed: Vec<u8>,
    /// Where each slot begins in `packed`.
    starts: Vec<usize>,
    stories: BTreeSet<CompactString>,
}

impl Slots {
    /// Takes a slot; one that tells nothing of a source leaves only its story.
    ///
    /// # Errors
    /// [`Failure::Fatal`] when it cannot be packed.
    pub fn push(&mut self, slot: &ScoredSlot) -> Result<(), Failure> {
        if !self.stories.contains(&slot.story) {
            self.stories.insert(slot.story.clone());
        }
        if is_telling(slot) {
            let start = self.packed.len();
            self.packed = postcard::to_extend(slot, std::mem::take(&mut self.packed))
                .map_err(|error| Failure::Fatal(format!("a slot cannot be packed: {error}")))?;
            self.starts.push(start);
        }
        Ok(())
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.starts.is_empty()
    }

    /// The slot at a place.
    pub fn get(&self, at: usize) -> Option<ScoredSlot> {
        // What was packed here can be unpacked.
        postcard::take_from_bytes(&self.packed[*self.starts.get(at)?..]).ok().map(|(slot, _)| slot)
    }

    /// The slots at some places, in their order.
    pub fn at<'s>(&'s self, places: &'s [usize]) -> impl Iterator<Item = ScoredSlot> + 's {
        places.iter().filter_map(|at| self.get(*at))
    }

    /// All slots, in the order in which they came.
    pub fn iter(&self) -> impl Iterator<Item = ScoredSlot> + '_ {
        (0..self.len()).filter_map(|at| self.get(at))
    }

    /// The number of each story: its place among all.
    pub fn stories(&self) -> BTreeMap<&str, u32> {
        self.stories.iter().map(CompactString::as_str).zip(0..).collect()
    }
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
            held
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
        assert_eq!((slots.get(1), slots.get(2)), (Some(both), None));
        assert_eq!(slots.stories().into_iter().collect::<Vec<_>>(), [("s1", 0), ("s2", 1), ("s3", 2)]);
    }
}
