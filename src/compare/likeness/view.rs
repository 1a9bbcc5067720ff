//! What stands around each value of a story: words with weights, and what they can mean.

use std::ops::Range;

use compact_str::CompactString;
use rustc_hash::FxHashMap;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::claim::{Claim, Statement};
use crate::compare::Book;
use crate::document::Span;
use crate::extract::open::OpenRules;
use crate::extract::statement::stem_hash;
use crate::lexicon::Lexicon;
use crate::matching::group::{Mention, Story};
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
    stem: u32,
    meanings: Vec<u32>,
    weight: f64,
}

/// What stands around one value.
#[derive(Clone, Debug, Default)]
struct View {
    near: Vec<Word>,
    before: Vec<Word>,
}

/// What two values have around them in common.
#[derive(Clone, Copy, Debug, Default)]
pub struct Common {
    /// Summed weight of the words that their sentences share.
    pub near: f64,
    /// Its share of all.
    pub near_share: f64,
    /// The same with the sentences before.
    pub wide: f64,
    /// Its share of all.
    pub wide_share: f64,
}

/// The views of a story's values, made when they are asked for.
pub struct Views<'v> {
    story: &'v Story,
    rules: &'v WordWeights,
    reader: Reader<'v>,
    views: FxHashMap<Mention, View>,
    /// In how many sentences of the story each stem stands.
    seen: FxHashMap<u32, f64>,
    sentences: f64,
}

impl<'v> Views<'v> {
    /// Views of a story.
    pub fn of(story: &'v Story, book: &Book<'v>) -> Self {
        let reader = Reader { open: &book.extract.open, lexicon: book.lexicon, known: FxHashMap::default() };
        let mut seen: FxHashMap<u32, f64> = FxHashMap::default();
        let mut sentences = 0.0;
        for statement in story.members.iter().flat_map(|m| &m.statements) {
            sentences += 1.0;
            statement.stems.iter().for_each(|stem| *seen.entry(*stem).or_default() += 1.0);
        }
        Self { story, rules: &book.compare.likeness.words, reader, views: FxHashMap::default(), seen, sentences }
    }

    /// What two values have around them in common.
    pub fn common(&mut self, a: Mention, b: Mention) -> Common {
        self.look(a);
        self.look(b);
        let (Some(x), Some(y)) = (self.views.get(&a), self.views.get(&b)) else { return Common::default() };
        let near = self.shared(&x.near, &y.near);
        let across = self.shared(&x.near, &y.before) + self.shared(&x.before, &y.near);
        let wide = near + across + self.shared(&x.before, &y.before);
        let all = |view: &View| self.total(&view.near) + self.total(&view.before);
        Common {
            near,
            near_share: share(near, self.total(&x.near), self.total(&y.near)),
            wide,
            wide_share: share(wide, all(x), all(y)),
        }
    }

    fn look(&mut self, mention: Mention) {
        if !self.views.contains_key(&mention) {
            let claim = self.story.claim(mention);
            let near = self.reader.near(claim, self.rules);
            let before = before(claim, &self.story.member(mention).statements)
                .map_or(Vec::new(), |statement| plain(statement, self.rules.before));
            self.views.insert(mention, View { near, before });
        }
    }

    /// How telling a word is: the fewer sentences of the story hold it, the more.
    fn rarity(&self, word: &Word) -> f64 {
        ((self.sentences + 2.0) / (self.seen.get(&word.stem).copied().unwrap_or(1.0) + 1.0)).ln()
    }

    fn total(&self, words: &[Word]) -> f64 {
        words.iter().map(|word| word.weight * self.rarity(word)).sum()
    }

    fn shared(&self, a: &[Word], b: &[Word]) -> f64 {
        let best = |x: &Word| b.iter().map(|y| self.meet(x, y)).fold(0.0, f64::max);
        a.iter().map(best).sum()
    }

    fn meet(&self, x: &Word, y: &Word) -> f64 {
        let alike = if x.stem == y.stem {
            1.0
        } else if x.meanings.iter().any(|meaning| y.meanings.contains(meaning)) {
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
fn before<'s>(claim: &Claim, statements: &'s [Statement]) -> Option<&'s Statement> {
    statements.partition_point(|s| s.span.end <= claim.span.start).checked_sub(1).map(|at| &statements[at])
}

fn plain(statement: &Statement, weight: f64) -> Vec<Word> {
    statement.stems.iter().map(|stem| Word { stem: *stem, meanings: Vec::new(), weight }).collect()
}

/// Cuts passages into content words; a word is looked up once a story.
struct Reader<'b> {
    open: &'b OpenRules,
    lexicon: &'b Lexicon,
    known: FxHashMap<CompactString, (u32, Vec<u32>)>,
}

impl Reader<'_> {
    fn near(&mut self, claim: &Claim, rules: &WordWeights) -> Vec<Word> {
        let tokens = tokenize(&claim.text, Span::new(0, claim.text.len()));
        let value = value_tokens(claim, &tokens);
        let away = |at: usize| if at < value.start { value.start - at } else { (at + 1).saturating_sub(value.end) };
        let outside = tokens.iter().enumerate().filter(|(at, t)| !value.contains(at) && self.open.is_content(t));
        let placed: Vec<(&Token, f64)> =
            outside.map(|(at, token)| (token, 1.0 / (1.0 + rules.fall * away(at) as f64))).collect();
        placed.into_iter().map(|(token, weight)| self.word(&token.norm, weight)).collect()
    }

    fn word(&mut self, norm: &CompactString, weight: f64) -> Word {
        let lexicon = self.lexicon;
        let known = self.known.entry(norm.clone()).or_insert_with(|| (stem_hash(&stem(norm)), lexicon.meanings(norm)));
        Word { stem: known.0, meanings: known.1.clone(), weight }
    }
}

/// The tokens of a claim's passage that carry its value.
fn value_tokens(claim: &Claim, tokens: &[Token]) -> Range<usize> {
    let (start, end) = (claim.value_span.start - claim.span.start, claim.value_span.end - claim.span.start);
    let first = tokens.partition_point(|t| t.span.end <= start);
    first..tokens.partition_point(|t| t.span.start < end).max(first)
}
