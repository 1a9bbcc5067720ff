//! Sentences with what comparing asks of each of their words: read once, whatever a sentence is compared with.

use std::cell::RefCell;
use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;

use super::align::Rules;
use super::spelling::plain;
use crate::text::recent::{Answers, mark, recent};
use crate::text::stem::stem;
use crate::text::{Token, TokenKind};

/// What is known of a token.
#[derive(Clone, Copy)]
pub(super) struct Key {
    /// Of its folded form.
    pub norm: u64,
    /// Of its stem; that of its folded form where it has none.
    pub stem: u64,
    /// What it weighs in an alignment.
    pub weight: u32,
    /// Whether it carries content.
    pub says: bool,
    /// Whether it is a mark.
    pub marks: bool,
}

/// Tokens with what is known of them.
pub struct Wording<'t> {
    /// The tokens.
    pub tokens: &'t [Token],
    pub(super) keys: Vec<Key>,
}

impl<'t> Wording<'t> {
    /// Tokens, ready to be aligned.
    pub fn new(tokens: &'t [Token], rules: &Rules) -> Self {
        Self { tokens, keys: tokens.iter().map(|token| known(token, rules)).collect() }
    }

    /// A number for each `words` words in a row of which `content` carry content: equal for equal rows.
    pub fn rows(&self, words: usize, content: usize) -> impl Iterator<Item = u64> + '_ {
        let telling =
            move |row: &&[Key]| !row.iter().any(|k| k.marks) && row.iter().filter(|k| k.says).count() >= content;
        self.keys.windows(words.max(1)).filter(telling).map(row)
    }
}

thread_local! {
    static KEYS: Answers<Key> = const { RefCell::new(Vec::new()) };
}

/// What is known of a token, asked once of each word: stories use the same ones again and again.
fn known(token: &Token, rules: &Rules) -> Key {
    // All that a key is made from.
    let sort = token.kind as u64 * 2 + u64::from(token.is_capitalised());
    recent(&KEYS, mark(rules.seed ^ sort, &token.norm), || key(token, rules), |key| *key)
}

fn key(token: &Token, rules: &Rules) -> Key {
    let norm = hash(&token.norm);
    let says = rules.is_content(token);
    let is_inflected = token.kind == TokenKind::Word && says;
    let stem = if is_inflected { hash(&stem(&plain(&token.norm))) } else { norm };
    Key { norm, stem, weight: rules.weight(token), says, marks: token.kind == TokenKind::Mark }
}

fn hash(word: &str) -> u64 {
    let mut hasher = FxHasher::default();
    word.hash(&mut hasher);
    hasher.finish()
}

/// The number of some words in a row.
pub(super) fn row<'k>(keys: impl IntoIterator<Item = &'k Key>) -> u64 {
    let mut hasher = FxHasher::default();
    keys.into_iter().for_each(|key| hasher.write_u64(key.norm));
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::wording::WordingRules;
    use crate::compare::words;

    #[test]
    fn rows_hold_no_mark_and_say_enough() {
        let rules = &WordingRules::embedded().align;
        let count = |text: &str, content: usize| Wording::new(&words(text), rules).rows(4, content).count();
        for (text, content, expected) in [
            ("the old ferry left the harbour", 2, 3),
            ("the old ferry, left the harbour", 1, 0),
            ("it was to be of the", 1, 0),
            ("the ferry", 1, 0),
        ] {
            assert_eq!(count(text, content), expected, "{text}");
        }
    }

    #[test]
    fn of_each_token_its_own_is_known() {
        let rules = &WordingRules::embedded().align;
        let told = |key: Key| (key.norm, key.stem, key.weight, key.says, key.marks);
        for token in words("The Ferry left. A ferry leaves the 2 ferries' pier, 2") {
            assert_eq!(told(known(&token, rules)), told(key(&token, rules)), "{token:?}");
        }
    }
}
