//! What a share or an index did: told of a moment of a day, and another at the next.
//!
//! Within an hour a share is told to have fallen by 3 percent, by 7 and, at the close, by 5, in London and in New York.
//! Two such figures contradict each other only where an attribute asks for them, and both tell the close or neither.

use schemars::JsonSchema;
use serde::Deserialize;

use super::words;
use crate::claim::{Claim, Kind};
use crate::rules::Words;
use crate::text::{Token, TokenKind};

/// How moves of a market are known: `[market]` in `rules/compare.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MarketRules {
    /// What the rule does.
    pub about: String,
    /// What is traded, and where: `shares`, `nasdaq`.
    pub traded: Words,
    /// How it moves: `fell`, `plunged`.
    pub moves: Words,
    /// Words that tell the close: `closed`.
    pub closes: Words,
}

/// Why two claims of one slot tell moves of a market that need not be one.
pub(super) fn other_move(a: &Claim, b: &Claim, unasked: bool, rules: &MarketRules) -> Option<&'static str> {
    if !matches!(a.kind, Kind::Number | Kind::Duration | Kind::Antonym) {
        return None;
    }
    let (x, y) = (words(&a.text), words(&b.text));
    let (left, right) = (tells(&x, rules), tells(&y, rules));
    if !left && !right {
        return None;
    }
    // Up by 22 percent, and down by as much: one move, told two ways.
    let one_move = || a.kind == Kind::Antonym && figures(&x).any(|figure| figures(&y).any(|other| figure == other));
    if unasked && !one_move() {
        return Some("what is traded moves from hour to hour");
    }
    let closes = |moves: bool, tokens: &[Token]| moves && holds(tokens, &rules.closes);
    (closes(left, &x) != closes(right, &y)).then_some("one tells how a day of trading ended, the other does not")
}

/// Whether a sentence tells how a market moved.
pub(super) fn tells(tokens: &[Token], rules: &MarketRules) -> bool {
    holds(tokens, &rules.traded) && holds(tokens, &rules.moves)
}

fn holds(tokens: &[Token], listed: &Words) -> bool {
    tokens.iter().any(|token| listed.contains(&token.norm))
}

/// The figures of a sentence, shares of a hundred without their mark.
fn figures(tokens: &[Token]) -> impl Iterator<Item = &str> {
    tokens.iter().filter(|token| token.kind == TokenKind::Number).map(|token| token.norm.trim_end_matches('%'))
}

#[cfg(test)]
mod tests {
    use crate::compare::story::tests::contradictions;

    #[test]
    fn a_market_moves_from_hour_to_hour() {
        for (left, right, expected) in [
            ("The index of the exchange fell by 5.9 percent.", "The index of the exchange fell by 9.9 percent.", ""),
            ("Shares of the mill fell 4 percent.", "Shares of the mill closed down 6 percent.", ""),
            (
                "Stocks in Ostby posted their biggest drop of the year.",
                "Stocks in Ostby posted their biggest gain of the year.",
                "",
            ),
            (
                "The stock of the mill in Ostby rose 22 per cent on Monday.",
                "The stock of the mill in Ostby fell 22% on Monday.",
                "rose / fell",
            ),
            ("Shares of the mill fell 4 percent.", "Shares of the mill fell 6 percent.", "4 percent / 6 percent"),
        ] {
            assert_eq!(contradictions(left, right), expected, "{left} / {right}");
        }
    }
}
