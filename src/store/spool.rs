//! Records of work that does not fit in memory, sorted into partitions that do.
//!
//! Many threads append; each partition gathers its records in a small buffer and its file grows
//! when the buffer is full. Files are opened only for that moment, so thousands of partitions
//! need no more handles than threads. What is written is packed.

use std::fs::{self, File};
use std::marker::PhantomData;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::frame::{self, Records};
use super::packed::Packer;
use crate::failure::Failure;

/// Partitions that are being filled.
#[derive(Debug)]
pub struct Spool<T> {
    folder: PathBuf,
    buffers: Vec<Mutex<Vec<u8>>>,
    /// Bytes a partition gathers before it writes.
    room: usize,
    packs: bool,
    kind: PhantomData<fn(&T)>,
}

impl<T: Serialize> Spool<T> {
    /// Begins `partitions` partitions in a new folder `name` of `scratch`, with `memory` bytes for
    /// the buffers of all of them.
    ///
    /// # Errors
    /// [`Failure::Output`] when the folder cannot be made.
    pub fn create(scratch: &Path, name: &str, partitions: usize, memory: usize) -> Result<Self, Failure> {
        let folder = scratch.join(name);
        fs::create_dir_all(&folder).map_err(|error| Failure::output(&folder, error))?;
        let buffers = (0..partitions).map(|_| Mutex::default()).collect();
        Ok(Self { folder, buffers, room: memory / partitions.max(1), packs: true, kind: PhantomData })
    }

    /// The same for records that packing would not make less.
    #[must_use]
    pub fn storing(self) -> Self {
        Self { packs: false, ..self }
    }

    /// Adds `record` to `partition`. The order of records within a partition is that of the
    /// threads' luck: sort what is read.
    ///
    /// # Errors
    /// [`Failure::Output`] when the disk is full; [`Failure::Fatal`] when there is no such partition.
    pub fn append(&self, partition: usize, record: &T) -> Result<(), Failure> {
        let Some(buffer) = self.buffers.get(partition) else {
            return Err(Failure::Fatal(format!("no partition {partition} among {}", self.buffers.len())));
        };
        let mut buffer = hold(buffer);
        if (self.room / 2..self.room).contains(&buffer.capacity()) {
            // Doubled once more it would take twice its room.
            let room = self.room + self.room / 8 - buffer.len();
            buffer.reserve_exact(room);
        }
        *buffer = frame::push(std::mem::take(&mut *buffer), record)?;
        if buffer.len() > self.room { self.write_out(partition, &mut buffer) } else { Ok(()) }
    }

    /// Writes what is still in the buffers.
    ///
    /// # Errors
    /// [`Failure::Output`] when the disk is full.
    pub fn finish(self) -> Result<Spooled<T>, Failure> {
        for (partition, buffer) in self.buffers.iter().enumerate() {
            self.write_out(partition, &mut hold(buffer))?;
        }
        Ok(Spooled { partitions: self.buffers.len(), folder: self.folder, kind: PhantomData })
    }

    fn write_out(&self, partition: usize, buffer: &mut Vec<u8>) -> Result<(), Failure> {
        if buffer.is_empty() {
            return Ok(());
        }
        let path = part(&self.folder, partition);
        let file = File::options().create(true).append(true).open(&path);
        let packer = if self.packs { Packer::new } else { Packer::storing };
        let packed = file.map(packer).and_then(|mut packer| packer.push(buffer).and_then(|()| packer.finish()));
        packed.map_err(|error| Failure::output(path, error))?;
        buffer.clear();
        Ok(())
    }
}

/// Partitions that are complete. Its files go when it goes.
#[derive(Debug)]
pub struct Spooled<T> {
    folder: PathBuf,
    partitions: usize,
    kind: PhantomData<fn() -> T>,
}

impl<T: DeserializeOwned> Spooled<T> {
    /// How many partitions there are, empty ones included.
    pub fn partitions(&self) -> usize {
        self.partitions
    }

    /// The records of a partition, one after the other.
    ///
    /// # Errors
    /// [`Failure::Fatal`] when the file cannot be opened; each item, when it is damaged.
    pub fn read(&self, partition: usize) -> Result<impl Iterator<Item = Result<T, Failure>> + use<T>, Failure> {
        Records::unpack(part(&self.folder, partition))
    }

    /// All records of a partition, sorted: the same whatever threads wrote them, when equal
    /// keys mean equal records.
    ///
    /// # Errors
    /// [`Failure::Fatal`] when the file is damaged.
    pub fn load_sorted_by_key<K: Ord>(&self, partition: usize, key: impl FnMut(&T) -> K) -> Result<Vec<T>, Failure> {
        let mut records = self.read(partition)?.collect::<Result<Vec<T>, Failure>>()?;
        records.sort_by_cached_key(key);
        Ok(records)
    }
}

impl<T> Drop for Spooled<T> {
    fn drop(&mut self) {
        // A file left behind is swept with the scratch folder.
        drop(fs::remove_dir_all(&self.folder));
    }
}

fn part(folder: &Path, partition: usize) -> PathBuf {
    folder.join(format!("{partition:05}"))
}

/// A buffer holds whole records at any time, so one that a panicking thread held is still good.
fn hold(buffer: &Mutex<Vec<u8>>) -> MutexGuard<'_, Vec<u8>> {
    buffer.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rayon::prelude::*;

    #[test]
    fn what_many_threads_append_comes_back_by_partition() {
        let dir = tempfile::tempdir().unwrap();
        let spool = Spool::create(dir.path(), "claims", 7, 700).unwrap();
        (0_u32..5_000).into_par_iter().for_each(|n| spool.append(n as usize % 7, &(n, n.to_string())).unwrap());
        let spooled: Spooled<(u32, String)> = spool.finish().unwrap();
        for partition in 0..spooled.partitions() {
            let read = spooled.load_sorted_by_key(partition, |record| record.0).unwrap();
            let expected: Vec<_> =
                (0..5_000).filter(|n| *n as usize % 7 == partition).map(|n| (n, n.to_string())).collect();
            assert_eq!(read, expected);
        }
        drop(spooled);
        assert!(!dir.path().join("claims").exists());
    }

    #[test]
    fn buffers_stay_within_their_room() {
        let dir = tempfile::tempdir().unwrap();
        let spool = Spool::create(dir.path(), "s", 4, 400).unwrap();
        for n in 0_u64..1_000 {
            spool.append((n % 4) as usize, &n).unwrap();
            assert!(spool.buffers.iter().all(|buffer| hold(buffer).len() <= 100));
        }
    }

    #[test]
    fn empty_partitions_are_empty_and_others_do_not_exist() {
        let dir = tempfile::tempdir().unwrap();
        let spool = Spool::<u8>::create(dir.path(), "s", 2, 0).unwrap();
        assert!(matches!(spool.append(2, &1), Err(Failure::Fatal(_))));
        let spooled = spool.finish().unwrap();
        assert_eq!(spooled.read(1).unwrap().count(), 0);
    }

    #[test]
    fn a_folder_that_vanished_is_an_output_failure() {
        let dir = tempfile::tempdir().unwrap();
        let spool = Spool::<u8>::create(dir.path(), "s", 1, 0).unwrap();
        fs::remove_dir_all(dir.path().join("s")).unwrap();
        assert!(matches!(spool.append(0, &1), Err(Failure::Output { .. })));
    }
}
