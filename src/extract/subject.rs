//! Whose a claim is: the traveller of a visit, the two who meet, the guest of a dinner.
//!
//! The subject is read from the words around the anchor, nearest evidence first: a possessive
//! ("Ito's visit", "his visit"), a phrase behind it ("a visit by Ito"), the doer in front of it
//! ("Ito began a visit"), and for "the visit" the last visit whose owner was told.

use std::ops::Range;

use rustc_hash::FxHashMap;
use schemars::JsonSchema;
use serde::Deserialize;

use super::Rules;
use super::anchor::Anchor;
use super::annotations::{Annotations, within};
use super::attribute::SubjectOf;
use crate::claim::{Entity, EntityKind};
use crate::reading::Sentence;
use crate::rules::Words;
use crate::text::TokenKind;

/// The words subjects are found by: `[subject]` in `rules/extract.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SubjectRules {
    /// What the rule does.
    pub about: String,
    /// Most tokens between a possessive and its noun: "Ito's *long planned state* visit".
    pub possessive_reach: usize,
    /// Most tokens between `by`, `of`, `for`, `with` and the name behind them.
    pub phrase_reach: usize,
    /// Plural and collective nouns that act: `officials`, `delegation`, `rescuers`.
    pub group_nouns: Words,
    /// Words behind a noun that name its doer: `by`, `of`.
    pub doer_words: Words,
    /// Words before a name that does not act: "the minister *of* Norway left".
    pub attribute_words: Words,
    /// Words behind a noun that name whom it is for: `for`, `honouring`.
    pub beneficiary_words: Words,
    /// Words that make a noun point back: `the`, `this`.
    pub definite_words: Words,
}

/// The anchors told so far of each attribute, for "the visit" and "the meeting", whose subject is that of the last before
/// them. Hardly any is asked for.
#[derive(Default)]
pub struct Memory<'s>(FxHashMap<usize, Vec<(Anchor, &'s Sentence)>>);

impl<'s> Memory<'s> {
    /// Remembers an anchor of an attribute that is somebody's.
    pub fn take(&mut self, anchor: &Anchor, sentence: &'s Sentence, rules: &Rules) {
        let attribute = rules.attribute_at(anchor.attribute);
        if attribute.subject != SubjectOf::Event && !attribute.persons && !attribute.keyed {
            self.0.entry(anchor.attribute).or_default().push((anchor.clone(), sentence));
        }
    }

    /// The last known subject of an attribute.
    fn last(&mut self, attribute: usize, notes: &Annotations, rules: &Rules) -> Vec<Entity> {
        let Some(told) = self.0.get_mut(&attribute) else { return Vec::new() };
        while let Some((anchor, sentence)) = told.last() {
            let found = Finder { anchor, sentence, notes, rules }.told(rules.attribute_at(attribute).subject);
            if !found.is_empty() {
                return found;
            }
            told.pop();
        }
        Vec::new()
    }
}

/// The subject of an anchor; empty where the text does not tell it.
pub fn subject(
    anchor: &Anchor,
    sentence: &Sentence,
    notes: &Annotations,
    memory: &mut Memory,
    rules: &Rules,
) -> Vec<Entity> {
    let finder = Finder { anchor, sentence, notes, rules };
    let attribute = rules.attribute_at(anchor.attribute);
    if attribute.persons {
        return finder.at_same_tokens(&anchor.tokens);
    }
    if attribute.keyed {
        return vec![finder.group(anchor.tokens.end - 1)];
    }
    let found = finder.told(attribute.subject);
    let points_back = found.is_empty() && attribute.subject != SubjectOf::Event && finder.is_definite();
    if points_back { memory.last(anchor.attribute, notes, rules) } else { found }
}

/// Who does what a value is told of, where no anchor tells: the doer in front of the value.
pub fn doer_before(value: &Range<usize>, sentence: &Sentence, notes: &Annotations, rules: &Rules) -> Vec<Entity> {
    let anchor = Anchor { attribute: 0, tokens: value.clone(), noun: false, active: false, term: None };
    Finder { anchor: &anchor, sentence, notes, rules }.doer()
}

struct Finder<'a, 'r, 'd> {
    anchor: &'a Anchor,
    sentence: &'a Sentence,
    notes: &'a Annotations<'r, 'd>,
    rules: &'a Rules,
}

