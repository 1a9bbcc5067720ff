//! Interned strings: each distinct name is stored once and known by a 32-bit id.
//!
//! [`Interner`] gives ids in the order of arrival; [`Interner::finish`] sorts the names bytewise and says
//! which id became which, so that nothing downstream depends on the order of the rows.

use xxhash_rust::xxh3::xxh3_64;

/// An immutable list of distinct names; a name's id is its place in it.
#[derive(Clone, Debug, Default)]
pub struct Names {
    bytes: Vec<u8>,
    ends: Vec<u64>,
}

/// Collects names; see the module.
#[derive(Debug, Default)]
pub struct Interner {
    names: Names,
    /// Open addressing: the low half of the hash above the id + 1; 0 is a free slot.
    slots: Vec<u64>,
}

impl Names {
    /// How many names there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The bytes of a name; empty for an id that was never given.
    pub fn bytes(&self, id: u32) -> &[u8] {
        let id = id as usize;
        let start = if id == 0 { 0 } else { self.ends.get(id - 1).copied().unwrap_or(0) };
        let end = self.ends.get(id).copied().unwrap_or(start);
        &self.bytes[start as usize..end as usize]
    }

    /// The name as text; bytes that are not UTF-8 become the replacement character.
    pub fn text(&self, id: u32) -> std::borrow::Cow<'_, str> {
        String::from_utf8_lossy(self.bytes(id))
    }

    /// The name as text, where all names are.
    pub fn plain(&self, id: u32) -> &str {
        std::str::from_utf8(self.bytes(id)).unwrap_or_default()
    }

    /// The names in bytewise order, and the id that each of them had.
    pub fn sorted(&self) -> (Self, Vec<u32>) {
        let mut order: Vec<u32> = (0..self.len() as u32).collect();
        order.sort_unstable_by(|a, b| self.bytes(*a).cmp(self.bytes(*b)).then(a.cmp(b)));
        let mut sorted = Self { bytes: Vec::with_capacity(self.bytes.len()), ends: Vec::with_capacity(self.len()) };
        order.iter().for_each(|id| sorted.push(self.bytes(*id)));
        (sorted, order)
    }

    /// The id of `name` in a sorted list, by bisection.
    pub fn find(&self, name: &[u8]) -> Option<u32> {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            match self.bytes(middle as u32).cmp(name) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => return Some(middle as u32),
            }
        }
        None
    }

    /// Adds a name behind all others.
    pub fn push(&mut self, name: &[u8]) {
        self.bytes.extend_from_slice(name);
        self.ends.push(self.bytes.len() as u64);
    }
}

impl Interner {
    /// The id of `name`, new or known. Ids count up from 0.
    pub fn id(&mut self, name: &[u8]) -> u32 {
        if self.slots.len() < 2 * (self.names.len() + 1) {
            self.grow();
        }
        let (mark, mut slot) = self.place(name);
        loop {
            let held = self.slots[slot];
            if held == 0 {
                let id = self.names.len() as u32;
                self.names.push(name);
                self.slots[slot] = mark | u64::from(id + 1);
                return id;
            }
            let id = (held as u32).wrapping_sub(1);
            if held >> 32 == mark >> 32 && self.names.bytes(id) == name {
                return id;
            }
            slot = (slot + 1) & (self.slots.len() - 1);
        }
    }

    /// The bytes of a name by its id of arrival.
    pub fn bytes(&self, id: u32) -> &[u8] {
        self.names.bytes(id)
    }

    /// A name as text by its id of arrival, where all names are.
    pub fn plain(&self, id: u32) -> &str {
        self.names.plain(id)
    }

    /// How many distinct names were seen.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether none was seen.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The names in bytewise order, and for every id given so far its place in that order.
    pub fn finish(self) -> (Names, Vec<u32>) {
        let names = self.names;
        drop(self.slots);
        let (sorted, order) = names.sorted();
        let mut rank = vec![0; order.len()];
        (0..).zip(&order).for_each(|(place, id)| rank[*id as usize] = place);
        (sorted, rank)
    }

    /// The mark of a name (its hash in the upper half) and the first slot to look at.
    fn place(&self, name: &[u8]) -> (u64, usize) {
        let hash = xxh3_64(name);
        (hash << 32, (hash >> 32) as usize & (self.slots.len() - 1))
    }

    /// Doubles the slots. At most half are ever taken, so every search ends.
    fn grow(&mut self) {
        self.slots = vec![0; (self.slots.len() * 2).max(64)];
        for id in 0..self.names.len() as u32 {
            let (mark, mut slot) = self.place(self.names.bytes(id));
            while self.slots[slot] != 0 {
                slot = (slot + 1) & (self.slots.len() - 1);
            }
            self.slots[slot] = mark | u64::from(id + 1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_stored_once_and_sorted() {
        let mut interner = Interner::default();
        let ids: Vec<u32> = ["pear", "apple", "", "pear", "fig"].iter().map(|n| interner.id(n.as_bytes())).collect();
        assert_eq!(ids, [0, 1, 2, 0, 3]);
        let (names, rank) = interner.finish();
        let sorted: Vec<_> = (0..4).map(|i| names.text(i).into_owned()).collect();
        assert_eq!(sorted, ["", "apple", "fig", "pear"]);
        assert_eq!(rank, [3, 1, 0, 2]);
    }

    #[test]
    fn a_hundred_thousand_names_keep_their_ids() {
        let mut interner = Interner::default();
        for round in 0..2 {
            for n in 0..100_000_u32 {
                assert_eq!(interner.id(format!("name {n}").as_bytes()), n, "round {round}");
            }
        }
        let (names, rank) = interner.finish();
        assert_eq!(names.find(b"name 77"), Some(rank[77]));
        assert_eq!(names.find(b"nobody"), None);
    }
}
