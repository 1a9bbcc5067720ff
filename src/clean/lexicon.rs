//! The phrases that name a kind of furniture, found in one pass over the words of a folded line.

use std::ops::Range;

use memchr::memmem;
use rustc_hash::FxHashMap;
use schemars::JsonSchema;
use serde::Deserialize;

use super::fold::{folded, open_folded};
use crate::rules::WordMap;

/// Phrases of one kind of line. Lines are compared folded: small letters, plain quotation
/// marks, every run of digits as `0`, marks at both ends removed.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Phrases {
    /// What the rule recognises.
    pub about: String,
    /// The whole line.
    #[serde(default)]
    pub whole: Vec<String>,
    /// The line's first words.
    #[serde(default)]
    pub opens: Vec<String>,
    /// Words anywhere in the line.
    #[serde(default)]
    pub holds: Vec<String>,
    /// Most words of a line that `opens` or `holds` may judge.
    pub most_words: u32,
    /// Lines it must recognise.
    pub fires: Vec<String>,
    /// Lines it must leave alone.
    pub silent: Vec<String>,
}

/// Where in the line a phrase was found: the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Place {
    Whole,
    Opens,
    Holds,
}

impl Place {
    /// Whether the phrase fills or opens the line.
    pub fn leads(self) -> bool {
        self != Self::Holds
    }
}

/// The phrases found in one line: per place, one bit a table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Hits {
    whole: u32,
    opens: u32,
    holds: u32,
}

impl Hits {
    /// Where the table's surest phrase stands.
    pub fn of(&self, table: usize) -> Option<Place> {
        let has = |bits: u32| bits >> table & 1 == 1;
        if has(self.whole) {
            Some(Place::Whole)
        } else if has(self.opens) {
            Some(Place::Opens)
        } else {
            has(self.holds).then_some(Place::Holds)
        }
    }

    /// True when the line is one of the table's phrases, or opens with one and holds another.
    pub fn is_sure(&self, table: usize) -> bool {
        (self.whole | self.opens & self.holds) >> table & 1 == 1
    }

    /// The surest place of any of the tables, and the first table found there.
    pub fn best(&self, tables: Range<usize>) -> Option<(Place, usize)> {
        tables.filter_map(|table| Some((self.of(table)?, table))).min()
    }

    fn add(&mut self, place: Place, table: usize) {
        let bits = match place {
            Place::Whole => &mut self.whole,
            Place::Opens => &mut self.opens,
            Place::Holds => &mut self.holds,
        };
        *bits |= 1 << table;
    }
}

/// A folded phrase, its place and its table.
type Front = (Vec<u8>, Place, usize);

/// A folded phrase that may stand anywhere in a line.
#[derive(Clone, Debug)]
struct Inner {
    phrase: Vec<u8>,
    /// Where in it the word begins that it is looked up by.
    word: usize,
    table: usize,
}

/// All tables of phrases: those at the front of a line, and those anywhere in it.
#[derive(Clone, Debug)]
pub(crate) struct Lexicon {
    /// Phrases at the front under their first word.
    fronts: FxHashMap<Vec<u8>, Vec<Front>>,
    /// The others under their longest word, which few lines have.
    inner: WordMap<Vec<Inner>>,
    /// Those of marks alone.
    bare: Vec<Inner>,
    most_words: Vec<u32>,
}

impl Lexicon {
    /// Prepares the search; a table's number is its place in the list of at most 32.
    pub fn new(tables: &[&Phrases]) -> Self {
        let most_words = tables.iter().map(|table| table.most_words).collect();
        let mut lexicon = Self { fronts: FxHashMap::default(), inner: WordMap::default(), bare: vec![], most_words };
        for (number, table) in tables.iter().enumerate() {
            table.whole.iter().for_each(|phrase| lexicon.add_front((folded(phrase), Place::Whole, number)));
            table.opens.iter().for_each(|phrase| lexicon.add_front((open_folded(phrase), Place::Opens, number)));
            table.holds.iter().for_each(|phrase| lexicon.add_inner(open_folded(phrase), number));
        }
        lexicon
    }

    fn add_front(&mut self, front: Front) {
        self.fronts.entry(first_word(&front.0).to_vec()).or_default().push(front);
    }

    fn add_inner(&mut self, phrase: Vec<u8>, table: usize) {
        let longest = words(&phrase).max_by_key(|word| (word.len(), usize::MAX - word.start));
        let word = longest.clone().map_or(0, |word| word.start);
        let key = longest.and_then(|word| String::from_utf8(phrase[word].to_vec()).ok());
        let inner = Inner { phrase, word, table };
        match key {
            Some(key) => self.inner.meaning_mut(&key).push(inner),
            None => self.bare.push(inner),
        }
    }

