//! How much of a document is not news: shares that can be traced to its lines.

use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use super::Rules;
use crate::reading::{Reading, Role};
use crate::text::Token;

/// What counts how much for noise (`[noise]` of `rules/clean.toml`).
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NoiseWeights {
    /// How the score is made.
    pub about: String,
    /// Weight of the share of furniture.
    pub boilerplate: f32,
    /// Weight of the share of restatement.
    pub padding: f32,
    /// Weight of the share of placeholder text.
    pub placeholder: f32,
    /// Weight of the share of repeated n-grams.
    pub repeated: f32,
    /// Words of an n-gram.
    pub ngram: usize,
    /// Share of its topic words that a restating sentence takes from one earlier sentence.
    pub padding_overlap: f32,
    /// Fewest topic words of such a sentence.
    pub padding_words: usize,
}

/// A document's noise. Shares are of its words, 0 to 1.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Noise {
    /// Words of all lines.
    pub words: u32,
    /// Share of words in lines of furniture.
    pub boilerplate_share: f32,
    /// Share of words in restatements and in sentences that repeat an earlier one.
    pub padding_share: f32,
    /// Share of words in lines of template text.
    pub placeholder_share: f32,
    /// Share of the article's n-grams that stood in it before, restatements aside.
    pub repeated_share: f32,
    /// 0 (none) to 100.
    pub score: f32,
    /// Lines that hold padding, restatements and repeating sentences, with the words of these.
    pub padding_lines: Vec<Counted>,
    /// Lines where n-grams begin that stood in the article before, with their number.
    pub repeated_lines: Vec<Counted>,
}

/// How much of a share one line bears.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    /// Counted from 1.
    pub line: u32,
    /// Words or n-grams.
    pub count: u32,
}

/// How much of a share a line bears, of those that bear any, in order.
pub fn count_of(lines: &[Counted], line: u32) -> Option<u32> {
    lines.binary_search_by_key(&line, |counted| counted.line).ok().map(|at| lines[at].count)
}

/// Adds to the last line, or begins the next.
fn count(lines: &mut Vec<Counted>, line: u32, count: u32) {
    match lines.last_mut().filter(|last| last.line == line) {
        Some(last) => last.count += count,
        None => lines.push(Counted { line, count }),
    }
}

/// Measures a document's noise. The lines behind the shares: furniture and placeholders are the
/// lines with those marks, padding and n-grams those in [`Noise::padding_lines`] and [`Noise::repeated_lines`].
pub fn noise(reading: &Reading, rules: &Rules) -> Noise {
    let weights = &rules.tables.noise;
    let lines = LineWords::of(reading);
    let words: Vec<u32> = reading.tokens.iter().map(|t| xxh3_64(t.norm.as_bytes()) as u32).collect();
    let (padding, padding_lines) = padding(reading, &words, weights);
    let (repeated_share, repeated_lines) = repeated(reading, &words, weights.ngram);
    let share = |words: u32| if lines.all == 0 { 0.0 } else { (words as f32 / lines.all as f32).min(1.0) };
    let mut noise = Noise {
        words: lines.all,
        boilerplate_share: share(lines.furniture),
        padding_share: share(padding),
        placeholder_share: share(lines.template),
        repeated_share,
        score: 0.0,
        padding_lines,
        repeated_lines,
    };
    noise.score = score(&noise, weights);
    noise
}

fn score(noise: &Noise, weights: &NoiseWeights) -> f32 {
    let clean = |share: f32, weight: f32| 1.0 - (share * weight).clamp(0.0, 1.0);
    100.0
        * (1.0
            - clean(noise.boilerplate_share, weights.boilerplate)
                * clean(noise.padding_share, weights.padding)
                * clean(noise.placeholder_share, weights.placeholder)
                * clean(noise.repeated_share, weights.repeated))
}

/// Words by what their line is.
#[derive(Default)]
struct LineWords {
    all: u32,
    furniture: u32,
    template: u32,
}

impl LineWords {
    fn of(reading: &Reading) -> Self {
        let mut words = Self::default();
        for line in &reading.lines {
            let count = reading.text(line.span).split_whitespace().count() as u32;
            words.all += count;
            if line.role == Role::Furniture {
                words.furniture += count;
                words.template += if line.kind == "template" { count } else { 0 };
            }
        }
        words
    }
}

