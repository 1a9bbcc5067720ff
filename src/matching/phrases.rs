//! Statements that print so many words in a row alike, whatever else each says: what may share a clause.

use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHashSet, FxHasher};
use schemars::JsonSchema;
use serde::Deserialize;

use super::group::{Mention, Story};
use crate::text::{Token, TokenKind};

/// When two statements may share a clause: `[phrase]` in `rules/matching.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PhrasePairRules {
    /// What the rule does.
    pub about: String,
    /// Words in a row that both must print.
    pub row: usize,
    /// How many of them must say something.
    pub content: usize,
    /// Most statements that meet by one row of words; of more, one of each wording does.
    pub most: usize,
}

/// Pairs of statements of two documents that share a row of words, each once, sorted. `tokens` are those of every
/// statement in the order of the story; `says` tells which of them say something.
pub fn phrase_pairs(
    story: &Story,
    tokens: &[(Mention, Vec<Token>)],
    says: impl Fn(&Token) -> bool,
    rules: &PhrasePairRules,
) -> Vec<(Mention, Mention)> {
    let mut holders: FxHashMap<u64, Vec<Mention>> = FxHashMap::default();
    for (mention, tokens) in tokens {
        for row in tokens.windows(rules.row).filter(|row| is_telling(row, &says, rules)) {
            let held = holders.entry(key(row)).or_default();
            if held.last() != Some(mention) {
                held.push(*mention);
            }
        }
    }
    let mut found: FxHashSet<(Mention, Mention)> = FxHashSet::default();
    for held in holders.into_values().filter(|held| held.len() > 1) {
        let held = if held.len() > rules.most { one_of_each_wording(held, story, rules.most) } else { held };
        for (at, a) in held.iter().enumerate() {
            found.extend(held[at + 1..].iter().filter(|b| b.member != a.member).map(|b| (*a, *b)));
        }
    }
    let mut found: Vec<_> = found.into_iter().collect();
    found.sort_unstable();
    found
}

fn is_telling(row: &[Token], says: &impl Fn(&Token) -> bool, rules: &PhrasePairRules) -> bool {
    let marked = row.iter().any(|t| t.kind == TokenKind::Mark);
    !marked && row.iter().filter(|t| says(t)).count() >= rules.content
}

fn key(row: &[Token]) -> u64 {
    let mut hasher = FxHasher::default();
    row.iter().for_each(|token| token.norm.hash(&mut hasher));
    hasher.finish()
}

fn one_of_each_wording(held: Vec<Mention>, story: &Story, most: usize) -> Vec<Mention> {
    let mut seen: FxHashSet<&str> = FxHashSet::default();
    held.into_iter().filter(|mention| seen.insert(&story.statement(*mention).text)).take(most).collect()
}