    /// The words of which a line must hold one to hold a phrase that may stand anywhere, and how many words the line may
    /// have then.
    pub fn keys(&self) -> impl Iterator<Item = (&str, u32)> {
        let most_words = |under: &Vec<Inner>| under.iter().map(|inner| self.most_words[inner.table]).max();
        self.inner.iter().filter_map(move |(word, under)| Some((word, most_words(under)?)))
    }

    /// The phrases in a folded line of so many words; `keyed` unless no phrase can stand in it as its [`keys`](Self::keys) tell.
    pub fn find(&self, folded: &[u8], words: u32, keyed: bool) -> Hits {
        let mut hits = Hits::default();
        let is_short = |table: usize| words <= self.most_words[table];
        for (phrase, place, table) in self.fronts.get(first_word(folded)).into_iter().flatten() {
            let (whole, fits) = (phrase.len() == folded.len(), folded.starts_with(phrase));
            let counts = if *place == Place::Whole { whole } else { is_short(*table) && is_edge(folded, phrase.len()) };
            if fits && counts {
                hits.add(*place, *table);
            }
        }
        let mut see = |inner: &Inner| {
            if is_short(inner.table) {
                hits.add(Place::Holds, inner.table);
            }
        };
        if keyed {
            self.each_inside(folded, &mut see);
        }
        self.bare.iter().filter(|bare| memmem::find(folded, &bare.phrase).is_some()).for_each(see);
        hits
    }

    /// The phrases that hold a word and stand anywhere.
    fn each_inside(&self, folded: &[u8], see: &mut impl FnMut(&Inner)) {
        for word in words(folded) {
            if let Some(under) = self.inner.get_bytes(&folded[word.clone()]) {
                under.iter().filter(|inner| inner.stands(folded, word.start)).for_each(&mut *see);
            }
        }
    }
}

impl Inner {
    /// Whether it stands in the line where its word begins at `word`.
    fn stands(&self, line: &[u8], word: usize) -> bool {
        let Some(start) = word.checked_sub(self.word) else { return false };
        line[start..].starts_with(&self.phrase) && is_edge(line, start) && is_edge(line, start + self.phrase.len())
    }
}

/// The letters and digits at the front; nothing where a mark stands there.
fn first_word(text: &[u8]) -> &[u8] {
    words(text).next().filter(|word| word.start == 0).map_or(&[], |word| &text[word])
}

/// Where runs of letters and digits stand.
pub(crate) fn words(text: &[u8]) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].iter().position(|byte| is_in_word(*byte))?;
        at = start + text[start..].iter().position(|byte| !is_in_word(*byte)).unwrap_or(text.len() - start);
        Some(start..at)
    })
}

fn is_in_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 0x80
}

/// True when no word goes on across `at`.
fn is_edge(text: &[u8], at: usize) -> bool {
    let in_word = |byte: Option<&u8>| byte.is_some_and(|b| is_in_word(*b));
    !(in_word(at.checked_sub(1).and_then(|before| text.get(before))) && in_word(text.get(at)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(whole: &[&str], opens: &[&str], holds: &[&str]) -> Phrases {
        let list = |words: &[&str]| words.iter().map(|w| w.to_string()).collect();
        Phrases {
            about: String::new(),
            whole: list(whole),
            opens: list(opens),
            holds: list(holds),
            most_words: 6,
            fires: vec![],
            silent: vec![],
        }
    }

    #[test]
    fn finds_the_surest_phrase() {
        let tables = [table(&["recent posts"], &["sign up"], &[]), table(&["0 comments"], &[], &["privacy"])];
        let lexicon = Lexicon::new(&tables.each_ref());
        for (line, expected) in [
            ("Recent Posts", Some((Place::Whole, 0))),
            ("Recent posts of the army", None),
            ("Sign up!", Some((Place::Opens, 0))),
            ("Sign upon the wall", None),
            ("147 comments", Some((Place::Whole, 1))),
            ("Our privacy policy", Some((Place::Holds, 1))),
            ("Sign up before the privacy of all is gone for good", None),
        ] {
            let words = line.split(' ').count() as u32;
            let found = lexicon.find(&folded(line), words, true).best(0..2);
            assert_eq!(found, expected, "{line}");
        }
    }
}
