//! Roles around a name: "Foreign Minister X", "the bank's chief economist, X", "X, head of Y,".

use std::ops::Range;

use compact_str::CompactString;

use super::lexicon::Traits;
use super::page::Page;
use super::run::run_end;
use super::split::{Piece, role_in, titled};
use crate::reading::Sentence;
use crate::text::TokenKind;

const PART: Traits = Traits::ROLE.with(Traits::ROLE_MODIFIER);

/// The roles that the words around a person tell, each with its body: `minister of kenya`.
pub fn roles_of(page: &Page, sentence: &Sentence, piece: &Piece) -> Vec<CompactString> {
    let bounds = &sentence.tokens;
    let mut roles = Vec::new();
    // "[Prime Minister Nils] Holm": an outlet explains whom somebody names, who may have held the office long ago.
    if piece.tokens.clone().any(|at| page.is(at, "]")) {
        return roles;
    }
    if !piece.title.is_empty() {
        roles.extend(role_in(page, piece.title.clone()).map(|role| with_body(page, role, &piece.title, bounds)));
    }
    let front = piece.title.start.min(piece.tokens.start);
    roles.extend(role_before(page, bounds, front));
    roles.extend(role_joined(page, bounds, front));
    if !is_listed(page, bounds, front, piece.tokens.end) {
        roles.extend(role_behind(page, bounds, piece.tokens.end));
    }
    roles.extend(role_told(page, bounds, piece.tokens.end));
    roles.dedup();
    roles
}

/// "chief executive X", "the bank's chief executive, X,".
fn role_before(page: &Page, bounds: &Range<usize>, start: usize) -> Option<CompactString> {
    let comma = start > bounds.start && page.is(start - 1, ",");
    let end = if comma { start - 1 } else { start };
    if end <= bounds.start || !page.has(end - 1, Traits::ROLE) || !page.is_lower_word(end - 1) {
        return None;
    }
    let phrase = phrase_start(page, bounds, end - 1)..end;
    let definite = phrase.start > bounds.start && {
        let before = phrase.start - 1;
        page.token(before).kind == TokenKind::Possessive || page.is_capital(before) || is_definite(page, before)
    };
    (!comma || definite).then(|| with_body(page, words(page, &phrase), &phrase, bounds))
}

/// "The *police officer* and photographer X": the first of two roles before a name.
fn role_joined(page: &Page, bounds: &Range<usize>, start: usize) -> Option<CompactString> {
    let last = start.checked_sub(1).filter(|at| *at >= bounds.start && page.has(*at, Traits::ROLE))?;
    let joint = phrase_start(page, bounds, last).checked_sub(1).filter(|at| page.is(*at, "and"))?;
    let head = joint.checked_sub(1).filter(|at| *at >= bounds.start)?;
    let role = page.is_lower_word(head) && page.has(head, Traits::ROLE);
    role.then(|| words(page, &(phrase_start(page, bounds, head)..joint)))
}

/// "The interior secretary, X, the energy secretary, Y": in such a list each name has the office in front of it.
fn is_listed(page: &Page, bounds: &Range<usize>, start: usize, end: usize) -> bool {
    const FAR: usize = 9;
    let office = |comma: usize| comma > bounds.start && page.is(comma, ",") && page.has(comma - 1, Traits::ROLE);
    let next = (end + 1..bounds.end.min(end + 1 + FAR)).find(|&at| page.is(at, ","));
    let named = |comma: usize| comma + 1 < bounds.end && page.is_capital(comma + 1);
    start.checked_sub(1).is_some_and(office) && page.is(end, ",") && next.is_some_and(|at| office(at) && named(at))
}

/// "X, the chief executive of Y,", "X, a Z spokesman".
fn role_behind(page: &Page, bounds: &Range<usize>, end: usize) -> Option<CompactString> {
    const FAR: usize = 9;
    if !page.is(end, ",") || end >= bounds.end {
        return None;
    }
    let start = past_age(page, end + 1);
    let limit = bounds.end.min(start + FAR);
    let head = (start..limit).take_while(|&at| is_apposed(page, at)).find(|&at| page.has(at, Traits::ROLE))?;
    let last = (head..limit).take_while(|&at| page.has(at, PART)).last().unwrap_or(head);
    let next = end + 1..run_end(page, end + 1, bounds.end);
    let another =
        page.is_capital(last + 1) && last + 1 < bounds.end || page.is_capital(head) && titled(page, &next).is_some();
    let phrase = phrase_start(page, &(start..bounds.end), head)..last + 1;
    (!another).then(|| with_body(page, words(page, &phrase), &phrase, bounds))
}

