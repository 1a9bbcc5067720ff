//! What stands behind a predicate or value, or in front of its clause, and still decides.

use super::Scope;
use super::words::{Role, Small};
use crate::claim::Modality;
use crate::text::{Token, TokenKind};

impl Scope<'_> {
    /// "If it rains, the match ends early": the main clause hangs on the condition.
    pub(super) fn condition_in_front(&mut self, begins: usize) {
        let first = self.tokens.iter().position(Token::is_wordlike);
        let Some(first) = first.filter(|&f| f < begins && begins < self.at + 1) else { return };
        if matches!(self.tokens[first].norm.as_str(), "if" | "unless")
            && self.tokens[first..begins].iter().any(|t| t.is(","))
        {
            self.raise(Modality::Hedged, first);
        }
    }

    /// "The match ends early if it rains."
    pub(super) fn condition_behind(&mut self) {
        let rest = self.tokens[self.end..].iter().take_while(|t| !t.is(";") && !t.is("that") && !t.is("."));
        let found = rest.enumerate().skip(1).find(|(_, t)| t.is("if") || t.is("unless"));
        if let Some((j, _)) = found {
            self.raise(Modality::Hedged, self.end + j);
        }
    }

    /// "killed no one", "was not", "stole, allegedly,".
    pub(super) fn object_behind(&mut self) {
        let (last, next) = (self.end - 1, self.end);
        if !self.tokens[last].is_wordlike() || next >= self.tokens.len() {
            return;
        }
        if let Some((Role::Negation, _)) = self.rules.role(self.tokens, next) {
            let object =
                matches!(self.tokens[next].norm.as_str(), "no" | "nobody" | "none" | "nothing" | "not" | "neither");
            let owner = self.tokens.get(next + 1).is_some_and(|t| t.kind == TokenKind::Possessive);
            if object && !owner && self.tokens[last].kind == TokenKind::Word {
                self.negate(next);
            }
        }
        let near = next..self.tokens.len().min(next + 3);
        for j in near {
            let adverb = self.tokens[j].norm.ends_with("edly");
            if adverb && matches!(self.rules.role(self.tokens, j), Some((Role::Hedge, _))) {
                self.raise(Modality::Hedged, j);
            }
        }
    }

    /// True when the clause from `begins` has a verb before the value, or the value is one.
    pub(super) fn seen_verb(&self, begins: usize) -> bool {
        self.tokens[begins..self.end].iter().any(|t| self.is_finite(t))
    }

    /// A value in front of its verb: the words of the verb group behind it decide.
    pub(super) fn verb_behind(&mut self) {
        let end = self.tokens.len().min(self.end + self.rules.reach());
        let stops = |t: &Token| t.kind == TokenKind::Mark && !t.is("-") || t.is("that") || t.is("and");
        for i in self.end..end {
            let token = &self.tokens[i];
            if token.is(",") && self.is_to_be(i + 1) {
                return self.raise(Modality::Planned, i + 1);
            }
            let role = self.rules.role(self.tokens, i).map(|(role, _)| role);
            if stops(token) || matches!(role, Some(Role::Clause | Role::Speech)) {
                return;
            }
            let operator = matches!(role, Some(Role::Plan | Role::Hedge | Role::Condition | Role::Failure));
            let auxiliary = self.rules.is(token, Small::Auxiliary);
            if operator && !token.norm.ends_with("ing") || auxiliary {
                return self.verb_group(i, end);
            }
            if self.is_finite(token) {
                return;
            }
        }
    }

    /// "Two ferries, *to be* built by 2030".
    fn is_to_be(&self, at: usize) -> bool {
        let is = |at: usize, word: &str| self.tokens.get(at).is_some_and(|t| t.is(word));
        is(at, "to") && is(at + 1, "be")
    }

    pub(super) fn verb_group(&mut self, from: usize, end: usize) {
        for i in from..end.min(from + 4) {
            self.contraction(i);
            let role = self.rules.role(self.tokens, i).map(|(role, _)| role);
            let to = self.followed_by_to(i + 1);
            match role {
                Some(Role::Negation) => self.negate(i),
                Some(Role::Plan | Role::Planned) => self.raise(Modality::Planned, i),
                Some(Role::Hedge) => self.hedge(i),
                Some(Role::Condition) => self.raise(Modality::Hedged, i),
                Some(Role::Hedged) if i > from => self.raise(Modality::Hedged, i),
                Some(Role::Speech) if to => self.raise(Modality::Hedged, i),
                Some(Role::Failure) if to => self.negate(i),
                _ if to && self.rules.is(&self.tokens[i], Small::Be) => self.raise(Modality::Planned, i),
                _ => {}
            }
        }
    }
}
