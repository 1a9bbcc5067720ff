//! Speech reported without marks: who is said to say it, with which verb, and the clause said.

use std::ops::Range;

use compact_str::CompactString;
use rustc_hash::FxHashSet;
use serde::Deserialize;

use super::quotation::phrase::Phrases;
use super::quotation::speech::{Cue, Firmness, Form, Part, Speech};
use crate::claim::Modality;
use crate::reading::{Reading, Sentence};
use crate::text::{Token, TokenKind};

/// A clause that a document tells as said, known or believed by somebody.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribution {
    /// Index of its sentence.
    pub sentence: usize,
    /// The tokens that name who says it: "officials", "Doe", "the daily"; "it" where nobody is.
    pub source: Range<usize>,
    /// The token of the verb, or "according".
    pub cue: usize,
    /// The tokens of the clause. Around the source where that stands inside it ("The dam, Doe
    /// said, held").
    pub content: Range<usize>,
    /// What the verb makes of the clause: "said" reported, "believes" hedged, "vowed" planned,
    /// "denied" denied.
    pub firmness: Modality,
}

/// The table `[attribution]` of `rules/extract.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// What is found.
    pub about: String,
    /// Sentences with reported speech.
    pub fires: Vec<String>,
    /// Sentences without.
    pub silent: Vec<String>,
    /// Nouns behind "according to" that are nobody: "plan".
    pub nobody: FxHashSet<CompactString>,
}

/// All reported speech of a document, in the order of the text.
pub fn attributions(reading: &Reading, speech: &Speech, rules: &Rules) -> Vec<Attribution> {
    let phrases = Phrases { tokens: &reading.tokens, speech };
    let mut found = Vec::new();
    for (index, sentence) in reading.sentences.iter().enumerate() {
        let clause = Clause { phrases, rules, index, sentence };
        clause.collect(&mut found);
    }
    found
}

/// A sentence searched for reported speech.
struct Clause<'r> {
    phrases: Phrases<'r>,
    rules: &'r Rules,
    index: usize,
    sentence: &'r Sentence,
}

