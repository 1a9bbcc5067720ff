//! Records in a file: the length of each (4 bytes), a checksum (4 bytes of XXH3), then its postcard bytes.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::marker::PhantomData;
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde::de::DeserializeOwned;
use xxhash_rust::xxh3::xxh3_64;

use super::packed::Unpacker;
use crate::failure::Failure;

const HEAD: usize = 8;
/// Memory taken before a record is read: enough for nearly all, and little where a damaged length asks for much.
const ROOM: usize = 1 << 16;

/// Adds the record of `value` to `bytes`.
///
/// # Errors
/// [`Failure::Fatal`] when `value` cannot be written as postcard, or is over 4 GB.
pub fn push<T: Serialize>(mut bytes: Vec<u8>, value: &T) -> Result<Vec<u8>, Failure> {
    let start = bytes.len();
    bytes.extend_from_slice(&[0; HEAD]);
    let mut bytes = postcard::to_extend(value, bytes).map_err(unwritable)?;
    let first = head(&bytes[start + HEAD..])?;
    bytes[start..start + HEAD].copy_from_slice(&first);
    Ok(bytes)
}

/// The postcard bytes of a value.
///
/// # Errors
/// [`Failure::Fatal`] when it cannot be written as postcard.
pub fn bytes<T: Serialize>(value: &T) -> Result<Vec<u8>, Failure> {
    postcard::to_extend(value, Vec::new()).map_err(unwritable)
}

/// The record whose postcard bytes are `body`.
///
/// # Errors
/// [`Failure::Fatal`] when it is over 4 GB.
pub fn wrap(body: &[u8]) -> Result<Vec<u8>, Failure> {
    Ok([&head(body)?[..], body].concat())
}

/// The postcard bytes of a record that [`push`] made.
pub fn body(record: &[u8]) -> &[u8] {
    record.get(HEAD..).unwrap_or_default()
}

/// The value of the postcard bytes of a record.
///
/// # Errors
/// [`Failure::Fatal`] when they are none of its.
pub fn value<T: DeserializeOwned>(body: &[u8]) -> Result<T, Failure> {
    postcard::from_bytes(body).map_err(unwritable)
}

/// What stands in front of the postcard bytes of a record: their length and checksum.
///
/// # Errors
/// [`Failure::Fatal`] when they are over 4 GB.
pub fn head(body: &[u8]) -> Result<[u8; HEAD], Failure> {
    let length = u32::try_from(body.len()).map_err(unwritable)?;
    let mut head = [0; HEAD];
    head[..4].copy_from_slice(&length.to_le_bytes());
    head[4..].copy_from_slice(&checksum(body).to_le_bytes());
    Ok(head)
}

/// Bytes on the disk of a record of `length` postcard bytes.
pub fn size(length: usize) -> u64 {
    (HEAD + length) as u64
}

/// The postcard bytes of the next record; none at the end of the file.
///
/// # Errors
/// The record is cut or changed, or cannot be read.
pub fn read(file: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    if is_at_end(file)? {
        return Ok(None);
    }
    let (length, sum) = (read_u32(file)?, read_u32(file)?);
    let mut body = Vec::with_capacity((length as usize).min(ROOM));
    file.take(u64::from(length)).read_to_end(&mut body)?;
    if body.len() != length as usize || checksum(&body) != sum {
        return Err(io::ErrorKind::InvalidData.into());
    }
    Ok(Some(body))
}

pub(super) fn unwritable(error: impl std::fmt::Display) -> Failure {
    Failure::Fatal(format!("a record cannot be stored: {error}"))
}

/// The low half of XXH3.
fn checksum(body: &[u8]) -> u32 {
    (xxh3_64(body) & u64::from(u32::MAX)) as u32
}

/// The postcard bytes of the records of a file, in the order they were written.
#[derive(Debug)]
pub struct Bodies<R> {
    path: PathBuf,
    file: Option<R>,
}

impl Bodies<BufReader<File>> {
    /// Opens `path`; a file that is not there has no records.
    ///
    /// # Errors
    /// [`Failure::Fatal`] when it cannot be read.
    pub fn open(path: PathBuf) -> Result<Self, Failure> {
        let file = open(&path)?.map(|file| BufReader::with_capacity(1 << 16, file));
        Ok(Self { path, file })
    }
}

