//! Values that are too many for one thing.

use rustc_hash::{FxHashMap, FxHashSet};

use super::CrowdRules;
use crate::claim::Claim;
use crate::compare::rivals::Pair;
use crate::extract::named::NAMED;
use crate::matching::group::{Mention, Story};
use crate::matching::sets::Sets;

/// Mentions that are joined by more values than one thing can have, none of them the majority's.
pub(super) fn scattered(story: &Story, pairs: &[Pair], rules: &CrowdRules) -> FxHashSet<Mention> {
    let joined = || pairs.iter().filter(|p| p.judged.settles() || p.judged.verdict.opposes());
    let mut mentions: Vec<Mention> = joined().flat_map(|p| [p.a, p.b]).collect();
    mentions.sort_unstable();
    mentions.dedup();
    let number = |m: Mention| mentions.binary_search(&m).unwrap_or_default();
    let (mut things, mut values) = (Sets::new(mentions.len()), Sets::new(mentions.len()));
    for pair in joined() {
        let (a, b) = (number(pair.a), number(pair.b));
        things.join(a, b);
        if pair.judged.settles() {
            values.join(a, b);
        }
    }
    let mut printed: FxHashMap<&str, usize> = FxHashMap::default();
    for (at, mention) in mentions.iter().enumerate() {
        if let Some(name) = name_of(story.claim(*mention)) {
            values.join(at, *printed.entry(name).or_insert(at));
        }
    }
    let mut documents: FxHashMap<usize, FxHashSet<u32>> = FxHashMap::default();
    let mut by_value: FxHashMap<usize, FxHashMap<usize, FxHashSet<u32>>> = FxHashMap::default();
    for (at, mention) in mentions.iter().enumerate() {
        let thing = things.root(at);
        documents.entry(thing).or_default().insert(mention.member);
        by_value.entry(thing).or_default().entry(values.root(at)).or_default().insert(mention.member);
    }
    let is_scattered = |thing: usize| {
        let values = &by_value[&thing];
        let most = values.values().map(FxHashSet::len).max().unwrap_or(0);
        values.len() > rules.values && (most as f64) < rules.majority * documents[&thing].len() as f64
    };
    let scattered = (0..mentions.len()).filter(|at| is_scattered(things.root(*at)));
    scattered.map(|at| mentions[at]).collect()
}

/// Whom a claim names in full. Every outlet that prints this name gives one value, though no pair of them settles it: the
/// same spelling twice tells nothing.
fn name_of(claim: &Claim) -> Option<&str> {
    claim.value.as_name().filter(|_| claim.attribute == NAMED).map(|name| name.name.as_str())
}
