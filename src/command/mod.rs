//! One file a command: its options as clap types, and the verb that runs it.

pub mod compare;
pub mod completions;
pub mod eval;
pub mod fuse;
pub mod init;
pub mod inspect;
pub mod man;
pub mod pairs;
pub mod report;
pub mod rules;
pub mod run;
pub mod schema;
