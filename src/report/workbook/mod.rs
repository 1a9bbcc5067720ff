//! `scorecard.xlsx`: the stored tables as sheets, with a sheet that says how to read them.

mod sheet;
mod zip;

use std::io::{self, Write};
use std::path::Path;

use super::WorkbookRules;
use super::package::DISCLAIMER;
use super::readme::readme;
use super::stored::{Stored, StoredRow};
use super::table::{Column, ColumnKind, Table};
use super::tables;
use crate::failure::Failure;
use crate::store::atomic::AtomicFile;
use sheet::{Look, Sheet, SheetCell, escaped};
use zip::{Archive, Part};

const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const STYLES: &str = include_str!("styles.xml");
const READ_ME: &str = "Read me";

/// Writes the workbook of a stored run to `path`.
///
/// # Errors
/// [`Failure::NoInput`] when a table cannot be read, [`Failure::Output`].
pub fn write(path: &Path, stored: &Stored, rules: &WorkbookRules) -> Result<(), Failure> {
    let failed = |error: io::Error| Failure::output(path, error);
    let mut file = AtomicFile::create(path)?;
    let mut archive = Archive::new(&mut file);
    let mut names = vec![READ_ME];
    let mut notes = Vec::new();
    for table in tables::ALL.into_iter().filter(|table| stored.has(table.name)) {
        names.push(table.name);
        let (part, rows) = table_sheet(&sheet_path(names.len()), table, stored, rules, &failed)?;
        archive.add(part).map_err(failed)?;
        if rows > rules.rows {
            let (name, most) = (table.name, rules.rows);
            notes.push(format!("{name}: the first {most} of {rows} rows are here, all are in {name}.csv"));
        }
    }
    frame(&mut archive, &names, &notes).map_err(failed)?;
    archive.finish().map_err(failed)?;
    file.commit()
}

fn sheet_path(number: usize) -> String {
    format!("xl/worksheets/sheet{number}.xml")
}

/// The sheet of a table, with the number of rows there are, written or not.
fn table_sheet(
    path: &str,
    table: &Table,
    stored: &Stored,
    rules: &WorkbookRules,
    failed: &dyn Fn(io::Error) -> Failure,
) -> Result<(Part, u64), Failure> {
    let widths: Vec<u32> = table.columns.iter().map(|column| width(column, rules)).collect();
    let mut sheet = Sheet::begin(path.to_owned(), &widths, true).map_err(failed)?;
    sheet.row(table.columns.iter().map(|column| (SheetCell::Text(column.name), Look::Bold))).map_err(failed)?;
    let mut rows = 0;
    for row in stored.rows(table.name) {
        let row = row?;
        rows += 1;
        if rows <= rules.rows {
            sheet.row(table.columns.iter().map(|column| cell(column, &row))).map_err(failed)?;
        }
    }
    Ok((sheet.finish().map_err(failed)?, rows))
}

fn width(column: &Column, rules: &WorkbookRules) -> u32 {
    let is_wide = rules.wide.iter().any(|name| name == column.name);
    // A heading needs room for the button of its filter.
    if is_wide { rules.width } else { u32::try_from(column.name.len() + 4).unwrap_or(rules.width) }
}

fn cell<'r>(column: &Column, row: &'r StoredRow) -> (SheetCell<'r>, Look) {
    let text = row.text(column.name);
    match (column.kind, row.number(column.name), text.parse()) {
        _ if text.is_empty() => (SheetCell::Empty, Look::Plain),
        (ColumnKind::Number, Some(number), _) if column.unit == "share" => (SheetCell::Number(number), Look::Share),
        (ColumnKind::Number, Some(number), _) => (SheetCell::Number(number), Look::Number),
        (ColumnKind::Integer, Some(number), _) => (SheetCell::Number(number), Look::Plain),
        (ColumnKind::Flag, ..) => (SheetCell::Flag(text == "true"), Look::Plain),
        (ColumnKind::Day, _, Ok(day)) => (SheetCell::Day(day), Look::Day),
        _ => (SheetCell::Text(text), Look::Plain),
    }
}

/// Everything but the tables: the sheet to begin with, and what holds the sheets together.
fn frame<W: Write>(archive: &mut Archive<W>, names: &[&str], notes: &[String]) -> io::Result<()> {
    archive.add(read_me(notes)?)?;
    add(archive, "xl/styles.xml", STYLES)?;
    add(archive, "[Content_Types].xml", &content_types(names.len()))?;
    add(archive, "_rels/.rels", &relations(&[("rId1", "officeDocument", "xl/workbook.xml".to_owned())]))?;
    add(archive, "xl/workbook.xml", &workbook(names))?;
    let ids: Vec<String> = (0..=names.len()).map(|number| format!("rId{number}")).collect();
    let mut parts = vec![(ids[0].as_str(), "styles", "styles.xml".to_owned())];
    for (number, id) in ids.iter().enumerate().skip(1) {
        parts.push((id, "worksheet", format!("worksheets/sheet{number}.xml")));
    }
    add(archive, "xl/_rels/workbook.xml.rels", &relations(&parts))
}

