//! Same slot? The question before all comparing: is it told of the same thing?

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::Deserialize;

use super::company::{shared, weight};
use super::identity::Identities;
use super::pairs;
use crate::claim::{Claim, Value};
use crate::compare::name::Rules as NameRules;
use crate::extract::attribute::SubjectOf;
use crate::extract::quantity::AGE;
use crate::rules::Words;

/// When two open claims tell of the same thing: `[open]` in `rules/matching.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenSlotRules {
    /// What the rule does.
    pub about: String,
    /// Least number of neighbours both values have.
    pub shared: usize,
    /// Least share of the nearer neighbours both have, the nearest weighing most.
    pub similarity: f64,
    /// The same two limits for days and times, which stand beside anything.
    pub shared_times: usize,
    /// See `shared_times`.
    pub similarity_times: f64,
    /// Least number of neighbours shared for small counts.
    pub shared_small: usize,
    /// Greatest small count.
    pub small: f64,
    /// The sum of the ranks of some shared neighbour may not exceed this.
    pub nearest: usize,
    /// Two measures whose shared neighbour's ranks sum up to no more than this measure one thing.
    pub head: Option<usize>,
    /// Attributes that this holds for.
    #[serde(default)]
    pub headed: Words,
    /// Stems that are no such neighbour: they stand beside measures of anything.
    #[serde(default)]
    pub weak_heads: Words,
    /// How fast a neighbour's weight falls with its rank: weight = 1 / (1 + fall × rank).
    pub fall: f64,
}

/// When two ages are one person's: `[bearer]` in `rules/matching.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BearerRules {
    /// What the rule does.
    pub about: String,
    /// Nouns that name anybody, so that two persons may well share them.
    pub generic: Words,
    /// Nouns that name somebody by whose relative it is: not the person told of.
    pub relatives: Words,
}

/// Why two claims do not fill one slot, with the reason in words.
#[derive(Clone, Debug)]
pub enum Miss {
    /// The words around them differ: nothing says that they are told of two things.
    Apart(Why),
    /// They are told of two things.
    Another(Why),
}

impl Miss {
    /// The reason.
    pub fn why(self, a: &Claim, b: &Claim) -> String {
        match self {
            Self::Apart(why) | Self::Another(why) => why.words(a, b),
        }
    }
}

/// A reason. Most pairs miss, and are only counted where nobody asks for near misses: their reasons are put into words
/// when they are read.
#[derive(Clone, Debug)]
pub enum Why {
    /// As it stands.
    Told(Cow<'static, str>),
    /// With what each of the two claims tells, and a word between these.
    Of(&'static str, fn(&Claim) -> String, &'static str),
}

impl Why {
    fn words(self, a: &Claim, b: &Claim) -> String {
        match self {
            Self::Told(why) => why.into_owned(),
            Self::Of(why, tell, between) => format!("{why}: {} {between} {}", tell(a), tell(b)),
        }
    }
}

impl From<&'static str> for Why {
    fn from(why: &'static str) -> Self {
        Self::Told(why.into())
    }
}

impl From<String> for Why {
    fn from(why: String) -> Self {
        Self::Told(why.into())
    }
}

/// Why two claims do not have one subject.
#[derive(Clone, Debug)]
pub enum Subject {
    /// One of them does not tell it: the words around must.
    Untold,
    /// They tell two, with the reason in words.
    Another(Why),
}

/// Whether two claims of one attribute have one subject.
pub fn same_subject(
    a: &Claim,
    b: &Claim,
    of: SubjectOf,
    identities: &mut Identities,
    rules: &NameRules,
) -> Result<(), Subject> {
    if of == SubjectOf::Event {
        return Ok(());
    }
    if a.subject.is_empty() || b.subject.is_empty() {
        return Err(Subject::Untold);
    }
    let (x, y) = (identities.numbers(&a.subject, rules), identities.numbers(&b.subject, rules));
    let shared = pairs::shared(&x, &y);
    let needed = if of == SubjectOf::Participants { x.len().min(y.len()).min(2) } else { 1 };
    identities.give_back([x, y]);
    if shared >= needed { Ok(()) } else { Err(Subject::Another(Why::Of("of another subject", names, "against"))) }
}

fn names(claim: &Claim) -> String {
    claim.subject.iter().map(|e| e.name.as_str()).collect::<Vec<_>>().join(" and ")
}

/// A person may act for a body, and a body in a place: doers of other kinds do not tell two deeds.
pub fn of_other_kinds(a: &Claim, b: &Claim) -> bool {
    !a.subject.iter().any(|x| b.subject.iter().any(|y| x.kind == y.kind))
}

