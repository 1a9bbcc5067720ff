//! Match: which documents tell one story, which claims fill one slot, which pairs are worth comparing.

pub mod signature;
pub mod story;
