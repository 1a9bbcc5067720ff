//! What condition a thing is in, where there are two that exclude each other: "the school stayed
//! open", "the school was closed", "they closed the school".
//!
//! The thing is the noun in front of the words that tell it or, for what is done, the one behind.
//! Only a definite thing is one that another outlet may mean too: "a school was closed" is any school.

use std::collections::BTreeMap;
use std::ops::Range;

use compact_str::ToCompactString;
use schemars::JsonSchema;
use serde::Deserialize;

use super::Rules;
use super::annotations::{Annotations, within};
use super::claims::Place;
use crate::claim::{Claim, Entity, EntityKind, Kind, Value};
use crate::reading::{Role, Sentence};
use crate::rules::{Checked, PhraseMap, Phrases, Wordings, Words};
use crate::text::TokenKind;

/// The words around a condition: `[condition]` in `rules/extract.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ConditionRules {
    /// What the rule does.
    pub about: String,
    /// What "be" stands for in the wordings of an opposite.
    pub be: Words,
    /// What "stay" stands for.
    pub stay: Words,
    /// Words that may stand between those and the condition, or in front of them: `not`, `still`.
    pub between: Words,
    /// Auxiliaries between a thing and what is told of it: `has`, `will`.
    pub helpers: Words,
    /// Words that make a noun a certain thing: `the`, `its`.
    pub definite: Words,
    /// Words behind a noun that tell more of it: `of`, `in`.
    pub behind: Words,
    /// Words that open a clause about the noun before: `which`, `who`.
    pub relative: Words,
    /// Nouns and pronouns that are no certain thing: `people`, `it`.
    pub vague: Words,
    /// Sentences that tell the condition of a certain thing.
    pub fires: Vec<String>,
    /// Sentences that do not.
    pub silent: Vec<String>,
}

impl ConditionRules {
    /// Whether a word stands between a thing and what is told of it without telling anything: `has`, `was`.
    pub fn is_auxiliary(&self, word: &str) -> bool {
        self.helpers.contains(word) || self.be.contains(word)
    }
}

/// A table `[opposite.<id>]` of `rules/extract.toml`: two conditions of which a thing has one.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Opposite {
    /// What is told by them.
    pub about: String,
    /// True where a thing may be in one today and in the other tomorrow.
    #[serde(default)]
    pub changes: bool,
    /// True where persons are not told of by it: they work and fail in other ways than brakes do.
    #[serde(default)]
    pub things: bool,
    /// The conditions, each with all its wordings; in these "be" and "stay" stand for all their forms.
    pub poles: Vec<Wordings>,
    /// For each of them the verbs that bring their object into it: `closed`, and with a star for it `remanded * in custody`.
    #[serde(default)]
    pub done: Vec<Wordings>,
    /// Words that, in the same sentence, tell that something else is meant.
    #[serde(default)]
    pub excludes: Words,
    /// Pairs of sentences that are told apart by it.
    pub fires: Vec<Checked<[String; 2]>>,
    /// Pairs that are not.
    pub silent: Vec<Checked<[String; 2]>>,
}

/// One wording of a condition, known by its first word that is not "be" or "stay". Words are told by their numbers.
#[derive(Clone, Debug)]
pub struct Wording {
    opposite: usize,
    pole: usize,
    front: Front,
    rest: Box<[u32]>,
    /// What follows the thing, where that stands inside: "remanded *him* in custody".
    tail: Box<[u32]>,
}

/// What stands in front of that word.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Front {
    /// A form of "be".
    Be,
    /// A form of "stay".
    Stay,
    /// The thing itself.
    Thing,
    /// Who brings the thing behind into the condition.
    Doer,
}

/// The wordings of all opposites by their first telling words.
pub type OppositeIndex = PhraseMap<Wording>;

/// The wordings of a list of opposites.
pub fn phrases(opposites: &BTreeMap<String, Opposite>) -> Phrases<Wording> {
    let mut phrases = Phrases::default();
    for (number, opposite) in opposites.values().enumerate() {
        for (pole, wordings) in opposite.poles.iter().enumerate() {
            wordings.iter().for_each(|wording| add(&mut phrases, number, pole, wording, Front::Thing));
        }
        for (pole, verbs) in opposite.done.iter().enumerate() {
            verbs.iter().for_each(|verb| add(&mut phrases, number, pole, verb, Front::Doer));
        }
    }
    phrases
}

