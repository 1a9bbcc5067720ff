//! Everything the scanners find in one document, by token, for the extractors to combine.

use std::cell::OnceCell;
use std::ops::Range;

use compact_str::CompactString;
use jiff::civil::Date;

use super::attribution::{Attribution, attributions};
use super::frame::remote;
use super::kit::Kit;
use super::known::{Known, known};
use super::location::{LocationMention, locations};
use super::modality::{Stance, stance};
use super::names::{NameMention, Names, names};
use super::quantity::{QuantityMention, measures};
use super::quotation::{Quotation, quotations};
use super::stamp::unread;
use super::when::WhenMention;
use crate::claim::{Entity, EntityKind};
use crate::document::Published;
use crate::lexicon::Part;
use crate::reading::{Reading, Sentence};
use crate::text::Token;

/// A document with what its scanners found; token ranges count [`Reading::tokens`].
pub struct Annotations<'r, 'd> {
    /// What the scanners worked with.
    pub kit: &'r Kit<'r>,
    /// The document's lines, tokens and sentences.
    pub reading: &'r Reading<'d>,
    /// The day that relative dates count from.
    pub published: Option<Published>,
    /// What the rules know of each token.
    pub known: Vec<Known>,
    /// The number of each token's word among those of [`super::Rules::opposites`].
    words: Vec<u32>,
    /// The number of each token's lemma among those of [`super::Rules::anchors`].
    lemmas: Vec<u32>,
    /// Who and what is named.
    pub names: Names,
    /// Numbers and durations.
    pub quantities: Vec<QuantityMention>,
    /// Dates and times, as written.
    pub whens: Vec<WhenMention>,
    /// Places and venues.
    pub locations: Vec<LocationMention>,
    /// Quotations with their speakers.
    pub quotations: Vec<Quotation>,
    /// Reported speech without quotation marks.
    pub attributions: Vec<Attribution>,
    /// For each sentence, the day of the time long before that it tells of.
    remote: Vec<Option<Date>>,
    /// For each token, the first quotation that it stands in.
    quoted: Vec<Option<usize>>,
    /// How firmly the clause of each token is told, once that is asked for.
    stances: Vec<OnceCell<Stance>>,
}

/// Runs every scanner over a document once. Relative dates count from `published`.
pub fn annotate<'r, 'd>(
    reading: &'r Reading<'d>,
    published: Option<Published>,
    kit: &'r Kit<'r>,
) -> Annotations<'r, 'd> {
    let rules = kit.rules;
    let known = known(&reading.tokens, rules);
    let names = names(reading, kit.gazetteer, &rules.names);
    let (quantities, whens) = measured(reading, kit);
    let quotations = quotations(reading, &rules.speech, &rules.quotation);
    Annotations {
        quoted: quoted(&quotations, reading.tokens.len()),
        stances: vec![OnceCell::new(); reading.tokens.len()],
        words: known.iter().map(|word| word.number).collect(),
        lemmas: known.iter().map(|word| word.anchor).collect(),
        known,
        locations: locations(reading, &names, kit.gazetteer, &rules.location),
        attributions: attributions(reading, &quotations, &rules.speech, &rules.attribution),
        quotations,
        remote: remote(reading, &whens, published.map(|p| p.date), kit),
        kit,
        reading,
        published,
        names,
        quantities,
        whens,
    }
}

/// For each of so many tokens the first quotation that it stands in.
fn quoted(quotations: &[Quotation], tokens: usize) -> Vec<Option<usize>> {
    let mut quoted = vec![None; tokens];
    for (number, quotation) in quotations.iter().enumerate().rev() {
        quotation.parts.iter().for_each(|part| quoted[part.clone()].fill(Some(number)));
    }
    quoted
}

/// Numbers and dates are scanned together, sentence by sentence, for they share words.
fn measured(reading: &Reading, kit: &Kit) -> (Vec<QuantityMention>, Vec<WhenMention>) {
    let (mut quantities, mut whens) = (Vec::new(), Vec::new());
    for sentence in &reading.sentences {
        let (counted, dated) = measures(reading.tokens_of(sentence), &kit.measures);
        if counted.len().max(dated.len()) > kit.rules.quantity.most {
            continue;
        }
        quantities.extend(shift(counted, sentence));
        whens.extend(shift(dated, sentence));
    }
    let unread = unread(reading, &whens, kit);
    quantities.retain(|q: &QuantityMention| !unread[q.tokens.clone()].contains(&true));
    whens.retain(|w: &WhenMention| !unread[w.tokens.clone()].contains(&true));
    (quantities, whens)
}

impl Annotations<'_, '_> {
    /// The numbers of a sentence's words, by which [`super::condition`] and provisos are asked.
    pub(super) fn words_of(&self, sentence: &Sentence) -> &[u32] {
        &self.words[sentence.tokens.clone()]
    }

    /// The numbers of the lemmas of a sentence's words, by which anchors are found.
    pub(super) fn lemmas_of(&self, sentence: &Sentence) -> &[u32] {
        &self.lemmas[sentence.tokens.clone()]
    }

