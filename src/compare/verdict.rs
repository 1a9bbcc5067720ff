//! From a comparison to a verdict: the questions in their order.
//!
//! Two claims contradict only if both cannot be true of the same thing at the same time. Story
//! and slot were asked by matching; here follow time, modality and polarity, and only then does
//! the relation of the values count. What fails an earlier question is not comparable, and says why.

mod dispute;
mod figures;
mod times;

use compact_str::CompactString;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Rules;
use super::market;
use super::nearby::Nearby;
use super::standing::negates_twice;
use crate::claim::{Claim, Kind, Modality, Polarity, Quantity, Statement, Value, When};
use crate::comparison::{Comparison, Relation, Verdict};
use crate::matching::transposed::transposed;
use crate::rules::Words;

/// The names and limits of the questions: `[verdict]` in `rules/compare.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VerdictRules {
    /// What the rule does.
    pub about: String,
    /// Least days between two reports of a rising figure for the later to supersede the earlier.
    pub rising_days: i32,
    /// Most days between two days told of one happening.
    pub event_days: i32,
    /// Least days between two long reports that tell of two moments; `event_days` between others.
    pub state_days: i32,
    /// The same for what a story has once.
    pub single_days: i32,
    /// The same where both give the day of the month.
    pub written_days: i32,
    /// Most days between two days of one weekday of which either may be the other: which week is not told.
    pub weekday_days: i32,
    /// Most days between what one story tells of.
    pub story_days: i32,
    /// Bytes behind a sentence of long ago within which what follows may be of that time too.
    pub remote_bytes: u32,
    /// Greatest ratio of two figures of one thing.
    pub magnitude: f64,
    /// The same where no attribute asks for them.
    pub magnitude_unasked: f64,
    /// Nouns that count anybody: what they count may be told by another of them.
    pub generic_counts: Words,
    /// Words by which a later report tells that a figure is another now: `now`, `revised`.
    pub updates: Words,
    /// What is counted anew with every look: `likes`, `followers`.
    pub running: Words,
    /// Words before a place that is told of somebody and not of what happened: `from`, `who`.
    pub asides: Words,
    /// Words in front of a measure that is taken at the highest: `gusts`.
    pub peaks: Words,
    /// Words behind a measure that tell which way it was taken, each with all its wordings: `wide`, `across`.
    pub dimensions: Vec<Words>,
    /// Words behind a count of some only: "cast in advance".
    pub some: Words,
    /// Words of names of sites that many have: `building`.
    pub vague_sites: Words,
    /// Words that tell of which model or class a price is: `entry-level`, `stainless`.
    pub models: Words,
    /// Words in front of a figure by which it comes on top of others: `another`.
    pub further: Words,
    /// The same right behind it: `more`.
    pub more: Words,
    /// Words for the dead: who comes on top of these is all there is of the others, "nine killed and another 41 injured".
    pub dead: Words,
    /// The attribute that counts the dead, of whom some may come on top of others.
    pub toll: String,
    /// Words for the sides of a dispute, a set a dispute: what `police` tell, and what `organisers` do.
    pub sides: Vec<Words>,
    /// Words farther in front by which it is told of something else beside: `another`, `separately`.
    pub separate: Words,
    /// Words in front of a figure that adds up several: `combined`.
    pub sums: Words,
    /// Words in front of a "to" and a figure that was another before: `dropped`.
    pub changing: Words,
    /// Words in front of a figure that is told for each stretch of time: `annual`.
    pub paces: Words,
    /// Words and phrases that tell which part of a year a figure is of, those of one part together.
    pub accounts: Vec<Vec<String>>,
    /// Words that open the same behind a figure…
    pub paced: Words,
    /// …in front of one of these: "$22 million a season".
    pub periods: Words,
    /// Words behind a length of time that tell a moment: "with five minutes remaining".
    pub moments: Words,
    /// Words of a length of time that is added up from days of work.
    pub hours: Words,
    /// Least share of the days that such a length has where both tell one thing.
    pub hours_share: f64,
    /// Words behind what is denied that end the denial: `until`.
    pub delays: Words,
    /// Words right in front of what had been before something else: `had`.
    pub earlier: Words,
    /// Words that put a whole report into that tense: `said`.
    pub retold: Words,
    /// What stands behind a "had" that owns something, and tells of no time before: `no`, `a`.
    pub owned: Words,
    /// Seconds from which a length of time may have grown between two reports.
    pub growing_from: f64,
    /// Most years by which ages may differ where one report has no day.
    pub ageing_years: f64,
}

