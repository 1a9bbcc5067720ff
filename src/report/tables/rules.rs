//! `rules.csv`: what each rule did in the run.

use crate::report::table::row;

row! {
    /// One rule. A rule that matched nothing has a row with 0.
    Rule {
        /// Its name, as in the `rule` columns of other tables.
        rule: String,
        /// The file it is written in.
        file: String,
        /// How often it matched.
        fired: u64,
        /// Pairs it judged to agree.
        agreed: u64,
        /// Pairs it judged to contradict.
        contradicted: u64,
        /// Examples it carries.
        examples: u64,
        /// The stage it belongs to.
        stage: String,
        /// The line it begins on in its file, counted from 1.
        line: u64,
        /// What it is about.
        about: String,
    }
}
