//! `losses.csv`: what each score is the sum of.

use crate::report::table::row;

row! {
    /// One line of a score: a slot in which the source is in the minority, or what the prior adds.
    Loss {
        /// Names the line; the same in every run over the same documents and rules.
        loss_id: String,
        /// The outlet that loses.
        source: String,
        /// Names it in other tables.
        source_id: String,
        /// The slot; empty for the small-sample adjustment.
        slot_id: String,
        /// The pair of passages, in disagreements.csv; empty for the small-sample adjustment.
        disagreement_id: String,
        /// What differs: quote, number, duration, date, time, venue, place, person, role, negation, antonym, event-term or statement.
        kind: String,
        /// The column of sources.csv that the points are part of.
        lost_column: String,
        /// What the line costs; empty where the evidence is insufficient for a score. The lines of a source add up to 100 − score.
        points: Option<f64> as points,
        /// The story.
        story_id: String,
        /// Loss of the kind in `rules/score.toml`, 0 to 1.
        severity: Option<f64>,
        /// How firmly the value is told, 0 to 1: planned and hedged values cost less.
        firmness: Option<f64>,
        /// How far the value is believed in all the same, 0 to 1: a line costs severity × firmness × (1 − belief), divided by the weight of all slots.
        belief: Option<f64> as share,
        /// Its document.
        document: String,
        /// The line of the passage, counted from 1.
        line: u64,
        /// The passage.
        text: String,
        /// The value compared.
        value: String,
        /// Independent units behind that value.
        units: u64,
        /// An outlet of the best value that cannot be true beside it.
        other_source: String,
        /// Its document.
        other_document: String,
        /// The line of its passage, counted from 1.
        other_line: u64,
        /// Its passage.
        other_text: String,
        /// Its value.
        other_value: String,
        /// Independent units behind that value.
        other_units: u64,
        /// Whose text it was first, where the document copies another: a source, or an agency that is credited.
        origin: String,
        /// What to know of the line: an inherited error, or one counted already in another slot and costing nothing here.
        note: String,
    }
}
