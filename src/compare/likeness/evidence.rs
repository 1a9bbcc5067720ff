//! The evidence that two differing values of a story are told of one thing.

use compact_str::{CompactString, format_compact};
use rustc_hash::{FxHashMap, FxHashSet};
use schemars::JsonSchema;
use serde::Deserialize;

use super::view::Views;
use crate::claim::{Claim, Modality, Quantity, Value, When};
use crate::compare::Book;
use crate::compare::value::compare_values;
use crate::comparison::Relation;
use crate::lexicon::WordRelation;
use crate::matching::group::{Mention, Story};
use crate::matching::identity::Identities;
use crate::text::stem::stem;

/// The parts of the evidence; as weights, natural log odds.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// Always 1.
    pub bias: f64,
    /// Share of the words beside both that they have in common.
    pub near_share: f64,
    /// Their summed weight.
    pub near: f64,
    /// The same with the sentences before.
    pub wide_share: f64,
    /// Their summed weight.
    pub wide: f64,
    /// The greatest share of common words among other outlets' passages with the same two values.
    pub elsewhere: f64,
    /// Log of how many values of the kind the two documents have.
    pub crowd: f64,
    /// A document of the story gives both values.
    pub both_given: f64,
    /// Log of how many other documents give the less supported value.
    pub less_given: f64,
    /// Log of how many other documents give the better supported value.
    pub more_given: f64,
    /// Log of the ratio of two quantities, up to 3.
    pub ratio: f64,
    /// Days between two dates, up to 30, as a share of 30.
    pub days: f64,
    /// Hours between two times of day, up to 12, as a share of 12.
    pub hours: f64,
    /// A count of up to ten.
    pub small: f64,
    /// A count of things of the same name.
    pub counted: f64,
    /// A count of things of like meaning.
    pub counted_alike: f64,
    /// Money.
    pub money: f64,
    /// A percentage.
    pub percent: f64,
    /// A length of time.
    pub duration: f64,
    /// An age.
    pub age: f64,
    /// Any other measure.
    pub measure: f64,
    /// A day.
    pub date: f64,
    /// A year or a month.
    pub year: f64,
    /// A time of day.
    pub clock: f64,
    /// Told of the same doer.
    pub same_doer: f64,
    /// Told of two doers.
    pub other_doer: f64,
    /// Told with different firmness.
    pub other_modality: f64,
    /// Both given exactly.
    pub exact: f64,
}

impl Evidence {
    /// How many parts there are.
    pub const PARTS: usize = 28;

    /// All parts, in the order of their declaration.
    pub fn parts(&self) -> [f64; Self::PARTS] {
        [
            self.bias,
            self.near_share,
            self.near,
            self.wide_share,
            self.wide,
            self.elsewhere,
            self.crowd,
            self.both_given,
            self.less_given,
            self.more_given,
            self.ratio,
            self.days,
            self.hours,
            self.small,
            self.counted,
            self.counted_alike,
            self.money,
            self.percent,
            self.duration,
            self.age,
            self.measure,
            self.date,
            self.year,
            self.clock,
            self.same_doer,
            self.other_doer,
            self.other_modality,
            self.exact,
        ]
    }

    /// The names of the parts, as they stand in TOML.
    pub const NAMES: [&'static str; Self::PARTS] = [
        "bias",
        "near_share",
        "near",
        "wide_share",
        "wide",
        "elsewhere",
        "crowd",
        "both_given",
        "less_given",
        "more_given",
        "ratio",
        "days",
        "hours",
        "small",
        "counted",
        "counted_alike",
        "money",
        "percent",
        "duration",
        "age",
        "measure",
        "date",
        "year",
        "clock",
        "same_doer",
        "other_doer",
        "other_modality",
        "exact",
    ];
}

/// Two differing values of one kind in two documents, with what speaks for one thing.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// The first value.
    pub a: Mention,
    /// The second, of a later document.
    pub b: Mention,
    /// The evidence.
    pub evidence: Evidence,
}

/// All pairs of open values of one kind that cannot both be true of one thing, with their evidence.
pub fn candidates(story: &Story, identities: &mut Identities, book: &Book) -> Vec<Candidate> {
    let kinds = kinds(story, book.matching.pairs.block_cap);
    let mentions: Vec<Mention> = kinds.iter().flatten().copied().collect();
    let views = Views::of(story, &mentions, book);
    kinds.iter().flat_map(|kind| of_kind(story, kind, &views, identities, book)).collect()
}

