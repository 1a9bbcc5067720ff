//! A document's tokens with what the lexicon knows of them: what all steps of this room look at.

use std::ops::Range;

use compact_str::CompactString;

use super::lexicon::Traits;
use super::rules::Rules;
use crate::normalise::place::{Gazetteer, place_key};
use crate::reading::Reading;
use crate::text::{Case, Token, TokenKind};

/// A reading with its words looked up.
pub struct Page<'r> {
    /// The document.
    pub reading: &'r Reading<'r>,
    /// What is known of each token.
    pub traits: Vec<Traits>,
    /// The rules.
    pub rules: &'r Rules,
    /// The places known.
    pub gazetteer: &'r Gazetteer,
}

impl<'r> Page<'r> {
    /// Looks up the words of a reading.
    pub fn new(reading: &'r Reading<'r>, gazetteer: &'r Gazetteer, rules: &'r Rules) -> Self {
        let traits = rules.lexicon.annotate(&reading.tokens, gazetteer);
        Self { reading, traits, rules, gazetteer }
    }

    /// The token at `at`.
    pub fn token(&self, at: usize) -> &'r Token {
        &self.reading.tokens[at]
    }

    /// Its folded form; empty behind the end.
    pub fn norm(&self, at: usize) -> &'r str {
        self.reading.tokens.get(at).map_or("", |t| t.norm.as_str())
    }

    /// True when any of `traits` is known of the token at `at`.
    pub fn has(&self, at: usize, traits: Traits) -> bool {
        self.traits.get(at).is_some_and(|t| t.has(traits))
    }

    /// True for a word that begins with a capital.
    pub fn is_capital(&self, at: usize) -> bool {
        self.reading.tokens.get(at).is_some_and(|t| t.kind == TokenKind::Word && t.is_capitalised())
    }

    /// True for a word all in small letters.
    pub fn is_lower_word(&self, at: usize) -> bool {
        self.reading.tokens.get(at).is_some_and(|t| t.kind == TokenKind::Word && t.case == Case::Lower)
    }

    /// True when the token is this mark or word.
    pub fn is(&self, at: usize, norm: &str) -> bool {
        self.norm(at) == norm
    }

    /// True when nothing stands between the token at `at` and the one before it.
    pub fn touches(&self, at: usize) -> bool {
        at > 0 && self.token(at - 1).span.end == self.token(at).span.start
    }

    /// The text of a token as printed.
    pub fn printed(&self, at: usize) -> &'r str {
        self.reading.text(self.token(at).span)
    }

    /// True for an initialism of two letters and more.
    pub fn is_acronym(&self, at: usize) -> bool {
        let token = self.token(at);
        token.kind == TokenKind::Word && token.case == Case::Upper && token.norm.chars().nth(1).is_some()
    }

    /// True for a single capital letter with a dot directly behind it.
    pub fn is_initial(&self, at: usize) -> bool {
        let token = self.token(at);
        token.case == Case::Upper && token.norm.chars().count() == 1 && self.is(at + 1, ".") && self.touches(at + 1)
    }

    /// The key of a name: its folded words, without dots, hyphens and accents.
    pub fn key(&self, tokens: Range<usize>) -> CompactString {
        let mut joined = CompactString::default();
        for at in tokens.filter(|&at| self.token(at).kind != TokenKind::Mark || self.is(at, "&")) {
            let possessive = self.token(at).kind == TokenKind::Possessive;
            if !joined.is_empty() && !possessive {
                joined.push(' ');
            }
            joined.push_str(self.norm(at));
        }
        place_key(&joined)
    }

    /// The name as printed, on one line, without a bracket that closes inside of it.
    pub fn name(&self, tokens: Range<usize>) -> CompactString {
        let text = self.reading.text(self.reading.span_of(tokens));
        if !text.contains(['\n', '\t', ']']) && !text.contains("  ") {
            return CompactString::from(text);
        }
        let words: Vec<&str> = text.split(|c: char| c.is_whitespace() || c == ']').filter(|w| !w.is_empty()).collect();
        CompactString::from(words.join(" "))
    }
}
