//! `runs/<run_id>/` and `latest`: a run is published in one step, or not at all.
//!
//! A run is complete when its `run.json` is there, which is written last; `latest` is switched
//! after that by renaming. So neither a kill nor a failure touches what was published before.

use std::fs::{self, File, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use super::atomic;
use crate::failure::Failure;

const MANIFEST: &str = "run.json";
const LATEST: &str = "latest";
const SCRATCH: &str = ".scratch";

/// The folder of a run that is being made. While it lives no other run writes to the same root.
#[derive(Debug)]
pub struct RunFolder {
    root: PathBuf,
    run_id: String,
    path: PathBuf,
    /// Held for its lock, which the system releases however the process ends.
    _lock: File,
}

impl RunFolder {
    /// Begins a run called `run_id` under `root`, or `run_id-2`, `-3`… where complete runs have the name.
    /// An unfinished run of that name is begun afresh.
    ///
    /// # Errors
    /// [`Failure::Output`] when `root` cannot be written, [`Failure::Usage`] when another run is writing to it.
    pub fn create(root: &Path, run_id: &str) -> Result<Self, Failure> {
        let failed = |error| Failure::output(root, error);
        fs::create_dir_all(root.join("runs")).map_err(failed)?;
        let lock = lock(root)?;
        sweep(&root.join("runs")).map_err(failed)?;
        let run_id = free_name(root, run_id);
        let path = root.join("runs").join(&run_id);
        begin(&path).map_err(|error| Failure::output(&path, error))?;
        Ok(Self { root: root.to_owned(), run_id, path, _lock: lock })
    }

    /// The run's name, as free as it was made.
    pub fn run_id(&self) -> &str {
        &self.run_id
    }

    /// Where its tables go.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// A folder for what is needed only while it is made.
    pub fn scratch(&self) -> PathBuf {
        self.path.join(SCRATCH)
    }

    /// Completes the run with its manifest and switches `latest` to it.
    ///
    /// # Errors
    /// [`Failure::Output`]; `latest` is then as it was.
    pub fn publish(self, manifest: &[u8]) -> Result<PathBuf, Failure> {
        let link = self.root.join(LATEST);
        let target = Path::new("runs").join(&self.run_id);
        let path = self.keep(manifest)?;
        switch(&link, &target).map_err(|error| Failure::output(link, error))?;
        Ok(path)
    }

    /// Completes the run with its manifest and leaves `latest` as it is.
    ///
    /// # Errors
    /// [`Failure::Output`].
    pub fn keep(self, manifest: &[u8]) -> Result<PathBuf, Failure> {
        atomic::write(self.path.join(MANIFEST), manifest)?;
        remove_folder(&self.path.join(SCRATCH)).map_err(|error| Failure::output(&self.path, error))?;
        Ok(self.path)
    }
}

/// The folder that `latest` under `root` leads to, if a run was published there.
pub fn latest(root: &Path) -> Option<PathBuf> {
    let link = root.join(LATEST);
    if link.is_dir() {
        return Some(link);
    }
    let target = fs::read_to_string(link).ok()?;
    Some(root.join(target.trim())).filter(|path| path.is_dir())
}

/// The folder of a run from what a person names: the folder itself, or one that holds `latest`.
pub fn resolve(named: &Path) -> Option<PathBuf> {
    if named.join(MANIFEST).is_file() { Some(named.to_owned()) } else { latest(named) }
}

/// Takes the lock of `root`; the file tells which process has it.
fn lock(root: &Path) -> Result<File, Failure> {
    let path = root.join(".lock");
    let failed = |error| Failure::output(&path, error);
    let mut file = File::options().create(true).truncate(false).read(true).write(true).open(&path).map_err(failed)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Err(taken(root, &mut file)),
        // Some network file systems know no locks: two runs at once are then the user's care.
        Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {}
        Err(TryLockError::Error(error)) => return Err(failed(error)),
    }
    file.set_len(0).and_then(|()| write!(file, "{}", std::process::id())).map_err(failed)?;
    Ok(file)
}

fn taken(root: &Path, file: &mut File) -> Failure {
    let mut holder = String::new();
    let who = match file.read_to_string(&mut holder) {
        Ok(_) if !holder.trim().is_empty() => format!(" (process {})", holder.trim()),
        _ => String::new(),
    };
    let root = root.display();
    Failure::Usage(format!("another run{who} is writing to {root}: wait for it, or choose another folder with -o"))
}

/// `run_id`, or the first of `run_id-2`, `run_id-3`… that no complete run has.
fn free_name(root: &Path, run_id: &str) -> String {
    let complete = |name: &str| root.join("runs").join(name).join(MANIFEST).exists();
    let numbered = (2_u32..).map(|number| format!("{run_id}-{number}"));
    std::iter::once(run_id.to_owned()).chain(numbered).find(|name| !complete(name)).unwrap_or_default()
}

/// Removes what dead runs left: their scratch folders, and the folders of those that were not completed. The lock is
/// held, so none of them is alive.
fn sweep(runs: &Path) -> io::Result<()> {
    for entry in fs::read_dir(runs)? {
        let run = entry?.path();
        if is_unfinished(&run)? {
            discard(&run)?;
        }
        remove_folder(&run.join(SCRATCH))?;
    }
    Ok(())
}

/// True of a folder of a run that died: it has its scratch folder still, or died before it had one. Whatever else a
/// person put there is theirs.
fn is_unfinished(run: &Path) -> io::Result<bool> {
    if !run.is_dir() || run.join(MANIFEST).exists() {
        return Ok(false);
    }
    Ok(run.join(SCRATCH).is_dir() || fs::read_dir(run)?.next().is_none())
}

