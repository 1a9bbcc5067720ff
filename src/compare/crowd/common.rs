//! What the sentences of two values have in common, and how much of it they need.

use super::{Crowd, CrowdRules, is_unasked};
use crate::claim::{Claim, Kind, Statement, Value};
use crate::compare::lapse::Lapse;
use crate::compare::measured::are_swapped;
use crate::compare::rivals::Pair;
use crate::compare::verdict::SAME_POLARITY;
use crate::comparison::Verdict;
use crate::matching::group::{Mention, Story};
use crate::matching::pairs::shared;

impl Crowd<'_> {
    /// What stands beside anything: what no attribute asks for, but for swapped digits, which are no other thing's chance,
    /// and directions; and in two long reports what they are full of.
    pub(super) fn is_loose(&self, pair: &Pair, claim: &Claim) -> bool {
        let lapse = || is_unasked(claim) && Lapse::is_told_by(claim, &self.book.compare.lapse);
        (is_of_any(claim) || lapse()) && !self.is_transposed(pair)
            || self.is_contrast(claim) && self.rules.anywhere.contains(&claim.attribute)
            || self.may_be_of_two(pair) && self.rules.sprawling.contains(&claim.attribute)
    }

    /// One word that a report affirms and another denies, of whatever else their sentences tell; a condition is told of a
    /// thing that both name.
    pub(super) fn is_denied(&self, pair: &Pair, claim: &Claim) -> bool {
        let word = matches!(claim.value, Value::Term(_)) && !self.book.extract.opposite.contains_key(&*claim.attribute);
        word && pair.judged.kind == Kind::Negation && pair.judged.rule == SAME_POLARITY
    }

    /// Whether two sentences tell much the same, whatever they differ in.
    pub(super) fn tell_alike(&self, pair: &Pair) -> bool {
        self.in_common(pair).is_some_and(|(words, share)| {
            words >= self.rules.alike && share >= self.rules.alike_share || share >= self.rules.alike_short
        })
    }

    /// Whether two reports are so long that any two of their sentences may be of two things, and these have nothing in
    /// common. A sentence that says nothing else is of what the whole report is about.
    pub(super) fn sprawl(&self, pair: &Pair, claim: &Claim) -> bool {
        let told = matches!(claim.value, Value::Quantity(_) | Value::Term(_) | Value::Location(_));
        let bare = || [pair.a, pair.b].iter().any(|m| self.story.sentence(*m).is_some_and(|s| self.is_bare(s)));
        told && claim.attribute != "age"
            && self.may_be_of_two(pair)
            && self.in_common(pair).is_some_and(|(common, _)| common < self.length(pair))
            && !bare()
            && !are_swapped(claim, self.story.claim(pair.b), self.book)
    }

    /// Whether a contradiction is of two long reports, any two sentences of which may be of two things. What is overtaken
    /// accuses nobody.
    pub(super) fn may_be_of_two(&self, pair: &Pair) -> bool {
        pair.judged.verdict == Verdict::Contradicts && self.length(pair) > 0
    }

    /// How long the two reports of a pair are together, as [`length`].
    pub(super) fn length(&self, pair: &Pair) -> usize {
        length(self.story, pair.a, pair.b, self.rules)
    }

    /// "Twenty-two people were hurt."
    pub(super) fn is_bare(&self, sentence: &Statement) -> bool {
        sentence.stems.len() + sentence.names.len() <= self.rules.bare
    }

    /// How many words and names two sentences have in common, and which share of those of the shorter one.
    pub(super) fn in_common(&self, pair: &Pair) -> Option<(usize, f64)> {
        let (x, y) = (self.story.sentence(pair.a)?, self.story.sentence(pair.b)?);
        let common = shared(&x.stems, &y.stems) + shared(&x.names, &y.names);
        let least = (x.stems.len() + x.names.len()).min(y.stems.len() + y.names.len());
        Some((common, common as f64 / least.max(1) as f64))
    }

    /// Whether the two sentences are one, word for word, but for figures: of whatever they tell, they tell it of one thing.
    pub(super) fn is_reprinted(&self, pair: &Pair) -> bool {
        let (Some(x), Some(y)) = (self.story.sentence(pair.a), self.story.sentence(pair.b)) else { return false };
        x.order.len() >= self.rules.reprinted && x.order == y.order && x.names == y.names
    }
}

/// A time, a site or a measure of which only what stands around tells what it is of, and who holds an office that many
/// bodies have: every report is full of them.
fn is_of_any(claim: &Claim) -> bool {
    let times = matches!(claim.value, Value::When(_)) && ["open", "dated"].contains(&claim.attribute.as_str());
    let measures = claim.kind == Kind::Number && claim.attribute == "measured";
    times || measures || ["located", "office"].contains(&claim.attribute.as_str())
}

/// How long two reports are together, in steps: any two sentences of long ones may be of two things.
pub fn length(story: &Story, a: Mention, b: Mention, rules: &CrowdRules) -> usize {
    let sentences = story.length(a.member, b.member);
    rules.long.iter().filter(|long| sentences >= **long).count()
}

#[cfg(test)]
mod tests {
    use crate::compare::story::tests::contradictions;

    /// A report that goes on about other things.
    fn long(text: &str) -> String {
        const THINGS: &str =
            "barn mill wall gate pier lamp bell sail rope oar mast keel plank net hook crate cask anchor lock bridge";
        let others = THINGS.split(' ').map(|thing| format!(" Every {thing} of the county is painted white."));
        text.chars().chain(others.collect::<String>().chars()).collect()
    }

    #[test]
    fn any_two_sentences_of_two_long_reports_may_be_of_two_things() {
        let told = "The ferry Solveig was carrying 223 people.";
        let bald = "Some 190 passengers were on board by then, as guards counted them at noon.";
        let alike = "Some 190 passengers were on board the ferry Solveig by then, as guards counted them at noon.";
        assert_eq!(contradictions(told, bald), "223 / Some 190");
        assert_eq!(contradictions(&long(told), &long(bald)), "");
        assert_eq!(contradictions(&long(told), &long(alike)), "223 / Some 190");
    }

    #[test]
    fn what_somebody_did_in_two_long_reports_needs_a_name() {
        let told = "The hall in Ostby stayed open on Monday, while pupils of the choir sang for the keepers.";
        let bald = "The hall was closed on Monday, a driver who had brought beer for a wedding was told.";
        assert_eq!(contradictions(told, bald), "stayed open / was closed");
        assert_eq!(contradictions(&long(told), &long(bald)), "");
        let named = "The hall in Ostby was closed on Monday, a driver who had brought beer for a wedding was told.";
        assert_eq!(contradictions(&long(told), &long(named)), "stayed open / was closed");
    }
}
