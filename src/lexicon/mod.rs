//! What is known of words: synonyms, opposites, words of one set, more general words.
//!
//! Three sources answer in this order: `rules/lexicon.toml`, which people extend; WordNet 3.1
//! (`data/wordnet.z`, licence beside it); and, for words of things one cannot touch, the Moby
//! thesaurus (`data/akin.z`, public domain). They are unpacked when the first question is asked.

mod examples;
mod lemma;
mod memory;
pub mod overlay;
mod packed;
mod recent;
mod word;
mod wordnet;

use std::sync::{Arc, LazyLock};

use compact_str::CompactString;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use memory::Memory;
pub use overlay::Overlay;
use recent::{RELATIONS, SYNONYMS, WORDS, mark_of_pair};
pub use word::Word;
pub use wordnet::Part;
use wordnet::{WORDNET, WordNet};

use crate::text::recent::{mark, new_seed, recent};

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
    words: Memory<CompactString, Arc<Word>>,
    seed: u64,
}

impl From<Overlay> for Lexicon {
    fn from(overlay: Overlay) -> Self {
        Self::new(overlay)
    }
}

/// A word takes half a kilobyte.
const WORDS_REMEMBERED: usize = 30_000;

impl Lexicon {
    /// A lexicon of WordNet with `overlay` before it.
    pub fn new(overlay: Overlay) -> Self {
        Self { overlay, wordnet: &WORDNET, words: Memory::new(WORDS_REMEMBERED), seed: new_seed() }
    }

    /// The lexicon with the embedded `rules/lexicon.toml`.
    pub fn embedded() -> &'static Self {
        static EMBEDDED: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(Overlay::embedded()));
        &EMBEDDED
    }

    /// What is known of a folded word or phrase.
    pub fn word(&self, word: &str) -> Arc<Word> {
        self.ask(word, Arc::clone)
    }

    /// What `read` makes of what is known of a folded word or phrase.
    fn ask<R>(&self, word: &str, read: impl FnOnce(&Arc<Word>) -> R) -> R {
        let known = || self.words.recall(word.into(), |word| Arc::new(Word::new(word, &self.overlay, self.wordnet)));
        recent(&WORDS, mark(self.seed, word), known, read)
    }

    /// How two folded words or phrases stand to each other, whatever their inflection; `None`
    /// when one of them is unknown. Symmetric.
    pub fn relation(&self, a: &str, b: &str) -> Option<WordRelation> {
        if a == b {
            return Some(WordRelation::Same);
        }
        // Two words that nobody asked for a moment ago were hardly ever asked for: they are not remembered for longer.
        let known = || self.related(&self.word(a.min(b)), &self.word(a.max(b)));
        recent(&RELATIONS, mark_of_pair(self.seed, a, b), known, |relation| *relation)
    }

    /// Whether two folded words or phrases are one word, inflection apart, or can mean the same: as [`Self::relation`]
    /// tells, and sooner. Symmetric.
    pub fn mean_the_same(&self, a: &str, b: &str) -> bool {
        let known = || self.are_synonyms(&self.word(a.min(b)), &self.word(a.max(b)));
        a == b || recent(&SYNONYMS, mark_of_pair(self.seed, a, b), known, |same| *same)
    }

    fn are_synonyms(&self, a: &Word, b: &Word) -> bool {
        let senses = self.overlay.senses();
        let mean_the_same =
            || self.wordnet.are_synonyms(a.meaning(senses, self.wordnet), b.meaning(senses, self.wordnet));
        let told = |told| matches!(told, WordRelation::Same | WordRelation::Synonym);
        a.shares_base(b) || a.places.relation(&b.places).map_or_else(mean_the_same, told)
    }

    fn related(&self, a: &Word, b: &Word) -> Option<WordRelation> {
        if a.shares_base(b) {
            return Some(WordRelation::Same);
        }
        a.places.relation(&b.places).or_else(|| {
            let senses = self.overlay.senses();
            let (x, y) = (a.meaning(senses, self.wordnet), b.meaning(senses, self.wordnet));
            let relation = self.wordnet.relation(x, y, senses)?;
            let far = matches!(relation, WordRelation::CoHyponym | WordRelation::Unrelated);
            let akin = || !a.touchable && !b.touchable && self.wordnet.akin(x, y);
            // The tables know words that WordNet opposes as one side of something else: local and national, not foreign.
            let beside = relation == WordRelation::Antonym && a.places.stands_beside(&b.places);
            Some(if beside || far && akin() { WordRelation::Akin } else { relation })
        })
    }

    /// Whether two words mean the same in one of the senses that each has most: `big` and `large`, not `fear` and `revere`.
    pub fn are_plain_synonyms(&self, a: &str, b: &str) -> bool {
        const SENSES: usize = 2;
        let [x, y] = [a, b].map(|word| self.wordnet.frequent(&self.bases(word), SENSES));
        x.iter().any(|sense| y.contains(sense))
    }

    /// Whether one of two words is the broader of the other as it is mostly meant: `animal` and `dog`, not
    /// `explanation` and `apology`.
    pub fn are_plainly_of_one_kind(&self, a: &str, b: &str) -> bool {
        const BROADER: usize = 2;
        const NARROWER: usize = 1;
        let ([x, y], rise) = ([self.bases(a), self.bases(b)], self.overlay.senses().rise);
        let covers = |x: &[_], y: &[_]| self.wordnet.covers((x, BROADER), (y, NARROWER), rise);
        covers(&x, &y) || covers(&y, &x)
    }

    /// Whether both are nouns above all.
    pub fn are_nouns(&self, a: &str, b: &str) -> bool {
        [a, b].iter().all(|word| self.part(word) == Some(Part::Noun))
    }

    /// True for a topic whose words exclude one another: food, animals, places, times…
    pub fn is_concrete(&self, topic: &str) -> bool {
        self.overlay.is_concrete(topic)
    }

    /// What the word mostly speaks of as a noun: `food`, `person`, `communication`…; `None` when
    /// it is mostly another part of speech.
    pub fn topic(&self, word: &str) -> Option<&'static str> {
        self.ask(word, |word| word.topic)
    }

    /// True when `rules/lexicon.toml` itself sets the two against each other or in one set:
    /// knowledge firm enough to accuse somebody with.
    pub fn is_curated(&self, a: &str, b: &str) -> bool {
        self.word(a).places.relation(&self.word(b).places).is_some()
    }

    /// True when `general` is a more general word than `special`: "food" than "pizza".
    pub fn is_more_general(&self, general: &str, special: &str) -> bool {
        let senses = self.overlay.senses();
        self.relation(general, special) == Some(WordRelation::Hypernym)
            && self.wordnet.covers(
                (&self.bases(general), senses.most),
                (&self.bases(special), senses.most),
                senses.rise,
            )
    }

    /// The base forms a word can be an inflection of, the word itself first.
    pub fn bases(&self, word: &str) -> Vec<CompactString> {
        lemma::bases(word, self.overlay.irregular(), self.wordnet)
    }

    /// The part of speech the word mostly is; `None` for an unknown word.
    pub fn part(&self, word: &str) -> Option<Part> {
        self.ask(word, |word| word.part)
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
            let same = matches!(expected, Some(Same | Synonym));
            assert_eq!(Lexicon::embedded().mean_the_same(a, b), same, "{a} {b}");
            assert_eq!(Lexicon::embedded().mean_the_same(b, a), same, "{b} {a}");
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
