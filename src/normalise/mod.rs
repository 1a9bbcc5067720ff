//! Normalise: raw values made comparable: places, units, and days counted from the day of publication.

mod gazetteer;
pub mod place;
pub mod unit;
pub mod when;
