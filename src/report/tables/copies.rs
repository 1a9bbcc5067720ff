//! `copies.csv`: who printed whose text.

use crate::report::table::row;

row! {
    /// Two documents that share text.
    Copy {
        /// One document.
        document_a: String,
        /// The other.
        document_b: String,
        /// The outlet of the first.
        source_a: String,
        /// The outlet of the second.
        source_b: String,
        /// Share of the first that is in the second.
        containment_a: Option<f64> as share,
        /// Share of the second that is in the first.
        containment_b: Option<f64> as share,
        /// The document published earlier; empty when that is not known.
        earlier: String,
        /// Whether one names the other, or both the same outlet or agency, as where the text comes from.
        credited: Option<bool>,
        /// The document whose text came first; empty when nobody can tell.
        original: String,
        /// What tells: credit, or the day of publication.
        original_by: String,
        /// How much is shared: copy (one independent unit of evidence), partial, or passage.
        extent: String,
        /// Words of the longest passage that both print, changed words left out.
        longest_passage: u64,
        /// Where that passage begins in the first.
        line_a: u64,
        /// Where it begins in the second.
        line_b: u64,
    }
}