/// The open values of each kind, in order.
fn kinds(story: &Story, most: usize) -> Vec<Vec<Mention>> {
    let mut kinds: std::collections::BTreeMap<CompactString, Vec<Mention>> = Default::default();
    for mention in story.mentions().filter(|m| story.claim(*m).attribute == "open") {
        if let Some(kind) = kind(&story.claim(mention).value) {
            kinds.entry(kind).or_default().push(mention);
        }
    }
    kinds.into_values().filter(|kind| (2..=most).contains(&kind.len())).collect()
}

/// Values of different kinds are of different things whatever stands beside them.
fn kind(value: &Value) -> Option<CompactString> {
    match value {
        Value::Quantity(q) if q.unit.is_empty() && q.counted.is_empty() => None,
        Value::Quantity(q) => Some(format_compact!("quantity {}", q.unit)),
        Value::When(w) if w.clock.is_some() => Some("clock".into()),
        Value::When(w) if w.part.is_some() => None,
        Value::When(w) if is_day(w) => Some("date".into()),
        Value::When(w) if w.year.is_some() => Some("year".into()),
        _ => None,
    }
}

fn is_day(when: &When) -> bool {
    when.days.is_some_and(|(first, last)| first == last) || when.days.is_none() && when.day.is_some()
}

/// What two mentions of one kind are to each other.
struct Related {
    a: Mention,
    b: Mention,
    relation: Relation,
    /// 1 for things of one name, .5 for things of like meaning.
    counted: f64,
}

fn of_kind(
    story: &Story,
    mentions: &[Mention],
    views: &Views,
    identities: &mut Identities,
    book: &Book,
) -> Vec<Candidate> {
    let related = related(story, mentions, book);
    let mut same: FxHashMap<Mention, Vec<Mention>> = FxHashMap::default();
    for pair in related.iter().filter(|pair| pair.relation == Relation::Same) {
        same.entry(pair.a).or_default().push(pair.b);
        same.entry(pair.b).or_default().push(pair.a);
    }
    let mut crowd: FxHashMap<u32, FxHashSet<CompactString>> = FxHashMap::default();
    for mention in mentions {
        let value = format_compact!("{:?}", story.claim(*mention).value);
        crowd.entry(mention.member).or_default().insert(value);
    }
    let around = Around { story, views, same, crowd };
    let differing = related.iter().filter(|pair| pair.relation == Relation::Incompatible && pair.a.member != pair.b.member);
    differing.map(|pair| around.candidate(pair, identities, book)).collect()
}

/// Pairs of one kind; within a document too, for it may give a value that others give as well.
fn related(story: &Story, mentions: &[Mention], book: &Book) -> Vec<Related> {
    let mut related = Vec::new();
    for (at, a) in mentions.iter().enumerate() {
        for b in &mentions[at + 1..] {
            let (x, y) = (&story.claim(*a).value, &story.claim(*b).value);
            if let Some(counted) = counted(x, y, book) {
                let relation = compare_values(x, y, book).relation;
                related.push(Related { a: *a, b: *b, relation, counted });
            }
        }
    }
    related
}

fn counted(x: &Value, y: &Value, book: &Book) -> Option<f64> {
    let (Value::Quantity(x), Value::Quantity(y)) = (x, y) else { return Some(0.0) };
    if !x.unit.is_empty() {
        return Some(0.0);
    }
    if stem(&x.counted) == stem(&y.counted) {
        return Some(1.0);
    }
    let alike = matches!(
        book.lexicon.relation(&x.counted, &y.counted),
        Some(WordRelation::Same | WordRelation::Synonym | WordRelation::Akin | WordRelation::Hypernym)
    );
    alike.then_some(0.5)
}

struct Around<'s> {
    story: &'s Story,
    views: &'s Views<'s>,
    same: FxHashMap<Mention, Vec<Mention>>,
    crowd: FxHashMap<u32, FxHashSet<CompactString>>,
}

