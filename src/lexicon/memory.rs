//! Answers remembered: the stories of a corpus ask the same of the same words again and again.

use std::hash::BuildHasher;
use std::sync::{Mutex, PoisonError};

use compact_str::CompactString;
use rustc_hash::{FxBuildHasher, FxHashMap};

type Shelf<Answer> = FxHashMap<(CompactString, CompactString), Answer>;

/// What was answered of pairs of words, whichever comes first. Many threads may ask.
#[derive(Debug)]
pub(super) struct Memory<Answer> {
    shelves: Vec<Mutex<Shelf<Answer>>>,
}

impl<Answer> Default for Memory<Answer> {
    fn default() -> Self {
        const SHELVES: usize = 16;
        Self { shelves: (0..SHELVES).map(|_| Mutex::default()).collect() }
    }
}

impl<Answer: Copy> Memory<Answer> {
    /// The answer for two words: the one remembered, or else what `answer` finds. A shelf that is
    /// full is emptied, which keeps a long run's memory flat.
    pub fn recall(&self, a: &str, b: &str, answer: impl FnOnce() -> Answer) -> Answer {
        const ROOM: usize = 8_000;
        let words = (CompactString::from(a.min(b)), CompactString::from(a.max(b)));
        let hash = FxBuildHasher.hash_one(&words) as usize;
        let shelf = || self.shelves[hash % self.shelves.len()].lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = shelf().get(&words) {
            return *known;
        }
        let found = answer();
        let mut shelf = shelf();
        if shelf.len() >= ROOM {
            shelf.clear();
        }
        shelf.insert(words, found);
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_found_once_whichever_word_comes_first() {
        let memory = Memory::default();
        assert_eq!(memory.recall("a", "b", || 1), 1);
        assert_eq!(memory.recall("b", "a", || 2), 1);
        assert_eq!(memory.recall("b", "c", || 3), 3);
    }

    #[test]
    fn memory_is_bounded() {
        let memory = Memory::default();
        (0..200_000).for_each(|n| assert_eq!(memory.recall("a", &n.to_string(), || n), n));
        let kept: usize = memory.shelves.iter().map(|shelf| shelf.lock().unwrap().len()).sum();
        assert!(kept <= 128_000);
    }
}
