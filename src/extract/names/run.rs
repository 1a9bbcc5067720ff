//! Runs: capitalised words that stand together, with what may join them.

use std::ops::Range;

use super::lexicon::Traits;
use super::page::Page;
use crate::reading::Sentence;
use crate::text::{Case, TokenKind, is_party_tag};

/// What begins no run and goes on in none.
const BLOCKED: Traits = Traits::OPENER.with(Traits::CALENDAR).with(Traits::NEVER);
/// Before "of" it makes one name of both sides.
const LEADS: Traits =
    Traits::BODY_LEAD.with(Traits::PLACE_LEAD).with(Traits::VENUE).with(Traits::OTHER).with(Traits::ROLE);
/// The furthest that a run looks ahead for the body's word behind "and".
const FAR: usize = 4;

/// A run of capitalised words.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// True when it begins a sentence or quotation, where any word has a capital.
    pub opens: bool,
}

/// The runs of a sentence, in order.
pub fn runs(page: &Page, sentence: &Sentence) -> Vec<Run> {
    let mut found = Vec::new();
    let mut at = sentence.tokens.start;
    let end = sentence.tokens.end;
    while at < end {
        if is_party_tag(page.token(at)) {
            at = run_end(page, at, end);
            continue;
        }
        let opens = is_opening(page, sentence, at);
        if !begins(page, at, opens, end) {
            at += 1;
            continue;
        }
        let stop = run_end(page, at, end);
        found.push(Run { tokens: at..stop, opens });
        at = stop;
    }
    found
}

/// True where a capital tells nothing: at the first word, behind an opening quotation mark, a
/// colon, a dash or a bullet.
fn is_opening(page: &Page, sentence: &Sentence, at: usize) -> bool {
    let before = (sentence.tokens.start..at).rev().find(|&i| !page.is(i, "\""));
    match before {
        None => true,
        Some(i) if i + 1 < at => page.is(at - 1, "\"") && !page.touches(at - 1) | page.is(i, ","),
        Some(i) => {
            page.token(i).kind == TokenKind::Mark
                && matches!(page.norm(i), ":" | "\u{2022}" | "*" | "." | "?" | "!" | "\u{2026}")
        }
    }
}

fn begins(page: &Page, at: usize, opens: bool, end: usize) -> bool {
    if is_tied_name(page, at) {
        return true;
    }
    if !page.is_capital(at) || is_compound_adjective(page, at) || is_handle(page, at) {
        return false;
    }
    if page.has(at, BLOCKED) {
        return (!opens || page.has(at, Traits::GIVEN)) && leads_on(page, at, end);
    }
    !is_shouted_word(page, at)
}

/// A blocked word that yet begins a name: `New Zealand`, `Will Smith`, `A. Smith`, `WHO`.
fn leads_on(page: &Page, at: usize, end: usize) -> bool {
    let next_is_name = at + 1 < end && page.is_capital(at + 1) && !page.has(at + 1, BLOCKED);
    page.is_initial(at) && at + 2 < end && page.is_capital(at + 2) && !page.has(at + 2, BLOCKED)
        || next_is_name && page.has(at, Traits::PLACE_LEAD.with(Traits::GIVEN)) && !is_day(page, at)
        || page.is_acronym(at) && page.has(at, Traits::KNOWN)
}

/// "On Tuesday Lind gave a lunch": a weekday or month, and no Tuesday Lind.
fn is_day(page: &Page, at: usize) -> bool {
    const BEFORE: [&str; 8] = ["on", "last", "next", "since", "until", "by", "in", "early"];
    page.has(at, Traits::CALENDAR) && at > 0 && BEFORE.contains(&page.norm(at - 1))
}

/// `al-Assad`: small at the front, a capital behind the hyphen.
fn is_tied_name(page: &Page, at: usize) -> bool {
    let printed = page.printed(at);
    // Nearly all words are plain letters.
    if !printed.bytes().fold(false, |found, byte| found | !byte.is_ascii_alphanumeric()) {
        return false;
    }
    let Some((head, tail)) = printed.split_once(['-', '\u{2010}', '\u{2011}', '\'', '\u{2019}']) else { return false };
    page.rules.lexicon.word(head).has(Traits::PARTICLE) && tail.chars().next().is_some_and(char::is_uppercase)
}

/// `Paris-based`, `British-made`: an adjective made of a name.
fn is_compound_adjective(page: &Page, at: usize) -> bool {
    let Some((_, tail)) = page.printed(at).rsplit_once(['-', '\u{2010}', '\u{2011}']) else { return false };
    tail.len() > 2
        && tail.chars().next().is_some_and(char::is_lowercase)
        && page.rules.lexicon.word(tail).has(Traits::COMMON)
        && !page.rules.lexicon.word(tail).has(Traits::FAMILY_FIRST)
}

/// `@handle`, `#Topic`, a part of an address.
fn is_handle(page: &Page, at: usize) -> bool {
    at > 0 && page.touches(at) && matches!(page.norm(at - 1), "@" | "#" | "/" | "_" | "=")
}

/// An everyday word in capitals: `BREAKING`, `FREE`.
fn is_shouted_word(page: &Page, at: usize) -> bool {
    const SHORT: usize = 3;
    page.token(at).case == Case::Upper
        && page.norm(at).len() > SHORT
        && page.has(at, Traits::COMMON)
        && !page.has(at, Traits::KNOWN)
}