fn add(phrases: &mut Phrases<Wording>, opposite: usize, pole: usize, wording: &str, bare: Front) {
    let (wording, tail) = wording.split_once(" * ").unwrap_or((wording, ""));
    let mut words = wording.split(' ').peekable();
    let front = match words.peek().copied() {
        Some("be") => Front::Be,
        Some("stay") => Front::Stay,
        _ => bare,
    };
    if matches!(front, Front::Be | Front::Stay) {
        words.next();
    }
    let words: Vec<u32> = words.map(|word| phrases.number(word)).collect();
    if let [_, rest @ ..] = &words[..] {
        let tail = tail.split_whitespace().map(|word| phrases.number(word)).collect();
        phrases.push(&words, Wording { opposite, pole, front, rest: rest.into(), tail });
    }
}

/// A claim for each condition that the body tells a certain thing to be in.
pub fn condition_claims(notes: &Annotations, rules: &Rules) -> Vec<Claim> {
    let index = rules.opposites();
    let opposites: Vec<(&String, &Opposite)> = rules.opposite.iter().collect();
    let mut claims = Vec::new();
    for sentence in notes.reading.sentences.iter().filter(|s| s.role == Role::Body) {
        let finder = Finder { sentence, notes, rules, words: notes.words_of(sentence) };
        for at in sentence.tokens.clone() {
            for wording in index.of(finder.words_from(at)) {
                let (id, opposite) = opposites[wording.opposite];
                claims.extend(finder.claim(at, wording, id, opposite));
            }
        }
    }
    claims
}

struct Finder<'a, 'r, 'd> {
    sentence: &'a Sentence,
    notes: &'a Annotations<'r, 'd>,
    rules: &'a Rules,
    /// The numbers of the sentence's words.
    words: &'a [u32],
}

