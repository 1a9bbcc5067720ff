//! What a figure measures: the ovation of "a 17-minute ovation", the deficit of "a deficit of
//! $3.4 million", the talks of "the talks took seven months".
//!
//! No attribute has to ask for a figure to make it comparable. Where a figure stands tells what it
//! measures: the noun a compound describes, the noun before "of", the noun behind "in" or "of",
//! the verb in front and, where that verb is light, its subject. Two outlets that name the
//! thing by one word or by synonyms speak of one slot, whatever else stands around.

use std::ops::Range;

use compact_str::CompactString;
use schemars::JsonSchema;
use serde::Deserialize;

use super::Rules;
use super::annotations::{Annotations, within};
use super::claims::{Place, is_of_report};
use super::quantity::{AGE, ORDINAL};
use super::subject::doer_before;
use crate::claim::{Claim, Entity, EntityKind, Kind, Quantity, Value};

use crate::lexicon::Part;
use crate::reading::Sentence;
use crate::rules::Words;
use crate::text::TokenKind;

/// The words by which a figure finds what it measures: `[measured]` in `rules/extract.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MeasuredRules {
    /// What the rule does.
    pub about: String,
    /// Sentences in which a figure measures something told.
    pub fires: Vec<String>,
    /// Sentences in which none does.
    pub silent: Vec<String>,
    /// Verbs that say nothing of what is measured: `took`, `lasted`, `amounted`.
    pub light: Words,
    /// Words that begin a clause about the noun before: `that`, `which`.
    pub relative: Words,
    /// Words right in front of a time that open no clause: `before`, `after`.
    pub bounding: Words,
    /// Words in front of a length of time that tell how often: `every`, `each`.
    pub frequencies: Words,
    /// Words behind a figure that name what it measures: `in`, `of`.
    pub behind: Words,
    /// Verbs whose length of time is that of what follows: `took`…
    pub taking: Words,
    /// …behind one of these: "it took three hours *to* put out the fire".
    pub taken_to: Words,
    /// Nouns whose ordinals tell which one: `minute`, `floor`, `edition`.
    pub ordered: Words,
    /// Words between those and the noun.
    pub determiners: Words,
    /// Words in front of where somebody is brought: `to`, `into`.
    pub destinations: Words,
    /// Most tokens from a figure to what it measures.
    pub reach: usize,
    /// Most words kept that name it.
    pub heads: usize,
}

/// A claim for each figure of the body that something told is measured by. Its subject are the
/// words that name what is measured, the surest first, and behind them the person who does it.
pub fn measured_claims(notes: &Annotations, rules: &Rules) -> Vec<Claim> {
    let figures = notes.quantities.iter().filter(|q| q.value.unit != AGE && q.fraction_of.is_none());
    let figures = figures.filter(|q| !q.ordinal || rules.measured.ordered.contains(&q.value.counted));
    let claims = figures.filter_map(|mention| {
        let place = Place::of(&mention.tokens, notes)?;
        let finder = Finder { tokens: &mention.tokens, sentence: place.sentence, notes, rules };
        let heads = if mention.ordinal { finder.beside() } else { finder.heads(&mention.value) };
        let subject = finder.known_by(heads).filter(|_| !finder.is_frequency())?;
        let unit = if mention.ordinal { ORDINAL.into() } else { mention.value.unit.clone() };
        let value = Value::Quantity(Quantity { unit, ..mention.value.clone() });
        Some(Claim { subject, ..place.claim(notes, rules, mention.kind, "measured", value) })
    });
    claims.collect()
}

