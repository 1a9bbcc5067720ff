//! `furniture.csv`: lines of the page and not of the article.

use crate::report::table::row;

row! {
    /// One line taken for furniture.
    Furniture {
        /// The document.
        document: String,
        /// The line, counted from 1.
        line: u64,
        /// What it was taken for: menu, widget, caption, plea, template, and so on.
        kind: String,
        /// The rule that decided.
        rule: String,
        /// The line as printed.
        text: String,
    }
}
