//! Documents of one story that are less like each other than like the rest of it.
//!
//! A story that very many outlets tell has several strands: the vote and its campaign, a flaw and the one mended years
//! before. Two documents of two strands name other people in other words, and a value of one stands against none of
//! the other. How alike two are is told by the names and words of their sentences, and held against how alike either
//! is to the rest.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;
use schemars::JsonSchema;
use serde::Deserialize;

use super::rivals::Pair;
use crate::matching::group::{Member, Story};

/// When two documents tell two strands: `[kinship]` in `rules/compare.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KinshipRules {
    /// What the rule does.
    pub about: String,
    /// Documents that a story has at least, for the rest to tell anything.
    pub documents: usize,
    /// Least likeness of two, as a share of that of the more solitary of them to the rest.
    pub share: f32,
    /// Share of names in the likeness; the rest is that of words.
    pub name_share: f32,
    /// Factor for the names and words of the first sentences…
    pub lead_factor: f32,
    /// …of which there are so many.
    pub lead_sentences: usize,
    /// Documents imagined beside the story when a name's rarity is judged: what all of it names still counts a little.
    pub background: f32,
}

/// Whether so many tell a story that it has several strands.
pub(super) fn is_told_by_many(story: &Story, rules: &KinshipRules) -> bool {
    story.members.len() >= rules.documents
}

/// How alike the documents of a story are, worked out once it is asked.
pub(super) struct Kinship<'s> {
    story: &'s Story,
    rules: &'s KinshipRules,
    likeness: OnceLock<Likeness>,
}

impl<'s> Kinship<'s> {
    pub fn of(story: &'s Story, rules: &'s KinshipRules) -> Self {
        Self { story, rules, likeness: OnceLock::new() }
    }

    /// Why two values stand in two strands.
    pub fn objection(&self, pair: &Pair) -> Option<&'static str> {
        if !is_told_by_many(self.story, self.rules) {
            return None;
        }
        let likeness = self.likeness.get_or_init(|| Likeness::of(&self.story.members, self.rules));
        let (a, b) = (pair.a.member as usize, pair.b.member as usize);
        let solitary = likeness.to_all(a).min(likeness.to_all(b));
        let strands = likeness.of_two(a, b) < self.rules.share * solitary;
        strands.then_some("the documents are less like each other than like the rest of the story")
    }
}

/// Names apart from words, by hash.
type Key = (bool, u32);

/// A unit vector for each document, and their sum.
struct Likeness {
    documents: Vec<FxHashMap<Key, f32>>,
    sum: FxHashMap<Key, f32>,
}

impl Likeness {
    fn of(members: &[Member], rules: &KinshipRules) -> Self {
        let counts: Vec<FxHashMap<Key, f32>> = members.iter().map(|member| counted(member, rules)).collect();
        let mut holders: FxHashMap<Key, f32> = FxHashMap::default();
        counts.iter().flat_map(|counts| counts.keys()).for_each(|key| *holders.entry(*key).or_default() += 1.0);
        let all = members.len() as f32 + rules.background;
        let rarity = |key: Key| (all / (holders[&key] + 0.5)).ln().max(0.0);
        let weigh = |(key, count): (Key, f32)| (key, (1.0 + count.ln().max(0.0)) * rarity(key));
        let weighed = |counts: FxHashMap<Key, f32>| unit(counts.into_iter().map(weigh).collect(), rules.name_share);
        let documents: Vec<FxHashMap<Key, f32>> = counts.into_iter().map(weighed).collect();
        let mut sum: FxHashMap<Key, f32> = FxHashMap::default();
        for (key, weight) in documents.iter().flatten() {
            *sum.entry(*key).or_default() += weight;
        }
        Self { documents, sum }
    }

    fn of_two(&self, a: usize, b: usize) -> f32 {
        dot(&self.documents[a], &self.documents[b])
    }

    /// The average likeness to all other documents.
    fn to_all(&self, a: usize) -> f32 {
        let own = &self.documents[a];
        (dot(own, &self.sum) - dot(own, own)) / (self.documents.len() as f32 - 1.0).max(1.0)
    }
}

/// How often a document has each name and word.
fn counted(member: &Member, rules: &KinshipRules) -> FxHashMap<Key, f32> {
    let mut counts: FxHashMap<Key, f32> = FxHashMap::default();
    for (at, statement) in member.statements.iter().enumerate() {
        let weight = if at < rules.lead_sentences { rules.lead_factor } else { 1.0 };
        let keys = statement.names.iter().map(|n| (true, *n)).chain(statement.stems.iter().map(|s| (false, *s)));
        keys.for_each(|key| *counts.entry(key).or_default() += weight);
    }
    counts
}

/// Names and words each as a unit vector, together one.
fn unit(mut weights: FxHashMap<Key, f32>, name_share: f32) -> FxHashMap<Key, f32> {
    let length = |names: bool| weights.iter().filter(|(key, _)| key.0 == names).map(|(_, w)| w * w).sum::<f32>();
    let (names, words) = (length(true), length(false));
    for ((is_name, _), weight) in &mut weights {
        let (square, share) = if *is_name { (names, name_share) } else { (words, 1.0 - name_share) };
        *weight *= (share / square.max(f32::MIN_POSITIVE)).sqrt();
    }
    weights
}

fn dot(a: &FxHashMap<Key, f32>, b: &FxHashMap<Key, f32>) -> f32 {
    a.iter().filter_map(|(key, weight)| Some(weight * b.get(key)?)).sum()
}

#[cfg(test)]
mod tests {
    use crate::compare::story::tests::contradictions_among;

    #[test]
    fn values_of_two_strands_stand_against_none() {
        let now = "An earthquake of magnitude 5.6 shook the island. Nils Holm and Clara Lind toured the quay of Bergen. \
            Holm said the school in Bergen was closed. Lind opened a shelter near the quay.";
        let then = "An earthquake of magnitude 6.4 shook the island. Joost Dekker and Marit Voss flew over the mines of \
            Tromso. Dekker thanked the miners. Voss wept at a grave in Tromso.";
        assert_eq!(contradictions_among(&[now, then]), "5.6 / 6.4");
        let of_both = |nows: usize, thens: usize| [vec![now; nows], vec![then; thens]].concat();
        assert_ne!(contradictions_among(&of_both(6, 2)), "", "too few for the rest to tell anything");
        assert_eq!(contradictions_among(&of_both(9, 3)), "");
    }
}
