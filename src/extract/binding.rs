//! Which value belongs to which anchor of a sentence.
//!
//! Every pairing has a cost (what stands between the two); the cheapest is taken first, then
//! every other pairing of that value, and of that anchor with values of that kind, is void. So in "killed 12 and injured 30"
//! each number goes to its own verb, whichever attributes ask for it.

use std::cmp::Reverse;
use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};
use schemars::JsonSchema;
use serde::Deserialize;

use super::Rules;
use super::anchor::Anchor;
use super::annotations::{Annotations, within};
use super::attribute::{Attribute, Side};
use super::claims::is_spoken;
use super::likened::is_likened;
use super::names::{MentionBy, NameMention};
use super::quantity::{PartOf, SCORE};
use crate::claim::{EntityKind, Kind};
use crate::reading::Sentence;
use crate::rules::Words;
use crate::text::Token;
use crate::text::stem::stem;

/// The limits of binding: `[binding]` in `rules/extract.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BindingRules {
    /// What the rule does.
    pub about: String,
    /// The greatest cost between anchor and value, where the attribute gives none.
    pub reach: u32,
    /// Words of sentences that set a figure beside one of another time or thing.
    pub comparing: Words,
    /// Words whose "to" or "of" opens what something is likened to: `similar`, `reminiscent`.
    pub likening: Words,
    /// Words beside a count of some that come to others: `more`, `another`.
    pub more: Words,
    /// Words for the dead, on top of whom others are told: `killed`.
    pub dead: Words,
    /// Verbs of telling: the day right behind one is that of the telling.
    pub tellings: Words,
    /// Verbs of showing, to which a day right in front of them belongs: `released`.
    pub showings: Words,
    /// Nouns and verbs of other reports, behind which a day tells of nothing else either: `reporters`, `tweeted`.
    pub reports: Words,
    /// Small words in front of a day: `on`, `late`.
    pub before_day: Words,
    /// Prepositions behind which a place is where something happens, and not where it comes from.
    pub place_prepositions: Words,
    /// Nouns for those whose seat a place right behind them is: `authorities`.
    pub seated: Words,
}

/// A value of a sentence that an anchor can take, by its place in the annotations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ValueAt {
    /// An index into [`Annotations::quantities`].
    Quantity(usize),
    /// An index into [`Annotations::whens`].
    When(usize),
    /// An index into [`Annotations::locations`].
    Location(usize),
    /// An index into [`Names::mentions`](super::names::Names::mentions).
    Name(usize),
    /// Which of the attribute's terms the anchor is.
    Term(usize),
}

/// An anchor with its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Bound {
    /// The anchor.
    pub anchor: Anchor,
    /// The value.
    pub value: ValueAt,
    /// The value's tokens.
    pub tokens: Range<usize>,
    /// What stands between them.
    pub cost: u32,
}

/// Binds the anchors of one sentence to its values.
pub fn bind(sentence: &Sentence, anchors: &[Anchor], notes: &Annotations, rules: &Rules) -> Vec<Bound> {
    let mut pairings: Vec<Bound> =
        anchors.iter().flat_map(|anchor| pairings(sentence, anchor, anchors, notes, rules)).collect();
    pairings
        .sort_by_key(|p| (p.cost, p.anchor.tokens.start, Reverse(p.anchor.tokens.end), p.anchor.attribute, p.value));
    let mut taken = FxHashSet::default();
    let mut served = FxHashSet::default();
    // "Ignored calls for an encore": a term that begins inside of another one is part of its words.
    let mut terms_end: FxHashMap<usize, usize> = FxHashMap::default();
    pairings.retain(|p| {
        let anchor = (p.anchor.attribute, p.anchor.tokens.start);
        let inside =
            p.anchor.term.is_some() && terms_end.get(&anchor.0).is_some_and(|end| p.anchor.tokens.start < *end);
        let kept =
            !inside && !served.contains(&anchor) && taken.insert((p.value, family(p, rules))) && served.insert(anchor);
        if kept && p.anchor.term.is_some() {
            terms_end.insert(anchor.0, p.anchor.tokens.end);
        }
        kept
    });
    pairings
}

/// Values compete within a family: a number belongs to one attribute, while one date may tell
/// both when something began and when it was announced only through different anchors.
fn family(pairing: &Bound, rules: &Rules) -> Option<usize> {
    match pairing.value {
        ValueAt::Term(_) => Some(pairing.anchor.attribute),
        _ => rules.attribute_at(pairing.anchor.attribute).many.then_some(pairing.anchor.attribute),
    }
}

