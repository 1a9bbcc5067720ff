//! What is known of single words: one look-up per token gives all of it.

use compact_str::CompactString;
use rustc_hash::FxHashMap;

use super::rules::Tables;
use crate::claim::EntityKind;
use crate::normalise::place::{Gazetteer, place_key};
use crate::text::{Token, TokenKind};

static GIVEN: &str = include_str!("data/given.txt");
static COMMON: &str = include_str!("data/common.txt");

/// A set of things known of a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Traits(u64);

impl Traits {
    /// A capital makes no name of it.
    pub const OPENER: Self = Self(1);
    /// Month or weekday.
    pub const CALENDAR: Self = Self(1 << 1);
    /// Capitalised and yet no name.
    pub const NEVER: Self = Self(1 << 2);
    /// `van`, `de`, `bin`.
    pub const PARTICLE: Self = Self(1 << 3);
    /// `Jr`.
    pub const SUFFIX: Self = Self(1 << 4);
    /// Before the possessive inside a name.
    pub const POSSESSOR: Self = Self(1 << 5);
    /// Takes a number behind it.
    pub const NUMBERED: Self = Self(1 << 6);
    /// `Mr`, `Dr`, `Gen`.
    pub const HONORIFIC: Self = Self(1 << 7);
    /// Head of a role: `minister`.
    pub const ROLE: Self = Self(1 << 8);
    /// Stands before the head of a role: `foreign`.
    pub const ROLE_MODIFIER: Self = Self(1 << 9);
    /// Tells a man.
    pub const MALE: Self = Self(1 << 10);
    /// Tells a woman.
    pub const FEMALE: Self = Self(1 << 11);
    /// Given name of men.
    pub const GIVEN_MALE: Self = Self(1 << 12);
    /// Given name of women.
    pub const GIVEN_FEMALE: Self = Self(1 << 13);
    /// Family name that stands first.
    pub const FAMILY_FIRST: Self = Self(1 << 14);
    /// Last word of a body's name.
    pub const BODY: Self = Self(1 << 15);
    /// Before `of` or `for` in a body's name.
    pub const BODY_LEAD: Self = Self(1 << 16);
    /// Last word of a place's name.
    pub const PLACE: Self = Self(1 << 17);
    /// First word of a place's name.
    pub const PLACE_LEAD: Self = Self(1 << 18);
    /// Last word of a thing's name.
    pub const OTHER: Self = Self(1 << 19);
    /// First word of a thing's name.
    pub const OTHER_LEAD: Self = Self(1 << 20);
    /// Verb of speaking.
    pub const SPEECH: Self = Self(1 << 21);
    /// Verb that only people do.
    pub const PERSONAL: Self = Self(1 << 22);
    /// `he`, `she`, `it`, `they` in all cases.
    pub const PRONOUN: Self = Self(1 << 23);
    /// Everyday word.
    pub const COMMON: Self = Self(1 << 24);
    /// Type of venue.
    pub const VENUE: Self = Self(1 << 25);
    /// A people or the adjective of a place.
    pub const DEMONYM: Self = Self(1 << 26);
    /// First word of a well-known name.
    pub const KNOWN: Self = Self(1 << 27);
    /// Noun that stands for a body: `the company`.
    pub const DESCRIPTION: Self = Self(1 << 28);
    /// Noun that stands for several persons: `leaders`.
    pub const CROWD: Self = Self(1 << 29);

    /// Preposition before places.
    pub const NEAR: Self = Self(1 << 30);
    /// First word of mountains, lakes and ports.
    pub const LANDMARK: Self = Self(1 << 31);

    /// Kinship: a role in small letters only.
    pub const KIN: Self = Self(1 << 32);
    /// Preposition that makes a place of an unknown name.
    pub const INSIDE: Self = Self(1 << 33);
    /// Cue that is a family name too.
    pub const SURNAME: Self = Self(1 << 34);

    /// Behind it a clause begins.
    pub const CLAUSE: Self = Self(1 << 35);
    /// `they`.
    pub const PLURAL: Self = Self(1 << 36);
    /// Noun before the name of a thing.
    pub const THING: Self = Self(1 << 37);

