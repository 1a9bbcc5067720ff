//! Tries the examples that attributes carry.

use super::annotations::annotate;
use super::kit::Kit;
use super::{Rules, extract};
use crate::claim::Claim;
use crate::document::Document;
use crate::normalise;
use crate::normalise::place::Gazetteer;
use crate::reading::Reading;
use crate::rules::{Example, Exemplified, Rule};
use crate::text::Abbreviations;

impl Exemplified for Rules {
    fn fires(&self, rule: &Rule, example: &Example) -> Option<bool> {
        if let Some(id) = rule.path.strip_prefix("contrast.") {
            let (left, right) = example.pair();
            return Some(self.sets_apart(id, left, right));
        }
        let id = rule.path.strip_prefix("attribute.")?;
        let text = if example.text().is_empty() { example.named("text") } else { example.text() };
        let claims = claims_of(text, self);
        let mut told = claims.iter().filter(|c| c.attribute == id);
        Some(told.any(|claim| as_expected(claim, example)))
    }

    fn mistakes(&self) -> Vec<(String, String)> {
        let silent =
            |a: &super::Attribute| !a.persons && a.nouns.is_empty() && a.verbs.is_empty() && a.terms.is_empty();
        let mute = self.attribute.iter().filter(|(_, a)| silent(a));
        mute.map(|(id, _)| (format!("attribute.{id}"), "give it nouns, verbs or terms: nothing names it".into()))
            .collect()
    }
}

impl Rules {
    /// Whether a contrast gives two texts different values in words that both have near.
    fn sets_apart(&self, id: &str, left: &str, right: &str) -> bool {
        let (left, right) = (claims_of(left, self), claims_of(right, self));
        let mine = |claims: &[Claim]| claims.iter().filter(|c| c.attribute == id).cloned().collect::<Vec<_>>();
        let company = |a: &Claim, b: &Claim| a.context.iter().filter(|word| b.context.contains(word)).count();
        mine(&left).iter().any(|a| mine(&right).iter().any(|b| a.value != b.value && company(a, b) > 1))
    }
}

/// The claims of a text that is all prose.
pub fn claims_of(text: &str, rules: &Rules) -> Vec<Claim> {
    let document = Document { text: text.to_owned(), ..Document::default() };
    let reading = Reading::prose(&document, &Abbreviations::default());
    let normalise = normalise::Rules::built_in();
    let kit = Kit::new(rules, &normalise, Gazetteer::builtin());
    extract(&annotate(&reading, None, &kit), rules).0
}

/// Whether a claim has the value and the subject that the example names.
fn as_expected(claim: &Claim, example: &Example) -> bool {
    let at = |byte: u32| (byte - claim.span.start) as usize;
    let value = &claim.text[at(claim.value_span.start)..at(claim.value_span.end)];
    let wanted = example.named("value");
    let names = example.0.get("subject").and_then(|s| s.as_array()).cloned().unwrap_or_default();
    let told = |name: &toml::Value| claim.subject.iter().any(|e| Some(e.name.as_str()) == name.as_str());
    (wanted.is_empty() || wanted == value) && names.iter().all(told)
}
