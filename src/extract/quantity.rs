//! Numbers, amounts, measures and lengths of time: `about 20 officials`, `$3.5 billion`, `a two-day visit`.

mod compound;
mod counted;
mod digits;
mod elided;
mod fraction;
mod measured;
mod numeral;
mod refused;
mod score;
mod unit;

use std::ops::Range;

use rustc_hash::FxHashMap;
use schemars::JsonSchema;
use serde::Deserialize;

use super::measure_scan::Scan;
use super::measure_words::MeasureWords;
use super::when::{self, WhenMention};
use crate::claim::{Bound, Kind, Quantity};
use crate::text::{Token, TokenKind};

pub use counted::is_plural;
pub use digits::{Digits, digits};
pub use numeral::{Form, Numeral, Stuck, numeral};

/// The table `quantity` of `rules/extract.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct QuantityRules {
    /// What the table is for.
    pub about: String,
    /// Sentences in which a quantity is read.
    pub fires: Vec<String>,
    /// Sentences in which none is.
    pub silent: Vec<String>,
    /// Most figures, or dates, of a sentence in which any is read.
    pub most: usize,
    /// Words that end the search for what is counted.
    pub stops: Vec<String>,
    /// Nouns that head a count although they do not end in `s`.
    pub heads: Vec<String>,
    /// Words in `s` that head no count.
    pub not_heads: Vec<String>,
    /// Words that join a part to the count before it.
    pub part_cues: Vec<String>,
    /// Pronouns that point to the count before.
    pub part_pronouns: Vec<String>,
    /// Words between a number and what it counts by which more were counted before: "three other rifles".
    pub others: Vec<String>,
    /// Determiners between `of` and what is counted.
    pub determiners: Vec<String>,
    /// A number behind one of these is a label.
    pub labels: Vec<String>,
    /// `one` behind one of these is a pronoun.
    pub one_pronoun_after: Vec<String>,
    /// A number in front of one of these and "of" is a label: "the 2200 *block* of High Street".
    pub labelled: Vec<String>,
    /// `one` before one of these is a pronoun.
    pub one_pronoun_before: Vec<String>,
    /// Words that make a score of a pair.
    pub score_cues: Vec<String>,
    /// What the first number of a score in words counts: "seven votes to four".
    pub score_nouns: Vec<String>,
    /// A pair behind one of these is a change.
    pub change_cues: Vec<String>,
    /// A pair behind one of these is a range whatever else.
    pub range_cues: Vec<String>,
    /// `a week` behind one of these is a length of time.
    pub span_cues: Vec<String>,
    /// `weeks` behind one of these is a length of time.
    pub bare_cues: Vec<String>,
    /// `decade` behind one of these is a length of time.
    pub whole_cues: Vec<String>,
    /// Least and greatest number of units that a bare plural means.
    pub bare: [f64; 2],
    /// `over` behind one of these bounds a length of time.
    pub over_cues: Vec<String>,
    /// `aged 34`.
    pub age_before: Vec<String>,
    /// `34 years old`.
    pub age_after: Vec<String>,
    /// How far a fraction may be off, in percent.
    pub fraction_tolerance: f64,
    /// Words that introduce a vague word that needs an article.
    pub vague_openers: Vec<String>,
    /// Vague words that need an article.
    pub vague_with_article: Vec<String>,
    /// Vague words that need `of`.
    pub vague_with_of: Vec<String>,
    /// May stand between a number and a unit of time.
    pub unit_fillers: Vec<String>,
    /// Say nothing behind the unit of a compound.
    pub dimensions: Vec<String>,
    /// Behind "a mile" they show that it is told how far.
    pub directions: Vec<String>,
    /// A number behind one of these and "to" is of the unit of the measure before.
    pub unit_cues: Vec<String>,
    /// Before a unit they make a rate.
    pub rate_cues: Vec<String>,
    /// `seven` and its value.
    pub cardinals: FxHashMap<String, f64>,
    /// `seventh` and its value.
    pub ordinals: FxHashMap<String, f64>,
    /// `million` and its value.
    pub scales: FxHashMap<String, f64>,
    /// `millions` and the value of one.
    pub plural_scales: FxHashMap<String, f64>,
    /// Scales stuck to digits.
    pub stuck_scales: FxHashMap<String, f64>,
    /// Words that multiply a number in words: "three score".
    pub multiples: FxHashMap<String, f64>,
    /// `dozen`.
    pub groups: FxHashMap<String, f64>,
    /// `third` and its value.
    pub fractions: FxHashMap<String, f64>,
    /// `several`: least and greatest value meant.
    pub vague: FxHashMap<String, [f64; 2]>,
    /// Phrases before a number that bound it.
    pub bounds: BoundPhrases,
    /// Phrases behind a number that bound it.
    pub tails: BoundPhrases,
    /// `weeklong` and its unit.
    pub long: FxHashMap<String, String>,
}

