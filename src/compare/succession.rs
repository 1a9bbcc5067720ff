//! Two holders of one office, each named by several outlets: one followed the other.
//!
//! A slip stands alone. Where several independent documents name one secretary and several others
//! another, they report of different times, however close their stories are.

use compact_str::CompactString;
use rustc_hash::{FxHashMap, FxHashSet};
use schemars::JsonSchema;
use serde::Deserialize;

use super::rivals::Pair;
use crate::claim::Claim;
use crate::matching::group::Story;
use crate::text::fold;

/// When one holder followed another: `[succession]` in `rules/compare.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SuccessionRules {
    /// What the rule does.
    pub about: String,
    /// Independent documents that must name either holder.
    pub witnesses: usize,
}

/// Who names whom in which office, of the names that stand against another.
pub(super) struct Successions<'s> {
    story: &'s Story,
    witnesses: FxHashMap<(CompactString, CompactString), FxHashSet<u32>>,
}

impl<'s> Successions<'s> {
    pub fn of(story: &'s Story, pairs: &[Pair]) -> Self {
        let mut witnesses: FxHashMap<_, FxHashSet<u32>> = FxHashMap::default();
        for mention in pairs.iter().filter(|p| p.judged.verdict.opposes()).flat_map(|p| [p.a, p.b]) {
            if let Some(held) = held(story.claim(mention)) {
                let unit = story.unit_at(mention.member, story.claim(mention).span);
                witnesses.entry(held).or_default().insert(unit);
            }
        }
        Self { story, witnesses }
    }

    /// Why two names do not stand against each other. Names that share a word are spelt differently, not followed.
    pub fn objection(&self, pair: &Pair, rules: &SuccessionRules) -> Option<&'static str> {
        let (a, b) = (held(self.story.claim(pair.a))?, held(self.story.claim(pair.b))?);
        let alike = a.1.split(' ').any(|word| b.1.split(' ').any(|other| word == other));
        let named = |held| self.witnesses.get(held).is_some_and(|units| units.len() >= rules.witnesses);
        (!alike && named(&a) && named(&b)).then_some("several documents name either: one followed the other")
    }
}

/// An office, and the name that a claim gives its holder.
fn held(claim: &Claim) -> Option<(CompactString, CompactString)> {
    let is_office = matches!(claim.attribute.as_str(), "office" | "role-holder");
    let holder = claim.value.as_name()?;
    is_office.then(|| (claim.context.first().cloned().unwrap_or_default(), fold(&holder.name)))
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
    }
}
