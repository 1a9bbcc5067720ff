//! One file a command: its options as clap types, and the verb that runs it.

pub mod completions;
pub mod inspect;
pub mod rules;
pub mod schema;