/// Phrases that bound a number.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BoundPhrases {
    /// Near it.
    pub about: Vec<String>,
    /// It or more.
    pub at_least: Vec<String>,
    /// It or less.
    pub at_most: Vec<String>,
}

impl BoundPhrases {
    /// Every phrase with its bound.
    pub fn each(&self) -> impl Iterator<Item = (Bound, &String)> {
        let about = self.about.iter().map(|phrase| (Bound::About, phrase));
        let least = self.at_least.iter().map(|phrase| (Bound::AtLeast, phrase));
        let most = self.at_most.iter().map(|phrase| (Bound::AtMost, phrase));
        about.chain(least).chain(most)
    }
}

/// What a count is a part of, so that it is never set against the whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartOf {
    /// Another count of the sentence, by its place in the list of mentions: `12 of the 30`.
    Mention(usize),
    /// Something told without a number here: `three of the passengers`.
    Untold,
}

/// A number, amount, measure or length of time in a sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct QuantityMention {
    /// Its tokens, bound and unit included and what is counted not.
    pub tokens: Range<usize>,
    /// Its value in base units.
    pub value: Quantity,
    /// [`Kind::Number`] or [`Kind::Duration`].
    pub kind: Kind,
    /// What it is a part of, when the sentence says so.
    pub fraction_of: Option<PartOf>,
    /// True for `third`, `70th`: which one, and not how many.
    pub ordinal: bool,
}

/// The unit of a score, whose greater number is `high`.
pub const SCORE: &str = "score";
/// The unit of which one it is: "the 117th minute".
pub const ORDINAL: &str = "ordinal";
/// The unit of a person's age in years.
pub const AGE: &str = "age";

/// The quantities of a sentence, in the order of the text. A range of dates gives a duration too.
pub fn quantities(tokens: &[Token], words: &MeasureWords) -> Vec<QuantityMention> {
    measures(tokens, words).0
}

/// The quantities and the dates of a sentence in one pass: what a date uses is no quantity.
pub fn measures(tokens: &[Token], words: &MeasureWords) -> (Vec<QuantityMention>, Vec<WhenMention>) {
    let scan = Scan::new(tokens, words);
    let whens = when::find(&scan);
    let quantities = find(&scan, &whens);
    (quantities, whens)
}

fn find(scan: &Scan, whens: &[WhenMention]) -> Vec<QuantityMention> {
    let mut found = Vec::new();
    let mut dates = whens.iter().peekable();
    let mut at = 0;
    while at < scan.tokens.len() {
        if let Some(date) = dates.next_if(|date| date.tokens.start <= at) {
            found.extend(when::length(date));
            at = at.max(date.tokens.end);
            continue;
        }
        let limit = dates.peek().map_or(scan.tokens.len(), |date| date.tokens.start);
        at = step(scan, at, limit, &mut found);
    }
    counted::link_parts(scan, &mut found);
    found.iter_mut().for_each(|mention| mention.value.part = mention.fraction_of.is_some());
    elided::share_units(scan, &mut found);
    found
}

/// Reads what begins at `at`, which must end before `limit`; where to go on.
fn step(scan: &Scan, at: usize, limit: usize, found: &mut Vec<QuantityMention>) -> usize {
    if !may_begin(scan, at) {
        return at + 1;
    }
    match score::read(scan, at).or_else(|| measured::read(scan, at)) {
        Some(mention) if mention.tokens.end <= limit => {
            let end = mention.tokens.end;
            found.extend(Some(mention).filter(|mention| !is_address(scan, mention)));
            end
        }
        _ => at + 1,
    }
}

/// "The 12200 block of 223rd Street".
fn is_address(scan: &Scan, mention: &QuantityMention) -> bool {
    scan.one_of(mention.tokens.end, &scan.words.quantity.labelled) && scan.is(mention.tokens.end + 1, "of")
}

/// Digits, or a word or mark that can begin a quantity.
fn may_begin(scan: &Scan, at: usize) -> bool {
    let glued = || unit::glued_parts(scan, at).is_some_and(|(letters, _)| scan.words.glued_unit(letters).is_some());
    scan.sense(at).opens_quantity || scan.is_kind(at, TokenKind::Number) || glued()
}

#[cfg(test)]
mod tests;
