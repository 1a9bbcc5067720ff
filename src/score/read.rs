//! Tables of claims and of facts from CSV, plain or gzipped; tables of claims from Parquet too.
//!
//! The header names the columns: `source`, `item` and `value` are needed, `weight`, `time` and `group` may be there,
//! others are ignored, in any order. The delimiter is the first of comma, tab and semicolon that the header holds.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use csv::{ByteRecord, Position, Reader, ReaderBuilder};

use super::anchors::Fact;
use super::builder::{Builder, Claim};
use super::table::Table;
use crate::failure::Failure;

/// The columns of a table of claims, the needed ones first.
pub(crate) const COLUMNS: [&str; 6] = ["source", "item", "value", "weight", "time", "group"];
/// How many of them are needed.
pub(crate) const NEEDED: usize = 3;
/// Bytes read at once.
const BUFFER: usize = 1 << 18;
/// How a gzip file begins.
const GZIP: [u8; 2] = [0x1f, 0x8b];
/// The byte order mark that spreadsheets write.
const MARK: &[u8] = "\u{feff}".as_bytes();

/// A CSV file with the places of the columns asked for.
struct Csv {
    name: String,
    rows: Reader<Box<dyn BufRead>>,
    columns: Vec<Option<usize>>,
}

/// The table of claims in a file.
///
/// # Errors
/// [`Failure::NoInput`] with file and line: the file cannot be read, a column is missing, a row is broken, a weight is
/// not in (0, 1], or there is no row at all.
pub fn table(path: &Path) -> Result<Table, Failure> {
    if path.extension().is_some_and(|end| end.eq_ignore_ascii_case("parquet")) {
        return super::read_parquet::table(path);
    }
    let mut csv = Csv::open(path, &COLUMNS[..NEEDED], &COLUMNS[NEEDED..])?;
    let mut builder = Builder::default();
    let mut row = ByteRecord::new();
    while csv.next(&mut row)? {
        let cells = [0, 1, 2, 3, 4, 5].map(|column| csv.cell(&row, column));
        add(&mut builder, cells).map_err(|what| csv.at(row.position(), what))?;
    }
    if builder.is_empty() {
        return Err(Failure::NoInput(format!("{}: no claim below the header", csv.name)));
    }
    Ok(builder.finish())
}

/// The facts (`item`, `value`) in a file, in its order.
///
/// # Errors
/// [`Failure::NoInput`] with file and line, as for [`table`].
pub fn facts(path: &Path) -> Result<Vec<Fact>, Failure> {
    let mut csv = Csv::open(path, &["item", "value"], &[])?;
    let (mut facts, mut row) = (Vec::new(), ByteRecord::new());
    while csv.next(&mut row)? {
        facts.push(Fact { item: csv.cell(&row, 0).to_vec(), value: csv.cell(&row, 1).to_vec() });
    }
    Ok(facts)
}

/// Adds the claim in the cells of [`COLUMNS`]; what is wrong with it otherwise.
pub(crate) fn add(builder: &mut Builder, cells: [&[u8]; COLUMNS.len()]) -> Result<(), &'static str> {
    let [source, item, value, weighed, time, group] = cells;
    let weight = match weighed {
        b"" => 1.0,
        text => weight(text).ok_or("the weight is not a number in (0, 1]")?,
    };
    if source.is_empty() || item.is_empty() {
        return Err("source and item must not be empty");
    }
    if builder.len() >= u32::MAX as usize - 1 {
        return Err("more than four billion claims: split the table by item");
    }
    builder.push(Claim { source, item, value, weight, time, group });
    Ok(())
}

fn weight(text: &[u8]) -> Option<f32> {
    let weight: f32 = std::str::from_utf8(text).ok()?.trim().parse().ok()?;
    (weight > 0.0 && weight <= 1.0).then_some(weight)
}

impl Csv {
    fn open(path: &Path, needed: &[&str], optional: &[&str]) -> Result<Self, Failure> {
        let name = path.display().to_string();
        let unreadable = |error: std::io::Error| Failure::NoInput(format!("{name}: {error}"));
        let mut input = plain(path).map_err(unreadable)?;
        let head = input.fill_buf().map_err(unreadable)?;
        let delimiter = delimiter(head);
        let rows = ReaderBuilder::new().delimiter(delimiter).buffer_capacity(BUFFER).from_reader(input);
        let mut csv = Self { name, rows, columns: Vec::new() };
        csv.columns = csv.locate(needed, optional)?;
        Ok(csv)
    }

