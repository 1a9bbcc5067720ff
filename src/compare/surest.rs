//! Which of several ways of reading one pair of values is the surest: one attribute, what is
//! measured, or only the words around.

use rustc_hash::FxHashMap;

use super::rivals::Pair;
use crate::comparison::Verdict;
use crate::document::Span;
use crate::extract::named::NAMED;
use crate::matching::group::{Mention, Story};

/// True for a pair of whose values nothing surer is said by another.
pub fn is_surest(story: &Story, pair: &Pair, asked: &Asked) -> bool {
    asked.get(&values(story, pair)).is_none_or(|rank| *rank <= sureness(story, pair))
}

type Values = ((u32, Span), (u32, Span));

/// How surely each pair of values is known to be of one thing, where it is known at all.
pub type Asked = FxHashMap<Values, u8>;

/// The pairs of values that an attribute has asked for, or that are known to measure one thing:
/// what the surer way said of them stands.
pub fn asked_for(story: &Story, pairs: &[Pair]) -> Asked {
    let mut asked = FxHashMap::default();
    for pair in pairs {
        let rank = sureness(story, pair);
        let judged = pair.judged.verdict != Verdict::NotComparable;
        // What only the words around kept apart was not asked of one thing, and not of two either.
        if rank == ASKED && (judged || !pair.apart) || rank == MEASURED && judged {
            let best = asked.entry(values(story, pair)).or_insert(rank);
            *best = rank.max(*best);
        }
    }
    asked
}

/// An attribute asked for the value.
const ASKED: u8 = 2;
/// What is measured was told.
const MEASURED: u8 = 1;

fn sureness(story: &Story, pair: &Pair) -> u8 {
    match story.claim(pair.a).attribute.as_str() {
        "open" | "role-holder" | NAMED => 0,
        "measured" | "located" | "dated" | "office" => MEASURED,
        _ => ASKED,
    }
}

fn values(story: &Story, pair: &Pair) -> Values {
    let value = |m: Mention| (m.member, story.claim(m).value_span);
    (value(pair.a), value(pair.b))
}
