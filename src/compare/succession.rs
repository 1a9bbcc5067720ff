//! Two holders of one office, each named by several outlets: one followed the other.
//!
//! A slip stands alone. Where several independent documents name one secretary and several others
//! another, they report of different times, however close their stories are.

use compact_str::CompactString;
use rustc_hash::{FxHashMap, FxHashSet};
use schemars::JsonSchema;
use serde::Deserialize;

use super::nearby::Nearby;
use super::rivals::Pair;
use crate::claim::Claim;
use crate::matching::group::Story;
use crate::rules::Words;
use crate::text::fold;

/// When one holder followed another: `[succession]` in `rules/compare.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SuccessionRules {
    /// What the rule does.
    pub about: String,
    /// Independent documents that must name either holder.
    pub witnesses: usize,
    /// Words in front of an office that tell that its holder came or went: `new`, `former`.
    pub changes: Words,
    /// Most words from them to the holder's name.
    pub reach: usize,
}

/// Who names whom in which office, of the names that stand against another.
pub(super) struct Successions<'s> {
    story: &'s Story,
    witnesses: FxHashMap<(CompactString, CompactString), FxHashSet<u32>>,
    /// Offices with holders who came or went.
    changed: FxHashSet<(CompactString, CompactString)>,
}

impl<'s> Successions<'s> {
    pub fn of(story: &'s Story, pairs: &[Pair], rules: &SuccessionRules) -> Self {
        let mut witnesses: FxHashMap<_, FxHashSet<u32>> = FxHashMap::default();
        for mention in pairs.iter().filter(|p| p.judged.verdict.opposes()).flat_map(|p| [p.a, p.b]) {
            if let Some(held) = held(story.claim(mention)) {
                let unit = story.unit_at(mention.member, story.claim(mention).span);
                witnesses.entry(held).or_default().insert(unit);
            }
        }
        let came = story.mentions().map(|m| story.claim(m)).filter(|claim| is_changed(claim, rules));
        Self { story, witnesses, changed: came.filter_map(held).collect() }
    }

    /// Why two names do not stand against each other. Names that share a word are spelt differently, not followed.
    pub fn objection(&self, pair: &Pair, rules: &SuccessionRules) -> Option<&'static str> {
        let (a, b) = (held(self.story.claim(pair.a))?, held(self.story.claim(pair.b))?);
        let alike = a.1.split(' ').any(|word| b.1.split(' ').any(|other| word == other));
        let named = |held| self.witnesses.get(held).is_some_and(|units| units.len() >= rules.witnesses);
        if !alike && (self.changed.contains(&a) || self.changed.contains(&b)) {
            return Some("the story tells that one of them is new in office, or was");
        }
        (!alike && named(&a) && named(&b)).then_some("several documents name either: one followed the other")
    }
}

/// "New Fisheries Secretary Clara Lind": somebody else was it before.
fn is_changed(claim: &Claim, rules: &SuccessionRules) -> bool {
    is_office(claim) && Nearby::of(claim).has_in_front(rules.reach, &rules.changes)
}

fn is_office(claim: &Claim) -> bool {
    matches!(claim.attribute.as_str(), "office" | "role-holder")
}

/// An office, and the name that a claim gives its holder.
fn held(claim: &Claim) -> Option<(CompactString, CompactString)> {
    let holder = claim.value.as_name()?;
    is_office(claim).then(|| (claim.context.first().cloned().unwrap_or_default(), fold(&holder.name)))
}

#[cfg(test)]
mod tests {
    use crate::compare::story::tests::contradictions_among;

    #[test]
    fn an_office_that_several_give_to_either_has_changed_hands() {
        let old = "Fisheries Secretary Nils Holm signed the rule.";
        let new = "Fisheries Secretary Clara Lind signed the rule.";
        assert_eq!(contradictions_among(&[old, new]), "Nils Holm / Clara Lind");
        assert_eq!(contradictions_among(&[old, old, new]), "Nils Holm / Clara Lind");
        assert_eq!(contradictions_among(&[old, old, new, new]), "");
        let came = "The new Fisheries Secretary Clara Lind signed the rule.";
        assert_eq!(contradictions_among(&[old, new, came]), "");
    }
}
