//! Other programs read the tables: by their data package, and as spreadsheets.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::util::{read, run_corpus, text};

fn run(output: &Path, flavour: &str) -> PathBuf {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpora/sample");
    run_corpus(&sample, output, &["--csv", flavour])
}

/// Checks every cell of a resource against its schema, as the Table Schema specification says.
fn check(folder: &Path, resource: &serde_json::Value) {
    let path = folder.join(resource["path"].as_str().unwrap());
    let name = path.display();
    let bytes = fs::read(&path).unwrap();
    assert_eq!(resource["bytes"].as_u64(), Some(bytes.len() as u64), "{name}");
    let body = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
    let delimiter = resource["dialect"]["delimiter"].as_str().unwrap().as_bytes()[0];
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(body);
    let fields = resource["schema"]["fields"].as_array().unwrap();
    let names: Vec<&str> = fields.iter().map(|field| field["name"].as_str().unwrap()).collect();
    assert_eq!(reader.headers().unwrap().iter().collect::<Vec<_>>(), names, "{name}");
    let key = resource["schema"]["primaryKey"].as_array().cloned().unwrap_or_default();
    let mut keys = BTreeSet::new();
    for record in reader.records() {
        let record = record.unwrap_or_else(|error| panic!("{name}: {error}"));
        for (field, cell) in fields.iter().zip(&record) {
            assert!(cell.is_empty() || is_a(field, cell), "{name}: {cell} is no {field}");
        }
        let place = |key: &serde_json::Value| names.iter().position(|name| key == name).unwrap();
        let mine: Vec<String> = key.iter().map(|key| record[place(key)].to_owned()).collect();
        assert!(mine.is_empty() || keys.insert(mine.clone()), "{name}: {mine:?} stands twice");
    }
}

fn is_a(field: &serde_json::Value, cell: &str) -> bool {
    let mark = field["decimalChar"].as_str().unwrap_or(".");
    match field["type"].as_str().unwrap() {
        "integer" => cell.parse::<u64>().is_ok(),
        "number" => cell.replace(mark, ".").parse::<f64>().is_ok() && (mark == "." || !cell.contains('.')),
        "boolean" => matches!(cell, "true" | "false"),
        "date" => cell.parse::<jiff::civil::Date>().is_ok(),
        kind => kind == "string",
    }
}

#[test]
fn the_data_package_describes_every_cell_in_every_flavour() {
    for flavour in ["excel", "excel-eu", "rfc"] {
        let output = tempfile::tempdir().unwrap();
        let folder = run(output.path(), flavour);
        let package: serde_json::Value =
            serde_json::from_slice(&fs::read(folder.join("datapackage.json")).unwrap()).unwrap();
        let resources = package["resources"].as_array().unwrap();
        assert!(resources.len() >= 10, "{package:#}");
        resources.iter().for_each(|resource| check(&folder, resource));
        let validate =
            Command::new("frictionless").args(["validate", "datapackage.json"]).current_dir(&folder).output();
        match validate {
            Ok(done) => assert!(done.status.success(), "{flavour}\n{}", String::from_utf8_lossy(&done.stdout)),
            Err(_) => println!("skipped: frictionless is not installed; the cells were checked all the same"),
        }
    }
}

/// What every table of the office suite's own making is: comma, quotation mark, UTF-8.
const CSV: &str = "csv:Text - txt - csv (StarCalc):44,34,76,1";

/// Has LibreOffice write a file anew as CSV; false where it is not installed.
fn converted(file: &Path, folder: &Path, args: &[&str]) -> bool {
    let home = format!("-env:UserInstallation=file://{}", text(&folder.join("profile")));
    let mut office = Command::new("soffice");
    office.args(["--headless", &home]).args(args).args(["--outdir", &text(folder)]).arg(file);
    let ran = office.output().is_ok();
    if !ran {
        println!("skipped: LibreOffice is not installed");
    }
    ran
}

/// The number that is shown, percentages as shares.
fn number(text: &str) -> Option<f64> {
    let share = text.strip_suffix('%').and_then(|percent| percent.parse::<f64>().ok());
    share.map(|percent| percent / 100.0).or_else(|| text.parse().ok())
}

/// Every cell of a table is shown as it was written, numbers rounded as its format says.
fn shows(table: &Path, shown: &Path, rounding: f64) {
    let (ours, theirs) = (read(table), read(shown));
    assert_eq!(ours.len(), theirs.len(), "{}", table.display());
    for (row, shown) in ours.iter().zip(&theirs) {
        for (column, cell) in row {
            let shown = shown.get(column).map_or("no such column", String::as_str);
            let near = number(cell).zip(number(shown)).is_some_and(|(x, y)| (x - y).abs() <= rounding);
            let same = cell.eq_ignore_ascii_case(shown) || near;
            assert!(same, "{}, {column}: {cell} is shown as {shown}", table.display());
        }
    }
}

#[test]
fn a_spreadsheet_program_shows_every_text_as_it_is() {
    let output = tempfile::tempdir().unwrap();
    let folder = run(&output.path().join("run"), "excel");
    for table in ["disagreements", "documents"] {
        let file = folder.join(format!("{table}.csv"));
        // The token names what the import dialog finds by itself.
        if !converted(&file, output.path(), &["--infilter=CSV:44,34,UTF8,1", "--convert-to", CSV]) {
            return;
        }
        shows(&file, &output.path().join(format!("{table}.csv")), 0.0);
    }
}

#[test]
fn the_workbook_holds_the_same_tables() {
    let output = tempfile::tempdir().unwrap();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpora/sample");
    let folder = run_corpus(&sample, &output.path().join("run"), &["--xlsx"]);
    let every_sheet = format!("{CSV},,0,false,true,false,false,false,-1");
    if !converted(&folder.join("scorecard.xlsx"), output.path(), &["--convert-to", &every_sheet]) {
        return;
    }
    for table in ["disagreements", "documents", "sources", "agreements", "copies"] {
        shows(&folder.join(format!("{table}.csv")), &output.path().join(format!("scorecard-{table}.csv")), 0.0051);
    }
}
