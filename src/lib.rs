//! Variorum reads what many outlets printed about the same events and scores every source.
#![warn(missing_docs)]

pub mod claim;
pub mod clean;
pub mod cli;
pub mod command;
pub mod comparison;
pub mod document;
pub mod failure;
pub mod matching;
pub mod reading;
pub mod report;
pub mod rules;
pub mod store;
pub mod text;