/// The end of the run that begins at `start`, at most `end`.
pub fn run_end(page: &Page, start: usize, end: usize) -> usize {
    let mut stop = start + 1;
    while stop < end {
        let Some(next) = step(page, start, stop, end) else { break };
        stop = next;
    }
    stop
}

/// The end of the run `start..stop` with what follows it, if that belongs to it.
fn step(page: &Page, start: usize, stop: usize, end: usize) -> Option<usize> {
    let takes = |at: usize| (at < end && goes_on(page, start, at)).then_some(at + 1);
    let last = stop - 1;
    match page.token(stop).kind {
        TokenKind::Word if page.is_capital(stop) || is_tied_name(page, stop) => takes(stop),
        TokenKind::Word => joint(page, start, stop, end),
        TokenKind::Mark if page.is(stop, ".") => has_dot(page, last, stop).then(|| takes(stop + 1)).flatten(),
        TokenKind::Mark if page.is(stop, "&") => takes(stop + 1),
        TokenKind::Mark if page.is(stop, "]") => is_explained(page, start, stop).then(|| takes(stop + 1)).flatten(),
        TokenKind::Possessive => page.has(last, Traits::POSSESSOR).then(|| takes(stop + 1)).flatten(),
        TokenKind::Number if page.has(last, Traits::NUMBERED) => Some(stop + 1),
        _ => None,
    }
}

fn goes_on(page: &Page, start: usize, at: usize) -> bool {
    if is_tied_name(page, at) {
        return true;
    }
    if !page.is_capital(at) || is_compound_adjective(page, at) || is_party_tag(page.token(at)) {
        return false;
    }
    if page.is_initial(at)
        || page.has(start, Traits::KNOWN) && page.rules.lexicon.known(&page.key(start..at + 1)).is_some()
    {
        return true;
    }
    if page.has(at, Traits::CALENDAR) {
        let dated = page.reading.tokens.get(at + 1).is_some_and(|t| t.kind == TokenKind::Number);
        let surname = page.has(at - 1, Traits::GIVEN) && page.has(at, Traits::GIVEN) && at == start + 1;
        return !dated && (surname || page.has(at, Traits::FAMILY_FIRST));
    }
    !page.has(at, Traits::OPENER.with(Traits::NEVER)) || page.has(at, Traits::FAMILY_FIRST) && at > start
}

/// A dot that belongs to the word before it: an initial, `Dr.`, `St.`.
fn has_dot(page: &Page, last: usize, dot: usize) -> bool {
    page.touches(dot) && (page.is_initial(last) || page.has(last, Traits::HONORIFIC) || page.is(last, "st"))
}

/// "[Defence Secretary Nils] Holm": what an outlet put in front of a name belongs to it.
fn is_explained(page: &Page, start: usize, closing: usize) -> bool {
    start > 0 && page.is(start - 1, "[") && page.touches(closing)
}

/// Small words inside a name: `of`, `for`, `and`, `von`.
fn joint(page: &Page, start: usize, at: usize, end: usize) -> Option<usize> {
    let skip = |from: usize, word: &str| if page.is(from, word) { from + 1 } else { from };
    let last = at - 1;
    match page.norm(at) {
        "of" if page.has(last, LEADS) && !is_person(page, at + 1, end) => name_behind(page, skip(at + 1, "the"), end),
        "for" | "on" if page.has(last, Traits::BODY_LEAD) => name_behind(page, skip(at + 1, "the"), end),
        "and" => and_end(page, start, at, end),
        _ if page.has(at, Traits::PARTICLE) => particle_end(page, at, end),
        _ => None,
    }
}

/// "The Harbour Alliance of Clara Lind": a given name and a surname belong to somebody.
fn is_person(page: &Page, at: usize, end: usize) -> bool {
    let surname = at + 1 < end && page.is_capital(at + 1) && !page.has(at + 1, Traits::COMMON.with(Traits::BODY));
    surname && page.has(at, Traits::GIVEN)
}

fn name_behind(page: &Page, at: usize, end: usize) -> Option<usize> {
    (at < end && page.is_capital(at) && !page.has(at, BLOCKED)).then_some(at + 1)
}

/// `de la Cruz`, `van der Berg`: particles up to the capital they lead to.
fn particle_end(page: &Page, at: usize, end: usize) -> Option<usize> {
    const MOST: usize = 3;
    let next = (at..end.min(at + MOST)).find(|&i| !page.has(i, Traits::PARTICLE) || page.is_capital(i))?;
    name_behind(page, next, end)
}

/// "and" inside the name of a body: `Ministry of Trade and Industry`, `Food and Drug Agency`.
fn and_end(page: &Page, start: usize, at: usize, end: usize) -> Option<usize> {
    let next = at + 1;
    if name_behind(page, next, end).is_none() || page.has(next, Traits::GIVEN.with(Traits::DEMONYM)) {
        return None;
    }
    let inner = (start..at).any(|i| page.is(i, "of") || page.is(i, "for"))
        && (start..at).any(|i| page.has(i, Traits::BODY_LEAD));
    let plain = |i: usize| page.has(i, Traits::COMMON) && !page.has(i, Traits::ROLE);
    let ahead = (next..end.min(next + FAR)).take_while(|&i| page.is_capital(i));
    let titled = plain(start) || at > start + 1 && page.is_acronym(start) || page.has(start, Traits::DEMONYM);
    let bodily = titled
        && (start + 1..at).all(plain)
        && ahead.clone().all(plain)
        && ahead.clone().any(|i| page.has(i, Traits::BODY));
    (inner && plain(next) || bodily && ahead.count() > 1).then_some(next + 1)
}
