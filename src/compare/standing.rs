//! How a difference stands in two wordings: in the same place, and with what else around it.

use super::align::Run;
use super::wording::WordingRules;
use crate::text::{Token, TokenKind};

/// Whether the differing words of two wordings stand between the same words, and as nouns of their own: "told the
/// Herald" beside "told the Courier", but not "entering Parliament" beside "entering the Centre Block", nor "at the
/// northern border" beside "at the Alpine border".
pub(super) fn stand_alike(a: &[Token], b: &[Token], run: &Run, rules: &WordingRules) -> bool {
    let before = |tokens: &[Token], start: usize| start.checked_sub(1).map(|at| tokens[at].norm.clone());
    let (x, y) = (a.get(run.a.end), b.get(run.b.end));
    let one = |x: &Token, y: &Token| x.norm == y.norm || x.kind == TokenKind::Mark && y.kind == TokenKind::Mark;
    let behind = match (x, y) {
        (Some(x), Some(y)) => one(x, y),
        (one, other) => one.or(other).is_none_or(|token| token.kind == TokenKind::Mark),
    };
    let owned = |token: &Token| token.kind == TokenKind::Possessive;
    let describes = |token: &Token| owned(token) || !token.is_capitalised() && is_noun(token, rules);
    behind && before(a, run.a.start) == before(b, run.b.start) && !x.is_some_and(describes)
}

/// A content word that no verb's ending marks: what a name in front only describes.
fn is_noun(token: &Token, rules: &WordingRules) -> bool {
    let verbal = ["ed", "ing"].iter().any(|end| token.norm.ends_with(end));
    token.kind == TokenKind::Word
        && rules.align.is_content(token)
        && !verbal
        && !rules.grammar.sayings.contains(&token.norm)
}

/// Whether either wording negates something: one more negation in one of them tells of its own words.
pub(super) fn both_negate(a: &[Token], b: &[Token], rules: &WordingRules) -> bool {
    let negates =
        |tokens: &[Token]| tokens.iter().any(|t| rules.grammar.negations.contains(&t.norm) || t.norm.ends_with("n't"));
    negates(a) && negates(b)
}
