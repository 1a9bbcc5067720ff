//! Runs the program and reads its tables.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::news::{Article, News};

/// A row by column name.
pub type Row = BTreeMap<String, String>;

/// The program with arguments, from the package's folder.
pub fn variorum(args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_variorum"));
    command.current_dir(env!("CARGO_MANIFEST_DIR")).args(args);
    command.output().unwrap_or_else(|error| panic!("cannot start the program: {error}"))
}

/// What the program said on stderr.
pub fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A run over a corpus folder with `documents/` and `manifest.csv`; the folder of its tables.
pub fn run_corpus(corpus: &Path, output: &Path, more: &[&str]) -> PathBuf {
    let documents = corpus.join("documents");
    let manifest = corpus.join("manifest.csv");
    let (documents, manifest, folder) = (text(&documents), text(&manifest), text(output));
    let mut args = vec!["run", &documents, "--manifest", &manifest, "-o", &folder, "-q", "--near-misses"];
    args.extend(more);
    let done = variorum(&args);
    assert!(done.status.success(), "{}", said(&done));
    output.join("latest")
}

/// A path as an argument.
pub fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// The rows of a table.
pub fn table(folder: &Path, name: &str) -> Vec<Row> {
    read(&folder.join(format!("{name}.csv")))
}

/// The rows of a CSV file.
pub fn read(path: &Path) -> Vec<Row> {
    let bytes = std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let text = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
    csv::Reader::from_reader(text)
        .deserialize()
        .collect::<Result<_, _>>()
        .unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// The bytes of every table in a run folder.
pub fn tables(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let csvs = entries.flatten().map(|e| e.path()).filter(|p| p.extension().is_some_and(|e| e == "csv"));
    let bytes = |path: &Path| std::fs::read(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    csvs.map(|p| (p.file_name().unwrap_or_default().to_string_lossy().into_owned(), bytes(&p))).collect()
}

/// Short articles that nobody printed.
pub fn articles(documents: usize) -> Vec<Article> {
    News::new(documents, 1, 150.0).stories(documents).flat_map(|story| story.articles).take(documents).collect()
}

/// Articles as lines of JSON, one file an outlet, for those that `wanted` names by their place.
pub fn write_news(folder: &Path, articles: &[Article], wanted: impl Fn(usize) -> bool) {
    let mut outlets: BTreeMap<&str, String> = articles.iter().map(|a| (a.source.as_str(), String::new())).collect();
    for (_, article) in articles.iter().enumerate().filter(|(place, _)| wanted(*place)) {
        let Article { source, published, text } = article;
        let line = serde_json::json!({ "source": source, "published": published, "text": text });
        *outlets.entry(source).or_default() += &format!("{line}\n");
    }
    std::fs::create_dir_all(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    for (outlet, lines) in outlets {
        let path = folder.join(format!("{outlet}.jsonl"));
        let done = if lines.is_empty() { std::fs::remove_file(&path) } else { std::fs::write(&path, lines) };
        done.or_else(|e| if e.kind() == std::io::ErrorKind::NotFound { Ok(()) } else { Err(e) })
            .unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    }
}

/// A cell; empty where the column is missing.
pub fn cell<'r>(row: &'r Row, column: &str) -> &'r str {
    row.get(column).map_or("", String::as_str)
}
