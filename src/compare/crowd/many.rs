//! Values of which a document gives several where another gives one.

use compact_str::CompactString;
use rustc_hash::{FxHashMap, FxHashSet};

use super::is_unasked;
use crate::compare::rivals::Pair;
use crate::matching::group::{Mention, Story};

/// How many values of each other document stand against a value, where no attribute asks for them.
pub struct Many(FxHashMap<(Mention, u32, CompactString), FxHashSet<String>>);

impl Many {
    pub fn of(story: &Story, pairs: &[Pair], key: &impl Fn(Mention) -> CompactString) -> Self {
        let mut many: FxHashMap<_, FxHashSet<String>> = FxHashMap::default();
        for pair in pairs.iter().filter(|p| p.judged.verdict.opposes() && is_unasked(story.claim(p.a))) {
            for (own, other) in [(pair.a, pair.b), (pair.b, pair.a)] {
                let value = format!("{:?}", story.claim(other).value);
                many.entry((own, other.member, key(own))).or_default().insert(value);
            }
        }
        Self(many)
    }

    /// Why it cannot be said which value stands against which.
    pub fn objection(
        &self,
        story: &Story,
        pair: &Pair,
        key: &impl Fn(Mention) -> CompactString,
    ) -> Option<&'static str> {
        let several = |own: Mention, other: Mention| {
            self.0.get(&(own, other.member, key(own))).is_some_and(|values| values.len() > 1)
        };
        let many = is_unasked(story.claim(pair.a)) && (several(pair.a, pair.b) || several(pair.b, pair.a));
        many.then_some("a document gives several values there")
    }
}
