//! What outlives a run: entries of a head and a body each, appended to the partitions of a folder.
//!
//! Nothing in a partition is ever changed, so a process that is killed leaves whole entries and at most one torn one
//! at the end, which is cut off when the journal is opened. Every head and body has a checksum of its own. Where
//! several entries have the same head, the last one counts; [`Journal::compact`] drops what nobody needs any more.

use std::fs::{self, File};
use std::io::{self, BufReader, Read, Seek, SeekFrom, Write};
use std::marker::PhantomData;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::frame;
use crate::failure::Failure;

/// Bytes that a partition gathers before it writes: what a kill can cost.
const ROOM: usize = 1 << 17;

/// Entries in partitions.
#[derive(Debug)]
pub struct Journal<Head> {
    folder: PathBuf,
    parts: Vec<Mutex<Part>>,
    kind: PhantomData<fn(&Head) -> Head>,
}

/// One partition: how long its file is, and what will follow.
#[derive(Debug, Default)]
struct Part {
    written: u64,
    buffer: Vec<u8>,
}

/// Where the body of an entry begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place(u64);

impl<Head: Serialize + DeserializeOwned> Journal<Head> {
    /// Opens the journal in `folder`, or begins it there. The second value counts partitions with a damaged end, which
    /// was cut off.
    ///
    /// # Errors
    /// [`Failure::Output`] when the folder cannot be written.
    pub fn open(folder: PathBuf, partitions: usize) -> Result<(Self, usize), Failure> {
        fs::create_dir_all(&folder).map_err(|error| Failure::output(&folder, error))?;
        let mut parts = Vec::new();
        let mut damaged = 0;
        for partition in 0..partitions {
            let path = part(&folder, partition);
            let (whole, length) = measure(&path).map_err(|error| Failure::output(&path, error))?;
            if whole < length {
                cut(&path, whole).map_err(|error| Failure::output(&path, error))?;
                damaged += 1;
            }
            parts.push(Mutex::new(Part { written: whole, buffer: Vec::new() }));
        }
        Ok((Self { folder, parts, kind: PhantomData }, damaged))
    }

    /// How many partitions there are.
    pub fn partitions(&self) -> usize {
        self.parts.len()
    }

    /// How many bytes are on the disk.
    pub fn bytes(&self) -> u64 {
        (0..self.parts.len()).filter_map(|partition| self.hold(partition).ok()).map(|part| part.written).sum()
    }

    /// The heads of what is on the disk, oldest first, with the places of their bodies.
    ///
    /// # Errors
    /// [`Failure::Fatal`] when the file cannot be opened. A damaged head ends the reading.
    pub fn heads(&self, partition: usize) -> Result<impl Iterator<Item = (Head, Place)> + use<Head>, Failure> {
        let mut reader = self.reader(partition)?;
        let written = self.hold(partition)?.written;
        let mut at = 0;
        Ok(std::iter::from_fn(move || {
            let reader = reader.as_mut().filter(|_| at < written)?;
            let head = reader.frame(at).ok()?;
            let place = Place(at + frame::size(head.len()));
            at = place.0 + frame::size(reader.length(place.0).ok()?);
            Some((postcard::from_bytes(&head).ok()?, place))
        }))
    }

    /// Adds an entry.
    ///
    /// # Errors
    /// [`Failure::Output`] when the disk is full.
    pub fn append<Body: Serialize>(&self, partition: usize, head: &Head, body: &Body) -> Result<Place, Failure> {
        self.push(partition, head, &frame::bytes(body)?)
    }

    /// Adds an entry whose body is the one at `place`; none when that is damaged.
    ///
    /// # Errors
    /// [`Failure::Output`] when the disk is full.
    pub fn append_again(&self, partition: usize, head: &Head, place: Place) -> Result<Option<Place>, Failure> {
        let Some(mut reader) = self.reader(partition)? else { return Ok(None) };
        let Ok(body) = reader.frame(place.0) else { return Ok(None) };
        self.push(partition, head, &body).map(Some)
    }

    fn push(&self, partition: usize, head: &Head, body: &[u8]) -> Result<Place, Failure> {
        let head = frame::push(Vec::new(), head)?;
        let mut part = self.hold(partition)?;
        let whole = part.buffer.len();
        let place = Place(part.written + (part.buffer.len() + head.len()) as u64);
        part.buffer.extend_from_slice(&head);
        part.buffer.extend_from_slice(&frame::head(body)?);
        if part.buffer.len() + body.len() > ROOM {
            // It may be long, and is not copied.
            let written = self.write_with(partition, &mut part, body);
            if written.is_err() {
                part.buffer.truncate(whole);
            }
            written?;
        } else {
            part.buffer.extend_from_slice(body);
        }
        Ok(place)
    }

    /// Writes what is still in memory.
    ///
    /// # Errors
    /// [`Failure::Output`] when the disk is full.
    pub fn flush(&self) -> Result<(), Failure> {
        (0..self.parts.len()).try_for_each(|partition| self.write_out(partition, &mut *self.hold(partition)?))
    }

    fn write_out(&self, partition: usize, part: &mut Part) -> Result<(), Failure> {
        if part.buffer.is_empty() { Ok(()) } else { self.write_with(partition, part, &[]) }
    }

