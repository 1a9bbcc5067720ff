//! A story that very many tell: of all its pairs those that say most, so that its cost grows with its documents and
//! not with their square.
//!
//! Whoever says what another said before needs to be set against that one only: what differs is found between those
//! that said it first, and who agrees with whom follows from it.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use super::group::{Mention, Story};
use super::pairs::{PairRules, shared};
use crate::compare::negated::{NegatedRules, is_negated};

/// What the limits on a story's pairs left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cut {
    /// Keys that more mentions share than are compared.
    pub keys: u64,
    /// Mentions of such keys that met the first ones only.
    pub mentions: u64,
    /// Stories with more pairs of statements than are compared.
    pub crowds: u64,
    /// Pairs of statements left out there.
    pub statements: u64,
    /// Stories with more pairs of agreeing claims than are told.
    pub choirs: u64,
    /// Pairs of agreeing claims left out there.
    pub agreements: u64,
}

impl Cut {
    /// Both together.
    pub fn add(&mut self, other: Self) {
        self.keys += other.keys;
        self.mentions += other.mentions;
        self.crowds += other.crowds;
        self.statements += other.statements;
        self.choirs += other.choirs;
        self.agreements += other.agreements;
    }

    /// Counts a key that `held` mentions share.
    pub(super) fn count(&mut self, held: usize, cap: usize) {
        self.keys += u64::from(held > cap);
        self.mentions += held.saturating_sub(cap) as u64;
    }
}

/// How many pairs a key makes that `held` mentions share, of which the first `cap` meet all others.
fn meetings(held: usize, cap: usize) -> usize {
    let first = held.min(cap);
    first * held - first * (first + 1) / 2
}

/// The cap, halved as often as it takes for keys of these sizes to make no more than `most` pairs.
pub(super) fn cap_for(sizes: &[usize], cap: usize, most: usize) -> usize {
    let halved = std::iter::successors(Some(cap.max(1)), |cap| (*cap > 1).then_some(cap / 2));
    let fits = |cap: &usize| sizes.iter().map(|held| meetings(*held, *cap)).sum::<usize>() <= most;
    halved.into_iter().find(fits).unwrap_or(1)
}

/// Blocks of mentions that share a key, and how many of each meet all others of it: where that is not all of them, the
/// block is cut finer too, by the words beside the values, and each begins with one mention of every value.
pub(super) fn fitted(
    mut blocks: Vec<Vec<Mention>>,
    story: &Story,
    rules: &PairRules,
    cut: &mut Cut,
) -> (Vec<Vec<Mention>>, usize) {
    let most = rules.most(rules.story_pairs, rules.document_pairs, story);
    let cap = cap_for(&sizes(&blocks), rules.block_cap, most);
    blocks.iter_mut().for_each(|block| block.sort_unstable());
    if blocks.iter().all(|block| block.len() <= cap) {
        return (blocks, cap);
    }
    blocks.iter().for_each(|block| cut.count(block.len(), cap));
    let large = blocks.iter().filter(|block| block.len() > cap);
    let finer: Vec<Vec<Mention>> = large.flat_map(|block| by_neighbour(block, story, rules.near)).collect();
    blocks.extend(finer);
    blocks.iter_mut().filter(|block| block.len() > cap).for_each(|block| each_value_first(block, story));
    let cap = cap_for(&sizes(&blocks), cap, most);
    (blocks, cap)
}

fn sizes(blocks: &[Vec<Mention>]) -> Vec<usize> {
    blocks.iter().map(Vec::len).collect()
}

/// The mentions of a block that have one of their `near` nearest words in common.
fn by_neighbour(block: &[Mention], story: &Story, near: usize) -> Vec<Vec<Mention>> {
    let mut finer: FxHashMap<&str, Vec<Mention>> = FxHashMap::default();
    for mention in block {
        let words = story.claim(*mention).context.iter().take(near);
        words.for_each(|word| finer.entry(word).or_default().push(*mention));
    }
    let mut finer: Vec<(&str, Vec<Mention>)> = finer.into_iter().filter(|(_, block)| block.len() > 1).collect();
    finer.sort_unstable_by_key(|(word, _)| *word);
    finer.into_iter().map(|(_, block)| block).collect()
}

