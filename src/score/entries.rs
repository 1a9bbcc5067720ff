//! Which sources fill which slots, by number: what is believed of each entry lies beside it in a plain list.

use super::table::Table;

/// Which sources fill which slots: compact, for a run has as many entries as sources fill slots.
#[derive(Clone, Debug, Default)]
pub(super) struct Entries {
    /// The entries of slot `n` are `first[n]..first[n + 1]`.
    first: Vec<u32>,
    /// The source of each entry, sorted within a slot.
    sources: Vec<u32>,
}

impl Entries {
    /// The slots at `places`, which the items of a table are in order; others are filled by nobody.
    pub fn of(table: &Table, slots: usize, places: &[usize]) -> Self {
        let mut entries = Self { first: Vec::with_capacity(slots + 1), sources: Vec::with_capacity(table.claims()) };
        for (item, place) in places.iter().enumerate() {
            entries.first.resize(place + 1, entries.sources.len() as u32);
            let from = entries.sources.len();
            entries.sources.extend_from_slice(&table.claim_source[table.claims_on(item)]);
            entries.sources[from..].sort_unstable();
        }
        entries.first.resize(slots + 1, entries.sources.len() as u32);
        entries
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.sources.len()
    }

    /// The entry of a source that fills a slot; of one with several values there the first.
    pub fn find(&self, slot: usize, source: u32) -> Option<u32> {
        let from = *self.first.get(slot)? as usize;
        let sources = &self.sources[from..*self.first.get(slot + 1)? as usize];
        let at = sources.partition_point(|held| *held < source);
        (sources.get(at) == Some(&source)).then_some((from + at) as u32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::score::builder::Claim;

    #[test]
    fn an_entry_is_found_by_its_slot_and_source() {
        let table = Table::of([Claim::new("a", "x", "1"), Claim::new("b", "x", "2"), Claim::new("b", "y", "1")]);
        let entries = Entries::of(&table, 4, &[1, 3]);
        let found = |slot: usize| [0, 1].map(|source| entries.find(slot, source));
        assert_eq!(
            (0..5).map(found).collect::<Vec<_>>(),
            [[None; 2], [Some(0), Some(1)], [None; 2], [None, Some(2)], [None; 2]]
        );
        assert_eq!(entries.len(), 3);
    }
}
