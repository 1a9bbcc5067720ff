//! Offices by all their words: "jury president Hanna Berg", "Nils Holm, the board's director of
//! education", "the inquiry is led by Clara Lind".
//!
//! Who is "director" of something may be one of many; the director of education of a story is one.
//! An office is known by its noun and by what qualifies it. Whoever leads, heads or presides over
//! a body holds the office of its head, whatever verb an outlet prefers.

use std::ops::Range;

use compact_str::CompactString;
use schemars::JsonSchema;
use serde::Deserialize;

use super::Rules;
use super::annotations::{Annotations, within};
use super::claims::Place;
use super::names::{MentionBy, NameMention};
use crate::claim::{Claim, EntityKind, Kind, Value};
use crate::lexicon::Part;
use crate::reading::Sentence;
use crate::rules::Words;
use crate::text::TokenKind;

/// The words offices are found by: `[office]` in `rules/extract.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OfficeRules {
    /// What the rule does.
    pub about: String,
    /// Sentences that tell who holds an office.
    pub fires: Vec<String>,
    /// Sentences that do not.
    pub silent: Vec<String>,
    /// Nouns for offices of which a body has one: `president`, `director`.
    pub nouns: Words,
    /// Of these, the nouns that the head of a body goes by: all are one.
    pub heads: Words,
    /// Verbs of heading a body, in all forms: `led`, `heading`, `presided`.
    pub verbs: Words,
    /// Words between such a verb and the body: `over`, `by`, `the`.
    pub small: Words,
    /// Bodies of which a story has several, so that nothing is said by them: `party`, `team`.
    pub several: Words,
    /// Words that make an office one of another time or one of several: `former`, `deputy`.
    pub other: Words,
    /// Most tokens that qualify an office.
    pub reach: usize,
}

/// A claim for each office of each person named in the body.
pub fn office_claims(notes: &Annotations, rules: &Rules) -> Vec<Claim> {
    let named = notes
        .names
        .mentions
        .iter()
        .filter(|m| notes.names.entities[m.entity].kind == EntityKind::Person && m.by <= MentionBy::Short);
    named.filter_map(|mention| claim(mention, notes, rules)).collect()
}

fn claim(mention: &NameMention, notes: &Annotations, rules: &Rules) -> Option<Claim> {
    let place = Place::of(&mention.tokens, notes)?;
    let reader = Reader { sentence: place.sentence, notes, rules };
    let ways = [reader.in_front(&mention.tokens), reader.behind(&mention.tokens), reader.heading(&mention.tokens)];
    let context = ways.into_iter().flatten().next()?;
    let value = Value::Name(notes.names.entities[mention.entity].clone());
    Some(Claim { context, ..place.claim(notes, rules, Kind::Person, "office", value) })
}

struct Reader<'a, 'r, 'd> {
    sentence: &'a Sentence,
    notes: &'a Annotations<'r, 'd>,
    rules: &'a Rules,
}

