//! The names that a document's story is recognised by: those that were read in its text, and words with a capital that
//! no dictionary knows. These are names too, though nothing beside them says of whom or what: a surname at the head of
//! a sentence, a village in a headline that was set aside with the lines around it.

use rustc_hash::{FxHashMap, FxHashSet};

use super::signature::SignatureRules;
use crate::claim::{Entity, EntityKind};
use crate::lexicon::Lexicon;
use crate::reading::{Reading, Role, Sentence};
use crate::rules::Words;
use crate::text::{Case, Token, TokenKind, tokenize};

/// A name of a document: what it tells of its story.
#[derive(Debug, PartialEq)]
pub(super) struct Named {
    pub folded: String,
    pub person: bool,
    pub count: usize,
    pub leads: bool,
}

impl Named {
    /// Its last word.
    pub fn last(&self) -> &str {
        self.folded.rsplit(char::is_whitespace).next().unwrap_or_default()
    }
}

/// The names with their counts, and whether they stand in the lead; names of peoples tell nothing.
pub(super) fn named(
    reading: &Reading,
    names: &[(&Entity, usize)],
    (stopwords, lexicon): (&Words, &Lexicon),
    rules: &SignatureRules,
) -> Vec<Named> {
    let lead = words_of(reading, lead(reading, rules));
    let telling = names.iter().filter(|(name, _)| name.kind != EntityKind::Demonym);
    let mut named: Vec<Named> = telling
        .map(|(name, count)| {
            let folded = crate::text::fold(&name.name).to_string();
            Named { folded, person: name.kind == EntityKind::Person, count: *count, leads: false }
        })
        .collect();
    named.iter_mut().for_each(|name| name.leads = lead.contains(name.last()));
    let is_name = |token: &Token| is_unknown(token, stopwords, lexicon, rules);
    let unread = unread(reading, &named, is_name, rules);
    // A single word of the trade would be all that a page which names nobody is told by.
    if !named.is_empty() || unread.len() >= rules.unread_alone {
        named.extend(unread);
    }
    named
}

/// Whether a token is a word with a capital that no dictionary knows: no initialism, no compound, no pronoun.
fn is_unknown(token: &Token, stopwords: &Words, lexicon: &Lexicon, rules: &SignatureRules) -> bool {
    let norm = token.norm.as_str();
    token.kind == TokenKind::Word
        && token.case == Case::Capital
        && norm.chars().count() >= rules.unread_letters
        && norm.chars().all(char::is_alphabetic)
        && ![stopwords, &rules.nobody].iter().any(|words| words.contains(norm))
        && lexicon.part(norm).is_none()
}

/// Whether a point behind a word shortens it, as a rank or a title.
fn is_shortened(tokens: &[Token], at: usize) -> bool {
    let [point, next, ..] = &tokens[at + 1..] else { return false };
    point.is(".") && point.span.start == tokens[at].span.end && next.kind == TokenKind::Word
}

/// Words of the text, and of the lines set aside above it, that are names though none was read there.
fn unread(reading: &Reading, named: &[Named], is_name: impl Fn(&Token) -> bool, rules: &SignatureRules) -> Vec<Named> {
    let read: FxHashSet<&str> = named.iter().flat_map(|name| name.folded.split_whitespace()).collect();
    let above = headlines_set_aside(reading, rules);
    let prose = told(reading).filter(|(_, s)| s.role == Role::Title || is_prose(reading, s, rules));
    let sentences = prose.map(|(index, s)| (reading.tokens_of(s), is_lead(index, s, rules)));
    let mut found: FxHashMap<&str, (usize, bool)> = FxHashMap::default();
    for (tokens, leads) in sentences.chain([(above.as_slice(), true)]) {
        for at in (0..tokens.len()).filter(|at| is_name(&tokens[*at]) && !is_shortened(tokens, *at)) {
            let (count, has_led) = found.entry(&tokens[at].norm).or_default();
            (*count, *has_led) = (*count + 1, *has_led || leads);
        }
    }
    found.retain(|word, _| !read.contains(word));
    // A word that is printed small as well is one that the dictionary lacks.
    for token in reading.tokens.iter().filter(|token| !token.is_capitalised()) {
        found.remove(token.norm.as_str());
    }
    let name = |(word, (count, leads)): (&str, _)| Named { folded: word.to_owned(), person: false, count, leads };
    let mut unread: Vec<Named> = found.into_iter().map(name).collect();
    unread.sort_unstable_by(|a, b| a.folded.cmp(&b.folded));
    unread
}