/// What is known of a pair beside the two claims.
#[derive(Clone, Copy, Debug, Default)]
pub struct Circumstances {
    /// Days from the publication of the first to that of the second, when both are known.
    pub days_apart: Option<i32>,
    /// True for figures that grow as more becomes known.
    pub rises: bool,
    /// True for figures that grow or fall from day to day.
    pub changes: bool,
    /// True where one thing may have several such values.
    pub many: bool,
    /// True where a story has one such thing, whatever day it is told of.
    pub single: bool,
    /// True where the two count different things.
    pub other_things: bool,
    /// True where a year alone tells it.
    pub years: bool,
    /// True where both documents tell of the same time long before, so that either claim may be of it.
    pub both_remote: bool,
    /// True where one claim alone tells of a time well before its report, and the other of none.
    pub one_past: bool,
    /// True where the two differ and are told of places that lie apart.
    pub elsewhere: bool,
    /// True for a condition that a thing may leave for its opposite.
    pub turns: bool,
    /// True where the two reports are so long that they tell of more than one thing.
    pub long: bool,
    /// True where no attribute asks for the values, and only what stands around tells that they are of one thing.
    pub unasked: bool,
}

/// A verdict with the rule that decided and the reason in words.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// The verdict.
    pub verdict: Verdict,
    /// What the two differ in, which may be another kind than the claims' own: a negation.
    pub kind: Kind,
    /// The rule that decided.
    pub rule: CompactString,
    /// Why, in words.
    pub why: String,
    /// The side that later events overtook, where the verdict is superseded.
    pub overtaken: Option<Side>,
}

impl Judged {
    /// The judgement that `rule` turned a pair of this kind down, for the reason `why`.
    pub fn not_comparable(kind: Kind, rule: &str, why: impl Into<String>) -> Self {
        Self { verdict: Verdict::NotComparable, kind, rule: rule.into(), why: why.into(), overtaken: None }
    }

    /// Whether two values are one: a rounded figure settles the exact one; a day does not settle the hour.
    pub fn settles(&self) -> bool {
        let figure = matches!(self.kind, Kind::Number | Kind::Duration);
        if figure { self.verdict.supports() } else { self.verdict.is_same() }
    }
}

/// A side of a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Side {
    /// The first.
    A,
    /// The second.
    B,
}

/// Judges two claims of one slot whose values compare as `comparison` says.
pub fn judge(a: &Claim, b: &Claim, comparison: Comparison, around: Circumstances, rules: &Rules) -> Judged {
    let case = Case { a, b, comparison: &comparison, around, rules, nearby: [a, b].map(Nearby::of) };
    let asked = QUESTIONS.iter().find_map(|question| question(&case));
    asked.unwrap_or_else(|| by_relation(a.kind, comparison))
}

/// The questions in their order: the first that finds something judges the pair.
const QUESTIONS: [fn(&Case) -> Option<Judged>; 21] = [
    times::other_time,
    times::earlier,
    other_place,
    dispute::other_side,
    figures::other_count,
    figures::other_reckoning,
    other_move,
    times::same_weekday,
    times::own_day,
    times::far_apart,
    figures::other_magnitude,
    other_modality,
    times::other_state,
    other_polarity,
    times::turned,
    figures::rising,
    figures::updated,
    figures::growing,
    figures::running,
    times::other_moment,
    several,
];

