//! From bound values to claims: passage, time, place, stance and speaker of each.

use std::ops::Range;

use compact_str::CompactString;
use jiff::civil::Date;

use super::Rules;
use super::anaphor::{Told, anaphors};
use super::anchor::Anchor;
use super::annotations::{Annotations, within};
use super::binding::{Bound, ValueAt, bind};
use super::modality::Stance;
use super::names::{MentionBy, NameMention};
use super::open::context;
use super::speaker::speaker_of;
use super::subject::{Memory, doer_before, subject};
use super::when::WhenMention;
use super::zero::zero_claims;
use crate::claim::{Claim, EntityKind, Kind, Modality, Polarity, Value, When};
use crate::normalise::when::resolve;
use crate::reading::{Role, Sentence};
use crate::text::{Token, TokenKind};

/// The claims of all attributes in a document, and open claims for the values left over.
pub fn attribute_claims(notes: &Annotations, rules: &Rules) -> Vec<Claim> {
    let mut memory = Memory::default();
    let mut before: Option<Told> = None;
    // A claim is large, and most sentences make one or two.
    let mut claims = Vec::with_capacity(2 * notes.reading.sentences.len());
    for sentence in notes.reading.sentences.iter().filter(|s| s.role == Role::Body) {
        let anchors = sentence_anchors(sentence, before.as_ref(), notes, rules);
        claims.extend(sentence_claims(sentence, &anchors, notes, &mut memory, rules));
        before = Some(Told { paragraph: sentence.paragraph, anchors });
    }
    claims
}

fn sentence_anchors(sentence: &Sentence, before: Option<&Told>, notes: &Annotations, rules: &Rules) -> Vec<Anchor> {
    let (tokens, lemmas) = (notes.reading.tokens_of(sentence), notes.lemmas_of(sentence));
    let mut anchors = rules.anchors().find(tokens, lemmas, sentence.tokens.start, &rules.anchor);
    anchors.extend(person_anchors(sentence, notes, rules));
    anchors.extend(anaphors(sentence, before, notes, rules));
    anchors
}

fn sentence_claims<'s>(
    sentence: &'s Sentence,
    anchors: &[Anchor],
    notes: &Annotations,
    memory: &mut Memory<'s>,
    rules: &Rules,
) -> Vec<Claim> {
    let bound = bind(sentence, anchors, notes, rules);
    let mut claims = Vec::new();
    for anchor in anchors {
        // Most anchors bind no value, and nobody asks whose they are.
        for bound in bound.iter().filter(|b| b.anchor == *anchor) {
            let subject = subject(anchor, sentence, notes, memory, rules);
            claims.push(Claim { subject, ..bound_claim(bound, sentence, notes, rules) });
        }
        memory.take(anchor, sentence, rules);
    }
    claims.extend(zero_claims(sentence, anchors, notes, rules));
    claims.extend(open_claims(sentence, notes, rules));
    claims
}

/// The persons named in a sentence, for each attribute that is told of persons.
fn person_anchors(sentence: &Sentence, notes: &Annotations, rules: &Rules) -> Vec<Anchor> {
    let persons = within(&notes.names.mentions, &sentence.tokens).iter();
    let persons =
        persons.filter(|m| notes.names.entities[m.entity].kind == EntityKind::Person && m.by <= MentionBy::Short);
    let anchor = |m: &NameMention, attribute| Anchor {
        attribute,
        tokens: m.tokens.clone(),
        noun: true,
        active: false,
        term: None,
    };
    persons.flat_map(|m| rules.person_attributes().map(move |attribute| anchor(m, attribute))).collect()
}

fn bound_claim(bound: &Bound, sentence: &Sentence, notes: &Annotations, rules: &Rules) -> Claim {
    let attribute = rules.attribute_at(bound.anchor.attribute);
    let place = Place::new(sentence, bound.tokens.clone(), predicate(&bound.anchor, sentence, notes, rules));
    let value = value(bound, &place, notes, rules);
    let kind = kind_of(&value, attribute.kind);
    place.claim(notes, rules, kind, rules.attribute_id(bound.anchor.attribute), value)
}

/// The tokens whose stance the claim takes: the anchor's own ("found not guilty" is the value, and no negation
/// of it), or for a noun hung on another clause ("will meet, including a lunch") the end of that clause.
fn predicate(anchor: &Anchor, sentence: &Sentence, notes: &Annotations, rules: &Rules) -> Range<usize> {
    const NEAR: usize = 4;
    let start = anchor.tokens.start;
    let tokens = &notes.reading.tokens;
    let near = start.saturating_sub(NEAR).max(sentence.tokens.start)..start;
    let hung = near.rev().find(|at| anchor.noun && rules.anchor.attaching.contains(&tokens[*at].norm));
    let unsure = |at: &usize| notes.stance_at(sentence, *at).modality != Modality::Reported;
    let unsure = hung.and_then(|at| (sentence.tokens.start..at).rev().find(unsure));
    let own = if anchor.term.is_some() { anchor.tokens.clone() } else { start..start + 1 };
    unsure.map_or(own, |at| at..at + 1)
}

