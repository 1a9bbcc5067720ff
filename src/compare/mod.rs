//! How two values, quotations or statements stand to each other, and why.

pub mod align;
pub mod asserted;
pub mod caption;
pub mod difference;
pub mod figure;
mod pairing;
#[cfg(test)]
mod properties;
pub mod quotation;
mod relate;
mod settle;
pub mod spelling;
pub mod statement;
pub mod support;
pub mod unit;
pub mod wording;
