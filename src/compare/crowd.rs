//! Whether two values that cannot both be true are of one thing at all, by the values around them.
//!
//! A report of a match is full of yards and points, one of a flood of figures for every town. That
//! is seen from the crowd they stand in: the other document gives the value too, a document gives
//! several values where one would do, or the story has more of them than outlets have opinions.

mod common;
mod many;
mod names;
mod scattered;
mod told;

pub(super) use common::length;
pub(super) use many::Many;

use compact_str::CompactString;
use rustc_hash::{FxHashMap, FxHashSet};
use schemars::JsonSchema;
use serde::Deserialize;

use scattered::scattered;

use super::Book;
use super::clause::are_two_clauses;
use super::measured::are_swapped;
use super::rivals::Pair;
use super::verdict::SAME_POLARITY;
use crate::claim::{Claim, Kind, Quantity, Value};
use crate::comparison::Verdict;
use crate::document::Span;
use crate::matching::group::{Mention, Story};
use crate::matching::slot::likeness;
use crate::matching::transposed::{are_clock_slips, transposed};
use crate::rules::Words;
use crate::text::stem::stem;

/// When values are of several things: `[crowd]` in `rules/compare.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CrowdRules {
    /// What the rule does.
    pub about: String,
    /// Most values of one thing that exclude each other.
    pub values: usize,
    /// Share of the documents that one of them needs where there are more.
    pub majority: f64,
    /// Most counts of a noun in a document, for what is measured.
    pub measured_counts: usize,
    /// The same for what is known by the words around it.
    pub open_counts: usize,
    /// Least likeness of these words.
    pub open_company: f64,
    /// The same for days.
    pub open_day_company: f64,
    /// The same for a word that one side negates.
    pub negated_company: f64,
    /// Least words and names that two sentences have in common where they tell much the same…
    pub alike: usize,
    /// …and least share of those of the shorter one…
    pub alike_share: f64,
    /// …or such a share of them, however few they are.
    pub alike_short: f64,
    /// From so many sentences of both documents on, a word that stands around both values is needed, and a second…
    pub long: Vec<usize>,
    /// …unless a sentence has no more words than this.
    pub bare: usize,
    /// Contrasts that stand beside anything: `direction`.
    pub anywhere: Words,
    /// Attributes and contrasts of which two long reports tell more than one: `decision`.
    pub sprawling: Words,
    /// Least content words of a sentence by which its reprint is known.
    pub reprinted: usize,
    /// Units of figures that only an attribute can tell apart.
    pub full: Words,
    /// Units of figures of which a sentence may list several…
    pub listed: Words,
    /// …from so many on.
    pub list: usize,
    /// Units of figures that are told apart by what is counted.
    pub counted: Words,
}

/// Attributes whose values no attribute of the rules asks for.
const UNASKED: [&str; 5] = ["age", "open", "measured", "dated", "located"];

/// The figures of a story by document, and its values that cannot be true together.
pub(super) struct Crowd<'s> {
    story: &'s Story,
    rules: &'s CrowdRules,
    book: &'s Book<'s>,
    /// By document and figure: what it counts, and where it stands.
    given: FxHashMap<(u32, Figure), Vec<(CompactString, Span)>>,
    /// By document, unit and noun: how many figures.
    counts: FxHashMap<(u32, CompactString, CompactString), FxHashSet<(u64, u64)>>,
    /// By document, sentence and unit: how many figures.
    listed: FxHashMap<(u32, Span, CompactString), usize>,
    /// Mentions of values that are too many for one thing.
    scattered: FxHashSet<Mention>,
}

type Figure = (CompactString, u64, u64);

/// Whether a value is that very figure.
fn is_figure(value: &Value, other: &Quantity) -> bool {
    matches!(value, Value::Quantity(own) if figure(own) == figure(other))
}

/// A figure by its unit and value; an age may be written without its unit.
fn figure(quantity: &Quantity) -> Figure {
    let unit = if quantity.unit == crate::extract::quantity::AGE { "" } else { quantity.unit.as_str() };
    (unit.into(), quantity.low.to_bits(), quantity.high.to_bits())
}

