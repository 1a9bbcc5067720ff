//! Open claims: values that no attribute asks for, told apart by the words around them.
//!
//! "The tunnel is 57 km long" needs no table of its own: another outlet's "57.1 km tunnel" stands
//! among the same words. Each number, duration and date that stayed unbound becomes a claim with
//! the stems of its neighbours, nearest first; matching decides whether two stand in like company.

use std::ops::Range;

use compact_str::CompactString;
use schemars::JsonSchema;
use serde::Deserialize;

use super::annotations::Annotations;
use super::concepts::Concepts;
use crate::reading::Sentence;
use crate::rules::Words;
use crate::text::{Token, TokenKind};

/// The limits of open claims: `[open]` in `rules/extract.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenRules {
    /// What the rule does.
    pub about: String,
    /// Most neighbours kept.
    pub neighbours: usize,
    /// Greatest cost from the value to a neighbour.
    pub reach: u32,
    /// Words that tell nothing about a value: function words, verbs of saying.
    pub stopwords: Words,
    /// Words for one thing.
    pub concepts: Concepts,
}

impl OpenRules {
    /// True for a word that says something: no function word, no mark, no number.
    pub fn is_content(&self, token: &Token) -> bool {
        token.kind == TokenKind::Word && !self.stopwords.contains(&token.norm)
    }
}

/// The stems of the content words near a value, nearest first, each once.
pub fn context(
    value: &Range<usize>,
    sentence: &Sentence,
    notes: &Annotations,
    rules: &OpenRules,
) -> Vec<CompactString> {
    let before = sentence.tokens.start..value.start.max(sentence.tokens.start);
    let after = value.end.min(sentence.tokens.end)..sentence.tokens.end;
    let within = |(cost, _): &(u32, usize)| *cost <= rules.reach;
    let left = walk(before.rev(), notes).take_while(within);
    let right = walk(after, notes).take_while(within);
    let mut near = Vec::with_capacity(sentence.tokens.len());
    near.extend(left.chain(right).filter(|(_, at)| notes.is_content(*at)));
    near.sort_unstable();
    let mut stems: Vec<CompactString> = Vec::with_capacity(near.len().min(rules.neighbours));
    for stem in near.into_iter().map(|(_, at)| rules.concepts.of(notes.stem(at))) {
        if stems.len() < rules.neighbours && !stems.iter().any(|s| s == stem) {
            stems.push(stem.into());
        }
    }
    stems
}

/// Tokens with the cost of getting to them.
fn walk(order: impl Iterator<Item = usize>, notes: &Annotations) -> impl Iterator<Item = (u32, usize)> {
    order.scan(0, move |cost, at| {
        *cost += notes.known[at].step;
        Some((*cost, at))
    })
}