fn pairings(
    sentence: &Sentence,
    anchor: &Anchor,
    anchors: &[Anchor],
    notes: &Annotations,
    rules: &Rules,
) -> Vec<Bound> {
    let attribute = rules.attribute_at(anchor.attribute);
    let bound = attribute.has_bound_terms();
    if let Some(term) = anchor.term {
        let told = !bound
            && !is_likened(anchor.tokens.start, sentence, notes, rules)
            && !excluded(sentence, anchor.attribute, notes, rules);
        let own =
            || Bound { value: ValueAt::Term(term), anchor: anchor.clone(), tokens: anchor.tokens.clone(), cost: 0 };
        return told.then(own).into_iter().collect();
    }
    let mut values = if bound { terms(anchor, anchors) } else { candidates(sentence, attribute, notes, rules) };
    if bound {
        values.retain(|(_, tokens)| !is_likened(tokens.start, sentence, notes, rules));
    }
    // Most sentences have no value to be forbidden.
    if values.is_empty() || excluded(sentence, anchor.attribute, notes, rules) {
        return Vec::new();
    }
    values
        .into_iter()
        .filter_map(|(value, tokens)| {
            let cost = cost(anchor, &tokens, attribute, notes, rules)?;
            Some(Bound { anchor: anchor.clone(), value, tokens, cost })
        })
        .collect()
}

/// The terms of an anchor's attribute that its sentence holds.
fn terms(anchor: &Anchor, anchors: &[Anchor]) -> Vec<(ValueAt, Range<usize>)> {
    let own = anchors.iter().filter(|other| other.attribute == anchor.attribute);
    own.filter_map(|other| Some((ValueAt::Term(other.term?), other.tokens.clone()))).collect()
}

fn excluded(sentence: &Sentence, attribute: usize, notes: &Annotations, rules: &Rules) -> bool {
    let tokens = notes.reading.tokens_of(sentence);
    let figure = matches!(rules.attribute_at(attribute).kind, Kind::Number | Kind::Duration);
    let compares = figure && tokens.iter().any(|t| rules.binding.comparing.contains(&t.norm));
    compares || rules.proviso(attribute).forbids(notes.words_of(sentence))
}

/// The cost between an anchor and a value; nothing where the attribute forbids the pairing
/// or the two are too far apart.
fn cost(
    anchor: &Anchor,
    value: &Range<usize>,
    attribute: &Attribute,
    notes: &Annotations,
    rules: &Rules,
) -> Option<u32> {
    // "Met Clara Lind at the airport": who stands in the gap is no doer. "Claimed 12 lives": the value is there.
    if anchor.tokens.start <= value.start && value.end <= anchor.tokens.end {
        return (attribute.kind != Kind::Person).then_some(0);
    }
    let before = value.end <= anchor.tokens.start;
    let between =
        if before { value.end..anchor.tokens.start } else { anchor.tokens.end..value.start.max(anchor.tokens.end) };
    let allowed = match attribute.side {
        _ if before && !anchor.noun && attribute.has_bound_terms() && is_governed(value, notes, rules) => false,
        _ if anchor.active => before,
        Side::Any => true,
        Side::Before => before,
        Side::After => !before,
    };
    if !allowed {
        return None;
    }
    if matches!(attribute.kind, Kind::Date | Kind::Time) && is_of_telling(anchor, value, notes, rules) {
        return None;
    }
    let between = &notes.reading.tokens[between];
    if before && is_part_of(between, attribute, rules) {
        return None;
    }
    let reach = attribute.reach.unwrap_or(rules.binding.reach);
    let cost = rules.distance.cost_within(between, before, reach)?;
    let linked = attribute.links.is_empty()
        || between.is_empty() && attribute.kind != Kind::Person
        || between.iter().any(|t| attribute.links.iter().any(|link| t.norm == *link));
    linked.then_some(cost)
}

/// "Six of those on board", "three of the dead": some of what the anchor names are not all of it.
fn is_part_of(between: &[Token], attribute: &Attribute, rules: &Rules) -> bool {
    let [of, determiner] = between else { return false };
    let counts = matches!(attribute.kind, Kind::Number | Kind::Duration);
    counts && of.is("of") && rules.quantity.determiners.iter().any(|word| determiner.is(word))
}

