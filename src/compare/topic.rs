//! What two figures are of, where outlets give several of one kind side by side: sales rose, profit fell.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::claim::Claim;
use crate::matching::slot::Miss;
use crate::rules::WordSets;

/// What figures are of: `[topic]` in `rules/matching.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TopicRules {
    /// What the rule does.
    pub about: String,
    /// The stems of each topic: what is told of one is told of no other.
    pub sets: WordSets,
}

/// Whether two claims may be of one topic; else why not.
pub fn same_topic(a: &Claim, b: &Claim, rules: &TopicRules) -> Result<(), Miss> {
    let topics =
        |claim: &'_ Claim| claim.context.iter().filter_map(|word| rules.sets.known_by(word)).collect::<Vec<_>>();
    let left = topics(a);
    let right = if left.is_empty() { Vec::new() } else { topics(b) };
    let one = right.is_empty() || left.iter().any(|topic| right.contains(topic));
    if one { Ok(()) } else { Err(Miss::Another("of two topics".into())) }
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
