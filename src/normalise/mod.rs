//! Raw values made comparable: units, and days counted from the day of publication.

pub mod unit;
pub mod when;
