//! Statements: the body's sentences as wholes, for the aligned route.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Rules;
use super::annotations::Annotations;
use super::modality::stance;
use super::speaker::speaker_of;
use crate::claim::Statement;
use crate::reading::{Role, Sentence};

/// Which sentences count as statements: `[statement]` in `rules/extract.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StatementRules {
    /// What the rule does.
    pub about: String,
    /// Least and most content words.
    pub content_words: (usize, usize),
}

/// The statements of a document.
pub fn statements(notes: &Annotations, rules: &Rules) -> Vec<Statement> {
    let body = notes.reading.sentences.iter().filter(|s| s.role == Role::Body);
    body.filter_map(|sentence| statement(sentence, notes, rules)).collect()
}

fn statement(sentence: &Sentence, notes: &Annotations, rules: &Rules) -> Option<Statement> {
    let tokens = notes.reading.tokens_of(sentence);
    let content = sentence.tokens.clone().filter(|at| rules.open.is_content(&notes.reading.tokens[*at]));
    let mut stems: Vec<u32> = content.map(|at| stem_hash(&notes.stems[at])).collect();
    stems.sort_unstable();
    stems.dedup();
    let (least, most) = rules.statement.content_words;
    (least..=most).contains(&stems.len()).then(|| {
        let stance = stance(tokens, main_predicate(tokens.len()), &rules.modality);
        Statement {
            span: sentence.span,
            line: sentence.line,
            text: notes.reading.text(sentence.span).to_owned(),
            stems,
            modality: stance.modality,
            polarity: stance.polarity,
            speaker: speaker_of(sentence, sentence.tokens.start, notes),
        }
    })
}

/// Statements are judged as wholes; their middle stands for the predicate.
fn main_predicate(length: usize) -> usize {
    length / 2
}

/// The hash a stem is compared by.
pub fn stem_hash(stem: &str) -> u32 {
    xxhash_rust::xxh3::xxh3_64(stem.as_bytes()) as u32
}
