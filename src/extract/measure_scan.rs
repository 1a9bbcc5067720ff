//! The tokens of one sentence, each looked up once in the words of numbers and dates.

use compact_str::CompactString;

use super::measure_words::{COMPOUND, MeasureWords, Phrase, Sense, UNKNOWN};
use crate::text::{Token, TokenKind};

/// The tokens of a sentence with the sense of each; every index is valid, beyond the ends lie
/// empty words.
pub struct Scan<'a> {
    /// The tokens.
    pub tokens: &'a [Token],
    /// The words.
    pub words: &'a MeasureWords,
    places: Vec<u16>,
}

impl<'a> Scan<'a> {
    /// Looks every word and mark up once. A hyphenated word that is unknown is known by its first part.
    pub fn new(tokens: &'a [Token], words: &'a MeasureWords) -> Self {
        let place = |token: &Token| match token.kind {
            TokenKind::Number | TokenKind::Possessive => UNKNOWN,
            _ => words.place_of(&token.norm),
        };
        Self { tokens, words, places: tokens.iter().map(place).collect() }
    }

    /// The sense of the token at `at`.
    pub fn sense(&self, at: usize) -> &'a Sense {
        let place = self.places.get(at).copied().unwrap_or(UNKNOWN);
        self.words.at(place)
    }

    /// True when the token at `at` is a word of the table.
    pub fn is_known(&self, at: usize) -> bool {
        self.places.get(at).is_some_and(|place| *place > COMPOUND)
    }

    /// The folded word at `at`.
    pub fn word(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |token| token.norm.as_str())
    }

    /// True when the folded word at `at` is `word`.
    pub fn is(&self, at: usize, word: &str) -> bool {
        self.tokens.get(at).is_some_and(|token| token.norm == word)
    }

    /// True when "a" or "an" stands at `at`.
    pub fn is_article(&self, at: usize) -> bool {
        self.is(at, "a") || self.is(at, "an")
    }

    /// True when the token at `at` is of `kind`.
    pub fn is_kind(&self, at: usize, kind: TokenKind) -> bool {
        self.tokens.get(at).is_some_and(|token| token.kind == kind)
    }

    /// True when the token at `at` begins with a capital.
    pub fn is_capitalised(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(Token::is_capitalised)
    }

    /// True when nothing stands between the tokens `at - 1` and `at`.
    pub fn touches(&self, at: usize) -> bool {
        at > 0 && at < self.tokens.len() && self.tokens[at - 1].span.end == self.tokens[at].span.start
    }

    /// True when the word at `at` is one of a list.
    pub fn one_of(&self, at: usize, list: &[String]) -> bool {
        self.tokens.get(at).is_some_and(|token| list.iter().any(|word| *word == token.norm))
    }

    /// The first of `phrases` whose words stand at `at` and on: its end and meaning.
    pub fn phrase_at<T: Copy>(&self, phrases: &[Phrase<T>], at: usize) -> Option<(usize, T)> {
        let fits = |words: &[CompactString]| words.iter().enumerate().all(|(n, word)| self.is(at + n, word));
        phrases.iter().find(|(words, _)| fits(words)).map(|(words, meaning)| (at + words.len(), *meaning))
    }

    /// The first of `phrases` whose words end before `at`, nearest first: its start and meaning.
    pub fn phrase_before<T: Copy>(&self, phrases: &[Phrase<T>], at: usize) -> Option<(usize, T)> {
        let fits = |words: &[CompactString]| {
            words.len() <= at && words.iter().enumerate().all(|(n, word)| self.is(at - 1 - n, word))
        };
        phrases.iter().find(|(words, _)| fits(words)).map(|(words, meaning)| (at - words.len(), *meaning))
    }
}
