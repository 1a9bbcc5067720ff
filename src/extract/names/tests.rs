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

#[test]
fn dump() {
    let Ok(path) = std::env::var("NAMES_DUMP") else { return };
    let text = std::fs::read_to_string(path).unwrap();
    let document = Document { text, ..Document::default() };
    let reading = read(&document);
    let found = names(&reading, Gazetteer::builtin(), rules());
    for s in &reading.sentences {
        println!("\n{}", reading.text(s.span).trim());
        for m in found.at(s.tokens.clone()) {
            let e = &found.entities[m.entity];
            println!(
                "   {} [{}] {:?} = {} {:?}",
                letter(e.kind),
                reading.text(reading.span_of(m.tokens.clone())),
                m.by,
                e.name,
                e.roles
            );
        }
    }
}

#[test]
fn casts() {
    let Ok(paths) = std::env::var("NAMES_CASTS") else { return };
    for path in paths.split(' ') {
        let text = std::fs::read_to_string(path).unwrap();
        let document = Document { text, ..Document::default() };
        let found = names(&read(&document), Gazetteer::builtin(), rules());
        println!("== {path}");
        for kind in ['P', 'O', 'L', 'V', 'X', 'D'] {
            let all = found.entities.iter().filter(|e| letter(e.kind) == kind);
            let one = |e: &Entity| {
                if e.roles.is_empty() { e.name.to_string() } else { format!("{} <{}>", e.name, e.roles.join("|")) }
            };
            println!(" {kind}: {}", all.map(one).collect::<Vec<_>>().join("; "));
        }
    }
}

#[test]
fn speed() {
    let Ok(paths) = std::env::var("NAMES_SPEED") else { return };
    let texts: Vec<String> = paths.split(' ').map(|p| std::fs::read_to_string(p).unwrap()).collect();
    let documents: Vec<Document> = texts.into_iter().map(|text| Document { text, ..Document::default() }).collect();
    let readings: Vec<Reading> = documents.iter().map(read).collect();
    let rules = Rules::default();
    let clock = std::time::Instant::now();
    let gazetteer = Gazetteer::builtin();
    println!("load {:?}", clock.elapsed());
    let bytes: usize = documents.iter().map(|d| d.text.len()).sum();
    let location_rules = crate::extract::location::Rules::default();
    for _ in 0..3 {
        let clock = std::time::Instant::now();
        for _ in 0..10 {
            for reading in &readings {
                std::hint::black_box(names(reading, gazetteer, &rules));
            }
        }
        let named = clock.elapsed().as_secs_f64();
        let clock = std::time::Instant::now();
        for reading in &readings {
            let found = names(reading, gazetteer, &rules);
            for _ in 0..10 {
                std::hint::black_box(crate::extract::location::locations(reading, &found, gazetteer, &location_rules));
            }
        }
        let located = clock.elapsed().as_secs_f64() - named / 10.0;
        println!(
            "{} bytes names {:.1} MB/s locations {:.1} MB/s",
            bytes,
            bytes as f64 / named / 1e5,
            bytes as f64 / located / 1e5
        );
    }
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
