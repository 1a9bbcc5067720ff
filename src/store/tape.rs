//! Bytes that are written once, from front to back, and read again and again: in memory while they are few, then on
//! the disk, so that what is long costs no memory.

use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use crate::failure::Failure;

/// Bytes read and written at once.
const ROOM: usize = 1 << 16;

/// Bytes in a row. Its file goes when it goes.
#[derive(Debug, Default)]
pub struct Tape {
    /// What is not on the disk: all, as long as there is no file.
    kept: Vec<u8>,
    /// Where more than so many bytes go to.
    disk: Option<(PathBuf, usize)>,
    file: Option<File>,
    written: u64,
}

impl Tape {
    /// A tape that keeps `room` bytes in memory before it moves to the file `path`.
    pub fn create(path: &Path, room: usize) -> Self {
        Self { disk: Some((path.to_owned(), room)), kept: Vec::new(), file: None, written: 0 }
    }

    /// How long it is.
    pub fn len(&self) -> u64 {
        self.written + self.kept.len() as u64
    }

    /// Whether nothing was written.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Adds bytes at the end.
    ///
    /// # Errors
    /// [`Failure::Output`] when the disk is full.
    pub fn push(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        self.kept.extend_from_slice(bytes);
        let room = match (&self.disk, &self.file) {
            (None, _) => return Ok(()),
            (Some((_, room)), None) => *room,
            (Some(_), Some(_)) => ROOM,
        };
        if self.kept.len() > room { self.write_out() } else { Ok(()) }
    }

    /// All was written: what is on the disk is there as a whole.
    ///
    /// # Errors
    /// [`Failure::Output`] when the disk is full.
    pub fn finish(mut self) -> Result<Self, Failure> {
        if self.file.is_some() {
            self.write_out()?;
            self.kept = Vec::new();
        }
        Ok(self)
    }

    /// What stands from a place on, once all was written.
    ///
    /// # Errors
    /// [`Failure::Fatal`] when the file cannot be read.
    pub fn from(&self, place: u64) -> Result<Box<dyn Read + '_>, Failure> {
        let Some((path, _)) = self.disk.as_ref().filter(|_| self.file.is_some()) else {
            return Ok(Box::new(&self.kept[self.kept.len().min(place as usize)..]));
        };
        let file = File::open(path).and_then(|mut file| file.seek(SeekFrom::Start(place)).map(|_| file));
        Ok(Box::new(BufReader::with_capacity(ROOM, file.map_err(|error| unreadable(path, &error))?)))
    }

    /// Fills `bytes` with what stands at a place, once all was written.
    ///
    /// # Errors
    /// [`Failure::Fatal`] when there are fewer, or the file cannot be read.
    pub fn read(&self, place: u64, bytes: &mut [u8]) -> Result<(), Failure> {
        let Some((file, (path, _))) = self.file.as_ref().zip(self.disk.as_ref()) else {
            let kept = self.kept.get(place as usize..).and_then(|kept| kept.get(..bytes.len()));
            return kept.map(|kept| bytes.copy_from_slice(kept)).ok_or_else(beyond);
        };
        read_at(file, place, bytes).map_err(|error| unreadable(path, &error))
    }

    fn write_out(&mut self) -> Result<(), Failure> {
        let Some((path, _)) = &self.disk else { return Ok(()) };
        let failed = |error| Failure::output(path, error);
        if self.file.is_none() {
            let made = File::options().create(true).truncate(true).read(true).write(true).open(path);
            self.file = Some(made.map_err(failed)?);
        }
        if let Some(file) = &mut self.file {
            file.write_all(&self.kept).map_err(failed)?;
            self.written += self.kept.len() as u64;
            // What it kept before it had a file was more.
            self.kept = Vec::with_capacity(ROOM);
        }
        Ok(())
    }
}

impl Drop for Tape {
    fn drop(&mut self) {
        if let Some((path, _)) = self.disk.as_ref().filter(|_| self.file.is_some()) {
            // A file left behind is swept with the scratch folder.
            drop(std::fs::remove_file(path));
        }
    }
}

/// Many threads may read one file at once.
#[cfg(unix)]
fn read_at(file: &File, place: u64, bytes: &mut [u8]) -> std::io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, place)
}

#[cfg(not(unix))]
fn read_at(file: &File, place: u64, bytes: &mut [u8]) -> std::io::Result<()> {
    static ONE_AT_A_TIME: std::sync::Mutex<()> = std::sync::Mutex::new(());
    let _turn = ONE_AT_A_TIME.lock();
    let mut file = file;
    file.seek(SeekFrom::Start(place))?;
    file.read_exact(bytes)
}

fn beyond() -> Failure {
    Failure::Fatal("more was asked of a tape than was written on it".into())
}

fn unreadable(path: &Path, error: &std::io::Error) -> Failure {
    Failure::Fatal(format!(
        "{} cannot be read back: {error}\n  run the same command again with --fresh",
        path.display()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read_from_memory_or_disk() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("tape");
        for (room, on_disk) in [(1 << 20, false), (40, true)] {
            let mut tape = Tape::create(&path, room);
            (0..100_u8).for_each(|n| tape.push(&[n; 3]).unwrap());
            let tape = tape.finish().unwrap();
            assert_eq!((tape.len(), path.exists()), (300, on_disk));
            let mut three = [0; 3];
            tape.read(150, &mut three).unwrap();
            assert_eq!(three, [50; 3]);
            let mut rest = Vec::new();
            tape.from(290).unwrap().read_to_end(&mut rest).unwrap();
            assert_eq!(rest, [96, 97, 97, 97, 98, 98, 98, 99, 99, 99]);
            assert!(tape.read(299, &mut three).is_err());
            drop(tape);
            assert!(!path.exists());
        }
    }

    #[test]
    fn a_tape_that_is_gone_is_told() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("tape");
        let mut tape = Tape::create(&path, 0);
        tape.push(b"ferry").unwrap();
        let tape = tape.finish().unwrap();
        std::fs::remove_file(&path).unwrap();
        assert!(matches!(tape.from(0), Err(Failure::Fatal(_))));
    }
}
