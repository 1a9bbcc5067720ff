//! What one block looks like, counted in one pass over its words.

use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;
use xxhash_rust::xxh3::xxh3_64;

use super::dictionary::Dictionary;
use super::fold::{GLUED_LETTERS, is_letter};
use super::word::{Kinds, each_word};
use crate::rules::Words;

/// Words that shape prose (`[words]` of `rules/clean.toml`).
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WordLists {
    /// What the lists are for.
    pub about: String,
    /// Articles, prepositions, pronouns, auxiliaries: dense in prose, rare in menus.
    pub function: Words,
    /// The first and second person: dense in pleas and readers' comments.
    pub person: Words,
    /// Shortest word, in bytes, that tells what a text is about.
    pub topic_bytes: usize,
    /// A word counts once for each so many bytes, so that scripts without spaces have words.
    pub bytes_per_word: usize,
}

/// How a block ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum End {
    /// With a letter, digit or anything else.
    #[default]
    Open,
    /// With a full stop or exclamation mark, closing quotation marks and brackets aside.
    Stop,
    /// With a question mark.
    Question,
    /// With dots that say that there is more.
    Ellipsis,
    /// With a colon.
    Colon,
}

/// Counts over one block.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shape {
    pub words: u32,
    pub function: u32,
    pub person: u32,
    pub capitals: u32,
    pub figures: u32,
    /// Words that end with a full stop, question or exclamation mark.
    pub stops: u32,
    /// Words with a capital behind a small letter: lines glued together.
    pub glued: u32,
    pub quotes: u32,
    /// Bars, bullets and arrows that separate links.
    pub bars: u32,
    /// Words with a comma behind them.
    pub commas: u32,
    /// Words that a bracket opens before.
    pub brackets: u32,
    /// Dashes between words.
    pub dashes: u32,
    /// Words up to the first colon among the first three; none where there is none or nothing follows it.
    pub label: u32,
    /// Addresses: of a page, of a person.
    pub links: u32,
    /// Begins with a function word.
    pub starts_function: bool,
    pub end: End,
    pub starts_small: bool,
    pub starts_figure: bool,
    /// Most words that it may have for its words to be those of a phrase, as [`Sort::key`](super::dictionary::Sort::key).
    pub key: u32,
    /// Hashes of the words that tell the topic, each once, in [`Shapes::topics`].
    pub topics: Range<usize>,
}

/// What words are looked up in.
#[derive(Clone, Copy)]
pub(crate) struct Lists<'l> {
    pub words: &'l WordLists,
    pub dictionary: &'l Dictionary,
}

/// The shapes of all blocks and the topic words they share.
#[derive(Debug, Default)]
pub(crate) struct Shapes {
    pub shapes: Vec<Shape>,
    topics: Vec<u32>,
    /// What folding leaves of a word, kept for its room.
    buffer: Vec<u8>,
}

impl Shapes {
    /// Adds the shape of the next block.
    pub fn push(&mut self, text: &str, lists: Lists) {
        let from = self.topics.len();
        let mut shape = Shape::default();
        each_word(text, |raw, kinds| self.topics.extend(shape.count(raw, kinds, lists, &mut self.buffer)));
        shape.words = shape.words.max((text.len() / lists.words.bytes_per_word) as u32);
        shape.end = end_of(text);
        let first = text.chars().find(|c| c.is_alphanumeric());
        shape.starts_small = first.is_some_and(char::is_lowercase);
        shape.starts_figure = first.is_some_and(char::is_numeric);
        self.topics[from..].sort_unstable();
        dedup_from(&mut self.topics, from);
        shape.topics = from..self.topics.len();
        self.shapes.push(shape);
    }

    /// The topic words of a block, sorted.
    pub fn topics(&self, block: usize) -> &[u32] {
        &self.topics[self.shapes[block].topics.clone()]
    }
}

/// A word of ASCII without the marks at its ends.
fn plain_bare(raw: &str) -> &str {
    let start = raw.bytes().position(|byte| byte.is_ascii_alphanumeric()).unwrap_or(raw.len());
    let end = raw.bytes().rposition(|byte| byte.is_ascii_alphanumeric()).map_or(start, |last| last + 1);
    &raw[start..end]
}