    /// Each entity with how often the document names it.
    pub fn counted_names(&self) -> Vec<(&Entity, usize)> {
        let mut counts = vec![0; self.names.entities.len()];
        self.names.mentions.iter().for_each(|m| counts[m.entity] += 1);
        self.names.entities.iter().zip(counts).collect()
    }

    /// The day of the time long before the document's own that a sentence tells of.
    pub fn remote_day(&self, sentence: &Sentence) -> Option<Date> {
        let at = self.reading.sentences.partition_point(|s| s.tokens.start < sentence.tokens.start);
        self.remote.get(at).copied().flatten()
    }

    /// The tokens of a sentence that may turn what it tells.
    pub fn turning_in(&self, sentence: &Sentence) -> impl Iterator<Item = usize> {
        sentence.tokens.clone().filter(|at| self.known[*at].turning)
    }

    /// The lemma stem of a token.
    pub fn stem(&self, at: usize) -> &CompactString {
        &self.known[at].stem
    }

    /// How firmly the clause is told in which the token at `at` of a sentence stands: several claims ask it of one token.
    pub fn stance_at(&self, sentence: &Sentence, at: usize) -> Stance {
        let read = || self.stance_of_words(sentence, at..at + 1);
        self.stances.get(at).map_or_else(read, |known| *known.get_or_init(read))
    }

    /// How firmly that is told which some tokens of a sentence tell together.
    pub fn stance_of(&self, sentence: &Sentence, at: Range<usize>) -> Stance {
        if at.len() == 1 { self.stance_at(sentence, at.start) } else { self.stance_of_words(sentence, at) }
    }

    fn stance_of_words(&self, sentence: &Sentence, at: Range<usize>) -> Stance {
        let first = sentence.tokens.start;
        stance(self.reading.tokens_of(sentence), at.start - first..at.end - first, &self.kit.rules.modality)
    }

    /// The token at `at`, where that is inside the sentence.
    pub fn token_in(&self, sentence: &Sentence, at: usize) -> Option<&Token> {
        sentence.tokens.contains(&at).then(|| &self.reading.tokens[at])
    }

    /// Whether a token says something: it is no function word, no mark, no number.
    pub fn is_content(&self, at: usize) -> bool {
        self.known[at].content
    }

    /// Whether a token is more of a verb than of a noun.
    pub fn is_verb(&self, at: usize) -> bool {
        let word = &self.reading.tokens[at].norm;
        word.ends_with("ed") || self.kit.lexicon.part(word) == Some(Part::Verb)
    }

    /// What the word at `at` stands for: some thing of that name.
    pub fn thing(&self, at: usize) -> Entity {
        Entity { kind: EntityKind::Other, name: self.reading.tokens[at].norm.clone(), roles: Vec::new() }
    }

    /// The first quotation that a token stands in.
    pub fn quotation_at(&self, at: usize) -> Option<&Quotation> {
        self.quoted.get(at).copied().flatten().map(|number| &self.quotations[number])
    }

    /// Reported speech in a sentence.
    pub fn attributions_in(&self, sentence: &Sentence) -> &[Attribution] {
        let until = |at: usize| self.attributions.partition_point(|a| a.cue < at);
        &self.attributions[until(sentence.tokens.start)..until(sentence.tokens.end)]
    }

    /// True for a token inside quotation marks.
    pub fn is_quoted(&self, at: usize) -> bool {
        if self.quotation_at(at).is_none() {
            return false;
        }
        let next = self.quotations.partition_point(|q| q.parts.first().is_some_and(|p| p.start <= at));
        self.quotations[..next].last().is_some_and(|q| q.parts.iter().any(|p| p.contains(&at)))
    }
}

/// Anything found at a range of tokens.
pub trait Located {
    /// Its tokens.
    fn tokens(&self) -> &Range<usize>;
    /// The same, for moving from a sentence's tokens to the document's.
    fn tokens_mut(&mut self) -> &mut Range<usize>;
}

macro_rules! located {
    ($($mention:ty),*) => {$(
        impl Located for $mention {
            fn tokens(&self) -> &Range<usize> {
                &self.tokens
            }

            fn tokens_mut(&mut self) -> &mut Range<usize> {
                &mut self.tokens
            }
        }
    )*};
}

located!(QuantityMention, WhenMention, LocationMention, NameMention);

fn shift<T: Located>(mut found: Vec<T>, sentence: &Sentence) -> Vec<T> {
    for mention in &mut found {
        let tokens = mention.tokens_mut();
        *tokens = tokens.start + sentence.tokens.start..tokens.end + sentence.tokens.start;
    }
    found
}

/// The mentions that begin inside a range of tokens; `all` is in the order of the text.
pub fn within<'m, T: Located>(all: &'m [T], tokens: &Range<usize>) -> &'m [T] {
    let from = all.partition_point(|m| m.tokens().start < tokens.start);
    let to = all.partition_point(|m| m.tokens().start < tokens.end);
    &all[from..to]
}
