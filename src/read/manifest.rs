//! The manifest: a table that says of each document who published it, when and where.

use std::fs;
use std::path::{Component, Path, PathBuf};

use csv::StringRecord;
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::published;
use super::rules::{Columns, Rules};
use super::table::delimiter_of;
use super::trouble::Trouble;
use crate::document::Problem;
use crate::failure::Failure;

/// What a row says of one document. Empty cells say nothing.
#[derive(Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// The outlet.
    pub source: Option<String>,
    /// The day of publication.
    pub published: Option<Date>,
    /// The address.
    pub url: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// The language.
    pub language: Option<String>,
}

/// The rows of a manifest by the real path of their document.
#[derive(Debug, Default)]
pub(super) struct Manifest {
    /// The rows.
    pub rows: FxHashMap<PathBuf, Row>,
    /// The manifest itself, which is no document; empty where none was given.
    pub file: PathBuf,
    /// Rows that cannot be used, each with file and line.
    pub problems: Vec<Problem>,
}

/// Reads a manifest.
///
/// # Errors
/// It cannot be read, or has no column for the path.
pub(super) fn read(path: &Path, rules: &Rules) -> Result<Manifest, Failure> {
    let usage = |what: &str| Failure::Usage(format!("the manifest {} {what}", path.display()));
    let file = fs::canonicalize(path).map_err(|error| usage(&format!("cannot be read: {error}")))?;
    let bytes = fs::read(&file).map_err(|error| usage(&format!("cannot be read: {error}")))?;
    let bytes = super::encoding::decode(bytes, None, &rules.encoding).text;
    let text = bytes.strip_prefix('\u{FEFF}').unwrap_or(&bytes);
    let mut table =
        csv::ReaderBuilder::new().delimiter(delimiter_of(text.as_bytes())).flexible(true).from_reader(text.as_bytes());
    let header = table.headers().map_err(|error| usage(&format!("is no table: {error}")))?.clone();
    let found = Found::of(&header, &rules.manifest).ok_or_else(|| {
        let names = rules.manifest.path.join(" or ");
        let what = format!("the manifest has no column {names}; its first line must name its columns");
        Failure::Usage(format!("{}:1: {what}", path.display()))
    })?;
    let mut reader = Reader { found, path, file, rules, manifest: Manifest::default() };
    for row in table.records() {
        reader.add(row);
    }
    reader.manifest.file = reader.file;
    Ok(reader.manifest)
}

/// Where the columns stand.
struct Found {
    path: usize,
    source: Option<usize>,
    published: Option<usize>,
    url: Option<usize>,
    title: Option<usize>,
    language: Option<usize>,
}

impl Found {
    fn of(header: &StringRecord, columns: &Columns) -> Option<Self> {
        let find = |names: &[String]| {
            names.iter().find_map(|name| header.iter().position(|cell| cell.trim().eq_ignore_ascii_case(name)))
        };
        Some(Self {
            path: find(&columns.path)?,
            source: find(&columns.source),
            published: find(&columns.published),
            url: find(&columns.url),
            title: find(&columns.title),
            language: find(&columns.language),
        })
    }
}

struct Reader<'a> {
    found: Found,
    path: &'a Path,
    file: PathBuf,
    rules: &'a Rules,
    manifest: Manifest,
}

impl Reader<'_> {
    fn add(&mut self, row: Result<StringRecord, csv::Error>) {
        let line = match &row {
            Ok(row) => row.position().map_or(0, csv::Position::line),
            Err(error) => error.position().map_or(0, csv::Position::line),
        };
        let document = row.as_ref().ok().and_then(|row| row.get(self.found.path)).unwrap_or_default().trim().to_owned();
        let outcome = match row {
            Ok(row) => self.use_row(&row, &document),
            Err(error) => Err(format!("cannot be read: {error}")),
        };
        if let Err(what) = outcome {
            self.tell(line, &document, &what);
        }
    }

    /// Takes over what a row says; tells what it says wrongly.
    fn use_row(&mut self, row: &StringRecord, document: &str) -> Result<(), String> {
        let real = self.real_path(document)?;
        let cell = |at: Option<usize>| at.and_then(|at| row.get(at)).map(str::trim).filter(|cell| !cell.is_empty());
        let date = cell(self.found.published);
        let published = date.and_then(|date| published::parse(date, &self.rules.published));
        let known = Row {
            source: cell(self.found.source).map(str::to_owned),
            published,
            url: cell(self.found.url).map(str::to_owned),
            title: cell(self.found.title).map(str::to_owned),
            language: cell(self.found.language).map(str::to_owned),
        };
        if self.manifest.rows.insert(real, known).is_some() {
            return Err("names a document that an earlier row names too; this row counts".to_owned());
        }
        match (date, published) {
            (Some(date), None) => Err(format!("has a date that cannot be read, {date:?}; write it as 2025-03-31")),
            _ => Ok(()),
        }
    }

    /// The document's real path. A row may name only what lies beside or below the manifest.
    fn real_path(&self, document: &str) -> Result<PathBuf, String> {
        if document.is_empty() {
            return Err("names no document".to_owned());
        }
        let path = Path::new(document);
        if !path.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir)) {
            return Err("leads out of the manifest's folder; paths are relative to it and have no `..`".to_owned());
        }
        let folder = self.file.parent().unwrap_or(Path::new("/"));
        fs::canonicalize(folder.join(path)).map_err(|error| format!("names a document that cannot be read: {error}"))
    }

    fn tell(&mut self, line: u64, document: &str, what: &str) {
        let trouble = Trouble::ManifestRow(format!("{} line {line}: {what}", self.path.display()));
        let document = if document.is_empty() { self.path.to_string_lossy().into_owned() } else { document.to_owned() };
        let row = Problem { message: trouble.to_string(), ..trouble.of(&document) };
        self.manifest.problems.push(row);
    }
}
