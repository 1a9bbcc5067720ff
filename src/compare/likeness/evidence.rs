//! The evidence that two differing values of a story are told of one thing.

use compact_str::{CompactString, format_compact};
use rustc_hash::{FxHashMap, FxHashSet};
use schemars::JsonSchema;
use serde::Deserialize;

use super::view::Views;
use crate::claim::{Claim, Quantity, Value};
use crate::compare::Book;
use crate::compare::value::compare_values;
use crate::comparison::Relation;
use crate::matching::group::{Mention, Story};
use crate::matching::identity::Identities;

/// Other outlets' passages with a value that are looked at, most.
const ELSEWHERE: usize = 4;

macro_rules! evidence {
    ($($(#[$doc:meta])* $part:ident,)*) => {
        /// The parts of the evidence; as weights, natural log odds.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields)]
        pub struct Evidence {
            $($(#[$doc])* pub $part: f64,)*
        }

        impl Evidence {
            /// The names of the parts, as they stand in TOML.
            pub const NAMES: &[&str] = &[$(stringify!($part)),*];

            /// All parts, in the order of their names.
            pub fn parts(&self) -> Vec<f64> {
                vec![$(self.$part),*]
            }

            /// The sum of all parts, each multiplied by its weight.
            pub fn weighed(&self, weights: &Self) -> f64 {
                0.0 $(+ self.$part * weights.$part)*
            }
        }
    };
}

evidence! {
    /// Always 1.
    bias,
    /// Share of the words beside both that they have in common.
    near_share,
    /// Their summed weight, up to 6.
    near,
    /// The share with the sentences before.
    wide_share,
    /// Their summed weight, up to 10.
    wide,
    /// The greatest share of common words among other outlets' passages with the same two values.
    elsewhere,
    /// Log of how many values of the kind the two documents have, multiplied.
    crowd,
    /// A document of the story gives both values.
    both_given,
    /// Log of one more than the other documents that give the less supported value.
    less_given,
    /// Log of one more than the other documents that give the better supported value.
    more_given,
    /// Log of the ratio of two quantities, up to 3.
    ratio,
    /// Hours between two times of day as a share of 12, up to 1.
    hours,
    /// A count of up to ten.
    small,
    /// Money.
    money,
    /// A percentage.
    percent,
    /// A length of time.
    duration,
    /// Any other measure.
    measure,
    /// A time of day.
    clock,
    /// Told of the same doer.
    same_doer,
    /// Told of two doers.
    other_doer,
    /// Both given exactly.
    exact,
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

/// Weighs the pairs of open values that cannot both be true of one thing. `pairs` are all pairs of open values of
/// one kind in different documents.
pub fn candidates(
    story: &Story,
    pairs: &[(Mention, Mention)],
    identities: &mut Identities,
    book: &Book,
) -> Vec<Candidate> {
    let relation =
        |(a, b): &(Mention, Mention)| compare_values(&story.claim(*a).value, &story.claim(*b).value, book).relation;
    let pairs: Vec<_> = pairs.iter().filter(|(a, _)| is_weighed(&story.claim(*a).value)).collect();
    let mut around =
        Around { views: Views::of(story, book), story, same: FxHashMap::default(), crowd: FxHashMap::default() };
    let mut differing = Vec::new();
    for (a, b) in pairs {
        around.crowd(*a);
        around.crowd(*b);
        match relation(&(*a, *b)) {
            Relation::Same => around.join(*a, *b),
            Relation::Incompatible if are_told_alike(story.claim(*a), story.claim(*b)) => differing.push((*a, *b)),
            _ => {}
        }
    }
    let doers: Vec<Option<bool>> =
        differing.iter().map(|(a, b)| doers(story.claim(*a), story.claim(*b), identities, book)).collect();
    differing.into_iter().zip(doers).map(|((a, b), doers)| around.candidate(a, b, doers)).collect()
}

/// Days and years are the time of too many things; a time of day, a measure, a count is of few. Ages
/// are known by their bearers.
fn is_weighed(value: &Value) -> bool {
    match value {
        Value::Quantity(q) => q.unit != "age" && (!q.unit.is_empty() || !q.counted.is_empty()),
        Value::When(when) => when.clock.is_some(),
        _ => false,
    }
}

fn are_told_alike(a: &Claim, b: &Claim) -> bool {
    a.modality == b.modality && a.polarity == b.polarity && a.remote.is_some() == b.remote.is_some()
}

struct Around<'s> {
    story: &'s Story,
    views: Views<'s>,
    same: FxHashMap<Mention, Vec<Mention>>,
    crowd: FxHashMap<(u32, CompactString), FxHashSet<CompactString>>,
}

impl Around<'_> {
    fn join(&mut self, a: Mention, b: Mention) {
        self.same.entry(a).or_default().push(b);
        self.same.entry(b).or_default().push(a);
    }

    fn crowd(&mut self, mention: Mention) {
        let value = &self.story.claim(mention).value;
        let values = self.crowd.entry((mention.member, kind(value))).or_default();
        values.insert(format_compact!("{value:?}"));
    }

    fn candidate(&mut self, a: Mention, b: Mention, doers: Option<bool>) -> Candidate {
        let (x, y) = (&self.story.claim(a).value, &self.story.claim(b).value);
        let common = self.views.common(a, b);
        let (given_a, given_b) = (self.givers(a), self.givers(b));
        let both = given_a.iter().any(|member| given_b.contains(member));
        let (fewer, more) = (given_a.len().min(given_b.len()), given_a.len().max(given_b.len()));
        let crowd = |m: Mention, value| self.crowd.get(&(m.member, kind(value))).map_or(1, FxHashSet::len) as f64;
        let mut evidence = Evidence {
            bias: 1.0,
            near_share: common.near_share,
            near: common.near.min(6.0),
            wide_share: common.wide_share,
            wide: common.wide.min(10.0),
            crowd: (crowd(a, x) * crowd(b, y)).ln(),
            both_given: flag(both),
            less_given: (fewer as f64).ln(),
            more_given: (more as f64).ln(),
            same_doer: flag(doers == Some(true)),
            other_doer: flag(doers == Some(false)),
            ..Evidence::default()
        };
        weigh_values(&mut evidence, x, y);
        evidence.elsewhere = self.elsewhere(a, b);
        Candidate { a, b, evidence }
    }

    /// The documents that give a mention's value, its own among them.
    fn givers(&self, mention: Mention) -> FxHashSet<u32> {
        let others = self.same.get(&mention).into_iter().flatten().map(|m| m.member);
        others.chain([mention.member]).collect()
    }

    fn elsewhere(&mut self, a: Mention, b: Mention) -> f64 {
        let with = |m: Mention| -> Vec<Mention> {
            [m].into_iter().chain(self.same.get(&m).into_iter().flatten().copied().take(ELSEWHERE)).collect()
        };
        let (left, right) = (with(a), with(b));
        let mut best = 0.0_f64;
        for (x, y) in left.iter().flat_map(|x| right.iter().map(move |y| (*x, *y))).skip(1) {
            if x.member != y.member {
                best = best.max(self.views.common(x, y).wide_share);
            }
        }
        best
    }
}

fn kind(value: &Value) -> CompactString {
    match value {
        Value::Quantity(q) => q.unit.clone(),
        _ => CompactString::const_new("clock"),
    }
}

fn flag(is: bool) -> f64 {
    f64::from(u8::from(is))
}

/// Whether two claims are told of one doer; nothing when one of them tells no doer.
fn doers(a: &Claim, b: &Claim, identities: &mut Identities, book: &Book) -> Option<bool> {
    let mut numbers = |claim: &Claim| -> FxHashSet<usize> {
        claim.subject.iter().map(|entity| identities.number(entity, &book.compare.name)).collect()
    };
    let (x, y) = (numbers(a), numbers(b));
    (!x.is_empty() && !y.is_empty()).then(|| !x.is_disjoint(&y))
}

fn weigh_values(evidence: &mut Evidence, x: &Value, y: &Value) {
    match (x, y) {
        (Value::Quantity(x), Value::Quantity(y)) => weigh_quantities(evidence, x, y),
        (Value::When(x), Value::When(y)) => {
            evidence.clock = 1.0;
            let minutes = x.clock.zip(y.clock).map_or(0, |(x, y)| x.minute.abs_diff(y.minute));
            evidence.hours = (f64::from(minutes) / 720.0).min(1.0);
        }
        _ => {}
    }
}

fn weigh_quantities(evidence: &mut Evidence, x: &Quantity, y: &Quantity) {
    evidence.ratio = (x.low.max(0.5) / y.low.max(0.5)).ln().abs().min(3.0);
    evidence.exact = flag(x.bound == y.bound && x.low == x.high && y.low == y.high);
    match x.unit.as_str() {
        "" => evidence.small = flag(x.low <= 10.0 || y.low <= 10.0),
        "s" => evidence.duration = 1.0,
        "%" => evidence.percent = 1.0,
        unit if is_currency(unit) => evidence.money = 1.0,
        _ => evidence.measure = 1.0,
    }
}

fn is_currency(unit: &str) -> bool {
    unit.len() >= 3 && unit.bytes().take(3).all(|byte| byte.is_ascii_uppercase())
}
