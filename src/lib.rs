//! Variorum reads what many outlets printed about the same events and scores every source.
#![warn(missing_docs)]

pub mod claim;
pub mod cli;
pub mod command;
pub mod compare;
pub mod comparison;
pub mod document;
pub mod extract;
pub mod failure;
pub mod normalise;
pub mod reading;
pub mod text;
