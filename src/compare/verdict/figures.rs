//! Questions about two figures that differ: are they of one thing, and of one time?

use super::{Case, Judged, Side};
use crate::extract::quantity::AGE;

/// Same things counted?
pub(super) fn other_count(case: &Case) -> Option<Judged> {
    let (x, y) = case.figures()?;
    (x.unit.is_empty() && case.around.other_things).then(|| {
        let why = format!("they count different things: {} and {}", name(&x.counted), name(&y.counted));
        case.not_comparable("same-slot", why)
    })
}

fn name(counted: &str) -> &str {
    if counted.is_empty() { "no noun" } else { counted }
}

/// Outlets that differ on one figure seldom differ by its magnitude: 11 deaths and 50 million are
/// of two things.
pub(super) fn other_magnitude(case: &Case) -> Option<Judged> {
    let (x, y) = case.figures()?;
    let (small, great) = (x.low.abs().min(y.low.abs()), x.high.abs().max(y.high.abs()));
    let rules = &case.rules.verdict;
    let most = if case.around.unasked { rules.magnitude_unasked } else { rules.magnitude };
    (great > most * small.max(1.0)).then(|| {
        let why = format!("figures of another magnitude: {}", case.comparison.why);
        case.not_comparable("same-slot", why)
    })
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
