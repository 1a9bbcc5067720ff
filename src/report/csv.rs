//! CSV that opens right: in spreadsheet programs, and as RFC 4180 describes it.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::Path;

use compact_str::ToCompactString;
use csv::{Terminator, Writer, WriterBuilder};

use super::CellRules;
use super::cell::fit;
pub use super::dialect::Dialect;
use super::mask::Mask;
use super::table::{Cell, Column, Row, Table};
use crate::failure::Failure;
use crate::store::atomic::AtomicFile;

const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// How tables are to be written.
#[derive(Clone, Copy, Debug)]
pub struct Style<'r> {
    /// The flavour of CSV.
    pub dialect: Dialect,
    /// What programs bear.
    pub cells: &'r CellRules,
    /// Hides names that stand in texts.
    pub mask: Option<&'r Mask>,
}

/// What was written of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Written {
    /// The table's name.
    pub table: String,
    /// Its files with their rows, in order: more than one where a program would not bear all rows.
    pub files: Vec<WrittenFile>,
    /// Cells that looked like a formula and were neutralised.
    pub neutralised: u64,
    /// Cells that were cut.
    pub cut: u64,
}

/// One file of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct WrittenFile {
    /// Its name in the run folder.
    pub name: String,
    /// Its rows, the header not counted.
    pub rows: u64,
    /// Its size in bytes.
    pub bytes: u64,
}

impl Written {
    /// All rows of the table.
    pub fn rows(&self) -> u64 {
        self.files.iter().map(|file| file.rows).sum()
    }
}

/// Writes `table` into `folder` as its rows come; no more than one is held.
///
/// # Errors
/// Those of the rows, and [`Failure::Output`].
pub fn write_table<R: Row>(
    folder: &Path,
    table: &Table,
    style: Style<'_>,
    rows: impl IntoIterator<Item = Result<R, Failure>>,
) -> Result<Written, Failure> {
    let mut writer = TableWriter::begin(folder, table, style)?;
    for row in rows {
        writer.put(&row?)?;
    }
    writer.finish()
}

/// The same of rows that are only their bytes.
///
/// # Errors
/// As [`write_table`].
pub fn write_kept<R: Row>(
    folder: &Path,
    table: &Table,
    style: Style<'_>,
    rows: impl IntoIterator<Item = Result<impl AsRef<[u8]>, Failure>>,
) -> Result<Written, Failure> {
    let mut writer = TableWriter::begin(folder, table, style)?;
    for row in rows {
        let row = row?;
        let damaged = |error| Failure::Fatal(format!("a row of {} cannot be read back: {error}", table.name));
        writer.put_cells(|put| R::kept_cells(row.as_ref(), put).map_err(damaged))?;
    }
    writer.finish()
}

/// A table being written.
struct TableWriter<'w> {
    folder: &'w Path,
    table: &'w Table,
    style: Style<'w>,
    file: CsvFile,
    number: String,
    written: Written,
}

impl<'w> TableWriter<'w> {
    fn begin(folder: &'w Path, table: &'w Table, style: Style<'w>) -> Result<Self, Failure> {
        let written = Written { table: table.name.to_owned(), ..Written::default() };
        let file = CsvFile::begin(folder, &file_name(table, 1), style.dialect, table.columns)?;
        Ok(Self { folder, table, style, file, number: String::new(), written })
    }

    fn put<R: Row>(&mut self, row: &R) -> Result<(), Failure> {
        self.put_cells(|put| {
            row.cells(put);
            Ok(())
        })
    }

    /// Writes a row of the cells that `hand_on` hands on.
    fn put_cells<'c>(
        &mut self,
        hand_on: impl FnOnce(&mut dyn FnMut(Cell<'c>)) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        if self.file.told.rows == self.style.cells.rows {
            self.next_file()?;
        }
        let mut done = Ok(());
        hand_on(&mut |cell| {
            if done.is_ok() {
                done = self.put_cell(cell);
            }
        })?;
        done.and_then(|()| self.file.csv.write_record(None::<&[u8]>)).map_err(|error| self.file.failed(error))?;
        self.file.told.rows += 1;
        Ok(())
    }

