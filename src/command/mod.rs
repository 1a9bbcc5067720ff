//! One file a command: its options as clap types, and the verb that runs it.

pub mod check;
pub mod compare;
pub mod completions;
pub mod diff;
pub mod eval;
pub mod explain;
pub mod fuse;
pub mod init;
pub mod inspect;
pub mod man;
pub mod pairs;
pub mod report;
pub mod review;
pub mod rules;
pub mod run;
pub mod schema;

use std::path::Path;

use crate::failure::Failure;

/// There is no run where one was named.
fn no_run(path: &Path) -> Failure {
    Failure::NoInput(format!(
        "{shown}: no run here\n  name the folder of a run or one that holds latest, or make one with: variorum run CORPUS -o {shown}",
        shown = path.display()
    ))
}
