//! How two values of one slot stand to each other.

pub mod name;
pub mod place;
pub mod role;
mod spelling;
