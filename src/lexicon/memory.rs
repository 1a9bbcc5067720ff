//! Answers remembered: the stories of a corpus ask the same of the same words again and again.

use std::hash::{BuildHasher, Hash};
use std::sync::{Mutex, PoisonError};

use rustc_hash::{FxBuildHasher, FxHashMap};

/// What was answered. Many threads may ask.
#[derive(Debug)]
pub(super) struct Memory<Key, Answer> {
    shelves: Vec<Mutex<FxHashMap<Key, Answer>>>,
    /// Answers that a shelf has room for.
    room: usize,
}

impl<Key: Hash + Eq, Answer: Clone> Memory<Key, Answer> {
    /// An empty memory for so many answers.
    pub fn new(most: usize) -> Self {
        const SHELVES: usize = 16;
        Self { shelves: (0..SHELVES).map(|_| Mutex::default()).collect(), room: most / SHELVES }
    }

    /// The answer for a key: the one remembered, or else what `answer` finds. A shelf that is
    /// full is emptied, which keeps a long run's memory flat.
    pub fn recall(&self, key: Key, answer: impl FnOnce(&Key) -> Answer) -> Answer {
        let hash = FxBuildHasher.hash_one(&key) as usize;
        let shelf = || self.shelves[hash % self.shelves.len()].lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = shelf().get(&key) {
            return known.clone();
        }
        let found = answer(&key);
        let mut shelf = shelf();
        if shelf.len() >= self.room {
            shelf.clear();
        }
        shelf.insert(key, found.clone());
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_found_once() {
        let memory = Memory::new(100);
        assert_eq!(memory.recall("a", |_| 1), 1);
        assert_eq!(memory.recall("a", |_| 2), 1);
        assert_eq!(memory.recall("b", |_| 3), 3);
    }

    #[test]
    fn memory_is_bounded() {
        let memory = Memory::new(1_000);
        (0..20_000).for_each(|n| assert_eq!(memory.recall(n, |n| *n), n));
        let kept: usize = memory.shelves.iter().map(|shelf| shelf.lock().unwrap().len()).sum();
        assert!(kept <= 1_000);
    }
}
