//! Signatures weighed by the corpus: what very many documents print tells no story.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::signature::Signature;

/// A signature with unit vectors in place of its weights, in the memory that these had.
#[derive(Default)]
pub(super) struct Weighed {
    /// Content words as (hash, weight), sorted by hash.
    pub words: Vec<(u32, f32)>,
    /// Names, likewise.
    pub names: Vec<(u32, f32)>,
    /// As [`Signature::own`].
    pub own: Vec<u32>,
    /// As [`Signature::head`].
    pub head: Vec<u32>,
    /// As [`Signature::day`].
    pub day: Option<i32>,
    /// As [`Signature::event`].
    pub event: Option<i32>,
    /// As [`Signature::told`].
    pub told: Vec<i32>,
    /// As [`Signature::source`].
    pub source: u32,
    /// Words and names that it has more than once or in its lead, sorted.
    stressed: Box<[u32]>,
}

/// The weight of a name that stands in a document once and not in its lead.
const ONCE: f32 = 1.0;

/// Makes unit vectors of the weights: each key's weight times its rarity, divided by the vector's length. `background`
/// documents are imagined beside the corpus.
pub(super) fn weigh(signatures: Vec<Signature>, background: f32) -> Vec<Weighed> {
    let mut documents: FxHashMap<u32, u32> = FxHashMap::default();
    for (key, _) in signatures.iter().flat_map(|s| s.words.iter().chain(&s.names)) {
        *documents.entry(*key).or_default() += 1;
    }
    let total = signatures.len() as f32 + background;
    let rarity = |key: u32| (total / (documents[&key] as f32 + 0.5)).ln();
    signatures.into_par_iter().map(|signature| Weighed::of(signature, rarity)).collect()
}

impl Weighed {
    fn of(signature: Signature, rarity: impl Fn(u32) -> f32) -> Self {
        let stressed = stressed(&signature);
        let Signature { mut words, mut names, own, head, day, event, told, source } = signature;
        make_unit(&mut words, &rarity);
        make_unit(&mut names, &rarity);
        Self { words, names, own, head, day, event, told, source, stressed }
    }

    /// Whether it has a word or name more than once or in its lead.
    pub fn stresses(&self, key: u32) -> bool {
        self.stressed.binary_search(&key).is_ok()
    }

    /// The heaviest names.
    pub fn heaviest_names(&self, most: usize) -> Box<[u32]> {
        let mut names = self.names.clone();
        names.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        names.into_iter().take(most).map(|(key, _)| key).collect()
    }
}

fn stressed(signature: &Signature) -> Box<[u32]> {
    let keys = signature.words.iter().chain(&signature.names);
    let mut stressed: Vec<u32> = keys.filter(|(_, weight)| *weight > ONCE).map(|(key, _)| *key).collect();
    stressed.sort_unstable();
    stressed.into_boxed_slice()
}

fn make_unit(vector: &mut [(u32, f32)], rarity: impl Fn(u32) -> f32) {
    vector.iter_mut().for_each(|(key, weight)| *weight *= rarity(*key).max(0.0));
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
    use super::*;

    impl Weighed {
        /// A document of a day with one name.
        pub fn named(day: Option<i32>, name: u32) -> Self {
            Self { day, names: vec![(name, 1.0)], ..Self::default() }
        }
    }

    #[test]
    fn rare_keys_weigh_more_and_those_told_once_are_not_stressed() {
        let told = |names: &[(u32, f32)]| Signature { names: names.to_vec(), ..Signature::default() };
        let weighed = weigh(vec![told(&[(1, 1.0), (2, 2.0), (3, 2.0)]), told(&[(2, 1.0)])], 10.0);
        let first = &weighed[0];
        assert!((dot(&first.names, &first.names) - 1.0).abs() < 1e-6);
        assert_eq!(*first.heaviest_names(2), [3, 2]);
        assert_eq!([1, 2, 3, 4].map(|key| first.stresses(key)), [false, true, true, false]);
        assert_eq!(dot(&first.names, &weighed[1].names), first.names[1].1, "the other is a unit by itself");
    }
}
