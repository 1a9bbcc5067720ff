//! A count that another sentence gives by its parts: 223 aboard, 212 passengers and a crew of 11.

use crate::claim::{Bound, Claim, Quantity, Value};
use crate::document::Span;
use crate::matching::group::{Mention, Story};

/// Whether one of two counts is what the other's sentence comes to with all that it counts besides.
pub fn adds_up(story: &Story, a: Mention, b: Mention) -> bool {
    let (Some(x), Some(y)) = (count(story.claim(a)), count(story.claim(b))) else { return false };
    if x < y { comes_to(story, a, y) } else { comes_to(story, b, x) }
}

/// Whether the counts of the sentence of a mention, its own among them, come to a sum.
fn comes_to(story: &Story, part: Mention, sum: f64) -> bool {
    let own = story.claim(part);
    let mut counts: Vec<(Span, f64)> = story.passage(part).filter_map(|c| Some((c.value_span, count(c)?))).collect();
    counts.sort_by_key(|(span, _)| (span.start, span.end));
    counts.dedup_by_key(|(span, _)| *span);
    let rest = || counts.iter().filter(|(span, _)| *span != own.value_span).map(|(_, count)| count);
    let Some(mine) = count(own) else { return false };
    mine + rest().sum::<f64>() == sum || rest().any(|other| mine + other == sum)
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
