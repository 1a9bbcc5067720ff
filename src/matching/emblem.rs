//! Emblems: names that belong to one story, by which documents join it that word it otherwise.
//!
//! A trade paper's case note on a crash shares few words with the wire's report, and yet both name the
//! village and the officer whom nobody else names. A name that most documents of a group have, and
//! hardly any document outside, is the group's emblem, however large the corpus.

use rustc_hash::FxHashMap;
use schemars::JsonSchema;
use serde::Deserialize;

use super::ragged::Ragged;
use super::weighed::Weighed;

/// When a name joins two groups of documents: `[story.emblem]` in `rules/matching.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EmblemRules {
    /// What the rule does.
    pub about: String,
    /// Least share of either group's documents that have the name.
    pub share: f32,
    /// Least share that both groups have of all documents with the name.
    pub exclusive: f32,
    /// How many such names two documents must share of which neither is in a group.
    pub lone: usize,
    /// Least average similarity of the two groups.
    pub least: f32,
    /// A group of so many documents…
    pub crowd: usize,
    /// …takes in one of at most this share of them, however close-knit either is: among very many who tell one story
    /// some have a name more in common.
    pub crowd_share: f32,
}

impl EmblemRules {
    /// Whether one of two groups is a crowd, and the other a few beside it.
    pub fn is_crowd(&self, groups: &[Group; 2]) -> bool {
        let [few, many] =
            if groups[0].size <= groups[1].size { [groups[0], groups[1]] } else { [groups[1], groups[0]] };
        many.size >= self.crowd && few.size as f32 <= self.crowd_share * many.size as f32
    }
}

/// A group under construction.
#[derive(Clone, Copy, Debug)]
pub struct Group {
    /// Its number.
    pub number: u32,
    /// How many documents it has.
    pub size: usize,
}

/// The names that documents may be told by.
pub struct Banners {
    /// Those that each stresses.
    raised: Ragged<u32>,
    /// Those that each opens with.
    opening: Ragged<u32>,
}

impl Banners {
    /// The names of all documents that no dictionary knows.
    pub(super) fn all(documents: &Weighed) -> Self {
        let all = || 0..documents.len() as u32;
        let raised = |at| documents.own(at).iter().copied().filter(move |name| documents.stresses(at, *name));
        let opening = |at| documents.opening(at);
        Self { raised: all().map(raised).collect(), opening: all().map(opening).collect() }
    }

    /// The names of some documents.
    pub(super) fn of(&self, documents: &[u32]) -> Self {
        Self { raised: self.raised.of(documents), opening: self.opening.of(documents) }
    }

    /// How many documents raise each name.
    pub fn holders(&self) -> FxHashMap<u32, u32> {
        self.raised.counts()
    }

    /// How many documents there are.
    pub fn len(&self) -> usize {
        self.raised.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// How many documents have each name that no dictionary knows: of all, and of each group of some.
pub struct Emblems<'e> {
    documents: &'e FxHashMap<u32, u32>,
    held: Vec<FxHashMap<u32, u32>>,
    banners: Banners,
}

impl<'e> Emblems<'e> {
    /// The names of some documents, and how many of all raise each.
    pub fn new(banners: Banners, documents: &'e FxHashMap<u32, u32>) -> Self {
        Self { documents, held: vec![FxHashMap::default(); banners.len()], banners }
    }

    /// How many documents may be joined.
    pub fn len(&self) -> usize {
        self.banners.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.banners.is_empty()
    }

    /// Counts the names; `groups` has the group of each document.
    pub fn count(&mut self, groups: &[u32]) {
        for (document, group) in groups.iter().enumerate() {
            for name in self.banners.raised.row(document) {
                *self.held[*group as usize].entry(*name).or_default() += 1;
            }
        }
    }

    /// Whether enough names are emblems of both groups.
    pub fn join(&self, [a, b]: [Group; 2], rules: &EmblemRules) -> bool {
        let needed = if a.size.max(b.size) > 1 { 1 } else { rules.lone };
        let (small, large) = if a.size <= b.size { (a, b) } else { (b, a) };
        let (few, many) = (&self.held[small.number as usize], &self.held[large.number as usize]);
        let enough = |count: u32, group: Group| count as f32 >= rules.share * group.size as f32;
        let emblem = |(name, count): (&u32, &u32)| {
            let other = many.get(name).copied().unwrap_or_default();
            let all = self.documents.get(name).copied().unwrap_or_default();
            let exclusive = (count + other) as f32 >= rules.exclusive * all as f32;
            enough(*count, small) && other > 0 && enough(other, large) && exclusive
        };
        // Who opens with a name of its own tells of another happening, though it may recall this one.
        let own = |name: &u32| !enough(many.get(name).copied().unwrap_or_default(), large);
        let opens_alone = small.size == 1 && self.banners.opening.row(small.number as usize).iter().any(own);
        !opens_alone && few.iter().filter(|held| emblem(*held)).count() >= needed
    }

    /// One group took in another.
    pub fn merge(&mut self, into: u32, from: u32) {
        for (name, count) in std::mem::take(&mut self.held[from as usize]) {
            *self.held[into as usize].entry(name).or_default() += count;
        }
    }
}
