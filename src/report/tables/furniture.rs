//! `furniture.csv`: lines of the page and not of the article, and lines of the article that repeat it.

use crate::report::table::row;

row! {
    /// One line behind the noise of its document.
    Furniture {
        /// The document.
        document: String,
        /// The line, counted from 1.
        line: u64,
        /// What it was taken for: menu, widget, caption, plea, template, and so on. `padding` and `repetition` are lines of
        /// the article that say again what it said; they are read all the same.
        kind: String,
        /// The rule that decided.
        rule: String,
        /// The line as printed.
        text: String,
        /// Words that count for its kind: all of them; of `restatement` and `padding` those of sentences that say
        /// again what stood above; of `repetition` the runs of five words that stood above. The sum over a document's rows is
        /// what documents.csv gives as a share of `page_words` (of `words` less 4 for `repetition`).
        words: u64 as words,
    }
}
