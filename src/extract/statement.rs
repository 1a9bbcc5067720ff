//! Statements: the body's sentences as wholes, for the aligned route.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Rules;
use super::annotations::{Annotations, within};
use super::modality::stance;
use super::names::NameMention;
use super::speaker::speaker_of;
use crate::claim::Statement;
use crate::reading::{Role, Sentence};
use crate::rules::Words;
use crate::text::fold;

/// Which sentences count as statements: `[statement]` in `rules/extract.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StatementRules {
    /// What the rule does.
    pub about: String,
    /// Least and most content words.
    pub content_words: (usize, usize),
    /// Words that negate what follows them.
    pub negations: Words,
    /// Words that negate with the "to" that follows them.
    pub reversers: Words,
    /// Tokens behind a negation in which the negated word stands.
    pub negation_reach: usize,
    /// Words between a negation and what it negates.
    pub negation_fillers: Words,
    /// Words that a negation does not reach across: those that open another clause or a phrase.
    pub negation_ends: Words,
}

/// The statements of a document.
pub fn statements(notes: &Annotations, rules: &Rules) -> Vec<Statement> {
    let body = notes.reading.sentences.iter().filter(|s| s.role == Role::Body);
    body.filter_map(|sentence| statement(sentence, notes, rules)).collect()
}

fn statement(sentence: &Sentence, notes: &Annotations, rules: &Rules) -> Option<Statement> {
    let tokens = notes.reading.tokens_of(sentence);
    let order = content(sentence, notes, rules);
    let stems = sorted(order.clone());
    let (least, most) = rules.statement.content_words;
    (least..=most).contains(&stems.len()).then(|| {
        let stance = stance(tokens, main_predicate(tokens.len()), &rules.modality);
        Statement {
            span: sentence.span,
            line: sentence.line,
            text: notes.reading.text(sentence.span).to_owned(),
            order,
            stems,
            names: names(sentence, notes),
            figures: figures(sentence, notes),
            quoted: sentence.tokens.clone().any(|at| notes.is_quoted(at)),
            negated: negated(sentence, notes, rules),
            modality: stance.modality,
            polarity: stance.polarity,
            speaker: speaker_of(sentence, sentence.tokens.start, notes),
        }
    })
}

/// Content stems in order, without names and numbers; hyphens fall away, for outlets differ in them.
fn content(sentence: &Sentence, notes: &Annotations, rules: &Rules) -> Vec<u32> {
    let mentions = within(&notes.names.mentions, &sentence.tokens);
    let named = |at: usize| mentions.iter().any(|m| m.tokens.contains(&at));
    let words = sentence.tokens.clone().filter(|at| rules.open.is_content(&notes.reading.tokens[*at]) && !named(*at));
    words.map(|at| joined_hash(&notes.stems[at])).collect()
}

/// The hash of a stem without its hyphens.
fn joined_hash(stem: &str) -> u32 {
    if stem.contains('-') { stem_hash(&stem.replace('-', "")) } else { stem_hash(stem) }
}

/// The first content word behind each negation; "at no stage" negates what follows it.
fn negated(sentence: &Sentence, notes: &Annotations, rules: &Rules) -> Vec<u32> {
    let tokens = &notes.reading.tokens;
    let turned = |at: usize| tokens.get(at + 1).is_some_and(|next| next.is("to"));
    let negates = |at: &usize| {
        let norm = &tokens[*at].norm;
        rules.statement.negations.contains(norm)
            || norm.ends_with("n't")
            || rules.statement.reversers.contains(norm) && turned(*at)
    };
    let says =
        |at: usize| rules.open.is_content(&tokens[at]) && !rules.statement.negation_fillers.contains(&tokens[at].norm);
    let first_behind = |at: usize| {
        let reach = at + 1..(at + 1 + rules.statement.negation_reach).min(sentence.tokens.end);
        let mut open = reach.take_while(|next| !rules.statement.negation_ends.contains(&tokens[*next].norm));
        open.find(|next| says(*next))
    };
    let words = sentence.tokens.clone().filter(negates).filter_map(first_behind);
    sorted(words.map(|at| joined_hash(&notes.stems[at])).collect())
}

fn names(sentence: &Sentence, notes: &Annotations) -> Vec<u32> {
    let mentions = within(&notes.names.mentions, &sentence.tokens).iter();
    let last = |m: &NameMention| notes.names.name_of(m.entity).rsplit(' ').next().map(|w| stem_hash(&fold(w)));
    sorted(mentions.filter_map(last).collect())
}

fn figures(sentence: &Sentence, notes: &Annotations) -> Vec<u32> {
    let counts = within(&notes.quantities, &sentence.tokens).iter().filter(|q| !q.ordinal);
    let quantities = counts.map(|q| format!("{} {} {}", q.value.low, q.value.high, q.value.unit));
    let whens = within(&notes.whens, &sentence.tokens).iter().map(|w| format!("{:?}", w.value));
    sorted(quantities.chain(whens).map(|figure| stem_hash(&figure)).collect())
}

fn sorted(mut hashes: Vec<u32>) -> Vec<u32> {
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

/// Statements are judged as wholes; their middle stands for the predicate.
fn main_predicate(length: usize) -> usize {
    length / 2
}

/// The hash a stem is compared by.
pub fn stem_hash(stem: &str) -> u32 {
    xxhash_rust::xxh3::xxh3_64(stem.as_bytes()) as u32
}
