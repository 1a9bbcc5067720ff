//! What the per-document stages leave behind of each document.

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::Xxh3;

use crate::claim::{Claim, Statement};
use crate::clean::{Noise, count_of};
use crate::document::{Document, Problem, Published};
use crate::failure::Failure;
use crate::matching::group::Member;
use crate::matching::reprint::{Fingerprint, Place};
use crate::matching::signature::Signature;
use crate::reading::{Line, Reading, Role};
use crate::score::conduct::{Conduct, headlined};
use crate::store::Parcel;

/// A document without its text: its facts, claims and furniture.
#[derive(Clone, Debug)]
pub struct Record {
    /// What is known of it.
    pub facts: Facts,
    /// Its claims, in the order of the text.
    pub claims: Vec<Claim>,
    /// Its statements, in the order of the text.
    pub statements: Vec<Statement>,
    /// Its lines that are no prose.
    pub furniture: Vec<Furniture>,
    /// Where its sentences stand among the words that copies are recognised by.
    pub places: Vec<Place>,
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
    /// The lines of its headline, counted from 1.
    pub title_lines: Vec<u32>,
    /// How it goes about its claims.
    pub conduct: Conduct,
    /// As [`Document::undecodable`].
    pub undecodable: u32,
    /// 16 hexadecimal digits (XXH3) over the text as read.
    pub digest: String,
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
    /// Words of it, or repeated n-grams, that count for its kind.
    pub words: u32,
    /// As printed.
    pub text: String,
}

/// What grouping needs of every document at once.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Key {
    /// As [`Document::path`].
    pub path: String,
    /// What its story is recognised by.
    pub signature: Signature,
    /// What its copies are recognised by.
    pub fingerprint: Fingerprint,
    /// As [`Document::source`].
    pub source: String,
    /// Its day of publication.
    pub published: Option<jiff::civil::Date>,
    /// Names that it may credit.
    pub credits: Vec<compact_str::CompactString>,
}

/// All that is made of a document by itself.
#[derive(Clone, Debug)]
pub struct Kept {
    /// What grouping needs.
    pub key: Key,
    /// Why it was set aside.
    pub aside: Option<Problem>,
    /// What comparing and the tables need.
    pub record: Record,
}

/// The same as it is kept for the next run: what each later step needs is packed by itself, so that no step reads what
/// only another needs.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Filed {
    /// What grouping needs, and why it was set aside.
    pub front: Parcel<Front>,
    /// What the tables need, and the claims that tell whether its headline says what its body says.
    pub sheet: Parcel<(Sheet, Vec<Claim>)>,
    /// What comparing needs.
    pub told: Parcel<Told>,
}

/// What grouping needs of a document, and why it was set aside.
pub type Front = (Key, Option<Problem>);

/// What a document tells.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Told {
    /// As [`Record::claims`].
    pub claims: Vec<Claim>,
    /// As [`Record::statements`].
    pub statements: Vec<Statement>,
    /// As [`Record::places`].
    pub places: Vec<Place>,
}

/// What the tables of documents and of furniture tell of a document.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Sheet {
    /// Its facts.
    pub facts: Facts,
    /// Its lines that are no prose.
    pub furniture: Vec<Furniture>,
    /// How many claims it makes.
    pub claims: u64,
}

impl Record {
    /// The document for the tables, and what it tells.
    pub fn split(self) -> (Sheet, Told) {
        let Self { facts, claims, statements, furniture, places } = self;
        (Sheet { facts, furniture, claims: claims.len() as u64 }, Told { claims, statements, places })
    }

    /// The same with what it tells as a member of its story, an independent unit of its own that borrows nothing.
    pub fn member(self) -> (Sheet, Member) {
        let (sheet, told) = self.split();
        let (facts, published) = (&sheet.facts, sheet.facts.published.map(|p| p.date));
        let member = told.member((facts.path.clone(), facts.source.clone()), published);
        (sheet, member)
    }
}