/// Whether two open values stand in like company; else the reason in words.
pub fn like_company(a: &Claim, b: &Claim, rules: &OpenSlotRules) -> Result<(), Miss> {
    if matches!(a.value, Value::Quantity(_)) && other_scope(a, b) {
        return Err(Miss::Another("figures of different stretches of time".into()));
    }
    let company = Company::of(a, b, rules);
    let (needed, similarity) = match a.value {
        Value::When(_) => (rules.shared_times, rules.similarity_times),
        // "The two senators" points back and counts nobody.
        _ if is_small(a, rules) || is_small(b, rules) => (rules.shared_small, rules.similarity),
        _ => (rules.shared, rules.similarity),
    };
    let headed = || has_head(a) && rules.headed.contains(&a.attribute);
    if rules.head.is_some_and(|most| company.strong.is_some_and(|ranks| ranks <= most)) && headed() {
        return Ok(());
    }
    let near = company.nearest.is_some_and(|ranks| ranks <= rules.nearest);
    if near && company.shared >= needed && company.likeness(a, b, rules) >= similarity {
        return Ok(());
    }
    Err(Miss::Apart(Why::Of("the words around them differ", first, "against")))
}

/// The words that two claims both have near.
#[derive(Default)]
struct Company {
    /// How many.
    shared: usize,
    /// What they weigh, each by its farther place.
    weight: f64,
    /// The least sum of ranks of any.
    nearest: Option<usize>,
    /// The same of those that are no weak heads.
    strong: Option<usize>,
}

impl Company {
    fn of(a: &Claim, b: &Claim, rules: &OpenSlotRules) -> Self {
        let mut company = Self::default();
        for near in shared(a, b) {
            company.shared += 1;
            company.weight += near.weight(rules.fall);
            let ranks = near.ranks.0 + near.ranks.1;
            let closer = |best: Option<usize>| Some(best.map_or(ranks, |best| best.min(ranks)));
            company.nearest = closer(company.nearest);
            if rules.head.is_some() && !rules.weak_heads.contains(near.word) {
                company.strong = closer(company.strong);
            }
        }
        company
    }

    fn likeness(&self, a: &Claim, b: &Claim, rules: &OpenSlotRules) -> f64 {
        self.weight / least_weight(a, b, rules)
    }
}

/// The share of the nearer words that both have, of the claim that has fewer; the nearest weigh most.
pub fn likeness(a: &Claim, b: &Claim, rules: &OpenSlotRules) -> f64 {
    Company::of(a, b, rules).likeness(a, b, rules)
}

/// What all words of the claim with the fewer ones weigh.
fn least_weight(a: &Claim, b: &Claim, rules: &OpenSlotRules) -> f64 {
    let total = |claim: &Claim| (0..claim.context.len()).map(|rank| weight(rank, rules.fall)).sum::<f64>();
    total(a).min(total(b)).max(f64::MIN_POSITIVE)
}

/// True for a value that two outlets hardly give by chance: a measure, a count above the small
/// ones, a time of day.
pub fn is_peculiar(claim: &Claim, rules: &OpenSlotRules) -> bool {
    match &claim.value {
        Value::Quantity(q) => !q.unit.is_empty() && q.unit != "s" || q.low > rules.small,
        Value::When(when) => when.clock.is_some(),
        _ => false,
    }
}

/// A measure with a unit, or a term: what stands right beside it is what is told of.
fn has_head(claim: &Claim) -> bool {
    match &claim.value {
        Value::Quantity(q) => !q.unit.is_empty() && q.unit != AGE && q.unit != "%",
        Value::Term(_) => true,
        _ => false,
    }
}

/// A figure for a year is not one for a decade.
pub fn other_scope(a: &Claim, b: &Claim) -> bool {
    const YEAR: i32 = 366;
    const MONTH: i32 = 31;
    let days = |c: &Claim| c.time.as_ref().and_then(|t| t.days).map(|(first, last)| (last - first).get_days());
    match (days(a), days(b)) {
        (Some(x), Some(y)) => (x > YEAR) != (y > YEAR) || (x - y).abs() > MONTH,
        (Some(x), None) | (None, Some(x)) => x > YEAR,
        (None, None) => false,
    }
}

/// True for a count that says little of what it counts.
pub fn is_small(claim: &Claim, rules: &OpenSlotRules) -> bool {
    matches!(&claim.value, Value::Quantity(q) if q.unit.is_empty() && q.low <= rules.small)
}

fn first(claim: &Claim) -> String {
    claim.context.iter().take(4).map(|w| w.as_str()).collect::<Vec<_>>().join(" ")
}
