//! Files that appear under their names only when they are complete and on the disk.

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::failure::Failure;

/// A file being written beside its final name. Dropped without [`AtomicFile::commit`] it leaves
/// nothing behind.
#[derive(Debug)]
pub struct AtomicFile {
    path: PathBuf,
    writer: BufWriter<NamedTempFile>,
}

impl AtomicFile {
    /// Begins the file that will be `path`.
    ///
    /// # Errors
    /// [`Failure::Output`] when its folder cannot be written.
    pub fn create(path: impl Into<PathBuf>) -> Result<Self, Failure> {
        let path = path.into();
        let begun = begin(&path).map_err(|error| Failure::output(&path, error))?;
        Ok(Self { path, writer: BufWriter::with_capacity(1 << 16, begun) })
    }

    /// The name it will have.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Puts the complete file on the disk and gives it its name, replacing what had it.
    ///
    /// # Errors
    /// [`Failure::Output`]; what had the name before is then untouched.
    pub fn commit(self) -> Result<(), Failure> {
        let Self { path, writer } = self;
        settle(writer, &path).map_err(|error| Failure::output(path, error))
    }
}

impl Write for AtomicFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writer.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

/// Writes `bytes` as the whole of `path`.
///
/// # Errors
/// [`Failure::Output`]; what had the name before is then untouched.
pub fn write(path: impl Into<PathBuf>, bytes: &[u8]) -> Result<(), Failure> {
    let mut file = AtomicFile::create(path)?;
    file.write_all(bytes).map_err(|error| Failure::output(file.path(), error))?;
    file.commit()
}

/// Makes sure that names in `folder` survive a loss of power, where the platform can.
///
/// # Errors
/// Those of the platform.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

fn begin(path: &Path) -> io::Result<NamedTempFile> {
    let mut prefix = OsString::from(".");
    prefix.push(path.file_name().unwrap_or_default());
    let mut builder = tempfile::Builder::new();
    readable_by_others(&mut builder).prefix(&prefix).suffix(".part").tempfile_in(folder_of(path))
}

/// Temporary files are private by default; reports are as public as the umask says.
fn readable_by_others<'b, 'p, 's>(builder: &'b mut tempfile::Builder<'p, 's>) -> &'b mut tempfile::Builder<'p, 's> {
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder
}

fn settle(writer: BufWriter<NamedTempFile>, path: &Path) -> io::Result<()> {
    let file = writer.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    sync_folder(folder_of(path))
}

/// The folder `path` is in: the current one for a bare name.
pub(super) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_appears_whole_or_not_at_all() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("sources.csv");
        write(&path, b"old").unwrap();
        let mut file = AtomicFile::create(&path).unwrap();
        file.write_all(b"new and not yet comp").unwrap();
        file.flush().unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"old");
        drop(file);
        assert_eq!(names(dir.path()), ["sources.csv"]);
        write(&path, b"new").unwrap();
        assert_eq!((fs::read(&path).unwrap(), names(dir.path()).len()), (b"new".to_vec(), 1));
    }

    #[test]
    fn a_folder_that_is_not_there_is_an_output_failure() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("missing/sources.csv");
        let failure = write(&path, b"x").unwrap_err();
        assert!(matches!(&failure, Failure::Output { path: told, .. } if *told == path), "{failure}");
    }

    #[cfg(unix)]
    #[test]
    fn others_may_read_it_as_the_umask_says() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        let mode = |name: &str| fs::metadata(dir.path().join(name)).unwrap().permissions().mode();
        write(dir.path().join("ours"), b"").unwrap();
        fs::write(dir.path().join("plain"), b"").unwrap();
        assert_eq!(mode("ours"), mode("plain"));
    }
}
