//! From a comparison to a verdict: the questions in their order.
//!
//! Two claims contradict only if both cannot be true of the same thing at the same time. Story
//! and slot were asked by matching; here follow time, modality and polarity, and only then does
//! the relation of the values count. What fails an earlier question is not comparable, and says why.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::when::compare_whens;
use crate::claim::{Claim, Kind, Modality, Polarity, Statement, Value, When};
use crate::comparison::{Comparison, Relation, Verdict};
use crate::extract::quantity::AGE;
use crate::matching::pairs::is_long;
use crate::matching::transposed::transposed_years;
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
    /// The same where both give the day of the month.
    pub written_days: i32,
    /// Greatest ratio of two figures of one thing.
    pub magnitude: f64,
    /// The same where no attribute asks for them.
    pub magnitude_unasked: f64,
    /// Nouns that count anybody: what they count may be told by another of them.
    pub generic_counts: Words,
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
    /// True where the two count different things.
    pub other_things: bool,
    /// True where a year alone tells it.
    pub years: bool,
    /// True where both documents tell of the same time long before, so that either claim may be of it.
    pub both_remote: bool,
    /// True where one claim alone tells of a time well before its report, and the other of none.
    pub one_past: bool,
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
    pub rule: String,
    /// Why, in words.
    pub why: String,
    /// The side that later events overtook, where the verdict is superseded.
    pub overtaken: Option<Side>,
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
pub fn judge(
    a: &Claim,
    b: &Claim,
    comparison: Comparison,
    circumstances: Circumstances,
    rules: &super::Rules,
) -> Judged {
    let asked = other_time(a, b, circumstances, rules)
        .or_else(|| other_count(a, b, &comparison, circumstances))
        .or_else(|| same_weekday(a, b, &comparison))
        .or_else(|| far_apart(a, b, &comparison, circumstances, rules))
        .or_else(|| other_magnitude(a, b, &comparison, circumstances, rules))
        .or_else(|| other_modality(a, b, &comparison, circumstances))
        .or_else(|| other_polarity(a, b, &comparison))
        .or_else(|| rising(a, b, &comparison, circumstances, rules))
        .or_else(|| growing(a, b, &comparison, circumstances, rules))
        .or_else(|| several(&comparison, circumstances));
    asked.unwrap_or_else(|| by_relation(a.kind, comparison))
}

fn judged(verdict: Verdict, kind: Kind, rule: &str, why: String) -> Judged {
    Judged { verdict, kind, rule: rule.to_owned(), why, overtaken: None }
}

fn superseded(kind: Kind, rule: &str, why: String, side: Side) -> Judged {
    Judged { overtaken: Some(side), ..judged(Verdict::Superseded, kind, rule, why) }
}

/// Same time? A claim about long ago is not one about now; and of everything but times and
/// names, two claims that give times that cannot both be are of two happenings.
fn other_time(a: &Claim, b: &Claim, around: Circumstances, rules: &super::Rules) -> Option<Judged> {
    if a.remote.is_some() != b.remote.is_some() && !around.both_remote {
        let why = "one tells of a time long before".to_owned();
        return Some(judged(Verdict::NotComparable, a.kind, "same-time", why));
    }
    if matches!(a.value, Value::When(_) | Value::Name(_)) {
        return None;
    }
    if around.rises && around.one_past {
        let why = "one tells of a time well before its report".to_owned();
        return Some(judged(Verdict::NotComparable, a.kind, "same-time", why));
    }
    if let (Some(x), Some(y)) = (&a.time, &b.time)
        && (is_month(x) && is_near(y) || is_month(y) && is_near(x))
    {
        let why = "one is told of a month, the other of a day of the week".to_owned();
        return Some(judged(Verdict::NotComparable, a.kind, "same-time", why));
    }
    // The part of the day is what outlets differ in; another day is another happening.
    let day = |when: &When| When { part: None, clock: None, ..when.clone() };
    let times = compare_whens(&day(a.time.as_ref()?), &day(b.time.as_ref()?), &rules.when);
    (times.relation == Relation::Incompatible)
        .then(|| judged(Verdict::NotComparable, a.kind, "same-time", format!("told of another time: {}", times.why)))
}

/// "In September": a time that is not of this week.
fn is_month(when: &When) -> bool {
    when.month.is_some() && when.day.is_none() && when.weekday.is_none()
}

/// "On Sunday": of this week.
fn is_near(when: &When) -> bool {
    when.weekday.is_some() && when.day.is_none()
}

