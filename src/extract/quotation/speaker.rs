//! Finds who said a quotation: in the words behind it, in front of it, at the end of its sentence,
//! in the sentence before, or in the quotation before.

mod head;

use std::ops::Range;

use super::marks::Quoted;
use super::speech::{Cue, Firmness, Form, Part};
use super::{Ground, Quotation, QuotationKind, Speaker};
use crate::text::Token;

/// A quotation with what stands around it in its paragraph.
pub struct Neighbourhood<'a> {
    /// The document with the rules.
    pub ground: Ground<'a>,
    /// The marks.
    pub quoted: &'a Quoted,
    /// The sentences of the paragraph.
    pub sentences: Range<usize>,
    /// Where the quotation before it in the paragraph ends.
    pub before: Option<usize>,
    /// True when the quotation before it in the paragraph has a speaker.
    pub told: bool,
    /// Where the next quotation of the paragraph opens, or the paragraph ends.
    pub next: usize,
}

/// A speaker and how it was found.
pub struct Found {
    /// Who.
    pub speaker: Speaker,
    /// The verb.
    pub cue: Option<usize>,
    /// True when the cue stands right beside the quotation.
    pub adjacent: bool,
}

impl<'a> Neighbourhood<'a> {
    /// The speaker, looked for from the surest place to the least sure.
    pub fn find(&self, before: Option<&Quotation>) -> Option<Found> {
        let mut found = self.beside().or_else(|| self.in_sentence(before)).or_else(|| self.carried(before))?;
        if found.speaker.via.is_none() {
            found.speaker.via = self.via(&found);
        }
        Some(found)
    }

    /// The speaker told right behind the quotation or right in front of it.
    pub fn beside(&self) -> Option<Found> {
        let certain = self.leans_on_tail() && !self.is_object();
        let head = || self.head(true);
        if certain { self.tail(true).or_else(head) } else { head().or_else(|| self.tail(false)) }
    }

    /// The speaker told anywhere else in the sentence.
    fn in_sentence(&self, before: Option<&Quotation>) -> Option<Found> {
        self.head(false).or_else(|| self.inherited(before)).or_else(|| self.late()).or_else(|| self.behind_colon())
    }

    /// The tokens of the paragraph.
    pub fn paragraph(&self) -> Range<usize> {
        let all = &self.ground.reading.sentences;
        all[self.sentences.start].tokens.start..all[self.sentences.end - 1].tokens.end
    }

    /// The sentence of the paragraph that holds the token `at`.
    pub fn sentence_of(&self, at: usize) -> usize {
        let all = &self.ground.reading.sentences[self.sentences.clone()];
        let index = all.partition_point(|s| s.tokens.end <= at);
        self.sentences.start + index.min(all.len() - 1)
    }

    /// True when only a cue between commas lies between `first` and this quotation.
    pub fn is_split_from(&self, first: &Quoted) -> bool {
        let between = first.after..self.quoted.open;
        let tokens = &self.ground.reading.tokens[between.clone()];
        let comma = tokens.last().is_some_and(|t| t.is(",") || t.is("-"));
        let leads =
            self.ground.reading.tokens[first.inner.end - 1].is(",") || tokens.first().is_some_and(|t| t.is(","));
        let gerund = tokens.iter().any(|t| self.cue(t).is_some_and(|c| c.form == Form::Gerund));
        let sentence = self.sentence_of(first.after - 1) == self.sentence_of(self.quoted.open);
        comma && leads && !gerund && sentence && tokens.len() <= self.ground.rules.interlude
    }