impl Clause<'_> {
    fn collect(&self, found: &mut Vec<Attribution>) {
        let mut floor = self.sentence.tokens.start;
        for at in self.sentence.tokens.clone() {
            let token = self.token(at);
            if token.kind != TokenKind::Word {
                continue;
            }
            let attribution = if token.is("according") { self.according(at) } else { self.reported(at, floor) };
            if let Some(attribution) = attribution {
                floor = at + 1;
                found.push(attribution);
            }
        }
    }

    fn token(&self, at: usize) -> &Token {
        &self.phrases.tokens[at]
    }

    /// One past the sentence's words: its final mark is no part of a clause.
    fn end(&self) -> usize {
        let range = self.sentence.tokens.clone();
        let wordlike = |i: &usize| self.token(*i).is_wordlike();
        range.clone().rev().find(wordlike).map_or(range.end, |i| i + 1)
    }

    fn make(&self, source: Range<usize>, cue: usize, content: Range<usize>, firmness: Modality) -> Option<Attribution> {
        let enough = content.len() >= 2;
        enough.then_some(Attribution { sentence: self.index, source, cue, content, firmness })
    }

    /// "According to Doe, …" and "…, according to Doe".
    fn according(&self, at: usize) -> Option<Attribution> {
        let end = self.end();
        let follows = at + 2 < end && self.token(at + 1).is("to");
        let source = follows.then(|| self.phrases.after(at + 2, end))??.tokens;
        if self.rules.nobody.contains(&self.token(source.end - 1).norm) {
            return None;
        }
        let start = self.sentence.tokens.start;
        let content = if at == start { self.past_comma(source.end, end)..end } else { self.clause_before(at)..at };
        self.make(source, at, self.trimmed(content), Modality::Reported)
    }

    /// The token behind the next comma, or `from` itself.
    fn past_comma(&self, from: usize, end: usize) -> usize {
        (from..end).find(|&i| self.token(i).is(",")).map_or(from, |comma| comma + 1)
    }

    /// Where the clause begins that ends before `at`: behind a semicolon or colon, or with the
    /// sentence.
    fn clause_before(&self, at: usize) -> usize {
        let start = self.sentence.tokens.start;
        let bound = |i: &usize| matches!(self.token(*i).norm.as_str(), ";" | ":");
        (start..at).rev().find(bound).map_or(start, |i| i + 1)
    }

    /// Drops commas and dashes at both ends.
    fn trimmed(&self, mut range: Range<usize>) -> Range<usize> {
        let loose = |i: usize| matches!(self.token(i).norm.as_str(), "," | "-" | ":" | ";");
        while !range.is_empty() && loose(range.start) {
            range.start += 1;
        }
        while !range.is_empty() && loose(range.end - 1) {
            range.end -= 1;
        }
        range
    }

    fn reported(&self, at: usize, floor: usize) -> Option<Attribution> {
        let cue = self.phrases.speech.cue(self.token(at))?;
        if cue.firmness == Firmness::BesideMarks || self.is_noun(at, cue) {
            return None;
        }
        let content = self.content_after(at, cue);
        match content {
            Some(content) => self.leading(at, cue, floor, content),
            None => self.trailing(at, cue, floor),
        }
    }

    /// "the report", "their claims", "reported cases".
    fn is_noun(&self, at: usize, cue: Cue) -> bool {
        let before = (at > self.sentence.tokens.start).then(|| self.token(at - 1));
        let determined = before.is_some_and(|t| {
            t.kind == TokenKind::Possessive || self.phrases.speech.is(t, Part::Determiner) || t.is("of")
        });
        determined || cue.form != Form::Past && self.token(at).is_capitalised()
    }

    /// "Doe said (that) …".
    fn leading(&self, at: usize, cue: Cue, floor: usize, content: Range<usize>) -> Option<Attribution> {
        let source = match cue.form {
            Form::Gerund => self.phrases.subject(self.sentence.tokens.start, at),
            _ => self.phrases.before(at, floor),
        }?;
        if self.is_marked(content.start) {
            return None;
        }
        self.make(source.tokens, at, self.trimmed(content), firmness(cue, self.is_negated(at)))
    }

    /// True when a mark opens at or right before `at`: a quotation, and no reported speech.
    fn is_marked(&self, at: usize) -> bool {
        let quote =
            |i: usize| self.token(i).kind == TokenKind::Mark && matches!(self.token(i).norm.as_str(), "\"" | "'");
        quote(at)
    }

    /// The clause behind the cue: behind "that", or bare behind a verb of saying.
    fn content_after(&self, at: usize, cue: Cue) -> Option<Range<usize>> {
        let end = self.end();
        let near = (at + 1..end.min(at + 10)).take_while(|&i| !matches!(self.token(i).norm.as_str(), ";" | "\""));
        for i in near {
            match self.token(i).norm.as_str() {
                "that" | "whether" => return Some(i + 1..end),
                "," if i > at + 1 || !self.parenthesis(i, end) => break,
                _ => {}
            }
        }
        let start = self.past_receiver(at + 1, end);
        let bare = start < end && self.begins_clause(start, cue);
        bare.then_some(start..end)
    }

    /// "said, however, that": a comma that opens a parenthesis closed within a few words.
    fn parenthesis(&self, comma: usize, end: usize) -> bool {
        (comma + 1..end.min(comma + 6)).any(|i| self.token(i).is(","))
    }

    /// Skips whom and when it was told: "on Monday", "reporters", "in a statement".
    fn past_receiver(&self, mut at: usize, end: usize) -> usize {
        for _ in 0..3 {
            let Some(token) = (at < end).then(|| self.token(at)) else { break };
            if self.phrases.speech.is(token, Part::Time) || self.phrases.speech.is_adverb(token) {
                at += 1;
            } else if self.phrases.speech.is(token, Part::Link) && at + 1 < end {
                at = self.phrases.beginning(at + 1, end).map_or(at + 1, |phrase| phrase.end.min(at + 4));
            } else {
                break;
            }
        }
        at
    }

    /// True when a clause or an object of the verb begins at `start`.
    fn begins_clause(&self, start: usize, cue: Cue) -> bool {
        let token = self.token(start);
        let small = self.phrases.speech.is_any(token, &[Part::Break, Part::Link, Part::Relative]);
        let subject = token.is_wordlike() && !small;
        match cue.firmness {
            Firmness::Say | Firmness::Doubt => subject,
            Firmness::Deny | Firmness::State => subject && cue.form != Form::Base,
            Firmness::Intend => subject || token.is("to"),
            Firmness::BesideMarks => false,
        }
    }

    /// "…, Doe said." and "…, said Doe."
    fn trailing(&self, at: usize, cue: Cue, floor: usize) -> Option<Attribution> {
        let end = self.end();
        let start = self.sentence.tokens.start;
        let comma = |i: usize| i > start && self.token(i - 1).is(",");
        let inverted = comma(at).then(|| self.phrases.after(at + 1, end)).flatten();
        let source = inverted.or_else(|| self.phrases.before(at, floor).filter(|s| comma(s.tokens.start)))?;
        let stop = source.tokens.start.min(at);
        let content = self.trimmed(self.clause_before(stop)..stop);
        if content.is_empty() || self.is_marked(content.end - 1) || cue.form == Form::Gerund {
            return None;
        }
        self.make(source.tokens, at, content, firmness(cue, self.is_negated(at)))
    }

    /// True for "did not say", "never confirmed", "declined to confirm".
    fn is_negated(&self, at: usize) -> bool {
        let from = at.saturating_sub(3).max(self.sentence.tokens.start);
        let negator =
            |t: &Token| matches!(t.norm.as_str(), "not" | "never" | "nor" | "neither") || t.norm.ends_with("n't");
        self.phrases.tokens[from..at].iter().any(negator)
    }
}

/// What a verb makes of its clause; negated, nothing is vouched for.
fn firmness(cue: Cue, negated: bool) -> Modality {
    match cue.firmness {
        _ if negated => Modality::Hedged,
        Firmness::Say | Firmness::State | Firmness::BesideMarks => Modality::Reported,
        Firmness::Doubt => Modality::Hedged,
        Firmness::Intend => Modality::Planned,
        Firmness::Deny => Modality::Denied,
    }
}
