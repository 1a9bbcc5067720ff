//! One statement negates what another affirms.
//!
//! "The siren sounded" and "the siren did not sound" share little but the words that count. Both
//! must say little else, the negated word must stand in both beside the same word, and the other
//! statement must negate nothing.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::claim::Statement;
use crate::matching::pairs::shared;

/// When a negation is of the same thing: `[negated]` in `rules/matching.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NegatedRules {
    /// What the rule does.
    pub about: String,
    /// Content words between the negated one and another that both have beside it.
    pub reach: usize,
    /// Most content words of the statement that negates.
    pub negating_words: usize,
    /// Most content words of the one that affirms.
    pub affirming_words: usize,
    /// Most content words of two statements that name the same: they need no other word in common.
    pub brief: usize,
}

/// Whether one of two statements negates what the other affirms.
pub fn is_negated(a: &Statement, b: &Statement, rules: &NegatedRules) -> bool {
    // What people say is theirs: "I don't think so" negates nothing that an outlet tells.
    let named = a.names.is_empty() || b.names.is_empty() || shared(&a.names, &b.names) > 0;
    !a.quoted && !b.quoted && named && (negates(a, b, rules) || negates(b, a, rules))
}

/// Whether a word that one statement negates stands in the other, beside the same word in the same
/// order and under no negation.
fn negates(no: &Statement, yes: &Statement, rules: &NegatedRules) -> bool {
    let short = no.order.len() <= rules.negating_words && yes.order.len() <= rules.affirming_words;
    let brief = no.order.len().max(yes.order.len()) <= rules.brief && shared(&no.names, &yes.names) > 0;
    let told_of_one = |word: &u32| {
        let right = beside(yes, *word, rules);
        brief || beside(no, *word, rules).iter().any(|neighbour| right.contains(neighbour))
    };
    let affirmed = |word: &&u32| yes.stems.binary_search(word).is_ok();
    short && yes.negated.is_empty() && no.negated.iter().filter(affirmed).any(told_of_one)
}

/// The content words on either side of a word, each with whether it stands before.
fn beside(statement: &Statement, word: u32, rules: &NegatedRules) -> Vec<(bool, u32)> {
    let order = &statement.order;
    let Some(at) = order.iter().position(|w| *w == word) else { return Vec::new() };
    let before = order[at.saturating_sub(rules.reach)..at].iter().map(|w| (true, *w));
    let behind = order[at + 1..(at + 1 + rules.reach).min(order.len())].iter().map(|w| (false, *w));
    before.chain(behind).collect()
}
