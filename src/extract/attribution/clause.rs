//! Where the reported clause begins behind its verb.

use std::ops::Range;

use super::Clause;
use crate::extract::quotation::speech::{Cue, Firmness, Part};
use crate::text::{Token, TokenKind};

impl Clause<'_> {
    /// The clause behind the cue: behind "that", bare, or a noun in its place.
    pub(super) fn content_after(&self, at: usize, cue: Cue) -> Option<Range<usize>> {
        let end = self.end();
        let start = self.past_receiver(self.past_parenthesis(self.past_hearer(at, end), end), end);
        let first = (start < end).then(|| self.token(start))?;
        if matches!(first.norm.as_str(), "that" | "whether") {
            return (start + 1 < end).then_some(start + 1..end);
        }
        let object = self.rules.with_object.contains(self.token(at).norm.as_str()) && start == at + 1;
        let bare = self.may_begin(first) && (object || self.is_clause(start, end, cue));
        bare.then_some(start..end)
    }

    /// "told the court".
    pub(super) fn past_hearer(&self, at: usize, end: usize) -> usize {
        let hearer = self.rules.with_hearer.contains(self.token(at).norm.as_str());
        let starts_clause = at + 1 < end && self.phrases.speech.is(self.token(at + 1), Part::Pronoun);
        let phrase = (hearer && !starts_clause).then(|| self.phrases.beginning(at + 1, end)).flatten();
        let object = |i: usize| i < end && matches!(self.token(i).norm.as_str(), "him" | "her" | "them" | "me" | "us");
        match phrase {
            _ if hearer && object(at + 1) => at + 2,
            Some(phrase) => phrase.end,
            None => at + 1,
        }
    }

    /// "said, however, that": the parenthesis.
    pub(super) fn past_parenthesis(&self, at: usize, end: usize) -> usize {
        let opens = at < end && self.token(at).is(",");
        let close = (at + 1..end.min(at + 6)).find(|&i| self.token(i).is(","));
        close.filter(|_| opens).map_or(at, |i| i + 1)
    }

    /// True for what may begin a clause or its subject.
    pub(super) fn may_begin(&self, token: &Token) -> bool {
        let bounds = [Part::Break, Part::Link, Part::Relative];
        token.is_wordlike() && !self.phrases.speech.is_any(token, &bounds)
    }

    /// True when a finite verb shows near the front, as after a verb that takes a bare clause.
    pub(super) fn is_clause(&self, start: usize, end: usize, cue: Cue) -> bool {
        let takes = matches!(cue.firmness, Firmness::Say | Firmness::Doubt | Firmness::Deny);
        let near = &self.phrases.tokens[start + 1..end.min(start + self.rules.clause_reach).max(start + 1)];
        let finite = |t: &Token| {
            let past = t.norm.ends_with("ed") && t.norm.len() > 3;
            past || t.norm.ends_with("n't") || self.phrases.speech.is(t, Part::Auxiliary) && !t.is("to") && !t.is("on")
        };
        let pronoun = self.phrases.speech.is(self.token(start), Part::Pronoun);
        takes && (pronoun || near.iter().take_while(|t| t.kind != TokenKind::Mark || t.is("-")).any(finite))
    }

    /// Skips whom and when it was told: "on Monday", "reporters", "in a statement".
    pub(super) fn past_receiver(&self, mut at: usize, end: usize) -> usize {
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
}
