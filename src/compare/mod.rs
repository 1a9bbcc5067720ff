//! How two values, quotations or statements stand to each other, and why.

pub mod align;
pub mod asserted;
pub mod difference;
pub mod figure;
mod pairing;
pub mod quotation;
mod relate;
mod settle;
pub mod spelling;
pub mod statement;
pub mod unit;
pub mod wording;
//! How two values of one slot stand to each other.

