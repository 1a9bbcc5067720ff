//! `rules/read.toml` as types: limits, formats, field names, and the words that tell language, date and outlet.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

pub use super::html::rules::{Names, Pages, Phrases};
use crate::rules::Words;
use crate::rules::{Example, Exemplified, Rule};
use crate::text::fold;

use super::encoding::undecodable;
use super::language::language;
use super::published;
use super::source::{self, is_web};

/// The text of the rules that come with the program.
pub const DEFAULTS: &str = include_str!("../../rules/read.toml");

/// All of `read.toml`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// When to give up.
    pub limits: Limits,
    /// What a file is, by the ending of its name.
    pub formats: Formats,
    /// Names of fields in records.
    pub fields: Fields,
    /// Names of elements in feeds.
    pub feed: Feeds,
    /// Names of columns in a manifest.
    pub manifest: Columns,
    /// How bytes become text.
    pub encoding: Encodings,
    /// How a language is told.
    pub language: Languages,
    /// How a publication date is read.
    pub published: Dates,
    /// How an outlet is named.
    pub source: Sources,
    /// How a page is rid of its furniture.
    pub html: Pages,
}

impl Rules {
    /// Reads rules from the text of a `read.toml`.
    ///
    /// # Errors
    /// The TOML is broken, or a key is unknown or missing.
    pub fn parse(text: &str) -> Result<Self, toml::de::Error> {
        toml::from_str(text)
    }
}

/// When to give up on a file.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// What the table is for.
    pub about: String,
    /// Most bytes of one text, page or record, decompressed.
    pub document_bytes: u64,
    /// Most a compressed file may grow.
    pub expansion_ratio: u64,
    /// Bytes below which no growth is suspicious.
    pub expansion_floor: u64,
    /// Most braces and brackets inside each other.
    pub json_depth: usize,
    /// Most elements of one HTML page.
    pub html_elements: usize,
    /// Most elements of a page that are open at once.
    pub html_depth: usize,
}

/// File name endings by format.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Formats {
    /// What the table is for.
    pub about: String,
    /// Plain text.
    pub text: Vec<String>,
    /// Markdown.
    pub markdown: Vec<String>,
    /// Pages.
    pub html: Vec<String>,
    /// XML, read where it is an article as trafilatura writes it, or a feed.
    pub xml: Vec<String>,
    /// Feeds.
    pub feed: Vec<String>,
    /// Pages saved with their pictures.
    pub mhtml: Vec<String>,
    /// JSON: an object, an array, or several one behind the other.
    pub json: Vec<String>,
    /// One JSON object a line.
    pub json_lines: Vec<String>,
    /// Tables; the delimiter is found by looking.
    pub table: Vec<String>,
    /// Web archives.
    pub warc: Vec<String>,
    /// Parquet.
    pub parquet: Vec<String>,
    /// Documents of word processors and readers: named in the problems, never read.
    pub foreign: Vec<String>,
    /// What such files begin with, whatever they are called.
    pub foreign_starts: Vec<String>,
    /// Archives, and files compressed otherwise than with gzip or zstd.
    pub packed: Vec<String>,
    /// Paths of addresses in a web archive whose plain text is written for machines.
    pub for_machines: Vec<String>,
    /// Left alone without a word.
    pub ignored: Vec<String>,
}

/// Names of fields in records, the best first.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Fields {
    /// What the table is for.
    pub about: String,
    /// The article's text.
    pub text: Vec<String>,
    /// The whole page.
    pub html: Vec<String>,
    /// Its address.
    pub url: Vec<String>,
    /// The outlet.
    pub source: Vec<String>,
    /// The headline.
    pub title: Vec<String>,
    /// Who wrote it.
    pub author: Vec<String>,
    /// Words in front of a name that are no part of it.
    pub before_author: Vec<String>,
    /// The day of publication.
    pub published: Vec<String>,
    /// The language.
    pub language: Vec<String>,
    /// Parts of a text that is an object, in reading order.
    pub parts: Vec<String>,
    /// Where records hang inside one object.
    pub records: Vec<String>,
    /// Where the fields of a record lie in an object inside it.
    pub inside: Vec<String>,
    /// Values that mean "not known".
    pub unknown: Vec<String>,
    /// Columns of a table without a header.
    pub headless: Vec<String>,
}

