//! `disagreements.csv`, `agreements.csv` and `not_comparable.csv`: two mentions side by side.

use compact_str::CompactString;

use crate::report::table::row;

row! {
    /// Two mentions and what is said of them.
    Pair {
        /// Names the pair; the same in every run over the same documents and rules.
        disagreement_id: CompactString,
        /// The story both belong to.
        story_id: CompactString,
        /// The slot both fill; empty for aligned statements.
        slot_id: CompactString,
        /// What differs or agrees: quote, number, duration, date, time, venue, place, person, role, negation, antonym, event-term or statement.
        kind: CompactString,
        /// contradicts or superseded; agrees, less-precise or variant; not-comparable.
        verdict: CompactString,
        /// How much it weighs in the score, as named in the rules.
        severity: CompactString,
        /// Who is quoted; empty when nobody is.
        speaker: CompactString,
        /// The first mention's outlet.
        source_a: CompactString,
        /// Its document.
        document_a: CompactString,
        /// The line it begins on, counted from 1.
        line_a: u64,
        /// Its first byte in the document.
        start_a: u64 as bytes,
        /// One past its last byte.
        end_a: u64 as bytes,
        /// The passage.
        text_a: String,
        /// The value compared.
        value_a: CompactString,
        /// reported, planned, hedged or denied.
        modality_a: CompactString,
        /// The second mention's outlet.
        source_b: CompactString,
        /// Its document.
        document_b: CompactString,
        /// The line it begins on, counted from 1.
        line_b: u64,
        /// Its first byte in the document.
        start_b: u64 as bytes,
        /// One past its last byte.
        end_b: u64 as bytes,
        /// The passage.
        text_b: String,
        /// The value compared.
        value_b: CompactString,
        /// reported, planned, hedged or denied.
        modality_b: CompactString,
        /// Both wordings in one line: [-only in the first-] {+only in the second+}.
        diff: String,
        /// Independent units that give the first value.
        units_a: u64,
        /// Independent units that give the second value.
        units_b: u64,
        /// The rule that decided; `variorum rules show` prints it.
        rule: CompactString,
        /// The reason in words.
        why: String,
        /// A person's verdict from judgements.toml, which overrides.
        reviewed: CompactString,
        /// That person's reason.
        note: String,
        /// What the sources concerned replied, from replies.toml; it changes no verdict.
        replies: String,
        /// Further documents of the first one's copy group that print the same, each with a row of its own.
        also_a: String,
        /// Further documents of the second one's copy group that print the same.
        also_b: String,
        /// The row that stands for this one: the same two values between copies of the same two texts. Empty for
        /// the row that stands for itself, so that rows without it are one a pair of independent units.
        same_as: CompactString,
        /// What the rules said where a judgement overrides it; empty elsewhere.
        overruled: CompactString,
        /// How likely a contradiction is one, between 0 and 1; rules may leave out what is unlikely. Empty for what is none.
        confidence: Option<f64> as share,
        /// What that was reckoned from, each measure with its value; `variorum schema` tells what they are.
        measures: String,
    }
}