/// A claim for each building or site of the body at which something told happens, known by the
/// verb in front and what goes with it.
pub fn located_claims(notes: &Annotations, rules: &Rules) -> Vec<Claim> {
    let sites = notes.locations.iter().filter(|l| !l.value.class.is_empty() && is_preposition(&l.preposition, rules));
    let claims = sites.filter_map(|mention| {
        let place = Place::of(&mention.tokens, notes)?;
        let phrase = before_preposition(&mention.tokens, place.sentence, notes, rules)?;
        let finder = Finder { tokens: &phrase, sentence: place.sentence, notes, rules };
        let mut heads = finder.in_front();
        heads.sort_by_key(|at| !finder.notes.is_verb(*at));
        heads.truncate(rules.measured.heads);
        let subject = finder.known_by(heads)?;
        let value = Value::Location(mention.value.clone());
        Some(Claim { subject, ..place.claim(notes, rules, Kind::Venue, "located", value) })
    });
    claims.collect()
}

/// The words in front that name what a figure is told of, and the person who does it.
pub(super) fn heads_of(
    tokens: &Range<usize>,
    sentence: &Sentence,
    notes: &Annotations,
    rules: &Rules,
) -> Option<Vec<Entity>> {
    let finder = Finder { tokens, sentence, notes, rules };
    let mut heads = finder.in_front();
    heads.truncate(rules.measured.heads);
    finder.known_by(heads)
}

/// A site with its preposition and whatever describes it: "in the old fish market".
fn before_preposition(
    tokens: &Range<usize>,
    sentence: &Sentence,
    notes: &Annotations,
    rules: &Rules,
) -> Option<Range<usize>> {
    let is_place = |at: &usize| is_preposition(&notes.reading.tokens[*at].norm, rules);
    let start = (sentence.tokens.start..tokens.start).rev().find(is_place)?;
    Some(start..tokens.end)
}

fn is_preposition(word: &str, rules: &Rules) -> bool {
    rules.binding.place_prepositions.contains(word) || rules.measured.destinations.contains(word)
}

/// A claim for each day or time of day of the body, known by the verb or noun beside it.
pub fn dated_claims(notes: &Annotations, rules: &Rules) -> Vec<Claim> {
    let claims = notes.whens.iter().enumerate().filter_map(|(index, mention)| {
        let place = Place::of(&mention.tokens, notes)?;
        if is_of_report(mention, place.sentence, notes, rules) {
            return None;
        }
        let bounded = bounded(&mention.tokens, place.sentence, notes, rules);
        let finder = Finder { tokens: &bounded, sentence: place.sentence, notes, rules };
        let mut heads = finder.in_front();
        if heads.is_empty() {
            heads = finder.after();
        }
        heads.truncate(rules.measured.heads);
        let subject = finder.known_by(heads)?;
        let value = place.resolved(index, notes);
        let kind = if value.clock.is_some() || value.part.is_some() { Kind::Time } else { Kind::Date };
        Some(Claim { subject, ..place.claim(notes, rules, kind, "dated", Value::When(value)) })
    });
    claims.collect()
}

/// A time with the word in front that bounds it: "conceded shortly *before midnight*".
fn bounded(tokens: &Range<usize>, sentence: &Sentence, notes: &Annotations, rules: &Rules) -> Range<usize> {
    let bounds = |at: &usize| rules.measured.bounding.contains(&notes.reading.tokens[*at].norm);
    let before = tokens.start.checked_sub(1).filter(|at| sentence.tokens.contains(at) && bounds(at));
    before.unwrap_or(tokens.start)..tokens.end
}

struct Finder<'a, 'r, 'd> {
    tokens: &'a Range<usize>,
    sentence: &'a Sentence,
    notes: &'a Annotations<'r, 'd>,
    rules: &'a Rules,
}

