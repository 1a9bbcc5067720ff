//! A count that another sentence gives by its parts: 223 aboard, 212 passengers and a crew of 11.

use std::collections::BTreeMap;

use crate::claim::{Bound, Claim, Quantity, Value};
use crate::matching::group::{Mention, Story};

/// Whether one of two counts is what the other's sentence comes to with all that it counts besides, or with some of it.
pub fn adds_up(story: &Story, a: Mention, b: Mention) -> bool {
    let (Some(x), Some(y)) = (count(story.claim(a)), count(story.claim(b))) else { return false };
    let (part, own, sum) = if x < y { (a, x, y) } else { (b, y, x) };
    let beside = story.passage(part).filter(|claim| claim.value_span != story.claim(part).value_span);
    // A value is told by several claims.
    let counts = beside.filter_map(|claim| Some(((claim.value_span.start, claim.value_span.end), count(claim)?)));
    let counts: BTreeMap<(u32, u32), f64> = counts.collect();
    own + counts.values().sum::<f64>() == sum || counts.values().any(|other| own + other == sum)
}

/// A plain count; no measure, share or amount.
fn count(claim: &Claim) -> Option<f64> {
    match &claim.value {
        Value::Quantity(q @ Quantity { bound: Bound::Exact, .. }) if q.unit.is_empty() && q.low == q.high => {
            Some(q.low)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::compare::story::tests::contradictions;

    #[test]
    fn the_parts_of_a_sum_stand_against_no_sum() {
        let sum = "The ferry Solveig was carrying 223 people.";
        for (parts, expected) in [
            ("The ferry Solveig was carrying 212 people and a crew of 11.", ""),
            ("The ferry Solveig was carrying 212 people and a crew of 14.", "223 / 212"),
        ] {
            assert_eq!(contradictions(sum, parts), expected, "{parts}");
        }
    }
}
