//! Quotations as claims: the words somebody is said to have said.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Rules;
use super::annotations::Annotations;
use super::quotation::{Quotation, QuotationKind};
use super::speaker::speaker_name;
use crate::claim::{Claim, Kind, Modality, Polarity, Value};
use crate::document::Span;
use crate::reading::Role;
use crate::rules::Words;
use crate::text::Token;

/// Which quotations are compared: `[quote]` in `rules/extract.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct QuoteRules {
    /// What the rule does.
    pub about: String,
    /// Least number of words.
    pub words: usize,
    /// Words that no quotation begins with, but for the reporter's prose between two: `said`, `according`.
    pub sayings: Words,
    /// Words right before a quotation that is no saying but what a name means: `translates`.
    pub glosses: Words,
}

/// The quotations of the body that are long enough to be recognised elsewhere.
pub fn quote_claims(notes: &Annotations, rules: &Rules) -> Vec<Claim> {
    let in_body = |q: &&Quotation| notes.reading.sentences.get(q.sentence).is_some_and(|s| s.role == Role::Body);
    let long = |q: &&Quotation| q.kind != QuotationKind::Scare && words(q, notes) >= rules.quote.words;
    let prose = |q: &&Quotation| !opens_with_saying(q, notes, rules) && !is_gloss(q, notes, rules);
    notes.quotations.iter().filter(in_body).filter(long).filter(prose).map(|q| claim(q, notes)).collect()
}

/// `" said Lind. "`: the reporter's words between two quotations whose marks were taken for a pair.
fn opens_with_saying(quotation: &Quotation, notes: &Annotations, rules: &Rules) -> bool {
    const REACH: usize = 3;
    let first = quotation.parts.first().map_or(0..0, |part| part.start..part.end);
    let words: Vec<_> = notes.reading.tokens[first].iter().filter(|t| t.is_wordlike()).take(REACH).collect();
    let says = |token: &Token| rules.quote.sayings.contains(&token.norm);
    let named = words.iter().take_while(|t| !says(t)).all(|t| t.is_capitalised() && !t.is("i") && !t.is("we"));
    named && words.iter().any(|t| says(t))
}

/// "Whose name translates as “the reed cutters”": nobody says it.
fn is_gloss(quotation: &Quotation, notes: &Annotations, rules: &Rules) -> bool {
    const REACH: usize = 3;
    let start = quotation.parts.first().map_or(0, |part| part.start);
    let before = notes.reading.tokens[..start].iter().rev().filter(|token| token.is_wordlike()).take(REACH);
    before.into_iter().any(|token| rules.quote.glosses.contains(&token.norm))
}

fn words(quotation: &Quotation, notes: &Annotations) -> usize {
    let tokens = quotation.parts.iter().flat_map(|part| &notes.reading.tokens[part.clone()]);
    tokens.filter(|t| t.is_wordlike()).count()
}

fn claim(quotation: &Quotation, notes: &Annotations) -> Claim {
    let passage = passage(quotation, notes);
    Claim {
        span: passage,
        line: line(passage, notes),
        value: Value::Words(wording(quotation, notes)),
        text: notes.reading.text(passage).to_owned(),
        value_span: quotation.span,
        kind: Kind::Quote,
        attribute: "quotation".into(),
        subject: Vec::new(),
        time: None,
        remote: None,
        place: None,
        modality: Modality::Reported,
        polarity: Polarity::Affirmed,
        speaker: quotation.speaker.as_ref().map(|s| speaker_name(&s.tokens, notes)),
        context: Vec::new(),
    }
}

/// The sentences that hold a quotation, with its marks and who is told to have said it.
fn passage(quotation: &Quotation, notes: &Annotations) -> Span {
    let reading = notes.reading;
    let holds = |span: &Span| span.start < quotation.span.end && quotation.span.start < span.end;
    let spans = reading.sentences[quotation.sentence..].iter().map(|sentence| sentence.span);
    spans.take_while(holds).fold(quotation.span, |passage, sentence| passage.cover(sentence))
}

fn line(passage: Span, notes: &Annotations) -> u32 {
    notes.reading.lines.partition_point(|line| line.span.end < passage.start) as u32 + 1
}

/// The words between the marks, without what the reporter put between them.
fn wording(quotation: &Quotation, notes: &Annotations) -> String {
    let parts = quotation.parts.iter().filter(|p| !p.is_empty());
    parts.map(|part| notes.reading.text(notes.reading.span_of(part.clone()))).collect::<Vec<_>>().join(" ")
}
