//! Names that are hardly anybody else's, and what they may yet draw together.
//!
//! A name joins two groups only where these two have most of all documents with it. Whatever has been joined by then is
//! a part of what hangs together by chains; so two groups that no name can ever join are told before any is joined, by
//! counting who has each name among all that hangs together.

use super::chains::Chains;

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

    /// Ties what has, both together, this share of all documents with a name; whether anything was tied.
    pub fn tie(&self, chains: &mut Chains, share: f32) -> bool {
        let mut tied = false;
        for held in self.0.chunk_by(|x, y| x.0 == y.0) {
            let mut firsts: Vec<u32> = held.iter().map(|(_, document)| chains.first(*document)).collect();
            firsts.sort_unstable();
            let Some((most, top)) = firsts.chunk_by(u32::eq).map(|held| (held.len(), held[0])).max() else { continue };
            // Where any two have that share, each of them has it with the one that has most.
            for held in firsts.chunk_by(u32::eq).filter(|held| held[0] != top) {
                tied |= (most + held.len()) as f32 >= share * firsts.len() as f32 && chains.tie(top, held[0]);
            }
        }
        tied
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_are_tied_who_have_most_of_a_name_together() {
        let check = |held: &[(u32, u32)], expected: [u32; 6]| {
            let mut chains = Chains::new(6);
            chains.tie(0, 1);
            let holders = Holders::new(held.to_vec());
            while holders.tie(&mut chains, 0.6) {}
            assert_eq!(chains.firsts(), expected, "{held:?}");
        };
        check(&[(7, 2), (7, 3)], [0, 0, 2, 2, 4, 5]);
        check(&[(7, 2), (8, 3)], [0, 0, 2, 3, 4, 5]);
        check(&[(7, 2), (7, 3), (7, 4), (7, 5)], [0, 0, 2, 3, 4, 5]);
        check(&[(7, 0), (7, 1), (7, 2), (7, 3)], [0, 0, 0, 0, 4, 5]);
        // What one name ties may have most of another then.
        check(&[(7, 2), (7, 3), (8, 2), (8, 3), (8, 4), (8, 5)], [0, 0, 2, 2, 2, 2]);
    }
}
