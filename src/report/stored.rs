//! The tables of a run folder, read back: what the page and the spreadsheet are made of.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use csv::{ReaderBuilder, StringRecord, StringRecordsIntoIter};
use serde_json::Value;

use super::CellRules;
use crate::failure::Failure;

/// The tables of one run.
#[derive(Debug)]
pub struct Stored {
    folder: PathBuf,
    package: Value,
    manifest: Value,
    formula_starts: Arc<[char]>,
}

impl Stored {
    /// Opens the run in `folder`.
    ///
    /// # Errors
    /// [`Failure::NoInput`] when it is no run folder.
    pub fn open(folder: &Path, cells: &CellRules) -> Result<Self, Failure> {
        let path = folder.join("datapackage.json");
        let read = std::fs::read(&path).map_err(|error| unreadable(&path, &error))?;
        let package = serde_json::from_slice(&read).map_err(|error| unreadable(&path, &error))?;
        let manifest = std::fs::read(folder.join("run.json")).unwrap_or_default();
        Ok(Self {
            folder: folder.to_owned(),
            package,
            manifest: serde_json::from_slice(&manifest).unwrap_or_default(),
            formula_starts: cells.formula_starts.clone().into(),
        })
    }

    /// The same run with the manifest it is about to get: `run.json` is written last.
    pub fn with_manifest(self, manifest: &[u8]) -> Self {
        Self { manifest: serde_json::from_slice(manifest).unwrap_or_default(), ..self }
    }

    /// The run's `run.json`; `null` where it has none yet.
    pub fn manifest(&self) -> &Value {
        &self.manifest
    }

    /// The rows of a table, through all its files; none for a table that was not written.
    ///
    /// # Errors
    /// [`Failure::NoInput`] for each row that cannot be read.
    pub fn rows(&self, table: &str) -> StoredRows {
        let part = |resource: &Value| Part {
            path: self.folder.join(resource["path"].as_str().unwrap_or_default()),
            delimiter: resource["dialect"]["delimiter"].as_str().and_then(|text| text.bytes().next()).unwrap_or(b','),
        };
        let parts = self.resources(table).map(part).collect();
        StoredRows { parts, open: None, formula_starts: Arc::clone(&self.formula_starts) }
    }

    /// The names of a table's files, in the order of their rows.
    pub fn files(&self, table: &str) -> Vec<String> {
        self.resources(table).filter_map(|resource| resource["path"].as_str().map(str::to_owned)).collect()
    }

    fn resources(&self, table: &str) -> impl Iterator<Item = &Value> {
        let resources = self.package["resources"].as_array().into_iter().flatten();
        resources.filter(move |resource| belongs(resource["name"].as_str().unwrap_or_default(), table))
    }

    /// Whether the table was written.
    pub fn has(&self, table: &str) -> bool {
        !self.rows(table).parts.is_empty()
    }
}

/// Whether `resource` is `table` or one of its further files, `table-2`.
fn belongs(resource: &str, table: &str) -> bool {
    let rest = resource.strip_prefix(table);
    rest.is_some_and(|rest| rest.is_empty() || rest.strip_prefix('-').is_some_and(|n| n.parse::<u32>().is_ok()))
}

/// One row, its cells found by the names of their columns.
#[derive(Clone, Debug, Default)]
pub struct StoredRow {
    header: Arc<[String]>,
    cells: StringRecord,
    formula_starts: Arc<[char]>,
    decimal_comma: bool,
}

impl StoredRow {
    /// The text of a cell as it was before it was made fit for spreadsheets; empty where there is none.
    pub fn text(&self, column: &str) -> &str {
        let cell = self.cell(column);
        match cell.strip_prefix('\'') {
            Some(text) if text.starts_with(&*self.formula_starts) => text,
            _ => cell,
        }
    }

    /// The names of the columns, in their order.
    pub fn columns(&self) -> &[String] {
        &self.header
    }

    /// The number in a cell.
    pub fn number(&self, column: &str) -> Option<f64> {
        let cell = self.cell(column);
        if self.decimal_comma { cell.replace(',', ".").parse().ok() } else { cell.parse().ok() }
    }

    /// The count in a cell; 0 where there is none.
    pub fn count(&self, column: &str) -> u64 {
        self.cell(column).parse().unwrap_or_default()
    }

