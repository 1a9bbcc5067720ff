//! The cue in front of a quotation, and its subject.

use super::{Found, Neighbourhood};
use crate::extract::quotation::Speaker;
use crate::extract::quotation::speech::{Cue, Firmness, Form, Part};
use crate::text::{Token, TokenKind};

impl Neighbourhood<'_> {
    /// "Doe said: “…", "Doe, adding that “…": the nearest cue in front. With `close`, only
    /// what bridges a cue and its quotation may stand between them.
    pub(super) fn head(&self, close: bool) -> Option<Found> {
        let floor = self.head_start();
        let open = self.quoted.open;
        let least = floor.max(open.saturating_sub(self.ground.phrases.speech.reach));
        for at in (least..open).rev() {
            if let Some(found) = self.according(at, open) {
                return Some(found);
            }
            if self.cue(self.token(at)).is_some_and(|cue| self.reaches(cue, at)) {
                let adjacent = self.bridges(at + 1, open);
                if close && !adjacent {
                    return None;
                }
                if let Some((speaker, cue)) = self.subject_of(at, floor) {
                    let speaker = self.outer(&speaker, floor).unwrap_or(speaker);
                    return Some(Found { speaker, cue: Some(cue), adjacent });
                }
            }
        }
        None
    }

    /// Of "Doe said he thought the plan “…”", Doe: whoever tells of his own thought is named first.
    pub(super) fn outer(&self, inner: &Speaker, floor: usize) -> Option<Speaker> {
        let at = inner.tokens.start;
        let personal = inner.pronoun && at > floor + 1;
        let that = personal && self.token(at - 1).is("that");
        let cue = at.checked_sub(if that { 2 } else { 1 }).filter(|&cue| personal && cue > floor)?;
        let said = self.verb(cue).is_some_and(|c| c.form != Form::Gerund && c.firmness != Firmness::BesideMarks);
        if said { self.ground.phrases.before(cue, floor) } else { None }
    }

    /// True when a cue at `at` may report this quotation: not "when asked", not a noun right in
    /// front, and a verb that is hardly one of speech only from near.
    pub(super) fn reaches(&self, cue: Cue, at: usize) -> bool {
        let open = self.quoted.open;
        let adjective = cue.form == Form::Past && self.verb(at).is_none();
        let aside = at > 0
            && matches!(self.token(at - 1).norm.as_str(), "when" | "if" | "than" | "as")
            && cue.form == Form::Past;
        let told = |t: &Token| matches!(t.norm.as_str(), "that" | ":" | ",");
        let noun = self.is_noun(at) && !self.ground.reading.tokens[at + 1..open.min(at + 3)].iter().any(told);
        let far = cue.firmness == Firmness::BesideMarks && open - at > self.ground.rules.near;
        !aside && !adjective && !noun && !far
    }

    /// True when nothing but "that", a comma, whom it was told to or where stands in between.
    pub(super) fn bridges(&self, from: usize, open: usize) -> bool {
        if from >= open {
            return true;
        }
        let last = self.token(open - 1);
        matches!(last.norm.as_str(), "," | ":" | "that") || open - from <= self.ground.rules.beside
    }

    /// The subject of the cue at `at`.
    pub(super) fn subject_of(&self, at: usize, floor: usize) -> Option<(Speaker, usize)> {
        let cue = self.cue(self.token(at))?;
        if self.is_noun(at) {
            return Some((self.owner(at, floor)?, at));
        }
        if self.is_passive(at, floor) {
            return Some((self.agent(at)?, at));
        }
        if at == floor {
            return Some((self.ground.phrases.after(at + 1, self.quoted.open)?, at))
                .filter(|_| cue.form != Form::Gerund);
        }
        if self.token(at - 1).is(",") && cue.form != Form::Gerund {
            let inverted = self.ground.phrases.after(at + 1, self.quoted.open);
            if let Some(speaker) = inverted.filter(|s| self.token(s.tokens.end).is(",")) {
                return Some((speaker, at));
            }
        }
        if let Some(speaker) = self.object_of_quote(at, floor) {
            return Some((speaker, at));
        }
        let dangling = cue.form == Form::Gerund && !self.is_name(at - 1);
        let infinitive = cue.form == Form::Base && self.token(at - 1).is("to");
        let direct = if dangling || infinitive { None } else { self.ground.phrases.before(at, floor) };
        Some((direct.or_else(|| self.main_subject(at, floor))?, at))
    }

    /// "media quoted Doe as saying": Doe.
    pub(super) fn object_of_quote(&self, at: usize, floor: usize) -> Option<Speaker> {
        let as_saying = at > floor + 1 && self.token(at - 1).is("as") && self.verb(at)?.form == Form::Gerund;
        let quoted = (floor..at - 1).rev().filter(|_| as_saying).find(|&i| self.is_finite(i))?;
        if self.is_passive(quoted, floor) { None } else { self.ground.phrases.after(quoted + 1, at - 1) }
    }

    pub(super) fn is_name(&self, at: usize) -> bool {
        self.token(at).is_capitalised() && !self.ground.phrases.speech.is(self.token(at), Part::Time)
    }

    /// The subject of an earlier cue of the sentence, or of the sentence.
    pub(super) fn main_subject(&self, at: usize, floor: usize) -> Option<Speaker> {
        if self.before == Some(floor) && floor > self.sentence_start(self.quoted.open) {
            return None;
        }
        let earlier = (floor + 1..at)
            .rev()
            .find(|&i| self.is_finite(i) && !self.is_passive(i, floor) && !self.token(i - 1).is("to"));
        let speaker = earlier.and_then(|i| self.ground.phrases.before(i, floor));
        speaker.or_else(|| self.ground.phrases.subject(floor, at))
    }

    /// "Doe's claim", "her response": whose.
    pub(super) fn owner(&self, at: usize, floor: usize) -> Option<Speaker> {
        let before = at.checked_sub(1).filter(|&b| b >= floor)?;
        let token = self.token(before);
        if token.kind == TokenKind::Possessive {
            return self.ground.phrases.before(before, floor);
        }
        let pronoun = matches!(token.norm.as_str(), "his" | "her" | "their" | "its" | "my" | "our");
        pronoun.then_some(Speaker { tokens: before..at, pronoun: true, title: None, via: None })
    }

    /// "was told", "is called".
    pub(super) fn is_passive(&self, at: usize, floor: usize) -> bool {
        self.ground.phrases.speech.is_passive(self.ground.phrases.tokens, at, floor)
    }

    /// "called by Doe a “…”".
    pub(super) fn agent(&self, at: usize) -> Option<Speaker> {
        let by = (at + 1..self.quoted.open.min(at + 4)).find(|&i| self.token(i).is("by"))?;
        self.ground.phrases.after(by + 1, self.quoted.open)
    }
}
