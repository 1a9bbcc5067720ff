//! When two words of names are spellings of one word.

use strsim::{jaro_winkler, osa_distance};

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
    /// Given names of one person.
    pub given: &'r [Vec<String>],
}

impl Yardstick<'_> {
    /// How two folded words stand to each other; the same whichever comes first.
    pub fn likeness(&self, a: &str, b: &str) -> Likeness {
        if a == b {
            return Likeness::Equal;
        }
        let initial = |short: &str, long: &str| short.chars().count() == 1 && long.starts_with(short);
        if initial(a, b) || initial(b, a) {
            return Likeness::Initial;
        }
        if self.given.iter().any(|names| names.iter().any(|n| n == a) && names.iter().any(|n| n == b)) {
            return Likeness::Nickname;
        }
        self.by_letters(a, b)
    }

    fn by_letters(&self, a: &str, b: &str) -> Likeness {
        let shorter = a.chars().count().min(b.chars().count());
        if shorter > 2 && self.skeleton(a) == self.skeleton(b) {
            return Likeness::Spelling;
        }
        if shorter <= self.short {
            let close = shorter > 1 && a.chars().next() == b.chars().next() && osa_distance(a, b) == 1;
            return if close { Likeness::Near } else { Likeness::Different };
        }
        let close = osa_distance(a, b) <= 2 && jaro_winkler(a, b).min(jaro_winkler(b, a)) >= self.alike;
        if close { Likeness::Spelling } else { Likeness::Different }
    }

    /// The word with one writing for letters that transliterations exchange, doubles as singles.
    fn skeleton(&self, word: &str) -> String {
        let mut plain = word.to_owned();
        for [from, to] in self.spellings {
            if plain.contains(from.as_str()) {
                plain = plain.replace(from.as_str(), to);
            }
        }
        let mut letters: Vec<char> = plain.chars().collect();
        letters.dedup();
        letters.into_iter().collect()
    }
}