    /// Writes what was gathered, and more behind it. A torn write is cut off at once, so that entries after it are not
    /// lost with it.
    fn write_with(&self, partition: usize, part: &mut Part, more: &[u8]) -> Result<(), Failure> {
        let path = self::part(&self.folder, partition);
        let file = File::options().create(true).append(true).open(&path);
        if let Err(error) = file.and_then(|mut file| file.write_all(&part.buffer).and_then(|()| file.write_all(more))) {
            // What cannot be cut off now is cut off when the journal is opened again.
            let _ = cut(&path, part.written);
            return Err(Failure::output(path, error));
        }
        part.written += (part.buffer.len() + more.len()) as u64;
        // Its room is given back: there are as many buffers as partitions, and most of a run needs none of them.
        part.buffer = Vec::new();
        Ok(())
    }

    /// Reads bodies of one partition; none where nothing was written to it.
    ///
    /// # Errors
    /// [`Failure::Fatal`] when the file cannot be opened.
    pub fn reader(&self, partition: usize) -> Result<Option<Reader>, Failure> {
        let path = part(&self.folder, partition);
        match File::open(&path) {
            Ok(file) => Ok(Some(Reader { file: BufReader::with_capacity(1 << 16, file), at: Some(0) })),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Failure::Fatal(format!("{} cannot be read back: {error}", path.display()))),
        }
    }

    /// Writes the partition anew with the entries at `live`, sorted, when these are the lesser part of it.
    ///
    /// # Errors
    /// [`Failure::Output`] when the disk is full: the partition is then as it was.
    pub fn compact(&self, partition: usize, live: &[Place]) -> Result<(), Failure> {
        let mut part = self.hold(partition)?;
        self.write_out(partition, &mut part)?;
        let Some(mut reader) = self.reader(partition)? else { return Ok(()) };
        let kept = kept(&mut reader, part.written, live);
        let size: u64 = kept.iter().map(|(start, end)| end - start).sum();
        if size * 2 >= part.written {
            return Ok(());
        }
        let mut file = super::atomic::AtomicFile::create(self::part(&self.folder, partition))?;
        for (start, end) in kept {
            let copied = reader.copy(start, end, &mut file);
            copied.map_err(|error| Failure::output(file.path(), error))?;
        }
        file.commit()?;
        part.written = size;
        Ok(())
    }

    fn hold(&self, partition: usize) -> Result<MutexGuard<'_, Part>, Failure> {
        let part = self.parts.get(partition);
        let part = part.ok_or_else(|| Failure::Fatal(format!("no partition {partition} in the journal")))?;
        // A part holds whole entries at any time, so one that a panicking thread held is still good.
        Ok(part.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Reads entries of one partition, fastest in the order of their places.
#[derive(Debug)]
pub struct Reader {
    file: BufReader<File>,
    /// Where it stands; unknown after a failure.
    at: Option<u64>,
}

impl Reader {
    /// The bytes of the body at `place`.
    ///
    /// # Errors
    /// They are damaged or cannot be read.
    pub fn body(&mut self, place: Place) -> io::Result<Vec<u8>> {
        self.frame(place.0)
    }

    fn frame(&mut self, at: u64) -> io::Result<Vec<u8>> {
        self.seek(at)?;
        let body = frame::read(&mut self.file)?.ok_or(io::ErrorKind::UnexpectedEof)?;
        self.at = Some(at + frame::size(body.len()));
        Ok(body)
    }

    /// The length of the frame at `at`, whose bytes are passed over.
    fn length(&mut self, at: u64) -> io::Result<usize> {
        self.seek(at)?;
        let mut length = [0; 4];
        self.file.read_exact(&mut length)?;
        self.at = Some(at + 4);
        Ok(u32::from_le_bytes(length) as usize)
    }

    /// Goes to `at`; where it stands is unknown from here until what is read there is known to be whole.
    fn seek(&mut self, at: u64) -> io::Result<()> {
        match self.at.take() {
            Some(here) => self.file.seek_relative(at as i64 - here as i64),
            None => self.file.seek(SeekFrom::Start(at)).map(drop),
        }
    }

    fn copy(&mut self, start: u64, end: u64, to: &mut impl Write) -> io::Result<()> {
        self.seek(start)?;
        let copied = io::copy(&mut (&mut self.file).take(end - start), to)?;
        self.at = Some(start + copied);
        if copied == end - start { Ok(()) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
    }
}

/// How far the file at `path` holds whole entries, and how long it is.
fn measure(path: &Path) -> io::Result<(u64, u64)> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok((0, 0)),
        Err(error) => return Err(error),
    };
    let length = file.metadata()?.len();
    let mut reader = Reader { file: BufReader::with_capacity(1 << 16, file), at: Some(0) };
    let mut whole = 0;
    while let Ok(end) = entry_end(&mut reader, whole) {
        if end > length {
            break;
        }
        whole = end;
    }
    Ok((whole, length))
}

/// Where the entry that begins at `at` ends; its head must be sound.
fn entry_end(reader: &mut Reader, at: u64) -> io::Result<u64> {
    let body = at + frame::size(reader.frame(at)?.len());
    Ok(body + frame::size(reader.length(body)?))
}

/// The entries with bodies at `live`, each from its first byte to its end.
fn kept(reader: &mut Reader, written: u64, live: &[Place]) -> Vec<(u64, u64)> {
    let (mut kept, mut at) = (Vec::new(), 0);
    while at < written {
        let Ok(head) = reader.frame(at) else { break };
        let place = Place(at + frame::size(head.len()));
        let Ok(length) = reader.length(place.0) else { break };
        let end = place.0 + frame::size(length);
        if live.binary_search(&place).is_ok() {
            kept.push((at, end));
        }
        at = end;
    }
    kept
}

fn cut(path: &Path, length: u64) -> io::Result<()> {
    File::options().write(true).open(path)?.set_len(length)
}

fn part(folder: &Path, partition: usize) -> PathBuf {
    folder.join(format!("{partition:05}"))
}

#[cfg(test)]
mod tests;
