//! What is counted, and what a count is a part of: `20 North Korean officials`, `12 of the 30 passengers`.

use compact_str::CompactString;

use super::{PartOf, QuantityMention};
use crate::extract::measure_scan::Scan;
use crate::text::{Token, TokenKind};

/// How many words may stand between a number and what it counts.
const REACH: usize = 6;

/// What the number that ends before `end` counts, with true when it is a part of that: `three of the passengers`.
pub fn counted(scan: &Scan, end: usize, singular: bool) -> (CompactString, bool) {
    let rules = &scan.words.quantity;
    if !scan.is(end, "of") {
        return (head(scan, end, singular), scan.one_of(end, &rules.others));
    }
    let definite = scan.one_of(end + 1, &rules.determiners);
    let mut at = end + 1 + usize::from(definite);
    at += usize::from(definite && scan.one_of(at, &rules.determiners));
    at += usize::from(scan.is_kind(at, TokenKind::Number) || scan.sense(at).cardinal.is_some());
    (head(scan, at, singular), definite || at > end + 1)
}

/// The first plural or other head of a count at `at` or behind; for one thing the last noun before a stop.
fn head(scan: &Scan, at: usize, singular: bool) -> CompactString {
    let mut last = None;
    for at in at..at + REACH {
        if scan.is_kind(at, TokenKind::Possessive) {
            last = None;
            continue;
        }
        if !may_stand_between(scan, at) || singular && is_verb(scan, at) {
            break;
        }
        if !singular && is_head(scan, at) && !is_head(scan, at + 1) {
            return scan.word(at).into();
        }
        last = Some(at);
    }
    last.filter(|_| singular).map_or_else(CompactString::default, |at| scan.word(at).into())
}

fn is_head(scan: &Scan, at: usize) -> bool {
    scan.sense(at).head || is_plural(scan, at)
}

/// A word that is no stop and no date, or a compound such as `10-member`.
fn may_stand_between(scan: &Scan, at: usize) -> bool {
    let sense = scan.sense(at);
    let dated = sense.offset.is_some() || sense.weekday.is_some() || sense.day.is_some();
    match scan.is_kind(at, TokenKind::Number) {
        true => scan.word(at).contains('-'),
        false => scan.is_kind(at, TokenKind::Word) && !sense.stop && !dated,
    }
}

/// A past form or an adverb behind a single noun ends it: "one officer died".
fn is_verb(scan: &Scan, at: usize) -> bool {
    let word = scan.word(at);
    (word.ends_with("ed") || word.ends_with("ly")) && !scan.sense(at).head
}

/// True for a word that looks like a plural.
pub fn is_plural(scan: &Scan, at: usize) -> bool {
    let plural = |token: &Token| {
        let word = token.norm.as_str();
        word.len() > 2 && word.ends_with('s') && !["ss", "us", "is"].iter().any(|end| word.ends_with(end))
    };
    let word = scan.tokens.get(at).filter(|token| token.kind == TokenKind::Word);
    word.is_some_and(plural) && !scan.sense(at).not_head && !scan.sense(at).stop
}

/// Ties parts to the counts they are taken from: `12 of the 30`, `12 injured, of them 3 children`.
pub fn link_parts(scan: &Scan, found: &mut [QuantityMention]) {
    for n in 0..found.len() {
        let (before, rest) = found.split_at_mut(n);
        let (this, after) = rest.split_at_mut(1);
        let this = &mut this[0];
        if this.fraction_of == Some(PartOf::Untold) {
            let whole = after.first().filter(|next| stands_in_of(scan, this.tokens.end, next.tokens.start));
            this.fraction_of = Some(whole.map_or(PartOf::Untold, |_| PartOf::Mention(n + 1)));
        } else if is_part(scan, this.tokens.start) {
            let whole = before.iter().rposition(|other| other.value.unit == this.value.unit && !other.ordinal);
            this.fraction_of = Some(whole.map_or(PartOf::Untold, PartOf::Mention));
        }
    }
}

/// "of the" alone stands between a part and its whole.
fn stands_in_of(scan: &Scan, end: usize, start: usize) -> bool {
    let between = end + 1..start;
    scan.is(end, "of")
        && start <= end + 3
        && between.into_iter().all(|at| scan.one_of(at, &scan.words.quantity.determiners))
}

/// "of them 3 children", "including 3 children", "among whom were 3 children".
fn is_part(scan: &Scan, start: usize) -> bool {
    let rules = &scan.words.quantity;
    let cue = |at: usize| scan.one_of(at, &rules.part_cues);
    let before = |n: usize| start.wrapping_sub(n);
    let verb = usize::from(scan.is(before(1), "were") || scan.is(before(1), "was"));
    let pronoun = scan.one_of(before(1 + verb), &rules.part_pronouns) && cue(before(2 + verb));
    let direct = scan.is(before(1), "including") || scan.is(before(2), "including") && !scan.is(before(1), ",");
    pronoun || direct
}
