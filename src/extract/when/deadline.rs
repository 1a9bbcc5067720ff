//! Deadlines: "until Friday" and "by Friday" name the Friday to come, unless the clause tells what was over by then.

use super::WhenMention;
use crate::extract::measure_scan::Scan;
use crate::text::TokenKind;

/// How far before the deadline its verb may stand.
const REACH: usize = 12;

/// Whether the mention ends something that is not over.
pub fn is_ahead(scan: &Scan, mention: &WhenMention) -> bool {
    let rules = &scan.words.when;
    let Some(limit) = limit(scan, mention.tokens.start) else { return false };
    let any = |words: &[String]| clause(scan, limit).any(|at| scan.one_of(at, words));
    let open = any(&rules.deadline_open);
    match scan.one_of(limit, &rules.deadline_ends) {
        true => open || !any(&rules.deadline_over),
        false => (open || any(&rules.deadline_asked)) && !any(&rules.deadline_perfect),
    }
}

/// The word that makes a deadline of what stands at `start`, a time of day between them aside: "until noon on Friday".
fn limit(scan: &Scan, start: usize) -> Option<usize> {
    let rules = &scan.words.when;
    let at = start.checked_sub(1)?;
    let at = if scan.is(at, "the") { at.checked_sub(1)? } else { at };
    (scan.one_of(at, &rules.deadline_ends) || scan.one_of(at, &rules.deadline_within)).then_some(at)
}

/// The words of the clause before the deadline, the nearest first.
fn clause<'s>(scan: &'s Scan, limit: usize) -> impl Iterator<Item = usize> + 's {
    let begins = |at: &usize| scan.is_kind(*at, TokenKind::Mark) && !scan.is(*at, "'");
    (limit.saturating_sub(REACH)..limit).rev().take_while(move |at| !begins(at))
}