/// The folder of a run that begins, with the scratch folder that marks it as unfinished.
fn begin(path: &Path) -> io::Result<()> {
    discard(path)?;
    fs::create_dir(path)?;
    fs::create_dir(path.join(SCRATCH))?;
    atomic::sync_folder(atomic::folder_of(path))
}

/// Removes the folder of an unfinished run, its mark last: whoever is killed meanwhile leaves what the next run sweeps.
fn discard(run: &Path) -> io::Result<()> {
    if !run.exists() {
        return Ok(());
    }
    for entry in fs::read_dir(run)? {
        let path = entry?.path();
        match path.file_name() {
            Some(name) if name == SCRATCH => {}
            _ if path.is_dir() => remove_folder(&path)?,
            _ => fs::remove_file(&path)?,
        }
    }
    remove_folder(run)
}

fn remove_folder(path: &Path) -> io::Result<()> {
    match fs::remove_dir_all(path) {
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(()),
        other => other,
    }
}

/// Makes `link` lead to `target` in one step: a symbolic link, or a file that names it where
/// there are no links.
fn switch(link: &Path, target: &Path) -> io::Result<()> {
    let next = link.with_file_name(format!(".{LATEST}.{}", std::process::id()));
    match fs::remove_file(&next) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    if symlink(target, &next).is_err() {
        fs::write(&next, target.to_string_lossy().as_bytes())?;
    }
    fs::rename(&next, link)?;
    atomic::sync_folder(atomic::folder_of(link))
}

#[cfg(unix)]
fn symlink(target: &Path, link: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(target, link)
}

#[cfg(not(unix))]
fn symlink(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn begun(root: &Path, table: &str) -> RunFolder {
        let run = RunFolder::create(root, "r1").unwrap();
        fs::write(run.path().join("sources.csv"), table).unwrap();
        fs::write(run.scratch().join("part"), "x").unwrap();
        run
    }

    fn published(root: &Path) -> Option<String> {
        fs::read_to_string(latest(root)?.join("sources.csv")).ok()
    }

    #[test]
    fn a_run_is_published_in_one_step() {
        let dir = tempfile::tempdir().unwrap();
        let run = begun(dir.path(), "one");
        assert_eq!(published(dir.path()), None);
        let path = run.publish(b"{}").unwrap();
        assert_eq!(published(dir.path()).as_deref(), Some("one"));
        assert!(!path.join(SCRATCH).exists() && path.join(MANIFEST).exists());
        assert_eq!(resolve(dir.path()), latest(dir.path()));
        assert_eq!(resolve(&path), Some(path));
    }

    #[test]
    fn an_unfinished_or_kept_run_leaves_the_published_one() {
        let dir = tempfile::tempdir().unwrap();
        begun(dir.path(), "one").publish(b"{}").unwrap();
        let dead = begun(dir.path(), "two");
        assert_eq!(dead.run_id(), "r1-2");
        drop(dead);
        assert_eq!(published(dir.path()).as_deref(), Some("one"));
        let afresh = RunFolder::create(dir.path(), "r1").unwrap();
        assert_eq!((afresh.run_id(), afresh.path().join("sources.csv").exists()), ("r1-2", false));
        afresh.keep(b"{}").unwrap();
        assert_eq!(published(dir.path()).as_deref(), Some("one"));
        begun(dir.path(), "three").publish(b"{}").unwrap();
        assert_eq!(published(dir.path()).as_deref(), Some("three"));
    }

    #[test]
    fn a_dead_run_is_swept_however_early_it_died() {
        let dir = tempfile::tempdir().unwrap();
        begun(dir.path(), "one").publish(b"{}").unwrap();
        let runs = dir.path().join("runs");
        fs::create_dir(runs.join("unborn")).unwrap();
        fs::create_dir_all(runs.join("half-removed").join(SCRATCH)).unwrap();
        fs::create_dir(runs.join("notes")).unwrap();
        fs::write(runs.join("notes/mine.txt"), "not a run").unwrap();
        drop(RunFolder::create(dir.path(), "r2").unwrap());
        let left = |name: &str| runs.join(name).exists();
        assert_eq!(["r1", "unborn", "half-removed", "notes"].map(left), [true, false, false, true]);
        assert!(runs.join("r2").join(SCRATCH).is_dir(), "a run bears its mark from its first moment");
    }

    #[test]
    fn two_runs_at_once_are_refused_and_a_dead_ones_lock_is_not() {
        let dir = tempfile::tempdir().unwrap();
        let first = begun(dir.path(), "one");
        let refused = RunFolder::create(dir.path(), "r2").unwrap_err();
        let process = std::process::id().to_string();
        assert!(matches!(&refused, Failure::Usage(text) if text.contains(&process)), "{refused}");
        drop(first);
        RunFolder::create(dir.path(), "r2").unwrap();
    }

    #[test]
    fn a_file_stands_in_for_a_link() {
        let dir = tempfile::tempdir().unwrap();
        let path = begun(dir.path(), "one").keep(b"{}").unwrap();
        fs::write(dir.path().join(LATEST), "runs/r1\n").unwrap();
        assert_eq!(latest(dir.path()).unwrap().canonicalize().unwrap(), path.canonicalize().unwrap());
    }

    #[test]
    fn a_root_that_cannot_be_made_is_an_output_failure() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("file"), "").unwrap();
        assert!(matches!(RunFolder::create(&dir.path().join("file"), "r"), Err(Failure::Output { .. })));
    }
}
