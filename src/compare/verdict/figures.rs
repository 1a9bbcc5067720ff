//! Questions about two figures that differ: are they of one thing, and of one time?

use super::{Case, Judged, Side};
use crate::claim::{Claim, Kind, Quantity};
use crate::compare::lapse::Lapse;
use crate::compare::nearby::Nearby;
use crate::compare::words;
use crate::extract::quantity::AGE;

/// Same things counted?
pub(super) fn other_count(case: &Case) -> Option<Judged> {
    let (x, y) = case.figures()?;
    let rules = &case.rules.verdict;
    if case.around.unasked && x.part != y.part {
        return Some(case.not_comparable("same-slot", "one counts only some of them"));
    }
    if x.unit.is_empty() && is_of_some(case, Side::A) != is_of_some(case, Side::B) {
        return Some(case.not_comparable("same-slot", "one counts only what came early or from afar"));
    }
    if x.is_money() && case.nearby(Side::A).listed(&rules.models) != case.nearby(Side::B).listed(&rules.models) {
        return Some(case.not_comparable("same-slot", "prices of two models, or of a certain one and any"));
    }
    let then = |side: Side| case.nearby(side).next() == Some("when");
    if x.unit == AGE && then(Side::A) != then(Side::B) {
        return Some(case.not_comparable("same-time", "one is the age that somebody had when something happened"));
    }
    if is_further(case, Side::A) != is_further(case, Side::B) {
        return Some(case.not_comparable("same-slot", "one counts what comes on top of others"));
    }
    let lapse = |side: Side| Lapse::of(case.nearby(side), &case.rules.lapse);
    if x.unit == "s" && case.around.unasked && lapse(Side::A) != lapse(Side::B) {
        return Some(case.not_comparable("same-slot", "how long until or since something, and how long it took"));
    }
    if is_former(case, Side::A) != is_former(case, Side::B) {
        return Some(case.not_comparable("same-time", "one is what a figure was before it changed"));
    }
    if case.around.unasked && is_reached(case, Side::A) != is_reached(case, Side::B) {
        return Some(
            case.not_comparable("same-time", "one is what a figure has come to, the other may be of any moment"),
        );
    }
    if x.unit == y.unit && !x.unit.is_empty() && is_of_peaks(case, Side::A) != is_of_peaks(case, Side::B) {
        return Some(case.not_comparable("same-slot", "one is of the peaks, as gusts are, and the other is not"));
    }
    if dimension(case, Side::A).zip(dimension(case, Side::B)).is_some_and(|(x, y)| x != y) {
        return Some(case.not_comparable("same-slot", "a length and a width, or a height and a depth"));
    }
    (x.unit.is_empty() && case.around.other_things).then(|| {
        let why = format!("they count different things: {} and {}", name(&x.counted), name(&y.counted));
        case.not_comparable("same-slot", why)
    })
}

/// Words from a figure within which it is told how it was taken.
const NEAR: usize = 4;

/// "3,120 ballots had been cast in advance": not all of them.
fn is_of_some(case: &Case, side: Side) -> bool {
    const FAR: usize = 7;
    case.nearby(side).has_behind(FAR, &case.rules.verdict.some)
}

/// "Another three people", "14 more officers", "another car bomb killed eight".
fn is_further(case: &Case, side: Side) -> bool {
    const FAR: usize = 6;
    let (near, rules) = (case.nearby(side), &case.rules.verdict);
    if is_beside_dead(case, side) {
        return false;
    }
    near.has_in_front(2, &rules.further) || near.has_in_front(FAR, &rules.separate) || near.has_behind(1, &rules.more)
}

/// "Nine were killed and another 41 injured": the injured come on top of the dead, and of no other injured.
fn is_beside_dead(case: &Case, side: Side) -> bool {
    const FAR: usize = 12;
    let rules = &case.rules.verdict;
    let asked = !case.around.unasked && case.a.attribute != rules.toll;
    asked && case.nearby(side).has_in_front(FAR, &rules.dead)
}