fn add<W: Write>(archive: &mut Archive<W>, name: &str, text: &str) -> io::Result<()> {
    let mut part = Part::new(name);
    part.write_all(text.as_bytes())?;
    archive.add(part)
}

fn read_me(notes: &[String]) -> io::Result<Part> {
    const WIDTH: u32 = 110;
    let mut sheet = Sheet::begin(sheet_path(1), &[WIDTH], false)?;
    sheet.row([(SheetCell::Text(DISCLAIMER), Look::Bold)])?;
    for line in notes.iter().map(String::as_str).chain(readme(&[]).lines()) {
        sheet.row([(SheetCell::Text(line), Look::Plain)])?;
    }
    sheet.finish()
}

fn workbook(names: &[&str]) -> String {
    let sheet = |(number, name): (usize, &&str)| {
        format!("<sheet name=\"{}\" sheetId=\"{number}\" r:id=\"rId{number}\"/>", escaped(name))
    };
    let sheets: String = (1..).zip(names).map(sheet).collect();
    format!(
        "{XML}<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" \
         xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets>{sheets}</sheets></workbook>"
    )
}

fn relations(parts: &[(&str, &str, String)]) -> String {
    const KIND: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let part = |(id, kind, target): &(&str, &str, String)| {
        format!("<Relationship Id=\"{id}\" Type=\"{KIND}/{kind}\" Target=\"{target}\"/>")
    };
    let parts: String = parts.iter().map(part).collect();
    format!(
        "{XML}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{parts}</Relationships>"
    )
}

fn content_types(sheets: usize) -> String {
    const KIND: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    let part = |name: &str, kind: &str| format!("<Override PartName=\"/{name}\" ContentType=\"{KIND}.{kind}+xml\"/>");
    let sheets: String = (1..=sheets).map(|number| part(&sheet_path(number), "worksheet")).collect();
    let (book, styles) = (part("xl/workbook.xml", "sheet.main"), part("xl/styles.xml", "styles"));
    format!(
        "{XML}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         {book}{styles}{sheets}</Types>"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::csv::Dialect;
    use crate::rules::RuleBook;
    use std::process::Command;

    fn sample(dialect: Dialect) -> (tempfile::TempDir, std::path::PathBuf) {
        let dir = tempfile::tempdir().unwrap();
        crate::report::tests::sample(dir.path(), dialect);
        let rules = RuleBook::load(None).unwrap().report;
        let path = dir.path().join("scorecard.xlsx");
        write(&path, &Stored::open(dir.path(), &rules.cells).unwrap(), &rules.workbook).unwrap();
        (dir, path)
    }

    #[test]
    fn the_same_tables_make_the_same_workbook_in_every_flavour() {
        let bytes = |dialect| {
            let (_dir, path) = sample(dialect);
            std::fs::read(path).unwrap()
        };
        assert!(bytes(Dialect::Excel) == bytes(Dialect::ExcelEu));
        assert!(bytes(Dialect::Excel) == bytes(Dialect::Rfc));
    }

    /// Needs `pip install openpyxl`.
    #[test]
    fn another_program_reads_the_cells() {
        const SCRIPT: &str = "import sys, openpyxl\n\
            book = openpyxl.load_workbook(sys.argv[1])\n\
            sources, documents, copies = book['sources'], book['documents'], book['copies']\n\
            print(book.sheetnames[:3], sources['A2'].value, sources['D2'].value, sources.freeze_panes, sources.auto_filter.ref)\n\
            print(documents['F2'].value, documents['F2'].is_date, copies['E2'].value, copies['E2'].number_format, copies['H2'].value)";
        let (_dir, path) = sample(Dialect::Excel);
        let output = Command::new("python3").args(["-c", SCRIPT]).arg(&path).output();
        let Some(output) = output.ok().filter(|output| !String::from_utf8_lossy(&output.stderr).contains("No module"))
        else {
            println!("skipped: openpyxl is not installed");
            return;
        };
        let told = String::from_utf8_lossy(&output.stdout).replace("\r\n", "\n");
        let last = sheet::letters(tables::SOURCES.columns.len() - 1);
        let expected = format!(
            "['Read me', 'sources', 'disagreements'] =Outlet; \"é\" 81.25 B2 A1:{last}2\n2024-05-31 00:00:00 True 0.5 0.0% True\n"
        );
        assert_eq!(told, expected, "{}", String::from_utf8_lossy(&output.stderr));
    }
}
