//! Whether two figures that no attribute asks for measure one thing.

use super::Book;
use crate::claim::{Claim, Entity, EntityKind, Quantity, Value};
use crate::lexicon::WordRelation;
use crate::matching::identity::Identities;
use crate::matching::slot::{is_small, other_scope};
use crate::matching::transposed::transposed;

/// Whether two figures of one unit measure one thing, by the words that name it; else why not.
pub fn same_measured(a: &Claim, b: &Claim, identities: &mut Identities, book: &Book) -> Result<(), String> {
    let (Value::Quantity(x), Value::Quantity(y)) = (&a.value, &b.value) else { return Err("no figures".into()) };
    if other_scope(a, b) {
        return Err("figures of different stretches of time".into());
    }
    if !same_count(x, y, book) {
        return Err(format!("they count different things: {} and {}", x.counted, y.counted));
    }
    if is_small(a, &book.matching.open) || is_small(b, &book.matching.open) {
        return Err("too small a count to be known by one word".into());
    }
    if other_doer(a, b, identities, book) {
        return Err("of another person".into());
    }
    let counted = !x.counted.is_empty() && !y.counted.is_empty();
    if one_thing(a, b, book) || transposed(x, y) && (counted || company(a, b) > 0) {
        return Ok(());
    }
    Err(format!("they measure different things: {} and {}", names(a), names(b)))
}

/// Whether two sites are told of one happening, by the words in front of them; else why not.
pub fn same_located(a: &Claim, b: &Claim, identities: &mut Identities, book: &Book) -> Result<(), String> {
    if other_doer(a, b, identities, book) {
        return Err("of another person".into());
    }
    if one_thing(a, b, book) && company(a, b) >= book.matching.open.shared {
        return Ok(());
    }
    Err(format!("the words around them differ: {} and {}", names(a), names(b)))
}

/// Plain counts must count one thing, by whichever word.
fn same_count(a: &Quantity, b: &Quantity, book: &Book) -> bool {
    !a.unit.is_empty() || is_one(&a.counted, &b.counted, book)
}

/// The surest word of one is among the two surest of the other.
fn one_thing(a: &Claim, b: &Claim, book: &Book) -> bool {
    let (x, y) = (told(a, EntityKind::Other), told(b, EntityKind::Other));
    let ranked = |i: usize, left: &Entity| {
        y.iter().enumerate().any(|(j, right)| i + j <= 1 && is_one(&left.name, &right.name, book))
    };
    x.iter().enumerate().any(|(i, left)| ranked(i, left))
}

/// What one person does measures nothing that another does.
fn other_doer(a: &Claim, b: &Claim, identities: &mut Identities, book: &Book) -> bool {
    let (x, y) = (told(a, EntityKind::Person), told(b, EntityKind::Person));
    let numbers = |people: Vec<&Entity>, identities: &mut Identities| {
        people.into_iter().map(|e| identities.number(e, &book.compare.name)).collect::<Vec<_>>()
    };
    let (x, y) = (numbers(x, identities), numbers(y, identities));
    !x.is_empty() && !y.is_empty() && !x.iter().any(|number| y.contains(number))
}

/// The words that name what is measured, or the persons.
fn told(claim: &Claim, kind: EntityKind) -> Vec<&Entity> {
    claim.subject.iter().filter(|e| e.kind == kind).collect()
}

fn is_one(a: &str, b: &str, book: &Book) -> bool {
    let related = || matches!(book.lexicon.relation(a, b), Some(WordRelation::Same | WordRelation::Synonym));
    !a.is_empty() && !b.is_empty() && (a == b || related())
}

/// How many words both have near.
fn company(a: &Claim, b: &Claim) -> usize {
    a.context.iter().filter(|word| b.context.contains(word)).count()
}

fn names(claim: &Claim) -> String {
    told(claim, EntityKind::Other).iter().map(|e| e.name.as_str()).collect::<Vec<_>>().join(" ")
}