/// Same things counted?
fn other_count(a: &Claim, b: &Claim, comparison: &Comparison, around: Circumstances) -> Option<Judged> {
    let (Value::Quantity(x), Value::Quantity(y)) = (&a.value, &b.value) else { return None };
    (comparison.relation == Relation::Incompatible && x.unit.is_empty() && around.other_things).then(|| {
        let why = format!("they count different things: {} and {}", name(&x.counted), name(&y.counted));
        judged(Verdict::NotComparable, a.kind, "same-slot", why)
    })
}

fn name(counted: &str) -> &str {
    if counted.is_empty() { "no noun" } else { counted }
}

/// A weekday written without a date may be the last or the next one: the same weekday in two
/// reports of one story is no disagreement.
fn same_weekday(a: &Claim, b: &Claim, comparison: &Comparison) -> Option<Judged> {
    const NEAR_DAYS: i32 = 14;
    let (Value::When(x), Value::When(y)) = (&a.value, &b.value) else { return None };
    let single = |w: &When| w.days.filter(|(first, last)| first == last).map(|(day, _)| day);
    let (day_x, day_y) = (single(x)?, single(y)?);
    let bare = |w: &When| w.weekday.is_some() && w.day.is_none();
    let near = (day_x - day_y).get_days().abs() <= NEAR_DAYS && day_x != day_y;
    let unsettled = near && day_x.weekday() == day_y.weekday() && (bare(x) || bare(y));
    (unsettled && comparison.relation == Relation::Incompatible).then(|| {
        let why = "the same weekday; which week is not told".to_owned();
        judged(Verdict::NotComparable, a.kind, "same-time", why)
    })
}

/// Outlets differ on the day of one happening by a few days; what lies further apart, or is told
/// by month or year, is another happening, but for the year that a thing was built in.
fn far_apart(
    a: &Claim,
    b: &Claim,
    comparison: &Comparison,
    around: Circumstances,
    rules: &super::Rules,
) -> Option<Judged> {
    let differ = comparison.relation == Relation::Incompatible;
    let (Value::When(x), Value::When(y), true) = (&a.value, &b.value, differ) else { return None };
    let single = |w: &When| w.days.is_none_or(|(first, last)| first == last);
    let gap = x.days.zip(y.days).map_or(0, |((x, _), (y, _))| (x - y).get_days().abs());
    let near =
        gap <= rules.verdict.event_days || gap <= rules.verdict.written_days && x.day.is_some() && y.day.is_some();
    let years = around.years && is_long(x) && is_long(y) || transposed_years(x, y);
    (!years && (!single(x) || !single(y) || !near)).then(|| {
        let why = format!("too far apart, or too vague, for one happening: {}", comparison.why);
        judged(Verdict::NotComparable, a.kind, "same-time", why)
    })
}

/// Outlets that differ on one figure seldom differ by its magnitude: 11 deaths and 50 million are
/// of two things.
fn other_magnitude(
    a: &Claim,
    b: &Claim,
    comparison: &Comparison,
    around: Circumstances,
    rules: &super::Rules,
) -> Option<Judged> {
    let (Value::Quantity(x), Value::Quantity(y)) = (&a.value, &b.value) else { return None };
    let (small, great) = (x.low.abs().min(y.low.abs()), x.high.abs().max(y.high.abs()));
    let most = if around.unasked { rules.verdict.magnitude_unasked } else { rules.verdict.magnitude };
    let apart = comparison.relation == Relation::Incompatible && great > most * small.max(1.0);
    apart.then(|| {
        let why = format!("figures of another magnitude: {}", comparison.why);
        judged(Verdict::NotComparable, a.kind, "same-slot", why)
    })
}

/// Comparable modality? A plan beside a report is overtaken, a possibility contradicts nothing.
fn other_modality(a: &Claim, b: &Claim, comparison: &Comparison, around: Circumstances) -> Option<Judged> {
    if comparison.relation != Relation::Incompatible {
        return None;
    }
    let (weaker, stronger) = if firmness(a.modality) <= firmness(b.modality) { (a, b) } else { (b, a) };
    match (weaker.modality, stronger.modality) {
        (Modality::Denied, _) => {
            Some(judged(Verdict::NotComparable, a.kind, "comparable-modality", "one side only denies it".into()))
        }
        (Modality::Hedged, _) => Some(judged(
            Verdict::NotComparable,
            a.kind,
            "comparable-modality",
            "one side only holds it possible".into(),
        )),
        (Modality::Planned, Modality::Reported)
            if around.unasked && (a.kind != Kind::Number || a.attribute == "age") =>
        {
            let why = "one side only plans something like it".into();
            Some(judged(Verdict::NotComparable, a.kind, "comparable-modality", why))
        }
        (Modality::Planned, Modality::Reported) => {
            let side = if a.modality == Modality::Planned { Side::A } else { Side::B };
            let why = format!("a plan overtaken by what is reported: {}", comparison.why);
            Some(superseded(a.kind, "comparable-modality", why, side))
        }
        _ => None,
    }
}