impl Finder<'_, '_, '_> {
    /// The words at some places, and the person who does it; nothing without words.
    fn known_by(&self, heads: Vec<usize>) -> Option<Vec<Entity>> {
        let doers = doer_before(self.tokens, self.sentence, self.notes, self.rules);
        let persons = doers.into_iter().filter(|e| e.kind == EntityKind::Person);
        (!heads.is_empty()).then(|| heads.into_iter().map(|at| self.notes.thing(at)).chain(persons).collect())
    }

    /// "One every ten minutes" lasts nowhere.
    fn is_frequency(&self) -> bool {
        let before = self.tokens.start.checked_sub(1).filter(|at| self.sentence.tokens.contains(at));
        before.is_some_and(|at| self.rules.measured.frequencies.contains(&self.word(at)))
    }

    /// The words that name what is measured, the surest first.
    fn heads(&self, value: &Quantity) -> Vec<usize> {
        let behind = if value.unit.is_empty() { None } else { self.behind() };
        let ways = [self.described(value.is_money()), self.of_noun(), behind];
        let mut found: Vec<usize> = ways.into_iter().flatten().collect();
        if found.is_empty() && self.is_taken() {
            found = self.after();
        }
        if found.is_empty() {
            found = self.in_front();
        }
        if found.is_empty() && value.unit.is_empty() {
            found = self.after().into_iter().filter(|at| self.word(*at) != value.counted).collect();
        }
        found.truncate(self.rules.measured.heads);
        found
    }

    /// "It took three hours to put out the fire": whoever it took, the fire tells what was measured.
    fn is_taken(&self) -> bool {
        let rules = &self.rules.measured;
        let first = self.tokens.start;
        let from = first.saturating_sub(rules.reach).max(self.sentence.tokens.start);
        let follows =
            self.notes.token_in(self.sentence, self.tokens.end).is_some_and(|t| rules.taken_to.contains(&t.norm));
        follows && (from..first).any(|at| rules.taking.contains(&self.word(at)))
    }

    /// The words in front of "the 117th minute", else those behind it and what it orders.
    fn beside(&self) -> Vec<usize> {
        let mut found = self.in_front();
        if found.is_empty() {
            found = self.after().into_iter().filter(|at| *at > self.tokens.end).collect();
        }
        found.truncate(self.rules.measured.heads);
        found
    }

    /// "A 17-minute ovation", "a $3 billion deal": the last noun of the run behind.
    fn described(&self, money: bool) -> Option<usize> {
        let end = self.tokens.end;
        let hyphenated = self.notes.reading.tokens[end - 1].norm.contains('-');
        let run = self.run(end);
        run.rev().find(|at| self.is_noun(*at)).filter(|_| hyphenated || money)
    }

    /// "A deficit of $3.4 million".
    fn of_noun(&self) -> Option<usize> {
        let first = self.tokens.start;
        let of = first.checked_sub(1).filter(|at| self.is(*at, "of"))?;
        of.checked_sub(1).filter(|at| self.sentence.tokens.contains(at) && self.is_content(*at))
    }

    /// "$60 million in lost sales", "41 percent of the stock".
    fn behind(&self) -> Option<usize> {
        let end = self.tokens.end;
        let link = self.notes.token_in(self.sentence, end).filter(|t| self.rules.measured.behind.contains(&t.norm));
        link?;
        let determined = self
            .notes
            .token_in(self.sentence, end + 1)
            .is_some_and(|t| self.rules.measured.determiners.contains(&t.norm));
        self.run(end + 1 + usize::from(determined)).rev().find(|at| self.is_noun(*at))
    }

    /// The nearest words in front that say something: a verb with its object or subject; for "a
    /// strike that lasted 24 days" what the clause is about.
    fn in_front(&self) -> Vec<usize> {
        let first = self.tokens.start;
        let from = first.saturating_sub(self.rules.measured.reach).max(self.sentence.tokens.start);
        let stop = (from..first).rev().find(|at| self.parts(*at));
        let own = self.telling(stop.map_or(from, |at| at + 1)..first);
        let relative = stop.filter(|at| own.is_empty() && self.rules.measured.relative.contains(&self.word(*at)));
        match relative {
            Some(at) => self.telling(self.antecedent(from, at)),
            None => own,
        }
    }

    /// The clause in front of a relative pronoun, which a comma may set off: "the ship, *which* is 19 metres long".
    fn antecedent(&self, from: usize, relative: usize) -> Range<usize> {
        let comma = relative > from && self.is(relative - 1, ",");
        let end = relative - usize::from(comma);
        (from..end).rev().find(|at| self.parts(*at)).map_or(from, |at| at + 1)..end
    }

    /// Where a clause ends.
    fn parts(&self, at: usize) -> bool {
        self.rules.distance.ends_clause(&self.notes.reading.tokens[at])
    }

    /// The words of a range that say what is told of, the last first.
    fn telling(&self, range: Range<usize>) -> Vec<usize> {
        let light = |at: usize| self.rules.measured.light.contains(&self.word(at));
        let told = |at: &usize| self.is_content(*at) && !self.is_dated(*at) && !self.is_named(*at) && !light(*at);
        range.rev().filter(told).collect()
    }

    fn word(&self, at: usize) -> CompactString {
        self.notes.reading.tokens[at].norm.clone()
    }

    /// "At 4.40 a.m. the alarm was switched off": what happened, verbs first.
    fn after(&self) -> Vec<usize> {
        let end = self.tokens.end;
        let limit = (end + self.rules.measured.reach).min(self.sentence.tokens.end);
        let tokens = &self.notes.reading.tokens;
        let clause = (end..limit).take_while(|at| tokens[*at].kind != TokenKind::Mark);
        let telling = |at: &usize| self.is_content(*at) && !self.is_dated(*at) && !self.is_named(*at);
        let mut found: Vec<usize> = clause.filter(telling).collect();
        found.sort_by_key(|at| !self.notes.is_verb(*at));
        found
    }

    /// The content words from `at` on, up to the first other token.
    fn run(&self, at: usize) -> Range<usize> {
        let limit = (at + self.rules.measured.reach).min(self.sentence.tokens.end);
        let end = (at..limit).find(|at| !self.is_content(*at) || self.is_dated(*at)).unwrap_or(limit);
        at..end.max(at)
    }

    fn is_dated(&self, at: usize) -> bool {
        !within(&self.notes.whens, &(at..at + 1)).is_empty()
    }

    fn is_named(&self, at: usize) -> bool {
        self.notes.names.at(at..at + 1).next().is_some()
    }

    fn is_noun(&self, at: usize) -> bool {
        let word = &self.notes.reading.tokens[at].norm;
        self.notes.kit.lexicon.part(word).is_none_or(|part| part == Part::Noun)
    }

    fn is_content(&self, at: usize) -> bool {
        let token = &self.notes.reading.tokens[at];
        self.notes.is_content(at) && !token.norm.ends_with("ly")
    }

    fn is(&self, at: usize, word: &str) -> bool {
        self.notes.token_in(self.sentence, at).is_some_and(|t| t.is(word))
    }
}

