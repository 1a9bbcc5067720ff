//! Happenings that a pronoun stands for: "They announced a vote. It will be held on Friday."

use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;

use super::Rules;
use super::anchor::Anchor;
use super::annotations::Annotations;
use crate::reading::Sentence;
use crate::rules::Words;

/// When a pronoun stands for a happening: `[anaphor]` in `rules/extract.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AnaphorRules {
    /// What the rule does.
    pub about: String,
    /// Words at the head of a sentence that point back: `it`.
    pub pronouns: Words,
    /// Words behind them that only a happening can do: `held`, `begins`, `lasted`.
    pub predicates: Words,
    /// Tokens behind the pronoun in which such a word stands.
    pub reach: usize,
}

/// The anchors that the pronoun at the head of a sentence stands for: the last noun of each
/// attribute in the sentence right before, in one paragraph.
pub fn anaphors(sentence: &Sentence, before: Option<&Told>, notes: &Annotations, rules: &Rules) -> Vec<Anchor> {
    let near = before.filter(|told| told.paragraph == sentence.paragraph);
    let (Some(told), Some(pronoun)) = (near, pronoun(sentence, notes, &rules.anaphor)) else { return Vec::new() };
    let mut nouns: Vec<&Anchor> = told.anchors.iter().filter(|a| a.noun && a.term.is_none()).collect();
    nouns.sort_by_key(|anchor| anchor.attribute);
    nouns.dedup_by_key(|anchor| anchor.attribute);
    nouns.into_iter().map(|anchor| Anchor { tokens: pronoun.clone(), ..anchor.clone() }).collect()
}

/// What the sentence before was about.
pub struct Told {
    /// Its paragraph.
    pub paragraph: u32,
    /// Its anchors.
    pub anchors: Vec<Anchor>,
}

fn pronoun(sentence: &Sentence, notes: &Annotations, rules: &AnaphorRules) -> Option<Range<usize>> {
    let tokens = notes.reading.tokens_of(sentence);
    let (first, rest) = tokens.split_first()?;
    let happens = || rest.iter().take(rules.reach).any(|token| rules.predicates.contains(&token.norm));
    let start = sentence.tokens.start;
    (rules.pronouns.contains(&first.norm) && happens()).then_some(start..start + 1)
}

#[cfg(test)]
mod tests {
    use crate::extract::examples::claims_of;

    #[test]
    fn a_pronoun_stands_for_the_happening_before_it() {
        let rules = &crate::rules::RuleBook::load(None).unwrap().extract;
        for (text, expected) in [
            ("The family asked for a small funeral. It will be held on 4 May.", "4 May"),
            ("The family asked for a small funeral. It was a hard week, and rain fell on 4 May.", ""),
            ("The family asked for a small funeral.\n\nIt will be held on 4 May.", ""),
            ("They asked for a small room. It will be held until 4 May.", ""),
        ] {
            let claims = claims_of(text, rules).into_iter().filter(|c| c.attribute == "funeral-day");
            let told: Vec<&str> = claims.map(|c| c.value_span.of(text)).collect();
            assert_eq!(told.join("; "), expected, "{text}");
        }
    }
}
