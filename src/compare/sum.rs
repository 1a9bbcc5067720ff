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

/// "€110 billion ($143 billion)", "€110 billion ($158 billion)": each outlet converts into dollars of its own.
pub fn are_converted(story: &Story, a: Mention, b: Mention) -> bool {
    let (Some(x), Some(y)) = (sum(story.claim(a)), sum(story.claim(b))) else { return false };
    let beside = |mention: Mention| story.passage(mention).filter_map(sum);
    x.unit == y.unit
        && beside(a)
            .any(|p| p.unit != x.unit && beside(b).any(|q| p.unit == q.unit && p.low == q.low && p.high == q.high))
}

/// An amount of money.
fn sum(claim: &Claim) -> Option<&Quantity> {
    match &claim.value {
        Value::Quantity(q) if q.is_money() => Some(q),
        _ => None,
    }
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
    fn an_amount_converted_by_each_stands_against_none() {
        let told =
            |dollars: &str| format!("The loan for the harbour of Ostby comes to €110 million (${dollars} million).");
        assert_eq!(contradictions(&told("143"), &told("158")), "");
    }

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
