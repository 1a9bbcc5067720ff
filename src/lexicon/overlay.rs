//! What people write about words: the tables of `rules/lexicon.toml`.

use std::collections::BTreeMap;

use compact_str::CompactString;
use rustc_hash::FxHashMap;
use schemars::JsonSchema;
use serde::Deserialize;

use super::WordRelation;

/// How far WordNet is believed; the table `[senses]`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Senses {
    /// What it is for.
    pub about: String,
    /// Senses of a word that count, for each part of speech.
    pub most: usize,
    /// Steps up within which two words of a set meet.
    pub steps: u8,
    /// How much deeper below the root than these steps they must meet.
    pub margin: u8,
    /// Steps up within which a more general word lies.
    pub rise: u8,
    /// Topics of nouns (WordNet's lexicographer files) whose words exclude one another.
    pub concrete: Vec<String>,
    /// Pairs that must be related.
    pub fires: Vec<[String; 2]>,
    /// Pairs that must not be.
    pub silent: Vec<[String; 2]>,
}

/// Words set against words; the table `[opposites]`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Opposites {
    /// What it is for.
    pub about: String,
    /// The words of one side, and those of the other.
    pub pairs: Vec<[Vec<String>; 2]>,
    /// Pairs that must be related by it.
    pub fires: Vec<[String; 2]>,
    /// Pairs that must not be.
    pub silent: Vec<[String; 2]>,
}

/// Words side by side; the tables `[alike]` and `[synonyms]`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sets {
    /// What it is for.
    pub about: String,
    /// The sets.
    pub sets: Vec<Vec<String>>,
    /// Pairs that must be related by it.
    pub fires: Vec<[String; 2]>,
    /// Pairs that must not be.
    pub silent: Vec<[String; 2]>,
}

/// Inflected forms; the table `[irregular]`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Irregular {
    /// What it is for.
    pub about: String,
    /// Base form → its forms.
    pub forms: BTreeMap<String, Vec<String>>,
    /// Pairs that must be related by it.
    pub fires: Vec<[String; 2]>,
    /// Pairs that must not be.
    pub silent: Vec<[String; 2]>,
}

/// `rules/lexicon.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tables {
    /// How far WordNet is believed.
    pub senses: Senses,
    /// Words that exclude each other.
    pub opposites: Opposites,
    /// Words of one set.
    pub alike: Sets,
    /// Words that mean the same.
    pub synonyms: Sets,
    /// Forms that no ending explains.
    pub irregular: Irregular,
}

/// `rules/lexicon.toml`, indexed by word.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(from = "Tables")]
#[schemars(with = "Tables")]
pub struct Overlay {
    senses: Senses,
    /// Word → the pair of opposites and the side of it.
    sides: FxHashMap<CompactString, Vec<(u32, u8)>>,
    alike: FxHashMap<CompactString, Vec<u32>>,
    synonyms: FxHashMap<CompactString, Vec<u32>>,
    bases: FxHashMap<CompactString, CompactString>,
}

impl From<Tables> for Overlay {
    fn from(tables: Tables) -> Self {
        Self {
            sides: index_sides(&tables.opposites.pairs),
            alike: index(&tables.alike.sets),
            synonyms: index(&tables.synonyms.sets),
            bases: index_forms(&tables.irregular.forms),
            senses: tables.senses,
        }
    }
}

impl Overlay {
    /// Reads and indexes the text of a `lexicon.toml`.
    ///
    /// # Errors
    /// What TOML or serde say of a wrong file, with line and column.
    pub fn from_toml(text: &str) -> Result<Self, toml::de::Error> {
        toml::from_str(text)
    }

    /// The embedded `rules/lexicon.toml`.
    ///
    /// # Panics
    /// Never in a build whose tests pass: the file is a constant of the program.
    pub fn embedded() -> Self {
        Self::from_toml(include_str!("../../rules/lexicon.toml")).unwrap_or_else(|e| panic!("rules/lexicon.toml: {e}"))
    }

    /// How far WordNet is believed.
    pub fn senses(&self) -> &Senses {
        &self.senses
    }

    /// Irregular form → base form.
    pub(super) fn irregular(&self) -> &FxHashMap<CompactString, CompactString> {
        &self.bases
    }

    /// True when a table lists the word.
    pub fn knows(&self, word: &str) -> bool {
        self.sides.contains_key(word) || self.alike.contains_key(word) || self.synonyms.contains_key(word)
    }

    /// True when `[opposites]` lists the word.
    pub fn has_opposite(&self, word: &str) -> bool {
        self.sides.contains_key(word)
    }

    /// True for a topic whose words exclude one another: food, animals, places, times…
    pub fn is_concrete(&self, topic: &str) -> bool {
        self.senses.concrete.iter().any(|t| t == topic)
    }

    /// Where the tables list a word that is given by its base forms.
    pub(super) fn places(&self, bases: &[CompactString]) -> Places {
        Places { sides: of(&self.sides, bases), synonyms: of(&self.synonyms, bases), alike: of(&self.alike, bases) }
    }
}

/// Where the tables list a word.
#[derive(Clone, Debug)]
pub(super) struct Places {
    sides: Vec<(u32, u8)>,
    synonyms: Vec<u32>,
    alike: Vec<u32>,
}

impl Places {
    /// Whether both stand on one side of a pair of opposites.
    pub fn stands_beside(&self, other: &Self) -> bool {
        self.sides.iter().any(|side| other.sides.contains(side))
    }

    /// What the tables say of two words; opposites first, then synonyms, then sets.
    pub fn relation(&self, other: &Self) -> Option<WordRelation> {
        let opposed = |x: &(u32, u8)| other.sides.iter().any(|y| x.0 == y.0 && x.1 != y.1);
        if self.sides.iter().any(opposed) {
            Some(WordRelation::Antonym)
        } else if self.synonyms.iter().any(|set| other.synonyms.contains(set)) {
            Some(WordRelation::Synonym)
        } else {
            self.alike.iter().any(|set| other.alike.contains(set)).then_some(WordRelation::CoHyponym)
        }
    }
}

fn of<T: Copy>(places: &FxHashMap<CompactString, Vec<T>>, bases: &[CompactString]) -> Vec<T> {
    bases.iter().filter_map(|word| places.get(word)).flatten().copied().collect()
}

fn index(sets: &[Vec<String>]) -> FxHashMap<CompactString, Vec<u32>> {
    let mut places: FxHashMap<CompactString, Vec<u32>> = FxHashMap::default();
    for (at, set) in (0..).zip(sets) {
        for word in set {
            places.entry(word.into()).or_default().push(at);
        }
    }
    places
}

fn index_sides(pairs: &[[Vec<String>; 2]]) -> FxHashMap<CompactString, Vec<(u32, u8)>> {
    let mut places: FxHashMap<CompactString, Vec<(u32, u8)>> = FxHashMap::default();
    for (at, pair) in (0..).zip(pairs) {
        for (side, words) in (0..).zip(pair) {
            for word in words {
                places.entry(word.into()).or_default().push((at, side));
            }
        }
    }
    places
}

fn index_forms(forms: &BTreeMap<String, Vec<String>>) -> FxHashMap<CompactString, CompactString> {
    forms.iter().flat_map(|(base, forms)| forms.iter().map(|f| (f.into(), base.into()))).collect()
}
