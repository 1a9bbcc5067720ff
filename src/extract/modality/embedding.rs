//! Clauses inside others: behind "that", behind a verb of speech, behind "to".

use super::words::{Role, Small};
use super::{Scope, Step};
use crate::claim::Modality;
use crate::text::{Token, TokenKind};

impl Scope<'_> {
    /// A denial that is itself negated vouches for nothing.
    pub(super) fn denied(&mut self, i: usize) -> Step {
        let least = i.saturating_sub(4);
        let negator =
            |t: &Token| t.norm.ends_with("n't") || matches!(t.norm.as_str(), "not" | "nor" | "never" | "neither");
        let negated = self.tokens[least..i].iter().any(negator);
        self.raise(if negated { Modality::Hedged } else { Modality::Denied }, i);
        Step::Stop
    }

    /// A verb of speech begins what it reports; as a participle ("the reported cases") or behind
    /// a form of be ("is said to") it does not.
    pub(super) fn vouched(&mut self, i: usize, width: usize) -> Step {
        if self.scopes(i) && self.rules.is_hedged(&self.tokens[i]) && self.followed_by_to(i + width) {
            self.raise(Modality::Hedged, i);
            return Step::On(i);
        }
        if self.at <= i + 1 {
            return Step::On(i);
        }
        self.negated_report(i);
        Step::Stop
    }

    pub(super) fn followed_by_to(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| t.is("to"))
    }

    /// "Did not say that", "unconfirmed reports say": nobody vouches.
    pub(super) fn negated_report(&mut self, i: usize) {
        let least = i.saturating_sub(3);
        let words = &self.tokens[least..i];
        let unvouched = |t: &Token| {
            t.norm.ends_with("n't") || matches!(t.norm.as_str(), "not" | "nor" | "never" | "unconfirmed" | "unverified")
        };
        let negated = words.iter().rposition(unvouched);
        let failed = (least..i).find(|&j| matches!(self.rules.role(self.tokens, j), Some((Role::Failure, _))));
        if let Some(j) = negated.map(|j| least + j).or(failed) {
            self.raise(Modality::Hedged, j);
        }
    }

    /// The clause behind "that" or a subject pronoun, by what embeds it: "denied that", "reports
    /// that", "said he".
    pub(super) fn embedded(&mut self, i: usize) -> Step {
        for (j, role) in self.embedders(i).into_iter().rev() {
            match role {
                Role::Denial => return self.denied(j),
                Role::Hedge | Role::Hedged | Role::Condition | Role::Negation => self.raise(Modality::Hedged, j),
                Role::Plan | Role::Planned => self.raise(Modality::Planned, j),
                Role::Speech => {
                    self.negated_report(j);
                    return Step::Stop;
                }
                Role::Clause => return Step::Stop,
                Role::Affirmed | Role::Failure | Role::Fact => {}
            }
        }
        Step::Stop
    }

    /// The phrases that may embed the clause which begins at `i`, left to right, so that "no
    /// doubt" is one and not two.
    pub(super) fn embedders(&self, i: usize) -> Vec<(usize, Role)> {
        let least = i.saturating_sub(self.rules.embedder_reach());
        let mark = self.tokens[least..i].iter().rposition(|t| t.kind == TokenKind::Mark);
        let mut j = mark.map_or(least, |m| least + m + 1);
        let mut found = Vec::new();
        while j < i {
            let role = self.rules.role(self.tokens, j);
            found.extend(role.map(|(role, _)| (j, role)));
            j += role.map_or(1, |(_, width)| width);
        }
        found
    }

    /// "set to", "failed to", "managed to", "is to", and the bare infinitive of a headline or a
    /// purpose; a "to" before a determiner, number or name is a preposition.
    pub(super) fn infinitive(&mut self, i: usize) {
        let next = &self.tokens[i + 1];
        let small = !next.is_capitalised() && !self.rules.is(next, Small::Determiner);
        let headline = self.rules.is(next, Small::Headline);
        // "Likened to doing", "prior to leaving": a preposition too.
        let verb = next.kind == TokenKind::Word && (small || headline) && !next.norm.ends_with("ing");
        if !verb {
            return;
        }
        for j in (i.saturating_sub(4)..i).rev() {
            match self.rules.role(self.tokens, j) {
                Some((Role::Failure, _)) => return self.negate(j),
                Some((Role::Fact, width)) if j + width == i => return,
                Some((Role::Negation, width)) if j + width == i + 1 => return,
                Some((Role::Plan | Role::Planned, _)) => return self.raise(Modality::Planned, j),
                Some((Role::Hedge | Role::Hedged, _)) => return self.raise(Modality::Hedged, j),
                _ if self.tokens[j].kind == TokenKind::Mark => break,
                _ => {}
            }
        }
        let be = i > 0 && self.rules.is(&self.tokens[i - 1], Small::Be);
        let headline = headline && !self.tokens[..i].iter().any(|t| self.is_finite(t));
        if be || headline || self.governs(i) {
            self.raise(Modality::Planned, i);
        }
    }

    /// "You do not need a ruling *for a mayor to* resign": the deed of whoever is named behind "for", which is told to be
    /// wanted of him, or possible, and never to be done.
    pub(super) fn is_wanted_of(&self, i: usize) -> bool {
        let before = &self.tokens[i.saturating_sub(4)..i];
        let at = before.iter().rposition(|t| t.is("for"));
        let named = at.is_some_and(|at| at + 1 < before.len());
        named && !before[at.unwrap_or(0)..].iter().any(|t| t.kind == TokenKind::Mark || self.is_finite(t))
    }

    /// True when the infinitive of the "to" at `i` is the predicate itself.
    pub(super) fn governs(&self, i: usize) -> bool {
        let between = self.tokens.get(i + 1..self.at).unwrap_or_default();
        let small = |t: &Token| self.rules.is(t, Small::Be) || t.is("have") || t.norm.ends_with("ly") || t.is("not");
        i < self.at && between.iter().all(small)
    }
}
