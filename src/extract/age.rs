//! How old somebody is, and who: "Lind, 43,", "a man of 68", "he was 45", "the driver, aged 54".
//!
//! An age is nobody's until the words around say whose: a name or a noun for a person in front of
//! a comma, before a form of "be", behind a hyphenated age. Which nouns name persons is asked of
//! the lexicon, so that no list of callings is kept.

use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;

use super::Rules;
use super::annotations::{Annotations, within};
use super::claims::Place;
use super::quantity::{AGE, QuantityMention};
use crate::claim::{Bound, Claim, Entity, EntityKind, Kind, Quantity, Value};
use crate::reading::Sentence;
use crate::rules::Words;
use crate::text::TokenKind;

/// The words ages are found by: `[age]` in `rules/extract.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AgeRules {
    /// What the rule does.
    pub about: String,
    /// Sentences that tell an age.
    pub fires: Vec<String>,
    /// Sentences that tell none.
    pub silent: Vec<String>,
    /// Words between a person and the number: `aged`, `at the age of`.
    pub lead: Words,
    /// Verbs between a person and the number: `is`, `turned`.
    pub verbs: Words,
    /// Words that may follow a number that nothing else marks as an age: "he is 43 and lives…".
    pub closing: Words,
    /// Nouns whose number behind "of" counts children.
    pub parents: Words,
    /// Nouns for persons that the lexicon files elsewhere.
    pub persons: Words,
    /// Most tokens between a person and the number.
    pub reach: usize,
    /// Words in front of a clause that tells of another time: `until he turns 18`.
    pub elsewhen: Words,
    /// Least and greatest age that nothing but its place marks as one.
    pub years: (f64, f64),
}

/// A claim for each age in the body.
pub fn age_claims(notes: &Annotations, rules: &Rules) -> Vec<Claim> {
    let aged = notes.quantities.iter().filter_map(|mention| {
        let place = Place::of(&mention.tokens, notes)?;
        let subject = Finder { mention, sentence: place.sentence, notes, rules }.bearers()?;
        let value = Quantity { unit: AGE.into(), ..mention.value.clone() };
        Some(Claim { subject, ..place.claim(notes, rules, Kind::Number, "age", Value::Quantity(value)) })
    });
    aged.collect()
}

struct Finder<'a, 'r, 'd> {
    mention: &'a QuantityMention,
    sentence: &'a Sentence,
    notes: &'a Annotations<'r, 'd>,
    rules: &'a Rules,
}

