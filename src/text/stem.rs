//! Word stems, for comparing words without their inflection.

use std::cell::RefCell;

use compact_str::CompactString;
use snowball_stemmers_rs::{Algorithm, Stemmer};

use super::recent::{Answers, mark, recent};

thread_local! {
    static STEMS: Answers<CompactString> = const { RefCell::new(Vec::new()) };
}

/// The Porter2 (Snowball English) stem of a folded word.
pub fn stem(word: &str) -> CompactString {
    let find = || Stemmer::create(Algorithm::English).stem(word).as_ref().into();
    recent(&STEMS, mark(0, word), find, CompactString::clone)
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