    fn put_cell(&mut self, cell: Cell<'_>) -> csv::Result<()> {
        if let Cell::Text(text) = cell {
            let masked = self.style.mask.map_or(Cow::Borrowed(text), |mask| mask.text(text));
            let fitted = fit(&masked, self.style.cells);
            self.written.neutralised += u64::from(fitted.neutralised);
            self.written.cut += u64::from(fitted.cut);
            return self.file.csv.write_field(fitted.text.as_bytes());
        }
        if let Cell::Integer(count) = cell {
            return self.file.csv.write_field(count.to_compact_string().as_bytes());
        }
        self.number.clear();
        // Writing to a String cannot fail.
        let _ = match cell {
            Cell::Number(number) => write_number(&mut self.number, number, self.style.dialect),
            Cell::Flag(flag) => write!(self.number, "{flag}"),
            Cell::Day(day) => write!(self.number, "{day}"),
            Cell::Empty | Cell::Text(_) | Cell::Integer(_) => Ok(()),
        };
        self.file.csv.write_field(&self.number)
    }

    fn next_file(&mut self) -> Result<(), Failure> {
        let name = file_name(self.table, self.written.files.len() + 2);
        let next = CsvFile::begin(self.folder, &name, self.style.dialect, self.table.columns)?;
        self.written.files.push(std::mem::replace(&mut self.file, next).finish()?);
        Ok(())
    }

    fn finish(mut self) -> Result<Written, Failure> {
        self.written.files.push(self.file.finish()?);
        Ok(self.written)
    }
}

/// The name of the `nth` file of a table, from 1.
fn file_name(table: &Table, nth: usize) -> String {
    if nth == 1 { format!("{}.csv", table.name) } else { format!("{}-{nth}.csv", table.name) }
}

/// Four decimals, and no minus before a number that rounds to 0.
fn write_number(out: &mut String, number: f64, dialect: Dialect) -> std::fmt::Result {
    let start = out.len();
    write!(out, "{number:.4}")?;
    if out[start..].starts_with('-') && out[start..].bytes().all(|b| matches!(b, b'-' | b'0' | b'.')) {
        out.remove(start);
    }
    if dialect.decimal_mark() != '.' {
        let written = out.split_off(start);
        out.push_str(&written.replace('.', &dialect.decimal_mark().to_string()));
    }
    Ok(())
}

/// One file being written.
struct CsvFile {
    csv: Writer<AtomicFile>,
    told: WrittenFile,
    path: std::path::PathBuf,
}

impl CsvFile {
    fn begin(folder: &Path, name: &str, dialect: Dialect, columns: &[Column]) -> Result<Self, Failure> {
        let path = folder.join(name);
        let mut file = AtomicFile::create(&path)?;
        if dialect.has_mark() {
            file.write_all(BYTE_ORDER_MARK).map_err(|error| Failure::output(&path, error))?;
        }
        let csv = WriterBuilder::new().delimiter(dialect.delimiter()).terminator(Terminator::CRLF).from_writer(file);
        let told = WrittenFile { name: name.to_owned(), ..WrittenFile::default() };
        let mut begun = Self { csv, told, path };
        let header = begun.csv.write_record(columns.iter().map(|column| column.name));
        header.map_err(|error| begun.failed(error))?;
        Ok(begun)
    }

    fn failed(&self, error: csv::Error) -> Failure {
        let error = match error.into_kind() {
            csv::ErrorKind::Io(error) => error,
            other => io::Error::other(format!("{other:?}")),
        };
        Failure::output(&self.path, error)
    }

