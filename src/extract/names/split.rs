//! Runs cut into names: titles and peoples before a name, roles behind a body.

use std::ops::Range;

use compact_str::CompactString;

use super::kind::{Guess, kind_of};
use super::lexicon::Traits;
use super::page::Page;
use super::run::Run;
use crate::claim::EntityKind;
use crate::normalise::place::PlaceKind;
use crate::text::TokenKind;

/// What may belong to a role in a title.
const ROLES: Traits = Traits::ROLE.with(Traits::ROLE_MODIFIER).with(Traits::HONORIFIC);
/// Last words that make of a title and a name the name of something else: `President Hotel`.
const CUES: Traits = Traits::BODY.with(Traits::PLACE).with(Traits::VENUE).with(Traits::OTHER).with(Traits::ROLE);

/// First words that belong to the name behind them.
const LEADS: Traits = Traits::OTHER_LEAD.with(Traits::LANDMARK).with(Traits::PLACE_LEAD).with(Traits::BODY_LEAD);

/// What is left where nothing tells a kind.
const NOTHING: Guess = Guess { kind: EntityKind::Other, sure: 0 };

/// A name cut from a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    /// Its tokens, without title.
    pub tokens: Range<usize>,
    /// What it names.
    pub guess: Guess,
    /// The tokens of the title before it; empty for none.
    pub title: Range<usize>,
    /// True when only its capital at a sentence's front speaks for it.
    pub doubtful: bool,
}

/// The names in a run.
pub fn split(page: &Page, run: &Run) -> Vec<Piece> {
    let Some(run) = trimmed(page, run) else { return Vec::new() };
    let tokens = run.tokens.start..before_repetition(page, &run.tokens);
    if tokens.end < run.tokens.end && is_torn(page, &run.tokens) {
        return Vec::new();
    }
    if let Some((title, name)) = titled(page, &tokens) {
        let mut pieces = before_title(page, tokens.start..title.start, run.opens);
        let person = Guess { kind: EntityKind::Person, sure: 3 };
        pieces.push(Piece { tokens: name, guess: person, title, doubtful: false });
        return pieces;
    }
    if let Some(body) = behind_office(page, &tokens) {
        return untitled(page, body..tokens.end, false);
    }
    let stop = without_trailing_role(page, &tokens);
    if stop == tokens.start {
        return Vec::new();
    }
    match inner_person(page, &(tokens.start..stop)) {
        Some(at) => [untitled(page, tokens.start..at, run.opens), untitled(page, at..stop, false)].concat(),
        None => untitled(page, tokens.start..stop, run.opens),
    }
}

/// Where a person's name begins anew: "Nils Holm Nils HolmStorm warning", a link whose text ran into the next.
fn before_repetition(page: &Page, tokens: &Range<usize>) -> usize {
    let again = |first: usize| {
        (first + 2..tokens.end).find(|&at| {
            page.has(at, Traits::GIVEN)
                && page.norm(at) == page.norm(first)
                && (at + 1 == tokens.end || page.norm(at + 1).starts_with(page.norm(first + 1)))
        })
    };
    tokens.clone().find_map(again).unwrap_or(tokens.end)
}

/// Whether a word runs into the next, as in `HolmStorm`; `McHolm` and `FitzHolm` are whole.
fn is_torn(page: &Page, tokens: &Range<usize>) -> bool {
    const HEAD: usize = 4;
    let torn = |word: &str| {
        let inner = word.char_indices().skip(1).find(|(_, c)| c.is_uppercase());
        let small = |at: usize| word[..at].chars().skip(1).all(char::is_lowercase);
        inner.is_some_and(|(at, _)| at >= HEAD && small(at) && !word.starts_with("Fitz"))
    };
    tokens.clone().any(|at| torn(page.printed(at)))
}

/// `Speaker of the House`: no name, but for what stands behind "of".
fn behind_office(page: &Page, tokens: &Range<usize>) -> Option<usize> {
    let of = tokens.clone().find(|&at| !page.has(at, ROLES)).filter(|&at| page.is(at, "of") && at > tokens.start)?;
    let head = page.has(of - 1, Traits::ROLE) && !page.has(of - 1, Traits::BODY_LEAD);
    (of + 1..tokens.end).find(|&at| head && page.is_capital(at))
}

