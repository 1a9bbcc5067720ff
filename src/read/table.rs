//! CSV and its kin, a document a row. The delimiter is found by looking; a table without a header is read when it is
//! one that trafilatura writes.

use std::io::BufRead;

use csv::ByteRecord;

use super::bounded::{Bounded, Input};
use super::encoding::{Decoded, decode, of_part};
use super::field_name::is_same;
use super::json::{is_known, no_text};
use super::record::{Job, Record};
use super::rules::{Fields, Rules};
use super::source::is_address;
use super::trouble::Trouble;

/// Bytes that the parser reads ahead of the row it is at.
const AHEAD: usize = 64 * 1024;

/// Reads a table; rows are counted from 1 behind the header.
pub(super) fn read(mut input: Input, job: &mut Job) -> Result<(), Trouble> {
    let delimiter = match told_delimiter(input.fill_buf()?) {
        Some((delimiter, line)) => {
            input.consume(line);
            delimiter
        }
        None => delimiter_of(input.fill_buf()?),
    };
    let bounded = Bounded::new(input, job.rules.limits.document_bytes + AHEAD as u64);
    let mut table = csv::ReaderBuilder::new()
        .buffer_capacity(AHEAD)
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(bounded);
    let mut row = ByteRecord::new();
    if !next(&mut table, &mut row)? {
        return Err(Trouble::Empty);
    }
    let (columns, is_header) = Columns::of(&row, &job.rules.fields).ok_or_else(|| no_text(header(&row)))?;
    let mut number = 0;
    let mut waiting = !is_header;
    while waiting || next(&mut table, &mut row)? {
        waiting = false;
        number += 1;
        job.deliver(Some(number), columns.record(&row, job.rules))?;
    }
    if number == 0 { Err(Trouble::Empty) } else { Ok(()) }
}

/// Reads the next row, which may not be larger than one document.
fn next(table: &mut csv::Reader<Bounded<Input>>, row: &mut ByteRecord) -> Result<bool, Trouble> {
    table.get_mut().refill();
    table.read_byte_record(row).map_err(|error| {
        let line = error.position().map_or(0, csv::Position::line);
        match error.into_kind() {
            csv::ErrorKind::Io(error) => match Trouble::from(error) {
                Trouble::Bomb(limit) => Trouble::TooLarge(limit),
                other => other,
            },
            other => Trouble::Table(format!("line {line}: {other:?}")),
        }
    })
}

/// What a first line `sep=;`, as spreadsheets write for each other, tells, and how long it is.
fn told_delimiter(head: &[u8]) -> Option<(u8, usize)> {
    let line = &head[..=head.iter().position(|byte| *byte == b'\n')?];
    let told = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line).strip_prefix(b"sep=")?;
    told.first().filter(|_| told[1..].trim_ascii().is_empty()).map(|delimiter| (*delimiter, line.len()))
}

/// The names of the columns.
fn header(first: &ByteRecord) -> Vec<String> {
    first.iter().map(|cell| String::from_utf8_lossy(cell).trim_matches(['\u{FEFF}', ' ']).to_owned()).collect()
}

/// The delimiter that the first line holds most of: comma, tab, semicolon or bar; a comma where it holds none.
pub(super) fn delimiter_of(head: &[u8]) -> u8 {
    let line = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let mut quoted = false;
    let mut counts = [(b',', 0), (b'\t', 0), (b';', 0), (b'|', 0)];
    for byte in line {
        quoted ^= *byte == b'"';
        if let Some(count) = counts.iter_mut().find(|(delimiter, _)| delimiter == byte && !quoted) {
            count.1 += 1;
        }
    }
    let most = counts.iter().map(|(_, count)| *count).max().unwrap_or(0);
    counts.iter().find(|(_, count)| *count == most).map_or(b',', |(delimiter, _)| *delimiter)
}

/// Where each field stands, the best column first.
struct Columns {
    text: Vec<usize>,
    html: Vec<usize>,
    url: Vec<usize>,
    source: Vec<usize>,
    title: Vec<usize>,
    author: Vec<usize>,
    published: Vec<usize>,
    language: Vec<usize>,
}

impl Columns {
    /// The columns that `first` names, or those of a known table without a header; and whether `first` is a header.
    fn of(first: &ByteRecord, fields: &Fields) -> Option<(Self, bool)> {
        let names = header(first);
        let is_headless = names.len() * 3 >= fields.headless.len() * 2 && names.len() <= fields.headless.len();
        if is_headless && (is_address(&names[0]) || !is_known(&names[0], fields)) {
            return Some((Self::named(&fields.headless, fields), false));
        }
        let named = Self::named(&names, fields);
        (!named.text.is_empty() || !named.html.is_empty()).then_some((named, true))
    }

    fn named(names: &[String], fields: &Fields) -> Self {
        let find = |wanted: &[String]| -> Vec<usize> {
            wanted.iter().filter_map(|want| names.iter().position(|name| is_same(name, want))).collect()
        };
        Self {
            text: find(&fields.text),
            html: find(&fields.html),
            url: find(&fields.url),
            source: find(&fields.source),
            title: find(&fields.title),
            author: find(&fields.author),
            published: find(&fields.published),
            language: find(&fields.language),
        }
    }

    fn record(&self, row: &ByteRecord, rules: &Rules) -> Result<Record, Trouble> {
        let encoding = of_part(row.as_slice(), &rules.encoding);
        let cell = |columns: &[usize]| {
            let cells = columns.iter().filter_map(|at| row.get(*at));
            let cells = cells.map(|cell| decode(cell.to_vec(), encoding, &rules.encoding));
            let mut known = cells.filter(|cell| is_known(&cell.text, &rules.fields));
            known.next().unwrap_or(Decoded { text: String::new(), encoding: "UTF-8", undecodable: 0 })
        };
        let text = cell(&self.text);
        let html = cell(&self.html).text;
        if text.text.is_empty() && html.is_empty() {
            return Err(Trouble::Empty);
        }
        if row.as_slice().len() as u64 > rules.limits.document_bytes {
            return Err(Trouble::TooLarge(rules.limits.document_bytes));
        }
        Ok(Record {
            text: text.text,
            html,
            url: cell(&self.url).text,
            source: cell(&self.source).text,
            title: cell(&self.title).text,
            author: cell(&self.author).text,
            published: cell(&self.published).text,
            language: cell(&self.language).text,
            encoding: text.encoding,
            ..Record::default()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_tells_the_delimiter() {
        let cases =
            [("a,b\tc,d", b','), ("a\tb", b'\t'), ("\"a,b,c\";d", b';'), ("a|b", b'|'), ("a", b','), ("", b',')];
        for (line, expected) in cases {
            assert_eq!(delimiter_of(line.as_bytes()), expected, "{line}");
        }
        for (head, expected) in [
            ("sep=;\r\na;b", Some((b';', 7))),
            ("\u{FEFF}sep=\t\na", Some((b'\t', 9))),
            ("sep=x y\na", None),
            ("sep;a\n", None),
        ] {
            assert_eq!(told_delimiter(head.as_bytes()), expected, "{head}");
        }
    }
}
