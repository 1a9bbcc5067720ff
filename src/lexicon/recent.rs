//! The last answers that a thread got, in front of what all threads remember: most words that are asked for were asked
//! for a moment ago, and are found here without a lock and in memory that is near.

use std::cell::RefCell;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread::LocalKey;

use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::{Word, WordRelation};

/// Answers that a thread has at hand, a power of two.
const AT_HAND: usize = 1 << 14;

/// Each answer beside the 64 bits that it is known by: of the few million that a run asks for, two hardly ever share
/// them.
type Answers<Answer> = RefCell<Vec<(u64, Option<Answer>)>>;

thread_local! {
    pub(super) static WORDS: Answers<Arc<Word>> = const { RefCell::new(Vec::new()) };
    pub(super) static RELATIONS: Answers<Option<WordRelation>> = const { RefCell::new(Vec::new()) };
}

/// A number that no other lexicon has.
pub(super) fn new_seed() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

/// What a word is known by, to a lexicon.
pub(super) fn mark(seed: u64, word: &str) -> u64 {
    xxh3_64_with_seed(word.as_bytes(), seed)
}

/// What two words are known by, whichever comes first.
pub(super) fn mark_of_pair(seed: u64, a: &str, b: &str) -> u64 {
    mark(seed, a).wrapping_add(mark(seed, b))
}

/// What `read` makes of the answer that is known by `mark`: of the one at hand, or else of what `ask` tells, which is at
/// hand from then on. `read` asks for nothing itself.
pub(super) fn recent<Answer, R>(
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

    #[test]
    fn an_answer_is_asked_for_once_whichever_word_comes_first_and_by_each_lexicon() {
        let asked = |seed: u64, a: &str, b: &str, answer| {
            recent(&RELATIONS, mark_of_pair(seed, a, b), || answer, |answer| *answer)
        };
        let (first, second) = (new_seed(), new_seed());
        assert_eq!(asked(first, "a", "b", Some(WordRelation::Same)), Some(WordRelation::Same));
        assert_eq!(asked(first, "b", "a", None), Some(WordRelation::Same));
        assert_eq!(asked(first, "b", "c", None), None);
        assert_eq!(asked(second, "a", "b", None), None);
    }
}
