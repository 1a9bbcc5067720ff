//! Units that a second figure leaves out: "winds of 38 knots, gusting to 52".

use super::QuantityMention;
use crate::claim::Kind;
use crate::extract::measure_scan::Scan;

/// How many words may stand between the cue and the figure.
const REACH: usize = 3;

/// Gives figures without a unit behind a cue the unit of the measure before them.
pub fn share_units(scan: &Scan, found: &mut [QuantityMention]) {
    for n in 1..found.len() {
        let (before, rest) = found.split_at_mut(n);
        let (first, second) = (&before[n - 1], &mut rest[0]);
        let bare = second.value.unit.is_empty() && second.value.counted.is_empty() && !second.ordinal;
        if !bare || first.kind != Kind::Number || first.value.unit.is_empty() || !is_cued(scan, first, second) {
            continue;
        }
        let Some(factor) = factor(scan, first) else { continue };
        let value = &mut second.value;
        (value.low, value.high, value.tolerance) = (value.low * factor, value.high * factor, value.tolerance * factor);
        value.unit.clone_from(&first.value.unit);
    }
}

fn is_cued(scan: &Scan, first: &QuantityMention, second: &QuantityMention) -> bool {
    let from = second.tokens.start.saturating_sub(REACH).max(first.tokens.end);
    (from..second.tokens.start).any(|at| scan.one_of(at, &scan.words.quantity.unit_cues))
}

/// Base units in one of the unit that a measure is written in.
fn factor(scan: &Scan, measure: &QuantityMention) -> Option<f64> {
    let last = measure.tokens.end - 1;
    let unit = measure.tokens.clone().find_map(|at| super::unit::unit_at(scan, at)).filter(|(end, _)| *end == last + 1);
    let unit = unit.map(|(_, unit)| scan.words.unit(unit)).filter(|unit| unit.base == measure.value.unit.as_str())?;
    (unit.offset == 0.0).then_some(unit.factor)
}