/// Where a person begins behind words that are none of the name: `Leeds FW Tom Hardy`.
fn inner_person(page: &Page, tokens: &Range<usize>) -> Option<usize> {
    const LONGEST: usize = 4;
    if page.has(tokens.start, LEADS.with(Traits::VENUE)) {
        return None;
    }
    let first = tokens.clone().skip(1).find(|&at| page.has(at, Traits::GIVEN) && !page.has(at, Traits::COMMON))?;
    let rest = tokens.end - first;
    let plain = |at: usize| page.is_acronym(at) || page.has(at, Traits::COMMON.with(Traits::DEMONYM));
    let foreign = (tokens.start..first).all(plain)
        || page.gazetteer.is_well_known(&page.key(tokens.start..first))
        || plain(first - 1);
    let named =
        (2..=LONGEST).contains(&rest) && !page.has(tokens.end - 1, CUES) && !page.has(tokens.start, Traits::GIVEN);
    (named && foreign && !tokens.clone().any(|at| matches!(page.norm(at), "of" | "&"))).then_some(first)
}

/// Drops the word at a sentence's front that owes its capital to it alone.
fn trimmed(page: &Page, run: &Run) -> Option<Run> {
    let tokens = run.tokens.clone();
    let first = tokens.start;
    let firm = Traits::GIVEN.with(Traits::KNOWN).with(ROLES).with(Traits::DEMONYM);
    if !run.opens || page.has(first, firm) || !page.has(first, Traits::COMMON) || tokens.len() == 1 {
        return Some(run.clone());
    }
    let last = tokens.end - 1;
    let whole = page.has(last, CUES)
        || page.has(first, Traits::NUMBERED) && page.token(last).kind == TokenKind::Number
        || page.has(first, LEADS.with(Traits::FAMILY_FIRST))
        || page.is(first + 1, "of");
    if whole || page.gazetteer.best(&page.key(tokens.clone())).is_some() {
        return Some(run.clone());
    }
    let rest = (first + 1..tokens.end).find(|&at| page.is_capital(at))?;
    Some(Run { tokens: rest..tokens.end, opens: false })
}

/// The last title of the run and the name it stands before.
pub fn titled(page: &Page, tokens: &Range<usize>) -> Option<(Range<usize>, Range<usize>)> {
    let heads = Traits::ROLE.with(Traits::HONORIFIC);
    let last = (tokens.start..tokens.end - 1).rev().find(|&at| page.has(at, heads))?;
    let name = name_after(page, last, tokens.end)?;
    let start = title_start(page, tokens.start, last);
    let surname = start > tokens.start && page.has(start - 1, Traits::GIVEN) && !page.has(last, Traits::HONORIFIC);
    (!surname).then_some((start..name.start, name))
}

/// The name behind a title whose head stands at `head`, past its dot and past "of Defence".
fn name_after(page: &Page, head: usize, end: usize) -> Option<Range<usize>> {
    let mut start = head + 1;
    if page.is(start, ".") {
        start += 1;
    }
    if page.is(start, "of") {
        start = past_office(page, start, end);
    }
    let name = start..end;
    let named = start < end && page.is_capital(start) && !(start..end).all(|at| page.has(at, Traits::SUFFIX));
    let bodily = page.has(end - 1, CUES) && !page.has(head, Traits::HONORIFIC) && !page.has(start, Traits::GIVEN);
    let joined = name.clone().any(|at| matches!(page.norm(at), "of" | "for" | "and" | "&"));
    (named && !bodily && !joined).then_some(name)
}

/// Past "of National Defence": the everyday words of an office.
fn past_office(page: &Page, of: usize, end: usize) -> usize {
    let country = |at: usize| page.gazetteer.best(page.norm(at)).is_some_and(|p| p.kind == PlaceKind::Country);
    let plain = Traits::COMMON.with(Traits::BODY).with(Traits::DEMONYM);
    let office = |at: &usize| page.has(*at, plain) || page.is(*at, "the") || !page.is_capital(*at) || country(*at);
    (of + 1..end).find(|at| !office(at) || page.has(*at, Traits::GIVEN)).unwrap_or(end)
}