fn firmness(modality: Modality) -> u8 {
    match modality {
        Modality::Denied => 0,
        Modality::Hedged => 1,
        Modality::Planned => 2,
        Modality::Reported => 3,
    }
}

/// Same polarity? The same value affirmed and negated is the contradiction; other values under
/// different signs say nothing of each other.
fn other_polarity(a: &Claim, b: &Claim, comparison: &Comparison) -> Option<Judged> {
    if a.polarity == b.polarity {
        let denials = a.polarity == Polarity::Negated && comparison.relation == Relation::Incompatible;
        let why = "both only say what it was not".to_owned();
        return denials.then(|| judged(Verdict::NotComparable, a.kind, "same-polarity", why));
    }
    match comparison.relation {
        // A negation near a number or a date may belong to anything; one before a term belongs to it.
        Relation::Same if a.kind == Kind::EventTerm && a.modality == b.modality => Some(judged(
            Verdict::Contradicts,
            Kind::Negation,
            "same-polarity",
            "one affirms what the other negates".into(),
        )),
        _ => Some(judged(Verdict::NotComparable, a.kind, "same-polarity", "one of them is negated".into())),
    }
}

/// A toll that rises with time is superseded by the later, larger figure.
fn rising(
    a: &Claim,
    b: &Claim,
    comparison: &Comparison,
    around: Circumstances,
    rules: &super::Rules,
) -> Option<Judged> {
    let (Value::Quantity(x), Value::Quantity(y)) = (&a.value, &b.value) else { return None };
    if comparison.relation != Relation::Incompatible || !(around.rises || around.changes) {
        return None;
    }
    let Some(days) = around.days_apart else {
        let why = "which of the reports is the later one is not known".into();
        return Some(judged(Verdict::NotComparable, a.kind, "rising-figure", why));
    };
    let grew = if days > 0 { y.low > x.low } else { x.low > y.low };
    (days.abs() >= rules.verdict.rising_days && (grew || around.changes)).then(|| {
        let earlier = if days > 0 { Side::A } else { Side::B };
        let larger = if grew { "larger" } else { "newer" };
        let why = format!("the later report has the {larger} figure: {}", comparison.why);
        superseded(a.kind, "rising-figure", why, earlier)
    })
}

/// Days of unrest and people's years are more in a later report, and which is later must be known.
fn growing(
    a: &Claim,
    b: &Claim,
    comparison: &Comparison,
    around: Circumstances,
    rules: &super::Rules,
) -> Option<Judged> {
    let (Value::Quantity(x), Value::Quantity(y)) = (&a.value, &b.value) else { return None };
    let undated = around.days_apart.is_none();
    let years = around.days_apart.map_or(rules.verdict.ageing_years, |days| f64::from(days.abs()) / YEAR_DAYS);
    let aged = x.unit == AGE && (x.low - y.low).abs() <= years.ceil() && (undated || years > 1.0);
    let grown = around.unasked && undated && x.unit == "s" && x.low.max(y.low) >= rules.verdict.growing_from;
    (comparison.relation == Relation::Incompatible && (aged || grown)).then(|| {
        let why = format!("the reports may lie apart by as much: {}", comparison.why);
        judged(Verdict::NotComparable, a.kind, "same-time", why)
    })
}

/// Days of a year.
const YEAR_DAYS: f64 = 365.0;

/// One thing may have several such values: two of them are no contradiction.
fn several(comparison: &Comparison, around: Circumstances) -> Option<Judged> {
    (around.many && comparison.relation == Relation::Incompatible).then(|| {
        judged(Verdict::NotComparable, Kind::Statement, "several-values", "the story may have several of these".into())
    })
}

/// Judges two statements that say nearly the same.
pub fn judge_statements(a: &Statement, b: &Statement, kind: Kind, comparison: Comparison) -> Judged {
    let reported = a.modality == Modality::Reported && b.modality == Modality::Reported;
    if comparison.relation == Relation::Incompatible && a.modality != b.modality && !reported {
        let why = "one is planned or uncertain, the other is not".to_owned();
        return judged(Verdict::NotComparable, kind, "comparable-modality", why);
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
    Judged { verdict, kind, rule: comparison.rule, why: comparison.why, overtaken: None }
}
