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
    /// Least number of content words in common, the negated one included.
    pub shared: usize,
    /// Least share of the smaller statement's content words.
    pub share: f64,
    /// Most content words of either.
    pub content_words: usize,
    /// Content words beside the negated one among which both must have one in common.
    pub neighbours: usize,
}

/// Whether one of two statements negates what the other affirms.
pub fn is_negated(a: &Statement, b: &Statement, rules: &NegatedRules) -> bool {
    // What people say is theirs: "I don't think so" negates nothing that an outlet tells.
    if a.quoted || b.quoted {
        return false;
    }
    match (a.negated.is_empty(), b.negated.is_empty()) {
        (false, true) => negates(a, b, rules),
        (true, false) => negates(b, a, rules),
        _ => false,
    }
}

fn negates(no: &Statement, yes: &Statement, rules: &NegatedRules) -> bool {
    let small = no.stems.len().max(yes.stems.len()) <= rules.content_words;
    let common = shared(&no.stems, &yes.stems);
    let share = common as f64 / no.stems.len().min(yes.stems.len()).max(1) as f64;
    let named = no.names.is_empty() || yes.names.is_empty() || shared(&no.names, &yes.names) > 0;
    let beside = |word: &u32| {
        yes.stems.contains(word)
            && neighbours(no, *word, rules).iter().any(|n| neighbours(yes, *word, rules).contains(n))
    };
    small && named && common >= rules.shared && share >= rules.share && no.negated.iter().any(beside)
}

/// The content words on either side of a word.
fn neighbours(statement: &Statement, word: u32, rules: &NegatedRules) -> Vec<u32> {
    let Some(at) = statement.order.iter().position(|w| *w == word) else { return Vec::new() };
    let from = at.saturating_sub(rules.neighbours);
    let to = (at + rules.neighbours + 1).min(statement.order.len());
    statement.order[from..to].iter().copied().filter(|w| *w != word).collect()
}
