//! How firmly a clause is told: reported, planned, hedged or denied, affirmed or negated.
//!
//! From the predicate or value the words are walked leftwards to where its clause begins; each
//! operator met on the way scopes over it. A parenthesis ("X, which will open in May, collapsed")
//! is stepped over. A value in front of its verb ("31 people may have died") is judged by the
//! words of that verb.

mod behind;
mod embedding;
mod words;

use crate::claim::{Modality, Polarity};
use crate::text::{Token, TokenKind};
pub use words::{Group, Rules};
use words::{Role, Small};

/// How firmly a predicate or value is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stance {
    /// Who vouches and how firmly.
    pub modality: Modality,
    /// Whether it is affirmed.
    pub polarity: Polarity,
    /// Index in the slice of the token that decides; `None` for a plain report.
    pub cue: Option<usize>,
}

/// The stance of the predicate or value `tokens[at]`, where `tokens` are those of its sentence.
/// An index out of range gets the default stance: reported, affirmed.
pub fn stance(tokens: &[Token], at: usize, rules: &Rules) -> Stance {
    let from = at.saturating_sub(rules.window()).min(tokens.len());
    let to = tokens.len().min(at.saturating_add(rules.window())).max(from);
    let near = &tokens[from..to];
    let mut scope = Scope { tokens: near, at: at - from, rules, modality: Modality::Reported, negations: 0, cue: None };
    if scope.at < near.len() {
        scope.read();
    }
    let polarity = if scope.negations % 2 == 1 { Polarity::Negated } else { Polarity::Affirmed };
    Stance { modality: scope.modality, polarity, cue: scope.cue.map(|cue| from + cue) }
}

struct Scope<'t> {
    tokens: &'t [Token],
    at: usize,
    rules: &'t Rules,
    modality: Modality,
    negations: u32,
    cue: Option<usize>,
}

/// What the walk does next.
enum Step {
    /// Goes on left of this token.
    On(usize),
    /// The clause begins here.
    Stop,
}

