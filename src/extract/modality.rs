//! How firmly a clause is told: reported, planned, hedged or denied, affirmed or negated.
//!
//! From the predicate or value the words are walked leftwards to where its clause begins; each
//! operator met on the way scopes over it. A parenthesis ("X, which will open in May, collapsed")
//! is stepped over. A value in front of its verb ("31 people may have died") is judged by the
//! words of that verb.

mod behind;
mod embedding;
mod words;

use std::ops::Range;

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

/// The stance of the predicate or value `tokens[at]`, where `tokens` are those of its sentence: its own
/// words are what is told, and turn nothing. A range out of the sentence gets the default stance: reported, affirmed.
pub fn stance(tokens: &[Token], at: Range<usize>, rules: &Rules) -> Stance {
    let from = at.start.saturating_sub(rules.window()).min(tokens.len());
    let to = tokens.len().min(at.end.saturating_add(rules.window())).max(from);
    let near = &tokens[from..to];
    let mut scope = Scope::new(near, at.start - from..at.end.min(to) - from, rules);
    if scope.at < scope.end {
        scope.read();
    }
    let polarity = if scope.negations % 2 == 1 { Polarity::Negated } else { Polarity::Affirmed };
    Stance { modality: scope.modality, polarity, cue: scope.cue.map(|cue| from + cue) }
}

struct Scope<'t> {
    tokens: &'t [Token],
    /// The first token of the predicate or value…
    at: usize,
    /// …and the one behind its last.
    end: usize,
    rules: &'t Rules,
    modality: Modality,
    negations: u32,
    cue: Option<usize>,
    /// Where somebody is told to be able to do it.
    able: Option<usize>,
}

/// What the walk does next.
enum Step {
    /// Goes on left of this token.
    On(usize),
    /// The clause begins here.
    Stop,
}

impl<'t> Scope<'t> {
    fn new(tokens: &'t [Token], at: Range<usize>, rules: &'t Rules) -> Self {
        let modality = Modality::Reported;
        Self { tokens, at: at.start, end: at.end, rules, modality, negations: 0, cue: None, able: None }
    }

    fn read(&mut self) {
        self.contraction(self.at);
        if self.tokens[self.at].is("to") && self.at + 1 < self.tokens.len() {
            self.infinitive(self.at);
        }
        self.scheduled();
        let begins = self.leftwards();
        self.condition_in_front(begins);
        self.condition_behind();
        self.object_behind();
        if !self.seen_verb(begins) && !self.is_gerund() {
            self.verb_behind();
        }
        // Whoever could not do it did not; whoever could may not have.
        if let Some(at) = self.able.filter(|_| self.negations.is_multiple_of(2)) {
            self.raise(Modality::Hedged, at);
        }
    }

    /// "Resigning is not enough": what is told of a deed in front of its verb tells nothing of whether it was done.
    fn is_gerund(&self) -> bool {
        self.tokens[self.at].norm.ends_with("ing")
    }

    /// "Leaves on Friday", "he would not stand": the predicate's own words tell of a plan.
    fn scheduled(&mut self) {
        let first = matches!(self.rules.role(self.tokens, self.at), Some((Role::Plan, 2..)));
        let plans = |i: &usize| {
            matches!(self.rules.role(self.tokens, *i), Some((Role::Plan, _))) || self.tokens[*i].is("would")
        };
        let at = first.then_some(self.at).or_else(|| (self.at + 1..self.end).find(plans));
        if let Some(at) = at {
            self.raise(Modality::Planned, at);
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
            TokenKind::Word if token.is("to") && self.is_wanted_of(i) => {
                self.raise(Modality::Hedged, i);
                Step::Stop
            }
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
        // "Not yet found" is not found; "yet he was found" begins a clause.
        let not = |t: &Token| t.is("not") || t.norm.ends_with("n't");
        if self.tokens[i].is("yet") && i > 0 && not(&self.tokens[i - 1]) {
            return Step::On(i);
        }
        if self.rules.is(&self.tokens[i], Small::Subject) {
            return if i > 0 { self.embedded(i) } else { Step::On(i) };
        }
        let Some((role, width)) = self.rules.role(self.tokens, i) else { return Step::On(i) };
        if i + width > self.at || self.is_either_way(i) {
            return Step::On(i);
        }
        self.apply(role, i, width)
    }

    /// "Whether *or not* he survived".
    fn is_either_way(&self, i: usize) -> bool {
        i > 1 && self.tokens[i].is("not") && self.tokens[i - 1].is("or") && self.tokens[i - 2].is("whether")
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

    /// "Could not have seen" is a guess, "could not see" is none.
    fn hedge(&mut self, i: usize) {
        let guess = self.tokens[i + 1..].iter().take(2).any(|t| t.is("have"));
        if self.rules.is(&self.tokens[i], Small::Ability) && !guess {
            self.able.get_or_insert(i);
        } else {
            self.raise(Modality::Hedged, i);
        }
    }

    fn apply(&mut self, role: Role, i: usize, width: usize) -> Step {
        match role {
            Role::Negation => self.negate(i),
            Role::Affirmed | Role::Failure | Role::Fact => {}
            Role::Plan => self.raise(Modality::Planned, i),
            Role::Planned if self.scopes(i) => self.raise(Modality::Planned, i),
            Role::Hedge => self.hedge(i),
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

    fn conditional(&mut self, i: usize) -> Step {
        if self.is_backshifted(i) {
            self.raise(Modality::Planned, i);
            return Step::On(i);
        }
        self.raise(Modality::Hedged, i);
        let begins = matches!(self.tokens[i].norm.as_str(), "if" | "unless" | "whether");
        if begins { Step::Stop } else { Step::On(i) }
    }
}

impl Scope<'_> {
    /// "The museum said that it would reopen": the "will" of somebody who spoke, and no condition.
    fn is_backshifted(&self, i: usize) -> bool {
        let spoke = |j: usize| self.is_finite(&self.tokens[j]) && self.rules.vouches(self.tokens, j);
        let conditional = |t: &Token| matches!(t.norm.as_str(), "if" | "unless" | "whether" | "could" | "should");
        let would = self.tokens[i].is("would") || self.tokens[i].is("wouldn't");
        would && (0..i).any(spoke) && !self.tokens.iter().any(conditional)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Span;
    use crate::extract::examples::made_by;
    use crate::extract::quotation::testing;
    use crate::text::tokenize;
    use proptest::prelude::*;
    use serde::Deserialize;
    use std::sync::LazyLock;

    const LABELLED: &str = include_str!("../../tests/labelled/stance.csv");

    static RULES: LazyLock<Rules> = LazyLock::new(|| testing::rules("modality"));

    /// The stance of the words between asterisks.
    fn marked(sentence: &str, rules: &Rules) -> Stance {
        let before = sentence.find('*').expect("an asterisk");
        let behind = sentence.rfind('*').expect("an asterisk") - 1;
        let text = sentence.replace('*', "");
        let tokens = tokenize(&text, Span::new(0, text.len()));
        let token_at = |place: usize| tokens.partition_point(|t| (t.span.start as usize) < place);
        stance(&tokens, token_at(before)..token_at(behind), rules)
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
            stance(&tokens, at..at + 1, &RULES);
        }
    }
}
