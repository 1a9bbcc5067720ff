//! What a name names, told from its own words and its neighbours.

use std::ops::Range;

use super::lexicon::Traits;
use super::page::Page;
use crate::claim::EntityKind;
use crate::normalise::place::PlaceKind;
use crate::text::Case;

/// A kind with how sure it is: 0 a guess, 1 likely, 2 by name or cue, 3 by title or list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Guess {
    /// The kind.
    pub kind: EntityKind,
    /// How sure.
    pub sure: u8,
}

fn guess(kind: EntityKind, sure: u8) -> Option<Guess> {
    Some(Guess { kind, sure })
}

/// What the name in `tokens` most likely names.
pub fn kind_of(page: &Page, tokens: Range<usize>) -> Guess {
    let key = page.key(tokens.clone());
    let words = words_of(page, tokens.clone());
    known(page, &tokens, &key)
        .or_else(|| thing(page, tokens.start))
        .or_else(|| if words == 1 { single(page, tokens.start, &key) } else { several(page, &tokens, &key, words) })
        .unwrap_or(Guess { kind: EntityKind::Other, sure: 0 })
}

fn words_of(page: &Page, tokens: Range<usize>) -> usize {
    tokens.filter(|&at| page.token(at).is_wordlike()).count()
}

fn known(page: &Page, tokens: &Range<usize>, key: &str) -> Option<Guess> {
    if !page.has(tokens.start, Traits::KNOWN) {
        return None;
    }
    let known = page.rules.lexicon.known(key)?;
    let upper = page.token(tokens.start).case == Case::Upper;
    (!known.upper || upper).then_some(Guess { kind: known.kind, sure: 3 })
}

/// `the ferry Aurora`: the noun before tells.
fn thing(page: &Page, at: usize) -> Option<Guess> {
    let told = at > 0 && page.is_lower_word(at - 1) && page.has(at - 1, Traits::THING);
    told.then_some(Guess { kind: EntityKind::Other, sure: 2 })
}

/// One word: a people, a well-known place, an initialism, or what its neighbours make of it.
fn single(page: &Page, at: usize, key: &str) -> Option<Guess> {
    let located = follows_place_word(page, at);
    let place = page.gazetteer.best(key).map(|p| p.kind);
    if page.has(at, Traits::DEMONYM) {
        return guess(EntityKind::Demonym, 3);
    }
    if place.is_some() && (located || page.gazetteer.is_well_known(key) && !page.has(at, Traits::GIVEN)) {
        return guess(place_or_venue(place), 2);
    }
    if page.has(at, Traits::GIVEN) && page.gazetteer.is_eminent(key) {
        return guess(EntityKind::Place, 1);
    }
    if page.is_acronym(at) && page.norm(at).len() <= 7 && !is_lone_common(page, at) {
        return guess(EntityKind::Organisation, 1);
    }
    if place.is_some() && is_in_country(page, at) {
        return guess(EntityKind::Place, 2);
    }
    neighbours_of_single(page, at, located)
}

fn neighbours_of_single(page: &Page, at: usize, located: bool) -> Option<Guess> {
    if page.has(at, Traits::COMMON) {
        return None;
    }
    if is_pair_of_places(page, at) {
        return guess(EntityKind::Other, 1);
    }
    if page.is_lower_word(at + 1) && page.has(at + 1, Traits::VENUE) {
        return guess(EntityKind::Venue, 1);
    }
    if located && (page.has(at - 1, Traits::INSIDE) || is_behind_venue(page, at))
        || page.is_lower_word(at + 1) && page.has(at + 1, Traits::PLACE)
    {
        return guess(EntityKind::Place, 1);
    }
    if page.has(at + 1, Traits::PERSONAL) || page.has(at, Traits::GIVEN) {
        return guess(EntityKind::Person, 1);
    }
    page.has(at + 1, Traits::SPEECH).then_some(Guess { kind: EntityKind::Organisation, sure: 0 })
}

