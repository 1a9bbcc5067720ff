//! One passage of a pair, as far as its words tell what it is of.

use rustc_hash::FxHashMap;

use crate::compare::finding::Passage;
use crate::compare::{Book, words};
use crate::document::Span;
use crate::extract::statement::stem_hash;
use crate::matching::group::Member;
use crate::text::stem::stem;
use crate::text::{Token, fold};

/// The words of a passage as numbers, those of its value left out; sorted, without repeats.
pub(super) struct Side {
    /// All content words.
    pub words: Vec<u32>,
    /// Those near the value.
    pub near: Vec<u32>,
    /// Those with a capital, but for the first: a sentence may have given it to that one.
    names: Vec<u32>,
    /// How many sentences of the report stand before it.
    pub place: usize,
}

impl Side {
    /// Reads a passage; `known` are the words of the story's sentences.
    pub fn of(passage: &Passage, member: &Member, known: &FxHashMap<u32, f64>, book: &Book) -> Self {
        let text = member.text(passage.span);
        let align = &book.compare.wording.align;
        let tokens: Vec<Token> = words(&text).into_iter().filter(|token| align.is_content(token)).collect();
        let first = tokens.first().map(|token| token.span.start);
        let number = |token: &Token| number(token, known, book);
        let own: Vec<u32> = words(&passage.value).iter().map(number).collect();
        let numbers = |some: &[&Token]| {
            let mut numbers: Vec<u32> = some.iter().map(|token| number(token)).filter(|n| !own.contains(n)).collect();
            numbers.sort_unstable();
            numbers.dedup();
            numbers
        };
        let named = |token: &&Token| token.is_capitalised() && Some(token.span.start) != first;
        let near = value_in(&text, &passage.value).map(|value| beside(&tokens, value, book.compare.confidence.near));
        Self {
            near: numbers(&near.unwrap_or_default()),
            names: numbers(&tokens.iter().filter(named).collect::<Vec<_>>()),
            words: numbers(&tokens.iter().collect::<Vec<_>>()),
            place: member.statements.partition_point(|statement| statement.span.end <= passage.span.start),
        }
    }

    /// Words that stand near both values.
    pub fn near_both(&self, other: &Self) -> Vec<u32> {
        both(&self.near, &other.near)
    }

    /// Words of both passages.
    pub fn common(&self, other: &Self) -> Vec<u32> {
        both(&self.words, &other.words)
    }

    /// How many names the other passage does not have.
    pub fn names_without(&self, other: &Self) -> usize {
        self.names.iter().filter(|name| other.words.binary_search(name).is_err()).count()
    }
}

fn both(a: &[u32], b: &[u32]) -> Vec<u32> {
    a.iter().copied().filter(|word| b.binary_search(word).is_ok()).collect()
}

/// A word as the sentences of the story have it: a name by its letters, another by what it means.
fn number(token: &Token, known: &FxHashMap<u32, f64>, book: &Book) -> u32 {
    let name = stem_hash(&fold(&token.norm));
    match token.is_capitalised() && known.contains_key(&name) {
        true => name,
        false => book.extract.open.concepts.hash(&stem(&token.norm)),
    }
}

/// Where a value stands in its passage.
fn value_in(text: &str, value: &str) -> Option<Span> {
    let start = text.find(value).filter(|_| !value.is_empty())?;
    Some(Span::new(start, start + value.len()))
}

/// So many words on each side of a value.
fn beside(tokens: &[Token], value: Span, reach: usize) -> Vec<&Token> {
    let before = tokens.iter().rev().filter(|token| token.span.end <= value.start).take(reach);
    before.chain(tokens.iter().filter(|token| token.span.start >= value.end).take(reach)).collect()
}
