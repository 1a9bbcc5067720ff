//! What is fuzzed: one function a target, from any bytes; each panics when something holds no longer that must always hold.
//!
//! The same functions are driven by cargo-fuzz (`tests/fuzz/fuzz_targets`, needs nightly) and, on stable, by
//! `tests/integration/fuzz.rs`, which changes the files of `tests/fuzz/corpus` a little. Where a target needs a
//! file's name, the first line of the input is that name.

use std::path::Path;
use std::sync::LazyLock;

use variorum::document::Document;
use variorum::failure::Failure;
use variorum::read::{Inputs, plan, read_file};
use variorum::report::csv::{Style, write_table};
use variorum::report::mask::Mask;
use variorum::report::tables::{PROBLEMS, Problem};
use variorum::rules::RuleBook;
use variorum::run::known::Known;
use variorum::run::lore::Lore;
use variorum::score::{self, read, solve};
use variorum::stages::extract as extract_document;
use variorum::voices::Voices;

/// A function of any bytes.
pub type Target = fn(&[u8]);

/// All targets by name, which is that of their folder in the corpus.
pub const TARGETS: [(&str, Target); 5] =
    [("read", read_any), ("rules", load_rules), ("extract", extract), ("table", write_cells), ("claims", fuse)];

/// Names of files that are read in different ways; others are read as text.
const ENDINGS: [&str; 16] = [
    "txt",
    "md",
    "html",
    "json",
    "jsonl",
    "csv",
    "tsv",
    "warc",
    "parquet",
    "txt.gz",
    "jsonl.gz",
    "csv.gz",
    "warc.gz",
    "json.zst",
    "jsonl.zst",
    "txt.zst",
];

static BOOK: LazyLock<RuleBook> =
    LazyLock::new(|| RuleBook::load(None).unwrap_or_else(|failure| panic!("the built-in rules: {failure}")));

static LORE: LazyLock<(Known, Voices, Mask)> = LazyLock::new(Default::default);

/// Writes a file into a new folder.
fn folder_with(name: &str, bytes: &[u8]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap_or_else(|error| panic!("{error}"));
    std::fs::write(folder.path().join(name), bytes).unwrap_or_else(|error| panic!("{error}"));
    folder
}

/// The first line, and the rest.
fn named(bytes: &[u8]) -> (&str, &[u8]) {
    let end = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len());
    (std::str::from_utf8(&bytes[..end]).unwrap_or_default(), bytes.get(end + 1..).unwrap_or_default())
}

/// A file of any format: each document is within the limits, and each problem says something.
pub fn read_any(bytes: &[u8]) {
    let (ending, content) = named(bytes);
    let ending = ENDINGS.into_iter().find(|known| *known == ending).unwrap_or("txt");
    let folder = folder_with(&format!("file.{ending}"), content);
    let rules = &BOOK.read;
    let inputs = Inputs { paths: vec![folder.path().to_owned()], ..Inputs::default() };
    let Ok(plan) = plan(&inputs, rules) else { return };
    for entry in &plan.files {
        read_file(entry, &plan, rules, &mut |read| match read {
            Ok(document) => {
                assert!(document.text.len() as u64 <= 4 * rules.limits.document_bytes, "{}", document.text.len())
            }
            Err(problem) => assert!(!problem.code.is_empty() && !problem.message.is_empty(), "{problem:?}"),
        });
    }
}

/// A file of rules: it is taken, or every mistake is told with its file.
pub fn load_rules(bytes: &[u8]) {
    let (name, content) = named(bytes);
    let is_known = RuleBook::built_in().any(|(known, _)| known == name);
    let name = if is_known { name } else { "score.toml" };
    let folder = folder_with(name, content);
    match RuleBook::load(Some(folder.path())) {
        Ok(_) => {}
        Err(Failure::Usage(told)) => assert!(told.contains(name), "{told}"),
        Err(failure) => panic!("{failure:?}"),
    }
}

/// A text: every claim stands where it says it stands.
pub fn extract(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let document = Document { path: "text.txt".into(), source: "paper".into(), text, ..Document::default() };
    let (known, voices, mask) = &*LORE;
    let lore = Lore::new(&BOOK, (known, voices), mask, false);
    let mut counts = BOOK.clean.line_counts();
    counts.observe(&document);
    let found = extract_document(&document, &counts, &lore.kit(), lore);
    for claim in &found.member.claims {
        let passage = document.text.get(claim.span.start as usize..claim.span.end as usize);
        assert!(passage.is_some(), "{:?} in {:?}", claim.span, document.text);
        let value = document.text.get(claim.value_span.start as usize..claim.value_span.end as usize);
        assert!(value.is_some(), "{:?} in {:?}", claim.value_span, document.text);
    }
}

/// Cells of a table: as many come back as were written, and none can be taken for a formula.
pub fn write_cells(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let parts: Vec<&str> = text.split('\u{1f}').collect();
    let cell = |row: &[&str], at: usize| row.get(at).copied().unwrap_or_default().to_owned();
    let rows: Vec<Problem> = parts
        .chunks(4)
        .map(|row| Problem { document: cell(row, 0), stage: cell(row, 1), code: cell(row, 2), message: cell(row, 3) })
        .collect();
    let folder = tempfile::tempdir().unwrap_or_else(|error| panic!("{error}"));
    let count = rows.len();
    let style = Style { dialect: Default::default(), cells: &BOOK.report.cells, mask: None };
    let written =
        write_table(folder.path(), &PROBLEMS, style, rows.into_iter().map(Ok)).unwrap_or_else(|f| panic!("{f}"));
    assert_eq!(written.rows(), count as u64);
    let read = csv_rows(&folder.path().join("problems.csv"));
    assert_eq!(read.len(), count);
    for cell in read.iter().flatten() {
        let first = cell.chars().next().unwrap_or('a');
        assert!(!"=+-@\t\r\n\0＝＋－＠".contains(first) && !cell.contains(['\n', '\r']), "{cell:?}");
    }
}

fn csv_rows(path: &Path) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_path(path).unwrap_or_else(|error| panic!("{error}"));
    reader.records().map(|row| row.unwrap_or_else(|e| panic!("{e}")).iter().map(str::to_owned).collect()).collect()
}

/// A table of claims: it is refused with a reason, or every trust lies within its interval.
pub fn fuse(bytes: &[u8]) {
    static RULES: LazyLock<score::Rules> =
        LazyLock::new(|| score::Rules::built_in().unwrap_or_else(|error| panic!("the built-in rules: {error}")));
    let folder = folder_with("claims.csv", bytes);
    let table = match read::table(&folder.path().join("claims.csv")) {
        Ok(table) => table,
        Err(failure) => return assert!(failure.to_string().contains("claims.csv"), "{failure}"),
    };
    let solution = solve(&table, &RULES, None, None);
    for (trust, limits) in solution.trust.iter().zip(&solution.limits) {
        assert!(
            0.0 <= limits.low && limits.low <= *trust && *trust <= limits.high && limits.high <= 1.0,
            "{trust} {limits:?}"
        );
    }
    assert!(solution.belief.iter().all(|belief| (0.0..=1.0 + 1e-9).contains(belief)), "{:?}", solution.belief);
}