fn title_start(page: &Page, floor: usize, head: usize) -> usize {
    let belongs = |at: usize| page.has(at, ROLES) || page.is(at, ".") || page.is(at, "of");
    let mut start = head;
    while start > floor && belongs(start - 1) {
        start -= 1;
    }
    while start > floor && start < head && page.token(start - 1).kind == TokenKind::Possessive {
        start += 1;
    }
    start
}

/// What stands before a title in one run: `White House` in `White House Spokesman Lee`.
fn before_title(page: &Page, tokens: Range<usize>, opens: bool) -> Vec<Piece> {
    if tokens.is_empty() { Vec::new() } else { untitled(page, tokens, opens) }
}

/// The end of a run without the role it ends with: `Treasury Chief`, but not `Stephen King`.
fn without_trailing_role(page: &Page, tokens: &Range<usize>) -> usize {
    let role = Traits::ROLE.with(Traits::ROLE_MODIFIER);
    let last = tokens.end - 1;
    let personal = tokens.len() > 1 && page.has(tokens.start, Traits::GIVEN);
    if !page.has(last, Traits::ROLE) || personal || page.has(last, Traits::KNOWN) && tokens.len() == 1 {
        return tokens.end;
    }
    let kept = tokens.clone().rev().find(|&at| page.is_capital(at) && !page.has(at, role));
    kept.map_or(tokens.start, |at| at + 1)
}

/// A name without title: a people before a person is cut off.
fn untitled(page: &Page, tokens: Range<usize>, opens: bool) -> Vec<Piece> {
    let people = people_end(page, &tokens);
    let rest = people..tokens.end;
    if people > tokens.start && (rest.is_empty() || is_person_like(page, &rest)) {
        let mut pieces = vec![piece(page, tokens.start..people, opens)];
        if !rest.is_empty() {
            pieces.push(piece(page, rest, false));
        }
        return pieces;
    }
    vec![piece(page, tokens, opens)]
}

fn piece(page: &Page, tokens: Range<usize>, opens: bool) -> Piece {
    let guess = kind_of(page, tokens.clone());
    let lone = tokens.len() == 1;
    let plain = lone && page.has(tokens.start, Traits::COMMON) && guess.sure < 2;
    let doubtful = plain || lone && opens && guess == NOTHING;
    let nothing = tokens.start..tokens.start;
    Piece { tokens, guess, title: nothing, doubtful }
}

/// The end of the people's name that the tokens begin with: `South African`.
fn people_end(page: &Page, tokens: &Range<usize>) -> usize {
    if page.has(tokens.start, Traits::DEMONYM) {
        return tokens.start + 1;
    }
    let two = tokens.start + 2;
    let pair = two <= tokens.end && page.gazetteer.demonym(&page.key(tokens.start..two)).is_some();
    if pair { two } else { tokens.start }
}

fn is_person_like(page: &Page, tokens: &Range<usize>) -> bool {
    kind_of(page, tokens.clone()).kind == EntityKind::Person
        && (tokens.len() > 1 || page.has(tokens.start, Traits::GIVEN))
}

/// The role that a title's tokens tell, folded, without honorifics and dots.
pub fn role_in(page: &Page, title: Range<usize>) -> Option<CompactString> {
    let plain = title.filter(|&at| !page.is(at, ".") && !page.has(at, Traits::HONORIFIC));
    let words: Vec<&str> = plain.map(|at| singular(page, at)).collect();
    (!words.is_empty()).then(|| CompactString::from(words.join(" ")))
}

/// `Ministers A and B` each are a minister.
fn singular<'p>(page: &Page<'p>, at: usize) -> &'p str {
    let word = page.norm(at);
    word.strip_suffix('s').filter(|w| page.rules.lexicon.word(w).has(Traits::ROLE)).unwrap_or(word)
}
