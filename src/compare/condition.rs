//! Whether two conditions are told of one thing.

use compact_str::CompactString;
use rustc_hash::FxHashSet;

use super::Book;
use crate::claim::{Claim, Entity, EntityKind};
use crate::matching::identity::Identities;
use crate::matching::slot::Miss;
use crate::text::fold;
use crate::text::stem::stem;

/// Whether two claims tell the condition of one thing: one name, or one noun that nothing sets apart.
pub fn same_thing(a: &Claim, b: &Claim, identities: &mut Identities, book: &Book) -> Result<(), Miss> {
    let things = a.subject.first().zip(b.subject.first());
    match things.is_some_and(|(x, y)| is_one_thing(x, y, identities, book)) {
        true => Ok(()),
        false => Err(Miss::Another("of another thing".into())),
    }
}

fn is_one_thing(x: &Entity, y: &Entity, identities: &mut Identities, book: &Book) -> bool {
    if x.kind != EntityKind::Other && y.kind != EntityKind::Other {
        return identities.number(x, &book.compare.name) == identities.number(y, &book.compare.name);
    }
    let (left, right) = (Phrase::of(x), Phrase::of(y));
    (left.noun == right.noun || are_of_one_kind(x, y, book))
        && (left.apart.is_empty() || right.apart.is_empty() || !left.apart.is_disjoint(&right.apart))
}

/// "The vessel" and "the ferry" of a story are one thing: the broader noun of two points back. Persons are many of a kind.
fn are_of_one_kind(x: &Entity, y: &Entity, book: &Book) -> bool {
    let last = |entity: &'_ Entity| entity.name.rsplit([' ', '-']).next().unwrap_or_default().to_lowercase();
    let (left, right) = (last(x), last(y));
    let person = |noun: &str| book.lexicon.topic(noun) == Some("person");
    let nouns = book.lexicon.are_nouns(&left, &right) && !person(&left) && !person(&right);
    nouns && (book.lexicon.are_plain_synonyms(&left, &right) || book.lexicon.are_plainly_of_one_kind(&left, &right))
}

/// A noun with what sets the thing apart from others of its kind: the *inland* runway, *Alpine* Highway.
struct Phrase {
    noun: CompactString,
    apart: FxHashSet<CompactString>,
}

impl Phrase {
    fn of(entity: &Entity) -> Self {
        let mut words: Vec<CompactString> = entity.name.split([' ', '-']).map(|word| stem(&fold(word))).collect();
        let noun = words.pop().unwrap_or_default();
        Self { noun, apart: words.into_iter().collect() }
    }
}

/// Whether the condition that a claim tells may be left for its opposite.
pub fn turns(claim: &Claim, book: &Book) -> bool {
    book.extract.opposite.get(claim.attribute.as_str()).is_some_and(|opposite| opposite.changes)
}

#[cfg(test)]
mod tests {
    use crate::compare::story::tests::contradictions;

    #[test]
    fn one_thing_is_in_one_of_two_conditions() {
        for (left, right, expected) in [
            ("The hall stayed open on Monday.", "On Monday the hall was closed.", "stayed open / was closed"),
            (
                "Lorries can get through, as the Ostby Road between Holm and Lund has stayed open.",
                "The road to the coast is impassable.",
                "",
            ),
            (
                "On Monday lorries could get through, as the Ostby Road between Holm and Lund stayed open.",
                "The road to the coast was closed on Monday.",
                "stayed open / was closed",
            ),
            ("The Ostby Road stayed open on Monday.", "The Holm Road was closed on Monday.", ""),
            ("The hall stayed open.", "A hall was closed.", ""),
            (
                "The school in Ostby, which burned to the ground, is old.",
                "The school is still standing.",
                "burned to the ground / is still standing",
            ),
            ("The organisers keep the old fee.", "The fee was abolished.", ""),
            (
                "The two governments do away with the student visa.",
                "The visa stays in place.",
                "do away with / stays in place",
            ),
            ("The hospital was evacuated.", "The hospital was not evacuated.", "was evacuated / was not evacuated"),
            ("The inland runway was closed.", "The northern runway stayed open.", ""),
        ] {
            assert_eq!(contradictions(left, right), expected, "{left} / {right}");
        }
    }
}
