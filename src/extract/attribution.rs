//! Speech reported without marks: who is said to say it, with which verb, and the clause said.

mod clause;

use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;

use super::quotation::Quotation;
use super::quotation::phrase::Phrases;
use super::quotation::speech::{Cue, Firmness, Form, Part, Speech};
use crate::claim::Modality;
use crate::reading::{Reading, Sentence};
use crate::rules::Words;
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
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// What is found.
    pub about: String,
    /// Sentences with reported speech.
    pub fires: Vec<String>,
    /// Sentences without.
    pub silent: Vec<String>,
    /// Nouns behind "according to" that are nobody: "plan".
    pub nobody: Words,
    /// Verbs that take a hearer before the clause: "told the court that".
    pub with_hearer: Words,
    /// Verbs that take a noun in place of a clause: "denied the charge".
    pub with_object: Words,
    /// Tokens within which a clause without "that" shows a finite verb.
    pub clause_reach: usize,
}

/// All reported speech of a document outside `quotations`, in the order of the text.
pub fn attributions(reading: &Reading, quotations: &[Quotation], speech: &Speech, rules: &Rules) -> Vec<Attribution> {
    let phrases = Phrases { tokens: &reading.tokens, speech };
    let mut quoted = quotations.iter().flat_map(|q| q.parts.iter().cloned()).peekable();
    let mut found = Vec::new();
    for (index, sentence) in reading.sentences.iter().enumerate() {
        while quoted.peek().is_some_and(|part| part.end <= sentence.tokens.start) {
            quoted.next();
        }
        let clause = Clause { phrases, rules, index, sentence };
        clause.collect(quoted.clone(), &mut found);
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
    /// Walks the sentence; what stands in `quoted` ranges is somebody's own words.
    fn collect(&self, quoted: impl Iterator<Item = Range<usize>>, found: &mut Vec<Attribution>) {
        let mut floor = self.sentence.tokens.start;
        let mut quoted = quoted.peekable();
        for at in self.sentence.tokens.clone() {
            while quoted.peek().is_some_and(|part| part.end <= at) {
                quoted.next();
            }
            let token = self.token(at);
            if token.kind != TokenKind::Word || quoted.peek().is_some_and(|part| part.contains(&at)) {
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
        if self.rules.nobody.contains(self.token(source.end - 1).norm.as_str()) {
            return None;
        }
        let start = self.sentence.tokens.start;
        let content = if at == start { self.past_comma(source.end, end)..end } else { self.clause_before(at)..at };
        let content = self.trimmed(content);
        let told = !content.is_empty() && self.phrases.speech.cue(self.token(content.end - 1)).is_some();
        if told { None } else { self.make(source, at, content, Modality::Reported) }
    }

    /// The token behind the next comma, or `from` itself.
    fn past_comma(&self, from: usize, end: usize) -> usize {
        (from..end).find(|&i| self.token(i).is(",")).map_or(from, |comma| comma + 1)
    }

    /// The first token of the sentence, as far as it is looked over from `at`.
    fn near(&self, at: usize) -> usize {
        self.sentence.tokens.start.max(at.saturating_sub(self.phrases.speech.window))
    }

    /// Where the clause begins that ends before `at`: behind a semicolon or colon, or with the
    /// sentence.
    fn clause_before(&self, at: usize) -> usize {
        let start = self.near(at);
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
        let cue = self.phrases.speech.verb(self.phrases.tokens, at)?;
        let start = self.sentence.tokens.start;
        let passive = self.phrases.speech.is_passive(self.phrases.tokens, at, start);
        let nobody = self.phrases.tokens[start.max(at.saturating_sub(4))..at].iter().any(|t| t.is("it"));
        if cue.firmness == Firmness::BesideMarks || passive && !nobody {
            return None;
        }
        let content = self.content_after(at, cue);
        match content {
            Some(content) => self.leading(at, cue, floor, content),
            None => self.trailing(at, cue, floor),
        }
    }

    /// "Doe said (that) …".
    fn leading(&self, at: usize, cue: Cue, floor: usize, content: Range<usize>) -> Option<Attribution> {
        let infinitive = cue.form == Form::Base && at > floor && self.token(at - 1).is("to");
        let source = match cue.form {
            Form::Gerund => self.phrases.subject(self.near(at), at),
            _ if infinitive => self.phrases.subject(floor.max(self.near(at)), at),
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

    /// "…, Doe said." and "…, said Doe."
    fn trailing(&self, at: usize, cue: Cue, floor: usize) -> Option<Attribution> {
        let end = self.end();
        let start = self.sentence.tokens.start;
        let comma = |i: usize| i > start && self.token(i - 1).is(",");
        let inverted = comma(at).then(|| self.phrases.after(at + 1, end)).flatten();
        let bounds = [Part::Link, Part::Time, Part::Break];
        let last = at + 1 >= end
            || !self.token(at + 1).is_wordlike()
            || self.phrases.speech.is_any(self.token(at + 1), &bounds);
        if inverted.is_none() && !last {
            return None;
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::quotation::{self, quotations, testing};
    use proptest::prelude::*;
    use std::sync::LazyLock;

    static RULES: LazyLock<(Speech, quotation::Rules, Rules)> =
        LazyLock::new(|| (testing::rules("speech"), testing::rules("quotation"), testing::rules("attribution")));

    /// "source | cue | content | firmness" of every attribution.
    fn told(text: &str) -> Vec<String> {
        let document = testing::document(text);
        let reading = testing::reading(&document);
        let (speech, quotation, attribution) = &*RULES;
        let quoted = quotations(&reading, speech, quotation);
        let print = |range: Range<usize>| reading.text(reading.span_of(range));
        let show = |a: &Attribution| {
            let cue = print(a.cue..a.cue + 1);
            format!("{} | {cue} | {} | {:?}", print(a.source.clone()), print(a.content.clone()), a.firmness)
        };
        attributions(&reading, &quoted, speech, attribution).iter().map(show).collect()
    }

    #[test]
    fn finds_source_and_clause() {
        for (text, expected) in [
            ("Officials said that the dam held.", "Officials | said | the dam held | Reported"),
            ("Officials said the dam had held.", "Officials | said | the dam had held | Reported"),
            ("The dam held, officials said.", "officials | said | The dam held | Reported"),
            ("The dam held, said Ana Ruiz, the mayor.", "Ana Ruiz | said | The dam held | Reported"),
            ("According to the daily, the dam held.", "the daily | According | the dam held | Reported"),
            (
                "According to experts, Northland has ten dams, two of them old.",
                "experts | According | Northland has ten dams, two of them old | Reported",
            ),
            ("The dam held, according to the army.", "the army | according | The dam held | Reported"),
            ("The firm confirmed that it had lost money.", "The firm | confirmed | it had lost money | Reported"),
            ("The firm denied that it had lost money.", "The firm | denied | it had lost money | Denied"),
            ("The firm denied the charges on Monday.", "The firm | denied | the charges on Monday | Denied"),
            ("Experts believe that the dam will break.", "Experts | believe | the dam will break | Hedged"),
            ("The union vowed to strike again.", ""),
            ("It was reported that the dam had failed.", "It | reported | the dam had failed | Reported"),
            (
                "Ana Ruiz, the mayor, told the council on Monday that the dam held.",
                "Ana Ruiz | told | the dam held | Reported",
            ),
            ("He told her that the dam held.", "He | told | the dam held | Reported"),
            ("The army has not confirmed that the dam held.", "The army | confirmed | the dam held | Hedged"),
            ("The team found a new dam.", ""),
            ("She added a goal and won.", ""),
            ("The visit is expected to include a dinner.", ""),
            ("“The dam held,” Ruiz said.", ""),
            ("“I think that the dam held,” Ruiz said.", ""),
            ("The report was long.", ""),
            ("The mayor left, saying that the dam held.", "The mayor | saying | the dam held | Reported"),
        ] {
            assert_eq!(told(text).join(" ; "), expected, "{text}");
        }
    }

    #[test]
    fn examples_of_the_rules() {
        let rules: Rules = testing::rules("attribution");
        let speech: Speech = testing::rules("speech");
        assert!(!rules.about.is_empty());
        for text in rules.fires.iter().chain(&speech.fires) {
            assert!(!told(text).is_empty(), "{text}");
        }
        for text in rules.silent.iter().chain(&speech.silent) {
            assert!(told(text).is_empty(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(words in prop::collection::vec("[“”\",:()-]|said|denied|told|that|who|the|and|to|it|was|according to|Doe|\\PC{0,3}", 0..30)) {
            told(&words.join(" "));
        }
    }
}
