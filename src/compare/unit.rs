//! Units of a differing run: the numbers, names, negations and content words that can be set
//! against one another.

use std::ops::Range;

use compact_str::CompactString;
use schemars::JsonSchema;
use serde::Deserialize;

use super::align;
use super::figure::{self, Figure};
use crate::claim::Bound;
use crate::lexicon::Lexicon;
use crate::rules::Words;
use crate::text::{Token, TokenKind};

/// Closed classes of words; the table `[grammar]`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Grammar {
    /// What it is for.
    pub about: String,
    /// Words that negate; words in `n't` need no entry.
    pub negations: Words,
    /// Words that put one thing in another's place: `instead`.
    pub replacing: Words,
    /// Words that turn the next verb into its opposite: "failed to".
    pub reversers: Words,
    /// Days of the week.
    pub weekdays: Words,
    /// Months, short and long.
    pub months: Words,
    /// Parts of the day.
    pub day_parts: Words,
    /// Words in front of where something is: `in`, `at`.
    pub places: Words,
    /// Titles in front of names, in full and short.
    pub titles: Words,
    /// Words that tell who says something.
    pub sayings: Words,
    /// Words behind "not" that say what it is instead.
    pub adversatives: Words,
    /// Offices and ranks.
    pub roles: Words,
    /// One or two words before a number that make it a lower bound.
    pub at_least: Words,
    /// One or two words before a number that make it an upper bound.
    pub at_most: Words,
    /// One or two words before a number that make it approximate.
    pub nearly: Words,
    /// How far an approximate number may lie off, as a share of it.
    pub nearly_share: f64,
    /// Words and marks behind a share.
    pub percent: Words,
    /// Words that tell of a plan or a guess.
    pub hedges: Words,
    /// Pairs with differing units.
    pub fires: Vec<[String; 2]>,
    /// Pairs without.
    pub silent: Vec<[String; 2]>,
}

impl Grammar {
    fn bound(&self, phrase: &[Token]) -> Option<Bound> {
        match () {
            () if lists(&self.at_least, phrase) => Some(Bound::AtLeast),
            () if lists(&self.at_most, phrase) => Some(Bound::AtMost),
            () if lists(&self.nearly, phrase) => Some(Bound::About),
            () => None,
        }
    }

    /// True where the tokens from `start` on tell a place: "in *Oslo*", "at the *old mill*".
    pub fn is_place(&self, tokens: &[Token], start: usize) -> bool {
        let article = |at: &usize| matches!(tokens[*at].norm.as_str(), "the" | "a" | "an");
        let before = (0..start).rev().find(|at| !article(at));
        before.is_some_and(|at| self.places.contains(&tokens[at].norm))
    }

    /// True for a word that negates.
    pub fn negates(&self, token: &Token) -> bool {
        token.kind == TokenKind::Word && (token.norm.ends_with("n't") || self.negations.contains(&token.norm))
    }
}

/// What a unit is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum UnitKind {
    /// A negating word.
    Negation,
    /// A number with how it was bounded.
    Number(Figure, Bound),
    /// A time such as `18:38`.
    Clock,
    /// A day of the week.
    Weekday,
    /// A month.
    Month,
    /// A part of the day.
    DayPart,
    /// An office or rank.
    Role,
    /// A name: capitalised words.
    Name,
    /// A content word or a phrase the lexicon lists.
    Word,
    /// A function word that has an opposite: "before", "under".
    Particle,
}

/// A number, name or word of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Unit {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// What it is.
    pub kind: UnitKind,
    /// Its folded words with single spaces.
    pub text: CompactString,
    /// The mark of money in front of it.
    pub money: Option<char>,
}

/// What reading units needs to know.
#[derive(Clone, Copy)]
pub struct Reader<'r> {
    /// The closed classes.
    pub grammar: &'r Grammar,
    /// Tells content words from function words.
    pub align: &'r align::Rules,
    /// The words.
    pub lexicon: &'r Lexicon,
}