/// A pair of claims of one slot, with all that the questions look at.
struct Case<'c> {
    a: &'c Claim,
    b: &'c Claim,
    comparison: &'c Comparison,
    around: Circumstances,
    rules: &'c Rules,
    /// What stands beside either value.
    nearby: [Nearby<'c>; 2],
}

impl<'c> Case<'c> {
    /// The words beside the value of a side.
    fn nearby(&self, side: Side) -> &Nearby<'c> {
        match side {
            Side::A => &self.nearby[0],
            Side::B => &self.nearby[1],
        }
    }

    /// Whether the values cannot both be true.
    fn differs(&self) -> bool {
        self.comparison.relation == Relation::Incompatible
    }

    /// Both values, where they are figures that differ.
    fn figures(&self) -> Option<(&'c Quantity, &'c Quantity)> {
        match (&self.a.value, &self.b.value) {
            (Value::Quantity(x), Value::Quantity(y)) if self.differs() => Some((x, y)),
            _ => None,
        }
    }

    /// Both values, where they are times that differ.
    fn times(&self) -> Option<(&'c When, &'c When)> {
        match (&self.a.value, &self.b.value) {
            (Value::When(x), Value::When(y)) if self.differs() => Some((x, y)),
            _ => None,
        }
    }

    fn not_comparable(&self, rule: &str, why: impl Into<String>) -> Judged {
        Judged::not_comparable(self.a.kind, rule, why)
    }

    /// The judgement that later events overtook one side.
    fn superseded(&self, side: Side, rule: &str, why: String) -> Judged {
        Judged { verdict: Verdict::Superseded, overtaken: Some(side), ..self.not_comparable(rule, why) }
    }
}

/// Same place? A fire of another town is another fire.
fn other_place(case: &Case) -> Option<Judged> {
    case.around.elsewhere.then(|| case.not_comparable("same-place", "told of places that lie apart"))
}

/// The same moment of a market?
fn other_move(case: &Case) -> Option<Judged> {
    // Two sentences are cut into words for it, which values that agree need not.
    let moves = || market::other_move(case.a, case.b, case.around.unasked, &case.rules.market);
    let why = if case.differs() { moves() } else { None };
    why.map(|why| case.not_comparable("same-time", why))
}

/// Comparable modality? A plan beside a report is overtaken, a possibility contradicts nothing.
fn other_modality(case: &Case) -> Option<Judged> {
    const RULE: &str = "comparable-modality";
    let (a, b) = (case.a, case.b);
    if !case.differs() {
        return None;
    }
    let (weaker, stronger) = if firmness(a.modality) <= firmness(b.modality) { (a, b) } else { (b, a) };
    match (weaker.modality, stronger.modality) {
        (Modality::Denied, _) => Some(case.not_comparable(RULE, "one side only denies it")),
        (Modality::Hedged, _) => Some(case.not_comparable(RULE, "one side only holds it possible")),
        // "Is on a five-day visit", "a visit that will last six days": what goes on is half a plan.
        (Modality::Planned, Modality::Reported) if is_going_on(case) || is_slip(case) => None,
        (Modality::Planned, Modality::Reported)
            if case.around.unasked && (a.kind != Kind::Number || a.attribute == "age") =>
        {
            Some(case.not_comparable(RULE, "one side only plans something like it"))
        }
        (Modality::Planned, Modality::Reported) if times::is_untold(case) => {
            Some(case.not_comparable(RULE, "one side only plans it, for a day of which it is not known how near it is"))
        }
        (Modality::Planned, Modality::Reported) => {
            let side = if a.modality == Modality::Planned { Side::A } else { Side::B };
            let why = format!("a plan overtaken by what is reported: {}", case.comparison.why);
            Some(case.superseded(side, RULE, why))
        }
        _ => None,
    }
}

/// Whether both tell how long something takes, in reports of one day or of two in a row.
fn is_going_on(case: &Case) -> bool {
    case.a.kind == Kind::Duration && case.around.days_apart.is_some_and(|days| days.abs() <= 1)
}

