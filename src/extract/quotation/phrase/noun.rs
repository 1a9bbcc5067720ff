//! Where a noun phrase begins and ends, by the words that cannot stand in one.

use std::ops::Range;

use super::Phrases;
use crate::extract::quotation::speech::{Form, Part};
use crate::text::{Token, TokenKind};

impl Phrases<'_> {
    /// The phrase whose last token is `end - 1`; of "a man who saw the crash", "a man".
    pub(super) fn ending(&self, end: usize, floor: usize) -> Option<Range<usize>> {
        let start = self.start_of(end, floor);
        let Some(who) = self.relative_before(start, floor) else { return self.phrase(start, end) };
        let comma = who > floor + 1 && self.tokens[who - 1].is(",");
        let end = if comma { who - 1 } else { who };
        self.phrase(self.start_of(end, floor), end)
    }

    /// Where the phrase begins whose last token is `end - 1`, with what is linked to it.
    pub(super) fn start_of(&self, end: usize, floor: usize) -> usize {
        if end > floor && self.speech.is(&self.tokens[end - 1], Part::Pronoun) {
            return end - 1;
        }
        let mut start = self.chunk_start(end, floor);
        while start < end && start > floor + 1 && self.may_link(start - 1) {
            let left = self.chunk_start(start - 1, floor);
            if left == start - 1 {
                break;
            }
            start = left;
        }
        start
    }

    /// The "who" of a relative clause that runs up to `start`: "a man who saw the crash".
    pub(super) fn relative_before(&self, start: usize, floor: usize) -> Option<usize> {
        let least = floor.max(start.saturating_sub(self.speech.relative));
        let bounds = |t: &Token| t.kind == TokenKind::Mark || t.is("that") || t.is("and") || t.is("but");
        let run = (least + 1..start).rev().take_while(|&i| !bounds(&self.tokens[i]));
        run.into_iter().find(|&i| self.speech.is(&self.tokens[i], Part::Relative))
    }

    /// A phrase holds a word; numbers and marks alone name nobody.
    pub(super) fn phrase(&self, start: usize, end: usize) -> Option<Range<usize>> {
        let start = self.trim(start, end);
        self.tokens[start..end].iter().any(|t| t.kind == TokenKind::Word).then_some(start..end)
    }

    /// A linking preposition, or "and" between two names.
    pub(super) fn may_link(&self, at: usize) -> bool {
        let pair = |i: usize| self.tokens[i].is_capitalised();
        self.speech.is(&self.tokens[at], Part::Link)
            || self.tokens[at].is("and") && pair(at - 1) && pair(at + 1)
            || self.tokens[at].is("and") && self.speech.is(&self.tokens[at + 1], Part::Determiner)
    }

    pub(super) fn chunk_start(&self, end: usize, floor: usize) -> usize {
        let mut start = end;
        while start > floor && self.is_nominal(start - 1) {
            start -= 1;
            let determiner = self.speech.is(&self.tokens[start], Part::Determiner);
            let more = start > floor && self.speech.is(&self.tokens[start - 1], Part::Determiner);
            if determiner && !more {
                break;
            }
        }
        start
    }

    /// Drops adverbs and marks at the front: "Still Doe", ". Doe".
    pub(super) fn trim(&self, mut start: usize, end: usize) -> usize {
        let loose = |t: &Token| {
            t.kind == TokenKind::Possessive || t.kind == TokenKind::Mark || {
                self.speech.is_adverb(t) && !self.speech.is_any(t, &[Part::Title, Part::Determiner])
            }
        };
        while start < end && loose(&self.tokens[start]) {
            start += 1;
        }
        start
    }

    /// True for what a noun phrase is made of.
    pub(super) fn is_nominal(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        match token.kind {
            TokenKind::Number | TokenKind::Possessive => true,
            TokenKind::Mark => self.is_inner_mark(at),
            TokenKind::Word => self.is_noun_like(token),
        }
    }

    pub(super) fn is_noun_like(&self, token: &Token) -> bool {
        let bounds = [Part::Break, Part::Relative, Part::Link, Part::Pronoun];
        if self.speech.is_any(token, &bounds) {
            return false;
        }
        if token.is_capitalised() {
            return !self.speech.is(token, Part::Time);
        }
        let verb = self.speech.cue(token).is_some_and(|cue| cue.form == Form::Past);
        !verb && !self.speech.is_any(token, &[Part::Auxiliary, Part::Time]) || token.is("this")
    }

    /// `St.` `J.` `-` `&` inside a name.
    pub(super) fn is_inner_mark(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        match token.norm.as_str() {
            "." => at > 0 && self.tokens[at - 1].is_capitalised() && self.tokens[at - 1].norm.len() <= 5,
            "-" | "&" | "/" | "@" | "#" | "$" | "%" => true,
            _ => false,
        }
    }

    /// The phrase whose first token is `start`.
    pub fn beginning(&self, start: usize, ceil: usize) -> Option<Range<usize>> {
        if start >= ceil {
            return None;
        }
        if self.speech.is(&self.tokens[start], Part::Pronoun) {
            return Some(start..start + 1);
        }
        let ceil = ceil.min(start + self.speech.reach);
        let mut end = self.chunk_end(start, ceil);
        let named = self.is_named(start..end);
        while end > start && end + 1 < ceil && self.may_go_on(end, named) {
            let right = self.chunk_end(end + 1, ceil);
            if right == end + 1 {
                break;
            }
            end = right;
        }
        self.phrase(start, end)
    }

    /// True when the phrase before `at` goes on behind it: "of", "for the port", "and Roe".
    pub(super) fn may_go_on(&self, at: usize, named: bool) -> bool {
        let next = &self.tokens[at + 1];
        match self.tokens[at].norm.as_str() {
            "of" => true,
            "for" | "at" | "with" | "from" => !named && !self.speech.is(next, Part::Time),
            "in" => !named && next.is_capitalised() && !self.speech.is(next, Part::Time),
            "and" => next.is_capitalised() && self.tokens[at - 1].is_capitalised(),
            _ => false,
        }
    }

    pub(super) fn chunk_end(&self, start: usize, ceil: usize) -> usize {
        let mut end = start;
        let mut named = false;
        while end < ceil && self.is_nominal(end) {
            let token = &self.tokens[end];
            let determiner = self.speech.is(token, Part::Determiner) && !token.is_capitalised();
            let full_stop = token.is(".") && !(end + 1 < ceil && self.tokens[end + 1].is_capitalised());
            if end > start && (determiner || full_stop) || named && self.speech.is_adverb(token) {
                break;
            }
            named |= token.is_capitalised() && !self.speech.is(token, Part::Determiner);
            end += 1;
        }
        end
    }
}
