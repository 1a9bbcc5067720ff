//! How a difference stands in two wordings: in the same place, and with what else around it.

use std::ops::Range;

use super::align::Run;
use super::wording::WordingRules;
use crate::lexicon::{Lexicon, WordRelation};
use crate::text::stem::stem;
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
    // "At the Alpine border", but "in Lisbon next month".
    let article = run.a.start.checked_sub(1).is_some_and(|at| ["the", "a", "an"].iter().any(|word| a[at].is(word)));
    let describes = |token: &Token| owned(token) || article && !token.is_capitalised() && is_noun(token, rules);
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
    let grammar = &rules.grammar;
    let negates = |token: &Token| grammar.negates(token) || grammar.replacing.contains(&token.norm);
    a.iter().any(negates) && b.iter().any(negates)
}

/// Whether a wording negates more than once: what it comes to only a reader can tell.
pub(super) fn negates_twice(tokens: &[Token], rules: &WordingRules) -> bool {
    tokens.iter().filter(|token| rules.grammar.negates(token)).count() > 1
}

/// Whether a word of one wording is the opposite, by what stands in front of it, of a word of the other: "comes
/// unfurnished" beside "does not come with furnishing".
pub(super) fn opposes_by_prefix(a: &[Token], b: &[Token]) -> bool {
    const PREFIXES: [&str; 6] = ["un", "in", "im", "ir", "dis", "non"];
    /// Letters that tell a word.
    const LEAST: usize = 4;
    let bare = |token: &Token| {
        let word = PREFIXES.iter().find_map(|prefix| token.norm.strip_prefix(prefix));
        word.filter(|word| word.len() > LEAST).map(stem)
    };
    let holds = |words: &[Token], others: &[Token]| {
        words.iter().filter_map(bare).any(|word| others.iter().any(|other| stem(&other.norm) == word))
    };
    holds(a, b) || holds(b, a)
}

/// Whether a negation stands before a word that the other wording has not, or before none: "it's not, it's…", "a meteor
/// that had not been seen before".
pub(super) fn negates_own(
    tokens: &[Token],
    negation: &Range<usize>,
    other: &[Token],
    rules: &WordingRules,
    lexicon: &Lexicon,
) -> bool {
    if negation.is_empty() {
        return false;
    }
    // "He decided instead to leave" tells of nothing that was not so.
    if tokens[negation.clone()].iter().any(|token| rules.grammar.replacing.contains(&token.norm)) {
        return true;
    }
    let behind = tokens[negation.end..].iter().take_while(|token| token.kind != TokenKind::Mark);
    let Some(negated) = behind.into_iter().find(|token| rules.align.is_content(token)) else { return true };
    let same = |word: &Token| word.norm == negated.norm || is_form(&word.norm, &negated.norm, lexicon);
    !other.iter().any(same)
}

fn is_form(word: &str, other: &str, lexicon: &Lexicon) -> bool {
    matches!(lexicon.relation(word, other), Some(WordRelation::Same | WordRelation::Synonym))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::statement::compare_statements;
    use crate::comparison::Relation;
    use crate::document::Span;
    use crate::text::tokenize;

    fn contradicts(left: &str, right: &str) -> bool {
        let tokens = |text: &str| tokenize(text, Span::new(0, text.len()));
        let (a, b) = (tokens(left), tokens(right));
        let compared = compare_statements(&a, &b, WordingRules::embedded(), Lexicon::embedded());
        compared.comparison.relation == Relation::Incompatible
    }

    #[test]
    fn names_and_negations_count_where_they_stand_alike() {
        for (left, right, expected) in [
            (
                "The old ferry ran aground off Kinvara on Tuesday with forty people aboard.",
                "The old ferry ran aground off Ballyvaughan on Tuesday with forty people aboard.",
                true,
            ),
            (
                "The gunman shot a guard before entering Parliament and firing more shots.",
                "The gunman shot a guard before entering the Centre Block and firing more shots.",
                false,
            ),
            (
                "Smugglers were caught at the Alpine border with forty crates of whisky.",
                "Smugglers were caught at the Kinvara border with forty crates of whisky.",
                false,
            ),
            ("The siren at the dam sounded before dawn.", "The siren at the dam did not sound before dawn.", true),
            (
                "A boulder that had not previously been mapped fell on the road near the village.",
                "A boulder fell on the road near the village.",
                false,
            ),
            (
                "The dealers call themselves brokers, not agents, in the brochure.",
                "The dealers call themselves brokers instead of agents in the brochure.",
                false,
            ),
        ] {
            assert_eq!(contradicts(left, right), expected, "{left} / {right}");
        }
    }
}
