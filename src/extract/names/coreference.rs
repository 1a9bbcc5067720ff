//! Pronouns: who "he", "her", "its" and "they" stand for, told by sex, nearness and subjecthood,
//! and nobody when in doubt. Pronouns inside quotations are left alone.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::describe::describe;
use super::lexicon::Traits;
use super::page::Page;
use super::spot::is_prose;
use super::{Cast, MentionBy, NameMention};
use crate::claim::EntityKind;
use crate::reading::Sentence;
use crate::text::TokenKind;

/// Sentences further back than this are out of mind.
const MEMORY: usize = 2;
/// What the best candidate must have over the second.
const CLEAR: f32 = 1.25;
/// What a subject weighs more than another.
const SUBJECT: f32 = 1.6;

/// An entity met on the way through the text.
#[derive(Clone, Copy, Debug)]
pub struct Seen {
    /// The entity.
    pub entity: usize,
    /// The number of its sentence.
    pub sentence: usize,
    /// The paragraph of its sentence.
    pub paragraph: u32,
    /// True when it stands where a clause begins.
    pub subject: bool,
}

/// What a reader has in mind at a point of the text.
pub struct Mind<'r, 'p> {
    /// The page read.
    pub page: &'p Page<'r>,
    /// Who is named in it.
    pub cast: &'p Cast,
    /// Whom the text has met, the last met last.
    pub seen: Vec<Seen>,
    /// The number of the sentence.
    pub sentence: usize,
    sexes: Vec<Traits>,
    /// The persons last named together, "X and Y", and their sentence.
    together: Option<([usize; 2], usize)>,
    found: Vec<NameMention>,
}

/// The pronouns and descriptions of a document that stand for entities, in order.
pub fn stand_ins(page: &Page, cast: &Cast) -> Vec<NameMention> {
    let mut mind = Mind {
        page,
        cast,
        seen: Vec::new(),
        sentence: 0,
        sexes: cast.sexes.clone(),
        together: None,
        found: Vec::new(),
    };
    for (number, sentence) in page.reading.sentences.iter().enumerate().filter(|(_, s)| is_prose(page, s)) {
        mind.sentence = number;
        mind.read(sentence);
    }
    mind.found
}

impl Mind<'_, '_> {
    fn read(&mut self, sentence: &Sentence) {
        let mut named = self.cast.names.at(sentence.tokens.clone()).peekable();
        let mut quoted = false;
        let mut at = sentence.tokens.start;
        while at < sentence.tokens.end {
            if let Some(mention) = named.next_if(|m| m.tokens.start <= at) {
                self.meet(sentence, mention);
                at = at.max(mention.tokens.end);
                continue;
            }
            quoted = self.is_quoted(at, quoted);
            at = if quoted { at + 1 } else { self.step(sentence, at) };
        }
    }

    /// Follows quotation marks: curly ones tell their side, straight ones take turns.
    fn is_quoted(&self, at: usize, quoted: bool) -> bool {
        match self.page.token(at).kind {
            TokenKind::Mark if self.page.is(at, "\"") => match self.page.printed(at) {
                "\u{201C}" | "\u{201E}" | "\u{00AB}" => true,
                "\u{201D}" | "\u{00BB}" => false,
                _ => !quoted,
            },
            _ => quoted,
        }
    }

    /// Reads a token that is no name; returns where to go on.
    fn step(&mut self, sentence: &Sentence, at: usize) -> usize {
        if self.page.has(at, Traits::PRONOUN) {
            let entities = self.resolve(sentence, at);
            self.note(sentence, at..at + 1, &entities, MentionBy::Pronoun);
            return at + 1;
        }
        match describe(self, sentence, at) {
            Some((tokens, entities)) => {
                let end = tokens.end;
                self.note(sentence, tokens, &entities, MentionBy::Description);
                end
            }
            None => at + 1,
        }
    }

    fn note(&mut self, sentence: &Sentence, tokens: Range<usize>, entities: &[usize], by: MentionBy) {
        for &entity in entities {
            let mention = NameMention { tokens: tokens.clone(), entity, by };
            self.see(sentence, &mention);
            self.found.push(mention);
        }
    }