impl<'s> Crowd<'s> {
    pub fn of(story: &'s Story, pairs: &[Pair], book: &'s Book) -> Self {
        let mut crowd = Self {
            story,
            rules: &book.compare.crowd,
            book,
            given: FxHashMap::default(),
            counts: FxHashMap::default(),
            listed: FxHashMap::default(),
            scattered: scattered(story, pairs, &book.compare.crowd),
        };
        for mention in story.mentions().filter(|m| story.claim(*m).attribute == "open") {
            crowd.add(mention.member, story.claim(mention));
        }
        crowd
    }

    fn add(&mut self, member: u32, claim: &Claim) {
        let Value::Quantity(quantity) = &claim.value else { return };
        let (noun, figure) = (self.noun(quantity), figure(quantity));
        *self.listed.entry((member, claim.span, figure.0.clone())).or_default() += 1;
        let counts = self.counts.entry((member, figure.0.clone(), noun.clone())).or_default();
        counts.insert((figure.1, figure.2));
        self.given.entry((member, figure)).or_default().push((noun, claim.value_span));
    }

    /// What is counted, by whichever word: the dead are people.
    fn noun(&self, quantity: &Quantity) -> CompactString {
        const ANYBODY: &str = "people";
        if self.book.compare.verdict.generic_counts.contains(&quantity.counted) {
            return ANYBODY.into();
        }
        self.book.extract.open.concepts.of(&stem(&quantity.counted)).into()
    }