/// "Fell to 8.1 percent *from* 8.3".
fn is_former(case: &Case, side: Side) -> bool {
    case.a.kind == Kind::Number && case.nearby(side).previous() == Some("from")
}

/// "Have dropped to 125 mph".
fn is_reached(case: &Case, side: Side) -> bool {
    let near = case.nearby(side);
    near.previous() == Some("to") && near.has_in_front(3, &case.rules.verdict.changing)
}

/// "In gusts of more than 50 knots": what is measured at its highest only.
fn is_of_peaks(case: &Case, side: Side) -> bool {
    case.nearby(side).has_in_front(NEAR, &case.rules.verdict.peaks)
}

/// Reckoned alike? A sum of several seasons is not that of one, and a price by the year is not the whole price.
pub(super) fn other_reckoning(case: &Case) -> Option<Judged> {
    let (x, y) = case.figures()?;
    let rules = &case.rules.verdict;
    let (a, b) = (case.nearby(Side::A), case.nearby(Side::B));
    let is_sum = |side: &Nearby| side.has_in_front(NEAR, &rules.sums);
    let is_paced =
        |side: &Nearby| side.has_in_front(NEAR, &rules.paces) || side.continues(&rules.paced, &rules.periods);
    let is_moment = |side: &Nearby| side.has_behind(1, &rules.moments);
    let why = match x.unit.as_str() {
        "s" if case.around.unasked && is_moment(a) && is_moment(b) => "what was left at two moments",
        unit if (unit.is_empty() || unit == "%" || x.is_money()) && are_of_other_accounts(case) => {
            "of a quarter and of a year"
        }
        "s" if are_hours_of_days(case, x.low, y.low) => "one counts the days, the other the hours of them",
        _ if is_sum(a) != is_sum(b) => "one adds up several",
        "s" | "%" => return None,
        _ if is_paced(a) != is_paced(b) => "one is told for each stretch of time",
        _ => return None,
    };
    Some(case.not_comparable("same-slot", why))
}

/// "The quarterly loss" beside "the loss in the whole year".
fn are_of_other_accounts(case: &Case) -> bool {
    let [x, y] = [case.a, case.b].map(|claim| accounts(claim, &case.rules.verdict.accounts));
    !x.is_empty() && !y.is_empty() && !x.iter().any(|part| y.contains(part))
}

/// Which parts of a year a claim's sentence tells of.
fn accounts(claim: &Claim, parts: &[Vec<String>]) -> Vec<usize> {
    let words = words(&claim.text);
    let stands = |phrase: &String| {
        let length = phrase.split(' ').count();
        words.windows(length).any(|run| run.iter().zip(phrase.split(' ')).all(|(token, word)| token.is(word)))
    };
    (0..parts.len()).filter(|part| parts[*part].iter().any(stands)).collect()
}

/// "After four days of deliberations" beside "after 30 hours of them"; 48 hours are days.
fn are_hours_of_days(case: &Case, a: f64, b: f64) -> bool {
    const DAY: f64 = 86_400.0;
    let rules = &case.rules.verdict;
    let (hours, few, many) = if a < b { (case.a, a, b) } else { (case.b, b, a) };
    let in_hours = words(hours.printed()).iter().any(|token| rules.hours.contains(&token.norm));
    in_hours && few % DAY > 0.0 && many >= DAY && many % DAY == 0.0 && few < rules.hours_share * many
}

fn name(counted: &str) -> &str {
    if counted.is_empty() { "no noun" } else { counted }
}

/// "20 metres wide": which way a thing is measured, by the word behind the figure.
fn dimension(case: &Case, side: Side) -> Option<usize> {
    let word = case.nearby(side).next()?;
    case.rules.verdict.dimensions.iter().position(|names| names.contains(word))
}