impl Finder<'_, '_, '_> {
    /// The numbers of the words from a token on.
    fn words_from(&self, at: usize) -> &[u32] {
        self.words.get(at - self.sentence.tokens.start..).unwrap_or_default()
    }

    fn claim(&self, at: usize, wording: &Wording, id: &str, opposite: &Opposite) -> Option<Claim> {
        let end = at + 1 + wording.rest.len();
        let told = self.words_from(at + 1).starts_with(&wording.rest);
        if !told || self.sentence.tokens.clone().any(|at| opposite.excludes.contains(self.word(at))) {
            return None;
        }
        let start = self.start(at, wording.front)?;
        let thing = match wording.front {
            Front::Doer => self.thing_behind(end, &wording.tail),
            _ => self.thing_before(start),
        }?;
        if opposite.things && thing.kind == EntityKind::Person {
            return None;
        }
        let place = Place::predicated(start..end, at, self.notes)?;
        let value = Value::Term(opposite.poles[wording.pole].first().unwrap_or_default().into());
        Some(Claim { subject: vec![thing], ..place.claim(self.notes, self.rules, Kind::Negation, id, value) })
    }

    /// Where a condition begins whose telling word stands at `at`; nothing where what is in front is not what it takes.
    fn start(&self, at: usize, front: Front) -> Option<usize> {
        let rules = &self.rules.condition;
        let before = self.skip_back(at, |word| rules.between.contains(word));
        let word = |words: &Words| before > self.sentence.tokens.start && words.contains(self.word(before - 1));
        match front {
            Front::Be => word(&rules.be).then(|| before - 1),
            Front::Stay => word(&rules.stay).then(|| before - 1),
            // "The failed talks" are talks of some kind.
            Front::Thing | Front::Doer => (!word(&rules.be) && !word(&rules.definite)).then_some(at),
        }
    }

    /// The first of the words in front of `at` that are all idle.
    fn skip_back(&self, at: usize, is_idle: impl Fn(&str) -> bool) -> usize {
        let idle = (self.sentence.tokens.start..at).rev().take_while(|before| is_idle(self.word(*before)));
        idle.last().unwrap_or(at)
    }

    /// The thing whose condition begins at `start`: "the *bridge* over the river has been closed".
    fn thing_before(&self, start: usize) -> Option<Entity> {
        let end = self.end_of_subject(start)?;
        let from = (self.sentence.tokens.start..end)
            .rev()
            .find(|at| self.ends_clause(*at))
            .map_or(self.sentence.tokens.start, |at| at + 1);
        // "In the valley the school was closed": not the valley.
        let from = match self.rules.condition.behind.contains(self.word(from)) {
            true => (from..end).rev().find(|at| self.is_definite(*at))?,
            false => from,
        };
        let more = (from + 1..end).find(|at| self.rules.condition.behind.contains(self.word(*at)));
        self.thing(from..more.unwrap_or(end))
    }

    /// Where the words end that name what is told of: before auxiliaries, "which", and what commas enclose.
    fn end_of_subject(&self, start: usize) -> Option<usize> {
        let rules = &self.rules.condition;
        let first = self.sentence.tokens.start;
        let mut end = self.skip_back(start, |word| rules.between.contains(word) || rules.is_auxiliary(word));
        if end > first && rules.relative.contains(self.word(end - 1)) {
            end -= 1;
            return Some(if end > first && self.is(end - 1, ",") { end - 1 } else { end });
        }
        if end > first && self.is(end - 1, ",") {
            return (first..end - 1).rev().find(|at| self.is(*at, ","));
        }
        (end > first).then_some(end)
    }

    /// The thing that is brought into a condition: "closed the *road* to the port"; with a tail, what stands before that.
    fn thing_behind(&self, from: usize, tail: &[u32]) -> Option<Entity> {
        let rules = &self.rules.condition;
        let stops = |at: &usize| {
            let word = self.word(*at);
            self.ends_clause(*at) || rules.behind.contains(word) || rules.is_auxiliary(word)
        };
        let end = (from..self.sentence.tokens.end).find(stops).unwrap_or(self.sentence.tokens.end);
        self.words_from(end).starts_with(tail).then(|| self.thing(from..end))?
    }

    /// Whom or what a phrase names: somebody by name, or a certain thing by its noun.
    fn thing(&self, phrase: Range<usize>) -> Option<Entity> {
        const LONGEST: usize = 6;
        if phrase.is_empty() || phrase.len() > LONGEST {
            return None;
        }
        let names = &self.notes.names;
        let named = within(&names.mentions, &phrase).iter().find(|m| m.tokens.end == phrase.end);
        if let Some(mention) = named {
            return Some(names.entities[mention.entity].clone());
        }
        let certain = phrase.clone().rev().find(|at| self.is_definite(*at))?;
        let words = || (certain + 1..phrase.end).map(|at| &self.notes.reading.tokens[at]);
        let plain =
            words().all(|token| token.kind == TokenKind::Word && !self.rules.condition.vague.contains(&token.norm));
        let name = words().map(|token| token.norm.as_str()).collect::<Vec<_>>().join(" ");
        (plain && !name.is_empty()).then(|| Entity {
            kind: EntityKind::Other,
            name: name.to_compact_string(),
            roles: Vec::new(),
        })
    }

    fn is_definite(&self, at: usize) -> bool {
        self.notes.reading.tokens[at].kind == TokenKind::Possessive
            || self.rules.condition.definite.contains(self.word(at))
    }

    /// "Between Holm and Lund": no new clause begins there.
    fn joins_names(&self, at: usize) -> bool {
        let capitalised =
            |at: usize| self.sentence.tokens.contains(&at) && self.notes.reading.tokens[at].is_capitalised();
        at > 0 && capitalised(at - 1) && capitalised(at + 1)
    }

    fn ends_clause(&self, at: usize) -> bool {
        self.notes.reading.tokens[at].kind == TokenKind::Mark
            || self.rules.distance.clause_words.contains(self.word(at)) && !self.joins_names(at)
    }

    fn word(&self, at: usize) -> &str {
        &self.notes.reading.tokens[at].norm
    }

    fn is(&self, at: usize, word: &str) -> bool {
        self.notes.reading.tokens[at].is(word)
    }
}