    /// The places of the columns, needed ones first.
    fn locate(&mut self, needed: &[&str], optional: &[&str]) -> Result<Vec<Option<usize>>, Failure> {
        let header = self.rows.byte_headers().map_err(|error| Failure::NoInput(format!("{}: {error}", self.name)))?;
        let names: Vec<String> = header.iter().map(column_name).collect();
        let place = |wanted: &&str| names.iter().position(|name| name == wanted);
        let missing: Vec<&str> = needed.iter().filter(|wanted| place(wanted).is_none()).copied().collect();
        if missing.is_empty() {
            return Ok(needed.iter().chain(optional).map(place).collect());
        }
        let text = format!(
            "{}:1: no column {}; the header must name {} (and may name {}), but reads: {}",
            self.name,
            missing.join(", "),
            needed.join(", "),
            if optional.is_empty() { "others".to_owned() } else { optional.join(", ") },
            names.join(", ")
        );
        Err(Failure::NoInput(text))
    }

    /// Reads the next row; false at the end.
    fn next(&mut self, row: &mut ByteRecord) -> Result<bool, Failure> {
        self.rows.read_byte_record(row).map_err(|error| match error.position() {
            Some(position) => self.at(Some(position), &reason(&error)),
            None => Failure::NoInput(format!("{}: {error}", self.name)),
        })
    }

    /// The cell of the n-th column asked for; empty where the file has no such column.
    fn cell<'a>(&self, row: &'a ByteRecord, column: usize) -> &'a [u8] {
        let place = self.columns.get(column).copied().flatten();
        place.and_then(|place| row.get(place)).unwrap_or_default()
    }

    fn at(&self, position: Option<&Position>, what: &str) -> Failure {
        let line = position.map_or(0, Position::line);
        Failure::NoInput(format!("{}:{line}: {what}", self.name))
    }
}

/// The file as it is, or unpacked if it is gzipped.
fn plain(path: &Path) -> std::io::Result<Box<dyn BufRead>> {
    let mut file = BufReader::with_capacity(BUFFER, File::open(path)?);
    if file.fill_buf()?.starts_with(&GZIP) {
        let unpacked: Box<dyn Read> = Box::new(flate2::bufread::MultiGzDecoder::new(file));
        return Ok(Box::new(BufReader::with_capacity(BUFFER, unpacked)));
    }
    Ok(Box::new(file))
}

fn delimiter(head: &[u8]) -> u8 {
    let header = head.split(|&byte| byte == b'\n').next().unwrap_or_default();
    b",\t;".iter().copied().find(|byte| header.contains(byte)).unwrap_or(b',')
}

fn column_name(cell: &[u8]) -> String {
    String::from_utf8_lossy(cell.strip_prefix(MARK).unwrap_or(cell)).trim().to_lowercase()
}

fn reason(error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("{len} cells instead of {expected_len}")
        }
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn file(bytes: &[u8]) -> tempfile::NamedTempFile {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(bytes).unwrap();
        file
    }

    fn check_claims(text: &[u8], expected: usize) {
        assert_eq!(table(file(text).path()).unwrap().claims(), expected);
    }

    fn check_error(text: &str, expected: &str) {
        let file = file(text.as_bytes());
        let error = table(file.path()).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
    }

    #[test]
    fn columns_in_any_order_and_delimiter() {
        check_claims(b"source,item,value\na,x,1\nb,x,2\n", 2);
        check_claims(b"\xef\xbb\xbfvalue\tnote\tITEM\tSource\n1\t-\tx\ta\n", 1);
        check_claims(b"source;item;value;weight\na;x;1;0.5\n", 1);
        check_claims(b"source,item,value\r\na,\"x, y\",\"1\"\"\"\r\n", 1);
    }

    #[test]
    fn gzip() {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packed.write_all(b"source,item,value\na,x,1\n").unwrap();
        check_claims(&packed.finish().unwrap(), 1);
    }

    #[test]
    fn errors_name_the_line() {
        check_error("source,item\na,x\n", ":1: no column value");
        check_error("source,item,value\na,x,1\na,x\n", ":3: 2 cells instead of 3");
        check_error("source,item,value,weight\na,x,1,2\n", ":2: the weight is not a number in (0, 1]");
        check_error("source,item,value\n,x,1\n", ":2: source and item must not be empty");
        check_error("source,item,value\n", "no claim below the header");
    }
}