/// Outlets that differ on one figure seldom differ by its magnitude: 11 deaths and 50 million are
/// of two things.
pub(super) fn other_magnitude(case: &Case) -> Option<Judged> {
    let (x, y) = case.figures()?;
    let (small, great) = (x.low.abs().min(y.low.abs()), x.high.abs().max(y.high.abs()));
    let rules = &case.rules.verdict;
    let most = if case.around.unasked { rules.magnitude_unasked } else { rules.magnitude };
    (great > most * small.max(1.0) && !is_lost_scale(x, y)).then(|| {
        let why = format!("figures of another magnitude: {}", case.comparison.why);
        case.not_comparable("same-slot", why)
    })
}

/// "$800" for "$800 million": the same figure of money, but for the word that scales it.
fn is_lost_scale(a: &Quantity, b: &Quantity) -> bool {
    const THOUSANDS: [f64; 3] = [1e3, 1e6, 1e9];
    let (small, great) = if a.low < b.low { (a, b) } else { (b, a) };
    let exact = a.low == a.high && b.low == b.high;
    exact && a.is_money() && b.is_money() && THOUSANDS.iter().any(|scale| small.low * scale == great.low)
}

/// A toll that rises with time is superseded by the later, larger figure.
pub(super) fn rising(case: &Case) -> Option<Judged> {
    const RULE: &str = "rising-figure";
    let (x, y) = case.figures()?;
    let around = case.around;
    if !around.rises && !around.changes {
        return None;
    }
    let Some(days) = around.days_apart else {
        return Some(case.not_comparable(RULE, "which of the reports is the later one is not known"));
    };
    let grew = if days > 0 { y.low > x.low } else { x.low > y.low };
    (days.abs() >= case.rules.verdict.rising_days && (grew || around.changes)).then(|| {
        let earlier = if days > 0 { Side::A } else { Side::B };
        let larger = if grew { "larger" } else { "newer" };
        let why = format!("the later report has the {larger} figure: {}", case.comparison.why);
        case.superseded(earlier, RULE, why)
    })
}

/// "Is now $131 million over budget", in a later report: what an earlier one tells is overtaken.
pub(super) fn updated(case: &Case) -> Option<Judged> {
    case.figures()?;
    let days = case.around.days_apart.filter(|days| days.abs() >= case.rules.verdict.rising_days)?;
    let (later, earlier) = if days > 0 { (case.b, Side::A) } else { (case.a, Side::B) };
    let words = crate::compare::words(&later.text);
    let updates = words.iter().any(|t| case.rules.verdict.updates.contains(&t.norm));
    updates.then(|| {
        let why = format!("the later report tells what it is now: {}", case.comparison.why);
        case.superseded(earlier, "updated-figure", why)
    })
}

/// Likes and followers are counted by a machine that never stops: every look at it gives another figure.
pub(super) fn running(case: &Case) -> Option<Judged> {
    let (x, y) = case.figures()?;
    let runs = |q: &Quantity| case.rules.verdict.running.contains(&q.counted);
    (runs(x) && runs(y)).then(|| {
        let why = format!("what runs on while it is read: {}", case.comparison.why);
        case.not_comparable("same-time", why)
    })
}

/// Days of unrest and people's years are more in a later report, and which is later must be known.
pub(super) fn growing(case: &Case) -> Option<Judged> {
    const YEAR_DAYS: f64 = 365.0;
    let (x, y) = case.figures()?;
    let (around, rules) = (case.around, &case.rules.verdict);
    let undated = around.days_apart.is_none();
    let years = around.days_apart.map_or(rules.ageing_years, |days| f64::from(days.abs()) / YEAR_DAYS);
    let aged = x.unit == AGE && (x.low - y.low).abs() <= years.ceil() && (undated || years > 1.0);
    let grown = around.unasked && undated && x.unit == "s" && x.low.max(y.low) >= rules.growing_from;
    (aged || grown).then(|| {
        let why = format!("the reports may lie apart by as much: {}", case.comparison.why);
        case.not_comparable("same-time", why)
    })
}
