//! What a text says somebody or something is: "is a British **singer** and actor".
//!
//! A thing is of one class: where two texts name two that no relation joins, one is wrong.

use std::ops::Range;

use super::difference::Difference;
use super::pairing::Pair;
use super::unit::{Unit, UnitKind};
use super::wording::WordingRules;
use crate::lexicon::Part;
use crate::text::Token;

/// The class that the claim names and the evidence does not, with the one it names instead.
pub(super) fn replaced<'u>(
    pair: &Pair,
    (claim, claimed): (&[Token], &'u [Unit]),
    (evidence, shown): (&[Token], &'u [Unit]),
) -> Option<(&'u Unit, &'u Unit)> {
    let (left, right) = (head(pair, claim, claimed)?, head(pair, evidence, shown)?);
    let relation = pair.relate(left, right).map(|(_, difference)| difference);
    let apart = relation.is_none_or(|difference| difference > Difference::Hypernym && difference != Difference::Akin);
    apart.then_some((left, right))
}

/// The noun that ends the phrase behind "is a".
fn head<'u>(pair: &Pair, tokens: &[Token], units: &'u [Unit]) -> Option<&'u Unit> {
    let phrase = predicate(tokens, pair.rules)?;
    let last = units.iter().rfind(|u| u.tokens.end == phrase.end && u.tokens.start >= phrase.start)?;
    let noun = last.kind == UnitKind::Role
        || last.kind == UnitKind::Word && pair.lexicon.part(&last.text).is_none_or(|part| part == Part::Noun);
    noun.then_some(last)
}

/// The content words behind the first "is a", "was the".
fn predicate(tokens: &[Token], rules: &WordingRules) -> Option<Range<usize>> {
    let any = |token: &Token, words: &[String]| words.iter().any(|word| token.is(word));
    let opens = |pair: &[Token]| any(&pair[0], &rules.support.copulas) && any(&pair[1], &rules.support.articles);
    let start = tokens.windows(2).position(opens)? + 2;
    let length = tokens[start..].iter().take_while(|t| t.is_wordlike() && rules.align.is_content(t)).count();
    (length > 0).then_some(start..start + length)
}
