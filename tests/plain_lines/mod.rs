//! Labelled pages as plain text, from the directory named by `VARIORUM_SHARED` or `../shared`.

use std::fmt;
use std::io::Read;
use std::path::PathBuf;

use serde::Deserialize;
use variorum::document::Document;

/// A page whose lines are labelled.
pub struct Page {
    /// The page as one text, a line each.
    pub document: Document,
    /// Prose, furniture, or none of both (title, byline, repeats: they do not count).
    pub labels: Vec<Option<bool>>,
    /// Words of each line.
    pub words: Vec<u32>,
    /// English, or unknown.
    pub english: bool,
}

#[derive(Deserialize)]
struct Row {
    doc: String,
    host: String,
    lang: Option<String>,
    lines: Vec<String>,
    labels: String,
}

/// The pages; none, with a message, where the data are absent.
pub fn pages() -> Option<Vec<Page>> {
    let root = std::env::var_os("VARIORUM_SHARED").map_or_else(|| PathBuf::from("../shared"), PathBuf::from);
    let path = root.join("data/html/plain_lines_dev.jsonl.gz");
    let Ok(file) = std::fs::File::open(&path) else {
        println!("skipped: no {}", path.display());
        return None;
    };
    let mut text = String::new();
    flate2::read::GzDecoder::new(file).read_to_string(&mut text).expect("a gzip file of text");
    Some(text.lines().map(|line| page(serde_json::from_str(line).expect("a labelled page"))).collect())
}

fn page(row: Row) -> Page {
    let label = |c: char| match c {
        'C' => Some(true),
        'B' | 'R' | 'U' => Some(false),
        _ => None,
    };
    let lines: Vec<String> = row.lines.iter().map(|l| l.replace(['\n', '\r'], " ")).collect();
    Page {
        labels: row.labels.chars().map(label).collect(),
        words: lines.iter().map(|l| l.split_whitespace().count() as u32).collect(),
        english: row.lang.is_none_or(|l| l == "en"),
        document: Document { path: row.doc, source: row.host, text: lines.join("\n") + "\n", ..Document::default() },
    }
}

/// Counts of right and wrong marks, by line and by word.
#[derive(Default)]
pub struct Tally {
    lines: [f64; 4],
    words: [f64; 4],
}

/// F with precision and recall.
pub struct Score {
    pub f: f64,
    pub precision: f64,
    pub recall: f64,
}

impl Tally {
    /// Adds one page: what was kept, what should be, and how long each line is.
    pub fn add(&mut self, kept: &[bool], labels: &[Option<bool>], words: &[u32]) {
        for ((kept, label), words) in kept.iter().zip(labels).zip(words) {
            let Some(label) = label else { continue };
            let cell = usize::from(*kept) * 2 + usize::from(*label);
            self.lines[cell] += 1.0;
            self.words[cell] += f64::from(*words);
        }
    }

    /// F of prose by words.
    pub fn words(&self) -> Score {
        score(self.words[3], self.words[2], self.words[1])
    }

    /// F of prose by lines.
    pub fn lines(&self) -> Score {
        score(self.lines[3], self.lines[2], self.lines[1])
    }

    /// F of furniture by lines.
    pub fn furniture(&self) -> Score {
        score(self.lines[0], self.lines[1], self.lines[2])
    }
}

fn score(hit: f64, false_alarm: f64, missed: f64) -> Score {
    let (precision, recall) = (hit / (hit + false_alarm), hit / (hit + missed));
    Score { f: 2.0 * precision * recall / (precision + recall), precision, recall }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.3} ({:.3}/{:.3})", self.f, self.precision, self.recall)
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "prose words {}, prose lines {}, furniture lines {}", self.words(), self.lines(), self.furniture())
    }
}