fn value(bound: &Bound, place: &Place, notes: &Annotations, rules: &Rules) -> Value {
    match bound.value {
        ValueAt::Quantity(i) => Value::Quantity(notes.quantities[i].value.clone()),
        ValueAt::When(i) => Value::When(place.resolved(i, notes)),
        ValueAt::Location(i) => Value::Location(notes.locations[i].value.clone()),
        ValueAt::Name(i) => Value::Name(notes.names.entities[notes.names.mentions[i].entity].clone()),
        ValueAt::Term(term) => {
            let wordings = &rules.attribute_at(bound.anchor.attribute).terms[term];
            Value::Term(wordings.first().unwrap_or_default().into())
        }
    }
}

/// A point in time is a date or a time of day by what was written, whatever the attribute says.
fn kind_of(value: &Value, attribute: Kind) -> Kind {
    match value {
        Value::When(when) if when.part.is_some() || when.clock.is_some() => Kind::Time,
        Value::When(_) => Kind::Date,
        _ => attribute,
    }
}

/// Every value is an open claim too: where one outlet's words ask for an attribute and another's
/// do not, the words around the values still tell that they are of one thing.
fn open_claims(sentence: &Sentence, notes: &Annotations, rules: &Rules) -> Vec<Claim> {
    let place = |tokens: &Range<usize>| Place::new(sentence, tokens.clone(), tokens.start..tokens.start + 1);
    let quantities = within(&notes.quantities, &sentence.tokens).iter().filter(|q| !q.ordinal);
    let numbers = quantities.map(|q| Claim {
        subject: doer_before(&q.tokens, sentence, notes, rules),
        ..place(&q.tokens).claim(notes, rules, q.kind, "open", Value::Quantity(q.value.clone()))
    });
    let first = notes.whens.partition_point(|w| w.tokens.start < sentence.tokens.start);
    let whens = within(&notes.whens, &sentence.tokens).iter().enumerate();
    let dates = whens.filter(|(_, w)| !is_of_report(w, sentence, notes, rules)).map(|(i, w)| {
        let place = place(&w.tokens);
        let value = Value::When(place.resolved(first + i, notes));
        place.claim(notes, rules, kind_of(&value, Kind::Date), "open", value)
    });
    numbers.chain(dates).collect()
}

/// Whether a time is that of the report or of somebody's telling, and of nothing that happened: "as of 5 January", "told
/// reporters on Tuesday", "on Tuesday released", "a tweet from Monday", and "tomorrow" in a quotation, whose day the
/// report need not share.
pub(super) fn is_of_report(when: &WhenMention, sentence: &Sentence, notes: &Annotations, rules: &Rules) -> bool {
    let before = &notes.reading.tokens[sentence.tokens.start..when.tokens.start];
    let small = |t: &&Token| rules.binding.before_day.contains(&t.norm);
    let told = before.iter().rev().find(|t| !small(t));
    matches!(before, [.., first, second] if first.is("as") && second.is("of"))
        || notes.token_in(sentence, when.tokens.end).is_some_and(|t| rules.binding.tells_behind_day(&t.norm))
        || told.is_some_and(|t| rules.binding.tellings.contains(&t.norm) || rules.binding.reports.contains(&t.norm))
        || is_behind_what_is_confirmed(before, rules)
        || is_spoken(when, notes)
        || is_of_picture(when, sentence, notes)
}

/// "The spokesman confirmed the strike on Tuesday": of two days, that of the confirming.
fn is_behind_what_is_confirmed(before: &[Token], rules: &Rules) -> bool {
    const OBJECT: usize = 3;
    let [object @ .., on] = before else { return false };
    let verb = object.iter().rposition(|t| rules.binding.tellings.contains(&t.norm));
    let near = verb.is_some_and(|at| {
        let object = &object[at + 1..];
        object.len() <= OBJECT && object.first().is_some_and(|t| t.is("the") || t.is("a") || t.is("its") || t.is("his"))
    });
    on.is("on") && near
}

/// "A diver stands at the lock in Holm, Ohio, June 6, 2020.": no report of that month writes out the year of its own news,
/// but every caption does.
fn is_of_picture(when: &WhenMention, sentence: &Sentence, notes: &Annotations) -> bool {
    const NEAR: i32 = 31;
    let tokens = &notes.reading.tokens;
    let set_off = when.tokens.start > sentence.tokens.start && tokens[when.tokens.start - 1].is(",");
    let last = tokens[when.tokens.end..sentence.tokens.end].iter().all(|t| t.kind == TokenKind::Mark);
    let value = &when.value;
    let day = value.year.zip(value.month).zip(value.day).and_then(|((y, m), d)| Date::new(y, m, d).ok());
    let near = |day: Date| notes.published.is_some_and(|p| (p.date - day).get_days().abs() <= NEAR);
    set_off && last && day.is_some_and(near)
}

