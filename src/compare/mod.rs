//! Compare: how two values, quotations or statements of one story stand to each other, and the
//! verdict that follows, always with the rule that decided and the reason in words.

mod ages;
pub mod align;
pub mod asserted;
pub mod bearer;
mod beside;
pub mod caption;
mod choir;
mod class;
mod clause;
mod condition;
pub mod confidence;
pub mod crowd;
mod definite;
mod describe;
pub mod difference;
pub mod duration;
mod elsewhere;
mod examples;
pub mod figure;
pub mod finding;
pub mod findings;
pub mod holder;
pub(crate) mod interval;
#[cfg(test)]
mod invariants;
mod kin;
mod kinship;
mod laid;
pub mod lapse;
pub mod leftover;
pub mod market;
pub mod measured;
pub mod name;
pub mod name_body;
mod name_spelling;
mod nearby;
pub mod negated;
pub mod number;
pub mod office;
mod once;
pub mod overlap;
mod pairing;
pub mod phrase;
pub mod place;
#[cfg(test)]
mod plain_pairs;
#[cfg(test)]
mod properties;
pub mod quotation;
pub mod refuted;
mod relate;
pub mod rivals;
pub mod role;
mod sayings;
mod sentences;
mod settle;
mod several;
pub mod severity;
mod sites;
pub mod slot;
pub mod speakers;
pub mod spelling;
mod standing;
pub mod statement;
pub mod story;
mod stretch;
pub mod succession;
mod sum;
pub mod support;
mod surest;
pub mod topic;
pub mod twins;
pub mod unit;
mod utterances;
pub mod value;
pub mod verdict;
pub mod vocabulary;
pub mod when;
pub mod window;
mod witness;
pub mod wording;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::extract;
use crate::lexicon::Lexicon;
use crate::matching;
use crate::normalise::place::Gazetteer;
use crate::text::{Case, Token, tokenize};

/// `rules/compare.toml`, ready for use.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(from = "Tables")]
#[schemars(with = "Tables")]
pub struct Rules {
    /// The questions before the values are looked at.
    pub verdict: verdict::VerdictRules,
    /// When values are of several things.
    pub crowd: crowd::CrowdRules,
    /// When two documents of a story tell two strands of it.
    pub kinship: kinship::KinshipRules,
    /// When one holder of an office followed another.
    pub succession: succession::SuccessionRules,
    /// Lengths of time that reach back.
    pub lapse: lapse::LapseRules,
    /// Moves of a market.
    pub market: market::MarketRules,
    /// How likely a contradiction is one.
    pub confidence: confidence::ConfidenceRules,
    /// How much each kind weighs.
    pub severity: severity::SeverityRules,
    /// Numbers.
    pub number: number::NumberRules,
    /// Lengths of time.
    pub duration: duration::DurationRules,
    /// Dates and times.
    pub when: when::WhenCompareRules,
    /// Names.
    pub name: name::Rules,
    /// Places and venues.
    pub place: place::Rules,
    /// Who holds a role.
    pub role: role::Rules,
    /// Sentences that say much the same in other words.
    pub overlap: overlap::OverlapRules,
    /// Clauses that two sentences share.
    pub phrase: phrase::PhraseRules,
    /// Quotations and sentences.
    pub wording: wording::WordingRules,
}

/// The tables as they stand in the file.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Tables {
    verdict: verdict::VerdictRules,
    crowd: crowd::CrowdRules,
    kinship: kinship::KinshipRules,
    succession: succession::SuccessionRules,
    lapse: lapse::LapseRules,
    market: market::MarketRules,
    confidence: confidence::ConfidenceRules,
    severity: severity::SeverityRules,
    number: number::NumberRules,
    duration: duration::DurationRules,
    when: when::WhenCompareRules,
    name: name::Rules,
    place: place::Rules,
    role: role::Rules,
    overlap: overlap::OverlapRules,
    phrase: phrase::PhraseRules,
    align: align::Rules,
    grammar: unit::Grammar,
    differences: std::collections::BTreeMap<difference::Difference, wording::Class>,
    quotation: quotation::Rules,
    statement: statement::Rules,
    asserted: asserted::Rules,
    caption: caption::Rules,
    support: support::Rules,
}

impl From<Tables> for Rules {
    fn from(tables: Tables) -> Self {
        let Tables { verdict, crowd, succession, severity, number, duration, when, name, place, role, .. } = tables;
        let Tables { align, grammar, differences, quotation, statement, asserted, overlap, phrase, .. } = tables;
        let Tables { caption, support, kinship, lapse, market, confidence, .. } = tables;
        let wording = wording::WordingRules {
            name: name.clone(),
            align,
            grammar,
            differences,
            quotation,
            statement,
            asserted,
            caption,
            support,
        };
        Self {
            verdict,
            crowd,
            kinship,
            succession,
            lapse,
            market,
            confidence,
            severity,
            number,
            duration,
            when,
            name,
            place,
            role,
            overlap,
            phrase,
            wording,
        }
    }
}

/// What comparing a story needs, from all stages.
#[derive(Clone, Copy)]
pub struct Book<'b> {
    /// When mentions are worth comparing.
    pub matching: &'b matching::Rules,
    /// How they compare.
    pub compare: &'b Rules,
    /// What attributes are.
    pub extract: &'b extract::Rules,
    /// What words mean.
    pub lexicon: &'b Lexicon,
    /// Where places lie.
    pub gazetteer: &'b Gazetteer,
    /// Keeps the pairs turned down, not only their number.
    pub near_misses: bool,
}

/// True for a mark that opens or closes a quotation.
fn is_quotation_mark(token: &Token) -> bool {
    ["\"", "\u{201C}", "\u{201D}"].iter().any(|mark| token.is(mark))
}

/// Whether some tokens come before others by their words: what is said of two is to be the same whichever comes first, and
/// is asked of the lesser against the greater where they are as long.
fn are_ordered(a: &[Token], b: &[Token]) -> bool {
    a.iter().map(|token| &token.norm).le(b.iter().map(|token| &token.norm))
}

/// Tokens as words in a row, folded.
fn spaced(tokens: &[Token]) -> String {
    tokens.iter().map(|t| t.norm.as_str()).collect::<Vec<_>>().join(" ")
}

/// The tokens of a passage, with one spelling for initialisms: `F.B.I.` and `FBI`, `U.S.` and `US`.
pub fn words(text: &str) -> Vec<Token> {
    let mut tokens = tokenize(text, crate::document::Span::new(0, text.len()));
    for token in tokens.iter_mut().filter(|token| token.case == Case::Upper && token.norm.len() > 1) {
        let letters = token.norm.replace('.', "");
        if letters.len() > 1 {
            token.norm = letters.to_uppercase().into();
        }
    }
    tokens
}