fn dedup_from(values: &mut Vec<u32>, from: usize) {
    let mut kept = from;
    for at in from..values.len() {
        if kept == from || values[kept - 1] != values[at] {
            values[kept] = values[at];
            kept += 1;
        }
    }
    values.truncate(kept);
}

impl Shape {
    /// Counts one word of the block; its hash when it tells the topic.
    #[inline]
    fn count(&mut self, raw: &str, kinds: Kinds, lists: Lists, buffer: &mut Vec<u8>) -> Option<u32> {
        if kinds == Kinds::SMALL && raw.len() <= Folded::LONGEST {
            return self.count_folded(raw.as_bytes(), lists);
        }
        let word = bare(raw, kinds);
        self.mark(raw);
        self.quotes += u32::from(has_quote(raw, kinds));
        if !is_whole(word, kinds) {
            self.key = self.key.max(lists.dictionary.key_of_parts(raw, buffer));
        }
        if word.is_empty() {
            self.bars += u32::from(is_bar(raw));
            return None;
        }
        let first = word.chars().next().unwrap_or(' ');
        self.stops += u32::from(word.len() < raw.len() && !matches!(end_of(raw), End::Open | End::Colon));
        self.capitals += u32::from(first.is_uppercase());
        self.figures += u32::from(first.is_numeric());
        self.glued += u32::from(kinds.has(Kinds::CAPITAL) && is_glued(word));
        let folded = Folded::of(word);
        let Some(folded) = folded.as_bytes() else {
            self.words += 1;
            return Some(hash(word.as_bytes()));
        };
        self.count_folded(folded, lists).filter(|_| !first.is_numeric())
    }

    /// Counts the marks at the ends of a word.
    #[inline]
    fn mark(&mut self, raw: &str) {
        self.links += u32::from(is_address(raw));
        match raw.as_bytes() {
            [.., b','] => self.commas += 1,
            [.., b':'] if self.label == 0 && self.words < LABEL_WORDS => self.label = self.words + 1,
            [b'(' | b'[', ..] => self.brackets += 1,
            b"-" | b"\xE2\x80\x93" | b"\xE2\x80\x94" => self.dashes += 1,
            _ => {}
        }
    }

    /// Counts a folded word; its hash when it may tell the topic.
    #[inline]
    fn count_folded(&mut self, folded: &[u8], lists: Lists) -> Option<u32> {
        let sort = lists.dictionary.sort(folded);
        self.starts_function |= self.words == 0 && sort.function;
        self.words += 1;
        self.function += u32::from(sort.function);
        self.person += u32::from(sort.person);
        self.key = self.key.max(sort.key);
        let topical = !sort.function && folded.len() >= lists.words.topic_bytes;
        topical.then(|| hash(without_plural(folded)))
    }
}

/// Most words of what a colon names at the beginning of a line.
const LABEL_WORDS: u32 = 3;

/// Whether folding leaves a word in one piece: it is of ASCII letters and no other word is glued to it.
fn is_whole(word: &str, kinds: Kinds) -> bool {
    let plain = !kinds.has(Kinds::DIGIT.and(Kinds::WIDE)) && word.len() <= Folded::LONGEST;
    let bytes = word.as_bytes();
    let marked = kinds.has(Kinds::MARK.and(Kinds::QUOTE)) && !bytes.iter().all(u8::is_ascii_alphabetic);
    let glued = kinds.has(Kinds::CAPITAL) && bytes.iter().skip(GLUED_LETTERS).any(u8::is_ascii_uppercase);
    plain && !marked && !glued
}

fn hash(word: &[u8]) -> u32 {
    xxh3_64(word) as u32
}

fn without_plural(mut word: &[u8]) -> &[u8] {
    while let [stem @ .., b's'] = word {
        word = stem;
    }
    word
}

fn has_quote(raw: &str, kinds: Kinds) -> bool {
    kinds.has(Kinds::QUOTE) && raw.contains('"') || kinds.has(Kinds::WIDE) && raw.contains(['\u{201C}', '\u{201D}'])
}

