//! Which slot of its story each passage fills, with what value, as whose evidence: worked out once, for it is asked of
//! every pair.

use compact_str::CompactString;
use rustc_hash::{FxHashMap, FxHashSet};

use super::id;
use crate::compare::finding::Passage;
use crate::compare::slot::Slot;
use crate::document::Span;
use crate::matching::group::Story;

/// What a passage is in its slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Voice {
    /// The number of the slot.
    pub slot: u32,
    /// The class of its value, which no other slot of the story has.
    pub class: u32,
    /// The independent unit that it is evidence of.
    pub unit: u32,
}

/// The passages of a story that fill slots.
pub struct SlotIndex {
    /// The id of each slot.
    ids: Vec<CompactString>,
    /// By member and span; a passage fills a slot an attribute.
    voices: FxHashMap<(u32, Span), Vec<(CompactString, Voice)>>,
    /// Independent units behind each class.
    units: FxHashMap<u32, u64>,
}

impl SlotIndex {
    /// Slots that only copies of one text fill are told once and are not here, but for their ids.
    pub fn new(story: &Story, slots: &[Slot]) -> Self {
        let ids = slots.iter().map(|slot| slot_id(story, slot)).collect();
        let mut index = Self { ids, voices: FxHashMap::default(), units: FxHashMap::default() };
        let mut heard: FxHashSet<(u32, u32)> = FxHashSet::default();
        for (number, slot) in (0..).zip(slots) {
            let units: Vec<u32> = slot.values.iter().map(|value| story.unit_at(value.member, value.span)).collect();
            // Told twice, or disputed by the copies themselves.
            if slot.conflicts.is_empty() && units.windows(2).all(|pair| pair[0] == pair[1]) {
                continue;
            }
            for (value, unit) in slot.values.iter().zip(units) {
                let voice = Voice { slot: number, class: value.class, unit };
                let place = index.voices.entry((value.member, value.span)).or_default();
                place.push((slot.attribute.clone(), voice));
                *index.units.entry(value.class).or_default() += u64::from(heard.insert((value.class, unit)));
            }
        }
        index
    }

    /// The id of a slot, which begins with `t`.
    pub fn id(&self, slot: u32) -> &CompactString {
        &self.ids[slot as usize]
    }

    /// What the passage at a place is in the slot that it fills by an attribute.
    pub fn of(&self, attribute: &str, member: u32, span: Span) -> Option<Voice> {
        let voices = self.voices.get(&(member, span))?;
        voices.iter().find(|(filled, _)| filled == attribute).map(|(_, voice)| *voice)
    }

    /// Independent units behind a passage's value; 1 where it fills no slot.
    pub fn units(&self, attribute: &str, passage: &Passage) -> u64 {
        self.of(attribute, passage.member, passage.span).map_or(1, |voice| self.units[&voice.class])
    }
}

/// A slot is known by its attribute and first passage.
fn slot_id(story: &Story, slot: &Slot) -> CompactString {
    let Some(first) = slot.values.first() else { return CompactString::default() };
    let document = &story.members[first.member as usize].document;
    id("t", &[&slot.attribute, document, &first.span.start.to_string()])
}
