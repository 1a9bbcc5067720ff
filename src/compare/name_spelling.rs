//! When two words of names are spellings of one word.

use std::borrow::Cow;

use compact_str::CompactString;
use strsim::{jaro_winkler, osa_distance};

use crate::rules::WordMap;

/// How two words of two names stand to each other, the closest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// The same letters.
    Equal,
    /// One is the other's initial.
    Initial,
    /// A short and a full given name.
    Nickname,
    /// Two transliterations or spellings.
    Spelling,
    /// Two short words one letter apart: a spelling only beside equal words.
    Near,
    /// Two words.
    Different,
}

/// What words are compared by; see `[name]` in `rules/compare.toml`.
#[derive(Clone, Copy, Debug)]
pub struct Yardstick<'r> {
    /// Jaro-Winkler from which longer words are alike.
    pub alike: f64,
    /// Up to this many letters a word is short.
    pub short: usize,
    /// Groups of letters written one for the other.
    pub spellings: &'r [[String; 2]],
    /// Given names of one person: the rows that list each.
    pub given: &'r WordMap<Vec<usize>>,
}

/// A word of a name with what it is compared by, read once.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Word {
    /// Folded.
    pub text: CompactString,
    letters: usize,
    /// A bit for each of its letters.
    held: u32,
    /// One writing for letters that transliterations exchange, doubles as singles.
    skeleton: CompactString,
    /// The rows of given names that list it.
    given: Vec<usize>,
}

impl Yardstick<'_> {
    /// A folded word, ready to be compared.
    pub fn word(&self, text: &str) -> Word {
        Word {
            text: text.into(),
            letters: text.chars().count(),
            held: text.chars().fold(0, |bits, letter| bits | 1 << (u32::from(letter) % 32)),
            skeleton: self.skeleton(text),
            given: self.given.get(text).cloned().unwrap_or_default(),
        }
    }

    /// How two words stand to each other; the same whichever comes first.
    pub fn likeness(&self, a: &Word, b: &Word) -> Likeness {
        if a.text == b.text {
            return Likeness::Equal;
        }
        let initial = |short: &Word, long: &Word| short.letters == 1 && long.text.starts_with(short.text.as_str());
        if initial(a, b) || initial(b, a) {
            return Likeness::Initial;
        }
        if a.given.iter().any(|row| b.given.contains(row)) {
            return Likeness::Nickname;
        }
        self.by_letters(a, b)
    }

    fn by_letters(&self, a: &Word, b: &Word) -> Likeness {
        let (shorter, longer) = (a.letters.min(b.letters), a.letters.max(b.letters));
        if shorter > 2 && a.skeleton == b.skeleton {
            return Likeness::Spelling;
        }
        // One letter for another is two letters that only one of the words has.
        let may_be_within = |edits: u32| (a.held ^ b.held).count_ones() <= 2 * edits;
        let (a, b) = (a.text.as_str(), b.text.as_str());
        // Words whose lengths differ by more are further apart than the distances allowed below.
        if shorter <= self.short {
            let begin = shorter > 1 && longer - shorter <= 1 && a.chars().next() == b.chars().next();
            let near = begin && may_be_within(1) && osa_distance(a, b) == 1;
            return if near { Likeness::Near } else { Likeness::Different };
        }
        let close = longer - shorter <= 2 && may_be_within(2) && osa_distance(a, b) <= 2;
        let alike = close && jaro_winkler(a, b).min(jaro_winkler(b, a)) >= self.alike;
        if alike { Likeness::Spelling } else { Likeness::Different }
    }

    fn skeleton(&self, word: &str) -> CompactString {
        let mut plain = Cow::Borrowed(word);
        let mut held = letters_of(word);
        for [from, to] in self.spellings {
            // Most words lack a letter of most groups, and need not be searched.
            if letters_of(from) & !held == 0 && plain.contains(from.as_str()) {
                plain = Cow::Owned(plain.replace(from.as_str(), to));
                held = letters_of(&plain);
            }
        }
        let mut last = None;
        plain.chars().filter(|letter| last.replace(*letter) != Some(*letter)).collect()
    }
}

/// A bit for each byte of a word; two bytes may share one.
fn letters_of(word: &str) -> u32 {
    word.bytes().fold(0, |bits, byte| bits | 1 << (byte % 32))
}
