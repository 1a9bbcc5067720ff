//! Whom two sentences name, where nothing else tells whose a value is.

use super::{Crowd, is_unasked};
use crate::claim::{Claim, Value};
use crate::compare::negated::leads_elsewhere;
use crate::compare::rivals::Pair;
use crate::extract::attribute::{Attribute, SubjectOf};
use crate::matching::pairs::shared;

impl Crowd<'_> {
    /// Whether the sentences name none in common, where only what stands around tells what a value is of.
    pub(super) fn tells_of_others(&self, pair: &Pair, claim: &Claim) -> bool {
        let (x, y) = (self.story.names(pair.a), self.story.names(pair.b));
        let named = !x.is_empty() && !y.is_empty() || self.is_of_somebody(pair, claim);
        self.hangs_on_names(pair, claim) && named && shared(x, y) == 0
    }

    /// What somebody did or how something stood, in two long reports: of whom, must be told by a name that both have, or by
    /// much else.
    fn is_of_somebody(&self, pair: &Pair, claim: &Claim) -> bool {
        matches!(claim.value, Value::Term(_)) && self.may_be_of_two(pair) && !self.tell_alike(pair)
    }

    /// Whether nothing but the names around tells whose a value is: one party bids, another asks.
    pub(super) fn hangs_on_names(&self, pair: &Pair, claim: &Claim) -> bool {
        let open = matches!(claim.attribute.as_str(), "open" | "dated");
        if matches!(claim.value, Value::Term(_)) {
            return self.length(pair) > 0;
        }
        // Who meets where.
        let of_event = |rule: &Attribute| matches!(rule.subject, SubjectOf::Event | SubjectOf::Participants);
        if matches!(claim.value, Value::Location(_)) {
            let asked = self.book.extract.attribute(&claim.attribute).is_some_and(of_event);
            return open || asked && self.length(pair) > 0;
        }
        let Value::Quantity(figure) = &claim.value else { return open };
        let of_somebody = |rule: &Attribute| rule.subject != SubjectOf::Event;
        let untold =
            self.book.extract.attribute(&claim.attribute).is_some_and(of_somebody) && self.has_no_subject(pair);
        let sum = figure.is_money() && is_unasked(claim) && !self.is_transposed(pair);
        open || untold || sum || self.rules.full.contains(&figure.unit)
    }

    /// "The Pentagon confirmed", "the rebels have not confirmed": whether either sentence begins with somebody whom the
    /// other does not name.
    pub(super) fn is_of_two(&self, pair: &Pair) -> bool {
        let (Some(x), Some(y)) = (self.story.sentence(pair.a), self.story.sentence(pair.b)) else { return false };
        leads_elsewhere(x, &y.names) && leads_elsewhere(y, &x.names)
    }

    pub(super) fn has_no_subject(&self, pair: &Pair) -> bool {
        [pair.a, pair.b].iter().any(|mention| self.story.claim(*mention).subject.is_empty())
    }
}
