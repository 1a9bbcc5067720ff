//! Which of several values of two documents stand against each other.
//!
//! A document may give several values of one attribute: the shares of two candidates, the speeds
//! of two trains. Two rules keep them apart. A value that the other document gives as well is
//! settled and stands against nothing there. Of those left, two stand against each other only
//! when each is the other's nearest, by the company of words they keep; where no attribute asks
//! for them, only when the other document gives no second one ([`super::crowd`]).

use compact_str::CompactString;
use rustc_hash::{FxHashMap, FxHashSet};
use schemars::JsonSchema;
use serde::Deserialize;

use super::Book;
use super::crowd::{Crowd, Many};
use super::kinship::Kinship;
use super::several::Several;
use super::sites::Sites;
use super::succession::Successions;
use super::verdict::Judged;
use super::witness::Witnesses;
use crate::claim::Claim;
use crate::comparison::Verdict;
use crate::matching::company::shared;
use crate::matching::group::{Mention, Story};
use crate::matching::pairs::block_key;

/// How near two values of two documents stand: `[rivals]` in `rules/matching.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RivalRules {
    /// What the rule does.
    pub about: String,
    /// How fast a word's weight falls with its rank: weight = 1 / (1 + fall × rank).
    pub fall: f64,
}

/// A judged pair of claims on its way to the findings.
pub struct Pair {
    /// The first mention.
    pub a: Mention,
    /// The second, of another document.
    pub b: Mention,
    /// The verdict so far.
    pub judged: Judged,
    /// True where only the words around the two kept them apart.
    pub apart: bool,
}

type Side = (Mention, u32, CompactString);

/// Turns down the contradictions of values that are settled or have a nearer rival.
pub fn keep_rivals(story: &Story, book: &Book, pairs: &mut [Pair]) {
    if opposed(pairs).next().is_none() {
        return;
    }
    let concepts = &book.extract.open.concepts;
    let key = |m: Mention| block_key(story.claim(m), concepts).unwrap_or_default();
    let sides = |p: &Pair| [(p.a, p.b.member, key(p.a)), (p.b, p.a.member, key(p.b))];
    turn_down_settled(pairs, &sides);
    turn_down_crowded(story, book, pairs, &key);
    turn_down_farther(story, book, pairs, &sides);
}

/// The pairs that stand against each other by now.
fn opposed(pairs: &mut [Pair]) -> impl Iterator<Item = &mut Pair> {
    pairs.iter_mut().filter(|pair| pair.judged.verdict.opposes())
}

/// A value that the other document gives as well stands against nothing there.
fn turn_down_settled(pairs: &mut [Pair], sides: &impl Fn(&Pair) -> [Side; 2]) {
    let settled: FxHashSet<Side> = pairs.iter().filter(|p| p.judged.settles()).flat_map(sides).collect();
    for pair in opposed(pairs) {
        if sides(pair).iter().any(|side| settled.contains(side)) {
            turn_down(pair, "the other document gives this value too");
        }
    }
}

/// Of several values, or several holders one after the other, it cannot be said which stands against which.
fn turn_down_crowded(story: &Story, book: &Book, pairs: &mut [Pair], key: &impl Fn(Mention) -> CompactString) {
    let crowd = Crowd::of(story, pairs, book);
    let many = Many::of(story, pairs, key);
    let successions = Successions::of(story, pairs, &book.compare.succession);
    let witnesses = Witnesses::of(story, pairs, book);
    let several = Several::of(story, pairs, book);
    let sites = Sites::of(story, book);
    let kinship = Kinship::of(story, &book.compare.kinship);
    for pair in opposed(pairs) {
        let objection = crowd
            .objection(pair)
            .or_else(|| many.objection(story, pair, key))
            .or_else(|| successions.objection(pair, &book.compare.succession))
            .or_else(|| witnesses.objection(pair))
            .or_else(|| several.objection(pair))
            .or_else(|| sites.objection(pair))
            .or_else(|| kinship.objection(pair));
        if let Some(why) = objection {
            turn_down(pair, why);
        }
    }
}

/// Two values stand against each other only where each is the other's nearest.
fn turn_down_farther(story: &Story, book: &Book, pairs: &mut [Pair], sides: &impl Fn(&Pair) -> [Side; 2]) {
    if opposed(pairs).next().is_none() {
        return;
    }
    let rarity = Rarity::of(story);
    let company = |pair: &Pair| rarity.company(story.claim(pair.a), story.claim(pair.b), &book.matching.rivals);
    let mut nearest: FxHashMap<Side, f64> = FxHashMap::default();
    for pair in opposed(pairs) {
        let company = company(pair);
        for side in sides(pair) {
            let best = nearest.entry(side).or_default();
            *best = best.max(company);
        }
    }
    for pair in opposed(pairs) {
        let company = company(pair);
        if sides(pair).iter().any(|side| nearest.get(side).is_some_and(|best| *best > company)) {
            turn_down(pair, "another value there stands in nearer company");
        }
    }
}

fn turn_down(pair: &mut Pair, why: &str) {
    pair.judged.verdict = Verdict::NotComparable;
    pair.judged.rule = "rivals".into();
    pair.judged.why = format!("{why}; otherwise: {}", pair.judged.why);
    pair.judged.overtaken = None;
}

/// How telling each word is within a story: few sentences have it near what they tell. Sentences and not claims are
/// counted, for a rule more or less says nothing of a word.
pub(super) struct Rarity<'s> {
    sentences: f64,
    near: FxHashMap<&'s str, Seen>,
}

/// In how many sentences a word was seen, and in which one last.
#[derive(Default)]
struct Seen {
    sentences: f64,
    last: usize,
}

impl<'s> Rarity<'s> {
    pub fn of(story: &'s Story) -> Self {
        let mut near: FxHashMap<&str, Seen> = FxHashMap::default();
        let (mut number, mut place) = (0, None);
        for mention in story.mentions() {
            let claim = story.claim(mention);
            let here = Some((mention.member, claim.span.start));
            number += usize::from(place != here);
            place = here;
            for word in &claim.context {
                let seen = near.entry(word.as_str()).or_default();
                seen.sentences += f64::from(u8::from(seen.last != number));
                seen.last = number;
            }
        }
        Self { sentences: number as f64, near }
    }

    /// The logarithm of how few sentences have a word.
    pub fn of_word(&self, word: &str) -> f64 {
        (1.0 + self.sentences / self.near.get(word).map_or(1.0, |seen| seen.sentences)).ln()
    }

    /// The summed rarity of the words that both claims have near, nearer ones weighing more.
    fn company(&self, a: &Claim, b: &Claim, rules: &RivalRules) -> f64 {
        shared(a, b).map(|near| self.of_word(near.word) * near.weight(rules.fall)).sum()
    }
}