impl Scope<'_> {
    fn read(&mut self) {
        self.contraction(self.at);
        let begins = self.leftwards();
        self.condition_in_front(begins);
        self.condition_behind();
        self.object_behind();
        if !self.seen_verb(begins) {
            self.verb_behind();
        }
    }

    /// Walks to the beginning of the clause and returns its first token.
    fn leftwards(&mut self) -> usize {
        let mut i = self.at;
        while i > 0 {
            match self.step(i - 1) {
                Step::On(next) => i = next,
                Step::Stop => break,
            }
        }
        i
    }

    fn step(&mut self, i: usize) -> Step {
        let token = &self.tokens[i];
        match token.kind {
            TokenKind::Mark => self.mark(i),
            TokenKind::Word if token.is("to") => {
                self.infinitive(i);
                Step::On(i)
            }
            TokenKind::Word if token.is("that") => self.embedded(i),
            TokenKind::Word if token.is("and") || token.is("or") => self.joined(i),
            TokenKind::Word => self.word(i),
            _ => Step::On(i),
        }
    }

    /// A comma ends the clause unless it closes a parenthesis; other stops end it.
    fn mark(&self, i: usize) -> Step {
        match self.tokens[i].norm.as_str() {
            "," | "-" => self.parenthesis(i).map_or(Step::Stop, Step::On),
            ")" | "]" => {
                let open = self.tokens[..i].iter().rposition(|t| t.is("(") || t.is("["));
                open.map_or(Step::Stop, Step::On)
            }
            "." if i > 0 && self.tokens[i - 1].norm.len() <= 4 && self.tokens[i - 1].is_capitalised() => Step::On(i),
            "." | ";" | ":" | "!" | "?" | "(" | "[" => Step::Stop,
            _ => Step::On(i),
        }
    }

    /// The mark that opens the parenthesis which the mark at `close` closes.
    fn parenthesis(&self, close: usize) -> Option<usize> {
        let least = close.saturating_sub(self.rules.reach());
        let open = (least..close).rev().find(|&j| self.tokens[j].norm == self.tokens[close].norm)?;
        let first = self.tokens.get(open + 1).filter(|_| open > 0)?;
        let gerund = first.norm.ends_with("ing") || first.norm.ends_with("ed");
        let opens = gerund || first.kind == TokenKind::Number || self.rules.is(first, Small::Parenthesis);
        opens.then_some(open)
    }

    /// "and" goes on with the same clause unless a finite verb or a subject begins behind it.
    fn joined(&self, i: usize) -> Step {
        let next = &self.tokens[i + 1];
        let adverb = next.norm.ends_with("ly") && i + 2 <= self.at;
        let next = if adverb { &self.tokens[i + 2] } else { next };
        let finite = self.is_finite(next) || self.rules.role(self.tokens, i + 1).is_some_and(|(r, _)| r.is_finite());
        let subject = self.rules.is(next, Small::Subject);
        let clause = self.rules.is(next, Small::Determiner) && self.at > i + 2 && self.is_finite(&self.tokens[self.at]);
        if finite || subject || clause { Step::Stop } else { Step::On(i) }
    }

    fn is_finite(&self, token: &Token) -> bool {
        let past = token.norm.ends_with("ed") && token.norm.len() > 3;
        token.kind == TokenKind::Word
            && (past || self.rules.is(token, Small::Past) || self.rules.is(token, Small::Auxiliary))
    }

    fn word(&mut self, i: usize) -> Step {
        self.contraction(i);
        if self.rules.is(&self.tokens[i], Small::Subject) {
            return if i > 0 { self.embedded(i) } else { Step::On(i) };
        }
        let Some((role, width)) = self.rules.role(self.tokens, i) else { return Step::On(i) };
        if i + width > self.at {
            return Step::On(i);
        }
        self.apply(role, i, width)
    }

    /// `didn't`, `won't`.
    fn contraction(&mut self, i: usize) {
        if self.tokens[i].norm.ends_with("n't") {
            self.negate(i);
        }
    }

    fn negate(&mut self, i: usize) {
        self.negations += 1;
        self.cue.get_or_insert(i);
    }

    /// Denial outweighs a hedge, a hedge a plan, a plan a report.
    fn raise(&mut self, modality: Modality, i: usize) {
        if modality as u8 > self.modality as u8 {
            self.modality = modality;
            self.cue = Some(i);
        }
    }

    fn apply(&mut self, role: Role, i: usize, width: usize) -> Step {
        match role {
            Role::Negation => self.negate(i),
            Role::Affirmed | Role::Failure | Role::Fact => {}
            Role::Plan => self.raise(Modality::Planned, i),
            Role::Planned if self.scopes(i) => self.raise(Modality::Planned, i),
            Role::Hedge => self.raise(Modality::Hedged, i),
            Role::Hedged if self.scopes(i) => self.raise(Modality::Hedged, i),
            Role::Planned | Role::Hedged => {}
            Role::Denial => return self.denied(i),
            Role::Condition => return self.conditional(i),
            Role::Clause => return Step::Stop,
            Role::Speech => return self.vouched(i, width),
        }
        Step::On(i)
    }

    /// A participle scopes over the clause behind a form of be; in front of a noun, over that.
    fn scopes(&self, i: usize) -> bool {
        let between =
            |t: &&Token| t.norm.ends_with("ly") || matches!(t.norm.as_str(), "not" | "also" | "now" | "still" | "been");
        let before = self.tokens[..i].iter().rev().find(|t| !between(t));
        let be = before.is_some_and(|t| self.rules.is(t, Small::Be)) || i > 0 && self.tokens[i - 1].is("been");
        let near = self.at <= i + 2 && !self.is_finite(&self.tokens[self.at]) || self.at == i + 1;
        be || near
    }

    /// A denial that is itself negated vouches for nothing.
    fn denied(&mut self, i: usize) -> Step {
        let least = i.saturating_sub(4);
        let negator =
            |t: &Token| t.norm.ends_with("n't") || matches!(t.norm.as_str(), "not" | "nor" | "never" | "neither");
        let negated = self.tokens[least..i].iter().any(negator);
        self.raise(if negated { Modality::Hedged } else { Modality::Denied }, i);
        Step::Stop
    }

    fn conditional(&mut self, i: usize) -> Step {
        self.raise(Modality::Hedged, i);
        let begins = matches!(self.tokens[i].norm.as_str(), "if" | "unless" | "whether");
        if begins { Step::Stop } else { Step::On(i) }
    }

    /// A verb of speech begins what it reports; as a participle ("the reported cases") or behind
    /// a form of be ("is said to") it does not.
    fn vouched(&mut self, i: usize, width: usize) -> Step {
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

    fn followed_by_to(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| t.is("to"))
    }

    /// "did not say that": nobody vouches.
    fn negated_report(&mut self, i: usize) {
        let least = i.saturating_sub(3);
        let words = &self.tokens[least..i];
        let negated =
            words.iter().rposition(|t| t.norm.ends_with("n't") || matches!(t.norm.as_str(), "not" | "nor" | "never"));
        let failed = (least..i).find(|&j| matches!(self.rules.role(self.tokens, j), Some((Role::Failure, _))));
        if let Some(j) = negated.map(|j| least + j).or(failed) {
            self.raise(Modality::Hedged, j);
        }
    }

    /// The clause behind "that" or a subject pronoun, by what embeds it: "denied that", "reports
    /// that", "said he".
    fn embedded(&mut self, i: usize) -> Step {
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
    fn embedders(&self, i: usize) -> Vec<(usize, Role)> {
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
    fn infinitive(&mut self, i: usize) {
        let next = &self.tokens[i + 1];
        let verb = next.kind == TokenKind::Word && !next.is_capitalised() && !self.rules.is(next, Small::Determiner);
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
        if be || self.governs(i) {
            self.raise(Modality::Planned, i);
        }
    }

    /// True when the infinitive of the "to" at `i` is the predicate itself.
    fn governs(&self, i: usize) -> bool {
        let between = &self.tokens[i + 1..self.at];
        let small = |t: &Token| self.rules.is(t, Small::Be) || t.is("have") || t.norm.ends_with("ly") || t.is("not");
        i < self.at && between.iter().all(small)
    }

    /// "If it rains, the match ends early": the main clause hangs on the condition.
    fn condition_in_front(&mut self, begins: usize) {
        let first = self.tokens.iter().position(Token::is_wordlike);
        let Some(first) = first.filter(|&f| f < begins && begins < self.at + 1) else { return };
        if matches!(self.tokens[first].norm.as_str(), "if" | "unless")
            && self.tokens[first..begins].iter().any(|t| t.is(","))
        {
            self.raise(Modality::Hedged, first);
        }
    }

    /// "The match ends early if it rains."
    fn condition_behind(&mut self) {
        let rest = self.tokens[self.at + 1..].iter().take_while(|t| !t.is(";") && !t.is("that") && !t.is("."));
        let found = rest.enumerate().skip(1).find(|(_, t)| t.is("if") || t.is("unless"));
        if let Some((j, _)) = found {
            self.raise(Modality::Hedged, self.at + 1 + j);
        }
    }

    /// "killed no one", "was not", "stole, allegedly,".
    fn object_behind(&mut self) {
        let next = self.at + 1;
        if !self.tokens[self.at].is_wordlike() || next >= self.tokens.len() {
            return;
        }
        if let Some((Role::Negation, _)) = self.rules.role(self.tokens, next) {
            let object =
                matches!(self.tokens[next].norm.as_str(), "no" | "nobody" | "none" | "nothing" | "not" | "neither");
            let owner = self.tokens.get(next + 1).is_some_and(|t| t.kind == TokenKind::Possessive);
            if object && !owner && self.tokens[self.at].kind == TokenKind::Word {
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
    fn seen_verb(&self, begins: usize) -> bool {
        let here = &self.tokens[self.at];
        self.is_finite(here) || self.tokens[begins..self.at].iter().any(|t| self.is_finite(t))
    }

    /// A value in front of its verb: the words of the verb group behind it decide.
    fn verb_behind(&mut self) {
        let end = self.tokens.len().min(self.at + 1 + self.rules.reach());
        let stops = |t: &Token| t.kind == TokenKind::Mark && !t.is("-") || t.is("that") || t.is("and");
        for i in self.at + 1..end {
            let token = &self.tokens[i];
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

    fn verb_group(&mut self, from: usize, end: usize) {
        for i in from..end.min(from + 4) {
            self.contraction(i);
            let role = self.rules.role(self.tokens, i).map(|(role, _)| role);
            let to = self.followed_by_to(i + 1);
            match role {
                Some(Role::Negation) => self.negate(i),
                Some(Role::Plan | Role::Planned) => self.raise(Modality::Planned, i),
                Some(Role::Hedge | Role::Condition) => self.raise(Modality::Hedged, i),
                Some(Role::Hedged) if i > from => self.raise(Modality::Hedged, i),
                Some(Role::Speech) if to => self.raise(Modality::Hedged, i),
                Some(Role::Failure) if to => self.negate(i),
                _ if to && self.rules.is(&self.tokens[i], Small::Be) => self.raise(Modality::Planned, i),
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Span;
    use crate::extract::quotation::testing;
    use crate::text::tokenize;
    use proptest::prelude::*;
    use serde::Deserialize;
    use std::sync::LazyLock;

    const LABELLED: &str = include_str!("../../tests/labelled/stance.csv");

    static RULES: LazyLock<Rules> = LazyLock::new(|| testing::rules("modality"));

    /// The stance of the word between asterisks.
    fn marked(sentence: &str, rules: &Rules) -> Stance {
        let before = sentence.find('*').expect("an asterisk");
        let text = sentence.replace('*', "");
        let tokens = tokenize(&text, Span::new(0, text.len()));
        let at = tokens.iter().position(|t| t.span.start as usize >= before).unwrap();
        stance(&tokens, at, rules)
    }

    #[derive(Deserialize)]
    struct Row {
        modality: Modality,
        polarity: Polarity,
        sentence: String,
    }

    #[test]
    fn labelled_sentences() {
        let rules = &*RULES;
        let mut wrong = Vec::new();
        for row in csv::Reader::from_reader(LABELLED.as_bytes()).deserialize() {
            let Row { modality, polarity, sentence } = row.unwrap();
            let got = marked(&sentence, rules);
            if (got.modality, got.polarity) != (modality, polarity) {
                wrong.push(format!("{sentence}\n  {modality:?} {polarity:?} but {got:?}"));
            }
        }
        assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
    }

    /// What the words of a group make of a clause.
    fn made_by(group: &str) -> (Modality, Polarity) {
        match group {
            "negation" | "failure" => (Modality::Reported, Polarity::Negated),
            "plan" | "planned" => (Modality::Planned, Polarity::Affirmed),
            "hedge" | "hedged" | "condition" => (Modality::Hedged, Polarity::Affirmed),
            "denial" => (Modality::Denied, Polarity::Affirmed),
            _ => (Modality::Reported, Polarity::Affirmed),
        }
    }

    #[test]
    fn examples_of_the_rules() {
        let rules = &*RULES;
        let told = |sentence: &String| {
            let stance = marked(sentence, rules);
            (stance.modality, stance.polarity)
        };
        for (name, group) in rules.groups() {
            for sentence in &group.fires {
                assert_eq!(told(sentence), made_by(name), "{name}: {sentence}");
            }
            for sentence in &group.silent {
                assert_ne!(told(sentence), made_by(name), "{name}: {sentence}");
            }
        }
    }

    proptest! {
        #[test]
        fn never_panics(text in "([a-z]{1,5}|to|not|that|and|,|denied|may|he|is|will|if|\\.|-|\\(|\\)| ){0,40}", at in 0usize..50) {
            let spaced: String = text.chars().flat_map(|c| [c]).collect();
            let tokens = tokenize(&spaced, Span::new(0, spaced.len()));
            stance(&tokens, at, &RULES);
        }
    }
}
