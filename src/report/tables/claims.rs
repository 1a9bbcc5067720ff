//! `claims.csv`: every mention of a claim.

use crate::report::table::row;

row! {
    /// One place where a claim is made.
    Claim {
        /// Names the mention.
        mention_id: String,
        /// The document, as a path relative to the corpus.
        document: String,
        /// Its outlet.
        source: String,
        /// The line it begins on, counted from 1.
        line: u64,
        /// First byte in the document.
        start: u64 as bytes,
        /// One past the last byte.
        end: u64 as bytes,
        /// What is claimed: an attribute of the rules, a quotation or a statement.
        attribute: String,
        /// Of what or whom.
        subject: String,
        /// The value, made comparable.
        value: String,
        /// The unit of the value; empty for plain counts and for values that are no numbers.
        unit: String,
        /// When, as far as the document tells.
        time: String,
        /// Where, as far as the document tells.
        place: String,
        /// Who is quoted; empty when nobody is.
        speaker: String,
        /// reported, planned, hedged or denied.
        modality: String,
        /// affirmed or negated.
        polarity: String,
        /// The passage as printed.
        text: String,
        /// The story it belongs to.
        story_id: String,
        /// The slot it fills.
        slot_id: String,
    }
}
