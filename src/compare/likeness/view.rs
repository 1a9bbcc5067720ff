//! What stands around each value of a story: words with weights, meanings beside the words themselves.

use std::ops::Range;

use compact_str::CompactString;
use rustc_hash::{FxHashMap, FxHashSet};
use schemars::JsonSchema;
use serde::Deserialize;
use xxhash_rust::xxh3::xxh3_64;

use crate::claim::Claim;
use crate::compare::Book;
use crate::extract::open::OpenRules;
use crate::lexicon::Lexicon;
use crate::matching::group::{Member, Mention, Story};
use crate::text::stem::stem;
use crate::text::{Token, tokenize};

/// How words around a value weigh.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WordWeights {
    /// How fast a word's weight falls with the tokens between it and the value.
    pub fall: f64,
    /// Weight of a word in the sentence before.
    pub before: f64,
    /// Weight of a word that only means the same.
    pub meaning: f64,
}

/// A word beside a value.
#[derive(Clone, Debug)]
struct Word {
    /// Its stem first, then its meanings.
    keys: Vec<u64>,
    weight: f64,
}

/// What stands around one value.
#[derive(Clone, Debug, Default)]
pub struct View {
    near: Vec<Word>,
    before: Vec<Word>,
}

/// The views of a story's open values.
pub struct Views<'b> {
    rules: &'b WordWeights,
    views: FxHashMap<Mention, View>,
    /// In how many sentences of the story each stem stands.
    seen: FxHashMap<u64, f64>,
    sentences: f64,
}

impl<'b> Views<'b> {
    /// Looks at the surroundings of `mentions`.
    pub fn of(story: &Story, mentions: &[Mention], book: &Book<'b>) -> Self {
        let mut reader = Reader { open: &book.extract.open, lexicon: book.lexicon, known: FxHashMap::default() };
        let rules = &book.compare.likeness.words;
        let mut views = Self { rules, views: FxHashMap::default(), seen: FxHashMap::default(), sentences: 0.0 };
        for mention in mentions {
            let claim = story.claim(*mention);
            let near = reader.near(claim, rules);
            let before = before(claim, story.member(*mention)).map_or(Vec::new(), |text| reader.all(text, rules.before));
            views.views.insert(*mention, View { near, before });
        }
        views.count(story, &mut reader);
        views
    }

    fn count(&mut self, story: &Story, reader: &mut Reader) {
        for text in story.members.iter().flat_map(|m| &m.statements).map(|s| s.text.as_str()) {
            self.sentences += 1.0;
            let stems: FxHashSet<u64> = reader.all(text, 1.0).iter().map(|word| word.keys[0]).collect();
            stems.into_iter().for_each(|stem| *self.seen.entry(stem).or_default() += 1.0);
        }
    }

    /// How telling a word is: the fewer sentences of the story hold it, the more.
    fn rarity(&self, word: &Word) -> f64 {
        ((self.sentences + 2.0) / (self.seen.get(&word.keys[0]).copied().unwrap_or(1.0) + 1.0)).ln()
    }

    /// What two values have around them in common: the summed weight of shared words, and its share
    /// of all; first in their sentences, then with the sentences before.
    pub fn common(&self, a: Mention, b: Mention) -> [f64; 4] {
        let (Some(x), Some(y)) = (self.views.get(&a), self.views.get(&b)) else { return [0.0; 4] };
        let near = self.shared(&x.near, &y.near);
        let near_share = share(near, self.total(&x.near), self.total(&y.near));
        let wide = near
            + self.shared(&x.near, &y.before)
            + self.shared(&x.before, &y.near)
            + self.shared(&x.before, &y.before);
        let totals = [x, y].map(|view| self.total(&view.near) + self.total(&view.before));
        [near, near_share, wide, share(wide, totals[0], totals[1])]
    }

    fn total(&self, words: &[Word]) -> f64 {
        words.iter().map(|word| word.weight * self.rarity(word)).sum()
    }

    fn shared(&self, a: &[Word], b: &[Word]) -> f64 {
        let best = |x: &Word| b.iter().map(|y| self.meet(x, y)).fold(0.0, f64::max);
        a.iter().map(best).sum()
    }

    fn meet(&self, x: &Word, y: &Word) -> f64 {
        let alike = if x.keys[0] == y.keys[0] {
            1.0
        } else if x.keys[1..].iter().any(|key| y.keys[1..].contains(key)) {
            self.rules.meaning
        } else {
            return 0.0;
        };
        alike * x.weight.min(y.weight) * self.rarity(x).min(self.rarity(y))
    }
}

fn share(common: f64, a: f64, b: f64) -> f64 {
    let all = (a * b).sqrt();
    if all > 0.0 { common / all } else { 0.0 }
}

/// The sentence that ends before a claim's own begins.
fn before<'m>(claim: &Claim, member: &'m Member) -> Option<&'m str> {
    let behind = member.statements.partition_point(|s| s.span.end <= claim.span.start);
    Some(member.statements[behind.checked_sub(1)?].text.as_str())
}

/// Cuts passages into content words; a word is looked up once a story.
struct Reader<'b> {
    open: &'b OpenRules,
    lexicon: &'b Lexicon,
    known: FxHashMap<CompactString, Vec<u64>>,
}

impl Reader<'_> {
    fn near(&mut self, claim: &Claim, rules: &WordWeights) -> Vec<Word> {
        let tokens = tokenize(&claim.text, crate::document::Span::new(0, claim.text.len()));
        let value = value_tokens(claim, &tokens);
        let weight = |at: usize| {
            let away = if at < value.start { value.start - at } else { at + 1 - value.end.min(at + 1) };
            1.0 / (1.0 + rules.fall * away as f64)
        };
        let outside = tokens.iter().enumerate().filter(|(at, _)| !value.contains(at));
        let mut words: Vec<Word> = Vec::new();
        for (at, token) in outside {
            self.push(&mut words, token, weight(at));
        }
        words
    }

    fn all(&mut self, text: &str, weight: f64) -> Vec<Word> {
        let mut words = Vec::new();
        for token in tokenize(text, crate::document::Span::new(0, text.len())) {
            self.push(&mut words, &token, weight);
        }
        words
    }

    fn push(&mut self, words: &mut Vec<Word>, token: &Token, weight: f64) {
        if self.open.is_content(token) {
            words.push(Word { keys: self.keys(&token.norm), weight });
        }
    }

    fn keys(&mut self, word: &CompactString) -> Vec<u64> {
        if let Some(keys) = self.known.get(word) {
            return keys.clone();
        }
        let mut keys = vec![xxh3_64(stem(word).as_bytes())];
        keys.extend(self.lexicon.meanings(word).into_iter().map(u64::from));
        self.known.insert(word.clone(), keys.clone());
        keys
    }
}

/// The tokens of a claim's passage that carry its value.
fn value_tokens(claim: &Claim, tokens: &[Token]) -> Range<usize> {
    let (start, end) = (claim.value_span.start - claim.span.start, claim.value_span.end - claim.span.start);
    let first = tokens.partition_point(|t| t.span.end <= start);
    first..tokens.partition_point(|t| t.span.start < end).max(first)
}
