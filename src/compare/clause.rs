//! What is said behind a word: confirmed *that the works had been fined*, denied *that it was fined*.

use compact_str::CompactString;
use rustc_hash::FxHashSet;

use super::Book;
use super::nearby::Nearby;
use crate::claim::Claim;
use crate::text::Token;
use crate::text::stem::stem;

/// Whether much the same is said behind the values of two claims.
pub(super) fn is_one_clause(a: &Claim, b: &Claim, book: &Book) -> bool {
    const FEWEST: usize = 2;
    const SHARE: f64 = 0.6;
    let (x, y) = (behind(a, book), behind(b, book));
    let shared = x.intersection(&y).count();
    shared >= FEWEST && shared as f64 >= SHARE * x.len().min(y.len()) as f64
}

/// "Raised the price of bread", "did not raise the price of milk": whether both go on within their clause, with little in
/// common.
pub(super) fn are_two_clauses(a: &Claim, b: &Claim, book: &Book) -> bool {
    const SHARE: f64 = 0.5;
    let (x, y) = (rest(a, book), rest(b, book));
    let shared = x.intersection(&y).count();
    !x.is_empty() && !y.is_empty() && (shared as f64) < SHARE * x.len().min(y.len()) as f64
}

/// The stems of the content words behind a value up to where its clause ends.
fn rest(claim: &Claim, book: &Book) -> FxHashSet<CompactString> {
    let nearby = Nearby::of(claim);
    content(nearby.behind().iter().take_while(|token| !book.extract.distance.ends_clause(token)), usize::MAX, book)
}

/// The stems of the content words behind a value, as far as they tell what it is of.
fn behind(claim: &Claim, book: &Book) -> FxHashSet<CompactString> {
    const FAR: usize = 8;
    let nearby = Nearby::of(claim);
    content(nearby.behind().iter(), FAR, book)
}

/// The stems of the first content words of some tokens.
fn content<'t>(tokens: impl Iterator<Item = &'t Token>, most: usize, book: &Book) -> FxHashSet<CompactString> {
    let content = tokens.filter(|token| book.extract.open.is_content(token)).take(most);
    content.map(|token| stem(&token.norm)).collect()
}

#[cfg(test)]
mod tests {
    use crate::compare::story::tests::contradictions;

    #[test]
    fn what_one_confirms_another_denies() {
        for (left, right, expected) in [
            (
                "The company confirmed that state inspectors had cited the warehouse over racks.",
                "But its spokeswoman denied that the building had been cited by inspectors.",
                "confirmed / denied",
            ),
            ("The company confirmed the closure of the mill.", "Its spokeswoman denied that inspectors had come.", ""),
            ("Nils Holm resigned from the bank.", "Nils Holm did not resign from the council.", ""),
            ("Nils Holm resigned from the bank.", "Nils Holm has not resigned.", "resigned / resigned"),
            (
                "Clara Lind confirmed that inspectors had cited the mill.",
                "Nils Holm denied that inspectors had cited the mill.",
                "",
            ),
        ] {
            assert_eq!(contradictions(left, right), expected, "{left} / {right}");
        }
    }
}
