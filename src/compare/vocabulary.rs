//! Sentences with what comparing asks of each of their words: read once, whatever a sentence is compared with.

use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHasher};

use super::align::Rules;
use super::spelling::plain;
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
        Self { tokens, keys: tokens.iter().map(|t| key(t, rules)).collect() }
    }

    /// A number for each `words` words in a row of which `content` carry content: equal for equal rows.
    pub fn rows(&self, words: usize, content: usize) -> impl Iterator<Item = u64> + '_ {
        let telling =
            move |row: &&[Key]| !row.iter().any(|k| k.marks) && row.iter().filter(|k| k.says).count() >= content;
        self.keys.windows(words.max(1)).filter(telling).map(row)
    }
}

/// The words of a story: it uses each of them again and again.
pub struct Vocabulary<'t> {
    rules: &'t Rules,
    /// By all that a key is made from.
    known: FxHashMap<(&'t str, TokenKind, bool), Key>,
}

impl<'t> Vocabulary<'t> {
    /// An empty one.
    pub fn new(rules: &'t Rules) -> Self {
        Self { rules, known: FxHashMap::default() }
    }

    /// Tokens, ready to be aligned.
    pub fn wording(&mut self, tokens: &'t [Token]) -> Wording<'t> {
        let rules = self.rules;
        let mut known = |token: &'t Token| {
            let word = (token.norm.as_str(), token.kind, token.is_capitalised());
            *self.known.entry(word).or_insert_with(|| key(token, rules))
        };
        Wording { tokens, keys: tokens.iter().map(&mut known).collect() }
    }
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
pub(super) fn row(keys: &[Key]) -> u64 {
    let mut hasher = FxHasher::default();
    keys.iter().for_each(|key| hasher.write_u64(key.norm));
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
    fn a_vocabulary_tells_what_each_token_tells() {
        let rules = &WordingRules::embedded().align;
        let tokens = words("The Ferry left. A ferry leaves the 2 ferries' pier, 2");
        let (known, read) = (Vocabulary::new(rules).wording(&tokens), Wording::new(&tokens, rules));
        let told = |key: &Key| (key.norm, key.stem, key.weight, key.says, key.marks);
        assert_eq!(known.keys.iter().map(told).collect::<Vec<_>>(), read.keys.iter().map(told).collect::<Vec<_>>());
    }
}
