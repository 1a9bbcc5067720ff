//! What tells how likely a contradiction is one.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The measures of a pair of passages; in rules, what one of each weighs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Measures {
    /// The summed rarity within the story of the words that stand near both values.
    pub near: f64,
    /// Their share of the words near one of them.
    pub near_share: f64,
    /// The share, by rarity, of the content words of one passage that the other has too, the values left out; of the
    /// passage of less weight.
    pub common_share: f64,
    /// Names in one passage that are not in the other.
    pub names_apart: f64,
    /// How many sentences stand before the passage that stands later in its report; as all below that count, its
    /// logarithm when 1 is added.
    pub late: f64,
    /// Sentences of both reports together.
    pub length: f64,
    /// The share of weight that two quotations have in common; 0 for all else.
    pub verbatim: f64,
    /// Words of the shorter quotation; 0 for all else.
    pub quoted: f64,
}

impl Measures {
    /// The sum of all measures, each times its weight.
    pub fn weighed(&self, weights: &Self) -> f64 {
        self.named().iter().zip(weights.named()).map(|((_, value), (_, weight))| value * weight).sum()
    }

    fn named(&self) -> [(&'static str, f64); 8] {
        [
            ("near", self.near),
            ("near_share", self.near_share),
            ("common_share", self.common_share),
            ("names_apart", self.names_apart),
            ("late", self.late),
            ("length", self.length),
            ("verbatim", self.verbatim),
            ("quoted", self.quoted),
        ]
    }
}

/// As in a table: `near 7.31 late 2.08`, without those that are 0.
impl fmt::Display for Measures {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let mut gap = "";
        for (name, value) in self.named().into_iter().filter(|(_, value)| *value != 0.0) {
            write!(f, "{gap}{name} {value:.2}")?;
            gap = " ";
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_are_weighed_by_name_and_told_without_those_that_are_nothing() {
        let measures = Measures { near: 2.0, length: 3.0, ..Measures::default() };
        let weights = Measures { near: 0.5, late: 9.0, length: -0.25, ..Measures::default() };
        assert!((measures.weighed(&weights) - 0.25).abs() < 1e-9);
        assert_eq!(measures.to_string(), "near 2.00 length 3.00");
    }
}
