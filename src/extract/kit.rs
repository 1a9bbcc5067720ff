//! What extraction works with: its rules, laid out once for a whole run.

use std::sync::OnceLock;

use super::Rules;
use super::measure_words::MeasureWords;
use crate::embedded::table;
use crate::lexicon::Lexicon;
use crate::normalise;
use crate::normalise::place::Gazetteer;
use crate::normalise::unit::UnitRules;

/// The rules of extracting and normalising, ready for use on any number of documents.
pub struct Kit<'k> {
    /// How claims are read.
    pub rules: &'k Rules,
    /// How values are made comparable.
    pub normalise: &'k normalise::Rules,
    /// What words mean.
    pub lexicon: &'k Lexicon,
    /// Where places lie.
    pub gazetteer: &'k Gazetteer,
    /// The words of numbers and dates.
    pub measures: MeasureWords,
}

impl<'k> Kit<'k> {
    /// Lays the rules out.
    pub fn new(
        rules: &'k Rules,
        normalise: &'k normalise::Rules,
        lexicon: &'k Lexicon,
        gazetteer: &'k Gazetteer,
    ) -> Self {
        let measures = MeasureWords::new(&rules.quantity, &rules.when, &normalise.unit);
        Self { rules, normalise, lexicon, gazetteer, measures }
    }
}

impl MeasureWords {
    /// The built-in words of numbers and dates, with built-in units.
    pub fn built_in() -> &'static Self {
        static BUILT_IN: OnceLock<MeasureWords> = OnceLock::new();
        BUILT_IN.get_or_init(|| Self::with_units(&normalise::Rules::built_in().unit))
    }

    /// The built-in words of numbers and dates, with these units.
    pub fn with_units(units: &UnitRules) -> Self {
        let text = include_str!("../../rules/extract.toml");
        Self::new(&table(text, "quantity"), &table(text, "when"), units)
    }
}