/// "With her teeth around *her son*": what a preposition governs does nothing. A call *from a neighbour* is his.
fn is_governed(value: &Range<usize>, notes: &Annotations, rules: &Rules) -> bool {
    let tokens = &notes.reading.tokens[..value.start];
    let before = tokens.iter().rev().find(|t| !rules.location.articles.contains(&t.norm));
    before.is_some_and(|t| !t.is("from") && rules.location.prepositions.contains(&t.norm))
}

impl BindingRules {
    /// Whether a day right in front of a verb is that of a telling or showing.
    pub fn tells_behind_day(&self, verb: &str) -> bool {
        self.tellings.contains(verb) || self.showings.contains(verb)
    }
}

/// "Officials said Saturday that the fire", "on Saturday released pictures of the fire": the day beside a verb of telling
/// is that of the telling.
fn is_of_telling(anchor: &Anchor, value: &Range<usize>, notes: &Annotations, rules: &Rules) -> bool {
    let other = |at: &usize| !anchor.tokens.contains(at);
    let word = |at: usize| notes.reading.tokens.get(at).map(|token| &token.norm);
    let before = value.start.checked_sub(1).filter(other).and_then(word);
    let behind = Some(value.end).filter(other).and_then(word);
    before.is_some_and(|word| rules.binding.tellings.contains(word))
        || behind.is_some_and(|word| rules.binding.tells_behind_day(word))
}

/// The values in a sentence of the kind an attribute asks for.
fn candidates(
    sentence: &Sentence,
    attribute: &Attribute,
    notes: &Annotations,
    rules: &Rules,
) -> Vec<(ValueAt, Range<usize>)> {
    let tokens = &sentence.tokens;
    match attribute.kind {
        Kind::Number | Kind::Duration => located(&notes.quantities, tokens, ValueAt::Quantity)
            .filter(|(at, _)| matches!(at, ValueAt::Quantity(i) if measures(&notes.quantities[*i], attribute) && is_count(&notes.quantities[*i], notes) && !is_record(&notes.quantities[*i], notes) && !is_more(&notes.quantities[*i], sentence, attribute, notes, &rules.binding)))
            .collect(),
        Kind::Date | Kind::Time => located(&notes.whens, tokens, ValueAt::When)
            .filter(|(at, _)| matches!(at, ValueAt::When(i) if !is_spoken(&notes.whens[*i], notes)))
            .collect(),
        Kind::Venue | Kind::Place => located(&notes.locations, tokens, ValueAt::Location)
            .filter(|(at, _)| matches!(at, ValueAt::Location(i) if is_site(&notes.locations[*i], notes, &rules.binding)))
            .collect(),
        Kind::Person => located(&notes.names.mentions, tokens, ValueAt::Name)
            .filter(|(at, _)| matches!(at, ValueAt::Name(i) if is_person(&notes.names.mentions[*i], notes)))
            .collect(),
        _ => Vec::new(),
    }
}

fn located<'m, T: super::annotations::Located>(
    all: &'m [T],
    tokens: &Range<usize>,
    at: impl Fn(usize) -> ValueAt + 'm,
) -> impl Iterator<Item = (ValueAt, Range<usize>)> + 'm {
    let from = all.partition_point(|m| m.tokens().start < tokens.start);
    within(all, tokens).iter().enumerate().map(move |(i, m)| (at(from + i), m.tokens().clone()))
}

/// A person by name: what "he" does is told of whom the pronoun stands for, and may be wrong. "The Clara Lind" is a ship.
fn is_person(mention: &NameMention, notes: &Annotations) -> bool {
    let thing = mention.tokens.start.checked_sub(1).is_some_and(|at| notes.reading.tokens[at].is("the"));
    notes.names.entities[mention.entity].kind == EntityKind::Person && mention.by <= MentionBy::Short && !thing
}

/// "Three more bodies": some that come to a count told elsewhere. "Nine were killed and 41 more injured": all the injured.
fn is_more(
    mention: &super::quantity::QuantityMention,
    sentence: &Sentence,
    attribute: &Attribute,
    notes: &Annotations,
    rules: &BindingRules,
) -> bool {
    let token = |at: Option<usize>| at.and_then(|at| notes.reading.tokens.get(at));
    let listed = |at: Option<usize>| token(at).is_some_and(|t| rules.more.contains(&t.norm));
    let end = mention.tokens.end;
    let than = token(Some(end + 1)).is_some_and(|t| t.is("than") || t.is("or"));
    let before =
        mention.tokens.start.checked_sub(1).filter(|at| *at > 0 && !notes.reading.tokens[*at].is_capitalised());
    let beside = || is_beside_dead(sentence.tokens.start..mention.tokens.start, attribute, notes, rules);
    (listed(Some(end)) && !than || listed(before)) && !beside()
}

