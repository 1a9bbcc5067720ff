//! Takes differences back that another run explains: words that only moved, names that changed
//! places, a negation that moved or that an opposite undoes.

use std::cell::LazyCell;
use std::ops::Range;

use super::align::Run;
use super::difference::Difference;
use super::pairing::{Pair, Paired};
use super::unit::{Unit, UnitKind};
use crate::text::Token;

/// Judges the differences of all runs together.
pub(super) fn settle(pair: &Pair, found: &mut Vec<Paired>) {
    settle_swaps(pair, found);
    settle_moves(pair, found);
    cancel_negations(found);
    undo_negations(pair, found);
    name_clauses(pair, found);
}

/// Two couples that hold the same two units crosswise.
fn settle_swaps(pair: &Pair, found: &mut [Paired]) {
    let turned = is_turned(pair);
    for i in 0..found.len() {
        for j in i + 1..found.len() {
            if crossed(pair, &found[i], &found[j]) {
                let difference = if turned { Difference::Reordering } else { Difference::Swap };
                found[i].difference = difference;
                found[j].difference = difference;
            }
        }
    }
}

fn crossed(pair: &Pair, one: &Paired, other: &Paired) -> bool {
    let (Some(a), Some(b), Some(c), Some(d)) = (&one.left, &one.right, &other.left, &other.right) else { return false };
    one.difference >= Difference::Rewording && is_same(pair, a, d) && is_same(pair, b, c)
}

/// True when one wording is passive and the other is not, as far as "by" tells.
fn is_turned(pair: &Pair) -> bool {
    let by = |tokens: &[Token]| tokens.iter().filter(|t| t.is("by")).count();
    by(pair.a) != by(pair.b)
}

fn is_same(pair: &Pair, x: &Unit, y: &Unit) -> bool {
    pair.lexicon.mean_the_same(&x.text, &y.text)
}

/// A word or name that the other wording has elsewhere is no difference where it stands.
fn settle_moves(pair: &Pair, found: &mut [Paired]) {
    let places: Vec<usize> = (0..found.len()).filter(|at| single_unit(&found[*at]).is_some()).collect();
    let loose = |found: &[Paired], one: (bool, &Unit)| {
        let others = places.iter().filter_map(|at| single_unit(&found[*at]));
        others.filter(|(side, _)| *side != one.0).any(|(_, unit)| is_same(pair, unit, one.1))
    };
    for at in 0..found.len() {
        let paired = &found[at];
        if paired.difference < Difference::Hypernym || paired.difference == Difference::Swap {
            continue;
        }
        let stands = |unit: &Option<Unit>, other: &[Token]| {
            unit.as_ref().filter(|u| is_mobile(u)).is_some_and(|u| stands_in(pair, u, other))
        };
        let (left, right) = (|| stands(&paired.left, pair.b), || stands(&paired.right, pair.a));
        let moved = || single_unit(paired).is_some_and(|one| loose(found, one));
        let difference = match paired.left.is_some() && paired.right.is_some() {
            true if left() && right() => Difference::Reordering,
            false if moved() => Difference::Reordering,
            false if left() || right() => Difference::Repetition,
            _ => paired.difference,
        };
        found[at].difference = difference;
    }
}

/// The unit that stands alone, and true when it stands on the left.
fn single_unit(paired: &Paired) -> Option<(bool, &Unit)> {
    match (&paired.left, &paired.right) {
        (Some(unit), None) if is_mobile(unit) => Some((true, unit)),
        (None, Some(unit)) if is_mobile(unit) => Some((false, unit)),
        _ => None,
    }
}

fn is_mobile(unit: &Unit) -> bool {
    !matches!(unit.kind, UnitKind::Negation | UnitKind::Particle)
}

/// True when each word of the unit stands somewhere among the tokens, inflection apart.
fn stands_in(pair: &Pair, unit: &Unit, tokens: &[Token]) -> bool {
    unit.text.split(' ').all(|word| {
        let sought = LazyCell::new(|| pair.lexicon.word(word));
        let shares_base = |t: &Token| pair.lexicon.word(&t.norm).shares_base(&sought);
        let inflected = |t: &Token| pair.rules.align.is_content(t) && shares_base(t);
        // A word and its inflections begin with one letter.
        let first = word.as_bytes().first();
        tokens.iter().filter(|t| t.norm.as_bytes().first() == first).any(|t| t.norm == word || inflected(t))
    })
}

