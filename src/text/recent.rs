//! The last answers that a thread got about words: most words that are asked for were asked for a moment ago, and are
//! found here without a lock and in memory that is near.

use std::cell::RefCell;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread::LocalKey;

use xxhash_rust::xxh3::xxh3_64_with_seed;

/// Answers that a thread has at hand, a power of two: most words of a text are among them.
const AT_HAND: usize = 1 << 14;

/// Each answer beside the 64 bits that it is known by: of the few million that a run asks for, two hardly ever share
/// them.
pub type Answers<Answer> = RefCell<Vec<(u64, Option<Answer>)>>;

/// A number that nobody else has who gives answers.
pub fn new_seed() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

/// What a word is known by, to whoever has the seed.
pub fn mark(seed: u64, word: &str) -> u64 {
    // Of short words the hash is little more than their letters and the seed, one upon the other: seeds that differ by
    // little would give "war" and "was" one mark.
    const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;
    xxh3_64_with_seed(word.as_bytes(), seed.wrapping_mul(SPREAD))
}

/// What `read` makes of the answer that is known by `mark`: of the one at hand, or else of what `ask` tells, which is at
/// hand from then on. Neither asks for answers of the same kind.
pub fn recent<Answer, R>(
    answers: &'static LocalKey<Answers<Answer>>,
    mark: u64,
    ask: impl FnOnce() -> Answer,
    read: impl FnOnce(&Answer) -> R,
) -> R {
    answers.with_borrow_mut(|held| {
        if held.is_empty() {
            held.resize_with(AT_HAND, Default::default);
        }
        let (known, answer) = &mut held[mark as usize % AT_HAND];
        if *known != mark {
            (*known, *answer) = (mark, None);
        }
        read(answer.get_or_insert_with(ask))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use rustc_hash::FxHashSet;

    thread_local! {
        static ANSWERS: Answers<usize> = const { RefCell::new(Vec::new()) };
    }

    #[test]
    fn short_words_of_seeds_that_are_close_have_marks_of_their_own() {
        let letters = || (b'a'..=b'z').map(char::from);
        let words: Vec<String> = letters().flat_map(|a| letters().map(move |b| format!("s{a}{b}"))).collect();
        let longer = words.iter().map(|word| format!("{word}pe"));
        let words: Vec<String> = words.iter().cloned().chain(longer).collect();
        let marks: FxHashSet<u64> = (0..8).flat_map(|seed| words.iter().map(move |word| mark(seed, word))).collect();
        assert_eq!(marks.len(), 8 * words.len());
    }

    #[test]
    fn an_answer_is_asked_for_once_by_each_who_gives_answers() {
        let asked = |seed: u64, word: &str, answer| recent(&ANSWERS, mark(seed, word), || answer, |answer| *answer);
        let (first, second) = (new_seed(), new_seed());
        assert_eq!((asked(first, "a", 1), asked(first, "a", 2)), (1, 1));
        assert_eq!((asked(first, "b", 3), asked(second, "a", 4)), (3, 4));
    }
}
