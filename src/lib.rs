#![doc = include_str!("../README.md")]
#![warn(missing_docs)]

pub mod claim;
pub mod clean;
pub mod cli;
pub mod command;
pub mod compare;
pub mod comparison;
pub mod document;
mod embedded;
pub mod extract;
pub mod failure;
pub mod lexicon;
pub mod matching;
pub mod normalise;
#[cfg(feature = "python")]
pub mod python;
pub mod read;
pub mod reading;
pub mod report;
pub mod rules;
pub mod run;
pub mod score;
pub mod settings;
pub mod stages;
pub mod store;
pub mod text;
pub mod voices;

pub use run::analyse;