/// "X, who is a nurse", "X worked at the mill as a fitter": a calling, told by a verb and an article.
fn role_told(page: &Page, bounds: &Range<usize>, end: usize) -> Option<CompactString> {
    let end = past_aside(page, bounds, end);
    let who = if page.is(end, ",") && page.is(end + 1, "who") { end + 2 } else { end };
    let article = match page.norm(who) {
        "is" | "was" => who + 1,
        "works" | "worked" => worked_as(page, bounds, who)?,
        _ => return None,
    };
    let noun = article + 1;
    let calling = matches!(page.norm(article), "a" | "an") && noun < bounds.end && page.has(noun, Traits::ROLE);
    let last = (noun..bounds.end).take_while(|&at| page.has(at, PART)).last()?;
    (calling && page.is_lower_word(noun)).then(|| words(page, &(noun..last + 1)))
}

/// Past an aside between commas: "X, a father of two, worked".
fn past_aside(page: &Page, bounds: &Range<usize>, end: usize) -> usize {
    const FAR: usize = 6;
    let opens = end < bounds.end && page.is(end, ",") && matches!(page.norm(end + 1), "a" | "an" | "the");
    let closed = (end + 1..bounds.end.min(end + 2 + FAR)).find(|&at| page.token(at).kind == TokenKind::Mark);
    closed.filter(|&at| opens && page.is(at, ",")).map_or(end, |comma| comma + 1)
}

/// What follows "as" soon behind a verb of working: "worked *at the mill* as a fitter".
fn worked_as(page: &Page, bounds: &Range<usize>, verb: usize) -> Option<usize> {
    const FAR: usize = 6;
    let near = verb + 1..bounds.end.min(verb + 1 + FAR);
    let as_ = near.take_while(|&at| page.token(at).kind != TokenKind::Mark).find(|&at| page.is(at, "as"))?;
    (as_ + 1 < bounds.end).then_some(as_ + 1)
}

/// Past an age between commas: "X, 34, a teacher".
fn past_age(page: &Page, at: usize) -> usize {
    let aged = page.reading.tokens.get(at).is_some_and(|t| t.kind == TokenKind::Number) && page.is(at + 1, ",");
    if aged { at + 2 } else { at }
}

/// Words that may stand between a name's comma and its role.
fn is_apposed(page: &Page, at: usize) -> bool {
    let token = page.token(at);
    match token.kind {
        TokenKind::Possessive => true,
        // "X, a 38-year-old teacher".
        _ if token.norm.ends_with("-year-old") => true,
        TokenKind::Word => {
            !page.has(at, Traits::SPEECH.with(Traits::PERSONAL))
                && (page.is_capital(at)
                    || page.has(at, PART.with(Traits::DESCRIPTION))
                    || is_definite(page, at)
                    || page.has(at, Traits::COMMON) && !page.has(at, Traits::OPENER))
        }
        _ => false,
    }
}

fn is_definite(page: &Page, at: usize) -> bool {
    matches!(page.norm(at), "the" | "a" | "an" | "its" | "their" | "his" | "her" | "our" | "of" | "former" | "then")
}

fn phrase_start(page: &Page, bounds: &Range<usize>, head: usize) -> usize {
    let mut start = head;
    while start > bounds.start && page.has(start - 1, PART) && !page.has(start - 1, Traits::DEMONYM) {
        start -= 1;
    }
    start
}

fn words(page: &Page, phrase: &Range<usize>) -> CompactString {
    let words: Vec<&str> = phrase.clone().map(|at| page.norm(at)).collect();
    CompactString::from(words.join(" "))
}

/// The role with the body it is held in, when the words around tell one.
fn with_body(page: &Page, role: CompactString, phrase: &Range<usize>, bounds: &Range<usize>) -> CompactString {
    match body_behind(page, bounds, phrase.end).or_else(|| body_before(page, bounds, phrase.start)) {
        Some(body) => CompactString::from(format!("{role} of {body}")),
        None => role,
    }
}

/// "of Kenya", "at the Meteorological Office".
fn body_behind(page: &Page, bounds: &Range<usize>, at: usize) -> Option<CompactString> {
    if !matches!(page.norm(at), "of" | "at" | "for" | "with") {
        return None;
    }
    let start = if page.is(at + 1, "the") { at + 2 } else { at + 1 };
    let named = start < bounds.end && page.is_capital(start) && !page.has(start, Traits::OPENER.with(Traits::CALENDAR));
    named.then(|| body_name(page, start..run_end(page, start, bounds.end)))
}

/// "Kenyan", "Kenya's", "White House" directly before the role.
pub fn body_before(page: &Page, bounds: &Range<usize>, at: usize) -> Option<CompactString> {
    let mut end = at;
    if end > bounds.start && page.token(end - 1).kind == TokenKind::Possessive {
        end -= 1;
    }
    let mut start = end;
    while start > bounds.start
        && page.is_capital(start - 1)
        && !page.has(start - 1, Traits::OPENER.with(Traits::CALENDAR))
    {
        start -= 1;
    }
    (start < end).then(|| body_name(page, start..end))
}

/// A body by its folded name; a people by its country.
fn body_name(page: &Page, tokens: Range<usize>) -> CompactString {
    let key = page.key(tokens);
    match page.gazetteer.demonym(&key) {
        Some(country) => CompactString::from(country.to_lowercase()),
        None => key,
    }
}
