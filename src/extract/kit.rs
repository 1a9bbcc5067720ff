//! What extraction works with: its rules, laid out once for a whole run.

use super::Rules;
use super::measure_words::MeasureWords;
use crate::normalise;
use crate::normalise::place::Gazetteer;

/// The rules of extracting and normalising, ready for use on any number of documents.
pub struct Kit<'k> {
    /// How claims are read.
    pub rules: &'k Rules,
    /// How values are made comparable.
    pub normalise: &'k normalise::Rules,
    /// Where places lie.
    pub gazetteer: &'k Gazetteer,
    /// The words of numbers and dates.
    pub measures: MeasureWords,
}

impl<'k> Kit<'k> {
    /// Lays the rules out.
    pub fn new(rules: &'k Rules, normalise: &'k normalise::Rules, gazetteer: &'k Gazetteer) -> Self {
        let measures = MeasureWords::new(&rules.quantity, &rules.when, &normalise.unit);
        Self { rules, normalise, gazetteer, measures }
    }
}
