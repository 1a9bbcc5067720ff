//! Word stems, for comparing words without their inflection.

use std::cell::RefCell;

use compact_str::CompactString;
use rustc_hash::FxHashMap;
use snowball_stemmers_rs::{Algorithm, Stemmer};

/// The Porter2 (Snowball English) stem of a folded word, with the bound on cached words that
/// keeps a long run's memory flat.
pub fn stem(word: &str) -> CompactString {
    const CACHED: usize = 50_000;
    thread_local! {
        static CACHE: RefCell<FxHashMap<CompactString, CompactString>> = RefCell::default();
    }
    CACHE.with_borrow_mut(|cache| {
        if let Some(known) = cache.get(word) {
            return known.clone();
        }
        let stemmed = CompactString::from(Stemmer::create(Algorithm::English).stem(word).as_ref());
        if cache.len() >= CACHED {
            cache.clear();
        }
        cache.insert(CompactString::from(word), stemmed.clone());
        stemmed
    })
}

#[cfg(test)]
mod tests {
    use super::stem;

    #[test]
    fn inflections_share_a_stem() {
        for (a, b) in [("visits", "visited"), ("arrive", "arrived"), ("missile", "missiles")] {
            assert_eq!(stem(a), stem(b));
        }
    }
}
