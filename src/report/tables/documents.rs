//! `documents.csv`: what was read.

use crate::report::table::row;

row! {
    /// One document.
    Document {
        /// Path relative to the corpus.
        document: String,
        /// Its outlet.
        source: String,
        /// The story it tells; empty when no other document tells it.
        story_id: String,
        /// The group of copies it belongs to: one independent unit; empty for none.
        copy_group: String,
        /// The headline.
        title: String,
        /// The day of publication; a date in page furniture is none.
        published: Option<jiff::civil::Date>,
        /// Who says so: manifest, metadata, url or dateline.
        published_from: String,
        /// ISO 639 code.
        language: String,
        /// The encoding it was read as.
        encoding: String,
        /// Words of article text.
        words: u64 as words,
        /// Share of its text that is article.
        body_share: Option<f64> as share,
        /// Share of its words in lines of page furniture: rows of furniture.csv, captions, bylines, datelines,
        /// restatements, padding and repetition aside.
        boilerplate_share: Option<f64> as share,
        /// Share of its words in restatements and in sentences that take most of their words from one earlier sentence:
        /// rows `restatement` and `padding` of furniture.csv.
        padding_share: Option<f64> as share,
        /// Share of its words in template text that nobody replaced: rows `template` of furniture.csv.
        placeholder_share: Option<f64> as share,
        /// Share of the article that other documents printed as well.
        copied_share: Option<f64> as share,
        /// Mentions of claims.
        claims: u64,
        /// Of these, those of which it names who says so.
        attributed: u64,
        /// Whether it says that it was corrected.
        corrected: Option<bool>,
        /// Whether its headline contradicts its body; empty where the body says nothing of it.
        headline_differs: Option<bool>,
        /// Outlets and agencies that it names as where its report comes from, joined by semicolons.
        credits: String,
        /// The outlet or agency whose text its copy group prints; empty for its own.
        origin: String,
        /// 16 hexadecimal digits (XXH3) over its text as read: another text, another digest.
        text_digest: String,
        /// Characters that could not be decoded (U+FFFD), and sequences that an earlier wrong decoding left.
        undecodable: u64,
        /// Share of the article's runs of five words that stood in it before, restatements aside: rows `repetition` and
        /// `padding` of furniture.csv.
        repeated_share: Option<f64> as share,
        /// Words of all its lines, furniture included: what the shares of boilerplate, padding and placeholders are of.
        page_words: u64 as words,
    }
}
