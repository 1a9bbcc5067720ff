//! A sheet of a workbook as Office Open XML (ECMA-376, part 1, chapter 18). Texts are inline and
//! typed as texts, so that a program computes none and turns none into a date.

use std::io::{self, Write};

use jiff::civil::{Date, date};

use super::zip::Part;

const OPEN: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
                    <worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">";
/// The header row and the first column stay in sight.
const FROZEN: &str = "<sheetViews><sheetView workbookViewId=\"0\"><pane xSplit=\"1\" ySplit=\"1\" topLeftCell=\"B2\" \
                      activePane=\"bottomRight\" state=\"frozen\"/></sheetView></sheetViews>";
/// Day 0 of spreadsheet programs, counted so that days from March 1900 on are right.
const DAY_ZERO: Date = date(1899, 12, 30);

/// How a cell looks: places in `cellXfs` of the styles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// As the program likes.
    Plain = 0,
    /// A heading.
    Bold = 1,
    /// A share as per cent.
    Share = 2,
    /// A number with one decimal.
    Number = 3,
    /// A day.
    Day = 4,
}

/// A cell of a sheet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum SheetCell<'t> {
    /// Nothing.
    Empty,
    /// Words.
    Text(&'t str),
    /// A number.
    Number(f64),
    /// Yes or no.
    Flag(bool),
    /// A day.
    Day(Date),
}

/// A sheet being written.
pub struct Sheet {
    part: Part,
    rows: u32,
    columns: usize,
    filtered: bool,
}

impl Sheet {
    /// Begins the file `name` with columns of these `widths`, in characters; a table has its first
    /// row and column frozen and gets filters.
    ///
    /// # Errors
    /// Those of writing.
    pub fn begin(name: String, widths: &[u32], is_table: bool) -> io::Result<Self> {
        let mut part = Part::new(name);
        part.write_all(OPEN.as_bytes())?;
        if is_table {
            part.write_all(FROZEN.as_bytes())?;
        }
        part.write_all(b"<cols>")?;
        for (at, width) in (1..).zip(widths) {
            write!(part, "<col min=\"{at}\" max=\"{at}\" width=\"{width}\" customWidth=\"1\"/>")?;
        }
        part.write_all(b"</cols><sheetData>")?;
        Ok(Self { part, rows: 0, columns: widths.len(), filtered: is_table })
    }

    /// Adds a row.
    ///
    /// # Errors
    /// Those of writing.
    pub fn row<'t>(&mut self, cells: impl IntoIterator<Item = (SheetCell<'t>, Look)>) -> io::Result<()> {
        self.rows += 1;
        write!(self.part, "<row r=\"{}\">", self.rows)?;
        for (column, (cell, look)) in cells.into_iter().enumerate() {
            self.cell(&format!("{}{}", letters(column), self.rows), cell, look as u8)?;
        }
        self.part.write_all(b"</row>")
    }

    fn cell(&mut self, place: &str, cell: SheetCell<'_>, look: u8) -> io::Result<()> {
        let part = &mut self.part;
        match cell {
            SheetCell::Empty => Ok(()),
            SheetCell::Text(text) => {
                write!(part, "<c r=\"{place}\" s=\"{look}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">")?;
                part.write_all(escaped(text).as_bytes())?;
                part.write_all(b"</t></is></c>")
            }
            SheetCell::Number(number) => write!(part, "<c r=\"{place}\" s=\"{look}\"><v>{number}</v></c>"),
            SheetCell::Flag(flag) => {
                write!(part, "<c r=\"{place}\" s=\"{look}\" t=\"b\"><v>{}</v></c>", u8::from(flag))
            }
            SheetCell::Day(day) => write!(part, "<c r=\"{place}\" s=\"{look}\"><v>{}</v></c>", serial(day)),
        }
    }

    /// The complete file.
    ///
    /// # Errors
    /// Those of writing.
    pub fn finish(mut self) -> io::Result<Part> {
        self.part.write_all(b"</sheetData>")?;
        if self.filtered {
            let last = letters(self.columns.saturating_sub(1));
            write!(self.part, "<autoFilter ref=\"A1:{last}{}\"/>", self.rows.max(1))?;
        }
        self.part.write_all(b"</worksheet>")?;
        Ok(self.part)
    }
}

/// The letters of a column, counted from 0: A, B, … Z, AA.
pub fn letters(mut column: usize) -> String {
    let mut name = Vec::new();
    loop {
        name.insert(0, b'A' + u8::try_from(column % 26).unwrap_or(0));
        match column / 26 {
            0 => return name.into_iter().map(char::from).collect(),
            left => column = left - 1,
        }
    }
}

fn serial(day: Date) -> i32 {
    (day - DAY_ZERO).get_days()
}

/// `text` without what XML cannot hold.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_as_programs_name_them() {
        let check = |column, expected: &str| assert_eq!(letters(column), expected);
        check(0, "A");
        check(25, "Z");
        check(26, "AA");
        check(701, "ZZ");
        check(702, "AAA");
    }

    #[test]
    fn days_are_counted_as_programs_count_them() {
        assert_eq!((serial(date(1900, 3, 1)), serial(date(2024, 5, 31))), (61, 45_443));
    }

    #[test]
    fn what_xml_cannot_hold_is_left_out() {
        assert_eq!(escaped("a<b>&\"\u{1}\u{ffff}é\t"), "a&lt;b&gt;&amp;&quot;  é\t");
    }
}