impl Around<'_> {
    fn candidate(&self, pair: &Related, identities: &mut Identities, book: &Book) -> Candidate {
        let (a, b) = (pair.a, pair.b);
        let (x, y) = (self.story.claim(a), self.story.claim(b));
        let [near, near_share, wide, wide_share] = self.views.common(a, b);
        let (given_a, given_b) = (self.givers(a), self.givers(b));
        let both = given_a.iter().any(|member| given_b.contains(member));
        let (less, more) = order(given_a.len() - 1, given_b.len() - 1);
        let crowd = |m: Mention| self.crowd.get(&m.member).map_or(1, FxHashSet::len) as f64;
        let mut evidence = Evidence {
            bias: 1.0,
            near_share,
            near: near.min(6.0),
            wide_share,
            wide: wide.min(10.0),
            elsewhere: self.elsewhere(a, b),
            crowd: (crowd(a) * crowd(b)).ln(),
            both_given: flag(both),
            less_given: (1.0 + less).ln(),
            more_given: (1.0 + more).ln(),
            counted: flag(pair.counted == 1.0),
            counted_alike: flag(pair.counted == 0.5),
            other_modality: flag(x.modality != y.modality && [x, y].iter().any(|c| c.modality != Modality::Reported)),
            ..Evidence::default()
        };
        match doers(x, y, identities, book) {
            Some(true) => evidence.same_doer = 1.0,
            Some(false) => evidence.other_doer = 1.0,
            None => {}
        }
        values(&mut evidence, &x.value, &y.value);
        Candidate { a, b, evidence }
    }

    /// The documents that give a mention's value, its own among them.
    fn givers(&self, mention: Mention) -> FxHashSet<u32> {
        let others = self.same.get(&mention).into_iter().flatten().map(|m| m.member);
        others.chain([mention.member]).collect()
    }

    fn elsewhere(&self, a: Mention, b: Mention) -> f64 {
        let with = |m: Mention| self.same.get(&m).into_iter().flatten().copied().chain([m]).take(6).collect::<Vec<_>>();
        let (left, right) = (with(a), with(b));
        let pairs = left.iter().flat_map(|x| right.iter().map(move |y| (*x, *y)));
        let others = pairs.filter(|(x, y)| (*x, *y) != (a, b) && x.member != y.member);
        others.map(|(x, y)| self.views.common(x, y)[3]).fold(0.0, f64::max)
    }
}

fn order(x: usize, y: usize) -> (f64, f64) {
    (x.min(y) as f64, x.max(y) as f64)
}

fn flag(is: bool) -> f64 {
    f64::from(u8::from(is))
}

fn doers(a: &Claim, b: &Claim, identities: &mut Identities, book: &Book) -> Option<bool> {
    let mut numbers = |claim: &Claim| -> FxHashSet<usize> {
        claim.subject.iter().map(|entity| identities.number(entity, &book.compare.name)).collect()
    };
    let (x, y) = (numbers(a), numbers(b));
    (!x.is_empty() && !y.is_empty()).then(|| !x.is_disjoint(&y))
}

fn values(evidence: &mut Evidence, x: &Value, y: &Value) {
    match (x, y) {
        (Value::Quantity(x), Value::Quantity(y)) => quantities(evidence, x, y),
        (Value::When(x), Value::When(y)) => whens(evidence, x, y),
        _ => {}
    }
}

fn quantities(evidence: &mut Evidence, x: &Quantity, y: &Quantity) {
    evidence.ratio = (x.low.max(0.5) / y.low.max(0.5)).ln().abs().min(3.0);
    evidence.exact = flag(x.bound == y.bound && x.low == x.high && y.low == y.high);
    match x.unit.as_str() {
        "" => evidence.small = flag(x.low <= 10.0 || y.low <= 10.0),
        "s" => evidence.duration = 1.0,
        "%" => evidence.percent = 1.0,
        "age" => evidence.age = 1.0,
        unit if unit.len() >= 3 && unit.bytes().take(3).all(|b| b.is_ascii_uppercase()) => evidence.money = 1.0,
        _ => evidence.measure = 1.0,
    }
}

fn whens(evidence: &mut Evidence, x: &When, y: &When) {
    if let (Some(x), Some(y)) = (x.clock, y.clock) {
        evidence.clock = 1.0;
        evidence.hours = (f64::from(x.minute.abs_diff(y.minute)) / 720.0).min(1.0);
        return;
    }
    let apart = x.days.zip(y.days).map(|(x, y)| f64::from((x.0 - y.0).get_days().abs()));
    evidence.days = (apart.unwrap_or(30.0) / 30.0).min(1.0);
    if is_day(x) { evidence.date = 1.0 } else { evidence.year = 1.0 }
}
