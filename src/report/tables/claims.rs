//! `claims.csv`: every mention of a claim.

use compact_str::CompactString;

use crate::report::table::row;

row! {
    /// One place where a claim is made.
    Claim {
        /// Names the mention.
        mention_id: CompactString,
        /// The document, as a path relative to the corpus.
        document: CompactString,
        /// Its outlet.
        source: CompactString,
        /// The line it begins on, counted from 1.
        line: u64,
        /// First byte in the document.
        start: u64 as bytes,
        /// One past the last byte.
        end: u64 as bytes,
        /// What is claimed: an attribute of the rules, a quotation or a statement.
        attribute: CompactString,
        /// Of what or whom.
        subject: CompactString,
        /// The value, made comparable.
        value: CompactString,
        /// The unit of the value; empty for plain counts and for values that are no numbers.
        unit: CompactString,
        /// When, as far as the document tells.
        time: CompactString,
        /// Where, as far as the document tells.
        place: CompactString,
        /// Who is quoted; empty when nobody is.
        speaker: CompactString,
        /// reported, planned, hedged or denied.
        modality: CompactString,
        /// affirmed or negated.
        polarity: CompactString,
        /// The passage as printed.
        text: String,
        /// The story it belongs to.
        story_id: CompactString,
        /// The slot it fills.
        slot_id: CompactString,
    }
}
