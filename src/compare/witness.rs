//! A document of the story that gives both values: they are told of two things.
//!
//! One outlet prints that six were killed, another that three were. A third tells of the three on the bus and of the
//! six of that night: whoever knows the story best sees no contradiction, and neither do the other two.

use rustc_hash::FxHashMap;

use super::Book;
use super::rivals::Pair;
use super::value::relate_values;
use crate::comparison::Relation;
use crate::matching::group::{Mention, Story};

/// Of the values that stand against another: which mentions of other documents agree with them.
pub(super) struct Witnesses<'s> {
    story: &'s Story,
    book: &'s Book<'s>,
    agreeing: FxHashMap<Mention, Vec<Mention>>,
}

impl<'s> Witnesses<'s> {
    pub fn of(story: &'s Story, pairs: &[Pair], book: &'s Book) -> Self {
        let opposed = pairs.iter().filter(|p| p.judged.verdict.opposes());
        let mut agreeing: FxHashMap<Mention, Vec<Mention>> =
            opposed.flat_map(|p| [p.a, p.b]).map(|mention| (mention, Vec::new())).collect();
        for pair in pairs.iter().filter(|p| p.judged.settles()) {
            for (own, other) in [(pair.a, pair.b), (pair.b, pair.a)] {
                if let Some(agreeing) = agreeing.get_mut(&own) {
                    agreeing.push(other);
                }
            }
        }
        agreeing.values_mut().for_each(|mentions| mentions.sort_unstable());
        Self { story, book, agreeing }
    }

    /// Why two values are of two things.
    pub fn objection(&self, pair: &Pair) -> Option<&'static str> {
        let (left, right) = (self.agreeing.get(&pair.a)?, self.agreeing.get(&pair.b)?);
        let both = left.iter().any(|x| self.of_document(right, x.member).iter().any(|y| self.are_two(*x, *y)));
        both.then_some("another document gives both, each of its own")
    }

    /// The mentions of a document.
    fn of_document<'m>(&self, mentions: &'m [Mention], member: u32) -> &'m [Mention] {
        let from = mentions.partition_point(|mention| mention.member < member);
        let behind = &mentions[from..];
        &behind[..behind.partition_point(|mention| mention.member == member)]
    }

    /// Whether two values of one document are two: not one that is told vaguely, nor two that a sentence sets against
    /// each other ("six, police said, and eight, said the hospital").
    fn are_two(&self, x: Mention, y: Mention) -> bool {
        let (left, right) = (self.story.claim(x), self.story.claim(y));
        left.span != right.span && relate_values(&left.value, &right.value, self.book) == Relation::Incompatible
    }
}

#[cfg(test)]
mod tests {
    use crate::compare::story::tests::contradictions_among;

    #[test]
    fn values_that_a_third_document_gives_both_stand_against_none() {
        let (full, fewer) =
            ("The ferry Solveig was carrying 223 people.", "The ferry Solveig was carrying 190 people.");
        assert_eq!(contradictions_among(&[full, fewer]), "223 / 190");
        let both =
            "The ferry Solveig was carrying 223 people. On its way back the ferry Solveig was carrying 190 people.";
        assert_eq!(contradictions_among(&[full, fewer, both]), "");
        let dispute = "The ferry Solveig was carrying 223 people, police said, or 190 people, as its owner has it.";
        assert_eq!(contradictions_among(&[full, fewer, dispute]), "223 / 190");
    }
}
