//! Tries the examples that the tables of `rules/extract.toml` carry: sentences in which something
//! is found, and pairs that a contrast sets apart.

use super::annotations::{Annotations, annotate};
use super::kit::Kit;
use super::modality::stance;
use super::{Rules, extract};
use crate::claim::{Claim, Modality, Polarity, Value};
use crate::document::{Document, Span};
use crate::lexicon::Lexicon;
use crate::normalise;
use crate::normalise::place::Gazetteer;
use crate::reading::Reading;
use crate::rules::{Example, Exemplified, Rule};
use crate::text::{Abbreviations, tokenize};

impl Exemplified for Rules {
    fn fires(&self, rule: &Rule, example: &Example) -> Option<bool> {
        match rule.path.split_once('.') {
            Some(("contrast", id)) => {
                let (left, right) = example.pair();
                Some(self.sets_apart(id, left, right))
            }
            Some(("opposite", id)) => {
                let (left, right) = example.pair();
                Some(self.opposes(id, left, right))
            }
            Some(("attribute", id)) => Some(self.tells(id, example)),
            Some(("modality", group)) => self.told(example.text()).map(|told| told == made_by(group)),
            Some(_) => None,
            None => read(example.text(), self, |notes| scanned(&rule.id, notes)),
        }
    }

    fn mistakes(&self) -> Vec<(String, String)> {
        let silent =
            |a: &super::Attribute| !a.persons && a.nouns.is_empty() && a.verbs.is_empty() && a.terms.is_empty();
        let mute = self.attribute.iter().filter(|(_, a)| silent(a));
        mute.map(|(id, _)| (format!("attribute.{id}"), "give it nouns, verbs or terms: nothing names it".into()))
            .collect()
    }
}

/// Whether the scanner whose words table `id` holds found anything.
fn scanned(id: &str, notes: &Annotations) -> Option<bool> {
    Some(match id {
        "names" => !notes.names.entities.is_empty(),
        "location" => !notes.locations.is_empty(),
        "quantity" => !notes.quantities.is_empty(),
        "when" => !notes.whens.is_empty(),
        "stamp" => notes.whens.is_empty() && notes.quantities.is_empty(),
        "condition" => !super::condition::condition_claims(notes, notes.kit.rules).is_empty(),
        "zero" => extract(notes, notes.kit.rules)
            .0
            .iter()
            .any(|claim| matches!(&claim.value, Value::Quantity(q) if q.high == 0.0)),
        "measured" => !super::measured::measured_claims(notes, notes.kit.rules).is_empty(),
        "refutation" => {
            notes.reading.sentences.iter().any(|s| super::refutation::refuted(s, notes, notes.kit.rules).is_some())
        }
        "bearing" => !super::bearing::bearing_claims(notes, notes.kit.rules).is_empty(),
        "route" => !super::route::route_claims(notes, notes.kit.rules).is_empty(),
        "office" => !super::office::office_claims(notes, notes.kit.rules).is_empty(),
        "kin" => !super::kin::kin_claims(notes, notes.kit.rules).is_empty(),
        "vintage" => {
            notes.quantities.iter().any(|mention| super::vintage::is_of_thing(mention, notes, notes.kit.rules))
        }
        "age" => !super::age::age_claims(notes, notes.kit.rules).is_empty(),
        "quotation" => notes.quotations.iter().any(|quotation| quotation.speaker.is_some()),
        "speech" | "attribution" => !notes.attributions.is_empty(),
        _ => return None,
    })
}

/// How firmly a word is told that a group of `[modality]` is about.
pub(super) fn made_by(group: &str) -> (Modality, Polarity) {
    match group {
        "negation" | "failure" => (Modality::Reported, Polarity::Negated),
        "plan" | "planned" => (Modality::Planned, Polarity::Affirmed),
        "hedge" | "hedged" | "condition" => (Modality::Hedged, Polarity::Affirmed),
        "denial" => (Modality::Denied, Polarity::Affirmed),
        _ => (Modality::Reported, Polarity::Affirmed),
    }
}

impl Rules {
    /// Whether a claim of an attribute has the value and the subject that the example names.
    fn tells(&self, id: &str, example: &Example) -> bool {
        let text = if example.text().is_empty() { example.named("text") } else { example.text() };
        let claims = claims_of(text, self);
        claims.iter().filter(|claim| claim.attribute == id).any(|claim| as_expected(claim, example))
    }

    /// Whether a contrast gives two texts different values in words that both have near.
    fn sets_apart(&self, id: &str, left: &str, right: &str) -> bool {
        let (left, right) = (claims_of(left, self), claims_of(right, self));
        let mine = |claims: &[Claim]| claims.iter().filter(|c| c.attribute == id).cloned().collect::<Vec<_>>();
        let company = |a: &Claim, b: &Claim| a.context.iter().filter(|word| b.context.contains(word)).count();
        mine(&left).iter().any(|a| mine(&right).iter().any(|b| a.value != b.value && company(a, b) > 1))
    }

    /// Whether two texts tell one thing to be in the two conditions of an opposite, or in one and not in it.
    fn opposes(&self, id: &str, left: &str, right: &str) -> bool {
        let [left, right] = [left, right].map(|text| claims_of(text, self));
        let mut told = left.iter().filter(|c| c.attribute == id).flat_map(|a| right.iter().map(move |b| (a, b)));
        told.any(|(a, b)| {
            a.attribute == b.attribute && a.subject == b.subject && (a.value == b.value) == (a.polarity != b.polarity)
        })
    }

    /// How firmly the word between asterisks is told; none without asterisks.
    fn told(&self, marked: &str) -> Option<(Modality, Polarity)> {
        let before = marked.find('*')?;
        let text = marked.replace('*', "");
        let tokens = tokenize(&text, Span::new(0, text.len()));
        let at = tokens.iter().position(|token| token.span.start as usize >= before)?;
        let stance = stance(&tokens, at..at + 1, &self.modality);
        Some((stance.modality, stance.polarity))
    }
}

/// The claims of a text that is all prose.
pub fn claims_of(text: &str, rules: &Rules) -> Vec<Claim> {
    read(text, rules, |notes| extract(notes, rules).0)
}

/// The statements of a text that is all prose.
#[cfg(test)]
pub(crate) fn statements_of(text: &str, rules: &Rules) -> Vec<crate::claim::Statement> {
    read(text, rules, |notes| extract(notes, rules).1)
}

/// What `wanted` takes from a text that is all prose.
pub fn read<T>(text: &str, rules: &Rules, wanted: impl Fn(&Annotations) -> T) -> T {
    let document = Document { text: text.to_owned(), ..Document::default() };
    let reading = Reading::prose(&document, &Abbreviations::default());
    let normalise = normalise::Rules::built_in();
    let kit = Kit::new(rules, &normalise, Lexicon::embedded(), Gazetteer::builtin());
    wanted(&annotate(&reading, None, &kit))
}

/// Whether a claim has the value and the subject that the example names.
fn as_expected(claim: &Claim, example: &Example) -> bool {
    let wanted = example.named("value");
    let names = example.0.get("subject").and_then(|s| s.as_array()).cloned().unwrap_or_default();
    let told = |name: &toml::Value| claim.subject.iter().any(|e| Some(e.name.as_str()) == name.as_str());
    (wanted.is_empty() || wanted == claim.printed()) && names.iter().all(told)
}