impl Finder<'_, '_, '_> {
    /// Whose the anchor is told to be, by its own sentence.
    fn told(&self, of: SubjectOf) -> Vec<Entity> {
        match of {
            SubjectOf::Event => Vec::new(),
            SubjectOf::Agent => self.agent(),
            SubjectOf::Participants => self.participants(),
            SubjectOf::Object => self.behind(self.anchor.tokens.end, self.rules.subject.phrase_reach),
            SubjectOf::Beneficiary => self.beneficiary(),
        }
    }

    fn agent(&self) -> Vec<Entity> {
        if !self.anchor.noun {
            if let Some(which) = self.relative() {
                return self.antecedent(which);
            }
            return first_found([&|| self.doer(), &|| self.doer_behind(), &Vec::new]);
        }
        first_found([&|| self.owner(), &|| self.phrase(&self.rules.subject.doer_words), &|| self.doer_of_noun()])
    }

    /// All persons and bodies of the clause that names the meeting.
    fn participants(&self) -> Vec<Entity> {
        let clause = self.clause();
        let names = &self.notes.names;
        let mentions = || within(&names.mentions, &clause).iter().filter(|m| !self.is_site(&m.tokens));
        let of = |kinds: &[EntityKind]| {
            let entities = mentions().map(|m| &names.entities[m.entity]).filter(|e| kinds.contains(&e.kind));
            unique(entities.cloned())
        };
        let tiers = [&PERSONS[..], &BODIES[..], &ACTORS[..]];
        tiers.into_iter().map(of).find(|found| found.len() > 1).unwrap_or_default()
    }

    fn beneficiary(&self) -> Vec<Entity> {
        let honoured = || self.phrase(&self.rules.subject.beneficiary_words);
        first_found([&honoured, &|| self.owner_behind(), &Vec::new])
    }

    /// "Ito's visit", "his visit", "the Ito visit".
    fn owner(&self) -> Vec<Entity> {
        self.owner_before(self.anchor.tokens.start)
    }

    /// "a dinner in Ito's honour": a possessive close behind the anchor.
    fn owner_behind(&self) -> Vec<Entity> {
        let reach = (self.anchor.tokens.end + self.rules.subject.phrase_reach).min(self.sentence.tokens.end);
        self.possessor(self.anchor.tokens.end..reach)
    }

    fn owner_before(&self, at: usize) -> Vec<Entity> {
        let from = at.saturating_sub(self.rules.subject.possessive_reach + 1).max(self.sentence.tokens.start);
        self.possessor(from..at)
    }

    /// The last entity in a range that stands in the possessive.
    fn possessor(&self, tokens: Range<usize>) -> Vec<Entity> {
        let owners = (tokens.start.saturating_sub(1)..tokens.end).rev();
        for at in owners {
            let possessive = self.notes.reading.tokens.get(at + 1).is_some_and(|t| t.kind == TokenKind::Possessive)
                && at + 1 < tokens.end;
            let pronoun = is_possessive_pronoun(&self.notes.reading.tokens[at].norm) && tokens.contains(&at);
            if possessive || pronoun {
                return self.ending_at(at + 1);
            }
        }
        Vec::new()
    }

    /// The entities of the mentions that end at a token.
    fn ending_at(&self, end: usize) -> Vec<Entity> {
        let sentence = &self.sentence.tokens;
        let names = &self.notes.names;
        let ending = within(&names.mentions, sentence).iter().filter(|m| m.tokens.end == end);
        unique(ending.map(|m| names.entities[m.entity].clone()))
    }

    /// "a visit to Oslo by Ito": a name soon behind one of `words`, within the anchor's clause.
    fn phrase(&self, words: &Words) -> Vec<Entity> {
        let behind = self.anchor.tokens.end..self.clause().end;
        let word = behind.clone().find(|at| words.contains(&self.notes.reading.tokens[*at].norm));
        word.map_or_else(Vec::new, |at| self.behind(at + 1, self.rules.subject.phrase_reach))
    }

    /// The first acting entity in the next tokens.
    fn behind(&self, from: usize, reach: usize) -> Vec<Entity> {
        let tokens = from..(from + reach).min(self.sentence.tokens.end);
        let mentions = within(&self.notes.names.mentions, &tokens);
        let acting = mentions.iter().find(|m| acts(self.notes.names.entities[m.entity].kind));
        acting.map_or_else(Vec::new, |first| self.at_same_tokens(&first.tokens))
    }

    /// The doer before a noun: "Ito began a two-day trip"; none for "the trip", which points back.
    fn doer_of_noun(&self) -> Vec<Entity> {
        if self.is_definite() && self.anchor.term.is_none() { Vec::new() } else { self.doer() }
    }

    /// The nearest acting entity or group noun in front of the anchor, with what `and` joins to it.
    fn doer(&self) -> Vec<Entity> {
        let before = self.sentence.tokens.start..self.before_relative();
        let mentions = within(&self.notes.names.mentions, &before);
        let named = mentions.iter().rev().find(|m| {
            let kind = self.notes.names.entities[m.entity].kind;
            m.tokens.end <= before.end
                && acts(kind)
                && !self.is_modifier(m.tokens.end)
                && !self.is_attribute(m.tokens.start)
        });
        // A group noun counts where no name stands between it and the anchor.
        let free = named.map_or(before.start, |name| name.tokens.end + 1)..before.end;
        let is_group = |at: &usize| self.rules.subject.group_nouns.contains(&self.notes.reading.tokens[*at].norm);
        match (named, free.rev().find(is_group)) {
            (Some(_), Some(group)) => vec![self.group(group)],
            (Some(name), _) => self.joined(&name.tokens),
            (None, Some(group)) => vec![self.group(group)],
            (None, None) => Vec::new(),
        }
    }

    /// The "which" right in front of a verb: "the business, *which* was founded in 1897".
    fn relative(&self) -> Option<usize> {
        const REACH: usize = 4;
        let tokens = &self.notes.reading.tokens;
        let before = (self.sentence.tokens.start..self.anchor.tokens.start).rev().take(REACH);
        let mut verbal = before.skip_while(|at| self.rules.condition.is_auxiliary(&tokens[*at].norm));
        verbal.next().filter(|at| tokens[*at].is("which"))
    }

    /// What "which" stands for, where that is named: no name farther in front is told of.
    fn antecedent(&self, which: usize) -> Vec<Entity> {
        let comma = which > self.sentence.tokens.start && self.notes.reading.tokens[which - 1].is(",");
        self.ending_at(if comma { which - 1 } else { which })
    }

    /// Where "Ito, who met Lund in Oslo, left" has its subject: before the clause that a comma and
    /// "who" open and a comma right in front of the verb closes.
    fn before_relative(&self) -> usize {
        const REACH: usize = 6;
        let (start, end) = (self.sentence.tokens.start, self.anchor.tokens.start);
        let is = |at: usize, word: &str| self.notes.reading.tokens[at].is(word);
        let closed = (start..end).rev().take(REACH).find(|at| is(*at, ","));
        let opened = closed.and_then(|closed| {
            (start + 1..closed).rev().find(|at| is(at - 1, ",") && (is(*at, "who") || is(*at, "which")))
        });
        opened.map_or(end, |at| at - 1)
    }

    /// "Born in Oslo, she…": who the participle that opens a sentence is told of.
    fn doer_behind(&self) -> Vec<Entity> {
        if self.anchor.tokens.start != self.sentence.tokens.start {
            return Vec::new();
        }
        let tokens = &self.notes.reading.tokens;
        let comma = (self.anchor.tokens.end..self.sentence.tokens.end).find(|at| tokens[*at].is(","));
        comma.map_or_else(Vec::new, |at| self.behind(at + 1, 2))
    }

    /// True for a name in the possessive: "Ito's team left" is the team's leaving.
    fn is_modifier(&self, end: usize) -> bool {
        self.notes.reading.tokens.get(end).is_some_and(|t| t.kind == TokenKind::Possessive)
    }

    /// True for a name behind a preposition: "the minister of Norway left" is not Norway's leaving.
    fn is_attribute(&self, start: usize) -> bool {
        let before = start.checked_sub(1).filter(|at| *at >= self.sentence.tokens.start);
        before.is_some_and(|at| self.rules.subject.attribute_words.contains(&self.notes.reading.tokens[at].norm))
    }

    fn group(&self, at: usize) -> Entity {
        Entity { kind: EntityKind::Other, name: self.notes.reading.tokens[at].norm.clone(), roles: Vec::new() }
    }

    /// The entity at `tokens` and those that a comma or `and` joins in front of it.
    fn joined(&self, tokens: &Range<usize>) -> Vec<Entity> {
        let names = &self.notes.names;
        let mut found = self.at_same_tokens(tokens);
        let mut start = tokens.start;
        let before = self.sentence.tokens.start..tokens.start;
        for mention in within(&names.mentions, &before).iter().rev() {
            let between = &self.notes.reading.tokens[mention.tokens.end.min(start)..start];
            let joins = between.iter().any(|t| t.is("and")) && between.len() <= 3;
            if !joins || !acts(names.entities[mention.entity].kind) {
                break;
            }
            found.push(names.entities[mention.entity].clone());
            start = mention.tokens.start;
        }
        unique(found.into_iter())
    }

    fn at_same_tokens(&self, tokens: &Range<usize>) -> Vec<Entity> {
        let names = &self.notes.names;
        let same = within(&names.mentions, tokens).iter().filter(|m| m.tokens == *tokens);
        unique(same.map(|m| names.entities[m.entity].clone()))
    }

    /// Whether a name is that of where something happens: "met at Hartwell University".
    fn is_site(&self, tokens: &Range<usize>) -> bool {
        let sites = within(&self.notes.locations, &self.sentence.tokens).iter();
        sites
            .filter(|l| !l.value.class.is_empty())
            .any(|l| l.tokens.start <= tokens.start && tokens.end <= l.tokens.end)
    }

    /// The tokens around the anchor up to the next clause word or stop on either side.
    fn clause(&self) -> Range<usize> {
        let tokens = &self.notes.reading.tokens;
        let dear = |at: usize| self.rules.distance.cost(&tokens[at..at + 1], false) >= self.rules.distance.clause;
        let ends = |at: &usize| dear(*at) && !self.joins_names(*at);
        let start = (self.sentence.tokens.start..self.anchor.tokens.start).rev().find(ends);
        let end = (self.anchor.tokens.end..self.sentence.tokens.end).find(ends);
        start.map_or(self.sentence.tokens.start, |at| at + 1)..end.unwrap_or(self.sentence.tokens.end)
    }

    /// "Talks between Lind and engineer Holm": no new clause begins between two names.
    fn joins_names(&self, at: usize) -> bool {
        const TITLE: usize = 3;
        let names = &self.notes.names.mentions;
        let next = names.partition_point(|m| m.tokens.start <= at);
        let before = names[..next].iter().rev().take(2).any(|m| m.tokens.end == at);
        let behind =
            names.get(next).is_some_and(|m| m.tokens.start <= at + TITLE && m.tokens.end <= self.sentence.tokens.end);
        self.notes.reading.tokens[at].is("and") && before && behind
    }

    fn is_definite(&self) -> bool {
        let from = self.anchor.tokens.start.saturating_sub(3).max(self.sentence.tokens.start);
        let before = &self.notes.reading.tokens[from..self.anchor.tokens.start];
        self.anchor.noun && before.iter().any(|t| self.rules.subject.definite_words.contains(&t.norm))
    }
}

/// Who meets: persons where two are told, else bodies, else states.
const PERSONS: [EntityKind; 1] = [EntityKind::Person];
const BODIES: [EntityKind; 2] = [EntityKind::Person, EntityKind::Organisation];
const ACTORS: [EntityKind; 3] = [EntityKind::Person, EntityKind::Organisation, EntityKind::Place];

fn first_found(ways: [&dyn Fn() -> Vec<Entity>; 3]) -> Vec<Entity> {
    ways.iter().map(|way| way()).find(|found| !found.is_empty()).unwrap_or_default()
}

/// Places act too: "Norway began a visit" is said of governments.
fn acts(kind: EntityKind) -> bool {
    matches!(kind, EntityKind::Person | EntityKind::Organisation | EntityKind::Place | EntityKind::Other)
}

fn is_possessive_pronoun(word: &str) -> bool {
    matches!(word, "his" | "her" | "their" | "its")
}

fn unique(entities: impl Iterator<Item = Entity>) -> Vec<Entity> {
    let mut found: Vec<Entity> = entities.collect();
    found.sort();
    found.dedup();
    found
}
