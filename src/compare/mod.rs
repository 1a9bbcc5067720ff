//! How two values of one kind stand to each other.

pub mod duration;
pub mod interval;
pub mod number;
pub mod when;

#[cfg(test)]
mod properties;
