//! How one person is related to another: "Clara Lind, who is Holm's sister", "Holm's nephew, Jonas Berg", "Clara Lind is a
//! cousin of Holm's", "her husband, Jonas Berg".
//!
//! A relation has two ends, and both must be told by name (or by a pronoun that stands for one): of whom somebody is the
//! brother is what makes a brother of one and an uncle of another no contradiction.

use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;

use super::Rules;
use super::annotations::{Annotations, within};
use super::claims::Place;
use super::names::{MentionBy, NameMention};
use crate::claim::{Claim, EntityKind, Kind, Value};
use crate::reading::{Role, Sentence};
use crate::rules::{WordSets, Words};
use crate::text::{Token, TokenKind};

/// The attribute of these claims.
pub const KIN: &str = "kin";

/// The words relations are found by: `[kin]` in `rules/extract.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KinRules {
    /// What the rule does.
    pub about: String,
    /// Sentences that tell how one named person is related to another.
    pub fires: Vec<String>,
    /// Sentences that do not.
    pub silent: Vec<String>,
    /// The relations, each with all its wordings, the first of which names it.
    pub words: WordSets,
    /// Words between the owner and the relation: `younger`, `only`.
    pub between: Words,
    /// Words between a person and what is told of the person: `who`, `is`, `a`.
    pub link: Words,
    /// Most tokens between the two.
    pub reach: usize,
}

/// A claim for each relation in the body whose two ends are told.
pub fn kin_claims(notes: &Annotations, rules: &Rules) -> Vec<Claim> {
    let body = notes.reading.sentences.iter().filter(|sentence| sentence.role == Role::Body);
    body.flat_map(|sentence| {
        let reader = Reader { sentence, notes, rules: &rules.kin };
        sentence.tokens.clone().filter_map(move |at| claim(&reader, at, rules))
    })
    .collect()
}

fn claim(reader: &Reader, at: usize, rules: &Rules) -> Option<Claim> {
    let relation = rules.kin.words.known_by(&reader.token(at)?.norm)?;
    let (owner, phrase) = reader.owner(at)?;
    let bearer = reader.in_front(phrase.start).or_else(|| reader.behind(phrase.end))?;
    if bearer.entity == owner.entity {
        return None;
    }
    let place = Place::of(&(at..at + 1), reader.notes)?;
    let subject = [bearer, owner].map(|mention| reader.notes.names.entities[mention.entity].clone());
    let value = Value::Term(relation.clone());
    Some(Claim { subject: subject.to_vec(), ..place.claim(reader.notes, rules, Kind::Role, KIN, value) })
}

struct Reader<'a, 'r, 'd> {
    sentence: &'a Sentence,
    notes: &'a Annotations<'r, 'd>,
    rules: &'a KinRules,
}

impl<'a> Reader<'a, '_, '_> {
    fn token(&self, at: usize) -> Option<&'a Token> {
        self.notes.token_in(self.sentence, at)
    }

    /// Whose relative is told of, with the tokens of the whole phrase: "*Holm's younger* brother", "a cousin *of Holm's*".
    fn owner(&self, at: usize) -> Option<(&'a NameMention, Range<usize>)> {
        let bare = |at: &usize| self.token(*at).is_some_and(|t| self.rules.between.contains(&t.norm));
        let front = (self.sentence.tokens.start..at).rev().find(|at| !bare(at));
        if let Some(front) = front {
            let marked = self.token(front)?.kind == TokenKind::Possessive;
            let end = if marked { front } else { front + 1 };
            let before = self.ending(end).filter(|m| marked || m.by == MentionBy::Pronoun);
            if let Some(owner) = before {
                return Some((owner, owner.tokens.start..at + 1));
            }
        }
        let of = self.token(at + 1).filter(|token| token.is("of"));
        let owner = of.and_then(|_| self.starting(at + 2))?;
        // "The brother-in-law of Indira's sister" is the sister's.
        let other = |at: usize| self.token(at).is_some_and(|t| self.rules.words.known_by(&t.norm).is_some());
        if self.token(owner.tokens.end).is_some_and(|t| t.kind == TokenKind::Possessive) && other(owner.tokens.end + 1)
        {
            return None;
        }
        Some((owner, front.map_or(at, |front| front + 1)..owner.tokens.end))
    }

    /// Who is told to be it: "*Clara Lind*, who is the".
    fn in_front(&self, phrase: usize) -> Option<&'a NameMention> {
        let from = phrase.saturating_sub(self.rules.reach).max(self.sentence.tokens.start);
        let link = |at: &usize| {
            let token = &self.notes.reading.tokens[*at];
            token.is(",") || token.kind == TokenKind::Number || self.rules.link.contains(&token.norm)
        };
        let linked = (from..phrase).rev().take_while(link).last()?;
        self.ending(linked).filter(|mention| self.is_bearer(mention))
    }

    /// Who is named by it: "Holm's brother, *Jonas Berg*".
    fn behind(&self, end: usize) -> Option<&'a NameMention> {
        let comma = self.token(end)?.is(",");
        self.starting(end + usize::from(comma)).filter(|mention| self.is_bearer(mention))
    }

    fn is_bearer(&self, mention: &NameMention) -> bool {
        self.kind(mention) == EntityKind::Person && mention.by <= MentionBy::Short
    }

    fn kind(&self, mention: &NameMention) -> EntityKind {
        self.notes.names.entities[mention.entity].kind
    }

    fn ending(&self, end: usize) -> Option<&'a NameMention> {
        self.named(self.sentence.tokens.start..end).find(|mention| mention.tokens.end == end)
    }

    fn starting(&self, start: usize) -> Option<&'a NameMention> {
        self.named(start..self.sentence.tokens.end).find(|mention| mention.tokens.start == start)
    }

    /// Who is named, and what may be a surname that is never told in full.
    fn named(&self, tokens: Range<usize>) -> impl Iterator<Item = &'a NameMention> {
        let kinds = [EntityKind::Person, EntityKind::Other];
        within(&self.notes.names.mentions, &tokens).iter().filter(move |m| kinds.contains(&self.kind(m)))
    }
}

#[cfg(test)]
mod tests {
    use crate::claim::{Claim, Value};
    use crate::extract::examples::claims_of;

    #[test]
    fn reads_relations() {
        let rules = &crate::rules::RuleBook::load(None).unwrap().extract;
        for (text, expected) in [
            ("Clara Lind, who is Nils Holm's sister, spoke.", "Clara Lind: sister of Nils Holm"),
            ("Nils Holm spoke. Clara Lind is a cousin of Holm's.", "Clara Lind: cousin of Nils Holm"),
            ("Nils Holm's younger brother, Jonas Berg, spoke.", "Jonas Berg: brother of Nils Holm"),
            ("Nils Holm came with his nephew Jonas Berg.", "Jonas Berg: nephew of Nils Holm"),
            ("Clara Lind, a friend of Nils Holm, spoke.", ""),
            ("Nils Holm praised his brother.", ""),
        ] {
            let claims = claims_of(text, rules);
            let found = claims.iter().find(|claim| claim.attribute == super::KIN).map(shown).unwrap_or_default();
            assert_eq!(found, expected, "{text}");
        }
    }

    fn shown(claim: &Claim) -> String {
        let Value::Term(relation) = &claim.value else { panic!("{claim:?}") };
        let [bearer, owner] = &claim.subject[..] else { panic!("{claim:?}") };
        format!("{}: {relation} of {}", bearer.name, owner.name)
    }
}