impl Bodies<Unpacker> {
    /// The same, of a file that was packed.
    ///
    /// # Errors
    /// [`Failure::Fatal`] when it cannot be read.
    pub fn unpack(path: PathBuf) -> Result<Self, Failure> {
        let file = open(&path)?.map(Unpacker::new);
        Ok(Self { path, file })
    }
}

fn open(path: &Path) -> Result<Option<File>, Failure> {
    match File::open(path) {
        Ok(file) => Ok(Some(file)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(damaged(path, &error)),
    }
}

impl<R: BufRead> Bodies<R> {
    /// What `value` makes of the next record; none at the end of the file, and from a failure on.
    ///
    /// # Errors
    /// [`Failure::Fatal`] when it is damaged.
    pub fn next_as<T>(&mut self, value: impl FnOnce(Vec<u8>) -> postcard::Result<T>) -> Result<Option<T>, Failure> {
        let Some(file) = &mut self.file else { return Ok(None) };
        let read = read(file).and_then(|body| body.map(value).transpose().map_err(io::Error::other));
        if read.is_err() {
            self.file = None;
        }
        read.map_err(|error| damaged(&self.path, &error))
    }
}

/// The records of a file, in the order they were written.
#[derive(Debug)]
pub struct Records<T, R> {
    bodies: Bodies<R>,
    kind: PhantomData<fn() -> T>,
}

impl<T: DeserializeOwned> Records<T, BufReader<File>> {
    /// As [`Bodies::open`].
    ///
    /// # Errors
    /// [`Failure::Fatal`] when it cannot be read.
    pub fn open(path: PathBuf) -> Result<Self, Failure> {
        Ok(Self { bodies: Bodies::open(path)?, kind: PhantomData })
    }
}

impl<T: DeserializeOwned> Records<T, Unpacker> {
    /// As [`Bodies::unpack`].
    ///
    /// # Errors
    /// [`Failure::Fatal`] when it cannot be read.
    pub fn unpack(path: PathBuf) -> Result<Self, Failure> {
        Ok(Self { bodies: Bodies::unpack(path)?, kind: PhantomData })
    }
}

impl<T: DeserializeOwned, R: BufRead> Iterator for Records<T, R> {
    type Item = Result<T, Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        self.bodies.next_as(|body| postcard::from_bytes(&body)).transpose()
    }
}

fn is_at_end(file: &mut impl BufRead) -> io::Result<bool> {
    file.fill_buf().map(<[u8]>::is_empty)
}

fn read_u32(file: &mut impl Read) -> io::Result<u32> {
    let mut bytes = [0; 4];
    file.read_exact(&mut bytes)?;
    Ok(u32::from_le_bytes(bytes))
}

fn damaged(path: &Path, error: &io::Error) -> Failure {
    Failure::Fatal(format!(
        "{} cannot be read back: {error}\n  run the same command again with --fresh",
        path.display()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn write(values: &[(u32, String)]) -> (tempfile::TempDir, PathBuf) {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("records");
        let bytes = values.iter().fold(Vec::new(), |bytes, value| push(bytes, value).unwrap());
        fs::write(&path, bytes).unwrap();
        (dir, path)
    }

    fn values() -> Vec<(u32, String)> {
        (0..100).map(|n| (n, "é".repeat(n as usize))).collect()
    }

    #[test]
    fn records_come_back_in_order() {
        let (_dir, path) = write(&values());
        let read: Result<Vec<(u32, String)>, _> = Records::open(path).unwrap().collect();
        assert_eq!(read.unwrap(), values());
    }

    #[test]
    fn a_file_that_is_not_there_is_empty() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(Records::<u8, _>::open(dir.path().join("none")).unwrap().count(), 0);
    }

    #[test]
    fn cut_or_changed_bytes_are_told_and_end_the_reading() {
        let check = |change: &dyn Fn(&mut Vec<u8>)| {
            let (_dir, path) = write(&values());
            let mut bytes = fs::read(&path).unwrap();
            change(&mut bytes);
            fs::write(&path, bytes).unwrap();
            let read: Vec<Result<(u32, String), _>> = Records::open(path).unwrap().collect();
            assert!(matches!(read.last(), Some(Err(Failure::Fatal(_)))), "{:?}", read.last());
            assert_eq!(read.iter().filter(|record| record.is_err()).count(), 1);
        };
        check(&|bytes| bytes.truncate(bytes.len() - 1));
        check(&|bytes| bytes.truncate(bytes.len() - 202));
        check(&|bytes| bytes[500] ^= 1);
        check(&|bytes| bytes.extend_from_slice(&[0xff; 9]));
    }
}
