//! Contrasts: words of one set of which one outlet prints one and another the other, where no
//! attribute asks for them: north or south, approved or rejected, a lorry or a bus.
//!
//! Each such word is a claim with the words near it; two are compared only in like company, and
//! only where neither document prints the other's word of the set in that company.

use std::collections::BTreeMap;

use compact_str::{CompactString, format_compact};
use schemars::JsonSchema;
use serde::Deserialize;

use super::Rules;
use super::annotations::Annotations;
use super::claims::Place;
use super::likened::is_likened;
use super::subject::doer_before;
use crate::claim::{Claim, Entity, Kind, Polarity, Value};
use crate::reading::{Role, Sentence};
use crate::rules::{WordMap, Words};
use crate::text::stem::stem;

/// A table `[contrast.<id>]` of `rules/extract.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Contrast {
    /// What is told by its words.
    pub about: String,
    /// What a disagreement about it is.
    pub kind: Kind,
    /// True where the word behind it must be the same: before or after the break.
    #[serde(default)]
    pub behind: bool,
    /// True where a deed must be told in front of it: *scored* before the break, but no letter of the day before it.
    #[serde(default)]
    pub deed: bool,
    /// True where what follows tells what it is of: confirmed *that the works had been fined*.
    #[serde(default)]
    pub clause: bool,
    /// Stems of which the sentence must hold one: what is told of a part of the body is that it was hurt.
    #[serde(default)]
    pub needs: Words,
    /// The values, each with all its words.
    pub values: Vec<Vec<String>>,
    /// Pairs of sentences that are told apart by it.
    pub fires: Vec<[String; 2]>,
    /// Pairs that are not.
    pub silent: Vec<[String; 2]>,
}

/// The words of all contrasts by stem, with contrast and value.
pub type ContrastIndex = WordMap<Vec<(usize, usize)>>;

/// The index of a list of contrasts.
pub fn index(contrasts: &BTreeMap<String, Contrast>, lemma: impl Fn(&str) -> CompactString) -> ContrastIndex {
    let mut index = ContrastIndex::default();
    for (number, contrast) in contrasts.values().enumerate() {
        for (value, words) in contrast.values.iter().enumerate() {
            words.iter().for_each(|word| index.meaning_mut(&lemma(word)).push((number, value)));
        }
    }
    index
}

/// A claim for each contrast word of the body.
pub fn contrast_claims(notes: &Annotations, rules: &Rules) -> Vec<Claim> {
    let index = rules.contrasts();
    let contrasts: Vec<(&String, &Contrast)> = rules.contrast.iter().collect();
    let body = notes.reading.sentences.iter().filter(|s| s.role == Role::Body);
    let mut claims = Vec::new();
    for at in body.flat_map(|s| s.tokens.clone()) {
        if is_named(at, notes) {
            continue;
        }
        for (number, value) in index.get(notes.stem(at)).into_iter().flatten() {
            let Some(place) = Place::of(&(at..at + 1), notes) else { continue };
            let (id, contrast) = contrasts[*number];
            if !is_told(at, contrast, place.sentence, notes)
                || is_likened(at, place.sentence, notes, rules)
                || !is_form_of(&notes.reading.tokens[at].norm, &contrast.values[*value])
            {
                continue;
            }
            let term = CompactString::from(contrast.values[*value][0].as_str());
            let subject = match contrast.behind {
                true => thing_behind(at, contrast, place.sentence, notes).map(|thing| vec![thing]),
                false => Some(doer_before(&(at..at + 1), place.sentence, notes, rules)),
            };
            let Some(subject) = subject else { continue };
            let claim = Claim { subject, ..place.claim(notes, rules, contrast.kind, id, Value::Term(term)) };
            // Whoever has not confirmed it yet may do so tomorrow.
            claims.extend(Some(claim).filter(|claim| !contrast.clause || claim.polarity == Polarity::Affirmed));
        }
    }
    claims
}

/// Whether a word tells what its contrast is about: beside a word that it needs, and, where a clause follows what tells
/// it, not as a noun ("asked for confirmation").
fn is_told(at: usize, contrast: &Contrast, sentence: &Sentence, notes: &Annotations) -> bool {
    let needed = |at: usize| contrast.needs.contains(notes.stem(at));
    let noun = contrast.clause && notes.reading.tokens[at].norm.ends_with("tion");
    !noun && (contrast.needs.is_empty() || sentence.tokens.clone().any(needed))
}

/// What stands behind `at`: of two deeds both ("*ran* before *entering*"), of a deed and an hour, about which much is done,
/// both ("*left* before *3* a.m."), else the first content word. "She had been there before" tells no order of two things.
fn thing_behind(at: usize, contrast: &Contrast, sentence: &Sentence, notes: &Annotations) -> Option<Entity> {
    // "Right in front of it" tells no side.
    let led = notes.reading.tokens.get(at + 1).is_some_and(|t| notes.kit.rules.location.prepositions.contains(&t.norm));
    let next = (at + 1..sentence.tokens.end).find(|at| notes.is_content(*at)).filter(|_| !led)?;
    let first = deed_before(at, sentence, notes);
    match is_deed(at, next, notes) || contrast.deed && is_time(next, notes) {
        true => Some(deeds(first?, next, notes)),
        false => (first.is_some() || !contrast.deed).then(|| notes.thing(next)),
    }
}

/// Whether the word that ends what stands behind `at` is done by somebody.
fn is_deed(at: usize, next: usize, notes: &Annotations) -> bool {
    let pronoun = |at: usize| notes.kit.rules.anchor.before_verb.contains(&notes.reading.tokens[at].norm);
    notes.is_verb(next) || notes.reading.tokens[next].norm.ends_with("ing") || (at + 1..next).any(pronoun)
}

/// Whether a word is part of a day or an hour.
fn is_time(at: usize, notes: &Annotations) -> bool {
    notes.whens.iter().any(|when| when.tokens.contains(&at))
}

/// The last deed told in front of a word; "the *freed* sailors" tells none, nor does the name "Joint *Base*".
fn deed_before(at: usize, sentence: &Sentence, notes: &Annotations) -> Option<usize> {
    let definite = |at: usize| notes.kit.rules.subject.definite_words.contains(&notes.reading.tokens[at].norm);
    let named = |at: usize| at > sentence.tokens.start && is_named(at, notes);
    let told = |at: &usize| !at.checked_sub(1).is_some_and(definite) && !named(*at);
    (sentence.tokens.start..at).rev().find(|at| notes.is_content(*at) && notes.is_verb(*at) && told(at))
}

/// The two deeds that a word of order stands between: "*hanged* himself hours before he was *arrested*".
/// They are one word: the words of a name may be turned round, and these may not.
fn deeds(first: usize, next: usize, notes: &Annotations) -> Entity {
    Entity { name: format_compact!("{}/{}", notes.stem(first), notes.stem(next)), ..notes.thing(next) }
}

/// "Leaving" is no form of the "left" that stands against "right".
fn is_form_of(word: &str, words: &[String]) -> bool {
    words.iter().any(|listed| listed == word || stem(listed) == stem(word))
}

/// North Korea tells no direction.
fn is_named(at: usize, notes: &Annotations) -> bool {
    notes.reading.tokens[at].is_capitalised() || notes.names.at(at..at + 1).next().is_some()
}
