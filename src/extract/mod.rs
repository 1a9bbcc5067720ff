//! What a sentence states: typed mentions with their places, found without knowing of other documents.

pub mod measure_scan;
pub mod measure_words;
pub mod quantity;
pub mod when;
