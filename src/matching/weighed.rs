//! Signatures weighed by the corpus: what very many documents print tells no story.

use std::sync::OnceLock;

use rayon::prelude::*;

use super::felt::Felt;
use super::ragged::Ragged;
use super::signatures::Signatures;
use crate::failure::Failure;

/// Signatures with unit vectors in place of their weights, in the memory that these had. Documents go by number.
pub(super) struct Weighed {
    signatures: Signatures,
    /// Why some words could not be read back.
    broken: OnceLock<Failure>,
}

/// Makes unit vectors of the weights: each key's weight times its rarity, divided by the vector's length. `background`
/// documents are imagined beside the corpus.
pub(super) fn weigh(mut signatures: Signatures, background: f32) -> Result<Weighed, Failure> {
    let total = signatures.len() as f32 + background;
    let holders = std::mem::take(&mut signatures.holders);
    let rarity = |key: u32| (total / (holders[&key] as f32 + 0.5)).ln();
    make_units(&mut signatures.names, rarity);
    signatures.words = std::mem::take(&mut signatures.words).changed(|words| {
        words.iter_mut().for_each(|(key, weight)| *weight *= rarity(*key).max(0.0));
        make_unit(words);
    })?;
    Ok(Weighed { signatures, broken: OnceLock::new() })
}

impl Weighed {
    /// How many documents there are.
    pub fn len(&self) -> usize {
        self.signatures.len()
    }

    /// Room for what lies between them.
    pub fn felt(&self, name: &str) -> Felt {
        self.signatures.words.beside(name).map_or_else(Felt::default, |(path, room)| Felt::create(&path, room / 4))
    }

    /// Content words as (hash, weight), sorted by hash. [`Self::check`] tells of those that cannot be read back.
    pub fn words(&self, document: u32) -> Vec<(u32, f32)> {
        let words = self.signatures.words.row(self.row(document));
        words.map_err(|failure| drop(self.broken.set(failure))).unwrap_or_default()
    }

    /// Whether all words that were asked for could be read back.
    ///
    /// # Errors
    /// [`Failure::Fatal`] when not.
    pub fn check(self) -> Result<(), Failure> {
        self.broken.into_inner().map_or(Ok(()), Err)
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
        self.signatures.stressed.row(self.row(document)).binary_search(&key).is_ok()
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

fn make_units(vectors: &mut Ragged<(u32, f32)>, rarity: impl Fn(u32) -> f32 + Sync) {
    vectors.items_mut().par_iter_mut().for_each(|(key, weight)| *weight *= rarity(*key).max(0.0));
    (0..vectors.len()).for_each(|number| make_unit(vectors.row_mut(number)));
}

fn make_unit(vector: &mut [(u32, f32)]) {
    let length = vector.iter().map(|(_, w)| w * w).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
    vector.iter_mut().for_each(|(_, weight)| *weight /= length);
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
        let weighed =
            weigh(Signatures::of([told(&[(1, 1.0), (2, 2.0), (3, 2.0)]), told(&[(2, 1.0)])]).unwrap(), 10.0).unwrap();
        let first = weighed.names(0);
        assert!((dot(first, first) - 1.0).abs() < 1e-6);
        assert_eq!(weighed.heaviest_names(0, 2).collect::<Vec<_>>(), [3, 2]);
        assert_eq!([1, 2, 3, 4].map(|key| weighed.stresses(0, key)), [false, true, true, false]);
        assert_eq!(dot(first, weighed.names(1)), first[1].1, "the other is a unit by itself");
    }
}
