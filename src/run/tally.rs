//! How often each rule had a say.

use std::collections::BTreeMap;

use crate::matching::pairs::Cut;
use crate::matching::story::Long;
use crate::report::tables::Pair;

/// The verdict of pairs turned down, as tables print it.
const NOT_COMPARABLE: &str = "not-comparable";

/// Counts over a whole run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// By rule id.
    pub rules: BTreeMap<String, Counts>,
    /// Pairs by verdict.
    pub verdicts: BTreeMap<String, u64>,
    /// Disagreements by kind.
    pub kinds: BTreeMap<String, u64>,
    /// What caps on candidate pairs left out.
    pub cut: Cut,
    /// Chains of documents that were too long.
    pub long: Long,
}

/// How often a rule fired, and with which verdicts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Lines marked, claims made or pairs decided.
    pub fired: u64,
    /// Pairs that agree, by this rule.
    pub agreed: u64,
    /// Pairs that contradict, by this rule.
    pub contradicted: u64,
}

impl Tally {
    /// Counts a line of furniture.
    pub fn furniture(&mut self, rule: &str) {
        self.count(rule, |counts| counts.fired += 1);
    }

    /// Counts a claim of an attribute.
    pub fn claim(&mut self, attribute: &str) {
        self.count(attribute, |counts| counts.fired += 1);
    }

    /// Counts pairs that a rule turned down.
    pub fn turned_down(&mut self, rule: &str, pairs: u64) {
        *self.verdicts.entry(NOT_COMPARABLE.to_owned()).or_default() += pairs;
        self.count(rule, |counts| counts.fired += pairs);
    }

    /// Counts a pair that was compared; see [`Self::turned_down`] for the others.
    pub fn pair(&mut self, pair: &Pair) {
        if pair.verdict == NOT_COMPARABLE {
            return;
        }
        add_one(&mut self.verdicts, &pair.verdict);
        self.count(&pair.rule, |counts| {
            counts.fired += 1;
            match pair.verdict.as_str() {
                "contradicts" => counts.contradicted += 1,
                "agrees" | "less-precise" | "variant" => counts.agreed += 1,
                _ => {}
            }
        });
        if matches!(pair.verdict.as_str(), "contradicts" | "superseded") {
            add_one(&mut self.kinds, &pair.kind);
        }
    }

    fn count(&mut self, rule: &str, add: impl FnOnce(&mut Counts)) {
        match self.rules.get_mut(rule) {
            Some(counts) => add(counts),
            None => add(self.rules.entry(rule.to_owned()).or_default()),
        }
    }
}

fn add_one(counts: &mut BTreeMap<String, u64>, name: &str) {
    match counts.get_mut(name) {
        Some(count) => *count += 1,
        None => drop(counts.insert(name.to_owned(), 1)),
    }
}
