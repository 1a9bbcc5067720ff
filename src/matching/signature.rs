//! What a document's story is recognised by: the names and content words it uses most.

use compact_str::CompactString;
use rustc_hash::FxHashMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::claim::{Entity, EntityKind};
use crate::document::Published;
use crate::reading::{Reading, Role};
use crate::rules::Words;
use crate::text::stem::stem;
use crate::text::{Token, TokenKind};

/// The limits of a signature: `[signature]` in `rules/matching.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SignatureRules {
    /// What the rule does.
    pub about: String,
    /// Words, and names, kept of a document, heaviest first.
    pub keys: usize,
    /// Factor for words of the headline and of the first sentences.
    pub lead_factor: f32,
    /// How many sentences are the lead.
    pub lead_sentences: usize,
}

/// A document's keys with their weights, and its day.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Signature {
    /// Content words as (hash, weight), sorted by hash; weights without the rarity of the word,
    /// which only the corpus knows.
    pub words: Vec<(u32, f32)>,
    /// Names, likewise.
    pub names: Vec<(u32, f32)>,
    /// The day of publication as days since 1970-01-01.
    pub day: Option<i32>,
    /// Hash of the outlet's name.
    pub source: u32,
}

/// The signature of one document. `names` are the entities its text names, with their counts;
/// `stopwords` tell no story.
pub fn signature(
    reading: &Reading,
    published: Option<Published>,
    names: &[(&Entity, usize)],
    stopwords: &Words,
    rules: &SignatureRules,
) -> Signature {
    let counted: Vec<_> = names.iter().filter(|(n, _)| n.kind != EntityKind::Demonym).collect();
    let mut named: FxHashMap<u32, f32> = FxHashMap::default();
    for (name, count) in &counted {
        *named.entry(key(&last_word(&name.name))).or_default() += *count as f32;
    }
    let mut words: FxHashMap<u32, f32> = FxHashMap::default();
    for (index, sentence) in reading.sentences.iter().enumerate() {
        let lead = index < rules.lead_sentences || sentence.role == Role::Title;
        let weight = if lead { rules.lead_factor } else { 1.0 };
        for token in reading.tokens_of(sentence).iter().filter(|t| is_content(t, stopwords)) {
            let key = key(&stem(&token.norm));
            if !named.contains_key(&key) {
                *words.entry(key).or_default() += weight;
            }
        }
    }
    let day = published.map(|p| days_since_epoch(&p));
    let source = key(&reading.document.source);
    Signature { words: heaviest(words, rules.keys), names: heaviest(named, rules.keys), day, source }
}

/// The hash a key is known by; 32 bits keep ten million signatures small.
fn key(word: &str) -> u32 {
    xxhash_rust::xxh3::xxh3_64(word.as_bytes()) as u32
}

fn is_content(token: &Token, stopwords: &Words) -> bool {
    token.kind == TokenKind::Word && token.norm.chars().count() > 2 && !stopwords.contains(&token.norm)
}

/// The stem of a name's last word: surnames stand alone more often than full names.
fn last_word(name: &str) -> CompactString {
    stem(&crate::text::fold(name.rsplit(char::is_whitespace).next().unwrap_or(name)))
}

fn days_since_epoch(published: &Published) -> i32 {
    (published.date - jiff::civil::date(1970, 1, 1)).get_days()
}

/// Damped weights of the heaviest keys, sorted by key; ties fall to the smaller hash.
fn heaviest(weights: FxHashMap<u32, f32>, most: usize) -> Vec<(u32, f32)> {
    let mut keys: Vec<(u32, f32)> = weights.into_iter().map(|(k, w)| (k, 1.0 + w.ln().max(0.0))).collect();
    keys.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    keys.truncate(most);
    keys.sort_by_key(|(k, _)| *k);
    keys
}