/// Names of elements in RSS and Atom, the best first.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Feeds {
    /// What the table is for.
    pub about: String,
    /// An item, which is a document.
    pub items: Vec<String>,
    /// The article's text, or what stands for it.
    pub text: Vec<String>,
    /// The headline, and the name of the feed.
    pub title: Vec<String>,
    /// Its address.
    pub url: Vec<String>,
    /// The day of publication.
    pub published: Vec<String>,
    /// Who wrote it.
    pub author: Vec<String>,
    /// The outlet that an aggregator had it from.
    pub source: Vec<String>,
    /// The language, of an item or of all.
    pub language: Vec<String>,
}

/// Names of columns in a manifest, the best first.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Columns {
    /// What the table is for.
    pub about: String,
    /// The document, relative to the manifest's folder.
    pub path: Vec<String>,
    /// The outlet.
    pub source: Vec<String>,
    /// The day of publication.
    pub published: Vec<String>,
    /// The address.
    pub url: Vec<String>,
    /// The headline.
    pub title: Vec<String>,
    /// The language.
    pub language: Vec<String>,
}

/// How bytes become text.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Encodings {
    /// What the table is for.
    pub about: String,
    /// Examples that it must find.
    pub fires: Vec<String>,
    /// Examples that it must leave alone.
    pub silent: Vec<String>,
    /// Bytes looked at to tell binary from text, and to guess.
    pub sample_bytes: usize,
    /// Undecodable sequences per thousand characters that leave a file UTF-8.
    pub damage_per_thousand: usize,
    /// Marks of windows-1252: a text without other characters beyond ASCII is written in it.
    pub marks: String,
    /// The same for currencies, where no letter follows.
    pub currencies: String,
}

/// How a language is told.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Languages {
    /// What the table is for.
    pub about: String,
    /// Examples that it must find.
    pub fires: Vec<String>,
    /// Examples that it must leave alone.
    pub silent: Vec<String>,
    /// Function words of English.
    pub english: Words,
    /// Share of them from which a text is English.
    pub english_share: f64,
    /// Words looked at.
    pub sample_words: usize,
    /// Bytes looked at.
    pub sample_bytes: usize,
    /// Words below which a text tells nothing.
    pub least_words: usize,
    /// ISO 639-1 codes by ISO 639-3 codes.
    pub codes: BTreeMap<String, String>,
}

/// How a publication date is read.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Dates {
    /// What the table is for.
    pub about: String,
    /// Examples that it must find.
    pub fires: Vec<String>,
    /// Examples that it must leave alone.
    pub silent: Vec<String>,
    /// The names of the months, January first.
    pub months: Vec<String>,
    /// A year before this is no publication year.
    pub earliest_year: i16,
    /// A year after this is none either.
    pub latest_year: i16,
}

/// How an outlet is named.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sources {
    /// What the table is for.
    pub about: String,
    /// Examples that it must find.
    pub fires: Vec<String>,
    /// Examples that it must leave alone.
    pub silent: Vec<String>,
    /// Registry labels below a country's label.
    pub second_levels: Vec<String>,
    /// Domains whose sub-domains are outlets.
    pub platforms: Vec<String>,
    /// Folder names that name no outlet.
    pub generic_folders: Vec<String>,
}

impl Exemplified for Rules {
    fn fires(&self, rule: &Rule, example: &Example) -> Option<bool> {
        self.says(&rule.path, example.text())
    }
}

impl Rules {
    /// What the table at `path` says to an example; none for tables that judge nothing.
    fn says(&self, path: &str, example: &str) -> Option<bool> {
        Some(match path {
            "encoding" => undecodable(example) > 0,
            "language" => language(example, None, &self.language) == "en",
            "published" => published::parse(example, &self.published).is_some(),
            "source" => is_web(example) && source::registrable(example, &self.source).is_some(),
            _ => self.html.phrases(path)?.fit(&fold(example)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_fire_and_stay_silent_as_their_examples_say() {
        let rules = Rules::parse(DEFAULTS).unwrap();
        let Rules { encoding, language, published, source, .. } = &rules;
        let tables = [
            ("encoding", &encoding.fires, &encoding.silent),
            ("language", &language.fires, &language.silent),
            ("published", &published.fires, &published.silent),
            ("source", &source.fires, &source.silent),
        ];
        for (path, fires, silent) in tables {
            fires.iter().for_each(|example| assert_eq!(rules.says(path, example), Some(true), "{example}"));
            silent.iter().for_each(|example| assert_eq!(rules.says(path, example), Some(false), "{example}"));
        }
    }
}
