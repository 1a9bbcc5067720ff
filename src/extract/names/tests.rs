//! Own sentences over many subjects, each with the names that it names.

use proptest::prelude::*;

use super::*;
use crate::claim::EntityKind;
use crate::document::{Document, Span};
use crate::reading::{Role, Sentence};
use crate::text::{Abbreviations, sentences, tokenize};

/// A reading whose paragraphs are the text's lines; a line that begins with `# ` is a heading.
pub(crate) fn read(document: &Document) -> Reading<'_> {
    let abbreviations = Abbreviations {
        never_final: [
            "mr", "mrs", "ms", "dr", "gen", "sen", "gov", "rep", "lt", "col", "st", "prof", "rev", "capt", "sgt",
        ]
        .into_iter()
        .collect(),
        before_number: ["no", "sept"].into_iter().collect(),
        openers: ["he", "she", "it", "the", "they", "but", "in", "on"].into_iter().collect(),
        longest: 0,
    };
    let mut reading = Reading { document, lines: Vec::new(), tokens: Vec::new(), sentences: Vec::new() };
    let mut start = 0;
    for (paragraph, line) in document.text.split_inclusive('\n').enumerate() {
        let heading = line.starts_with("# ");
        let from = start + if heading { 2 } else { 0 };
        let tokens = tokenize(&document.text, Span::new(from, start + line.len()));
        let offset = reading.tokens.len();
        for cut in sentences(&tokens, &abbreviations) {
            let span = tokens[cut.start].span.cover(tokens[cut.end - 1].span);
            let role = if heading { Role::Heading } else { Role::Body };
            let number = paragraph as u32;
            let tokens = cut.start + offset..cut.end + offset;
            reading.sentences.push(Sentence { tokens, span, line: number + 1, paragraph: number, role });
        }
        reading.tokens.extend(tokens);
        start += line.len();
    }
    reading
}

fn rules() -> &'static Rules {
    static RULES: std::sync::OnceLock<Rules> = std::sync::OnceLock::new();
    RULES.get_or_init(Rules::default)
}

fn letter(kind: EntityKind) -> char {
    match kind {
        EntityKind::Person => 'P',
        EntityKind::Place => 'L',
        EntityKind::Venue => 'V',
        EntityKind::Organisation => 'O',
        EntityKind::Demonym => 'D',
        EntityKind::Other => 'X',
    }
}

fn show(text: &str) -> String {
    let document = Document { text: text.to_owned(), ..Document::default() };
    let found = names(&read(&document), Gazetteer::builtin(), rules());
    let one = |e: &Entity| format!("{} {}", letter(e.kind), e.name);
    found.entities.iter().map(one).collect::<Vec<_>>().join("; ")
}

/// What was expected and what was found of one text, as sets of `kind name`.
fn score(text: &str, expected: &str) -> (usize, usize, usize) {
    let found = show(text);
    let set = |s: &str| -> std::collections::BTreeSet<String> {
        s.split("; ").filter(|e| !e.is_empty()).map(str::to_owned).collect()
    };
    let (expected, found) = (set(expected), set(&found));
    for wrong in found.difference(&expected) {
        println!("false  {wrong}   in: {text}");
    }
    for missed in expected.difference(&found) {
        println!("missed {missed}   in: {text}");
    }
    (expected.intersection(&found).count(), found.len(), expected.len())
}

#[test]
fn names_the_labelled_texts() {
    let scores = labelled::LABELLED.iter().map(|(text, expected)| score(text, expected));
    let (right, found, expected) = scores.fold((0, 0, 0), |a, b| (a.0 + b.0, a.1 + b.1, a.2 + b.2));
    let (precision, recall) = (right as f64 / found as f64, right as f64 / expected as f64);
    println!("entities with kind: precision {precision:.3} recall {recall:.3} n {expected}");
    assert!(precision >= 0.97 && recall >= 0.97);
}

#[test]
fn stand_ins_of_the_labelled_texts() {
    let mut wrong = 0;
    for (text, expected) in labelled::STAND_INS {
        let document = Document { text: (*text).to_owned(), ..Document::default() };
        let reading = read(&document);
        let found = names(&reading, Gazetteer::builtin(), rules());
        let stands = |m: &&NameMention| matches!(m.by, MentionBy::Pronoun | MentionBy::Description);
        let one = |m: &NameMention| {
            format!("{} = {}", reading.text(reading.span_of(m.tokens.clone())), found.name_of(m.entity))
        };
        let all: Vec<String> = found.mentions.iter().filter(stands).map(one).collect();
        if all.join("; ") != *expected {
            println!("stands {}   in: {text}", all.join("; "));
            wrong += 1;
        }
    }
    assert_eq!(wrong, 0);
}

#[test]
fn examples_of_the_table() {
    let rules = Rules::default();
    for text in &rules.tables.fires {
        assert_ne!(show(text), "", "{text}");
    }
    for text in &rules.tables.silent {
        assert_eq!(show(text), "", "{text}");
    }
}

proptest! {
    #[test]
    fn never_panics(text in "([A-Za-z]{1,6}|[ .,'\"()&-]|\\PC|of |the |Mr. |President |his |both |\n){0,40}") {
        show(&text);
    }
}
