//! What values a written figure allows, and how two such intervals stand to each other.

use super::describe::describe_pair;
use crate::claim::{Bound, Quantity};
use crate::comparison::Relation;

/// How far bounds reach.
#[derive(Clone, Copy, Debug)]
pub struct Slack {
    /// How far "about" reaches to either side, as a share.
    pub about: f64,
    /// The same where the figure has two digits or more before the zeros it ends with: "about 180".
    pub about_fine: f64,
    /// How many times a figure may exceed a bound that is to say something of it.
    pub stretch: f64,
    /// How many times as far as it begins a range may reach before only its beginning counts.
    pub vague: f64,
}

/// The values that a figure as written allows.
#[derive(Clone, Copy, Debug)]
pub struct Interval {
    low: f64,
    high: f64,
    least: f64,
    greatest: f64,
    tolerance: f64,
    bound: Bound,
    stretch: f64,
}

impl Slack {
    /// Where both figures are told as "about", each takes half of the room: 60 is not about 80.
    pub fn shared(self, a: &Quantity, b: &Quantity) -> Self {
        let both = a.bound == Bound::About && b.bound == Bound::About;
        Self { about: if both { self.about / 2.0 } else { self.about }, ..self }
    }

    /// How far "about" reaches for a figure: the more digits it was written with, the less.
    fn reach(&self, quantity: &Quantity) -> f64 {
        let coarse = is_coarse(quantity);
        let share = if coarse { self.about } else { self.about_fine.min(self.about) };
        share * quantity.low.abs()
    }
}

impl Interval {
    /// The interval of a quantity.
    pub fn of(quantity: &Quantity, slack: Slack) -> Self {
        let Quantity { low, high, tolerance, bound, .. } = *quantity;
        // "Dozens" says only that there were not fewer.
        let bound =
            if bound == Bound::About && high >= slack.vague * low && low > 0.0 { Bound::AtLeast } else { bound };
        let room = if bound == Bound::About { slack.reach(quantity).max(tolerance) } else { tolerance };
        let least = if bound == Bound::AtMost { f64::NEG_INFINITY } else { low - room };
        let greatest = if bound == Bound::AtLeast { f64::INFINITY } else { high + room };
        // A bound is meant to the letter: "at least 30" leaves no room for 29.
        let least = if bound == Bound::AtLeast { low } else { least };
        let greatest = if bound == Bound::AtMost { high } else { greatest };
        Self { low, high, least, greatest, tolerance, bound, stretch: slack.stretch }
    }

    /// How the two stand to each other; the same whichever comes first.
    pub fn relation(&self, other: &Self) -> Relation {
        if self.bound == other.bound && self.is_near(other) {
            return Relation::Same;
        }
        if !self.overlaps(other) {
            return Relation::Incompatible;
        }
        if self.is_far(other) || other.is_far(self) { Relation::Unknown } else { Relation::LessPrecise }
    }

    /// Equal within the finer writing of the two.
    fn is_near(&self, other: &Self) -> bool {
        let tolerance = self.tolerance.min(other.tolerance);
        let near = |a: f64, b: f64| a == b || (a - b).abs() < tolerance * 0.999;
        near(self.low, other.low) && near(self.high, other.high)
    }

    /// More than a touch: 31 and 32 meet at 31.5 and are still two numbers.
    fn overlaps(&self, other: &Self) -> bool {
        let (least, greatest) = (self.least.max(other.least), self.greatest.min(other.greatest));
        let bounded = self.is_bounded() || other.is_bounded();
        let margin = 1e-9 * least.abs().min(greatest.abs()).max(f64::MIN_POSITIVE);
        if bounded { least <= greatest } else { greatest - least > margin }
    }

    fn is_bounded(&self) -> bool {
        matches!(self.bound, Bound::AtLeast | Bound::AtMost)
    }

    /// A bound that lies far from the other figure says nothing of it.
    fn is_far(&self, other: &Self) -> bool {
        match self.bound {
            Bound::AtLeast => other.low > self.low.abs() * self.stretch,
            Bound::AtMost => other.high < self.high / self.stretch,
            _ => false,
        }
    }
}

/// Written with one digit and zeros behind it, or in a way that tells no digits: "about 200", "about a third".
fn is_coarse(quantity: &Quantity) -> bool {
    written(quantity).is_none_or(|(digits, _)| digits < 10.0)
}

/// Half a step of the last digit that is no zero: 5,000 for "180,000", in base units.
pub fn precision(quantity: &Quantity) -> f64 {
    quantity.tolerance * written(quantity).map_or(1.0, |(_, zeros)| zeros)
}

/// The digits a figure is written with, zeros at the end left out, and what these multiply them by.
fn written(quantity: &Quantity) -> Option<(f64, f64)> {
    const HAIR: f64 = 1e-6;
    let steps = (quantity.low / (2.0 * quantity.tolerance)).abs();
    let (mut digits, mut zeros) = (steps.round(), 1.0);
    if !digits.is_finite() || digits < 1.0 || (steps - digits).abs() > HAIR * digits {
        return None;
    }
    while digits % 10.0 == 0.0 {
        (digits, zeros) = (digits / 10.0, zeros * 10.0);
    }
    Some((digits, zeros))
}

/// The reason in words, for a relation found by intervals.
pub fn why(relation: Relation, a: &Quantity, b: &Quantity) -> String {
    let (a, b) = describe_pair(a, b);
    match relation {
        Relation::Same | Relation::Variant => format!("{a} and {b} are the same"),
        Relation::LessPrecise => format!("{a} and {b} can both be true"),
        Relation::Incompatible => format!("{a} and {b} cannot both be true"),
        Relation::Unknown => format!("{a} says too little of {b}"),
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::document::Span;
    use crate::extract::measure_words::tests::words;
    use crate::extract::quantity::quantities;
    use crate::text::tokenize;

    /// The first quantity of a text.
    pub(crate) fn quantity(text: &str) -> Quantity {
        let tokens = tokenize(text, Span::new(0, text.len()));
        quantities(&tokens, &words()).into_iter().next().unwrap_or_else(|| panic!("{text}")).value
    }

    /// A table of the rules in the repository.
    pub(crate) fn table<T: serde::de::DeserializeOwned>(name: &str) -> T {
        let mut rules: toml::Table = include_str!("../../rules/compare.toml").parse().unwrap();
        rules.remove(name).unwrap().try_into().unwrap()
    }
}