    fn token(&self, at: usize) -> &'a Token {
        &self.ground.reading.tokens[at]
    }

    fn cue(&self, token: &Token) -> Option<Cue> {
        self.ground.phrases.speech.cue(token)
    }

    /// True when the quotation ends so that its cue should follow: with a comma, `?`, `!`, or
    /// with a comma behind its mark.
    fn leans_on_tail(&self) -> bool {
        let last = self.token(self.quoted.inner.end - 1);
        let behind = self.quoted.after < self.next && self.token(self.quoted.after).is(",");
        matches!(last.norm.as_str(), "," | "?" | "!" | "-" | "\u{2026}") || behind
    }

    /// "what Doe called “…”": the verb stands right in front.
    fn is_object(&self) -> bool {
        let open = self.quoted.open;
        open > self.head_start() && self.cue(self.token(open - 1)).is_some()
    }

    /// What stands between the quotation and the end of its sentence. A sentence of its own
    /// ("“Who?” Doe asked.") belongs to it when it is no more than a cue.
    fn tail_range(&self) -> Range<usize> {
        let after = self.quoted.after;
        let here = self.sentence_of(after - 1);
        let end = self.near(after - 1).end;
        if after < end || here + 1 >= self.sentences.end {
            return after..end.min(self.next).max(after);
        }
        let stopped = self.token(self.quoted.inner.end - 1).is(".");
        if stopped && self.before.is_some() {
            return after..after;
        }
        let next = after..self.near(after).end.min(self.next);
        if self.is_bare_cue(next.clone()) { next } else { after..after }
    }

    /// True for "Doe asked." and "Doe said in a statement.": nothing is left to be reported.
    fn is_bare_cue(&self, range: Range<usize>) -> bool {
        let Some(cue) = range.clone().find(|&i| self.is_finite(i)) else { return false };
        let short = cue - range.start <= self.ground.rules.bare_cue && cue > range.start;
        let rest = self.ground.reading.tokens[cue + 1..range.end].first();
        short
            && rest
                .is_none_or(|t| matches!(t.norm.as_str(), "." | "," | "in" | "on" | "at" | "to" | "during" | "after"))
    }

    fn is_finite(&self, at: usize) -> bool {
        self.verb(at).is_some_and(|c| c.form != Form::Gerund)
    }

    /// True for "Doe's report", "their hopes": a noun that reports, with its owner in front.
    fn is_noun(&self, at: usize) -> bool {
        self.cue(self.token(at)).is_some_and(|cue| matches!(cue.form, Form::Base | Form::Present))
            && self.verb(at).is_none()
    }

    fn verb(&self, at: usize) -> Option<Cue> {
        self.ground.phrases.speech.verb(self.ground.phrases.tokens, at)
    }

    fn sentence_start(&self, at: usize) -> usize {
        self.near(at).start
    }

    /// The sentence of the token `at`, as far as it is looked over.
    fn near(&self, at: usize) -> Range<usize> {
        let sentence = &self.ground.reading.sentences[self.sentence_of(at)].tokens;
        let window = self.ground.phrases.speech.window;
        sentence.start.max(at.saturating_sub(window))..sentence.end.min(at + window)
    }

    /// "…," said Doe · "…," Doe said · "…," according to Doe.
    fn tail(&self, certain: bool) -> Option<Found> {
        let range = self.tail_range();
        let skip = |t: &Token| matches!(t.norm.as_str(), "," | "-" | "as");
        let start = range.clone().find(|&i| !skip(self.token(i)))?;
        if let Some(found) = self.according(start, range.end) {
            return Some(found);
        }
        if self.is_finite(start) && self.tells(start, certain) {
            let speaker = self.ground.phrases.after(start + 1, range.end)?;
            return Some(Found { speaker, cue: Some(start), adjacent: true });
        }
        self.subject_first(start, range.end, certain)
    }

    /// "according to Doe" at `at`.
    fn according(&self, at: usize, end: usize) -> Option<Found> {
        let here = at + 2 < end && self.token(at).is("according") && self.token(at + 1).is("to");
        let speaker = here.then(|| self.ground.phrases.after(at + 2, end))??;
        Some(Found { speaker, cue: Some(at), adjacent: true })
    }

    /// "Doe, the mayor of the town, said": the first verb of the tail, its subject at the front.
    fn subject_first(&self, start: usize, end: usize, certain: bool) -> Option<Found> {
        let bounds = [Part::Break, Part::Link, Part::Auxiliary, Part::Relative];
        if self.ground.phrases.speech.is_any(self.token(start), &bounds) {
            return None;
        }
        let end = end.min(start + self.ground.phrases.speech.reach);
        let cue = (start + 1..end).find(|&i| self.is_finite(i) && self.tells(i, certain))?;
        let speaker = self.ground.phrases.before(cue, start).or_else(|| self.ground.phrases.after(start, cue))?;
        let near = certain || speaker.tokens.start <= start + 2;
        near.then_some(Found { speaker, cue: Some(cue), adjacent: true })
    }

    /// A verb that reports speech beside marks only is believed where the marks ask for one.
    fn tells(&self, at: usize, certain: bool) -> bool {
        certain || self.cue(self.token(at)).is_some_and(|c| c.firmness != Firmness::BesideMarks)
    }

    /// Where the head of this quotation begins: behind the quotation before, or with the sentence.
    fn head_start(&self) -> usize {
        let start = self.sentence_start(self.quoted.open);
        let before = self.before.filter(|_| self.told);
        before.map_or(start, |before| before.max(start)).min(self.quoted.open)
    }

    /// The speaker of the quotation before it in the same sentence.
    fn inherited(&self, before: Option<&Quotation>) -> Option<Found> {
        let here = self.before.is_some_and(|b| b > self.sentence_start(self.quoted.open));
        self.from(before.filter(|_| here)?)
    }

    fn from(&self, before: &Quotation) -> Option<Found> {
        let speaker = before.speaker.clone()?;
        Some(Found { speaker, cue: before.cue, adjacent: false })
    }

    /// "…, Doe said." at the end of the sentence.
    fn late(&self) -> Option<Found> {
        let range = self.quoted.after..self.near(self.quoted.after - 1).end;
        for at in range.clone().rev() {
            if let Some(found) = self.according(at, range.end) {
                return Some(Found { adjacent: false, ..found });
            }
            let comma = |i: usize| i > range.start && matches!(self.token(i - 1).norm.as_str(), "," | "-" | "\"");
            if !self.is_finite(at) || !self.tells(at, false) {
                continue;
            }
            let inverted = comma(at).then(|| self.ground.phrases.after(at + 1, range.end)).flatten();
            let speaker =
                inverted.or_else(|| self.ground.phrases.before(at, range.start).filter(|s| comma(s.tokens.start)));
            if let Some(speaker) = speaker {
                return Some(Found { speaker, cue: Some(at), adjacent: false });
            }
        }
        None
    }

    /// "Doe was blunt: “…".
    fn behind_colon(&self) -> Option<Found> {
        let open = self.quoted.open;
        let floor = self.head_start();
        let colon = open > floor && self.token(open - 1).is(":");
        let speaker = colon.then(|| self.ground.phrases.subject(floor, open - 1))??;
        Some(Found { speaker, cue: None, adjacent: true })
    }

    /// A quotation that stands alone: the speaker of the one before it, or the subject of the
    /// sentence before it.
    fn carried(&self, before: Option<&Quotation>) -> Option<Found> {
        if !self.stands_alone() || self.kind(false) == QuotationKind::Scare {
            return None;
        }
        let here = self.sentence_of(self.quoted.open);
        let earlier = here.checked_sub(1)?;
        let sentence = self.ground.reading.sentences[earlier].tokens.clone();
        let sentence = sentence.start.max(sentence.end.saturating_sub(self.ground.phrases.speech.window))..sentence.end;
        if let Some(before) = before.filter(|b| b.parts.last().is_some_and(|p| p.end > sentence.start)) {
            return self.from(before);
        }
        self.told_in(sentence)
    }

    /// True when nothing, or no more than "Instead," stands before the quotation in its sentence.
    fn stands_alone(&self) -> bool {
        let head = &self.ground.reading.tokens[self.head_start()..self.quoted.open];
        let speech = self.ground.phrases.speech;
        self.starts_sentence() || head.iter().all(|t| t.is(",") || speech.is_adverb(t) || speech.is(t, Part::Break))
    }

    /// The speaker that the sentence before tells of: the subject of its last cue, or its own.
    fn told_in(&self, sentence: Range<usize>) -> Option<Found> {
        let tells = |i: &usize| self.is_finite(*i) && self.tells(*i, false) && !self.is_passive(*i, sentence.start);
        let says = |i: &usize| tells(i) && self.cue(self.token(*i)).is_some_and(|c| c.firmness == Firmness::Say);
        let cue = sentence.clone().rev().find(says).or_else(|| sentence.clone().rev().find(tells));
        let told = cue.and_then(|at| self.ground.phrases.before(at, sentence.start));
        let subject = || {
            let subject = self.ground.phrases.subject(sentence.start, sentence.end)?;
            (subject.pronoun || self.ground.phrases.is_named(subject.tokens.clone())).then_some(subject)
        };
        let speaker = told.or_else(subject)?;
        Some(Found { speaker, cue: None, adjacent: false })
    }

    /// "…, Doe said, according to the daily."
    fn via(&self, found: &Found) -> Option<Range<usize>> {
        let cue = found.cue.filter(|&cue| cue >= self.quoted.after)?;
        let end = self.near(cue.min(self.paragraph().end - 1)).end;
        (cue + 1..end).find_map(|at| self.according(at, end)).map(|f| f.speaker.tokens)
    }
}
