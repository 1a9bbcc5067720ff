//! How far two places of a sentence are apart, as syntax sees it.
//!
//! Without a parser, what stands between two words tells how likely they belong together: each
//! word costs a little, commas and conjunctions more, a new clause most. The costs are the
//! `[distance]` table of `rules/extract.toml`.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::rules::Words;
use crate::text::{Token, TokenKind};

/// What each kind of token costs that stands between two places.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DistanceRules {
    /// What the rule does.
    pub about: String,
    /// Any word or number.
    pub word: u32,
    /// A comma or bracket.
    pub comma: u32,
    /// A semicolon, colon or dash.
    pub stop: u32,
    /// A preposition, when the place sought lies behind it: "on Tuesday *for* a meeting".
    pub preposition: u32,
    /// A word that begins a clause.
    pub clause: u32,
    /// Most words of an aside between two commas, which costs one comma.
    pub aside: usize,
    /// The prepositions.
    pub prepositions: Words,
    /// The words that begin a clause: `while`, `but`, `after`, `who`…
    pub clause_words: Words,
}

impl DistanceRules {
    /// Whether a clause ends at a token: a mark, or a word that begins another.
    pub fn ends_clause(&self, token: &Token) -> bool {
        token.kind == TokenKind::Mark || self.clause_words.contains(&token.norm)
    }

    /// The cost of what stands in `between`. `outward` tells that the place sought lies behind
    /// its modifiers (a value before its event), where prepositions part them.
    pub fn cost(&self, between: &[Token], outward: bool) -> u32 {
        between.iter().map(|t| self.token_cost(t, outward)).sum()
    }

    /// That cost if it is no more than `most`. The walk ends where it is more, however much stands
    /// between.
    pub fn cost_within(&self, between: &[Token], outward: bool, most: u32) -> Option<u32> {
        let (mut sum, mut at) = (0u32, 0);
        while at < between.len() {
            let (cost, tokens) = match self.aside(&between[at..]) {
                Some(tokens) => (self.comma, tokens),
                None if is_name_on(between, at) => (0, 1),
                None => (self.token_cost(&between[at], outward), 1),
            };
            sum = Some(sum.saturating_add(cost)).filter(|sum| *sum <= most)?;
            at += tokens;
        }
        Some(sum)
    }

    /// Tokens of an aside that the text begins with: "jailed Clara Lind*, the former mayor,* for five years". What is
    /// between two commas and holds a clause or a figure is none.
    fn aside(&self, tokens: &[Token]) -> Option<usize> {
        let (_, rest) = tokens.split_first().filter(|(first, _)| first.is(","))?;
        let inside = rest.iter().take(self.aside + 1).position(|token| token.is(",")).filter(|at| *at > 0)?;
        let plain = |t: &Token| t.kind != TokenKind::Number && !self.ends_clause(t);
        rest[..inside].iter().all(plain).then_some(inside + 2)
    }

    fn token_cost(&self, token: &Token, outward: bool) -> u32 {
        match token.kind {
            TokenKind::Possessive => 0,
            TokenKind::Mark => self.mark_cost(&token.norm),
            _ if self.clause_words.contains(&token.norm) => self.clause,
            _ if outward && self.prepositions.contains(&token.norm) => self.preposition,
            _ => self.word,
        }
    }

    fn mark_cost(&self, mark: &str) -> u32 {
        match mark {
            ";" | ":" | "-" => self.stop,
            "," | "(" | ")" => self.comma,
            _ => 0,
        }
    }
}

/// Whether a word goes on with the name in front of it, which costs as one word however long it is.
fn is_name_on(tokens: &[Token], at: usize) -> bool {
    let named = |at: usize| tokens[at].kind == TokenKind::Word && tokens[at].is_capitalised();
    at > 0 && named(at) && named(at - 1)
}
