//! Parquet, a document a row, by the row interface: only the columns that hold fields are decoded.

use std::io::BufRead;

use super::record::Job;
use super::trouble::Trouble;

/// Needs the feature `parquet`.
#[cfg(not(feature = "parquet"))]
pub(super) fn read(_: &mut dyn BufRead, _: &mut Job) -> Result<(), Trouble> {
    Err(Trouble::FeatureOff("parquet"))
}