/// The sentences that tell of the document's own event; what stands under a picture may be of another.
pub(super) fn told<'r>(reading: &'r Reading) -> impl Iterator<Item = (usize, &'r Sentence)> {
    reading.sentences.iter().enumerate().filter(|(_, sentence)| sentence.role != Role::Caption)
}

/// Tokens of the last lines above the text that were taken for a date's or for another story's: one may be its headline.
fn headlines_set_aside(reading: &Reading, rules: &SignatureRules) -> Vec<Token> {
    let first = opening(reading).map_or(0, |sentence| sentence.line as usize - 1);
    let above = reading.lines[..first.min(reading.lines.len())].iter().rev();
    let aside = above.filter(|line| !line.span.is_empty() && (line.role == Role::Dateline || line.is_unnamed()));
    aside.take(rules.lines_above).flat_map(|line| tokenize(&reading.document.text, line.span)).collect()
}

/// The first sentence of the text that is one: an outlet's own name above it is none.
pub(super) fn opening<'r>(reading: &'r Reading) -> Option<&'r Sentence> {
    let mut bodies = reading.sentences.iter().filter(|sentence| sentence.role == Role::Body);
    let first = bodies.clone().next();
    bodies.find(|sentence| is_ended(reading, sentence)).or(first)
}

/// Whether a sentence is no row of a table: "Revs 18.9 mln vs 17.2 mln".
fn is_prose(reading: &Reading, sentence: &Sentence, rules: &SignatureRules) -> bool {
    let tokens = reading.tokens_of(sentence);
    let figures = tokens.iter().filter(|token| token.kind == TokenKind::Number).count();
    is_ended(reading, sentence) && figures as f32 <= rules.unread_figures * tokens.len() as f32
}

/// Whether a sentence ends as prose does.
fn is_ended(reading: &Reading, sentence: &Sentence) -> bool {
    let mut marks = reading.tokens_of(sentence).iter().rev().take_while(|token| token.kind == TokenKind::Mark);
    marks.any(|mark| [".", "!", "?"].contains(&mark.norm.as_str()))
}

fn lead<'r>(reading: &'r Reading, rules: &'r SignatureRules) -> impl Iterator<Item = &'r Sentence> {
    let numbered = reading.sentences.iter().enumerate();
    numbered.filter(|(index, sentence)| is_lead(*index, sentence, rules)).map(|(_, sentence)| sentence)
}

/// Whether a sentence is the headline's or one of the first.
pub(super) fn is_lead(index: usize, sentence: &Sentence, rules: &SignatureRules) -> bool {
    index < rules.lead_sentences || sentence.role == Role::Title
}

/// The words of sentences.
pub(super) fn words_of<'r>(reading: &'r Reading, sentences: impl Iterator<Item = &'r Sentence>) -> FxHashSet<&'r str> {
    sentences.flat_map(|sentence| reading.tokens_of(sentence)).map(|t| t.norm.as_str()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::rules::RuleBook;

    #[test]
    fn a_word_with_a_capital_that_no_dictionary_knows_is_a_name() {
        let book = RuleBook::load(None).unwrap();
        let known = (&book.extract.open.stopwords, Lexicon::embedded());
        let read = Entity { kind: EntityKind::Place, name: "Velmar".into(), roles: Vec::new() };
        let check = |text: &str, read: &[(&Entity, usize)], expected: &[&str]| {
            let document = Document { text: text.to_owned(), ..Document::default() };
            let reading = Reading::prose(&document, &book.clean.tables.abbreviations);
            let named = named(&reading, read, known, &book.matching.signature);
            assert_eq!(named.iter().map(|name| name.folded.as_str()).collect::<Vec<_>>(), expected, "{text}");
        };
        for (text, expected) in [
            ("Brestovec slept badly. The wall fell, Hradecova said.", &["velmar", "brestovec", "hradecova"][..]),
            ("Nobody slept. Everyone heard Capt. Hradecova in the EDTV studio.", &["velmar", "hradecova"]),
            ("Revsales 18.9 mln vs 17.2 mln", &["velmar"]),
            ("Revsales 18.9 mln vs 17.2 mln Opernet 22 cts.", &["velmar"]),
            ("Kamenkas were sold. They call cakes kamenkas there.", &["velmar"]),
        ] {
            check(text, &[(&read, 1)], expected);
        }
        check("Operat net excludes a gain.", &[], &[]);
    }
}
