//! `sources.csv`: the scorecards.

use crate::report::table::row;

row! {
    /// One source's scorecard. Empty means unknown or not enough evidence, never zero.
    Source {
        /// The outlet's name.
        source: String,
        /// Names the source in other tables.
        source_id: String,
        /// How much the scores rest on: insufficient, low or ok, by documents, comparable slots and peers.
        evidence_level: String,
        /// 100 × (1 − expected loss), what the lines of losses.csv leave of 100; empty when the evidence is insufficient.
        consistency_score: Option<f64> as points,
        /// Lower limit of the 95 % credible interval of the score.
        consistency_low: Option<f64> as points,
        /// Upper limit of the 95 % credible interval of the score.
        consistency_high: Option<f64> as points,
        /// From 0 for clean text to 100: furniture, padding, placeholder text, repetition. Never tone.
        noise_score: Option<f64> as points,
        /// What to know before quoting the scores, in words joined by semicolons.
        flags: String,
        /// Documents read.
        documents: u64,
        /// Documents after copies are counted once.
        independent_documents: u64,
        /// Words of article text.
        words: u64 as words,
        /// Other sources with which it shares at least one comparable slot.
        peers: u64,
        /// Mentions of claims.
        claims: u64,
        /// Slots to which it and at least one independent other source give a value.
        comparable_slots: u64,
        /// Comparable slots where an independent source gives an incompatible value.
        contradicted: u64,
        /// `contradicted` ÷ `comparable_slots`.
        contradiction_rate: Option<f64> as share,
        /// Contradicted slots where fewer independent units give its value than give the best incompatible one.
        minority: u64,
        /// `minority` ÷ `comparable_slots`.
        minority_rate: Option<f64> as share,
        /// Contradicted slots where both values have as many units: nobody's loss.
        disputed_ties: u64,
        /// Comparable slots where an independent source gives the same value.
        corroborated: u64,
        /// `corroborated` ÷ `comparable_slots`.
        corroboration_rate: Option<f64> as share,
        /// Share of its claims that no other source supplied here makes; no blame.
        sole_source_share: Option<f64> as share,
        /// Values that later events or figures overtook; no blame.
        superseded: u64,
        /// Slots where its own documents give incompatible values.
        self_contradictions: u64,
        /// Quotations that another independent source quotes as well.
        quotes_compared: u64,
        /// Of these, word for word as the others have them.
        quotes_verbatim: u64,
        /// Of these, with differences that leave the meaning: spelling, format, truncation.
        quotes_minor: u64,
        /// Of these, with other differences.
        quotes_changed: u64,
        /// (`quotes_verbatim` + `quotes_minor`) ÷ `quotes_compared`.
        quote_fidelity: Option<f64> as share,
        /// Changed quotations whose meaning differs.
        quotes_meaning_changed: u64,
        /// Points lost by quotations; all `lost_` columns and the adjustment add up to 100 − score.
        lost_quotes: Option<f64> as points,
        /// Points lost by numbers and durations.
        lost_numbers: Option<f64> as points,
        /// Points lost by dates and times.
        lost_times: Option<f64> as points,
        /// Points lost by venues and places.
        lost_places: Option<f64> as points,
        /// Points lost by persons and roles.
        lost_people: Option<f64> as points,
        /// Points lost by what happened: negations, antonyms, event terms.
        lost_events: Option<f64> as points,
        /// Points lost by anything else.
        lost_other: Option<f64> as points,
        /// Points that the prior fitted to all sources adds or takes where there is little evidence.
        small_sample_adjustment: Option<f64> as points,
        /// Stories it took part in.
        stories: u64,
        /// Share of its printed words that is page furniture, over all its documents.
        boilerplate_share: Option<f64> as share,
        /// Share of its printed words that say again what stood above.
        padding_share: Option<f64> as share,
        /// Share of its printed words that stand in for text: lorem ipsum, unfilled templates.
        placeholder_share: Option<f64> as share,
        /// Share of its article text that other documents printed as well.
        copied_share: Option<f64> as share,
        /// Its place by score; empty where its interval overlaps another's, for then no order is known.
        rank: Option<u64>,
        /// How many other sources' intervals overlap its own.
        overlaps: Option<u64>,
        /// By how many points the score would rise (below 0: fall) if the dispute that matters most were decided otherwise.
        swing_points: Option<f64> as points,
        /// The slot of that dispute.
        swing_slot: String,
        /// Share of its article text that no other document supplied is known to have printed first, by day or by credit.
        original_share: Option<f64> as share,
        /// Share of its claims of which it names who says so.
        attributed_share: Option<f64> as share,
        /// Headlines that give a value of which the body gives one too.
        headlines_compared: u64,
        /// Of these, headlines whose value contradicts every one that the body gives.
        headlines_differ: u64,
        /// Documents that say they were corrected: neither a merit nor a fault.
        corrections: u64,
        /// What the source replied to its scorecard, from replies.toml.
        reply: String,
        /// Share of an article's runs of five words that stood in it before, the mean over its documents by their words.
        repeated_share: Option<f64> as share,
    }
}
