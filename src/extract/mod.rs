//! Typed mentions with the tokens they stand in.

pub mod names;
