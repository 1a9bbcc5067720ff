//! When two equal values are told of one thing.
//!
//! Two figures that differ must be known to be of one thing before they are set against each
//! other. Two that are equal bear each other out: outlets hardly print 182 or 9.42 a.m. by chance
//! within one story, so that a word in common, or none, is company enough.

use compact_str::format_compact;
use schemars::JsonSchema;
use serde::Deserialize;

use super::company::shared;
use super::pairs::is_long;
use crate::claim::{Claim, Quantity, Value, When};
use crate::compare::crowd::is_unasked;
use crate::comparison::Relation;
use crate::extract::quantity::AGE;
use crate::rules::Words;

/// When equal values are of one thing: `[alike]` in `rules/matching.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AlikeRules {
    /// What the rule does.
    pub about: String,
    /// From so many figures on, zeros at the end left out, a number is nobody else's.
    pub figures: usize,
    /// From here on two figures fewer suffice: 84,000.
    pub great: f64,
    /// Greatest number that is small: two men, three hours.
    pub small: f64,
    /// Units of which a story seldom has two figures: `m2`, `Wh`.
    pub rare_units: Words,
    /// From so many figures on a number of such a unit is nobody else's.
    pub rare_figures: usize,
    /// Minutes of a time that are a multiple of this say little.
    pub round_minutes: u16,
    /// Least number of neighbours that others must share.
    pub shared: usize,
    /// The same for small numbers, lengths of time, and where one value only bounds the other.
    pub shared_small: usize,
}

/// Whether two values that stand to each other like `relation` are told of one thing. It is only asked for where the
/// words around leave it open.
pub fn is_borne_out(a: &Claim, b: &Claim, relation: impl FnOnce() -> Relation, rules: &AlikeRules) -> bool {
    let company = || shared(a, b).count();
    match (&a.value, &b.value) {
        (Value::Quantity(x), _) if x.unit == AGE => false,
        (Value::Quantity(x), Value::Quantity(y)) => is_one_quantity(x, y, company(), relation, rules),
        (Value::When(x), Value::When(y)) if x.clock.is_some() && y.clock.is_some() => {
            (are_peculiar_times(x, y, rules) || company() >= rules.shared) && may_be_one(relation())
        }
        // Two outlets that recall one year long past, and answer one question or have a word in common, recall one thing.
        (Value::When(x), Value::When(y)) if is_long(x) || is_long(y) => {
            let one = || !is_unasked(a) || company() >= rules.shared;
            a.remote.is_some() && b.remote.is_some() && one() && may_be_one(relation())
        }
        (Value::Location(x), Value::Location(y)) => {
            x.named && y.named && company() >= rules.shared && is_same(relation())
        }
        _ => false,
    }
}

/// Whether two figures are of one thing, that have so many words in common beside them.
fn is_one_quantity(
    a: &Quantity,
    b: &Quantity,
    company: usize,
    relation: impl FnOnce() -> Relation,
    rules: &AlikeRules,
) -> bool {
    let needed = if is_common(a, rules) { rules.shared_small } else { rules.shared };
    let same = company >= needed || is_peculiar(a, b, rules) || is_rare(a, rules);
    let bounds = company >= rules.shared_small;
    if !same && !bounds {
        return false;
    }
    match relation() {
        Relation::Same | Relation::Variant => same,
        Relation::LessPrecise => bounds,
        _ => false,
    }
}

/// The same, or as much of it as one of the two tells.
fn may_be_one(relation: Relation) -> bool {
    is_same(relation) || relation == Relation::LessPrecise
}

fn is_same(relation: Relation) -> bool {
    matches!(relation, Relation::Same | Relation::Variant)
}

/// Whether two equal values are the same by themselves: no two outlets print them by chance.
pub fn is_same_figure(a: &Claim, b: &Claim, rules: &AlikeRules) -> bool {
    match (&a.value, &b.value) {
        (Value::Quantity(x), Value::Quantity(y)) => is_peculiar(x, y, rules),
        _ => false,
    }
}

/// One number of many figures.
fn is_peculiar(a: &Quantity, b: &Quantity, rules: &AlikeRules) -> bool {
    let needed = if a.low >= rules.great { rules.figures - 1 } else { rules.figures };
    a.low == b.low && a.high == b.high && figures(a.low) >= needed && a.unit != "s"
}

/// One minute of the hour that few happen to print, on one clock or on those of two zones.
fn are_peculiar_times(a: &When, b: &When, rules: &AlikeRules) -> bool {
    let (Some(x), Some(y)) = (a.clock, b.clock) else { return false };
    let zones = x.offset != y.offset;
    x.minute % rules.round_minutes != 0 && y.minute % rules.round_minutes != 0 && (x.minute == y.minute || zones)
}

/// A measure of a kind that a story hardly has twice.
fn is_rare(quantity: &Quantity, rules: &AlikeRules) -> bool {
    rules.rare_units.contains(&quantity.unit) && figures(quantity.low) >= rules.rare_figures
}

/// A number that much is counted by.
fn is_common(quantity: &Quantity, rules: &AlikeRules) -> bool {
    quantity.unit == "s" || quantity.low <= rules.small
}

/// How many figures a number has, zeros at its end left out.
pub fn figures(value: f64) -> usize {
    format_compact!("{value}").trim_end_matches('0').bytes().filter(u8::is_ascii_digit).count()
}
