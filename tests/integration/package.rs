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

/// Needs LibreOffice.
#[test]
fn a_spreadsheet_program_shows_every_text_as_it_is() {
    let output = tempfile::tempdir().unwrap();
    let folder = run(&output.path().join("run"), "excel");
    let home = format!("-env:UserInstallation=file://{}", text(&output.path().join("profile")));
    for table in ["disagreements", "documents"] {
        // The token names what the import dialog finds by itself: comma, quotation mark, UTF-8.
        let done = Command::new("soffice")
            .args(["--headless", &home, "--infilter=CSV:44,34,UTF8,1", "--convert-to"])
            .args(["csv:Text - txt - csv (StarCalc):44,34,76,1", "--outdir", &text(output.path())])
            .arg(folder.join(format!("{table}.csv")))
            .output();
        if done.is_err() {
            println!("skipped: LibreOffice is not installed");
            return;
        }
        let (ours, theirs) =
            (read(&folder.join(format!("{table}.csv"))), read(&output.path().join(format!("{table}.csv"))));
        assert_eq!(ours.len(), theirs.len(), "{table}");
        for (row, shown) in ours.iter().zip(&theirs) {
            for (column, cell) in row {
                let shown = shown.get(column).map_or("no such column", String::as_str);
                let same = cell == shown || cell.parse::<f64>().is_ok_and(|number| shown.parse() == Ok(number));
                assert!(same, "{table}, {column}: {cell} is shown as {shown}");
            }
        }
    }
}
