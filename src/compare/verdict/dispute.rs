//! The police and the organisers, the union and the company: two sides of a dispute that each tell their own.

use super::{Case, Judged};
use crate::claim::{Claim, Kind};
use crate::rules::Words;

/// What one side of a dispute tells, and what the other does: neither outlet contradicts the other by printing it.
pub(super) fn other_side(case: &Case) -> Option<Judged> {
    let told = case.differs() && case.a.kind != Kind::Quote;
    let [a, b] = [case.a, case.b].map(|claim: &Claim| claim.speaker.as_deref());
    let apart = told && case.rules.verdict.sides.iter().any(|sides| are_sides(a, b, sides));
    apart.then(|| case.not_comparable("same-teller", "each told by its own side of a dispute"))
}

fn are_sides(a: Option<&str>, b: Option<&str>, sides: &Words) -> bool {
    let side =
        |speaker: &str| speaker.to_lowercase().split(' ').rev().find(|word| sides.contains(word)).map(str::to_owned);
    a.and_then(side).zip(b.and_then(side)).is_some_and(|(x, y)| x != y)
}

#[cfg(test)]
mod tests {
    use crate::compare::story::tests::contradictions;

    #[test]
    fn what_each_side_tells_contradicts_no_outlet() {
        let party = "The party says that the clinic in Norvik was closed for 61 days last year.";
        for (other, expected) in [
            ("The government insisted that the clinic in Norvik had been closed for 40 days last year.", ""),
            ("The clinic in Norvik was closed for 40 days last year.", "61 days / 40 days"),
            ("The party says that the clinic in Norvik was closed for 40 days last year.", "61 days / 40 days"),
        ] {
            assert_eq!(contradictions(party, other), expected, "{other}");
        }
    }
}
