//! One statement negates what another affirms.
//!
//! "The siren sounded" and "the siren did not sound" share little but the words that count. Both
//! must say little else, the negated word must stand in both beside the same word, and the other
//! statement must negate nothing.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::claim::Statement;
use crate::extract::statement::stem_hash;
use crate::matching::pairs::shared;
use crate::text::fold;

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
}

/// Whether one of two statements negates what the other affirms.
pub fn is_negated(a: &Statement, b: &Statement, rules: &NegatedRules) -> bool {
    // What people say is theirs: "I don't think so" negates nothing that an outlet tells.
    if a.negated.is_empty() == b.negated.is_empty() {
        return false;
    }
    let (x, y) = (told_of(a), told_of(b));
    let named = x.is_empty() || y.is_empty() || shared(&x, &y) > 0;
    named && (negates(a, b, rules) || negates(b, a, rules))
}

/// Who is named, the one who says it aside.
fn told_of(statement: &Statement) -> Vec<u32> {
    let speaker = statement.speaker.as_deref().and_then(|name| name.rsplit(' ').next());
    let speaker = speaker.map(|word| stem_hash(&fold(word)));
    statement.names.iter().copied().filter(|name| Some(*name) != speaker).collect()
}

/// Whether a word that one statement negates stands in the other, under no negation, and behind
/// the same name or beside the same word in the same order.
fn negates(no: &Statement, yes: &Statement, rules: &NegatedRules) -> bool {
    // What people say is theirs: "I don't think so" negates nothing that an outlet tells.
    let short = !yes.quoted && no.order.len() <= rules.negating_words && yes.order.len() <= rules.affirming_words;
    let doer = |word: &u32| no.doings.iter().any(|doing| doing.1 == *word && yes.doings.binary_search(doing).is_ok());
    let told_of_one = |word: &u32| {
        let right = beside(yes, *word, rules);
        doer(word) || beside(no, *word, rules).iter().any(|neighbour| right.contains(neighbour))
    };
    let affirmed = |word: &&u32| yes.affirmed.binary_search(word).is_ok();
    short && no.negated.iter().filter(affirmed).any(told_of_one)
}

/// The content words on either side of a word, each with whether it stands before.
fn beside(statement: &Statement, word: u32, rules: &NegatedRules) -> Vec<(bool, u32)> {
    let order = &statement.order;
    let Some(at) = order.iter().position(|w| *w == word) else { return Vec::new() };
    let before = order[at.saturating_sub(rules.reach)..at].iter().map(|w| (true, *w));
    let behind = order[at + 1..(at + 1 + rules.reach).min(order.len())].iter().map(|w| (false, *w));
    before.chain(behind).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::Rules;
    use crate::extract::examples::statements_of;

    #[test]
    fn only_what_is_vouched_for_is_negated() {
        let rules = NegatedRules { about: String::new(), reach: 2, negating_words: 7, affirming_words: 7 };
        let words = &toml::from_str::<Rules>(include_str!("../../rules/extract.toml")).unwrap();
        for (yes, no, expected) in [
            ("The siren sounded at the dam.", "The siren did not sound at the dam.", true),
            ("Parents would go to court.", "Parents won't go to court.", true),
            ("He had misspoken when he told voters he served in the navy.", "He did not serve in the navy.", false),
            ("The mayor spoke of getting the town to pay the fine.", "The town did not pay the fine.", false),
            ("The ferry left the harbour.", "The ferry did not leave before the evening.", false),
            ("Parties tax and spend.", "'One party won't tax and will spend.", false),
        ] {
            let (a, b) = (statements_of(yes, words), statements_of(no, words));
            assert_eq!(is_negated(&a[0], &b[0], &rules), expected, "{yes} / {no}");
        }
    }
}
