//! Where the clauses of a sentence begin. Read once a sentence, it tells of most pairs that they share no clause,
//! before their words are aligned.

use super::PhraseRules;
use crate::compare::Rules;
use crate::compare::vocabulary::{Wording, row};
use crate::lexicon::{Lexicon, Part};
use crate::text::{Token, TokenKind};

/// What tells a clause from the words around it.
#[derive(Clone, Copy)]
pub(super) struct Clauses<'c> {
    pub rules: &'c Rules,
    pub lexicon: &'c Lexicon,
}

impl<'c> Clauses<'c> {
    pub fn limits(&self) -> &'c PhraseRules {
        &self.rules.phrase
    }

    pub fn says(&self, token: &Token) -> bool {
        self.rules.wording.align.is_content(token)
    }

    /// How many of these say something.
    pub fn content(&self, tokens: &[Token]) -> usize {
        tokens.iter().filter(|t| self.says(t)).count()
    }

    /// A clause begins at the beginning of a sentence, behind a mark or behind a word like "that".
    pub fn opens(&self, tokens: &[Token], at: usize) -> bool {
        let Some(before) = at.checked_sub(1).map(|before| &tokens[before]) else { return true };
        before.kind == TokenKind::Mark && !before.is("-") || self.limits().openers.contains(&before.norm)
    }

    /// The first that says something, where that is no verb, but for "the stolen coins", and no pronoun stands before it.
    pub fn subject(&self, tokens: &[Token]) -> Option<usize> {
        let at = tokens.iter().position(|t| self.says(t))?;
        let pronoun = |t: &Token| self.limits().pronouns.contains(&t.norm);
        let verb = !tokens[at].is_capitalised() && self.lexicon.part(&tokens[at].norm) == Some(Part::Verb);
        let determined =
            at.checked_sub(1).is_some_and(|before| self.limits().determiners.contains(&tokens[before].norm));
        ((!verb || determined) && !tokens[..at].iter().any(pronoun)).then_some(at)
    }

    /// Whether an owner stands in the words from the beginning of a clause to its subject, or is the subject: "*Olsen's*
    /// ferry", which the same clause of another sentence may do without.
    fn is_owned(&self, tokens: &[Token], subject: usize) -> bool {
        let owns = |token: &Token| token.kind == TokenKind::Possessive;
        let behind = tokens[subject + 1..].iter().find(|t| !(t.is_capitalised() && self.says(t)));
        tokens[..=subject].iter().any(owns) || behind.is_some_and(owns)
    }

    /// Whether something described may have its name behind it, between two commas: "the ferry's captain, Olsen, …".
    fn may_be_apposed(&self, tokens: &[Token]) -> bool {
        let described = |at: &usize| {
            let before = &tokens[..*at];
            before.iter().any(is_determined) && self.content(before) > 0
        };
        let Some(first) = commas(tokens).find(described) else { return false };
        let Some(last) = commas(tokens).last().filter(|last| *last > first + 1) else { return false };
        tokens[first + 1..last].iter().any(|t| t.is_capitalised() && self.says(t))
    }
}

fn commas(tokens: &[Token]) -> impl Iterator<Item = usize> + '_ {
    (0..tokens.len()).filter(|at| tokens[*at].is(","))
}

/// "The", or a possessive.
pub(super) fn is_determined(token: &Token) -> bool {
    token.kind == TokenKind::Possessive || token.is("the")
}

/// How the clauses of a sentence begin.
pub struct Openings {
    /// The words of each clause up to its subject, as numbers, sorted.
    heads: Vec<u64>,
    /// Whether any begins with an owner, whom the same clause of another sentence may do without.
    owned: bool,
    /// Whether something described may have its name behind it.
    apposed: bool,
}

impl Openings {
    /// Those of a sentence.
    pub fn of(wording: &Wording, rules: &Rules, lexicon: &Lexicon) -> Self {
        let (clauses, tokens) = (Clauses { rules, lexicon }, wording.tokens);
        let begins = (0..tokens.len()).filter(|at| clauses.opens(tokens, *at));
        let (mut heads, mut owned) = (Vec::new(), false);
        for (at, subject) in begins.filter_map(|at| Some((at, clauses.subject(&tokens[at..])?))) {
            heads.push(row(&wording.keys[at..=at + subject]));
            owned |= clauses.is_owned(&tokens[at..], subject);
        }
        heads.sort_unstable();
        Self { heads, owned, apposed: clauses.may_be_apposed(tokens) }
    }

    /// False for two sentences in which no clause begins alike: `compare_phrases` finds nothing in them.
    pub fn may_share(&self, other: &Self) -> bool {
        let alike = || self.heads.iter().any(|head| other.heads.binary_search(head).is_ok());
        self.apposed || self.owned || other.owned || alike()
    }
}
