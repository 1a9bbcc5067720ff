//! What one side's sentence or document tells of the other's value too.

use super::{Crowd, is_figure, is_unasked};
use crate::claim::{Claim, Quantity, Value};
use crate::compare::value::relate_values;
use crate::comparison::Relation;
use crate::matching::group::Mention;

impl Crowd<'_> {
    /// Whether the sentence of `own` gives the day of `other` too, or its document the figure that an attribute asks for.
    pub(super) fn is_told_too(&self, own: Mention, other: &Claim) -> bool {
        let claim = self.story.claim(own);
        let beside = |c: &&Claim| c.value_span != claim.value_span;
        match &other.value {
            Value::When(_) => {
                let is_it = |c: &Claim| {
                    matches!(c.value, Value::When(_))
                        && relate_values(&c.value, &other.value, self.book) == Relation::Same
                };
                self.story.passage(own).filter(beside).any(is_it)
            }
            Value::Quantity(x) if !is_unasked(other) => {
                let is_it = |c: &Claim| c.attribute == other.attribute && is_figure(&c.value, x);
                self.story.member(own).claims.iter().filter(beside).any(is_it)
            }
            _ => false,
        }
    }

    /// "In all 10 were arrested, seven *of them*": the part of a whole that its own sentence counts.
    pub(super) fn is_part_of_told(&self, mention: Mention) -> bool {
        let claim = self.story.claim(mention);
        let Value::Quantity(part) = &claim.value else { return false };
        let whole = |c: &Claim| {
            let more = |q: &Quantity| !q.part && q.unit == part.unit && q.low > part.high;
            c.attribute == claim.attribute && matches!(&c.value, Value::Quantity(q) if more(q))
        };
        part.part && self.story.passage(mention).any(whole)
    }

    /// Whether a document prints the other's word too, for whatever it be: a wall that is called a fence.
    pub(super) fn prints(&self, own: Mention, other: &Claim) -> bool {
        let claims = &self.story.member(own).claims;
        claims.iter().any(|c| c.attribute == other.attribute && c.value == other.value)
    }

    /// "Muslims in the north, Christians in the south": whether a sentence holds the other's word too.
    pub(super) fn stands_beside(&self, own: Mention, other: &Claim) -> bool {
        let subject = &self.story.claim(own).subject;
        let mut passage = self.story.passage(own);
        passage.any(|c| c.attribute == other.attribute && c.value == other.value && c.subject == *subject)
    }
}
