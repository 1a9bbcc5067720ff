//! Word stems, for comparing words without their inflection.

use std::cell::RefCell;

use compact_str::CompactString;
use snowball_stemmers_rs::{Algorithm, Stemmer};
use xxhash_rust::xxh3::xxh3_64;

/// Stems that a thread has at hand, a power of two: most words of a text are among them.
const AT_HAND: usize = 1 << 14;

thread_local! {
    /// Each beside the 64 bits that its word is known by; of all words of a language, no two share them.
    static STEMS: RefCell<Vec<(u64, CompactString)>> = const { RefCell::new(Vec::new()) };
}

/// The Porter2 (Snowball English) stem of a folded word.
pub fn stem(word: &str) -> CompactString {
    let mark = xxh3_64(word.as_bytes());
    STEMS.with_borrow_mut(|stems| {
        if stems.is_empty() {
            stems.resize(AT_HAND, (xxh3_64(b""), CompactString::default()));
        }
        let (known, stem) = &mut stems[mark as usize % AT_HAND];
        if *known != mark {
            (*known, *stem) = (mark, Stemmer::create(Algorithm::English).stem(word).as_ref().into());
        }
        stem.clone()
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
