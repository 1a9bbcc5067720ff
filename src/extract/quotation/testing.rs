//! A small reading for tests: every line is a paragraph.

use compact_str::CompactString;

use crate::document::{Document, Span};
use crate::reading::{Reading, Role, Sentence};
use crate::text::{Abbreviations, sentences, tokenize};

/// A document of `text`.
pub fn document(text: &str) -> Document {
    Document { text: text.to_owned(), ..Document::default() }
}

/// A table of the rules that ship.
pub fn rules<T: serde::de::DeserializeOwned>(table: &str) -> T {
    let all: toml::Table = toml::from_str(include_str!("../../../rules/extract.toml")).expect("rules/extract.toml");
    all[table].clone().try_into().expect("a table of rules/extract.toml")
}

/// Its reading, without any cleaning.
pub fn reading(document: &Document) -> Reading<'_> {
    let mut reading = Reading { document, lines: Vec::new(), tokens: Vec::new(), sentences: Vec::new() };
    let mut start = 0;
    for (number, line) in document.text.split('\n').enumerate() {
        push_line(&mut reading, Span::new(start, start + line.len()), number as u32);
        start += line.len() + 1;
    }
    reading
}

fn push_line(reading: &mut Reading, span: Span, number: u32) {
    let tokens = tokenize(&reading.document.text, span);
    let base = reading.tokens.len();
    for cut in sentences(&tokens, &abbreviations()) {
        let span = tokens[cut.start].span.cover(tokens[cut.end - 1].span);
        let tokens = cut.start + base..cut.end + base;
        reading.sentences.push(Sentence { tokens, span, line: number + 1, paragraph: number, role: Role::Body });
    }
    reading.tokens.extend(tokens);
}

fn abbreviations() -> Abbreviations {
    let set = |words: &str| words.split(' ').map(CompactString::from).collect();
    Abbreviations {
        never_final: set("mr mrs ms dr gen sen rep gov st prof lt col sgt rev jr sr capt"),
        before_number: set("sept no oct nov dec jan feb aug"),
        openers: set("he she the it they in on but and we i a"),
        longest: 0,
    }
}