    /// Given name of anybody.
    pub const GIVEN: Self = Self(Self::GIVEN_MALE.0 | Self::GIVEN_FEMALE.0);

    /// True when any of `others` is in the set.
    pub fn has(self, others: Self) -> bool {
        self.0 & others.0 != 0
    }

    /// What of the set is in `others` too.
    pub const fn only(self, others: Self) -> Self {
        Self(self.0 & others.0)
    }

    /// The set without `others`.
    pub const fn without(self, others: Self) -> Self {
        Self(self.0 & !others.0)
    }

    /// Both sets together.
    pub const fn with(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }
}

/// Words with their traits, and the well-known names of more than one word.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    words: FxHashMap<CompactString, Traits>,
    known: FxHashMap<CompactString, Known>,
}

/// A well-known name.
#[derive(Clone, Copy, Debug)]
pub struct Known {
    /// What it names.
    pub kind: EntityKind,
    /// True when the text must print it in capitals too.
    pub upper: bool,
}

impl Lexicon {
    /// Compiles the word lists.
    pub fn new(tables: &Tables) -> Self {
        let mut lexicon = Self::default();
        lexicon.add_files();
        for (words, traits) in tables.lists() {
            words.iter().for_each(|w| lexicon.add(w, traits));
            if traits.has(Traits::ROLE) {
                words.iter().for_each(|w| lexicon.add(&format!("{w}s"), Traits::ROLE));
            }
        }
        tables.descriptions.keys().for_each(|w| lexicon.add(w, Traits::DESCRIPTION));
        for (kind, names) in tables.known_names() {
            names.iter().for_each(|name| lexicon.add_known(name, kind));
        }
        lexicon
    }

    /// What is known of every token; capitalised ones are asked of the gazetteer too.
    pub fn annotate(&self, tokens: &[Token], gazetteer: &Gazetteer) -> Vec<Traits> {
        tokens.iter().map(|t| self.traits_of(t, gazetteer)).collect()
    }

    fn traits_of(&self, token: &Token, gazetteer: &Gazetteer) -> Traits {
        if token.kind != TokenKind::Word {
            return Traits::default();
        }
        let mut traits = self.words.get(&token.norm).copied().unwrap_or_default();
        if traits == Traits::default() && token.is_capitalised() {
            // `Mary-Ann`, `Jean-Luc`: the first part tells.
            let first = token.norm.split_once('-').map(|(first, _)| self.word(first));
            traits = first.filter(|t| t.has(Traits::GIVEN)).map_or(traits, |t| t.only(Traits::GIVEN));
        }
        if gazetteer.class_of(&token.norm).is_some() {
            traits = traits.with(Traits::VENUE);
        }
        if token.is_capitalised() && traits.has(Traits::KIN) {
            traits = traits.without(Traits::ROLE);
        }
        if token.is_capitalised() && gazetteer.demonym(&token.norm).is_some() {
            traits = traits.with(Traits::DEMONYM);
        }
        traits
    }

    /// The well-known name under a key.
    pub fn known(&self, key: &str) -> Option<Known> {
        self.known.get(key).copied()
    }

    /// What is known of one folded word.
    pub fn word(&self, word: &str) -> Traits {
        self.words.get(word).copied().unwrap_or_default()
    }

    fn add(&mut self, word: &str, traits: Traits) {
        let known = self.words.entry(CompactString::from(word)).or_default();
        *known = known.with(traits);
    }

    fn add_known(&mut self, name: &str, kind: EntityKind) {
        let upper = !name.chars().any(char::is_lowercase);
        let first = name.split(' ').next().unwrap_or(name);
        self.add(&first.to_lowercase(), Traits::KNOWN);
        self.known.insert(place_key(name), Known { kind, upper });
    }

    fn add_files(&mut self) {
        for word in COMMON.lines() {
            self.add(word, Traits::COMMON);
        }
        for (name, sex) in GIVEN.lines().filter_map(|line| line.split_once(' ')) {
            self.add(name, given_traits(sex));
        }
    }
}

fn given_traits(sex: &str) -> Traits {
    match sex {
        "f" => Traits::GIVEN_FEMALE,
        "m" => Traits::GIVEN_MALE,
        _ => Traits::GIVEN,
    }
}