impl Kept {
    /// The document as it is kept, and what of it is needed at once.
    ///
    /// # Errors
    /// [`Failure::Fatal`] for what cannot be written down.
    pub fn file(self) -> Result<(Filed, Front), Failure> {
        let (front, (sheet, told)) = ((self.key, self.aside), self.record.split());
        let headline = headlined(&told.claims, &sheet.facts.title_lines);
        let (sheet, told) = (Parcel::pack(&(sheet, headline))?, Parcel::pack(&told)?);
        Ok((Filed { front: Parcel::pack(&front)?, sheet, told }, front))
    }
}

impl Told {
    /// The document as a member of its story, an independent unit of its own that borrows nothing.
    pub fn member(self, (document, source): (String, String), published: Option<jiff::civil::Date>) -> Member {
        let Self { claims, statements, places } = self;
        Member { document, source, published, unit: 0, claims, statements, places, borrowed: Vec::new() }
    }
}

impl Facts {
    /// The facts of a document that was read as `reading`.
    pub fn of(
        document: &Document,
        reading: &Reading,
        published: Option<Published>,
        noise: Noise,
        conduct: Conduct,
    ) -> Self {
        Self {
            path: document.path.clone(),
            source: document.source.clone(),
            title: document.title.clone().or_else(|| title(reading)),
            published,
            language: document.language.clone(),
            encoding: document.encoding.clone(),
            words: body_words(reading),
            noise,
            title_lines: title_lines(reading),
            conduct,
            undecodable: document.undecodable,
            digest: format!("{:016x}", xxhash_rust::xxh3::xxh3_64(document.text.as_bytes())),
        }
    }
}

fn title_lines(reading: &Reading) -> Vec<u32> {
    reading.lines.iter().zip(1..).filter(|(line, _)| line.role == Role::Title).map(|(_, number)| number).collect()
}

fn title(reading: &Reading) -> Option<String> {
    let line = reading.lines.iter().find(|l| l.role == Role::Title)?;
    Some(reading.text(line.span).trim().to_owned())
}

fn body_words(reading: &Reading) -> u64 {
    let body = reading.sentences.iter().filter(|s| s.role == Role::Body);
    body.map(|s| reading.tokens_of(s).iter().filter(|t| t.is_wordlike()).count() as u64).sum()
}

/// The lines behind a document's noise, empty ones left out: those that are no prose, and prose that repeats itself.
/// The words of all rows of a kind are the words that its share counts.
pub fn furniture(reading: &Reading, noise: &Noise) -> Vec<Furniture> {
    let rows = |(line, number): (&Line, u32)| {
        let text = reading.text(line.span).trim();
        let row = |kind: &str, rule: &str, words: u32| Furniture {
            line: number,
            kind: kind.to_owned(),
            rule: rule.to_owned(),
            words,
            text: text.to_owned(),
        };
        let (again, repeated) = (count_of(&noise.padding_lines, number), count_of(&noise.repeated_lines, number));
        let of_body = |count: Option<u32>| count.filter(|_| line.role == Role::Body);
        let part = is_furniture(line).then(|| match line.role {
            Role::Restatement => row(line.kind, line.rule, again.unwrap_or_default()),
            _ => row(line.kind, line.rule, text.split_whitespace().count() as u32),
        });
        let padding = of_body(again).map(|words| row("padding", "noise", words));
        let repetition = of_body(repeated).map(|runs| row("repetition", "noise", runs));
        part.into_iter().chain(padding).chain(repetition)
    };
    reading.lines.iter().zip(1..).flat_map(rows).collect()
}

/// A digest of what cleaning made of a document: all that later stages see besides the document itself.
pub fn layout(reading: &Reading) -> u64 {
    let mut state = Xxh3::new();
    for line in &reading.lines {
        state.update(&[line.role as u8, line.kind.len() as u8]);
        state.update(line.kind.as_bytes());
        state.update(line.rule.as_bytes());
    }
    for sentence in &reading.sentences {
        state.update(&[sentence.role as u8]);
        for number in [sentence.span.start, sentence.span.end, sentence.paragraph] {
            state.update(&number.to_le_bytes());
        }
    }
    state.digest()
}

fn is_furniture(line: &Line) -> bool {
    !line.span.is_empty() && !line.rule.is_empty() && !matches!(line.role, Role::Body | Role::Title | Role::Heading)
}