/// "Tomorrow" in a quotation: the day of the saying, which is seldom told.
pub(super) fn is_spoken(when: &WhenMention, notes: &Annotations) -> bool {
    let value = &when.value;
    let counted = value.weekday.is_none() && value.day.is_none() && value.month.is_none() && value.year.is_none();
    counted && when.relative.is_some() && notes.quotation_at(when.tokens.start).is_some()
}

/// Where a claim stands: its sentence, its value's tokens and the tokens that predicate it.
pub struct Place<'s> {
    pub(super) sentence: &'s Sentence,
    value: Range<usize>,
    predicate: Range<usize>,
}

impl<'s> Place<'s> {
    fn new(sentence: &'s Sentence, value: Range<usize>, predicate: Range<usize>) -> Self {
        Self { sentence, value, predicate }
    }

    /// The place of a value in whichever body sentence holds it.
    pub fn of(value: &Range<usize>, notes: &'s Annotations) -> Option<Self> {
        let sentence = notes.reading.sentence_at(value.start)?;
        let body =
            sentence.role == Role::Body && sentence.tokens.start <= value.start && value.end <= sentence.tokens.end;
        body.then(|| Self::new(sentence, value.clone(), value.start..value.start + 1))
    }

    /// The place of a value that another of its words predicates.
    pub fn predicated(value: Range<usize>, predicate: usize, notes: &'s Annotations) -> Option<Self> {
        Self::of(&value, notes).map(|place| Self { predicate: predicate..predicate + 1, ..place })
    }

    /// The claim that stands here, without its subject.
    pub fn claim(&self, notes: &Annotations, rules: &Rules, kind: Kind, attribute: &str, value: Value) -> Claim {
        let reading = notes.reading;
        let mut stance = self.stance(notes);
        if matches!(value, Value::When(_)) && self.is_delayed(notes, rules) {
            stance.polarity = Polarity::Affirmed;
        }
        Claim {
            span: self.sentence.span,
            line: self.sentence.line,
            text: reading.text(self.sentence.span).to_owned(),
            value_span: reading.span_of(self.value.clone()),
            kind,
            attribute: attribute.into(),
            subject: Vec::new(),
            value,
            time: self.time(notes),
            remote: notes.remote_day(self.sentence),
            place: self.place(notes),
            modality: stance.modality,
            polarity: stance.polarity,
            speaker: speaker_of(self.sentence, self.value.start, notes),
            context: self.context(notes, rules),
        }
    }

    fn stance(&self, notes: &Annotations) -> Stance {
        notes.stance_of(self.sentence, self.predicate.clone())
    }

    /// "Did not leave before the evening": what came to be then is affirmed.
    fn is_delayed(&self, notes: &Annotations, rules: &Rules) -> bool {
        let from = self.value.start.saturating_sub(rules.statement.negation_reach).max(self.sentence.tokens.start);
        let before = &notes.reading.tokens[from..(self.value.start + 1).min(self.value.end)];
        before.iter().any(|token| rules.statement.delayers.contains(&token.norm))
    }

    fn context(&self, notes: &Annotations, rules: &Rules) -> Vec<CompactString> {
        context(&self.value, self.sentence, notes, &rules.open)
    }

    /// The sentence's only other time, when it is not the value itself nor that of a plan beside what is told:
    /// "was convicted and will be sentenced in March".
    fn time(&self, notes: &Annotations) -> Option<When> {
        let first = notes.whens.partition_point(|w| w.tokens.start < self.sentence.tokens.start);
        let here = within(&notes.whens, &self.sentence.tokens).iter().enumerate();
        let mut others = here.filter(|(_, w)| w.tokens != self.value);
        let (index, _) = others.next()?;
        let only = others.next().is_none() && !self.is_of_plan(&notes.whens[first + index].tokens, notes);
        only.then(|| self.resolved(first + index, notes))
    }

    /// Whether a time is that of a plan, and what is told here is none.
    fn is_of_plan(&self, tokens: &Range<usize>, notes: &Annotations) -> bool {
        let planned = |place: &Self| place.stance(notes).modality == Modality::Planned;
        planned(&Place::new(self.sentence, tokens.clone(), tokens.start..tokens.start + 1)) && !planned(self)
    }

    /// The sentence's only other place.
    fn place(&self, notes: &Annotations) -> Option<crate::claim::Location> {
        let mut others = within(&notes.locations, &self.sentence.tokens).iter().filter(|l| l.tokens != self.value);
        let only = others.next()?;
        others.next().is_none().then(|| only.value.clone())
    }

    pub(super) fn resolved(&self, index: usize, notes: &Annotations) -> When {
        let anchor = notes.published.map(|p| p.date);
        let planned = self.stance(notes).modality == Modality::Planned;
        resolve(&notes.whens[index], anchor, planned, &notes.kit.normalise.when)
    }
}