    /// Why two values are not of one thing.
    pub fn objection(&self, pair: &Pair) -> Option<&'static str> {
        let (a, b) = (self.story.claim(pair.a), self.story.claim(pair.b));
        if self.is_given(a, pair.b) || self.is_given(b, pair.a) {
            return Some("the other document gives this figure too");
        }
        if self.is_reprinted(pair) {
            return None;
        }
        if self.scattered.contains(&pair.a) && !are_clock_slips(&a.value, &b.value, &self.book.matching.alike) {
            return Some("the story has too many of these values for one thing");
        }
        if self.is_part_of_told(pair.a) != self.is_part_of_told(pair.b) {
            return Some("one is a part of what its own sentence counts");
        }
        if self.tells_of_others(pair, a) {
            return Some("they name others");
        }
        if self.is_contrast(a) && (self.stands_beside(pair.a, b) || self.stands_beside(pair.b, a)) {
            return Some("a sentence tells both, each of its own");
        }
        if self.is_contrast(a) && a.kind == Kind::EventTerm && (self.prints(pair.a, b) || self.prints(pair.b, a)) {
            return Some("a report prints both words");
        }
        if pair.judged.rule == SAME_POLARITY && are_two_clauses(a, b, self.book) {
            return Some("one is affirmed of something else than the other is denied of");
        }
        if self.is_told_too(pair.a, b) || self.is_told_too(pair.b, a) {
            return Some("the other document tells this too");
        }
        if self.sprawl(pair, a) {
            return Some("two long reports, and nothing in common around the two to tell that they are of one thing");
        }
        if (self.is_loose(pair, a) || self.is_denied(pair, a)) && !self.tell_alike(pair) {
            return Some("their sentences tell too little alike to be known to tell of one thing");
        }
        self.strange(pair, a, b).or_else(|| self.unasked(pair, a, b))
    }

    fn is_contrast(&self, claim: &Claim) -> bool {
        self.book.extract.contrast.contains_key(claim.attribute.as_str())
    }

    /// Days and negated words stand in much company, and need more of it in common.
    fn strange(&self, pair: &Pair, a: &Claim, b: &Claim) -> Option<&'static str> {
        let company = || likeness(a, b, &self.book.matching.open);
        let day = a.attribute == "open" && matches!(a.kind, Kind::Date | Kind::Time);
        if day && a.kind == Kind::Date && (self.is_floating(pair.a) || self.is_floating(pair.b)) {
            return Some("a day without its week, in a report without its day");
        }
        if pair.judged.kind == Kind::Negation && self.is_of_two(pair) {
            return Some("told of two who are named");
        }
        let negated = self.is_contrast(a) && pair.judged.kind == Kind::Negation;
        let planned = is_unasked(a) && pair.judged.verdict == Verdict::Superseded && !are_swapped(a, b, self.book);
        let least = match (day, negated, planned) {
            (true, ..) => self.rules.open_day_company,
            (_, true, _) => self.rules.negated_company,
            (.., true) => self.rules.open_company,
            _ => return None,
        };
        (company() < least).then_some("the words around them are too few in common for a contradiction")
    }

    /// Whether the document of `other` gives the figure of `claim` somewhere else.
    fn is_given(&self, claim: &Claim, other: Mention) -> bool {
        let Value::Quantity(quantity) = &claim.value else { return false };
        let own = self.story.claim(other).value_span;
        let noun = self.noun(quantity);
        // An attribute knows what it counts: the 17 of an address is nobody's toll.
        let asked = !is_unasked(claim);
        let great = !asked && quantity.low > self.book.matching.open.small;
        let same = |given: &CompactString| great || *given == noun || !asked && given.is_empty() || noun.is_empty();
        let given = self.given.get(&(other.member, figure(quantity)));
        // Twelve who were hurt are not the twelve who died.
        let claims = &self.story.member(other).claims;
        let of_other = |span: Span| {
            let mut here = claims.iter().filter(|c| c.value_span == span && !is_unasked(c));
            asked && here.any(|c| c.attribute != claim.attribute)
        };
        given.is_some_and(|given| given.iter().any(|(noun, span)| *span != own && same(noun) && !of_other(*span)))
    }

    /// "55 percent in one country, 52 percent in another and 82 percent in a third".
    fn is_of_list(&self, mention: Mention, quantity: &Quantity) -> bool {
        let key = (mention.member, self.story.claim(mention).span, quantity.unit.clone());
        self.rules.listed.contains(&quantity.unit) && self.listed.get(&key).is_some_and(|n| *n >= self.rules.list)
    }

    /// A weekday of a report whose own day is not known.
    fn is_floating(&self, mention: Mention) -> bool {
        let written = matches!(&self.story.claim(mention).value, Value::When(when) if when.day.is_some());
        !written && self.story.member(mention).published.is_none()
    }

    fn is_transposed(&self, pair: &Pair) -> bool {
        let values = (&self.story.claim(pair.a).value, &self.story.claim(pair.b).value);
        matches!(values, (Value::Quantity(x), Value::Quantity(y)) if transposed(x, y))
    }

    /// Figures that no attribute asks for must be the only ones of their kind.
    fn unasked(&self, pair: &Pair, a: &Claim, b: &Claim) -> Option<&'static str> {
        let (Value::Quantity(x), Value::Quantity(y)) = (&a.value, &b.value) else { return None };
        let open = a.attribute == "open";
        if !open && a.attribute != "measured" || a.kind != Kind::Number {
            return None;
        }
        if self.rules.full.contains(&x.unit) {
            return Some("only an attribute could tell what these figures are of");
        }
        if self.is_of_list(pair.a, x) || self.is_of_list(pair.b, y) {
            return Some("a sentence lists several of these, each of its own");
        }
        if open && likeness(a, b, &self.book.matching.open) < self.rules.open_company {
            return Some("the words around them are too few in common for a contradiction");
        }
        let most = if open { self.rules.open_counts } else { self.rules.measured_counts };
        let held = |member: u32, q: &Quantity| self.counts.get(&(member, figure(q).0, self.noun(q)));
        let (left, right) = (held(pair.a.member, x), held(pair.b.member, y));
        // "Eleven of the 14", "nine of the 14": the whole that both give is no other count.
        let parts = left.zip(right).filter(|_| x.part && y.part);
        let both = parts.map_or(0, |(left, right)| left.intersection(right).count());
        let counts = left.map_or(0, FxHashSet::len).max(right.map_or(0, FxHashSet::len)).saturating_sub(both);
        // Swapped digits are no other count's chance.
        let many = !transposed(x, y) && counts > most;
        (many && self.rules.counted.contains(&x.unit)).then_some("a document counts several of these")
    }
}

/// Whether no attribute of the rules asks for a value.
pub fn is_unasked(claim: &Claim) -> bool {
    UNASKED.contains(&claim.attribute.as_str())
}
