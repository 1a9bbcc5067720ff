//! Who and what a document names: spotting, kinds, titles, fuller and shorter names, pronouns.
//!
//! Method: capitalised sequences with cue words, titles and a gazetteer, each judged where it
//! stands (`spot`); then the document as a whole decides, for what is uncertain in one sentence
//! is told in another (`group`, `alias`); then pronouns and descriptions (`coreference`).

mod alias;
mod coreference;
mod describe;
mod group;
mod heading;
mod kind;
mod lexicon;
mod page;
mod role;
mod rules;
mod run;
mod split;
mod spot;

use std::borrow::Cow;
use std::ops::Range;

use compact_str::CompactString;

use crate::claim::Entity;
use crate::normalise::place::Gazetteer;
use crate::reading::Reading;

use group::Group;
use heading::Keys;
use lexicon::Traits;
use page::Page;
pub use rules::{Rules, Tables};
use spot::Spotted;

/// How a mention names its entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MentionBy {
    /// By a full name.
    Full,
    /// By surname or initialism.
    Short,
    /// By a pronoun.
    Pronoun,
    /// By a noun: "the minister", "both leaders".
    Description,
}

/// One place where a document names, or stands for, an entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameMention {
    /// Indices into [`Reading::tokens`], without title and possessive.
    pub tokens: Range<usize>,
    /// Index into [`Names::entities`].
    pub entity: usize,
    /// How it names the entity.
    pub by: MentionBy,
}

/// The entities of a document and their mentions.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Names {
    /// In the order of their first mention in the body.
    pub entities: Vec<Entity>,
    /// Sorted by first token; one phrase that stands for several ("both leaders") stands once for
    /// each.
    pub mentions: Vec<NameMention>,
}

impl Names {
    /// The mentions that lie within a range of tokens, in order.
    pub fn at(&self, tokens: Range<usize>) -> impl Iterator<Item = &NameMention> {
        let from = self.mentions.partition_point(|m| m.tokens.start < tokens.start);
        let within = self.mentions[from..].iter().take_while(move |m| m.tokens.start < tokens.end);
        within.filter(move |m| m.tokens.end <= tokens.end)
    }

    /// The fullest name of an entity.
    pub fn name_of(&self, entity: usize) -> &str {
        self.entities.get(entity).map_or("", |e| e.name.as_str())
    }
}

/// Finds who and what a document names.
pub fn names(reading: &Reading, gazetteer: &Gazetteer, rules: &Rules) -> Names {
    let page = Page::new(reading, gazetteer, rules);
    let spotted = spot::spot(&page);
    let mut cast = cast(&page, &spotted);
    let stand_ins = coreference::stand_ins(&page, &cast);
    cast.names.mentions.extend(stand_ins);
    cast.names.mentions.extend(heading::headings(&page, &cast.keys));
    cast.names.mentions.sort_by_key(|m| (m.tokens.start, m.tokens.end, m.entity));
    cast.names
}

/// The named entities with what pronouns ask of them.
#[derive(Debug, Default)]
struct Cast {
    names: Names,
    /// Sex of each entity, as far as told.
    sexes: Vec<Traits>,
    /// The countries that each entity is said to be of.
    homes: Vec<Vec<CompactString>>,
    /// What headings may print.
    keys: Keys,
}

/// Settles which entity each spotted name names.
fn cast(page: &Page, spotted: &[Spotted]) -> Cast {
    let (groups, of) = group::group(page, spotted);
    let targets = alias::targets(page, &groups, spotted, &of);
    let mut casting = Casting {
        groups: &groups,
        merged: groups.iter().map(Cow::Borrowed).collect(),
        seen: vec![None; groups.len()],
        clock: 0,
    };
    for (at, group) in groups.iter().enumerate() {
        if let [only] = targets[at][..] {
            casting.merged[only].to_mut().absorb(group);
        }
    }
    let mut cast = Cast::default();
    let mut entity_of: Vec<Option<usize>> = vec![None; groups.len()];
    for (one, &own) in spotted.iter().zip(&of) {
        let root = casting.choose(own, &targets[own], one, page);
        if !casting.merged[root].certain {
            continue;
        }
        let entity = *entity_of[root].get_or_insert_with(|| cast.add(&casting.merged[root]));
        let by = if root == own || groups[own].words.len() > 1 { MentionBy::Full } else { MentionBy::Short };
        cast.remember(&one.key, entity, by);
        cast.names.mentions.push(NameMention { tokens: one.tokens.clone(), entity, by });
    }
    cast
}

struct Casting<'g> {
    groups: &'g [Group],
    merged: Vec<Cow<'g, Group>>,
    /// When each root was last named.
    seen: Vec<Option<usize>>,
    clock: usize,
}

impl Casting<'_> {
    /// The group that an occurrence stands for: of several that share its word and whom a pronoun behind it may mean, the
    /// one named last.
    fn choose(&mut self, own: usize, targets: &[usize], one: &Spotted, page: &Page) -> usize {
        self.clock += 1;
        let sex = match one.sex {
            told if told != Traits::default() || targets.len() < 2 => told,
            _ => sex_behind(page, one.tokens.end),
        };
        let fits = |&&t: &&usize| {
            sex == Traits::default() || self.merged[t].sex == sex || self.merged[t].sex == Traits::default()
        };
        let latest = targets.iter().filter(fits).max_by_key(|&&t| (self.seen[t], std::cmp::Reverse(t)));
        let root = latest.copied().unwrap_or(own);
        debug_assert!(root < self.groups.len());
        self.seen[root] = Some(self.clock);
        root
    }
}

/// What the next pronoun tells of the person whose name ends in front of `end`: "Holm told the council that she", where
/// nobody else is named before it.
fn sex_behind(page: &Page, end: usize) -> Traits {
    /// Tokens from a name to its pronoun.
    const REACH: usize = 20;
    let stops = |at: &usize| page.is_capital(*at) || page.is(*at, ".") || page.is(*at, "\"");
    let behind = (end..page.traits.len().min(end + REACH)).take_while(|at| !stops(at));
    let sexes = [Traits::MALE, Traits::FEMALE];
    let told = |at: usize| sexes.into_iter().find(|sex| page.has(at, Traits::PRONOUN) && page.has(at, *sex));
    behind.filter_map(told).next().unwrap_or_default()
}

impl Cast {
    fn add(&mut self, group: &Group) -> usize {
        let entity = Entity { kind: group.kind(), name: group.name.clone(), roles: group.roles.clone() };
        self.names.entities.push(entity);
        self.sexes.push(group.sex);
        self.homes.push(group.homes.clone());
        self.names.entities.len() - 1
    }

    /// Notes what a key stands for; one that stands for two entities is of no use in a heading.
    fn remember(&mut self, key: &str, entity: usize, by: MentionBy) {
        let known = self.keys.entry(key.into()).or_insert(Some((entity, by)));
        if known.is_some_and(|(e, _)| e != entity) {
            *known = None;
        }
    }
}

#[cfg(test)]
mod labelled;
#[cfg(test)]
pub(crate) mod tests;
