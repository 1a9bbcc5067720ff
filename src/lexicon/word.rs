//! A word with all that the lexicon knows of it: looked up once, asked for every word it meets.

use std::sync::OnceLock;

use compact_str::CompactString;

use super::lemma;
use super::overlay::{Overlay, Places, Senses};
use super::wordnet::{Meaning, Part, WordNet};

/// What is known of a folded word or phrase.
#[derive(Debug)]
pub struct Word {
    /// The base forms it can be an inflection of, the word itself first.
    pub bases: Vec<CompactString>,
    /// The part of speech it mostly is; `None` for an unknown word.
    pub part: Option<Part>,
    /// What it mostly speaks of as a noun: `food`, `person`, `communication`…; `None` when it is
    /// mostly another part of speech.
    pub topic: Option<&'static str>,
    /// True when it or a base form is of a topic whose words exclude one another.
    pub(super) touchable: bool,
    pub(super) places: Places,
    /// Once it is asked for: of most words only the bases are.
    meaning: OnceLock<Meaning>,
}

impl Word {
    /// Looks a word up.
    pub(super) fn new(word: &str, overlay: &Overlay, wordnet: &WordNet) -> Self {
        let bases = lemma::bases(word, overlay.irregular(), wordnet);
        let (part, topic) = main_use(&bases, wordnet);
        let is_concrete = |topic: Option<&str>| topic.is_some_and(|topic| overlay.is_concrete(topic));
        let topic_of = |base: &CompactString| main_use(&lemma::bases(base, overlay.irregular(), wordnet), wordnet).1;
        Self {
            part,
            topic,
            touchable: is_concrete(topic) || bases[1..].iter().any(|base| is_concrete(topic_of(base))),
            places: overlay.places(&bases),
            meaning: OnceLock::new(),
            bases,
        }
    }

    /// What it means.
    pub(super) fn meaning(&self, rules: &Senses, wordnet: &WordNet) -> &Meaning {
        self.meaning.get_or_init(|| wordnet.meaning(&self.bases, rules))
    }

    /// True when the two can be inflections of one word.
    pub fn shares_base(&self, other: &Self) -> bool {
        self.bases.iter().any(|base| other.bases.contains(base))
    }
}

/// Part of speech and topic of the base form that is most frequent in tagged text.
fn main_use(bases: &[CompactString], wordnet: &WordNet) -> (Option<Part>, Option<&'static str>) {
    let known = bases.iter().rev().filter_map(|base| wordnet.main_sense(base).map(|sense| (base, sense)));
    let Some((base, (part, _))) = known.max_by_key(|(_, (_, count))| *count) else { return (None, None) };
    (Some(part), if part == Part::Noun { wordnet.topic(base) } else { None })
}
