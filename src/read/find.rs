//! Finds the files of a run: folders are walked, patterns matched, links that lead out of the corpus refused.

use std::fs;
use std::path::{Path, PathBuf};

use super::format::is_ignored;
use super::glob;
use super::rules::Formats;
use super::trouble::Trouble;
use crate::document::Problem;
use crate::failure::Failure;

/// What was found so far.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Files with their sizes in bytes; real paths.
    pub files: Vec<(PathBuf, u64)>,
    /// The folder of each input: itself, or that of a file. Real paths.
    pub roots: Vec<PathBuf>,
    /// What could not be listed.
    pub problems: Vec<Problem>,
}

/// Adds what one input names: a file, a folder with all below it, or a pattern.
///
/// # Errors
/// There is no such thing.
pub(super) fn add_input(input: &Path, rules: &Formats, found: &mut Found) -> Result<(), Failure> {
    if let Ok(real) = fs::canonicalize(input) {
        add_real(real, rules, found);
        return Ok(());
    }
    match input.to_str().and_then(glob::split) {
        Some((folder, pattern)) => add_pattern(Path::new(folder), pattern, rules, found),
        None => Err(Failure::NoInput(missing(input))),
    }
}

/// Adds a line of a list of files. What is not there costs that line and nothing else.
pub(super) fn add_listed(path: &Path, rules: &Formats, found: &mut Found) {
    match fs::canonicalize(path) {
        Ok(real) => add_real(real, rules, found),
        Err(error) => found.problems.push(Trouble::from(error).of(&path.to_string_lossy())),
    }
}

fn add_real(real: PathBuf, rules: &Formats, found: &mut Found) {
    match fs::metadata(&real) {
        Ok(data) if data.is_dir() => {
            walk(&real, rules, found);
            found.roots.push(real);
        }
        Ok(data) => {
            found.roots.push(real.parent().unwrap_or(Path::new("/")).to_owned());
            found.files.push((real, data.len()));
        }
        Err(error) => found.problems.push(Trouble::from(error).of(&real.to_string_lossy())),
    }
}

fn add_pattern(folder: &Path, pattern: &str, rules: &Formats, found: &mut Found) -> Result<(), Failure> {
    let root = fs::canonicalize(folder).map_err(|_| Failure::NoInput(missing(folder)))?;
    let mut all = Found::default();
    walk(&root, rules, &mut all);
    let fits = |(path, _): &(PathBuf, u64)| glob::fits(pattern, &relative(path, &root));
    found.files.extend(all.files.into_iter().filter(fits));
    found.problems.extend(all.problems);
    found.roots.push(root);
    Ok(())
}

/// Lists all files below `root`, hidden ones and those that lie beside saved pages left out.
fn walk(root: &Path, rules: &Formats, found: &mut Found) {
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) => {
                found.problems.push(Trouble::from(error).of(&relative(&folder, root)));
                continue;
            }
        };
        for entry in entries.filter_map(Result::ok) {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if !name.starts_with('.') && !is_ignored(&name, rules) {
                visit(&entry, root, &mut folders, found);
            }
        }
    }
}

fn visit(entry: &fs::DirEntry, root: &Path, folders: &mut Vec<PathBuf>, found: &mut Found) {
    let path = entry.path();
    match entry.file_type() {
        Ok(kind) if kind.is_dir() => folders.push(path),
        Ok(kind) if kind.is_symlink() => refuse_link(&path, root, found),
        Ok(kind) if kind.is_file() => match entry.metadata() {
            Ok(data) => found.files.push((path, data.len())),
            Err(error) => found.problems.push(Trouble::from(error).of(&relative(&path, root))),
        },
        // Sockets, pipes and devices are no documents, and reading one may never end.
        _ => {}
    }
}

/// A link within the corpus is read under its own name already; one that leads out is told.
fn refuse_link(path: &Path, root: &Path, found: &mut Found) {
    let target = fs::canonicalize(path).or_else(|_| fs::read_link(path)).unwrap_or_default();
    if !target.starts_with(root) {
        let trouble = Trouble::SymlinkOutside(target.to_string_lossy().into_owned());
        found.problems.push(trouble.of(&relative(path, root)));
    }
}

/// `path` relative to `root` with `/` between its parts.
pub(super) fn relative(path: &Path, root: &Path) -> String {
    let below = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = below.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}

/// The deepest folder that holds all of `roots`.
pub(super) fn common_root(roots: &[PathBuf]) -> PathBuf {
    let mut common = roots.first().cloned().unwrap_or_default();
    for root in roots {
        while !root.starts_with(&common) {
            common.pop();
        }
    }
    common
}

/// What to say of an input that is not there, with the name it may have been meant for.
fn missing(input: &Path) -> String {
    let shown = input.display();
    match nearest_name(input) {
        Some(near) => {
            format!("there is no file or folder {shown}; did you mean {}?", input.with_file_name(near).display())
        }
        None => format!("there is no file or folder {shown}; give the folder that holds the documents"),
    }
}

fn nearest_name(input: &Path) -> Option<String> {
    let name = input.file_name()?.to_str()?;
    let folder = input.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let names = fs::read_dir(folder).ok()?.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let near = names.map(|other| (strsim::osa_distance(name, &other), other));
    near.filter(|(distance, _)| *distance * 3 <= name.chars().count()).min().map(|(_, other)| other)
}
