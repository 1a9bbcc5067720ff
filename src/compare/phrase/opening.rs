//! Where the clauses of a sentence begin. Read once a sentence, it tells of most pairs that they share no clause,
//! before their words are aligned.

use super::PhraseRules;
use crate::compare::Rules;
use crate::compare::vocabulary::{Key, Wording, row};
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

    /// Where the name ends that owns what a clause tells of, with its possessive: "*Olsen's* ferry", which the same clause
    /// of another sentence may do without.
    fn behind_owner(&self, tokens: &[Token], subject: usize) -> Option<usize> {
        let named = |token: &&Token| token.is_capitalised() && self.says(token);
        let at = subject + tokens[subject..].iter().take_while(named).count();
        let owns = at > subject && tokens.get(at).is_some_and(|token| token.kind == TokenKind::Possessive);
        owns.then_some(at + 1)
    }

    /// A noun, with "the" or an owner before it.
    pub fn is_described(&self, tokens: &[Token]) -> bool {
        tokens.iter().any(is_determined) && self.content(tokens) > 0
    }

    /// False where anything but a name says something.
    pub fn may_be_name(&self, tokens: &[Token]) -> bool {
        let negates = |token: &Token| self.rules.wording.grammar.negates(token);
        let telling = || tokens.iter().filter(|token| self.says(token) && !negates(token));
        telling().next().is_some() && telling().all(Token::is_capitalised)
    }

    /// Whether a name stands between two commas, and with it `around`, of what stands before them and behind them.
    fn sets_off_name(&self, tokens: &[Token], around: impl Fn(&[Token], &[Token]) -> bool) -> bool {
        let behind = commas(tokens).skip(1);
        commas(tokens).zip(behind).any(|(open, close)| {
            self.may_be_name(&tokens[open + 1..close]) && around(&tokens[..open], &tokens[close + 1..])
        })
    }

    /// The words of a clause up to its subject, as a number; once more for what its owner has, who may be left out.
    fn heads(&self, tokens: &[Token], keys: &[Key]) -> impl Iterator<Item = u64> {
        let subject = self.subject(tokens);
        let head = move |front: usize, from: usize, to: usize| {
            let words = (0..front).chain(from..=to).filter(|at| tokens[*at].kind != TokenKind::Possessive);
            row(words.map(|at| &keys[at]))
        };
        let owned = move |(_, at): &(usize, usize)| {
            let from = self.behind_owner(tokens, *at)?;
            Some((from, from + tokens[from..].iter().position(|token| self.says(token))?))
        };
        subject.into_iter().flat_map(move |subject| {
            std::iter::successors(Some((subject, subject)), owned).map(move |(from, to)| head(subject, from, to))
        })
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
    /// Whether a name is set off by commas…
    names: bool,
    /// …behind what it may be the name of: "the ferry's captain, Olsen, …".
    apposes: bool,
}

impl Openings {
    /// Those of a sentence.
    pub fn of(wording: &Wording, rules: &Rules, lexicon: &Lexicon) -> Self {
        let (clauses, tokens) = (Clauses { rules, lexicon }, wording.tokens);
        let begins = (0..tokens.len()).filter(|at| clauses.opens(tokens, *at));
        let mut heads: Vec<u64> = begins.flat_map(|at| clauses.heads(&tokens[at..], &wording.keys[at..])).collect();
        heads.sort_unstable();
        let described =
            |before: &[Token], behind: &[Token]| clauses.is_described(before) && clauses.content(behind) > 0;
        Self {
            heads,
            names: clauses.sets_off_name(tokens, |_, _| true),
            apposes: clauses.sets_off_name(tokens, described),
        }
    }

    /// False for two sentences in which no clause begins alike: `compare_phrases` finds nothing in them.
    pub fn may_share(&self, other: &Self) -> bool {
        let alike = || self.heads.iter().any(|head| other.heads.binary_search(head).is_ok());
        self.apposes && other.names || alike()
    }
}
