//! Whether two offices are one: the same noun, and qualified by the same words or synonyms.

use compact_str::CompactString;

use super::Book;
use crate::claim::Claim;
use crate::lexicon::WordRelation;
use crate::matching::slot::{Miss, Why};

/// Whether two offices are one; else why not.
pub fn same_office(a: &Claim, b: &Claim, book: &Book) -> Result<(), Miss> {
    let (x, y) = (qualifiers(a), qualifiers(b));
    let fits = |some: &[CompactString], others: &[CompactString]| {
        some.iter().all(|word| others.iter().any(|other| is_one(word, other, book)))
    };
    match fits(x, y) && fits(y, x) {
        true => Ok(()),
        false => Err(Miss::Another(Why::Of("of another office", |claim| qualifiers(claim).join(" "), "against"))),
    }
}

/// The words behind the noun of the office.
fn qualifiers(claim: &Claim) -> &[CompactString] {
    claim.context.get(1..).unwrap_or_default()
}

fn is_one(a: &str, b: &str, book: &Book) -> bool {
    a == b || matches!(book.lexicon.relation(a, b), Some(WordRelation::Same | WordRelation::Synonym))
}
