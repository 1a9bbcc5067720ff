//! Two relations of one person to another: a brother-in-law in one report, a cousin in the next.

use super::Book;
use crate::claim::{Claim, Entity, Value};
use crate::matching::identity::Identities;
use crate::matching::slot::Miss;
use crate::text::fold;

/// Whether two relations join the same two persons the same way round; else why not.
pub fn same_kin(a: &Claim, b: &Claim, identities: &mut Identities, book: &Book) -> Result<(), Miss> {
    let mut one =
        |x: &Entity, y: &Entity| identities.number(x, &book.compare.name) == identities.number(y, &book.compare.name);
    let other = || Miss::Another("of other persons".into());
    // Charlene and Charlie may be one child or two.
    let last = |e: &Entity| fold(e.last_word());
    // "John" is many people's name; "his father, Kim Jong-il" and "his son, Kim Jong-il" are told of two of the family.
    let full = |claim: &Claim| claim.subject.first().is_some_and(|bearer| bearer.name.contains(' '));
    if !full(a) || !full(b) || are_turned(&a.value, &b.value) {
        return Err(other());
    }
    match (&a.subject[..], &b.subject[..]) {
        ([bearer, owner], [x, y]) if last(bearer) == last(x) && one(bearer, x) => {
            // Whom a report never names in full may be known by the surname.
            if last(owner) == last(y) || one(owner, y) { Ok(()) } else { Err(other()) }
        }
        _ => Err(other()),
    }
}

/// A parent and a child.
fn are_turned(a: &Value, b: &Value) -> bool {
    const PARENTS: [&str; 2] = ["father", "mother"];
    const CHILDREN: [&str; 2] = ["son", "daughter"];
    let is = |value: &Value, words: [&str; 2]| matches!(value, Value::Term(term) if words.contains(&term.as_str()));
    is(a, PARENTS) && is(b, CHILDREN) || is(a, CHILDREN) && is(b, PARENTS)
}

#[cfg(test)]
mod tests {
    use crate::compare::story::tests::contradictions;

    #[test]
    fn one_person_is_related_to_another_in_one_way() {
        let cousin = "Nils Holm spoke. Clara Lind is a cousin of Holm's.";
        for (other, expected) in [
            ("Clara Lind, who is Nils Holm's sister-in-law, spoke.", "cousin / sister-in-law"),
            ("Clara Lind, a cousin of Nils Holm, spoke.", ""),
            ("Clara Lind, who is Jonas Berg's sister-in-law, spoke to Nils Holm.", ""),
            ("Nils Holm's sister-in-law, Vera Lund, spoke to Clara Lind.", ""),
        ] {
            assert_eq!(contradictions(cousin, other), expected, "{other}");
        }
    }
}
