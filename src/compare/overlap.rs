//! Sentences that say much the same in other words: support without a claim to sameness.
//!
//! Word alignment sees nothing in "seeks X's agreement to supply shells and missiles" beside "wants
//! X to agree to sending shells and missiles". Content words in common do, when they are more than
//! names: a share of the smaller sentence, or a run of them in a row. Such a pair agrees in part;
//! it never contradicts.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::claim::Statement;
use crate::comparison::{Comparison, Relation};
use crate::matching::pairs::shared;

/// When content words in common are support: `[overlap]` in `rules/compare.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OverlapRules {
    /// What the rule does.
    pub about: String,
    /// Least number of content words in common, names aside.
    pub shared: usize,
    /// Least share of the smaller sentence's content words, names aside.
    pub share: f64,
    /// Content words in a row that suffice without that share.
    pub run: usize,
}

/// Whether two statements support each other; `Unknown` with the reason where they do not.
pub fn compare_overlap(a: &Statement, b: &Statement, rules: &OverlapRules) -> Comparison {
    const RULE: &str = "overlap";
    let common = shared(&a.stems, &b.stems);
    let share = common as f64 / a.stems.len().min(b.stems.len()).max(1) as f64;
    let run = || longest_run(&a.order, &b.order);
    let named = a.names.is_empty() || b.names.is_empty() || shared(&a.names, &b.names) > 0;
    if !named {
        return Comparison::new(Relation::Unknown, RULE, "they name nobody in common");
    }
    let told = a.figures.len().min(b.figures.len());
    if a.polarity != b.polarity || shared(&a.figures, &b.figures) < told {
        return Comparison::new(Relation::Unknown, RULE, "figures or negations differ");
    }
    if common >= rules.shared && (share >= rules.share || run() >= rules.run) {
        let why = format!("{common} content words in common, {:.0} % of the shorter", share * 100.0);
        return Comparison::new(Relation::LessPrecise, RULE, why);
    }
    Comparison::new(Relation::Unknown, RULE, "too few content words in common")
}

/// Length of the longest run of content words that both have in one order.
fn longest_run(a: &[u32], b: &[u32]) -> usize {
    let mut longest = 0;
    // The run that ends at each word of the one and the word looked at of the other, behind a place for none.
    let mut runs = vec![0; b.len() + 1];
    for x in a {
        for (j, y) in b.iter().enumerate().rev() {
            runs[j + 1] = if x == y { runs[j] + 1 } else { 0 };
            longest = longest.max(runs[j + 1]);
        }
    }
    longest
}

#[cfg(test)]
mod tests {
    use super::longest_run;

    #[test]
    fn runs_are_counted_in_order() {
        assert_eq!(longest_run(&[1, 2, 3, 4], &[9, 2, 3, 4, 1]), 3);
        assert_eq!(longest_run(&[1, 2], &[2, 1]), 1);
        assert_eq!(longest_run(&[], &[1]), 0);
    }
}