impl Reader<'_, '_, '_> {
    /// "Jury president Hanna Berg": the words in small letters right before the name.
    fn in_front(&self, name: &Range<usize>) -> Option<Vec<CompactString>> {
        let noun = name.start.checked_sub(1).filter(|at| self.is_office(*at))?;
        let from = noun.saturating_sub(self.rules.office.reach).max(self.sentence.tokens.start);
        let first = (from..noun).rev().take_while(|at| self.is_content(*at) && self.goes_with(*at, noun)).last()?;
        self.known(noun, (first..noun).collect())
    }

    /// "Nils Holm, the board's director of education": an apposition behind the name.
    fn behind(&self, name: &Range<usize>) -> Option<Vec<CompactString>> {
        let comma = name.end;
        let limit = self.sentence.tokens.end.min(comma + 1 + 2 * self.rules.office.reach);
        let determined = self
            .notes
            .token_in(self.sentence, comma + 1)
            .is_some_and(|t| !matches!(t.norm.as_str(), "a" | "an" | "one" | "who" | "and" | "or" | "but"));
        if !self.notes.token_in(self.sentence, comma)?.is(",") || !determined {
            return None;
        }
        let end = (comma + 1..limit).find(|at| self.notes.reading.tokens[*at].kind == TokenKind::Mark).unwrap_or(limit);
        if self.is_listed(name, end) {
            return None;
        }
        // "Clara Lind, the sister of chairman Nils Holm" is no chairman.
        let open = (comma + 1..end).take_while(|at| !self.notes.reading.tokens[*at].is("of"));
        let noun = open.into_iter().find(|at| self.is_office(*at))?;
        let first = (comma + 1..noun).rev().take_while(|at| self.is_content(*at)).last().unwrap_or(noun);
        let of = self.notes.token_in(self.sentence, noun + 1).is_some_and(|t| t.is("of"));
        let tail = if of { noun + 2..end } else { noun..noun };
        let stop = tail.clone().find(|at| !self.is_content(*at) && !self.notes.reading.tokens[*at].is("the"));
        let words: Vec<usize> = (first..noun).chain(tail.start..stop.unwrap_or(tail.end)).collect();
        self.known(noun, words)
    }

    /// "The interior secretary, Nils Holm, the energy secretary, Clara Lind": the office behind a name is the next one's.
    fn is_listed(&self, name: &Range<usize>, end: usize) -> bool {
        let tokens = &self.notes.reading.tokens;
        let office = |comma: usize| tokens[comma].is(",") && comma > 0 && self.is_office(comma - 1);
        let before = name.start.checked_sub(1).is_some_and(office);
        let next = self.notes.names.mentions.iter().any(|mention| mention.tokens.start == end + 1);
        before && end < self.sentence.tokens.end && office(end) && next
    }

    /// "The jury, presided over by Hanna Berg", "Hanna Berg is heading the inquiry".
    fn heading(&self, name: &Range<usize>) -> Option<Vec<CompactString>> {
        let before = (self.sentence.tokens.start..name.start).rev().take(self.rules.office.reach);
        let led = before.take_while(|at| self.is_link(*at)).find(|at| self.is_verb(*at));
        let by = led.is_some_and(|verb| (verb..name.start).any(|at| self.notes.reading.tokens[at].is("by")));
        if let Some(verb) = led.filter(|_| by) {
            let body = (self.sentence.tokens.start..verb).rev().take(self.rules.office.reach);
            let mut body = body.skip_while(|at| !self.is_content(*at) || self.is_verb(*at));
            return self.head_of(body.next()?);
        }
        // "Named by Clara Lind to lead the inquiry": another leads it.
        if self.notes.token_in(self.sentence, name.end).is_some_and(|t| t.is("to")) {
            return None;
        }
        let after = name.end..(name.end + self.rules.office.reach).min(self.sentence.tokens.end);
        let verb = after.take_while(|at| self.is_link(*at)).find(|at| self.is_verb(*at))?;
        let behind = verb + 1..(verb + self.rules.office.reach).min(self.sentence.tokens.end);
        let mut body = behind.skip_while(|at| self.rules.office.small.contains(&self.notes.reading.tokens[*at].norm));
        let first = body.next().filter(|at| self.is_content(*at))?;
        let last = body.take_while(|at| self.is_content(*at)).last().unwrap_or(first);
        self.head_of(last)
    }

    /// Whoever heads a body holds the office of its head.
    fn head_of(&self, body: usize) -> Option<Vec<CompactString>> {
        let token = &self.notes.reading.tokens[body];
        let telling = !self.rules.office.several.contains(&token.norm) && !token.is_capitalised();
        telling.then(|| vec![HEAD.into(), token.norm.clone()])
    }

    /// A noun, in the letters of the office: "tweeted President Lind" tells nothing of tweets.
    fn goes_with(&self, at: usize, noun: usize) -> bool {
        let tokens = &self.notes.reading.tokens;
        let opens = noun == self.sentence.tokens.start || at == self.sentence.tokens.start;
        let part = self.notes.kit.lexicon.part(&tokens[at].norm);
        (opens || tokens[at].is_capitalised() == tokens[noun].is_capitalised() || self.is_name(at))
            && part.is_none_or(|part| part == Part::Noun)
    }

    fn is_name(&self, at: usize) -> bool {
        self.notes.names.at(at..at + 1).next().is_some()
    }

    /// The office of a noun with the words that qualify it; none where these say too little.
    fn known(&self, noun: usize, words: Vec<usize>) -> Option<Vec<CompactString>> {
        let tokens = &self.notes.reading.tokens;
        let listed = |set: &Words| words.iter().any(|at| set.contains(&tokens[*at].norm));
        let mut known: Vec<CompactString> = words.iter().map(|at| tokens[*at].norm.clone()).collect();
        let telling = !words.is_empty() && !listed(&self.rules.office.several) && !listed(&self.rules.office.other);
        let dated = noun.checked_sub(1).is_some_and(|at| self.rules.office.other.contains(&tokens[at].norm));
        let head = self.rules.office.heads.contains(&tokens[noun].norm);
        known.sort_unstable();
        known.insert(0, if head { HEAD.into() } else { tokens[noun].norm.clone() });
        (telling && !dated).then_some(known)
    }

    fn is_office(&self, at: usize) -> bool {
        let token = &self.notes.reading.tokens[at];
        self.rules.office.nouns.contains(&token.norm) || self.rules.office.heads.contains(&token.norm)
    }

    fn is_verb(&self, at: usize) -> bool {
        self.rules.office.verbs.contains(&self.notes.reading.tokens[at].norm)
    }

    /// Words that may stand between a person and the verb of heading: small words and the person's own descriptions.
    fn is_link(&self, at: usize) -> bool {
        let token = &self.notes.reading.tokens[at];
        let small = self.rules.office.small.contains(&token.norm) || self.is_verb(at);
        let described = !within(&self.notes.names.mentions, &(at..at + 1)).is_empty() || self.is_office(at);
        small || described
    }

    fn is_content(&self, at: usize) -> bool {
        let token = &self.notes.reading.tokens[at];
        let small = self.rules.office.small.contains(&token.norm);
        self.notes.is_content(at) && !small && !self.is_people(at)
    }

    /// "Spanish" says where somebody is from.
    fn is_people(&self, at: usize) -> bool {
        let mut named = self.notes.names.at(at..at + 1);
        named.any(|m| self.notes.names.entities[m.entity].kind == EntityKind::Demonym)
    }
}