/// Words of restating sentences, and their lines. `words` are the hashes of the reading's tokens.
fn padding(reading: &Reading, words: &[u32], weights: &NoiseWeights) -> (u32, Vec<Counted>) {
    let mut index = SentenceIndex::with_room(words.len());
    let mut lines = Vec::new();
    for sentence in &reading.sentences {
        let topics = topics(reading.tokens_of(sentence), &words[sentence.tokens.clone()]);
        let restates =
            sentence.role == Role::Restatement || sentence.role == Role::Body && index.holds(&topics, weights);
        if restates {
            count(&mut lines, sentence.line, reading.text(sentence.span).split_whitespace().count() as u32);
        }
        index.add(topics);
    }
    (lines.iter().map(|line| line.count).sum(), lines)
}

/// Sentences by their topic words.
struct SentenceIndex {
    /// The place of each word in `last`.
    by_word: FxHashMap<u32, u32>,
    last: Vec<Last>,
    /// For each sentence the words that the one asked for takes from it; 0 when none is asked for.
    shared: Vec<u32>,
}

/// The last sentences of a word, so that a long text stays linear.
#[derive(Default)]
struct Last {
    sentences: [u32; Last::MOST],
    added: usize,
}

impl Last {
    const MOST: usize = 16;

    fn add(&mut self, sentence: u32) {
        self.sentences[self.added % Self::MOST] = sentence;
        self.added += 1;
    }

    fn all(&self) -> &[u32] {
        &self.sentences[..self.added.min(Self::MOST)]
    }
}

impl SentenceIndex {
    /// No sentences yet of a text of so many words.
    fn with_room(words: usize) -> Self {
        let by_word = FxHashMap::with_capacity_and_hasher(words / 2, FxBuildHasher);
        Self { by_word, last: Vec::with_capacity(words / 2), shared: Vec::new() }
    }

    /// True when one earlier sentence has most of these words.
    fn holds(&mut self, topics: &[u32], weights: &NoiseWeights) -> bool {
        if topics.len() < weights.padding_words {
            return false;
        }
        let last = topics.iter().filter_map(|topic| self.by_word.get(topic)).map(|at| &self.last[*at as usize]);
        let sentences = last.flat_map(Last::all);
        let mut most = 0;
        for sentence in sentences.clone() {
            let shared = &mut self.shared[*sentence as usize];
            *shared += 1;
            most = most.max(*shared);
        }
        sentences.for_each(|sentence| self.shared[*sentence as usize] = 0);
        most > 0 && most as f32 >= weights.padding_overlap * topics.len() as f32
    }

    /// Adds a sentence.
    fn add(&mut self, topics: Vec<u32>) {
        for topic in topics {
            let at = *self.by_word.entry(topic).or_insert(self.last.len() as u32) as usize;
            if at == self.last.len() {
                self.last.push(Last::default());
            }
            self.last[at].add(self.shared.len() as u32);
        }
        self.shared.push(0);
    }
}

/// Hashes of the words of four letters and more, each once.
fn topics(tokens: &[Token], words: &[u32]) -> Vec<u32> {
    let tells = |(token, _): &(&Token, &u32)| token.is_wordlike() && token.norm.len() >= 4;
    let mut topics = Vec::with_capacity(tokens.len());
    topics.extend(tokens.iter().zip(words).filter(tells).map(|(_, word)| *word));
    topics.sort_unstable();
    topics.dedup();
    topics
}

/// Share of the body's word n-grams that stood in it before, and the lines where such begin.
fn repeated(reading: &Reading, words: &[u32], ngram: usize) -> (f32, Vec<Counted>) {
    let body = reading.sentences.iter().filter(|s| s.role == Role::Body);
    let wordlike =
        body.flat_map(|s| s.tokens.clone().map(|at| (at, s.line))).filter(|(at, _)| reading.tokens[*at].is_wordlike());
    let (words, lines): (Vec<u32>, Vec<u32>) = wordlike.map(|(at, line)| (words[at], line)).unzip();
    let mut seen = FxHashSet::with_capacity_and_hasher(words.len(), FxBuildHasher);
    let grams = words.windows(ngram.max(1));
    let total = grams.len();
    let mut again = Vec::new();
    grams.zip(lines).filter(|(gram, _)| !seen.insert(*gram)).for_each(|(_, line)| count(&mut again, line, 1));
    let sum: u32 = again.iter().map(|line| line.count).sum();
    (if total == 0 { 0.0 } else { sum as f32 / total as f32 }, again)
}