/// "The station at Norvik": what a venue lies at is a place.
fn is_behind_venue(page: &Page, at: usize) -> bool {
    at > 1 && page.is_lower_word(at - 2) && page.has(at - 2, Traits::VENUE)
}

fn is_lone_common(page: &Page, at: usize) -> bool {
    page.has(at, Traits::COMMON) && !page.norm(at).contains('.')
}

/// Several words, in the order of how much the evidence weighs.
fn several(page: &Page, tokens: &Range<usize>, key: &str, words: usize) -> Option<Guess> {
    let place = page.gazetteer.best(key).map(|p| p.kind);
    if page.gazetteer.demonym(key).is_some() {
        return guess(EntityKind::Demonym, 3);
    }
    if place.is_some()
        && (page.gazetteer.is_well_known(key)
            || follows_place_word(page, tokens.start)
            || is_in_country(page, tokens.end - 1))
    {
        return guess(place_or_venue(place), 3);
    }
    if tokens.clone().any(|at| page.is(at, "&")) {
        return guess(EntityKind::Organisation, 2);
    }
    by_head(page, tokens, words)
        .or_else(|| by_first(page, tokens, words))
        .or_else(|| by_shape(page, tokens, words))
        .or_else(|| place.and_then(|p| guess(place_or_venue(Some(p)), 1)))
}

fn place_or_venue(place: Option<PlaceKind>) -> EntityKind {
    if place == Some(PlaceKind::Venue) { EntityKind::Venue } else { EntityKind::Place }
}

/// The word that bears the meaning: the one before "of", or the last.
fn head(page: &Page, tokens: &Range<usize>) -> usize {
    let of = tokens.clone().find(|&at| matches!(page.norm(at), "of" | "for" | "on"));
    let last = (tokens.clone()).rev().find(|&at| page.is_capital(at)).unwrap_or(tokens.start);
    of.filter(|&at| at > tokens.start).map_or(last, |at| at - 1)
}

fn by_head(page: &Page, tokens: &Range<usize>, words: usize) -> Option<Guess> {
    let head = head(page, tokens);
    let ledby_of = head + 1 < tokens.end && matches!(page.norm(head + 1), "of" | "for" | "on");
    let given = page.has(tokens.start, Traits::GIVEN) && !page.has(tokens.start, Traits::COMMON);
    let eastern = words == 3 && page.has(head, Traits::FAMILY_FIRST) && !page.has(tokens.start, Traits::COMMON);
    let personal = page.has(head, Traits::SURNAME) && (words == 2 && given || eastern);
    let sure = 2;
    let has = |traits: Traits| page.has(head, traits);
    if has(Traits::BODY) || ledby_of && has(Traits::BODY_LEAD) && !has(Traits::VENUE) {
        return (!personal).then_some(Guess { kind: EntityKind::Organisation, sure });
    }
    if has(Traits::VENUE) || is_pair_of_venue(page, head, tokens) {
        return (!personal).then_some(Guess { kind: EntityKind::Venue, sure });
    }
    if has(Traits::OTHER) || page.has(tokens.start, Traits::OTHER_LEAD) && words > 1 {
        return (!personal).then_some(Guess { kind: EntityKind::Other, sure });
    }
    let placed = has(Traits::PLACE) || ledby_of && has(Traits::PLACE_LEAD) || is_landmark(page, tokens);
    (placed && !personal).then_some(Guess { kind: EntityKind::Place, sure })
}

/// `Parliament House`, `Government Guest House`: two words that name a type of venue.
fn is_pair_of_venue(page: &Page, head: usize, tokens: &Range<usize>) -> bool {
    head > tokens.start && page.gazetteer.class_of_pair(page.norm(head - 1), page.norm(head)).is_some()
}

/// `Lake Iseo`, `Mount Elgon`, `Port Sudan`.
fn is_landmark(page: &Page, tokens: &Range<usize>) -> bool {
    page.has(tokens.start, Traits::LANDMARK)
}

