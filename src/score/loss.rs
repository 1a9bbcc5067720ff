//! What each lost slot costs: the lines that a score is the sum of.
//!
//! Points are whole ten-thousandths of a point, as they are printed, so that the lines of a source add up to what its
//! score lacks of 100 to the last digit, in every table and on every page.

use std::collections::BTreeMap;

use crate::claim::Kind;

/// Ten-thousandths of a point.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Points(i64);

impl Points {
    /// All there are to lose.
    pub const ALL: Self = Self(1_000_000);

    /// The points of a share of 1, rounded.
    pub fn of(share: f64) -> Self {
        Self((share * Self::ALL.0 as f64).round() as i64)
    }

    /// As a number; it prints exactly with four decimals.
    pub fn number(self) -> f64 {
        self.0 as f64 / 10_000.0
    }
}

impl std::ops::Sub for Points {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl std::iter::Sum for Points {
    fn sum<I: Iterator<Item = Self>>(points: I) -> Self {
        Self(points.map(|points| points.0).sum())
    }
}

/// What a source loses in one slot.
#[derive(Clone, Debug, PartialEq)]
pub struct Loss {
    /// Points; none for a source without a score.
    pub points: Option<f64>,
    /// Loss of its kind, 0 to 1.
    pub severity: f64,
    /// How firmly the value is told, 0 to 1.
    pub firmness: f64,
    /// How far the value is believed in all the same, 0 to 1.
    pub belief: f64,
    /// True when the same error of the same text was counted in another slot.
    pub repeated: bool,
}

/// All losses, by source and by id of the slot.
pub type Losses = BTreeMap<(String, String), Loss>;

/// The `lost_` column that a kind belongs to.
pub fn column(kind: Kind) -> &'static str {
    match kind {
        Kind::Quote => "lost_quotes",
        Kind::Number | Kind::Duration => "lost_numbers",
        Kind::Date | Kind::Time => "lost_times",
        Kind::Venue | Kind::Place => "lost_places",
        Kind::Person | Kind::Role => "lost_people",
        Kind::Negation | Kind::Antonym | Kind::EventTerm => "lost_events",
        Kind::Statement => "lost_other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_add_up_as_they_are_printed() {
        let parts = [1.0 / 3.0, 1.0 / 7.0, 1.0 / 11.0].map(Points::of);
        let left = Points::ALL - parts.into_iter().sum();
        let printed: Vec<String> =
            parts.into_iter().chain([left]).map(|p| format!("{:.4}", p.number()).replace('.', "")).collect();
        let sum: i64 = printed.iter().map(|digits| digits.parse::<i64>().unwrap()).sum();
        assert_eq!(sum, 1_000_000);
    }
}
