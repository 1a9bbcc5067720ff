//! Where something happens: "at the Grand Theatre in Lyon", "in a warehouse near the port".

use std::ops::{ControlFlow, Range};

use compact_str::{CompactString, format_compact};
use schemars::JsonSchema;
use serde::Deserialize;

use super::names::{NameMention, Names};
use crate::claim::{EntityKind, Location};
use crate::embedded;
use crate::normalise::place::Gazetteer;
use crate::reading::{Reading, Sentence};
use crate::rules::Words;
use crate::text::{Token, TokenKind};

/// The table `[location]` of `rules/extract.toml`; all words folded.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// What the table is for.
    pub about: String,
    /// Texts that tell a location.
    pub fires: Vec<String>,
    /// Texts that do not.
    pub silent: Vec<String>,
    /// Words before a location.
    pub prepositions: Words,
    /// Of these, words after which stands what contains the location before.
    pub containing: Words,
    /// Words before a type of venue that make it one place.
    pub articles: Words,
    /// Types of venue that only a name makes one: "the Corn Exchange", but "in the exchange" of shots.
    pub named_only: Words,
    /// Ends of words that a venue word does not describe when it stands before them.
    pub verbal: Vec<String>,
    /// Parts of a venue, behind which "of" leads to the venue itself: `floor`, `hall`.
    pub parts: Words,
    /// Kinds of settlement: "the Kenyan *town*" lies in Kenya, and is not Kenya.
    pub settlements: Words,
    /// Words behind which stands nothing that belongs to a place: `with`.
    pub barriers: Words,
    /// Prepositions that only a named place counts behind.
    pub names_only: Words,
}

impl Default for Rules {
    fn default() -> Self {
        embedded::table(include_str!("../../rules/extract.toml"), "location")
    }
}

/// A location told behind a preposition.
#[derive(Clone, Debug, PartialEq)]
pub struct LocationMention {
    /// Indices into [`Reading::tokens`]: from the first word without article to what contains it.
    pub tokens: Range<usize>,
    /// The location with what contains it, as far as text and gazetteer tell.
    pub value: Location,
    /// The preposition before it, folded.
    pub preposition: CompactString,
}

/// The locations of a document, in order.
pub fn locations(reading: &Reading, names: &Names, gazetteer: &Gazetteer, rules: &Rules) -> Vec<LocationMention> {
    let place = Places { reading, names, gazetteer, rules };
    let mut found = Vec::new();
    for sentence in &reading.sentences {
        place.in_sentence(sentence, &mut found);
    }
    found
}

struct Places<'r> {
    reading: &'r Reading<'r>,
    names: &'r Names,
    gazetteer: &'r Gazetteer,
    rules: &'r Rules,
}

/// One link of "the Grand Theatre in Lyon, France".
struct Link {
    tokens: Range<usize>,
    name: CompactString,
    class: CompactString,
    named: bool,
}

impl<'r> Places<'r> {
    fn in_sentence(&self, sentence: &Sentence, found: &mut Vec<LocationMention>) {
        let end = sentence.tokens.end;
        let mut at = sentence.tokens.start;
        while at + 1 < end {
            let told = if self.is_one_of(at, &self.rules.prepositions) { self.behind(at, end) } else { None };
            at = told.as_ref().map_or(at + 1, |mention| mention.tokens.end);
            found.extend(told);
        }
    }