fn by_first(page: &Page, tokens: &Range<usize>, words: usize) -> Option<Guess> {
    let first = tokens.start;
    let short = (2..=5).contains(&words);
    if short && page.has(first, Traits::GIVEN) && !page.has(first, Traits::PLACE_LEAD) {
        if page.gazetteer.is_eminent(page.norm(first)) && words == 2 && all_common(page, &(first + 1..tokens.end)) {
            return guess(EntityKind::Organisation, 1);
        }
        let plain = page.has(first, Traits::COMMON) && (first + 1..tokens.end).all(|at| page.has(at, Traits::COMMON));
        return guess(EntityKind::Person, if plain { 1 } else { 2 });
    }
    if page.is_initial(first) && short {
        return guess(EntityKind::Person, 2);
    }
    if short && page.has(first, Traits::FAMILY_FIRST) && !all_common(page, tokens) {
        return guess(EntityKind::Person, 2);
    }
    if is_pair_of_places(page, first) {
        return guess(EntityKind::Other, 1);
    }
    let body = page.has(first, Traits::DEMONYM) || begins_with_place(page, tokens) || page.is_acronym(first);
    body.then_some(Guess { kind: EntityKind::Organisation, sure: 1 })
}

/// `Kenya-Uganda`, `Franco-German`.
fn is_pair_of_places(page: &Page, at: usize) -> bool {
    let country = |part: &str| page.gazetteer.best(part).is_some_and(|p| p.kind == PlaceKind::Country);
    let part = |part: &str| country(part) || page.gazetteer.demonym(part).is_some();
    page.norm(at)
        .split_once('-')
        .is_some_and(|(a, b)| part(a) || page.gazetteer.is_eminent(a) && page.gazetteer.is_eminent(b))
}

fn begins_with_place(page: &Page, tokens: &Range<usize>) -> bool {
    const LONGEST: usize = 3;
    let most = tokens.len().saturating_sub(1).min(LONGEST);
    (1..=most).rev().any(|n| {
        let key = page.key(tokens.start..tokens.start + n);
        page.gazetteer.is_well_known(&key) && page.gazetteer.demonym(&key).is_none()
    })
}

fn all_common(page: &Page, tokens: &Range<usize>) -> bool {
    tokens.clone().filter(|&at| page.is_capital(at)).all(|at| page.has(at, Traits::COMMON))
}

/// Unknown words: two to four of them are mostly a person.
fn by_shape(page: &Page, tokens: &Range<usize>, words: usize) -> Option<Guess> {
    let inner_particle =
        (tokens.start + 1..tokens.end).any(|at| page.has(at, Traits::PARTICLE) && page.is_lower_word(at));
    if all_common(page, tokens) {
        return guess(EntityKind::Other, 0);
    }
    if words > 4 || tokens.clone().any(|at| matches!(page.norm(at), "of" | "for" | "and" | "&" | "on")) {
        return guess(EntityKind::Organisation, 0);
    }
    let first_common = page.has(tokens.start, Traits::COMMON);
    match () {
        () if inner_particle => guess(EntityKind::Person, 2),
        () if first_common => guess(EntityKind::Organisation, 0),
        () => guess(EntityKind::Person, 1),
    }
}

/// "in", "at", "near", "the town of" before a bare name make a place likelier.
pub fn follows_place_word(page: &Page, at: usize) -> bool {
    let town = at > 1 && page.is(at - 1, "of") && page.is_lower_word(at - 2) && page.has(at - 2, Traits::PLACE);
    at > 0 && page.has(at - 1, Traits::NEAR) && page.is_lower_word(at - 1) || town
}

/// `Springfield, Illinois`: a place behind the comma.
fn is_in_country(page: &Page, last: usize) -> bool {
    const LONGEST: usize = 3;
    page.is(last + 1, ",")
        && page.is_capital(last + 2)
        && (1..=LONGEST).any(|n| {
            let end = last + 2 + n;
            end <= page.traits.len() && {
                let key = page.key(last + 2..end);
                page.gazetteer.best(&key).is_some_and(|p| matches!(p.kind, PlaceKind::Country | PlaceKind::Region))
            }
        })
}