/// Puts the first mention of each value before the second of any.
fn each_value_first(block: &mut Vec<Mention>, story: &Story) {
    let said = |mention: &Mention| {
        let claim = story.claim(*mention);
        let told = (&claim.value, &claim.subject, claim.modality, claim.polarity);
        // What cannot be written is a kind by itself, and loses nothing but its place in the order.
        xxh3_64(&postcard::to_allocvec(&told).unwrap_or_default())
    };
    let nth = counted(block.iter().map(said));
    let mut ordered: Vec<(u32, Mention)> = nth.into_iter().zip(block.iter().copied()).collect();
    ordered.sort_unstable();
    *block = ordered.into_iter().map(|(_, mention)| mention).collect();
}

/// For each of these how many of its kind were before it.
pub(super) fn counted(kinds: impl Iterator<Item = u64>) -> Vec<u32> {
    let mut seen: FxHashMap<u64, u32> = FxHashMap::default();
    let mut count = |kind: u64| {
        let nth = seen.entry(kind).or_default();
        *nth += 1;
        *nth - 1
    };
    kinds.map(&mut count).collect()
}

/// Of the pairs of statements of a crowd those that say most: a statement in words that were used before meets the
/// one that used them first, and of the first in other words those that negate it or have most words in common with it.
pub(super) fn telling(
    mut pairs: Vec<(Mention, Mention)>,
    story: &Story,
    (rules, negated): (&PairRules, &NegatedRules),
    cut: &mut Cut,
) -> Vec<(Mention, Mention)> {
    let (all, most) = (pairs.len(), rules.most(rules.statement_pairs, rules.document_statements, story));
    if all <= most {
        return pairs;
    }
    let first = first_of_wording(&pairs, story);
    pairs.retain(|(a, b)| first[a] == *a || first[b] == *b);
    let (twins, mut others): (Vec<_>, Vec<_>) = pairs.into_iter().partition(|(a, b)| first[a] == first[b]);
    others.sort_by_cached_key(|(a, b)| {
        let (left, right) = (story.statement(*a), story.statement(*b));
        (!is_negated(left, right, negated), Reverse(shared(&left.stems, &right.stems)), *a, *b)
    });
    let mut met: FxHashMap<Mention, usize> = FxHashMap::default();
    let partners = (most / first.len().max(1)).max(1);
    others.retain(|(a, b)| {
        let wanted = [a, b].iter().any(|m| met.get(m).copied().unwrap_or(0) < partners);
        [a, b].into_iter().filter(|_| wanted).for_each(|m| *met.entry(*m).or_default() += 1);
        wanted
    });
    others.extend(twins);
    others.sort_unstable();
    cut.crowds += 1;
    cut.statements += (all - others.len()) as u64;
    others
}

/// For each statement of the pairs the first that says the same in the same words.
fn first_of_wording(pairs: &[(Mention, Mention)], story: &Story) -> FxHashMap<Mention, Mention> {
    let mut mentions: Vec<Mention> = pairs.iter().flat_map(|(a, b)| [*a, *b]).collect();
    mentions.sort_unstable();
    mentions.dedup();
    let mut heads = FxHashMap::default();
    let first = mentions.into_iter().map(|mention| {
        let statement = story.statement(mention);
        let wording = (statement.text.as_str(), statement.speaker.as_deref());
        (mention, *heads.entry(wording).or_insert(mention))
    });
    first.collect()
}

#[cfg(test)]
mod tests {
    use super::{cap_for, counted, meetings};

    #[test]
    fn a_dense_story_is_cut_until_its_pairs_fit() {
        assert_eq!(meetings(5, 9), 10);
        assert_eq!(meetings(1000, 10), 9945);
        assert_eq!(cap_for(&[10, 20], 400, 1000), 400);
        assert_eq!(cap_for(&[1000; 50], 400, 500_000), 6);
        assert_eq!(cap_for(&[1000; 50], 400, 1), 1);
    }

    #[test]
    fn repeats_are_counted() {
        assert_eq!(counted([7, 8, 7, 7, 8].into_iter()), [0, 0, 1, 2, 1]);
    }
}