impl Reader<'_> {
    /// The units of `tokens[range]`, in order.
    pub fn units(&self, tokens: &[Token], range: Range<usize>) -> Vec<Unit> {
        let mut found = Vec::new();
        let mut at = range.start;
        while at < range.end {
            let (kind, length) = self.unit_at(tokens, at, range.end);
            found.extend(kind.map(|kind| Unit {
                tokens: at..at + length,
                kind,
                text: joined(&tokens[at..at + length]),
                money: money_before(tokens, at),
            }));
            at += length;
        }
        found
    }

    /// What begins at `tokens[at]`, and how many tokens it covers.
    fn unit_at(&self, tokens: &[Token], at: usize, end: usize) -> (Option<UnitKind>, usize) {
        let token = &tokens[at];
        if !token.is_wordlike() {
            return (None, 1);
        }
        if self.bounds_number(tokens, at, end) {
            return (None, 1);
        }
        if self.reverses(tokens, at) {
            return (Some(UnitKind::Negation), 1);
        }
        if is_of_number(tokens, at)
            || self.grammar.negates(token) && (is_broken_off(tokens, at) || self.is_said_twice(tokens, at))
        {
            return (None, 1);
        }
        if let Some(kind) = self.closed_class(token) {
            return (Some(kind), 1);
        }
        if let Some((figure, used)) = figure::read(&tokens[at..end]) {
            let used = used + self.percent(&tokens[at + used..end]);
            return (Some(UnitKind::Number(figure, self.bound(tokens, at))), used);
        }
        if is_name(tokens, at, self) {
            return (Some(UnitKind::Name), self.name_length(tokens, at, end));
        }
        self.word_at(tokens, at, end)
    }

    /// "failed to", "refused to".
    fn reverses(&self, tokens: &[Token], at: usize) -> bool {
        self.grammar.reversers.contains(tokens[at].norm.as_str()) && tokens.get(at + 1).is_some_and(|t| t.is("to"))
    }

    /// "No intentions or no idea": the first negation holds for both.
    fn is_said_twice(&self, tokens: &[Token], at: usize) -> bool {
        const REACH: usize = 4;
        let joined = at > 0 && (tokens[at - 1].is("or") || tokens[at - 1].is("nor"));
        joined && tokens[at.saturating_sub(REACH)..at - 1].iter().any(|token| self.grammar.negates(token))
    }

    fn closed_class(&self, token: &Token) -> Option<UnitKind> {
        let g = self.grammar;
        let dated = |set: &Words| token.is_capitalised() && set.contains(&token.norm);
        Some(match &token.norm {
            _ if g.negates(token) => UnitKind::Negation,
            _ if dated(&g.weekdays) => UnitKind::Weekday,
            _ if dated(&g.months) => UnitKind::Month,
            norm if g.day_parts.contains(norm.as_str()) => UnitKind::DayPart,
            norm if g.roles.contains(norm.as_str()) => UnitKind::Role,
            norm if token.kind == TokenKind::Number && norm.contains(':') => UnitKind::Clock,
            _ => return None,
        })
    }

    /// "more" and "than" in "more than 30" are part of the number.
    fn bounds_number(&self, tokens: &[Token], at: usize, end: usize) -> bool {
        const REACH: usize = 3;
        (at + 1..end.min(at + 1 + REACH)).any(|number| {
            let covers = || self.bound_before(tokens, number).is_some_and(|(_, from)| from <= at);
            figure::read(&tokens[number..]).is_some() && covers()
        })
    }

    /// How the number at `at` is bounded by the one or two words before it, and where they begin.
    fn bound_before(&self, tokens: &[Token], at: usize) -> Option<(Bound, usize)> {
        let currency = tokens[..at].last().is_some_and(|t| t.kind == TokenKind::Mark && !t.is(",") && !t.is("."));
        let end = if currency { at - 1 } else { at };
        [2, 1].into_iter().filter(|&words| words <= end).find_map(|words| {
            let from = end - words;
            self.grammar.bound(&tokens[from..end]).map(|bound| (bound, from))
        })
    }

    /// How many of the tokens behind a number are its "%" or "per cent".
    fn percent(&self, behind: &[Token]) -> usize {
        let listed = |words: &usize| behind.len() >= *words && lists(&self.grammar.percent, &behind[..*words]);
        [2, 1].into_iter().find(listed).unwrap_or(0)
    }

    fn bound(&self, tokens: &[Token], at: usize) -> Bound {
        self.bound_before(tokens, at).map(|(bound, _)| bound).unwrap_or_default()
    }

    fn name_length(&self, tokens: &[Token], at: usize, end: usize) -> usize {
        let more = |t: &&Token| t.kind == TokenKind::Word && t.is_capitalised() && self.closed_class(t).is_none();
        1 + tokens[at + 1..end].iter().take_while(more).count()
    }

    /// A phrase the lexicon lists, a content word, or a function word with an opposite.
    fn word_at(&self, tokens: &[Token], at: usize, end: usize) -> (Option<UnitKind>, usize) {
        let token = &tokens[at];
        let is_content = self.align.is_content(token);
        let follows = tokens.get(at + 1).filter(|t| at + 1 < end && t.kind == TokenKind::Word);
        if is_content && follows.is_some_and(|next| self.is_phrase(token, next)) {
            return (Some(UnitKind::Word), 2);
        }
        let particle = || self.lexicon.has_opposite(&token.norm).then_some(UnitKind::Particle);
        (if is_content { Some(UnitKind::Word) } else { particle() }, 1)
    }

    fn is_phrase(&self, first: &Token, second: &Token) -> bool {
        let mut phrase = CompactString::default();
        let listed = |base: &CompactString| {
            phrase.clear();
            [base.as_str(), " ", &second.norm].into_iter().for_each(|part| phrase.push_str(part));
            self.lexicon.knows(&phrase)
        };
        self.lexicon.word(&first.norm).bases.iter().any(listed)
    }
}