    fn finish(self) -> Result<WrittenFile, Failure> {
        let Self { csv, mut told, path } = self;
        let file = csv.into_inner().map_err(|error| Failure::output(&path, error.into_error()))?;
        file.commit()?;
        told.bytes = std::fs::metadata(&path).map_err(|error| Failure::output(&path, error))?.len();
        Ok(told)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::table::row;
    use crate::rules::RuleBook;
    use proptest::prelude::*;
    use std::fs;

    row! {
        /// A row.
        Demo {
            /// Text.
            text: String,
            /// Number.
            rate: Option<f64> as share,
            /// Count.
            n: u64,
            /// Flag.
            ok: bool,
            /// Day.
            day: Option<jiff::civil::Date>,
        }
    }

    const DEMO: Table = Table { name: "demo", row: "row", key: &[], columns: Demo::COLUMNS };

    fn demo(text: &str, rate: Option<f64>) -> Demo {
        Demo { text: text.into(), rate, n: 7, ok: true, day: jiff::civil::Date::new(2024, 5, 31).ok() }
    }

    fn write(dialect: Dialect, limit: u64, rows: Vec<Demo>) -> (tempfile::TempDir, Written) {
        let dir = tempfile::tempdir().unwrap();
        let mut cells = RuleBook::load(None).unwrap().report.cells;
        cells.rows = limit;
        let style = Style { dialect, cells: &cells, mask: None };
        let written = write_table(dir.path(), &DEMO, style, rows.into_iter().map(Ok)).unwrap();
        (dir, written)
    }

    #[test]
    fn each_flavour_to_the_byte() {
        let check = |dialect, expected: &str| {
            let rows = vec![demo("a,\"b\";é", Some(0.125)), demo("-1", Some(-0.000_01)), demo("", None)];
            let (dir, written) = write(dialect, 100, rows);
            assert_eq!(fs::read_to_string(dir.path().join("demo.csv")).unwrap(), expected);
            assert_eq!((written.neutralised, written.rows(), written.files[0].bytes), (1, 3, expected.len() as u64));
        };
        check(
            Dialect::Excel,
            "\u{feff}text,rate,n,ok,day\r\n\"a,\"\"b\"\";é\",0.1250,7,true,2024-05-31\r\n\
             '-1,0.0000,7,true,2024-05-31\r\n,,7,true,2024-05-31\r\n",
        );
        check(
            Dialect::ExcelEu,
            "\u{feff}text;rate;n;ok;day\r\n\"a,\"\"b\"\";é\";0,1250;7;true;2024-05-31\r\n\
             '-1;0,0000;7;true;2024-05-31\r\n;;7;true;2024-05-31\r\n",
        );
        check(
            Dialect::Rfc,
            "text,rate,n,ok,day\r\n\"a,\"\"b\"\";é\",0.1250,7,true,2024-05-31\r\n\
             '-1,0.0000,7,true,2024-05-31\r\n,,7,true,2024-05-31\r\n",
        );
    }

    #[test]
    fn a_second_file_begins_where_a_program_bears_no_more() {
        let (dir, written) = write(Dialect::Rfc, 2, (0..5).map(|n| demo(&n.to_string(), None)).collect());
        let rows: Vec<_> = written.files.iter().map(|file| (file.name.as_str(), file.rows)).collect();
        assert_eq!(rows, [("demo.csv", 2), ("demo-2.csv", 2), ("demo-3.csv", 1)]);
        let last = fs::read_to_string(dir.path().join("demo-3.csv")).unwrap();
        assert_eq!(last, "text,rate,n,ok,day\r\n4,,7,true,2024-05-31\r\n");
    }

    #[test]
    fn a_failing_row_leaves_no_file() {
        let dir = tempfile::tempdir().unwrap();
        let cells = RuleBook::load(None).unwrap().report.cells;
        let style = Style { dialect: Dialect::Rfc, cells: &cells, mask: None };
        let rows = vec![Ok(demo("a", None)), Err(Failure::Fatal("lost".into()))];
        assert!(write_table(dir.path(), &DEMO, style, rows).is_err());
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn cells_come_back_as_they_went(texts in proptest::collection::vec("([=,;\"' -]|[^\r\n\0\u{b}\u{c}\u{85}\u{2028}\u{2029}]){1,20}", 1..5)) {
            let (dir, _) = write(Dialect::Excel, 100, texts.iter().map(|text| demo(text, None)).collect());
            let bytes = fs::read(dir.path().join("demo.csv")).unwrap();
            let read: Vec<String> = csv::Reader::from_reader(&bytes[3..])
                .records()
                .map(|record| record.unwrap()[0].to_owned())
                .collect();
            for (text, cell) in texts.iter().zip(&read) {
                let neutral = cell.strip_prefix('\'').filter(|_| !text.starts_with('\''));
                prop_assert_eq!(neutral.unwrap_or(cell), text.as_str());
            }
        }
    }
}
