//! What two figures are of, where outlets give several of one kind side by side: sales rose, profit fell.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::claim::Claim;
use crate::matching::slot::Miss;
use crate::rules::Words;

/// What figures are of: `[topic]` in `rules/matching.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TopicRules {
    /// What the rule does.
    pub about: String,
    /// The stems of each topic: what is told of one is told of no other.
    pub sets: Vec<Words>,
}

/// Whether two claims may be of one topic; else why not.
pub fn same_topic(a: &Claim, b: &Claim, rules: &TopicRules) -> Result<(), Miss> {
    let told = |claim: &Claim, set: &Words| claim.context.iter().any(|word| set.contains(word));
    let [mut left, mut right, mut both] = [false; 3];
    for set in &rules.sets {
        let (x, y) = (told(a, set), told(b, set));
        left |= x;
        right |= y;
        both |= x && y;
    }
    if left && right && !both { Err(Miss::Another("of two topics".into())) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use crate::compare::story::tests::contradictions;

    #[test]
    fn sales_are_no_profit() {
        let sales = "Sales at the furniture maker Olsen rose 5 percent last year.";
        for (other, expected) in [
            ("Net profit at the furniture maker Olsen fell 12 percent last year.", ""),
            ("Sales at the furniture maker Olsen rose 12 percent last year.", "5 percent / 12 percent"),
        ] {
            assert_eq!(contradictions(sales, other), expected, "{other}");
        }
    }
}
