//! Raw values made comparable.

mod gazetteer;
pub mod place;