/// "It's not, it's kind of a witness": a negation that a speaker begins and leaves, or one that is none.
fn is_broken_off(tokens: &[Token], at: usize) -> bool {
    const BREAKS: [&str; 6] = [",", "\u{2014}", "\u{2013}", "--", "\u{2026}", "..."];
    // "Not only" begins like a negation and is none.
    const MORE: [&str; 4] = ["only", "just", "merely", "least"];
    tokens.get(at + 1).is_some_and(|next| BREAKS.iter().chain(&MORE).any(|word| next.is(word)))
}

/// "The No. 1 goal", "the number one goal": the word in front of a number that is its own.
fn is_of_number(tokens: &[Token], at: usize) -> bool {
    let counts = |next: usize| figure::read(&tokens[next..]).is_some_and(|(figure, _)| !figure.ordinal);
    let short = tokens[at].is("no") && tokens[at].is_capitalised();
    let next = (at + 1..tokens.len()).find(|next| !tokens[*next].is("."));
    (short || tokens[at].is("number")) && next.is_some_and(counts)
}

/// The mark of money right before `at`.
fn money_before(tokens: &[Token], at: usize) -> Option<char> {
    let mark = tokens[..at].last()?.norm.chars().next()?;
    matches!(mark, '$' | '\u{a3}' | '\u{20ac}' | '\u{a5}').then_some(mark)
}

/// A capitalised word that is no function word; at the head of a sentence only when the lexicon
/// does not know it or another capital follows.
fn is_name(tokens: &[Token], at: usize, reader: &Reader) -> bool {
    let token = &tokens[at];
    if !token.is_capitalised() || !reader.align.is_content(token) {
        return false;
    }
    let heads = at == 0 || tokens[at - 1].kind == TokenKind::Mark && !tokens[at - 1].is(",");
    let capital_follows = tokens.get(at + 1).is_some_and(|t| t.is_capitalised() && reader.align.is_content(t));
    !heads || capital_follows || !is_common(&token.norm, reader.lexicon)
}

/// A word the lexicon has, and not only as a name; names in "-er" look like comparatives.
fn is_common(word: &str, lexicon: &Lexicon) -> bool {
    let inflected = !word.ends_with("er") && lexicon.part(word).is_some();
    !lexicon.is_proper(word) && (lexicon.knows(word) || inflected)
}

/// Whether one word or two are listed.
fn lists(phrases: &Words, words: &[Token]) -> bool {
    match words {
        [word] => phrases.contains(&word.norm),
        [first, second] => phrases.contains_pair(&first.norm, &second.norm),
        _ => false,
    }
}

fn joined(tokens: &[Token]) -> CompactString {
    let mut text = CompactString::default();
    for token in tokens {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&token.norm);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::wording::WordingRules;
    use crate::document::Span;
    use crate::text::tokenize;

    #[test]
    fn reads_units() {
        let rules = WordingRules::embedded();
        let reader = Reader { grammar: &rules.grammar, align: &rules.align, lexicon: Lexicon::embedded() };
        for (text, expected) in [
            ("the mayor did not meet Anna Berg on Monday", "mayor not meet|anna berg|on monday"),
            ("more than 30 people kicked off at 18:38", "30 people kicked off 18:38"),
        ] {
            let tokens = tokenize(text, Span::new(0, text.len()));
            let shown: Vec<_> = reader.units(&tokens, 0..tokens.len()).into_iter().map(|u| u.text).collect();
            assert_eq!(
                shown.join(" ").replace("anna berg", "|anna berg|").replace(" |", "|").replace("| ", "|"),
                expected
            );
        }
    }
}