#[cfg(test)]
mod tests {
    use crate::claim::Claim;
    use crate::extract::examples::claims_of;

    #[test]
    fn finds_what_is_measured() {
        let rules = &crate::rules::RuleBook::load(None).unwrap().extract;
        for (text, expected) in [
            ("The film drew a 17-minute ovation.", "ovation"),
            ("They gave it a standing ovation of 11 minutes.", "ovation"),
            ("The board faces a deficit of $3.4 million.", "deficit"),
            ("The stoppage cost the firm $60 million in lost sales.", "sales"),
            ("The negotiations took seven months.", "negotiations"),
            ("It took firemen seven hours to save the mill.", "save mill"),
            ("Turnout was 61 percent.", "turnout"),
            ("The runway was blocked for five hours.", "blocked runway"),
            ("The ship, which is 19 metres long, was found.", "ship"),
            ("Holders of 41 percent of the stock agreed.", "holders stock"),
            ("The winner was headed in the 117th minute.", "headed winner"),
            ("The flat burnt out on the 14th floor.", "burnt flat"),
            ("The first cases were seen.", ""),
        ] {
            let claims = claims_of(text, rules).into_iter().filter(|c| c.attribute == "measured");
            let names = |c: Claim| c.subject.iter().map(|e| e.name.to_string()).collect::<Vec<_>>().join(" ");
            assert_eq!(claims.map(names).collect::<Vec<_>>().join("; "), expected, "{text}");
        }
    }
}
