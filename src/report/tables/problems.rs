//! `problems.csv`: what failed without stopping the run.

use crate::report::table::row;

row! {
    /// One document or row that failed.
    Problem {
        /// The document.
        document: String,
        /// The stage that failed.
        stage: String,
        /// A short word to group by.
        code: String,
        /// What happened, where, and what to do.
        message: String,
    }
}
