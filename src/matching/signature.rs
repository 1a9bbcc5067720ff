//! What a document's story is recognised by: the names and content words it uses most.

use compact_str::CompactString;
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use xxhash_rust::xxh3::xxh3_64;

use super::named::{Named, is_lead, named, opening, told, words_of};
use crate::claim::Entity;
use crate::document::Published;
use crate::lexicon::Lexicon;
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
    /// Factor for the words of a person's name before the last: given names are many people's.
    pub given_factor: f32,
    /// Letters from which a word of a name says something of it.
    pub name_letters: usize,
    /// Letters from which a word with a capital that no dictionary knows is a name, though none was read there.
    pub unread_letters: usize,
    /// Most figures in a sentence that is looked through for such words, as a share of it.
    pub unread_figures: f32,
    /// How many such words a page must have on which no name was read.
    pub unread_alone: usize,
    /// Words that no dictionary knows and that are no names either.
    pub nobody: Words,
    /// How many sentences are looked through for the day of the event.
    pub event_sentences: usize,
    /// How many lines set aside above the text are looked through for names.
    pub lines_above: usize,
}

/// A document's keys with their weights, and its day.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Signature {
    /// Content words as (hash, weight), sorted by hash; weights without the rarity of the word,
    /// which only the corpus knows.
    pub words: Vec<(u32, f32)>,
    /// Names, likewise.
    pub names: Vec<(u32, f32)>,
    /// Hashes of the words of names that no dictionary knows, sorted: a village, a surname, a ship.
    pub own: Vec<u32>,
    /// Hashes of the last words of the names in the headline and the first sentence, sorted.
    pub head: Vec<u32>,
    /// The day of publication as days since 1970-01-01.
    pub day: Option<i32>,
    /// The day of the event told, likewise; see [`super::event::event_day`].
    pub event: Option<i32>,
    /// All days told until its own, likewise, sorted; see [`super::event::told_days`].
    pub told: Vec<i32>,
    /// Hash of the outlet's name.
    pub source: u32,
}

impl Signature {
    /// A digest of the document's words and names, whoever prints them.
    pub fn digest(&self) -> u64 {
        xxh3_64(&self.words.iter().chain(&self.names).flat_map(bytes_of).collect::<Vec<u8>>())
    }
}

/// A key with its weight as bytes.
pub(super) fn bytes_of((key, weight): &(u32, f32)) -> [u8; 8] {
    let mut bytes = [0; 8];
    bytes[..4].copy_from_slice(&key.to_le_bytes());
    bytes[4..].copy_from_slice(&weight.to_le_bytes());
    bytes
}

/// The signature of one document, without the day of its event. `names` are the entities its text
/// names, with their counts; `stopwords` tell no story.
pub fn signature(
    reading: &Reading,
    published: Option<Published>,
    names: &[(&Entity, usize)],
    (stopwords, lexicon): (&Words, &Lexicon),
    rules: &SignatureRules,
) -> Signature {
    let named = named(reading, names, (stopwords, lexicon), rules);
    let names = name_weights(&named, stopwords, rules);
    let words = word_weights(reading, &names, stopwords, rules);
    let head = head(reading, &named);
    let own = own(&named, lexicon, rules);
    let day = published.map(|p| days_since_epoch(p.date));
    let source = key(&reading.document.source);
    let (words, names) = (heaviest(words, rules.keys), heaviest(names, rules.keys));
    Signature { words, names, own, head, day, event: None, told: Vec::new(), source }
}

/// The words of names that no dictionary knows; of persons the last, for given names are many people's.
fn own(names: &[Named], lexicon: &Lexicon, rules: &SignatureRules) -> Vec<u32> {
    let telling = |word: &&str| word.chars().count() >= rules.name_letters && lexicon.part(word).is_none();
    let words = names.iter().flat_map(|name| {
        let skipped = if name.person { name.folded.split_whitespace().count().saturating_sub(1) } else { 0 };
        name.folded.split_whitespace().skip(skipped)
    });
    let mut own: Vec<u32> = words.filter(telling).map(|word| key(&stem(word))).collect();
    own.sort_unstable();
    own.dedup();
    own
}