    fn meet(&mut self, sentence: &Sentence, mention: &NameMention) {
        let before = self.seen.last().copied().filter(|s| s.sentence == self.sentence);
        let first = before.filter(|b| b.subject && self.is_person(b.entity) && b.entity != mention.entity);
        if let Some(first) = first
            && self.is_person(mention.entity)
            && self.is_joined(mention.tokens.start)
        {
            self.together = Some(([first.entity, mention.entity], self.sentence));
        }
        self.see(sentence, mention);
    }

    /// True when "and" stands before the name, titles apart.
    fn is_joined(&self, start: usize) -> bool {
        const FAR: usize = 5;
        let title = Traits::ROLE.with(Traits::ROLE_MODIFIER).with(Traits::HONORIFIC).with(Traits::DEMONYM);
        let passed = |at: &usize| self.page.has(*at, title) || self.page.is(*at, ".") || self.page.is_capital(*at);
        let before = (start.saturating_sub(FAR)..start).rev().find(|at| !passed(at));
        before.is_some_and(|at| self.page.is(at, "and"))
    }

    fn see(&mut self, sentence: &Sentence, mention: &NameMention) {
        let subject = self.is_subject(sentence, mention.tokens.start);
        let seen = Seen { entity: mention.entity, sentence: self.sentence, paragraph: sentence.paragraph, subject };
        self.seen.push(seen);
    }

    /// True when a clause begins before the mention, its title and possessor apart.
    fn is_subject(&self, sentence: &Sentence, start: usize) -> bool {
        let passed = Traits::ROLE.with(Traits::ROLE_MODIFIER).with(Traits::HONORIFIC).with(Traits::DEMONYM);
        let mut at = start;
        while at > sentence.tokens.start {
            let before = at - 1;
            let title = self.page.has(before, passed) || self.page.token(before).kind == TokenKind::Possessive;
            if !title && !self.page.is_capital(before) && !self.page.is(before, "the") && !self.page.is(before, ".") {
                return self.page.token(before).kind == TokenKind::Mark || self.page.has(before, Traits::CLAUSE);
            }
            at = before;
        }
        true
    }

    /// True for a person.
    pub fn is_person(&self, entity: usize) -> bool {
        self.cast.names.entities[entity].kind == EntityKind::Person
    }

    /// Those met in this sentence and the last ones of the same or the previous paragraph.
    pub fn recent(&self, sentence: &Sentence) -> impl Iterator<Item = &Seen> {
        let (now, paragraph) = (self.sentence, sentence.paragraph);
        let near = move |s: &&Seen| s.sentence + MEMORY >= now && s.paragraph + 1 >= paragraph;
        self.seen.iter().rev().take_while(near)
    }

    fn resolve(&mut self, sentence: &Sentence, at: usize) -> Vec<usize> {
        let sex = self.page.traits[at];
        match () {
            () if sex.has(Traits::MALE) => self.person(sentence, at, Traits::MALE).into_iter().collect(),
            () if sex.has(Traits::FEMALE) => self.person(sentence, at, Traits::FEMALE).into_iter().collect(),
            () if sex.has(Traits::PLURAL) => self.several(),
            () => self.thing(sentence, at).into_iter().collect(),
        }
    }

    /// The person that "he" or "she" stands for.
    fn person(&mut self, sentence: &Sentence, at: usize, sex: Traits) -> Option<usize> {
        if let Some(subject) = self.subject_ahead(sentence, at) {
            let told = self.sexes[subject];
            return (told == Traits::default() || told.has(sex)).then_some(subject);
        }
        let object = self.page.rules.tables.pronouns.objects.iter().any(|o| self.page.is(at, o));
        let is_actor = |e: usize| {
            self.seen.iter().rev().take_while(|s| s.sentence == self.sentence).any(|s| s.subject && s.entity == e)
        };
        let mut weights: FxHashMap<usize, f32> = FxHashMap::default();
        for seen in self.recent(sentence).filter(|s| self.is_person(s.entity)) {
            let told = self.sexes[seen.entity];
            let barred = object && is_actor(seen.entity);
            if !barred && (told == Traits::default() || told.has(sex)) {
                let known = weights.entry(seen.entity).or_default();
                *known = known.max(self.weight(seen));
            }
        }
        let chosen = clearest(weights.iter().map(|(&e, &w)| (e, w)));
        if let (Some(entity), 1) = (chosen, weights.len()) {
            self.sexes[entity] = sex;
        }
        chosen
    }

