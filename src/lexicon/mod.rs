//! What is known of words: synonyms, opposites, words of one set, more general words.
//!
//! Two sources answer: `rules/lexicon.toml`, which people extend, and WordNet 3.1 for the rest
//! (`data/wordnet.z`, licence beside it), unpacked once when the first question is asked.

mod lemma;
mod overlay;
mod wordnet;

use std::sync::LazyLock;

use compact_str::CompactString;
use serde::Serialize;

pub use overlay::Overlay;
pub use wordnet::Part;
use wordnet::{WORDNET, WordNet};

/// How two words stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum WordRelation {
    /// One word, inflection apart.
    Same,
    /// They can mean the same.
    Synonym,
    /// One is more general than the other.
    Hypernym,
    /// They exclude each other.
    Antonym,
    /// Two of a set: lunch and dinner.
    CoHyponym,
    /// Both are known, and nothing joins them.
    Unrelated,
}

/// Words and what joins them.
#[derive(Debug)]
pub struct Lexicon {
    overlay: Overlay,
    wordnet: &'static WordNet,
}

impl Lexicon {
    /// A lexicon of WordNet with `overlay` before it.
    pub fn new(overlay: Overlay) -> Self {
        Self { overlay, wordnet: &WORDNET }
    }

    /// The lexicon with the embedded `rules/lexicon.toml`.
    pub fn embedded() -> &'static Self {
        static EMBEDDED: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(Overlay::embedded()));
        &EMBEDDED
    }

    /// How two folded words or phrases stand to each other, whatever their inflection; `None`
    /// when one of them is unknown. Symmetric.
    pub fn relation(&self, a: &str, b: &str) -> Option<WordRelation> {
        if a == b {
            return Some(WordRelation::Same);
        }
        let (bases_a, bases_b) = (self.bases(a), self.bases(b));
        if bases_a.iter().any(|base| bases_b.contains(base)) {
            return Some(WordRelation::Same);
        }
        self.overlay
            .relation(&bases_a, &bases_b)
            .or_else(|| self.wordnet.relation(&bases_a, &bases_b, self.overlay.senses()))
    }

    /// True when `rules/lexicon.toml` itself sets the two against each other or in one set:
    /// knowledge firm enough to accuse somebody with.
    pub fn is_curated(&self, a: &str, b: &str) -> bool {
        self.overlay.relation(&self.bases(a), &self.bases(b)).is_some()
    }

    /// The base forms a word can be an inflection of, the word itself first.
    pub fn bases(&self, word: &str) -> Vec<CompactString> {
        lemma::bases(word, self.overlay.irregular(), self.wordnet)
    }

    /// The part of speech a word mostly is; `None` for an unknown word.
    pub fn part(&self, word: &str) -> Option<Part> {
        self.bases(word).iter().find_map(|base| self.wordnet.part(base))
    }

    /// True when the word mostly names a place, as far as WordNet knows.
    pub fn is_place(&self, word: &str) -> bool {
        self.wordnet.is_place(word)
    }

    /// True when `rules/lexicon.toml` names an opposite of the word as it stands.
    pub fn has_opposite(&self, word: &str) -> bool {
        self.overlay.has_opposite(word)
    }

    /// True when WordNet or the overlay lists the word or phrase as it stands.
    pub fn knows(&self, word: &str) -> bool {
        self.wordnet.knows(word) || self.overlay.knows(word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relates_words() {
        use WordRelation::*;
        for (a, b, expected) in [
            ("arrived", "arrives", Some(Same)),
            ("children", "child", Some(Same)),
            ("film", "movie", Some(Synonym)),
            ("couch", "sofa", Some(Synonym)),
            ("guitar", "instrument", Some(Hypernym)),
            ("confirmed", "denied", Some(Antonym)),
            ("hot", "cold", Some(Antonym)),
            ("lunch", "dinner", Some(CoHyponym)),
            ("saxophone", "french horn", Some(CoHyponym)),
            ("policy", "river", Some(Unrelated)),
            ("xyzzy", "river", None),
        ] {
            assert_eq!(Lexicon::embedded().relation(a, b), expected, "{a} {b}");
            assert_eq!(Lexicon::embedded().relation(b, a), expected, "{b} {a}");
        }
    }
}