    fn token(&self, at: usize) -> &'r Token {
        &self.reading.tokens[at]
    }

    fn is(&self, at: usize, norm: &str) -> bool {
        self.reading.tokens.get(at).is_some_and(|t| t.norm == norm)
    }

    fn is_one_of(&self, at: usize, words: &Words) -> bool {
        let token = self.token(at);
        token.kind == TokenKind::Word && token.norm.len() <= LONGEST_WORD && words.contains(&token.norm)
    }

    /// The location behind the preposition at `at`.
    fn behind(&self, at: usize, end: usize) -> Option<LocationMention> {
        let part = self.is(at, "of") && at > 0 && self.is_one_of(at - 1, &self.rules.parts);
        let names_only = self.is_one_of(at, &self.rules.names_only) && !part;
        let first = self.link(at + 1, end).filter(|link| link.named || !names_only)?;
        let front = first.tokens.start;
        let first = self.whole(&first, end).unwrap_or(first);
        let mut links = vec![first];
        while let Some(next) = links.last().and_then(|last| self.next_link(last, end)) {
            links.push(next);
        }
        self.order_possessors(&mut links);
        let start = links.iter().map(|l| l.tokens.start).min()?.min(front);
        let stop = links.iter().map(|l| l.tokens.end).max()?;
        Some(LocationMention {
            tokens: start..stop,
            value: self.location(&links)?,
            // What lies under the floor of a barn is in the barn.
            preposition: if part { "in".into() } else { self.token(at).norm.clone() },
        })
    }

    /// "The hall of the school": the school, of which the hall is a part.
    fn whole(&self, part: &Link, end: usize) -> Option<Link> {
        let at = part.tokens.end;
        let divides = !part.named && self.rules.parts.contains(&part.name) && at < end && self.is(at, "of");
        let near = at + 1..end.min(at + 1 + POSSESSOR);
        let owner = near.into_iter().find(|at| self.token(*at).kind == TokenKind::Possessive).filter(|_| divides);
        let owned = || owner.and_then(|at| self.link_possessed(at + 1, end));
        let whole = self.link(at + 1, end).filter(|link| divides && !link.class.is_empty());
        whole.or_else(owned).filter(|whole| !whole.class.is_empty())
    }

    /// A named place, or an article with a type of venue.
    fn link(&self, start: usize, end: usize) -> Option<Link> {
        const FAR: usize = 5;
        let article = start < end && self.is_one_of(start, &self.rules.articles);
        let first = if article { start + 1 } else { start };
        let limit = end.min(first + FAR);
        for at in first..limit {
            if let ControlFlow::Break(found) = self.link_at(at, end, article) {
                return found;
            }
            if !article && at + 1 < limit && self.named(at + 1).is_none() {
                return None;
            }
        }
        None
    }

    /// Whether the search for a place ends at a token, and with what; a type of venue counts when `typed`.
    fn link_at(&self, at: usize, end: usize, typed: bool) -> ControlFlow<Option<Link>> {
        if let Some(venue) = self.named_venue(at, end).filter(|_| typed).or_else(|| self.named(at)) {
            return ControlFlow::Break(Some(venue));
        }
        let token = self.token(at);
        if token.kind == TokenKind::Possessive {
            return ControlFlow::Continue(());
        }
        let ends = self.is_one_of(at, &self.rules.prepositions) || self.is_one_of(at, &self.rules.barriers);
        if token.kind != TokenKind::Word || ends {
            return ControlFlow::Break(None);
        }
        let alone = self.is_one_of(at, &self.rules.named_only);
        if !token.is_capitalised() && !alone && self.venue_at(at).is_some() && !self.leads_on(at, end) {
            return ControlFlow::Break(typed.then(|| self.typed(at)));
        }
        ControlFlow::Continue(())
    }

    /// True when the venue word only describes the noun behind it: "the airport authority".
    fn leads_on(&self, at: usize, end: usize) -> bool {
        let Some(next) = self.reading.tokens.get(at + 1).filter(|_| at + 1 < end) else { return false };
        let function = self.is_one_of(at + 1, &self.rules.prepositions) || next.norm.len() <= SHORTEST_NOUN;
        let verbal = self.rules.verbal.iter().any(|tail| next.norm.ends_with(tail.as_str()));
        next.kind == TokenKind::Word && !next.is_capitalised() && !function && !verbal
    }

    fn typed(&self, at: usize) -> Link {
        let (name, class) = self.venue_at(at).unwrap_or_default();
        Link { tokens: at..at + 1, name, class: class.into(), named: false }
    }

    /// The type of venue that ends at `at`, with its class: `leisure centre` before `hall`.
    fn venue_at(&self, at: usize) -> Option<(CompactString, &'r str)> {
        let word = &self.token(at).norm;
        let before = at.checked_sub(1).map(|before| &self.token(before).norm);
        let pair = |first: &CompactString| {
            let class = self.gazetteer.class_of_pair(first, word)?;
            Some((format_compact!("{first} {word}"), class))
        };
        before.and_then(pair).or_else(|| self.gazetteer.class_of(word).map(|class| (word.clone(), class)))
    }

    /// The place or venue whose name begins at `at`.
    fn named(&self, at: usize) -> Option<Link> {
        let mentions = &self.names.mentions;
        let from = mentions.partition_point(|m| m.tokens.start < at);
        let mention = mentions.get(from).filter(|m| m.tokens.start == at)?;
        let class = self.class_in(mention);
        let located = match self.names.entities[mention.entity].kind {
            EntityKind::Place | EntityKind::Venue => true,
            EntityKind::Organisation | EntityKind::Other => !class.is_empty(),
            // "Teatro Apolo" looks like somebody's name.
            EntityKind::Person => self.gazetteer.class_of(&self.token(mention.tokens.start).norm).is_some(),
            EntityKind::Demonym => false,
        };
        let span = self.reading.span_of(mention.tokens.clone());
        let name = CompactString::from(self.reading.text(span));
        located.then(|| Link { tokens: mention.tokens.clone(), name, class, named: true })
    }

    /// "The San Luca hospital": a name of any kind with a type of venue in small letters behind.
    fn named_venue(&self, at: usize, end: usize) -> Option<Link> {
        let mentions = &self.names.mentions;
        let from = mentions.partition_point(|m| m.tokens.start < at);
        let mention = mentions.get(from).filter(|m| m.tokens.start == at && self.token(at).is_capitalised())?;
        let next = mention.tokens.end;
        let plain = |at: usize| at < end && self.token(at).kind == TokenKind::Word && !self.token(at).is_capitalised();
        let at = [next + 1, next].into_iter().find(|at| plain(*at) && self.venue_at(*at).is_some())?;
        if !plain(next) || self.leads_on(at, end) || self.is_one_of(next, &self.rules.prepositions) {
            return None;
        }
        let tokens = mention.tokens.start..at + 1;
        let name = CompactString::from(self.reading.text(self.reading.span_of(tokens.clone())));
        Some(Link { tokens, name, class: self.typed(at).class, named: true })
    }

    /// The class of venue that a name's words tell, the last such word first.
    fn class_in(&self, mention: &NameMention) -> CompactString {
        let first = mention.tokens.start;
        let told = mention.tokens.clone().rev().find_map(|at| {
            let word = &self.token(at).norm;
            let before = (at > first).then(|| &self.token(at - 1).norm);
            self.gazetteer.class_of(word).or_else(|| self.gazetteer.class_of_pair(before?, word))
        });
        told.map_or_else(|| self.known_class(mention), CompactString::from)
    }

    /// The class of a venue that the gazetteer knows by name.
    fn known_class(&self, mention: &NameMention) -> CompactString {
        let name = self.names.name_of(mention.entity);
        self.gazetteer.locate(name).map_or(CompactString::default(), |l| l.class)
    }

    /// What contains the link before: "in Lyon", ", France", "'s Far East".
    fn next_link(&self, last: &Link, end: usize) -> Option<Link> {
        let at = last.tokens.end;
        if at >= end {
            return None;
        }
        if self.token(at).kind == TokenKind::Possessive {
            return self.link_possessed(at + 1, end);
        }
        if self.is(at, ",") {
            return self.named(at + 1).filter(|next| next.class.is_empty() && self.contains(next, last));
        }
        if !self.is_one_of(at, &self.rules.containing) {
            return None;
        }
        let start = if self.is(at + 1, "the") { at + 2 } else { at + 1 };
        let described = start > at + 1 && self.is_settlement(start, end);
        self.named(start).filter(|_| !described).or_else(|| self.behind_country_of(start, end))
    }

    /// "In the Somerset town": a town in Somerset, whichever.
    fn is_settlement(&self, start: usize, end: usize) -> bool {
        let behind = self.named(start).map(|link| link.tokens.end).filter(|at| *at < end);
        behind.is_some_and(|at| self.is_one_of(at, &self.rules.settlements))
    }

    /// "the Kenyan city of Nakuru": the town behind the words.
    fn behind_country_of(&self, start: usize, end: usize) -> Option<Link> {
        const FAR: usize = 4;
        let of = (start..end.min(start + FAR)).find(|&at| self.is(at, "of"))?;
        let plain = (start..of)
            .all(|at| self.token(at).kind == TokenKind::Word && !self.is_one_of(at, &self.rules.prepositions));
        self.named(of + 1).filter(|_| plain)
    }

    /// "Lyon's main station", "Kenya's Rift Valley".
    fn link_possessed(&self, start: usize, end: usize) -> Option<Link> {
        const FAR: usize = 4;
        for at in start..end.min(start + FAR) {
            if let ControlFlow::Break(found) = self.link_at(at, end, true) {
                return found;
            }
        }
        None
    }

    /// True when the place behind a comma may contain the one before it.
    fn contains(&self, outer: &Link, inner: &Link) -> bool {
        let Some(known) = self.gazetteer.locate(&outer.name) else { return false };
        let inside = |l: Location| l.inside.contains(&known.name);
        match self.gazetteer.locate_in(&inner.name, &outer.name) {
            Some(found) if inner.class.is_empty() => inside(found),
            _ => true,
        }
    }

    /// A possessor stands before what it contains: puts it behind.
    fn order_possessors(&self, links: &mut [Link]) {
        for at in 1..links.len() {
            let possessed = self.token(links[at - 1].tokens.end).kind == TokenKind::Possessive;
            if possessed && links[at - 1].tokens.start < links[at].tokens.start {
                links.swap(at - 1, at);
            }
        }
    }

    /// The innermost link with what contains it by text and gazetteer.
    fn location(&self, links: &[Link]) -> Option<Location> {
        let (first, outer) = links.split_first()?;
        let mut inside: Vec<CompactString> = Vec::new();
        let mut add = |name: CompactString| {
            if name != first.name && !inside.contains(&name) {
                inside.push(name);
            }
        };
        for (at, link) in outer.iter().enumerate().filter(|(_, l)| l.named) {
            let known = match outer.get(at + 1) {
                Some(next) => self.gazetteer.locate_in(&link.name, &next.name),
                None => self.gazetteer.locate(&link.name),
            };
            add(known.as_ref().map_or_else(|| link.name.clone(), |l| l.name.clone()));
            known.into_iter().flat_map(|l| l.inside).for_each(&mut add);
        }
        if outer.iter().all(|l| !l.named) && first.named {
            let known = self.gazetteer.locate_certain(&first.name);
            known.into_iter().flat_map(|l| l.inside).for_each(&mut add);
        }
        Some(Location { name: first.name.clone(), class: first.class.clone(), named: first.named, inside })
    }
}

/// Most words of the owner of a venue: "the hall of *St Mary's* school".
const POSSESSOR: usize = 5;
/// No preposition or article is longer.
const LONGEST_WORD: usize = 10;
/// Words up to this length behind a venue are function words: "the port is", "a mall but".
const SHORTEST_NOUN: usize = 3;

#[cfg(test)]
mod tests;