/// Whether reports of one day or of two in a row give the digits of one great figure in two orders: plans do not change so.
fn is_slip(case: &Case) -> bool {
    let near = case.around.days_apart.is_some_and(|days| days.abs() <= 1);
    near && case.figures().is_some_and(|(x, y)| x.is_money() && transposed(x, y))
}

fn firmness(modality: Modality) -> u8 {
    match modality {
        Modality::Denied => 0,
        Modality::Hedged => 1,
        Modality::Planned => 2,
        Modality::Reported => 3,
    }
}

/// Words from what is denied to the "until" that ends the denial.
const UNTIL_REACH: usize = 6;

/// The rule by which one value that is affirmed and denied is judged.
pub(super) const SAME_POLARITY: &str = "same-polarity";

/// Same polarity? The same value affirmed and negated is the contradiction; other values under
/// different signs say nothing of each other.
fn other_polarity(case: &Case) -> Option<Judged> {
    const RULE: &str = SAME_POLARITY;
    let (a, b) = (case.a, case.b);
    if a.polarity == b.polarity {
        let denials = a.polarity == Polarity::Negated && case.differs();
        return denials.then(|| case.not_comparable(RULE, "both only say what it was not"));
    }
    // "Did not accept the resignation until Friday": he accepted it.
    let until = |side: Side, claim: &Claim| {
        claim.polarity == Polarity::Negated && case.nearby(side).has_behind(UNTIL_REACH, &case.rules.verdict.delays)
    };
    if until(Side::A, a) || until(Side::B, b) {
        return Some(case.not_comparable(RULE, "one tells what was not until some time, and then was"));
    }
    let twice = |claim: &Claim| negates_twice(&super::words(&claim.text), &case.rules.wording);
    if twice(a) || twice(b) {
        return Some(case.not_comparable(RULE, "one of them negates twice"));
    }
    match case.comparison.relation {
        // Whatever is denied of somebody, the name is spelt as it is.
        Relation::Same | Relation::Variant if matches!(a.value, Value::Name(_)) => None,
        // A negation near a number or a date may belong to anything; one before a term belongs to it.
        Relation::Same if a.modality == Modality::Hedged || a.modality == Modality::Denied => {
            Some(case.not_comparable(RULE, "neither is told for sure"))
        }
        Relation::Same if matches!(a.kind, Kind::EventTerm | Kind::Negation) && a.modality == b.modality => {
            let negated = Comparison::new(Relation::Incompatible, RULE, "one affirms what the other negates");
            Some(by_relation(Kind::Negation, negated))
        }
        _ => Some(case.not_comparable(RULE, "one of them is negated")),
    }
}

/// One thing may have several such values: two of them are no contradiction.
fn several(case: &Case) -> Option<Judged> {
    let why = "the story may have several of these";
    (case.around.many && case.differs()).then(|| Judged::not_comparable(Kind::Statement, "several-values", why))
}

/// Judges two statements that say nearly the same.
pub fn judge_statements(a: &Statement, b: &Statement, kind: Kind, comparison: Comparison) -> Judged {
    let reported = a.modality == Modality::Reported && b.modality == Modality::Reported;
    if comparison.relation == Relation::Incompatible && a.modality != b.modality && !reported {
        let why = "one is planned or uncertain, the other is not";
        return Judged::not_comparable(kind, "comparable-modality", why);
    }
    by_relation(kind, comparison)
}

/// The verdict that follows from the relation alone.
pub fn by_relation(kind: Kind, comparison: Comparison) -> Judged {
    let verdict = match comparison.relation {
        Relation::Same => Verdict::Agrees,
        Relation::LessPrecise => Verdict::LessPrecise,
        Relation::Variant => Verdict::Variant,
        Relation::Incompatible => Verdict::Contradicts,
        Relation::Unknown => Verdict::NotComparable,
    };
    Judged { verdict, kind, rule: comparison.rule.into(), why: comparison.why, overtaken: None }
}
