//! The sentences of one story, compared as wholes: what says nearly the same, word by word.

use std::ops::Range;

use compact_str::CompactString;
use rustc_hash::{FxHashMap, FxHashSet};

use super::align::{Alignment, Wording, align_wordings, show};
use super::finding::{Finding, Passage};
use super::negated::is_negated;
use super::overlap::compare_overlap;
use super::phrase::compare_phrases;
use super::statement::{StatementComparison, are_strangers, compare_aligned};
use super::story::Told;
use super::verdict::{Judged, by_relation, judge_statements};
use super::{Book, is_quotation_mark, words};
use crate::claim::{Kind, Modality, Statement};
use crate::comparison::{Comparison, Relation};
use crate::matching::group::{Mention, Story};
use crate::matching::pairs::statement_pairs;
use crate::matching::phrases::phrase_pairs;
use crate::text::Token;

/// Judges the pairs of sentences that share enough.
pub(super) fn findings(story: &Story, book: &Book, told: &mut Told) {
    let wording = &book.compare.wording;
    let statement = |m: Mention| story.statement(m);
    let pairs = statement_pairs(story, &book.matching.pairs, &book.matching.negated, &mut told.cut);
    let tokens: Vec<(Mention, Vec<Token>)> = story.statements().map(|m| (m, words(&statement(m).text))).collect();
    let mut others = phrase_pairs(story, &tokens, |t| wording.align.is_content(t), &book.matching.phrase);
    others.retain(|pair| pairs.binary_search(pair).is_err());
    let met: FxHashSet<Mention> = pairs.iter().chain(&others).flat_map(|(a, b)| [*a, *b]).collect();
    let met = tokens.iter().filter(|(mention, _)| met.contains(mention));
    let wordings: FxHashMap<Mention, Wording> =
        met.map(|(mention, tokens)| (*mention, Wording::new(tokens, &wording.align))).collect();
    let side = |m: Mention| (m, statement(m), &wordings[&m]);
    for (a, b) in others {
        let (a, b) = (side(a), side(b));
        take_phrase(&a, &b, &align_wordings(a.2, b.2, &wording.align), book, told);
    }
    for (a, b) in pairs {
        let (a, b) = (side(a), side(b));
        let alignment = align_wordings(a.2, b.2, &wording.align);
        let compare = |alignment| compare_aligned(a.2.tokens, b.2.tokens, alignment, wording, book.lexicon);
        if take_phrase(&a, &b, &alignment, book, told) {
            continue;
        }
        if are_strangers(&alignment, wording) {
            let judged = self::judged(&a, &b, None, book);
            told.take(judged, |judged| finding(&a, &b, judged, &compare(alignment)));
        } else {
            let compared = compare(alignment);
            let judged = self::judged(&a, &b, Some(&compared), book);
            told.take(judged, |judged| finding(&a, &b, judged, &compared));
        }
    }
}

/// Takes a clause by which the two contradict; whether there is one.
fn take_phrase(a: &Side, b: &Side, alignment: &Alignment, book: &Book, told: &mut Told) -> bool {
    let Some(compared) = contrary_phrase(a, b, alignment, book) else { return false };
    let judged = by_relation(compared.kind, compared.comparison.clone());
    told.take(judged, |judged| finding(a, b, judged, &compared));
    true
}

/// A clause that both outlets print in words of their own, each vouching for it, and that contradicts.
fn contrary_phrase(a: &Side, b: &Side, alignment: &Alignment, book: &Book) -> Option<StatementComparison> {
    let marked = |side: &Side| side.2.tokens.iter().any(is_quotation_mark);
    // A sentence inside a quotation of several has no mark of its own, and is its speaker's.
    let told = |side: &Side| !side.1.quoted || marked(side);
    let compared =
        || compare_phrases((a.2.tokens, b.2.tokens), alignment, book.compare, (book.lexicon, book.gazetteer));
    if told(a) && told(b) { compared() } else { None }
}

/// A statement with its place and wording.
type Side<'s> = (Mention, &'s Statement, &'s Wording<'s>);

/// Judges two statements by how their words compare; `None` for words that say nothing.
fn judged(a: &Side, b: &Side, compared: Option<&StatementComparison>, book: &Book) -> Judged {
    // What does not contradict word by word may still support, and only in so far as content is shared.
    let negated = is_negated(a.1, b.1, &book.matching.negated) && is_firm(a.1) && is_firm(b.1);
    let (kind, comparison) = match compared.map(|c| (c.comparison.relation, c)) {
        _ if negated => {
            let why = "one affirms what the other negates";
            (Kind::Negation, Comparison::new(Relation::Incompatible, "negated", why))
        }
        Some((Relation::Incompatible, compared)) => (compared.kind, compared.comparison.clone()),
        Some((Relation::Same, compared)) => (Kind::Statement, compared.comparison.clone()),
        _ => (Kind::Statement, compare_overlap(a.1, b.1, &book.compare.overlap)),
    };
    if negated { by_relation(kind, comparison) } else { judge_statements(a.1, b.1, kind, comparison) }
}

fn finding(a: &Side, b: &Side, judged: Judged, compared: &StatementComparison) -> Finding {
    let decisive = compared.differences.iter().max_by_key(|f| f.difference);
    let words = |side: &Side, run: &Range<usize>| wording(side.1, side.2.tokens, run);
    Finding {
        verdict: judged.verdict,
        kind: judged.kind,
        attribute: CompactString::const_new("statement"),
        a: Passage::of_statement(a.0.member, a.1, decisive.map_or(String::new(), |f| words(a, &f.run.a))),
        b: Passage::of_statement(b.0.member, b.1, decisive.map_or(String::new(), |f| words(b, &f.run.b))),
        diff: show((&a.1.text, a.2.tokens), (&b.1.text, b.2.tokens), &compared.alignment),
        rule: judged.rule,
        why: judged.why,
        overtaken: None,
    }
}

/// Told or planned, and neither guessed nor denied.
fn is_firm(statement: &Statement) -> bool {
    matches!(statement.modality, Modality::Reported | Modality::Planned)
}

/// The words of a differing run, as printed.
fn wording(statement: &Statement, tokens: &[Token], run: &Range<usize>) -> String {
    match &tokens[run.clone()] {
        [] => String::new(),
        [first, .., last] => first.span.cover(last.span).of(&statement.text).to_owned(),
        [only] => only.span.of(&statement.text).to_owned(),
    }
}
