//! Descriptions: "the minister", "the Kenyan leader", "the company", "both leaders".

use std::ops::Range;

use compact_str::CompactString;

use super::coreference::{Mind, only};
use super::lexicon::Traits;
use super::page::Page;
use crate::claim::{Entity, EntityKind};
use crate::reading::Sentence;
use crate::text::TokenKind;

/// Sentences within which a body is still "the company".
const MEMORY: usize = 4;

/// The description that begins at `at` and the entities it stands for.
pub fn describe(mind: &Mind, sentence: &Sentence, at: usize) -> Option<(Range<usize>, Vec<usize>)> {
    let end = sentence.tokens.end;
    let tables = &mind.page.rules.tables;
    let pairs = &tables.pronouns.pairs;
    let starts_pair = |i: usize| pairs.iter().any(|p| mind.page.is(i, p));
    if mind.page.is(at, "both") {
        return pair(mind, sentence, at, end);
    }
    if mind.page.is(at, "the") && starts_pair(at + 1) {
        return pair(mind, sentence, at + 1, end);
    }
    if !matches!(mind.page.norm(at), "the" | "this") {
        return None;
    }
    if tables.pronouns.couples.iter().any(|c| mind.page.is(at + 1, c)) && at + 1 < end {
        return two_last(mind, sentence, "").map(|two| (at + 1..at + 2, two));
    }
    let head = head(mind.page, at + 1, end)?;
    let found =
        if mind.page.has(head, Traits::DESCRIPTION) { body(mind, head) } else { holder(mind, sentence, at + 1, head) };
    found.map(|entity| (head..head + 1, vec![entity]))
}

/// The noun of "the Kenyan foreign minister", when no name follows it.
fn head(page: &Page, start: usize, end: usize) -> Option<usize> {
    const LONGEST: usize = 5;
    let modifier = |at: usize| {
        page.has(at, Traits::ROLE_MODIFIER.with(Traits::DEMONYM))
            || page.is_capital(at)
            || page.token(at).kind == TokenKind::Possessive
    };
    let noun = |at: usize| page.is_lower_word(at) && page.has(at, Traits::ROLE.with(Traits::DESCRIPTION));
    let limit = end.min(start + LONGEST);
    let first = (start..limit)
        .take_while(|&at| modifier(at) || noun(at))
        .find(|&at| noun(at) && !(modifier(at) && at + 1 < limit && noun(at + 1)))?;
    let named = first + 1 < end
        && (page.is_capital(first + 1)
            || page.token(first + 1).kind == TokenKind::Word && page.has(first + 1, Traits::ROLE));
    let apposed = page.is(first + 1, ",") && first + 2 < end && page.is_capital(first + 2);
    (!named && !apposed).then_some(first)
}

/// The person whose role a description names.
fn holder(mind: &Mind, sentence: &Sentence, start: usize, head: usize) -> Option<usize> {
    let country = country(mind.page, start, head);
    let noun = mind.page.norm(head);
    let met = |e: &usize| mind.is_person(*e) && fits(mind, *e, noun, country.as_deref());
    let all = only(mind.seen.iter().map(|s| s.entity).filter(met));
    all.or_else(|| {
        only(mind.recent(sentence).filter(|s| s.sentence + 1 >= mind.sentence).map(|s| s.entity).filter(met))
    })
}

/// The country or body before the noun, folded.
fn country(page: &Page, start: usize, head: usize) -> Option<CompactString> {
    let capital = (start..head).find(|&at| page.is_capital(at))?;
    let end = (capital..head).take_while(|&at| page.is_capital(at)).last()? + 1;
    let key = page.key(capital..end);
    Some(page.gazetteer.demonym(&key).map_or(key, |c| CompactString::from(c.to_lowercase())))
}

/// True when an entity holds a role that the noun may stand for, of the country told.
fn fits(mind: &Mind, entity: usize, noun: &str, country: Option<&str>) -> bool {
    let one: &Entity = &mind.cast.names.entities[entity];
    let homes = &mind.cast.homes[entity];
    let wider = mind.page.rules.tables.wider_roles.get(noun);
    let holds = |role: &CompactString| {
        let (office, body) = role.split_once(" of ").unwrap_or((role, ""));
        let named =
            office.ends_with(noun) || wider.is_some_and(|narrow| narrow.iter().any(|n| office.ends_with(n.as_str())));
        named && country.is_none_or(|c| body == c || homes.iter().any(|h| h == c))
    };
    let at_home = country.is_some_and(|c| homes.iter().any(|h| h == c)) && one.roles.is_empty() && wider.is_some();
    one.roles.iter().any(holds) || at_home
}

/// The body that "the company" stands for: the only one near that fits the noun.
fn body(mind: &Mind, head: usize) -> Option<usize> {
    let near = mind.seen.iter().rev().take_while(|s| s.sentence + MEMORY >= mind.sentence);
    let fitting = |e: &usize| is_such(mind.page, &mind.cast.names.entities[*e], mind.page.norm(head));
    only(near.map(|s| s.entity).filter(fitting))
}

/// True when the name may be that of such a body: by one of the noun's words, or, for nouns that
/// take any (`*`), by no word of another noun.
fn is_such(page: &Page, entity: &Entity, noun: &str) -> bool {
    let descriptions = &page.rules.tables.descriptions;
    let name = entity.name.to_lowercase();
    let holds = |words: &[String]| name.split([' ', '-']).any(|w| words.iter().any(|x| x == w));
    if !matches!(entity.kind, EntityKind::Organisation | EntityKind::Venue) {
        return false;
    }
    let own = descriptions.get(noun);
    let any = own.is_some_and(|words| words.iter().any(|w| w == "*"));
    own.is_some_and(|words| holds(words))
        || any && !descriptions.values().any(|words| holds(words)) && page.rules.lexicon.known(&name).is_none()
}

/// "both leaders", "the two men".
fn pair(mind: &Mind, sentence: &Sentence, at: usize, end: usize) -> Option<(Range<usize>, Vec<usize>)> {
    const LONGEST: usize = 4;
    let crowd = (at + 1..end.min(at + LONGEST)).find(|&i| mind.page.has(i, Traits::CROWD))?;
    let between = (at + 1..crowd).all(|i| mind.page.is_lower_word(i) || mind.page.has(i, Traits::DEMONYM));
    let role = mind.page.norm(crowd).trim_end_matches('s');
    let two = two_last(mind, sentence, role).filter(|_| between)?;
    Some((crowd..crowd + 1, two))
}

/// The two persons last met, of those that hold the role when any two do; none when a third is
/// as near.
fn two_last(mind: &Mind, sentence: &Sentence, role: &str) -> Option<Vec<usize>> {
    const NEAR: usize = 6;
    let mut persons: Vec<usize> = Vec::new();
    for seen in mind.seen.iter().rev().take_while(|s| s.sentence + NEAR >= mind.sentence) {
        if mind.is_person(seen.entity) && !persons.contains(&seen.entity) {
            persons.push(seen.entity);
        }
    }
    let holders: Vec<usize> =
        persons.iter().copied().filter(|&e| !role.is_empty() && fits(mind, e, role, None)).collect();
    let near = mind.recent(sentence).filter(|s| mind.is_person(s.entity)).map(|s| s.entity);
    let mut near: Vec<usize> = near.collect();
    near.sort_unstable();
    near.dedup();
    match (&holders[..], &near[..], &persons[..]) {
        ([a, b], _, _) | (_, [a, b], _) | (_, _, [a, b]) => Some(vec![*a.min(b), *a.max(b)]),
        _ => None,
    }
}
