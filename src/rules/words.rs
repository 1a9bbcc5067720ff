//! A set of words as TOML lists them.

use std::borrow::Cow;

use compact_str::{CompactString, format_compact};
use rustc_hash::FxHashMap;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer};

use crate::text::fold;

/// A set of folded words; in TOML a list of strings.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Words(WordMap<()>);

impl Words {
    /// True when the folded `word` is in the set.
    #[inline]
    pub fn contains(&self, word: &str) -> bool {
        self.0.outlines.may_hold(word.as_bytes()) && self.is_listed(word)
    }

    /// The same of the few words that are not turned away by their outline.
    #[inline(never)]
    fn is_listed(&self, word: &str) -> bool {
        self.0.words.contains_key(word)
    }

    /// True when two folded words with a space between them are in the set.
    pub fn contains_pair(&self, first: &str, second: &str) -> bool {
        self.0.get_pair(first, second).is_some()
    }

    /// True when no word is in the set.
    pub fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }

    /// The words, in no order that may reach a report.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(word, ())| word)
    }
}

impl<S: AsRef<str>> FromIterator<S> for Words {
    fn from_iter<I: IntoIterator<Item = S>>(words: I) -> Self {
        Self(words.into_iter().map(|word| (fold(word.as_ref()), ())).collect())
    }
}

/// What each of some folded words means. Nearly all words that a text asks for are not among them,
/// and most of those are turned away by their outline, before they are hashed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WordMap<Meaning> {
    outlines: Outlines,
    words: FxHashMap<CompactString, Meaning>,
}

impl<Meaning> WordMap<Meaning> {
    /// What the folded `word` means.
    #[inline]
    pub fn get(&self, word: &str) -> Option<&Meaning> {
        if self.outlines.may_hold(word.as_bytes()) { self.words.get(word) } else { None }
    }

    /// What two folded words with a space between them mean. Most pairs are turned away before they are put together.
    pub fn get_pair(&self, first: &str, second: &str) -> Option<&Meaning> {
        let (start, end) = (first.as_bytes().first()?, second.as_bytes().last()?);
        let may_hold = self.outlines.may_end_in(*start, *end, first.len() + 1 + second.len());
        if may_hold { self.words.get(format_compact!("{first} {second}").as_str()) } else { None }
    }

    /// The same of bytes, which nobody need have proven to be a text.
    #[inline]
    pub fn get_bytes(&self, word: &[u8]) -> Option<&Meaning> {
        if self.outlines.may_hold(word) { self.words.get(std::str::from_utf8(word).ok()?) } else { None }
    }

    /// What the folded `word` means, to be changed; at first what is the default.
    pub fn meaning_mut(&mut self, word: &str) -> &mut Meaning
    where
        Meaning: Default,
    {
        self.outlines.add(word);
        self.words.entry(word.into()).or_default()
    }

    /// The words and their meanings, in no order that may reach a report.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Meaning)> {
        self.words.iter().map(|(word, meaning)| (word.as_str(), meaning))
    }

    /// The meanings of all words, to be changed.
    pub fn meanings_mut(&mut self) -> impl Iterator<Item = &mut Meaning> {
        self.words.values_mut()
    }
}

impl<Meaning> FromIterator<(CompactString, Meaning)> for WordMap<Meaning> {
    fn from_iter<I: IntoIterator<Item = (CompactString, Meaning)>>(words: I) -> Self {
        let words: FxHashMap<CompactString, Meaning> = words.into_iter().collect();
        let mut outlines = Outlines::default();
        words.keys().for_each(|word| outlines.add(word));
        Self { outlines, words }
    }
}

const OUTLINES: usize = 128;

/// The lengths that words of the same first and last letter have, a bit each.
#[derive(Clone, Debug, PartialEq)]
struct Outlines(Box<[u32; OUTLINES]>);

impl Default for Outlines {
    fn default() -> Self {
        Self(Box::new([0; OUTLINES]))
    }
}

impl Outlines {
    fn add(&mut self, word: &str) {
        let (ends, length) = outline(word.as_bytes());
        self.0[ends] |= length;
    }

    #[inline]
    fn may_hold(&self, word: &[u8]) -> bool {
        let (ends, length) = outline(word);
        self.0[ends] & length != 0
    }

    /// The same of a word of which its ends and its length are told.
    fn may_end_in(&self, first: u8, last: u8, length: usize) -> bool {
        let (ends, length) = outline_of(first, last, length);
        self.0[ends] & length != 0
    }
}

/// The place of a word's first and last letter, and the bit of its length.
#[inline]
fn outline(word: &[u8]) -> (usize, u32) {
    let end = |letter: Option<&u8>| letter.copied().unwrap_or_default();
    outline_of(end(word.first()), end(word.last()), word.len())
}

#[inline]
fn outline_of(first: u8, last: u8, length: usize) -> (usize, u32) {
    const SPREAD: usize = 5;
    ((usize::from(first) * SPREAD + usize::from(last)) % OUTLINES, 1 << length.min(31))
}

impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Vec::<Cow<'de, str>>::deserialize(deserializer)?.into_iter().collect())
    }
}

/// Sets of folded words that mean one thing; in TOML a list of lists, each with the word it is known by in front.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WordSets(WordMap<CompactString>);

impl WordSets {
    /// The word by which the set of the folded `word` is known.
    pub fn known_by(&self, word: &str) -> Option<&CompactString> {
        self.0.get(word)
    }
}

impl<'de> Deserialize<'de> for WordSets {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let sets = Vec::<Vec<CompactString>>::deserialize(deserializer)?;
        let known = |set: Vec<CompactString>| {
            let first = set.first().cloned().unwrap_or_default();
            set.into_iter().map(move |word| (fold(&word), first.clone()))
        };
        Ok(Self(sets.into_iter().flat_map(known).collect()))
    }
}

impl JsonSchema for WordSets {
    fn schema_name() -> Cow<'static, str> {
        "WordSets".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Vec::<Vec<String>>::json_schema(generator)
    }
}

impl JsonSchema for Words {
    fn schema_name() -> Cow<'static, str> {
        "Words".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Vec::<String>::json_schema(generator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_holds_its_words_and_no_others() {
        let listed = ["", "a", "tee", "toe", "été", &"long".repeat(20)];
        let words: Words = listed.iter().collect();
        listed.iter().for_each(|word| assert!(words.contains(word), "{word}"));
        let pairs: Words = ["at least", "no more"].iter().collect();
        let asked = |first, second| pairs.contains_pair(first, second);
        assert!(
            asked("at", "least") && asked("no", "more") && !asked("at", "most") && !asked("no", "") && !asked("", "")
        );
        for other in ["tie", "the", "e", "ete", &"lung".repeat(20)] {
            assert!(!words.contains(other), "{other}");
        }
    }
}
