//! What is known of words: synonyms, opposites, words of one set, more general words.
//!
//! Three sources answer in this order: `rules/lexicon.toml`, which people extend; WordNet 3.1
//! (`data/wordnet.z`, licence beside it); and, for words of things one cannot touch, the Moby
//! thesaurus (`data/akin.z`, public domain). They are unpacked when the first question is asked.

mod examples;
mod lemma;
mod memory;
pub mod overlay;
mod wordnet;

use std::sync::LazyLock;

use compact_str::CompactString;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use memory::Memory;
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
    /// A thesaurus lists them side by side: near in meaning, and not for things one can touch.
    Akin,
    /// One is more general than the other.
    Hypernym,
    /// They exclude each other.
    Antonym,
    /// Two of a set: lunch and dinner.
    CoHyponym,
    /// Both are known, and nothing joins them.
    Unrelated,
}

/// Words and what joins them: `rules/lexicon.toml`, with WordNet behind it.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(from = "Overlay")]
#[schemars(with = "Overlay")]
pub struct Lexicon {
    overlay: Overlay,
    wordnet: &'static WordNet,
    relations: Memory<Option<WordRelation>>,
}

impl From<Overlay> for Lexicon {
    fn from(overlay: Overlay) -> Self {
        Self::new(overlay)
    }
}

impl Lexicon {
    /// A lexicon of WordNet with `overlay` before it.
    pub fn new(overlay: Overlay) -> Self {
        Self { overlay, wordnet: &WORDNET, relations: Memory::default() }
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
        self.relations.recall(a, b, || self.related(a, b))
    }

    fn related(&self, a: &str, b: &str) -> Option<WordRelation> {
        let (bases_a, bases_b) = (self.bases(a), self.bases(b));
        if bases_a.iter().any(|base| bases_b.contains(base)) {
            return Some(WordRelation::Same);
        }
        self.overlay.relation(&bases_a, &bases_b).or_else(|| {
            let relation = self.wordnet.relation(&bases_a, &bases_b, self.overlay.senses())?;
            let far = matches!(relation, WordRelation::CoHyponym | WordRelation::Unrelated);
            Some(if far && self.akin(&bases_a, &bases_b) { WordRelation::Akin } else { relation })
        })
    }

    fn akin(&self, a: &[CompactString], b: &[CompactString]) -> bool {
        let touchable = a.iter().chain(b).filter_map(|word| self.topic(word)).any(|topic| self.is_concrete(topic));
        !touchable && a.iter().any(|x| b.iter().any(|y| self.wordnet.akin(x, y)))
    }

    /// True for a topic whose words exclude one another: food, animals, places, times…
    pub fn is_concrete(&self, topic: &str) -> bool {
        self.overlay.senses().concrete.iter().any(|t| t == topic)
    }

    /// What the word mostly speaks of as a noun: `food`, `person`, `communication`…; `None` when
    /// it is mostly another part of speech.
    pub fn topic(&self, word: &str) -> Option<&'static str> {
        let (base, part) = self.main_base(word)?;
        if part == Part::Noun { self.wordnet.topic(&base) } else { None }
    }

    /// The base form that is most frequent in tagged text, with its part of speech.
    fn main_base(&self, word: &str) -> Option<(CompactString, Part)> {
        let known =
            self.bases(word).into_iter().rev().filter_map(|base| self.wordnet.main_sense(&base).map(|s| (base, s)));
        known.max_by_key(|(_, (_, count))| *count).map(|(base, (part, _))| (base, part))
    }

    /// True when `rules/lexicon.toml` itself sets the two against each other or in one set:
    /// knowledge firm enough to accuse somebody with.
    pub fn is_curated(&self, a: &str, b: &str) -> bool {
        self.overlay.relation(&self.bases(a), &self.bases(b)).is_some()
    }

    /// True when `general` is a more general word than `special`: "food" than "pizza".
    pub fn is_more_general(&self, general: &str, special: &str) -> bool {
        self.relation(general, special) == Some(WordRelation::Hypernym)
            && self.wordnet.covers(&self.bases(general), &self.bases(special), self.overlay.senses())
    }

    /// The base forms a word can be an inflection of, the word itself first.
    pub fn bases(&self, word: &str) -> Vec<CompactString> {
        lemma::bases(word, self.overlay.irregular(), self.wordnet)
    }

    /// The part of speech a word mostly is; `None` for an unknown word.
    pub fn part(&self, word: &str) -> Option<Part> {
        self.main_base(word).map(|(_, part)| part)
    }

    /// True for a word that WordNet lists as a name only: `lund`, `monday`.
    pub fn is_proper(&self, word: &str) -> bool {
        self.wordnet.is_proper(word)
    }

    /// True when the word mostly names a place, as far as WordNet knows.
    pub fn is_place(&self, word: &str) -> bool {
        self.wordnet.topic(word) == Some("location")
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
            ("memory", "recollection", Some(Hypernym)),
            ("distribute", "publish", Some(Akin)),
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

    #[test]
    fn knows_which_of_two_is_more_general() {
        for (general, special, expected) in
            [("food", "pizza", true), ("pizza", "food", false), ("animal", "dogs", true), ("guitar", "piano", false)]
        {
            assert_eq!(Lexicon::embedded().is_more_general(general, special), expected, "{general} {special}");
        }
    }
}