/// The names that a document opens with: its own headline's and first sentence's, but the outlet's.
fn head(reading: &Reading, names: &[Named]) -> Vec<u32> {
    let title = reading.sentences.iter().filter(|s| s.role == Role::Title);
    let words = words_of(reading, title.chain(opening(reading)));
    let outlet = crate::text::fold(&reading.document.source);
    let is_outlet = |word: &str| outlet.split(|c: char| !c.is_alphanumeric()).any(|part| part == word);
    let opening = names.iter().map(Named::last).filter(|word| words.contains(word) && !is_outlet(word));
    let mut head: Vec<u32> = opening.map(|word| key(&stem(word))).collect();
    head.sort_unstable();
    head.dedup();
    head
}

/// The weight of every word of the names: outlets shorten names as they like, to a surname, a
/// company without its form, a town without its district.
fn name_weights(names: &[Named], stopwords: &Words, rules: &SignatureRules) -> FxHashMap<u32, f32> {
    let mut weights: FxHashMap<u32, f32> = FxHashMap::default();
    for name in names {
        let weight = name.count as f32 * if name.leads { rules.lead_factor } else { 1.0 };
        for word in name.folded.split_whitespace().map(|w| w.trim_matches(|c: char| !c.is_alphanumeric())) {
            if word.chars().count() >= rules.name_letters && !stopwords.contains(word) {
                let given = name.person && word != name.last();
                *weights.entry(key(&stem(word))).or_default() +=
                    if given { weight * rules.given_factor } else { weight };
            }
        }
    }
    weights
}

/// The weight of every content word that is no name; what stands under a picture may be of another event.
fn word_weights(
    reading: &Reading,
    names: &FxHashMap<u32, f32>,
    stopwords: &Words,
    rules: &SignatureRules,
) -> FxHashMap<u32, f32> {
    let mut weights: FxHashMap<u32, f32> = FxHashMap::default();
    for (index, sentence) in told(reading) {
        let weight = if is_lead(index, sentence, rules) { rules.lead_factor } else { 1.0 };
        for token in reading.tokens_of(sentence).iter().filter(|t| is_content(t, stopwords)) {
            let key = key(&stem(&token.norm));
            if !names.contains_key(&key) {
                *weights.entry(key).or_default() += weight;
            }
        }
    }
    weights
}

/// The hash a key is known by, however its accents are printed; 32 bits keep ten million signatures small.
fn key(word: &str) -> u32 {
    let bare = if word.is_ascii() { CompactString::from(word) } else { without_accents(word) };
    xxhash_rust::xxh3::xxh3_64(bare.as_bytes()) as u32
}

fn without_accents(word: &str) -> CompactString {
    word.nfd().filter(|c| !is_combining_mark(*c)).collect()
}

fn is_content(token: &Token, stopwords: &Words) -> bool {
    token.kind == TokenKind::Word && token.norm.chars().count() > 2 && !stopwords.contains(&token.norm)
}

/// A day as the number of days since 1970-01-01.
pub fn days_since_epoch(day: Date) -> i32 {
    (day - jiff::civil::date(1970, 1, 1)).get_days()
}

/// Damped weights of the heaviest keys, sorted by key; ties fall to the smaller hash.
fn heaviest(weights: FxHashMap<u32, f32>, most: usize) -> Vec<(u32, f32)> {
    let mut keys: Vec<(u32, f32)> = weights.into_iter().map(|(k, w)| (k, 1.0 + w.ln().max(0.0))).collect();
    keys.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    keys.truncate(most);
    // It stays in memory until all documents are read.
    keys.shrink_to_fit();
    keys.sort_by_key(|(k, _)| *k);
    keys
}
