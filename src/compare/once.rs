//! What two rules find in the same words is told once: "the school was closed" is a school that is shut and a thing
//! that is not open.

use std::cmp::Reverse;

use super::rivals::Pair;
use crate::claim::Value;
use crate::document::Span;
use crate::matching::group::{Mention, Story};

/// Drops the contradictions of terms whose words stand inside of what another contradiction of the two documents reads;
/// the one that reads most stays.
pub fn tell_once(story: &Story, pairs: &mut Vec<Pair>) {
    let term = |m: Mention| matches!(story.claim(m).value, Value::Term(_));
    let opposed = |pair: &Pair| pair.judged.verdict.opposes() && term(pair.a) && term(pair.b);
    let mut told: Vec<(usize, Passages)> = pairs
        .iter()
        .enumerate()
        .filter(|(_, pair)| opposed(pair))
        .map(|(at, pair)| (at, passages(story, pair)))
        .collect();
    told.sort_by_key(|(at, passages)| (passages.members(), Reverse(passages.length()), *at));
    let mut kept: Vec<Passages> = Vec::new();
    let mut dropped = Vec::new();
    for (at, passages) in told {
        // Those of other documents lie behind.
        kept.retain(|other| other.members() == passages.members());
        if kept.iter().any(|other| other.overlaps(&passages)) {
            dropped.push(at);
        } else {
            kept.push(passages);
        }
    }
    dropped.sort_unstable();
    let mut at = 0;
    pairs.retain(|_| {
        at += 1;
        dropped.binary_search(&(at - 1)).is_err()
    });
}

/// Where the values of a pair stand.
struct Passages([(u32, Span); 2]);

fn passages(story: &Story, pair: &Pair) -> Passages {
    Passages([pair.a, pair.b].map(|m| (m.member, story.claim(m).value_span)))
}

impl Passages {
    fn members(&self) -> [u32; 2] {
        self.0.map(|(member, _)| member)
    }

    fn length(&self) -> u32 {
        self.0.iter().map(|(_, span)| span.end - span.start).sum()
    }

    fn overlaps(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).all(|((_, one), (_, other))| one.overlaps(*other))
    }
}

#[cfg(test)]
mod tests {
    use crate::compare::story::tests::contradictions;

    #[test]
    fn what_two_rules_read_in_the_same_words_is_one_contradiction() {
        let (left, right) = ("The school stayed open on Monday.", "On Monday the school was closed.");
        assert_eq!(contradictions(left, right), "school stayed open / school was closed");
    }
}