    /// The person of "Before her flight, X met": a pronoun in a phrase before the subject.
    fn subject_ahead(&self, sentence: &Sentence, at: usize) -> Option<usize> {
        const FAR: usize = 12;
        let named = self.seen.last().is_some_and(|s| s.sentence == self.sentence);
        if at == sentence.tokens.start
            || named
            || self.page.has(at - 1, Traits::CLAUSE) && at > sentence.tokens.start + 1
        {
            return None;
        }
        let comma = (at..sentence.tokens.end.min(at + FAR)).find(|&i| self.page.is(i, ","))?;
        let ahead = self.cast.names.at(comma + 1..sentence.tokens.end).next()?;
        let leads = ahead.tokens.start == comma + 1 || self.is_title(comma + 1..ahead.tokens.start);
        (leads && self.is_person(ahead.entity)).then_some(ahead.entity)
    }

    fn is_title(&self, mut tokens: Range<usize>) -> bool {
        let title = Traits::ROLE.with(Traits::ROLE_MODIFIER).with(Traits::HONORIFIC).with(Traits::DEMONYM);
        tokens.all(|at| self.page.has(at, title) || self.page.is(at, "."))
    }

    fn weight(&self, seen: &Seen) -> f32 {
        let near = match self.sentence - seen.sentence {
            0 if seen.subject => 1.3,
            0 => 1.0,
            1 => 0.9,
            _ => 0.5,
        };
        if seen.subject { near * SUBJECT } else { near }
    }

    /// The two persons last named together, in this sentence or the one before.
    fn several(&self) -> Vec<usize> {
        let near = self.together.filter(|(_, sentence)| sentence + 1 >= self.sentence);
        near.map_or(Vec::new(), |(pair, _)| pair.to_vec())
    }

    /// The body or country that "it" stands for: the only one of its sentence so far, or the
    /// subject of it, or the only subject of the sentence before.
    fn thing(&self, sentence: &Sentence, at: usize) -> Option<usize> {
        let dummies = &self.page.rules.tables.pronouns.dummies;
        if self.page.is(at, "it") && dummies.iter().any(|d| self.page.is(at + 1, d)) {
            return None;
        }
        let bodies_only = at == sentence.tokens.start;
        let things = |back: usize| {
            let of = move |s: &&Seen| s.sentence + back == self.sentence;
            self.recent(sentence)
                .filter(of)
                .filter(move |s| is_thing(self.cast.names.entities[s.entity].kind, bodies_only))
        };
        let own = only(things(0).map(|s| s.entity)).or_else(|| only(things(0).filter(|s| s.subject).map(|s| s.entity)));
        let before = || only(things(1).filter(|s| s.subject && s.paragraph == sentence.paragraph).map(|s| s.entity));
        if things(0).next().is_some() { own } else { before() }
    }
}

/// What "it" may stand for; at a sentence's front only what acts.
fn is_thing(kind: EntityKind, bodies_only: bool) -> bool {
    kind == EntityKind::Organisation || !bodies_only && matches!(kind, EntityKind::Place | EntityKind::Venue)
}

/// The one value that all are, if they are one.
pub fn only(mut values: impl Iterator<Item = usize>) -> Option<usize> {
    let first = values.next()?;
    values.all(|v| v == first).then_some(first)
}

/// The heaviest candidate, when it is clearly so.
fn clearest(candidates: impl Iterator<Item = (usize, f32)>) -> Option<usize> {
    let mut best: Option<(usize, f32)> = None;
    let mut second = 0.0_f32;
    for (entity, weight) in candidates {
        match best {
            Some((_, most)) if weight <= most => second = second.max(weight),
            _ => {
                second = second.max(best.map_or(0.0, |(_, most)| most));
                best = Some((entity, weight));
            }
        }
    }
    best.filter(|(_, most)| *most > 0.0 && *most >= second * CLEAR).map(|(entity, _)| entity)
}