/// A word without the marks at its ends.
fn bare(raw: &str, kinds: Kinds) -> &str {
    if kinds.has(Kinds::WIDE) {
        raw.trim_matches(|c| !is_letter(c))
    } else if kinds.has(Kinds::MARK.and(Kinds::QUOTE)) {
        plain_bare(raw)
    } else {
        raw
    }
}

/// A small word in lower case on the stack; longer words are on no list.
struct Folded {
    bytes: [u8; Folded::LONGEST],
    len: usize,
}

impl Folded {
    /// The longest word, in bytes, that a list may have.
    const LONGEST: usize = 24;

    /// The word up to an apostrophe.
    fn of(word: &str) -> Self {
        let mut folded = Self { bytes: [0; Self::LONGEST], len: 0 };
        for (at, byte) in word.bytes().enumerate() {
            if byte == b'\'' || byte == 0xE2 && word[at..].starts_with('\u{2019}') {
                break;
            }
            if let Some(place) = folded.bytes.get_mut(at) {
                *place = byte.to_ascii_lowercase();
            }
            folded.len = at + 1;
        }
        folded
    }

    fn as_bytes(&self) -> Option<&[u8]> {
        self.bytes.get(..self.len)
    }
}

fn is_address(raw: &str) -> bool {
    raw.starts_with("www.") || raw.contains("://") || raw.len() > 2 && raw.contains('@')
}

fn is_bar(mark: &str) -> bool {
    matches!(mark, "|" | "\u{00B7}" | "\u{2022}" | "\u{00BB}" | "\u{203A}" | "/" | ">" | "\u{00A9}" | "\u{2192}")
}

fn is_glued(word: &str) -> bool {
    let bytes = word.as_bytes();
    bytes.len() > 6 && (4..bytes.len() - 1).any(|i| bytes[i - 1].is_ascii_lowercase() && bytes[i].is_ascii_uppercase())
}

/// The end of a text, closing quotation marks and brackets set aside.
pub(crate) fn end_of(text: &str) -> End {
    let bare = text.trim_end_matches(['"', '\'', ')', ']', '\u{201D}', '\u{2019}', '\u{00BB}', '*']);
    let mut back = bare.chars().rev();
    match back.next() {
        Some('.') if back.next() == Some('.') => End::Ellipsis,
        Some('.' | '!' | '\u{3002}') => End::Stop,
        Some('?' | '\u{FF1F}') => End::Question,
        Some('\u{2026}') => End::Ellipsis,
        Some(':') => End::Colon,
        _ => End::Open,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(text: &str) -> Shape {
        let set = |words: &[&str]| words.iter().collect();
        let words = WordLists {
            about: String::new(),
            function: set(&["the", "in", "it"]),
            person: set(&["you"]),
            topic_bytes: 4,
            bytes_per_word: 24,
        };
        let mut shapes = Shapes::default();
        let dictionary = Dictionary::new(&words, std::iter::empty());
        shapes.push(text, Lists { words: &words, dictionary: &dictionary });
        shapes.shapes.remove(0)
    }

    #[test]
    fn counts_words_of_each_sort() {
        let found = shape("The mayor opened it in 2019. You saw it");
        assert_eq!((found.words, found.function, found.person, found.figures, found.stops), (9, 4, 1, 1, 1));
        assert_eq!(found.capitals, 2);
    }

    #[test]
    fn tells_ends_apart() {
        for (text, end) in [
            ("It rained.", End::Stop),
            ("\u{201C}It rained.\u{201D}", End::Stop),
            ("Did it?", End::Question),
            ("Read more...", End::Ellipsis),
            ("Topics:", End::Colon),
            ("Home", End::Open),
        ] {
            assert_eq!(end_of(text), end, "{text}");
        }
    }

    #[test]
    fn sees_glued_lines_and_scripts_without_spaces() {
        assert_eq!(shape("Ferry sinks in harbourMayor resigns").glued, 1);
        assert!(shape(&"\u{6F22}".repeat(40)).words >= 5);
    }
}
