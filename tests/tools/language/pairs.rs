//! SICK and FEVER-symmetric as pairs for `variorum eval --labelled`.

use std::error::Error;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use serde_json::Value;

/// Writes the pairs of all files as one table.
pub fn write(files: &[PathBuf], out: impl Write) -> Result<(), Box<dyn Error>> {
    let mut table = csv::Writer::from_writer(out);
    table.write_record(["id", "left", "right", "label", "category"])?;
    for file in files {
        let text = fs::read_to_string(file)?;
        let rows = if file.extension().is_some_and(|e| e == "jsonl") { fever(&text)? } else { sick(&text)? };
        let part = name(file);
        for (at, [left, right, label]) in rows.into_iter().enumerate() {
            table.write_record([&format!("{part}-{at}"), &left, &right, verdict(&label), &part])?;
        }
    }
    Ok(table.flush()?)
}

fn name(file: &Path) -> String {
    file.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// Claims with one sentence of evidence each.
fn fever(text: &str) -> Result<Vec<[String; 3]>, Box<dyn Error>> {
    let row = |line: &str| -> Result<[String; 3], Box<dyn Error>> {
        let row: Value = serde_json::from_str(line)?;
        let field = |name: &str| row[name].as_str().unwrap_or_default().to_owned();
        let label = if row["label"].is_string() { field("label") } else { field("gold_label") };
        let evidence = if row["evidence"].is_string() { field("evidence") } else { field("evidence_sentence") };
        Ok([field("claim"), evidence, label])
    };
    text.lines().filter(|line| !line.is_empty()).map(row).collect()
}

/// Columns `sentence_A`, `sentence_B`, `entailment_judgment`, apart by tabs.
fn sick(text: &str) -> Result<Vec<[String; 3]>, Box<dyn Error>> {
    let mut lines = text.lines();
    let header: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    let place = |name: &str| header.iter().position(|h| *h == name).ok_or_else(|| format!("no column {name}"));
    let columns = [place("sentence_A")?, place("sentence_B")?, place("entailment_judgment")?];
    let row = |line: &str| {
        let fields: Vec<&str> = line.split('\t').collect();
        columns.map(|at| fields.get(at).unwrap_or(&"").trim().to_owned())
    };
    Ok(lines.filter(|line| !line.is_empty()).map(row).collect())
}

fn verdict(label: &str) -> &'static str {
    match label {
        "CONTRADICTION" | "REFUTES" => "contradicts",
        "NEUTRAL" | "NOT ENOUGH INFO" => "not-comparable",
        _ => "agrees",
    }
}
