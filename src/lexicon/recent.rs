//! What a thread last asked a lexicon, in front of what all threads remember.

use std::cell::RefCell;
use std::sync::Arc;

use super::{Word, WordRelation};
use crate::text::recent::{Answers, mark};

thread_local! {
    pub(super) static WORDS: Answers<Arc<Word>> = const { RefCell::new(Vec::new()) };
    pub(super) static RELATIONS: Answers<Option<WordRelation>> = const { RefCell::new(Vec::new()) };
    pub(super) static SYNONYMS: Answers<bool> = const { RefCell::new(Vec::new()) };
}

/// What two words are known by, whichever comes first.
pub(super) fn mark_of_pair(seed: u64, a: &str, b: &str) -> u64 {
    mark(seed, a).wrapping_add(mark(seed, b))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::recent::{new_seed, recent};

    #[test]
    fn two_words_are_asked_for_once_whichever_comes_first() {
        let seed = new_seed();
        let asked = |a: &str, b: &str, answer| recent(&RELATIONS, mark_of_pair(seed, a, b), || answer, |known| *known);
        assert_eq!(asked("a", "b", Some(WordRelation::Same)), Some(WordRelation::Same));
        assert_eq!(asked("b", "a", None), Some(WordRelation::Same));
        assert_eq!(asked("b", "c", None), None);
    }
}
