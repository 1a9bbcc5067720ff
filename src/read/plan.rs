//! What a run will read: the files in a fixed order, the manifest, and what is already known to fail.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::find::{self, Found};
use super::manifest::{self, Manifest, Row};
use super::rules::Rules;
use crate::document::Problem;
use crate::failure::Failure;

/// What the caller named.
#[derive(Clone, Debug, Default)]
pub struct Inputs {
    /// Files, folders and patterns.
    pub paths: Vec<PathBuf>,
    /// A list of further files, one a line; `-` is standard input.
    pub files_from: Option<PathBuf>,
    /// A table of what is known of each document.
    pub manifest: Option<PathBuf>,
    /// A folder that is written to: nothing in it is read.
    pub output: Option<PathBuf>,
    /// Read at most this many files.
    pub limit: Option<usize>,
    /// Leave out documents known to be older.
    pub since: Option<Date>,
}

/// One file to read.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FileEntry {
    /// Relative to the corpus root, `/` between its parts: the document's name in every table.
    pub relative: String,
    /// Where it really is.
    pub path: PathBuf,
    /// Its size when it was listed.
    pub bytes: u64,
}

/// What a run will read.
#[derive(Debug, Default)]
pub struct Plan {
    /// The folder that all names are relative to: the input folder, or the deepest one that holds all inputs.
    pub root: PathBuf,
    /// The files, sorted by name.
    pub files: Vec<FileEntry>,
    /// What could not be listed, and rows of the manifest that cannot be used; sorted.
    pub problems: Vec<Problem>,
    /// Documents older than this are left out.
    pub since: Option<Date>,
    manifest: Manifest,
}

impl Plan {
    /// For documents that come as rows: only the time limit counts.
    pub fn of_rows(since: Option<Date>) -> Self {
        Self { since, ..Self::default() }
    }

    /// What the manifest says of a file.
    pub(super) fn row(&self, entry: &FileEntry) -> Option<&Row> {
        self.manifest.rows.get(&entry.path)
    }

    /// A digest of what is known of a file apart from its content: its name, its row in the manifest, the time limit.
    pub fn facts(&self, entry: &FileEntry) -> u64 {
        let known = format!("{}\n{:?}\n{:?}", entry.relative, self.row(entry), self.since);
        xxhash_rust::xxh3::xxh3_64(known.as_bytes())
    }

    /// The sum of all files' sizes.
    pub fn bytes(&self) -> u64 {
        self.files.iter().map(|file| file.bytes).sum()
    }
}

/// One file with all that is known of it: enough to read it on any machine that sees the same folder.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Errand {
    entry: FileEntry,
    row: Option<Row>,
    since: Option<Date>,
}

impl Plan {
    /// An errand for each file, in the order of the plan.
    pub fn errands(&self) -> impl Iterator<Item = Errand> {
        let errand =
            |entry: &FileEntry| Errand { row: self.row(entry).cloned(), entry: entry.clone(), since: self.since };
        self.files.iter().map(errand)
    }
}

impl Errand {
    /// A plan for the one file.
    pub fn plan(self) -> Plan {
        let Self { entry, row, since } = self;
        let rows = row.map(|row| (entry.path.clone(), row)).into_iter().collect();
        Plan { files: vec![entry], since, manifest: Manifest { rows, ..Manifest::default() }, ..Plan::default() }
    }
}

/// Finds the files to read and reads the manifest.
///
/// # Errors
/// `Usage` for a manifest or a list that cannot be read, `NoInput` for an input that is not there
/// or when nothing is left to read.
pub fn plan(inputs: &Inputs, rules: &Rules) -> Result<Plan, Failure> {
    let manifest = match &inputs.manifest {
        Some(path) => manifest::read(path, rules)?,
        None => Manifest::default(),
    };
    let mut found = Found::default();
    for path in &inputs.paths {
        find::add_input(path, &rules.formats, &mut found)?;
    }
    for path in listed(inputs)? {
        find::add_listed(&path, &rules.formats, &mut found);
    }
    if inputs.paths.is_empty() && inputs.files_from.is_none() {
        add_manifest(&manifest, rules, &mut found);
    }
    let plan = arrange(found, manifest, inputs);
    if plan.files.is_empty() { Err(Failure::NoInput(nothing(inputs, &plan))) } else { Ok(plan) }
}

/// Without any input the manifest is the list of documents.
fn add_manifest(manifest: &Manifest, rules: &Rules, found: &mut Found) {
    for path in manifest.rows.keys() {
        find::add_listed(path, &rules.formats, found);
    }
}

/// Sorts by name, so that nothing depends on the order of the inputs or of a folder.
fn arrange(found: Found, mut manifest: Manifest, inputs: &Inputs) -> Plan {
    let root = find::common_root(&found.roots);
    let written = inputs.output.as_deref().and_then(|output| written(output, &found.roots));
    let is_written = |path: &Path| written.as_ref().is_some_and(|folder| path.starts_with(folder));
    let is_document = |path: &Path| path != manifest.file && !is_written(path);
    let entry = |(path, bytes): (PathBuf, u64)| FileEntry { relative: find::relative(&path, &root), path, bytes };
    let mut files: Vec<_> = found.files.into_iter().filter(|(path, _)| is_document(path)).map(entry).collect();
    files.sort_unstable();
    files.dedup();
    files.truncate(inputs.limit.unwrap_or(usize::MAX));
    let mut problems = found.problems;
    problems.append(&mut manifest.problems);
    problems.sort_unstable();
    problems.dedup();
    Plan { root, files, problems, since: inputs.since, manifest }
}

/// The folder of what runs wrote before: the output folder, or only the runs in it where an input
/// lies there itself.
fn written(output: &Path, roots: &[PathBuf]) -> Option<PathBuf> {
    let folder = fs::canonicalize(output).ok()?;
    let holds_input = roots.iter().any(|root| root.starts_with(&folder));
    Some(if holds_input { folder.join("runs") } else { folder })
}

/// The lines of the list of files.
fn listed(inputs: &Inputs) -> Result<Vec<PathBuf>, Failure> {
    let Some(list) = &inputs.files_from else { return Ok(Vec::new()) };
    let text = if list.as_os_str() == "-" {
        let mut text = String::new();
        io::stdin().lock().read_to_string(&mut text).map(|_| text)
    } else {
        fs::read_to_string(list)
    };
    let text =
        text.map_err(|error| Failure::Usage(format!("the list of files {} cannot be read: {error}", list.display())))?;
    let names = text.split(['\n', '\0']).map(|name| name.trim_end_matches('\r'));
    Ok(names.filter(|name| !name.is_empty()).map(PathBuf::from).collect())
}

/// Why nothing is left to read.
fn nothing(inputs: &Inputs, plan: &Plan) -> String {
    let named: Vec<String> = inputs.paths.iter().map(|path| path.display().to_string()).collect();
    match (named.as_slice(), plan.problems.first()) {
        (_, Some(problem)) => format!("nothing to read: {}", problem.message),
        ([], None) => "nothing to read: give a folder, files, a pattern, --files-from or --manifest".to_owned(),
        (named, None) => format!(
            "nothing to read in {}: no file in it is text, HTML, a feed, JSON, CSV, WARC or Parquet (hidden files are left out)",
            named.join(", ")
        ),
    }
}
