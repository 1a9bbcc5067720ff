//! Signatures weighed by the corpus: what very many documents print tells no story.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::ragged::Ragged;
use super::signatures::Signatures;

/// Signatures with unit vectors in place of their weights, in the memory that these had. Documents go by number.
pub(super) struct Weighed {
    signatures: Signatures,
    /// Words and names that a document has more than once or in its lead, sorted.
    stressed: Ragged<u32>,
}

/// The weight of a name that stands in a document once and not in its lead.
const ONCE: f32 = 1.0;

/// Makes unit vectors of the weights: each key's weight times its rarity, divided by the vector's length. `background`
/// documents are imagined beside the corpus.
pub(super) fn weigh(mut signatures: Signatures, background: f32) -> Weighed {
    let mut documents: FxHashMap<u32, u32> = FxHashMap::default();
    for (key, _) in signatures.words.items().iter().chain(signatures.names.items()) {
        *documents.entry(*key).or_default() += 1;
    }
    let total = signatures.len() as f32 + background;
    let rarity = |key: u32| (total / (documents[&key] as f32 + 0.5)).ln();
    let stressed = (0..signatures.words.len()).map(|row| stressed(&signatures, row)).collect();
    make_units(&mut signatures.words, rarity);
    make_units(&mut signatures.names, rarity);
    Weighed { signatures, stressed }
}

impl Weighed {
    /// How many documents there are.
    pub fn len(&self) -> usize {
        self.signatures.len()
    }

    /// Content words as (hash, weight), sorted by hash.
    pub fn words(&self, document: u32) -> &[(u32, f32)] {
        self.signatures.words.row(self.row(document))
    }

    /// Names, likewise.
    pub fn names(&self, document: u32) -> &[(u32, f32)] {
        self.signatures.names.row(self.row(document))
    }

    /// As [`super::signature::Signature::own`].
    pub fn own(&self, document: u32) -> &[u32] {
        self.signatures.own.row(self.row(document))
    }

    /// As [`super::signature::Signature::head`].
    pub fn head(&self, document: u32) -> &[u32] {
        self.signatures.head.row(self.row(document))
    }

    /// The names that no dictionary knows and that a document opens with.
    pub fn opening(&self, document: u32) -> impl Iterator<Item = u32> + '_ {
        let own = self.own(document);
        self.head(document).iter().copied().filter(|name| own.binary_search(name).is_ok())
    }

    /// As [`super::signature::Signature::day`].
    pub fn day(&self, document: u32) -> Option<i32> {
        self.signatures.day(document as usize)
    }

    /// As [`super::signature::Signature::event`].
    pub fn event(&self, document: u32) -> Option<i32> {
        self.signatures.event(document as usize)
    }

    /// As [`super::signature::Signature::told`].
    pub fn told(&self, document: u32) -> &[i32] {
        self.signatures.told.row(self.row(document))
    }

    /// As [`super::signature::Signature::source`].
    pub fn source(&self, document: u32) -> u32 {
        self.signatures.source(document as usize)
    }

    /// Whether a document has a word or name more than once or in its lead.
    pub fn stresses(&self, document: u32, key: u32) -> bool {
        self.stressed.row(self.row(document)).binary_search(&key).is_ok()
    }

    /// The heaviest names of a document.
    pub fn heaviest_names(&self, document: u32, most: usize) -> impl Iterator<Item = u32> + use<> {
        let mut names = self.names(document).to_vec();
        names.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        names.into_iter().take(most).map(|(key, _)| key)
    }

    fn row(&self, document: u32) -> usize {
        self.signatures.row(document as usize)
    }
}

fn stressed(signatures: &Signatures, row: usize) -> Vec<u32> {
    let keys = signatures.words.row(row).iter().chain(signatures.names.row(row));
    let mut stressed: Vec<u32> = keys.filter(|(_, weight)| *weight > ONCE).map(|(key, _)| *key).collect();
    stressed.sort_unstable();
    stressed
}

fn make_units(vectors: &mut Ragged<(u32, f32)>, rarity: impl Fn(u32) -> f32 + Sync) {
    vectors.items_mut().par_iter_mut().for_each(|(key, weight)| *weight *= rarity(*key).max(0.0));
    for number in 0..vectors.len() {
        let vector = vectors.row_mut(number);
        let length = vector.iter().map(|(_, w)| w * w).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
        vector.iter_mut().for_each(|(_, weight)| *weight /= length);
    }
}

/// The product of two vectors, sorted by key. Which key comes first is anybody's guess, so that it is worked out and
/// not branched upon.
pub(super) fn dot(a: &[(u32, f32)], b: &[(u32, f32)]) -> f32 {
    let (mut i, mut j, mut sum) = (0, 0, 0.0);
    while let (Some((x, left)), Some((y, right))) = (a.get(i), b.get(j)) {
        sum += if x == y { left * right } else { 0.0 };
        i += usize::from(x <= y);
        j += usize::from(y <= x);
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::super::signature::Signature;
    use super::*;

    #[test]
    fn rare_keys_weigh_more_and_those_told_once_are_not_stressed() {
        let told = |names: &[(u32, f32)]| Signature { names: names.to_vec(), ..Signature::default() };
        let weighed = weigh([told(&[(1, 1.0), (2, 2.0), (3, 2.0)]), told(&[(2, 1.0)])].into_iter().collect(), 10.0);
        let first = weighed.names(0);
        assert!((dot(first, first) - 1.0).abs() < 1e-6);
        assert_eq!(weighed.heaviest_names(0, 2).collect::<Vec<_>>(), [3, 2]);
        assert_eq!([1, 2, 3, 4].map(|key| weighed.stresses(0, key)), [false, true, true, false]);
        assert_eq!(dot(first, weighed.names(1)), first[1].1, "the other is a unit by itself");
    }
}
