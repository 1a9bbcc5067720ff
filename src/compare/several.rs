//! A document that gives several values of what the rules ask for: it tells of several happenings.
//!
//! Of a night of violence a report gives the dead of the bus, of the taxi and of the whole night. Which of them another
//! document's figure stands against only the words around can tell. Where every document gives one, a story has one
//! toll and nothing need be common to both sentences; of a story of very many documents nobody can say so.

use compact_str::CompactString;
use rustc_hash::FxHashMap;

use super::Book;
use super::crowd::is_unasked;
use super::kinship::is_told_by_many;
use super::rivals::Pair;
use super::value::relate_values;
use crate::claim::{Claim, Value};
use crate::comparison::Relation;
use crate::matching::group::{Mention, Story};
use crate::matching::slot::like_company;

/// The values of each document by attribute.
pub(super) struct Several<'s> {
    story: &'s Story,
    book: &'s Book<'s>,
    given: FxHashMap<(u32, &'s CompactString), Vec<&'s Claim>>,
}

impl<'s> Several<'s> {
    pub fn of(story: &'s Story, pairs: &[Pair], book: &'s Book) -> Self {
        let opposed = pairs.iter().filter(|p| p.judged.verdict.opposes() && is_asked(story.claim(p.a), book));
        let mut given: FxHashMap<(u32, &CompactString), Vec<&Claim>> = FxHashMap::default();
        for mention in opposed.flat_map(|p| [p.a, p.b]) {
            given.entry((mention.member, &story.claim(mention).attribute)).or_default();
        }
        for mention in story.mentions() {
            let claim = story.claim(mention);
            if let Some(given) = given.get_mut(&(mention.member, &claim.attribute)) {
                given.push(claim);
            }
        }
        Self { story, book, given }
    }

    /// Why it cannot be told which value stands against which.
    pub fn objection(&self, pair: &Pair) -> Option<&'static str> {
        let (a, b) = (self.story.claim(pair.a), self.story.claim(pair.b));
        let large = is_told_by_many(self.story, &self.book.compare.kinship);
        let others = |mention: Mention| self.gives_others(mention) && !self.is_first(mention);
        let several = is_asked(a, self.book) && (large || others(pair.a) || others(pair.b));
        (several && like_company(a, b, &self.book.matching.open).is_err())
            .then_some("there are several of these, and nothing around tells which it is")
    }

    /// Whether a document gives a value before all others: that of its own happening, which it tells first.
    fn is_first(&self, mention: Mention) -> bool {
        let claim = self.story.claim(mention);
        let given = self.given.get(&(mention.member, &claim.attribute));
        given.is_some_and(|given| given.iter().all(|other| claim.span.start <= other.span.start))
    }

    /// Whether the document of a value gives another one that cannot be true of the same.
    fn gives_others(&self, mention: Mention) -> bool {
        let claim = self.story.claim(mention);
        let differs = |other: &&Claim| relate_values(&claim.value, &other.value, self.book) == Relation::Incompatible;
        self.given.get(&(mention.member, &claim.attribute)).is_some_and(|given| given.iter().any(differs))
    }
}

/// Whether an attribute of the rules asks for a value, and it is a figure, a place or a word. What stands against an
/// opposite is told apart by the words around anyway.
fn is_asked(claim: &Claim, book: &Book) -> bool {
    matches!(claim.value, Value::Quantity(_) | Value::Location(_) | Value::Term(_))
        && !is_unasked(claim)
        && book.extract.attribute(&claim.attribute).is_some()
}

#[cfg(test)]
mod tests {
    use crate::compare::story::tests::contradictions;

    #[test]
    fn of_several_values_the_words_around_must_tell_which() {
        let own = "The ferry Solveig was carrying 223 people.";
        let one = "Some 190 passengers were on board by then.";
        assert_eq!(contradictions(own, one), "223 / Some 190");
        let several = "A tug was carrying 11 people. Some 190 passengers were on board by then.";
        assert_eq!(contradictions(own, several), "");
        let told = "The ferry Solveig was carrying 190 people. A tug was carrying 11 people.";
        assert_eq!(contradictions(own, told), "223 / 190");
    }
}
