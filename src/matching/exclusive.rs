//! Names that are hardly anybody else's, and what they may yet draw together.
//!
//! A name joins two groups only where these two have most of all documents with it. Whatever has been joined by then is
//! a part of what hangs together by chains; so two groups that no name can ever join are told before any is joined, by
//! counting who has each name among all that hangs together.

use rustc_hash::FxHashSet;

use super::sets::Sets;

/// Names and the documents that have them, sorted.
pub(super) struct Holders(Vec<(u32, u32)>);

impl Holders {
    /// From names and who has them, in any order.
    pub fn new(mut held: Vec<(u32, u32)>) -> Self {
        held.sort_unstable();
        // A name of one document joins nothing.
        let mut shared = Vec::new();
        held.chunk_by(|x, y| x.0 == y.0).filter(|held| held.len() > 1).for_each(|held| shared.extend_from_slice(held));
        Self(shared)
    }

    /// Adds to `found` whoever has, two together, this share of all documents with a name, each by the first document of
    /// what it hangs together with, smaller number first.
    pub fn find(&self, chains: &mut Sets, share: f32, found: &mut FxHashSet<(u32, u32)>) {
        for held in self.0.chunk_by(|x, y| x.0 == y.0) {
            let mut firsts: Vec<u32> =
                held.iter().map(|(_, document)| chains.root(*document as usize) as u32).collect();
            firsts.sort_unstable();
            let mut counted: Vec<(usize, u32)> = firsts.chunk_by(u32::eq).map(|held| (held.len(), held[0])).collect();
            counted.sort_unstable_by(|x, y| y.cmp(x));
            for (at, (most, one)) in counted.iter().enumerate() {
                let enough = |(count, _): &&(usize, u32)| (most + count) as f32 >= share * held.len() as f32;
                let others = counted[at + 1..].iter().take_while(enough);
                found.extend(others.map(|(_, other)| (*one.min(other), *one.max(other))));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_are_found_who_have_most_of_a_name_together() {
        let check = |held: &[(u32, u32)], expected: &[(u32, u32)]| {
            let (mut chains, mut found) = (Sets::new(6), FxHashSet::default());
            chains.join(0, 1);
            Holders::new(held.to_vec()).find(&mut chains, 0.6, &mut found);
            let mut found: Vec<(u32, u32)> = found.into_iter().collect();
            found.sort_unstable();
            assert_eq!(found, expected, "{held:?}");
        };
        check(&[(7, 2), (7, 3)], &[(2, 3)]);
        check(&[(7, 2), (8, 3)], &[]);
        check(&[(7, 2), (7, 3), (7, 4), (7, 5)], &[]);
        check(&[(7, 0), (7, 1), (7, 2), (7, 3)], &[(0, 2), (0, 3)]);
        check(&[(7, 3), (7, 2), (7, 4)], &[(2, 3), (2, 4), (3, 4)]);
    }
}