/// What all nouns for the head of a body are known by.
const HEAD: &str = "head";

#[cfg(test)]
mod tests {
    use crate::claim::{Claim, Value};
    use crate::extract::examples::claims_of;

    #[test]
    fn reads_offices() {
        let rules = &crate::rules::RuleBook::load(None).unwrap().extract;
        for (text, expected) in [
            ("The prize was praised by jury president Clara Lind.", "Clara Lind: head jury"),
            ("The jury, presided over by Nils Holm, met.", "Nils Holm: head jury"),
            ("Nils Holm is heading the inquiry.", "Nils Holm: head inquiry"),
            ("Holm was named by Clara Lind to lead the inquiry.", ""),
            ("They met the harbour secretary, Nils Holm, the fisheries secretary, Clara Lind, and the press.", ""),
            ("The inquiry will be led by Nils Holm.", "Nils Holm: head inquiry"),
            ("Nils Holm, the board's director of education, spoke.", "Nils Holm: head education"),
            ("Nils Holm, the former director of education, spoke.", ""),
            ("Nils Holm, a director of the bank, spoke.", ""),
            ("Nils Holm, the party leader, spoke.", ""),
            ("Clara Lind, the sister of chairman Nils Holm, spoke.", ""),
        ] {
            let claims = claims_of(text, rules).into_iter().filter(|c| c.attribute == "office");
            let shown = |c: Claim| match &c.value {
                Value::Name(e) => format!("{}: {}", e.name, c.context.join(" ")),
                _ => String::new(),
            };
            assert_eq!(claims.map(shown).collect::<Vec<_>>().join("; "), expected, "{text}");
        }
    }
}
