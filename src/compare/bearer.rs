//! Whose age it is: two ages are of one person when names say so, or nouns that fit.

use super::Book;
use super::value::relate_values;
use crate::claim::{Claim, Entity, EntityKind, Value};
use crate::comparison::Relation;
use crate::extract::attribute::SubjectOf;
use crate::lexicon::WordRelation;
use crate::matching::identity::Identities;
use crate::matching::slot::{Miss, Subject, like_company, same_subject};
use crate::matching::transposed::transposed;

/// Whether two ages are one person's; else why not.
pub fn same_bearer(a: &Claim, b: &Claim, identities: &mut Identities, book: &Book) -> Result<(), Miss> {
    if is_named(a) && is_named(b) {
        return same_subject(a, b, SubjectOf::Object, identities, &book.compare.name).map_err(reason);
    }
    let (x, y) = (nouns(a), nouns(b));
    if let Some((left, right)) = opposite(&x, &y, book) {
        return Err(Miss::Another(format!("of another person: {left} against {right}").into()));
    }
    let relative = |nouns: &[&Entity]| nouns.iter().any(|e| book.matching.bearer.relatives.contains(&e.name));
    if relative(&x) != relative(&y) {
        return Err(Miss::Another("one is of a relative".into()));
    }
    let is_telling = |noun: &Entity| !book.matching.bearer.generic.contains(&noun.name);
    let one_noun = x.iter().any(|noun| is_telling(noun) && y.iter().any(|other| other.name == noun.name));
    if one_noun || is_same_or_swapped(a, b, book) {
        return Ok(());
    }
    like_company(a, b, &book.matching.open)
}

fn reason(subject: Subject) -> Miss {
    Miss::Another(match subject {
        Subject::Another(why) => why,
        Subject::Untold => "one does not tell whose age it is".into(),
    })
}

fn is_named(claim: &Claim) -> bool {
    claim.subject.iter().any(|e| e.kind == EntityKind::Person)
}

/// The nouns a person is told by; a person's name leaves what it goes with open.
fn nouns(claim: &Claim) -> Vec<&Entity> {
    claim.subject.iter().filter(|e| e.kind == EntityKind::Other).collect()
}

/// A woman is no man.
fn opposite<'e>(a: &[&'e Entity], b: &[&'e Entity], book: &Book) -> Option<(&'e str, &'e str)> {
    let pairs = a.iter().flat_map(|x| b.iter().map(move |y| (x.name.as_str(), y.name.as_str())));
    let mut pairs = pairs.filter(|(x, y)| book.lexicon.relation(x, y) == Some(WordRelation::Antonym));
    pairs.next()
}

/// Two outlets hardly give one age, or one with its digits swapped, for two persons of one story.
fn is_same_or_swapped(a: &Claim, b: &Claim, book: &Book) -> bool {
    let (Value::Quantity(x), Value::Quantity(y)) = (&a.value, &b.value) else { return false };
    // Digits change places where they are written: "a woman of 61" is no "sixteen-year-old".
    let written = [a, b].iter().all(|claim| claim.printed().contains(|c: char| c.is_ascii_digit()));
    // Whoever is named is somebody whom the other report may not tell of.
    written && is_named(a) == is_named(b) && transposed(x, y)
        || relate_values(&a.value, &b.value, book) == Relation::Same
}
