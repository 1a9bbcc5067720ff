//! What the reading stage hands on: one published text of one source.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A half-open range of bytes in [`Document::text`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The bytes `start..end`.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start: start as u32, end: end as u32 }
    }

    /// The text under the span.
    pub fn of<'t>(&self, text: &'t str) -> &'t str {
        &text[self.start as usize..self.end as usize]
    }

    /// Length in bytes.
    pub fn len(&self) -> usize {
        (self.end - self.start) as usize
    }

    /// True when the span covers nothing.
    pub fn is_empty(&self) -> bool {
        self.start == self.end
    }

    /// True when `other` lies wholly inside.
    pub fn contains(&self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// True when the two share a byte.
    pub fn overlaps(&self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that covers both.
    pub fn cover(&self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// Where a publication date was found; a date in page furniture is never one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateOrigin {
    /// The manifest's `published` column.
    Manifest,
    /// A field of the record (JSON, CSV, WARC header, HTML metadata).
    Metadata,
    /// A date in the path of the document's address.
    Url,
    /// The article's own dateline or byline.
    Dateline,
}

/// A publication date and where it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// The civil day.
    pub date: Date,
    /// Who says so.
    pub origin: DateOrigin,
}

/// One published text of one source, decoded.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// Path relative to the corpus root with `/` between its parts; a record of a container
    /// (JSON Lines, CSV, WARC…) has `#` and its number behind it.
    pub path: String,
    /// The outlet.
    pub source: String,
    /// The headline, when metadata give one.
    pub title: Option<String>,
    /// Who wrote it, as metadata or a byline beside the text name them, `; ` between; empty for unknown.
    pub author: String,
    /// The day of publication, when something other than page furniture tells it.
    pub published: Option<Published>,
    /// The address it was published at.
    pub url: Option<String>,
    /// ISO 639-1 code, or ISO 639-3 where there is none; empty for unknown.
    pub language: String,
    /// Name of the encoding the bytes were read as.
    pub encoding: String,
    /// Characters that could not be decoded, and sequences that look wrongly decoded.
    pub undecodable: u32,
    /// True when the text is an extracted main text (HTML, a `text` field), so that page
    /// furniture is rare in it; false for a dump of a whole page.
    pub extracted: bool,
    /// The text, UTF-8, lines ended by `\n`. All spans count bytes of it.
    pub text: String,
}

impl Document {
    /// Whether claims are read from it; a document whose language is not known is given the chance.
    pub fn is_english(&self) -> bool {
        matches!(self.language.as_str(), "" | "en")
    }
}

/// A document or row that failed, as a row of `problems.csv`. It never stops a run.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Problem {
    /// Path of the document as in [`Document::path`].
    pub document: String,
    /// The stage that failed.
    pub stage: String,
    /// A short word for grouping: `unreadable`, `binary`, `manifest-row`, …
    pub code: String,
    /// What happened, where, and what to do, in one line.
    pub message: String,
}
