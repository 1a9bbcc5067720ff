//! Two texts that somebody says are about the same thing: every difference counts by the chance
//! that it changes what is said, and the chances add up as independent ones do.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::align::{Alignment, align};
use super::difference::{Difference, Finding};
use super::statement::{StatementComparison, benign};
use super::wording::{WordingRules, rule_id};
use super::{caption, pairing, support};
use crate::claim::Kind;
use crate::comparison::{Comparison, Relation};
use crate::lexicon::Lexicon;
use crate::text::Token;

/// How pairs are judged that are known to be about the same thing; the table `[asserted]`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// What it is for.
    pub about: String,
    /// Share of words in common below which the two texts are worded independently.
    pub reworded: f64,
    /// How many times the content words of the other make one text independent of it.
    pub longer: f64,
    /// Chance from which they contradict.
    pub threshold: f64,
    /// Pairs that contradict.
    pub fires: Vec<[String; 2]>,
    /// Pairs that do not.
    pub silent: Vec<[String; 2]>,
}

/// Compares two texts that are said to be about the same thing.
pub fn compare_asserted(a: &[Token], b: &[Token], rules: &WordingRules, lexicon: &Lexicon) -> StatementComparison {
    let alignment = align(a, b, &rules.align);
    let found = pairing::all(a, b, &alignment.runs, rules, lexicon);
    if let Some((relation, why)) = caption::judge(a, b, &found, rules, lexicon) {
        return outcome(relation, why, alignment, found, rules);
    }
    if alignment.similarity < rules.asserted.reworded || is_longer(a, b, rules) {
        let judged = support::judge(a, b, rules, lexicon);
        return outcome(judged.relation, judged.why, alignment, judged.found, rules);
    }
    let risk = combined(&found, rules);
    let relation = if risk >= rules.asserted.threshold {
        Relation::Incompatible
    } else {
        found.iter().map(|f| f.difference).max().map_or(Relation::Same, benign)
    };
    let why = reason(&found, risk);
    outcome(relation, why, alignment, found, rules)
}

fn is_longer(a: &[Token], b: &[Token], rules: &WordingRules) -> bool {
    let content = |tokens: &[Token]| tokens.iter().filter(|t| rules.align.is_content(t)).count() as f64;
    let (left, right) = (content(a), content(b));
    left.max(right) > left.min(right) * rules.asserted.longer
}

fn outcome(
    relation: Relation,
    why: String,
    alignment: Alignment,
    found: Vec<Finding>,
    rules: &WordingRules,
) -> StatementComparison {
    let decisive = found.iter().map(|f| f.difference).max_by(|x, y| rules.risk(*x).total_cmp(&rules.risk(*y)));
    let rule = decisive.map_or("asserted".to_owned(), rule_id);
    let kind = decisive.map_or(Kind::Statement, Difference::kind);
    let risk = combined(&found, rules);
    StatementComparison { comparison: Comparison { relation, rule, why }, kind, risk, alignment, differences: found }
}

/// The chance that at least one difference changes what is said.
fn combined(found: &[Finding], rules: &WordingRules) -> f64 {
    1.0 - found.iter().map(|f| 1.0 - rules.risk(f.difference)).product::<f64>()
}

/// What differs, with how often, gravest first.
fn reason(found: &[Finding], risk: f64) -> String {
    let mut counts: BTreeMap<Difference, usize> = BTreeMap::new();
    found.iter().for_each(|f| *counts.entry(f.difference).or_default() += 1);
    let shown: Vec<String> =
        counts.iter().rev().map(|(d, n)| format!("{n} {}", rule_id(*d).replace('_', " "))).collect();
    let what = if shown.is_empty() { "nothing".to_owned() } else { shown.join(", ") };
    format!("differs in {what}; chance of a contradiction {risk:.2}")
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::document::Span;
    use crate::text::tokenize;

    /// Checks that the examples of a table contradict, and that those for silence do not.
    pub fn check_examples(fires: &[[String; 2]], silent: &[[String; 2]]) {
        let rules = WordingRules::embedded();
        let tokens = |text: &str| tokenize(text, Span::new(0, text.len()));
        let compare = |[a, b]: &[String; 2]| compare_asserted(&tokens(a), &tokens(b), rules, Lexicon::embedded());
        let contradicts = |pair| compare(pair).comparison.relation == Relation::Incompatible;
        fires.iter().for_each(|pair| assert!(contradicts(pair), "{pair:?} {:?}", compare(pair)));
        silent.iter().for_each(|pair| assert!(!contradicts(pair), "{pair:?} {:?}", compare(pair)));
    }

    #[test]
    fn examples_hold() {
        let rules = &WordingRules::embedded().asserted;
        check_examples(&rules.fires, &rules.silent);
    }
}