impl Finder<'_, '_, '_> {
    /// Whose age the number is, as far as told; nothing when it is no age.
    fn bearers(&self) -> Option<Vec<Entity>> {
        let marked = self.mention.value.unit == AGE;
        let tokens = self.notes.reading.tokens_of(self.sentence);
        if tokens.iter().any(|t| self.rules.binding.comparing.contains(&t.norm)) {
            return None;
        }
        if !marked && !self.may_be_age() {
            return None;
        }
        if self.is_elsewhen() {
            return None;
        }
        let start = self.start();
        let led = start < self.mention.tokens.start;
        let found = self.in_front(start, marked || led);
        if !marked && !led {
            return Some(found).filter(|found| !found.is_empty());
        }
        let mut all = found;
        all.extend(self.name_behind());
        all.extend(self.noun_behind());
        if all.is_empty() && led {
            all.extend(self.nearest(self.sentence.tokens.start..start));
        }
        Some(all)
    }

    /// A bare number that is neither bounded nor counts anything, as a person's age is written.
    fn may_be_age(&self) -> bool {
        let value = &self.mention.value;
        let (least, most) = self.rules.age.years;
        let bare = value.unit.is_empty() && value.counted.is_empty() && !self.mention.ordinal;
        let whole = value.low == value.high && value.low.fract() == 0.0 && value.bound == Bound::Exact;
        bare && whole && (least..=most).contains(&value.low) && self.mention.tokens.len() == 1
    }

    /// Where the number begins with the words that lead to it: "at the age of 83".
    fn start(&self) -> usize {
        let first = self.mention.tokens.start;
        let tokens = &self.notes.reading.tokens;
        let lead =
            (self.sentence.tokens.start..first).rev().take_while(|at| self.rules.age.lead.contains(&tokens[*at].norm));
        let start = lead.last().unwrap_or(first);
        let aged = tokens[start..first].iter().any(|t| t.norm.starts_with("age"));
        if aged { start } else { first }
    }

    /// The person in front of the number that begins at `start`; a number that nothing marks
    /// must stand alone between its commas or close its clause.
    fn in_front(&self, start: usize, marked: bool) -> Vec<Entity> {
        let Some(before) = start.checked_sub(1).filter(|at| *at > self.sentence.tokens.start) else {
            return Vec::new();
        };
        let article = self.notes.token_in(self.sentence, before).is_some_and(|t| matches!(t.norm.as_str(), "a" | "an"));
        let before = if article && before > self.sentence.tokens.start + 1 { before - 1 } else { before };
        let Some(token) = self.notes.token_in(self.sentence, before) else { return Vec::new() };
        let closed =
            self.notes.token_in(self.sentence, self.mention.tokens.end).is_none_or(|t| t.kind == TokenKind::Mark);
        let reach = before.saturating_sub(self.rules.age.reach).max(self.sentence.tokens.start)..before;
        match token.norm.as_str() {
            "," | "(" if marked || closed => self.nearest(reach),
            "of" if !article => self.person_of(before),
            word if self.rules.age.verbs.contains(word) && (marked || closed || self.is_closing()) => {
                self.subject(before, marked)
            }
            _ => Vec::new(),
        }
    }

    /// "Until he turns 18", "when she was nine": the age of another time than that which is told of.
    fn is_elsewhen(&self) -> bool {
        const REACH: usize = 4;
        let tokens = &self.notes.reading.tokens;
        let near = self.mention.tokens.start.saturating_sub(REACH).max(self.sentence.tokens.start);
        let front = near..self.mention.tokens.start;
        let verb = front.clone().rev().find(|at| self.rules.age.verbs.contains(&tokens[*at].norm));
        verb.is_some_and(|verb| (front.start..verb).any(|at| self.rules.age.elsewhen.contains(&tokens[at].norm)))
    }

    fn is_closing(&self) -> bool {
        self.notes
            .token_in(self.sentence, self.mention.tokens.end)
            .is_some_and(|t| self.rules.age.closing.contains(&t.norm))
    }

    /// "A man of 68": the noun before "of".
    fn person_of(&self, of: usize) -> Vec<Entity> {
        let noun = of.checked_sub(1).filter(|at| *at >= self.sentence.tokens.start && self.is_person_noun(*at));
        let noun = noun.filter(|at| !self.rules.age.parents.contains(&self.notes.reading.tokens[*at].norm));
        noun.map(|at| self.notes.thing(at)).into_iter().collect()
    }

    /// "Ingrid Berg, *who* is 43,": as if the verb stood where the comma does.
    fn before_who(&self, verb: usize) -> usize {
        let is = |back: usize, word: &str| {
            let at = verb.checked_sub(back).filter(|at| *at > self.sentence.tokens.start);
            at.is_some_and(|at| self.notes.reading.tokens[at].is(word))
        };
        if is(1, "who") && is(2, ",") { verb - 2 } else { verb }
    }

    /// "The driver, Ingrid Berg, is 43": the comma behind a name between two.
    fn before_comma(&self, verb: usize) -> usize {
        let comma = verb.checked_sub(1).filter(|at| *at > self.sentence.tokens.start);
        let closed = comma.filter(|at| self.notes.reading.tokens[*at].is(","));
        closed.filter(|at| !self.named(at - 1..*at).is_empty()).unwrap_or(verb)
    }

    /// The person right before a verb; a noun only where the number is marked as an age.
    fn subject(&self, verb: usize, marked: bool) -> Vec<Entity> {
        let verb = self.before_comma(self.before_who(verb));
        let named = self.named(verb - 1..verb);
        match named.is_empty() && marked && self.is_person_noun(verb - 1) {
            true => vec![self.notes.thing(verb - 1)],
            false => named,
        }
    }

    /// "The 54-year-old Nils Holm": the person named right behind the number.
    fn name_behind(&self) -> Option<Entity> {
        let from = self.mention.tokens.end;
        let behind = within(&self.notes.names.mentions, &(from..self.sentence.tokens.end));
        let named = behind.first().filter(|m| m.tokens.start == from && self.is_person(m.entity))?;
        Some(self.notes.names.entities[named.entity].clone())
    }

    /// "A 34-year-old lorry driver": the noun behind the number, with who is known by it.
    fn noun_behind(&self) -> Vec<Entity> {
        let from = self.mention.tokens.end;
        let behind = from..(from + self.rules.age.reach).min(self.sentence.tokens.end);
        let mut phrase = behind.take_while(|at| self.notes.is_content(*at));
        let Some(at) = phrase.find(|at| self.is_person_noun(*at)) else { return Vec::new() };
        let mut found = self.named(at..at + 1);
        found.push(self.notes.thing(at));
        found
    }

    /// The last person named in a range, else the last noun for a person.
    fn nearest(&self, range: Range<usize>) -> Vec<Entity> {
        let mentions = within(&self.notes.names.mentions, &range);
        let named = mentions.iter().rev().find(|m| m.tokens.end <= range.end && self.is_person(m.entity));
        let noun = range.rev().find(|at| self.is_person_noun(*at));
        match (named, noun) {
            (Some(name), noun)
                if noun.is_none_or(|at| at < name.tokens.end || self.is_apposed(name.tokens.end, at)) =>
            {
                vec![self.notes.names.entities[name.entity].clone()]
            }
            (_, Some(noun)) => vec![self.notes.thing(noun)],
            _ => Vec::new(),
        }
    }

    /// "Ingrid Berg, a mother of twins": the noun is hers.
    fn is_apposed(&self, name_end: usize, noun: usize) -> bool {
        let comma = self.notes.token_in(self.sentence, name_end).is_some_and(|t| t.is(","));
        comma && !self.notes.reading.tokens[name_end + 1..noun].iter().any(|t| t.is(","))
    }

    /// The persons that a range of tokens names or stands for.
    fn named(&self, range: Range<usize>) -> Vec<Entity> {
        let start = range.start.saturating_sub(self.rules.age.reach)..range.end;
        let mentions = within(&self.notes.names.mentions, &start).iter();
        let ending = mentions.filter(|m| m.tokens.end == range.end && self.is_person(m.entity));
        ending.map(|m| self.notes.names.entities[m.entity].clone()).take(1).collect()
    }

    fn is_person(&self, entity: usize) -> bool {
        self.notes.names.entities[entity].kind == EntityKind::Person
    }

    /// A noun for a person, by the lexicon.
    fn is_person_noun(&self, at: usize) -> bool {
        let token = &self.notes.reading.tokens[at];
        let word = token.kind == TokenKind::Word && !token.is_capitalised();
        word && (self.rules.age.persons.contains(&token.norm)
            || self.notes.kit.lexicon.topic(&token.norm) == Some("person"))
    }
}

