//! What the per-document stages leave behind of each document.

use serde::{Deserialize, Serialize};

use crate::claim::{Claim, Statement};
use crate::clean::Noise;
use crate::document::{Document, Published};
use crate::matching::reprint::Size;
use crate::matching::signature::Signature;
use crate::reading::{Line, Reading, Role};

/// A document without its text: its facts, claims and furniture.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Record {
    /// What is known of it.
    pub facts: Facts,
    /// Its claims, in the order of the text.
    pub claims: Vec<Claim>,
    /// Its statements, in the order of the text.
    pub statements: Vec<Statement>,
    /// Its lines that are no prose.
    pub furniture: Vec<Furniture>,
}

/// The facts of a document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Facts {
    /// As [`Document::path`].
    pub path: String,
    /// As [`Document::source`].
    pub source: String,
    /// The headline.
    pub title: Option<String>,
    /// The day of publication and who says so.
    pub published: Option<Published>,
    /// As [`Document::language`].
    pub language: String,
    /// As [`Document::encoding`].
    pub encoding: String,
    /// Words of the body.
    pub words: u64,
    /// Shares of noise.
    pub noise: Noise,
}

/// A line that is no prose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Furniture {
    /// Counted from 1.
    pub line: u32,
    /// What kind of furniture.
    pub kind: String,
    /// The rule that said so.
    pub rule: String,
    /// As printed.
    pub text: String,
}

/// What grouping needs of every document at once; kept small, for it stays in memory.
#[derive(Clone, Debug)]
pub struct Key {
    /// As [`Document::path`].
    pub path: String,
    /// What its story is recognised by.
    pub signature: Signature,
    /// How much there is that copies are recognised by.
    pub size: Size,
    /// The number under which its marks are in the index.
    pub number: u32,
}

impl Facts {
    /// The facts of a document that was read as `reading`.
    pub fn of(document: &Document, reading: &Reading, published: Option<Published>, noise: Noise) -> Self {
        Self {
            path: document.path.clone(),
            source: document.source.clone(),
            title: document.title.clone().or_else(|| title(reading)),
            published,
            language: document.language.clone(),
            encoding: document.encoding.clone(),
            words: body_words(reading),
            noise,
        }
    }
}

fn title(reading: &Reading) -> Option<String> {
    let line = reading.lines.iter().find(|l| l.role == Role::Title)?;
    Some(reading.text(line.span).trim().to_owned())
}

fn body_words(reading: &Reading) -> u64 {
    let body = reading.sentences.iter().filter(|s| s.role == Role::Body);
    body.map(|s| reading.tokens_of(s).iter().filter(|t| t.is_wordlike()).count() as u64).sum()
}

/// The lines of a reading that are no prose, empty ones left out.
pub fn furniture(reading: &Reading) -> Vec<Furniture> {
    let numbered = reading.lines.iter().zip(1..);
    numbered
        .filter(|(line, _)| is_furniture(line))
        .map(|(line, number)| Furniture {
            line: number,
            kind: line.kind.to_owned(),
            rule: line.rule.to_owned(),
            text: reading.text(line.span).trim().to_owned(),
        })
        .collect()
}

fn is_furniture(line: &Line) -> bool {
    !line.span.is_empty() && !line.rule.is_empty() && !matches!(line.role, Role::Body | Role::Title | Role::Heading)
}