    fn cell(&self, column: &str) -> &str {
        let at = self.header.iter().position(|name| name == column);
        at.and_then(|at| self.cells.get(at)).unwrap_or_default()
    }
}

/// One file of a table.
#[derive(Debug)]
struct Part {
    path: PathBuf,
    delimiter: u8,
}

/// The rows of a table, one after the other.
pub struct StoredRows {
    parts: VecDeque<Part>,
    open: Option<OpenPart>,
    formula_starts: Arc<[char]>,
}

struct OpenPart {
    part: Part,
    header: Arc<[String]>,
    records: StringRecordsIntoIter<BufReader<File>>,
}

impl Iterator for StoredRows {
    type Item = Result<StoredRow, Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.open.as_mut().map(|open| open.records.next()) {
                Some(Some(record)) => return self.open.as_ref().map(|open| self.row(open, record)),
                _ => match open(self.parts.pop_front()?) {
                    Ok(part) => self.open = Some(part),
                    Err(failure) => return Some(Err(failure)),
                },
            }
        }
    }
}

impl StoredRows {
    fn row(&self, open: &OpenPart, record: csv::Result<StringRecord>) -> Result<StoredRow, Failure> {
        Ok(StoredRow {
            header: Arc::clone(&open.header),
            cells: record.map_err(|error| unreadable(&open.part.path, &error))?,
            formula_starts: Arc::clone(&self.formula_starts),
            decimal_comma: open.part.delimiter == b';',
        })
    }
}

fn open(part: Part) -> Result<OpenPart, Failure> {
    let failed = |error: &dyn std::fmt::Display| unreadable(&part.path, error);
    let mut file = BufReader::new(File::open(&part.path).map_err(|error| failed(&error))?);
    skip_mark(&mut file).map_err(|error| failed(&error))?;
    let mut reader = ReaderBuilder::new().delimiter(part.delimiter).flexible(true).from_reader(file);
    let header = reader.headers().map_err(|error| failed(&error))?.iter().map(str::to_owned).collect();
    Ok(OpenPart { part, header, records: reader.into_records() })
}

/// Steps over a byte order mark.
fn skip_mark(file: &mut BufReader<File>) -> std::io::Result<()> {
    const MARK: [u8; 3] = [0xef, 0xbb, 0xbf];
    if std::io::BufRead::fill_buf(file)?.starts_with(&MARK) {
        file.read_exact(&mut [0; MARK.len()])?;
    }
    Ok(())
}

fn unreadable(path: &Path, error: &dyn std::fmt::Display) -> Failure {
    Failure::NoInput(format!("{}: {error}\n  name the folder of a run, or one that holds `latest`", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::csv::{Dialect, Style, write_table};
    use crate::report::tables::{SOURCES, Source};
    use crate::rules::RuleBook;

    #[test]
    fn what_was_written_is_read_back() {
        for dialect in [Dialect::Excel, Dialect::ExcelEu, Dialect::Rfc] {
            let dir = tempfile::tempdir().unwrap();
            let mut cells = RuleBook::load(None).unwrap().report.cells;
            cells.rows = 2;
            let source =
                |n: u64| Source { source: format!("={n}"), documents: n, noise_score: Some(0.5), ..Source::default() };
            let rows = (0..5).map(|n| Ok(source(n)));
            let written =
                write_table(dir.path(), &SOURCES, Style { dialect, cells: &cells, mask: None }, rows).unwrap();
            crate::report::describe(dir.path(), "r", dialect, &[written]).unwrap();
            let stored = Stored::open(dir.path(), &cells).unwrap();
            let read: Vec<_> = stored.rows("sources").map(Result::unwrap).collect();
            let told: Vec<_> = read
                .iter()
                .map(|row| (row.text("source"), row.count("documents"), row.number("noise_score")))
                .collect();
            let texts: Vec<_> = (0..5).map(|n| format!("={n}")).collect();
            let expected: Vec<_> = (0..5).map(|n| (texts[n].as_str(), n as u64, Some(0.5))).collect();
            assert_eq!(told, expected);
            assert_eq!((read[0].number("consistency_score"), read[0].text("nowhere")), (None, ""));
            assert_eq!(stored.rows("claims").count(), 0);
        }
    }

    #[test]
    fn another_folder_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let cells = RuleBook::load(None).unwrap().report.cells;
        assert!(matches!(Stored::open(dir.path(), &cells), Err(Failure::NoInput(_))));
    }
}