/// A negation on each side: it only moved.
fn cancel_negations(found: &mut [Paired]) {
    let single = |p: &Paired, left: bool| p.difference == Difference::Negation && p.left.is_some() == left;
    loop {
        let (Some(i), Some(j)) =
            (found.iter().position(|p| single(p, true)), found.iter().position(|p| single(p, false)))
        else {
            return;
        };
        found[i].difference = Difference::Reordering;
        found[j].difference = Difference::Reordering;
    }
}

/// A negation and an opposite mean the same: "not guilty" and "innocent". One of another clause undoes nothing: "was not
/// robbed, unlike the others" and "was robbed, like the others".
fn undo_negations(pair: &Pair, found: &mut [Paired]) {
    let of = |found: &[Paired], difference| -> Vec<usize> {
        (0..found.len()).filter(|at| found[*at].difference == difference).collect()
    };
    for i in of(found, Difference::Negation) {
        let undone =
            of(found, Difference::Antonym).into_iter().find(|j| is_one_clause(pair, &found[i].run, &found[*j].run));
        if let Some(j) = undone {
            found[i].difference = Difference::Synonym;
            found[j].difference = Difference::Synonym;
        }
    }
}

/// Whether no comma stands between two runs on either side; which comes first is asked of each side by itself.
fn is_one_clause(pair: &Pair, one: &Run, other: &Run) -> bool {
    let clause = |tokens: &[Token], x: &Range<usize>, y: &Range<usize>| {
        let (first, last) = if (x.start, x.end) <= (y.start, y.end) { (x, y) } else { (y, x) };
        !tokens[first.end.min(last.start)..last.start].iter().any(|t| t.is(",") || t.is(";"))
    };
    clause(pair.a, &one.a, &other.a) && clause(pair.b, &one.b, &other.b)
}

/// Several neighbouring units of one side alone are one clause, or the end that was cut.
fn name_clauses(pair: &Pair, found: &mut Vec<Paired>) {
    let mut start = 0;
    while start < found.len() {
        let end = start + found[start..].iter().take_while(|p| continues(&found[start], p)).count();
        if found[start..end].iter().filter(|p| is_plain(p)).count() >= pair.rules.quotation.clause {
            let edge = at_edge(pair, &found[start..end]);
            join(found, start..end, if edge { Difference::Truncation } else { Difference::ClauseCut });
        }
        start += 1;
    }
}

/// Makes one difference of the plain ones among `range`.
fn join(found: &mut Vec<Paired>, range: Range<usize>, difference: Difference) {
    let (first, last) = (found[range.start].run.clone(), found[range.end - 1].run.clone());
    let run = Run { a: first.a.start..last.a.end, b: first.b.start..last.b.end };
    let clause = Paired { run, difference, left: None, right: None };
    let others: Vec<Paired> = found.drain(range.clone()).filter(|p| !is_plain(p)).collect();
    found.splice(range.start..range.start, std::iter::once(clause).chain(others));
}

fn is_plain(paired: &Paired) -> bool {
    matches!(paired.difference, Difference::Addition | Difference::Modifier)
}

/// True when both stand on the same side alone at the same place of the other.
fn continues(first: &Paired, next: &Paired) -> bool {
    let alone = |p: &Paired| p.left.is_some() != p.right.is_some() && p.difference != Difference::Repetition;
    let place = |p: &Paired| if p.left.is_some() { (true, p.run.b.start) } else { (false, p.run.a.start) };
    alone(first) && alone(next) && place(first) == place(next)
}

/// True when nothing but marks stands before or behind the run in both wordings.
fn at_edge(pair: &Pair, found: &[Paired]) -> bool {
    let (first, last) = (&found[0].run, &found[found.len() - 1].run);
    let bare = |tokens: &[Token]| !tokens.iter().any(|t| pair.rules.align.is_content(t));
    let before = bare(&pair.a[..first.a.start]) && bare(&pair.b[..first.b.start]);
    before || bare(&pair.a[last.a.end..]) && bare(&pair.b[last.b.end..])
}