/// Whether the dead are told of shortly before, whom the attribute does not count.
fn is_beside_dead(front: Range<usize>, attribute: &Attribute, notes: &Annotations, rules: &BindingRules) -> bool {
    const FAR: usize = 12;
    let dead = |word: &str| rules.dead.contains(word);
    let counts = || attribute.verbs.iter().chain(attribute.nouns.iter()).any(dead);
    let near = front.start.max(front.end.saturating_sub(FAR))..front.end;
    notes.reading.tokens[near].iter().any(|token| dead(&token.norm)) && !counts()
}

/// A place where something happens: not where it comes from, nor, as in "the authorities in Lyon", the seat of somebody.
fn is_site(mention: &super::location::LocationMention, notes: &Annotations, rules: &BindingRules) -> bool {
    let tokens = &notes.reading.tokens;
    let preposition = (0..mention.tokens.start).rev().find(|at| tokens[*at].norm == mention.preposition);
    let noun = preposition.and_then(|at| tokens.get(at.checked_sub(1)?));
    rules.place_prepositions.contains(&mention.preposition) && !noun.is_some_and(|t| rules.seated.contains(&t.norm))
}

/// "The Harbours (10-5) won", "fell to 2-6": what a side has won and lost in a season.
fn is_record(mention: &super::quantity::QuantityMention, notes: &Annotations) -> bool {
    let before = |n: usize| mention.tokens.start.checked_sub(n).map(|at| &notes.reading.tokens[at]);
    let bracketed = before(1).is_some_and(|t| t.is("(")) && before(2).is_some_and(crate::text::Token::is_capitalised);
    mention.value.unit == SCORE && (bracketed || before(1).is_some_and(|t| t.is("to")))
}

/// Nobody is older.
const OLDEST: f64 = 120.0;

/// False for the age in "a woman of 68" and for the tail of "46 000" or, torn off at the point, of "5. 9".
fn is_count(mention: &super::quantity::QuantityMention, notes: &Annotations) -> bool {
    let tokens = &notes.reading.tokens;
    let bare = mention.value.unit.is_empty() && mention.value.counted.is_empty();
    let behind_of = mention.tokens.start.checked_sub(1).is_some_and(|at| tokens[at].is("of"));
    let tail = tokens[mention.tokens.start].norm.starts_with("00");
    !(tail || is_torn(tokens, mention.tokens.start) || bare && behind_of && mention.value.low < OLDEST)
}

/// "A 5. 9 earthquake": one digit behind a point behind a digit or two, as no sentence begins.
fn is_torn(tokens: &[Token], at: usize) -> bool {
    let digits = |at: usize| tokens[at].norm.bytes().rev().take_while(u8::is_ascii_digit).count();
    let point = at > 1 && tokens[at - 1].is(".") && tokens[at].norm.len() == 1 && digits(at) == 1;
    point && (1..=2).contains(&digits(at - 2))
}

/// Whether a quantity is what an attribute measures: its unit, and what is counted.
fn measures(mention: &super::quantity::QuantityMention, attribute: &Attribute) -> bool {
    let is_part = matches!(mention.fraction_of, Some(PartOf::Mention(_))) && !mention.value.counted.is_empty();
    // "The 117th minute" is one; "the first cases" tells no number of them.
    let is_of_several = mention.ordinal && (mention.value.counted.is_empty() || mention.value.counted.ends_with('s'));
    if mention.kind != attribute.kind || is_part || is_of_several {
        return false;
    }
    let unit = match attribute.kind {
        Kind::Duration => true,
        _ if attribute.units.is_empty() => mention.value.unit.is_empty(),
        _ => attribute.units.iter().any(|unit| mention.value.unit == *unit),
    };
    let counted = mention.value.counted.as_str();
    // "The first attack" counts no attacks, where "the 117th minute" is what is asked for.
    let is_listed = |listed: &String| match mention.ordinal {
        true => listed == counted,
        false => stem(listed) == stem(counted),
    };
    // "Released version 8.2": nothing that is counted one by one comes in tenths.
    let torn = counted.is_empty() && !attribute.counted.is_empty() && mention.value.low.fract() != 0.0;
    unit && !torn && (attribute.counted.is_empty() || counted.is_empty() || attribute.counted.iter().any(is_listed))
}