#[cfg(test)]
mod tests {
    use crate::extract::Rules;
    use crate::extract::examples::claims_of;

    #[test]
    fn tells_whose_age_it_is() {
        let rules = &crate::rules::RuleBook::load(None).unwrap().extract;
        for (text, expected) in [
            ("Clara Lind, 43, won the vote.", "43 Clara Lind"),
            ("Clara Lind won. She was 43.", "43 Clara Lind"),
            ("The driver, aged 54, died at the scene.", "54 driver"),
            ("A man of 72 was killed by a tree.", "72 man"),
            ("The victim was a 34-year-old lorry driver.", "34 victim driver"),
            ("The 27-year-old was riding a bicycle.", "27"),
            ("Clara Lind died at the age of 83.", "83 Clara Lind"),
            ("Clara Lind, a mother of twins aged 41, thanked them.", "41 Clara Lind"),
            ("Clara Lind turned 60 on Saturday.", "60 Clara Lind"),
            ("The captain, 54-year-old Nils Holm, gave the order.", "54 captain Nils Holm"),
            ("The 54-year-old Nils Holm gave the order.", "54 Nils Holm"),
            ("The captain, Nils Holm, is 54 and lives in Bergen.", "54 Nils Holm"),
            ("A father of three spoke of 43 votes.", ""),
            ("The score was 43.", ""),
        ] {
            let told = |rules: &Rules| {
                let claims = claims_of(text, rules).into_iter().filter(|c| c.attribute == "age");
                let one = |c: crate::claim::Claim| {
                    let crate::claim::Value::Quantity(q) = &c.value else { return String::new() };
                    let names: String = c.subject.iter().map(|e| format!(" {}", e.name)).collect();
                    format!("{}{names}", q.low)
                };
                claims.map(one).collect::<Vec<_>>().join("; ")
            };
            assert_eq!(told(rules), expected, "{text}");
        }
    }
}
