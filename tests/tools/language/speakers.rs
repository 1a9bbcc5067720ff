//! PolNeAR: who says what stands between double quotation marks.
//!
//! A quotation counts from four words on. Its speaker is right when he overlaps the source that
//! the set gives to the narrowest content covering half of the quotation, or ends in the same word.

use std::error::Error;
use std::fs;
use std::path::Path;

use variorum::document::Document;
use variorum::extract::quotation::{Quotation, quotations};
use variorum::reading::Reading;
use variorum::rules::RuleBook;

use super::{Tally, around, files};

/// Bytes of a text, from the first to behind the last.
type Bytes = (usize, usize);

/// Words from which a quotation counts.
const WORDS: usize = 4;

/// Measures all texts of a part that somebody annotated.
pub fn measure(part: &Path) -> Result<Tally, Box<dyn Error>> {
    let book = RuleBook::load(None)?;
    let annotations = files(&part.join("attributions"), "ann")?;
    let mut tally = Tally::new("speakers");
    for path in files(&part.join("text"), "txt")? {
        let stem = format!("{}_", path.file_stem().unwrap_or_default().to_string_lossy());
        let of_text = |p: &&std::path::PathBuf| p.file_name().is_some_and(|n| n.to_string_lossy().starts_with(&stem));
        let Some(annotated) = annotations.iter().find(of_text) else { continue };
        let text = fs::read_to_string(&path)?;
        let gold = attributions(&fs::read_to_string(annotated)?, &text);
        let document = Document { text, ..Document::default() };
        let reading = Reading::prose(&document, &book.clean.tables.abbreviations);
        let found = quotations(&reading, &book.extract.speech, &book.extract.quotation);
        compare(&reading, &found, &gold, &mut tally);
    }
    Ok(tally)
}

/// What is attributed, and to whom.
struct Attributed {
    content: Vec<Bytes>,
    source: Vec<Bytes>,
}

/// The attributions of a file of annotations, their characters turned into bytes of the text.
fn attributions(annotated: &str, text: &str) -> Vec<Attributed> {
    let bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let byte = |character: &str| character.parse::<usize>().ok().and_then(|c| bytes.get(c).copied()).unwrap_or(0);
    let spans = |written: &str| -> Vec<Bytes> {
        written.split(';').filter_map(|s| s.split_once(' ')).map(|(from, to)| (byte(from), byte(to))).collect()
    };
    let rows = || annotated.lines().filter_map(|line| line.split_once('\t'));
    let marked = |id: &str| -> Vec<Bytes> {
        let row = rows().find(|(name, _)| *name == id).and_then(|(_, row)| row.split('\t').next());
        row.and_then(|row| row.split_once(' ')).map(|(_, written)| spans(written)).unwrap_or_default()
    };
    let part = |row: &str, role: &str| -> Vec<Bytes> {
        let parts = row.split_whitespace().filter_map(|part| part.split_once(':'));
        parts.filter(|(name, _)| name.starts_with(role)).flat_map(|(_, id)| marked(id)).collect()
    };
    rows()
        .filter(|(id, _)| id.starts_with('E'))
        .map(|(_, row)| Attributed { content: part(row, "Content"), source: part(row, "Source") })
        .collect()
}

/// The bytes between double quotation marks, paragraph by paragraph.
fn marked(text: &str) -> Vec<Bytes> {
    let (mut found, mut open) = (Vec::new(), None);
    for (at, mark) in text.char_indices() {
        match (mark, open) {
            ('\n', _) => open = None,
            ('"' | '“', None) => open = Some(at + mark.len_utf8()),
            ('"' | '“' | '”', Some(start)) => {
                found.push((start, at));
                open = None;
            }
            _ => {}
        }
    }
    found.retain(|&(start, end)| words(&text[start..end]) >= WORDS);
    found
}

fn words(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count()
}

fn compare(reading: &Reading, found: &[Quotation], gold: &[Attributed], tally: &mut Tally) {
    let text = &reading.document.text;
    for quoted in marked(text) {
        let told = source(quoted, gold);
        let speaker = speaker(reading, found, quoted);
        let right = told.zip(speaker).is_some_and(|(told, speaker)| is_same(text, told, speaker));
        let kind = match (told, speaker) {
            _ if right => {
                tally.found += 1;
                tally.valued += 1;
                continue;
            }
            (None, None) => continue,
            (Some(_), Some(_)) => "wrong",
            (Some(_), None) => "none",
            (None, Some(_)) => "spurious",
        };
        tally.missed += usize::from(told.is_some());
        tally.spurious += usize::from(speaker.is_some());
        let printed = |bytes: Option<Bytes>| bytes.map_or("-", |(start, end)| &text[start..end]);
        let gold = printed(told.and_then(|t| t.first().copied()));
        tally.error(kind, format!("{} | {gold} | {}", around(text, quoted, 160), printed(speaker)));
    }
}

/// The source of the narrowest content that covers half of the quotation.
fn source(quoted: Bytes, gold: &[Attributed]) -> Option<&[Bytes]> {
    let covers = |a: &&Attributed| {
        2 * a.content.iter().map(|c| shared(*c, quoted)).sum::<usize>() >= quoted.1 - quoted.0 && !a.source.is_empty()
    };
    let size = |a: &&Attributed| a.content.iter().map(|(start, end)| end - start).sum::<usize>();
    gold.iter().filter(covers).min_by_key(size).map(|a| a.source.as_slice())
}

/// The speaker of the quotation that covers half of these bytes.
fn speaker(reading: &Reading, found: &[Quotation], quoted: Bytes) -> Option<Bytes> {
    let bytes = |tokens: &std::ops::Range<usize>| {
        let span = reading.span_of(tokens.clone());
        (span.start as usize, span.end as usize)
    };
    let covers = |q: &&Quotation| q.parts.iter().any(|p| 2 * shared(bytes(p), quoted) >= quoted.1 - quoted.0);
    found.iter().find(covers)?.speaker.as_ref().map(|s| bytes(&s.tokens))
}

fn shared(a: Bytes, b: Bytes) -> usize {
    a.1.min(b.1).saturating_sub(a.0.max(b.0))
}

fn is_same(text: &str, told: &[Bytes], speaker: Bytes) -> bool {
    let last = |(start, end): Bytes| text[start..end].split_whitespace().next_back();
    told.iter().any(|t| shared(*t, speaker) > 0 || last(*t).is_some() && last(*t) == last(speaker))
}
