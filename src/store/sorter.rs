//! Sorts more rows than memory holds: sorted runs on the disk, packed, then one merge.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;
use std::fs::{self, File};
use std::mem;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::frame::{self, Bodies};
use super::packed::{Packer, Unpacker};
use crate::failure::Failure;

/// Runs that are merged at once; more are first merged into fewer, so that handles stay few.
const FAN_IN: usize = 64;

/// A row, and what it is sorted by.
pub trait Sortable: Send + Serialize + DeserializeOwned {
    /// Rows are in the order of their keys, and rows with equal keys are equal. A row's bytes begin with those of its
    /// key, so that rows are merged by it and not looked into.
    type Key: Ord + Send + DeserializeOwned + std::fmt::Debug;

    /// What is left of the row when it is written.
    fn into_key(self) -> Self::Key;
}

/// Rows on their way to being sorted. Many threads may push.
///
/// The result is the same whatever order they push in, as long as rows that compare as equal
/// are equal.
#[derive(Debug)]
pub struct Sorter<Row: Sortable> {
    folder: PathBuf,
    /// Bytes of rows kept before a run is written.
    memory: usize,
    gathered: Mutex<Gathered<Row::Key>>,
}

#[derive(Debug)]
struct Gathered<Key> {
    rows: Rows<Key>,
    runs: usize,
}

/// Rows as they are on the disk: in memory they would be dozens of strings each, cold when they are written at last.
#[derive(Debug)]
struct Rows<Key> {
    records: Vec<u8>,
    /// The key of each, and where it is.
    keys: Vec<(Key, Range<usize>)>,
}

/// Rows enough for a file, and its number.
type Run<Key> = (Rows<Key>, usize);

impl<Key> Rows<Key> {
    const NONE: Self = Self { records: Vec::new(), keys: Vec::new() };

    fn push<Row: Sortable<Key = Key>>(&mut self, row: Row) -> Result<(), Failure> {
        let start = self.records.len();
        self.records = frame::push(mem::take(&mut self.records), &row)?;
        self.keys.push((row.into_key(), start..self.records.len()));
        Ok(())
    }

    fn bytes(&self) -> usize {
        self.records.len() + self.keys.len() * size_of::<(Key, Range<usize>)>()
    }
}

impl<Row: Sortable> Sorter<Row> {
    /// Begins to sort in a new folder `name` of `scratch`, keeping about `memory` bytes of rows.
    ///
    /// # Errors
    /// [`Failure::Output`] when the folder cannot be made.
    pub fn create(scratch: &Path, name: &str, memory: usize) -> Result<Self, Failure> {
        let folder = scratch.join(name);
        fs::create_dir_all(&folder).map_err(|error| Failure::output(&folder, error))?;
        Ok(Self { folder, memory, gathered: Mutex::new(Gathered { rows: Rows::NONE, runs: 0 }) })
    }

    /// Adds a row.
    ///
    /// # Errors
    /// [`Failure::Output`] when the disk is full.
    pub fn push(&self, row: Row) -> Result<(), Failure> {
        match self.gather(row)? {
            Some((rows, run)) => self.write_run(rows, run),
            None => Ok(()),
        }
    }

    /// Keeps the row, and hands out all kept rows with the number of their run once they are enough.
    fn gather(&self, row: Row) -> Result<Option<Run<Row::Key>>, Failure> {
        let mut gathered = self.gathered.lock().unwrap_or_else(PoisonError::into_inner);
        gathered.rows.push(row)?;
        Ok((gathered.rows.bytes() >= self.memory).then(|| gathered.hand_out()))
    }

    fn write_run(&self, Rows { records, mut keys }: Rows<Row::Key>, run: usize) -> Result<(), Failure> {
        keys.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        write_records(run_path(&self.folder, run), |write| {
            keys.iter().try_for_each(|(_, place)| write(&records[place.clone()]))
        })
    }

    /// Writes out what is kept, where some rows are on the disk already: room for what comes before they are asked for.
    ///
    /// # Errors
    /// [`Failure::Output`] when the disk is full.
    pub fn settle(&self) -> Result<(), Failure> {
        let mut gathered = self.gathered.lock().unwrap_or_else(PoisonError::into_inner);
        if gathered.runs == 0 {
            return Ok(());
        }
        let (rows, run) = gathered.hand_out();
        self.write_run(rows, run)
    }

    /// All rows in order.
    ///
    /// # Errors
    /// [`Failure::Output`] when the disk is full, [`Failure::Fatal`] when a run cannot be read back.
    pub fn finish(self) -> Result<Sorted<Row>, Failure> {
        let Gathered { mut rows, runs } = self.gathered.into_inner().unwrap_or_else(PoisonError::into_inner);
        rows.keys.par_sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        let mut runs: Vec<PathBuf> = (0..runs).map(|run| run_path(&self.folder, run)).collect();
        let mut next = runs.len();
        while runs.len() > FAN_IN {
            let some: Vec<PathBuf> = runs.drain(..FAN_IN).collect();
            let merged = run_path(&self.folder, next);
            write_bodies(merged.clone(), Merge::<Row::Key>::open(&some, Rows::NONE)?)?;
            some.iter().for_each(|run| drop(fs::remove_file(run)));
            runs.push(merged);
            next += 1;
        }
        Ok(Sorted { rows: Merge::open(&runs, rows)?, folder: self.folder })
    }
}

impl<Key> Gathered<Key> {
    fn hand_out(&mut self) -> Run<Key> {
        self.runs += 1;
        (mem::replace(&mut self.rows, Rows::NONE), self.runs - 1)
    }
}

/// Sorted rows, read from the disk as they are asked for. Its files go when it goes.
#[derive(Debug)]
pub struct Sorted<Row: Sortable> {
    rows: Merge<Row::Key>,
    folder: PathBuf,
}

impl<Row: Sortable> Sorted<Row> {
    /// The rows as their bytes, which begin with those of their keys.
    pub fn bodies(&mut self) -> impl Iterator<Item = Result<Vec<u8>, Failure>> {
        &mut self.rows
    }
}

impl<Row: Sortable> Iterator for Sorted<Row> {
    type Item = Result<Row, Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        let body = self.rows.next()?;
        Some(body.and_then(|body| frame::value(&body)))
    }
}

impl<Row: Sortable> Drop for Sorted<Row> {
    fn drop(&mut self) {
        // A file left behind is swept with the scratch folder.
        drop(fs::remove_dir_all(&self.folder));
    }
}

/// Several sorted runs as one, each row as its bytes. The last source is what never left memory.
#[derive(Debug)]
struct Merge<Key> {
    runs: Vec<Bodies<Unpacker>>,
    records: Vec<u8>,
    kept: std::vec::IntoIter<(Key, Range<usize>)>,
    heads: BinaryHeap<Reverse<Head<Key>>>,
}

/// The next row of a source: its key, the source, and its bytes.
type Head<Key> = (Key, usize, Vec<u8>);

impl<Key: Ord + DeserializeOwned> Merge<Key> {
    fn open(runs: &[PathBuf], kept: Rows<Key>) -> Result<Self, Failure> {
        let runs = runs.iter().map(|run| Bodies::unpack(run.clone())).collect::<Result<Vec<_>, _>>()?;
        let Rows { records, keys } = kept;
        let mut merge = Self { runs, records, kept: keys.into_iter(), heads: BinaryHeap::new() };
        for source in 0..=merge.runs.len() {
            if let Some(head) = merge.draw(source)? {
                merge.heads.push(Reverse(head));
            }
        }
        Ok(merge)
    }

    fn draw(&mut self, source: usize) -> Result<Option<Head<Key>>, Failure> {
        match self.runs.get_mut(source) {
            Some(run) => {
                run.next_as(|body| postcard::take_from_bytes(&body).map(|(key, _)| key).map(|key| (key, source, body)))
            }
            None => {
                let Some((key, place)) = self.kept.next() else { return Ok(None) };
                Ok(Some((key, source, frame::body(&self.records[place]).to_vec())))
            }
        }
    }

    /// The bytes of the least head, with its source's next row in its place.
    fn advance(&mut self) -> Result<Option<Vec<u8>>, Failure> {
        let Some(Reverse((_, source, _))) = self.heads.peek() else { return Ok(None) };
        let drawn = self.draw(*source)?;
        let Some(mut head) = self.heads.peek_mut() else { return Ok(None) };
        Ok(Some(match drawn {
            Some(next) => mem::replace(&mut head.0, next).2,
            None => PeekMut::pop(head).0.2,
        }))
    }
}

impl<Key: Ord + DeserializeOwned> Iterator for Merge<Key> {
    type Item = Result<Vec<u8>, Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        let advanced = self.advance();
        if advanced.is_err() {
            self.heads.clear();
        }
        advanced.transpose()
    }
}

fn run_path(folder: &Path, run: usize) -> PathBuf {
    folder.join(format!("{run:05}"))
}

fn write_bodies(path: PathBuf, bodies: impl Iterator<Item = Result<Vec<u8>, Failure>>) -> Result<(), Failure> {
    write_records(path, |write| {
        for body in bodies {
            write(&frame::wrap(&body?)?)?;
        }
        Ok(())
    })
}

/// Writes a file of the records that `each` hands on.
fn write_records(
    path: PathBuf,
    each: impl FnOnce(&mut dyn FnMut(&[u8]) -> Result<(), Failure>) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let failed = |error| Failure::output(&path, error);
    let mut file = Packer::new(File::create(&path).map_err(failed)?);
    each(&mut |record| file.push(record).map_err(failed))?;
    file.finish().map_err(failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Sortable for (u64, String) {
        type Key = Self;

        fn into_key(self) -> Self {
            self
        }
    }

    /// Sorts `count` shuffled rows with `memory` bytes and compares with a plain sort.
    fn check(count: u64, memory: usize) {
        let dir = tempfile::tempdir().unwrap();
        let sorter = Sorter::create(dir.path(), "rows", memory).unwrap();
        let row = |n: u64| (n.wrapping_mul(0x9e37_79b9_7f4a_7c15) % 1_000, n.to_string());
        (0..count).into_par_iter().for_each(|n| sorter.push(row(n)).unwrap());
        if count.is_multiple_of(2) {
            sorter.settle().unwrap();
        }
        let sorted = sorter.finish().unwrap();
        let rows: Vec<(u64, String)> = sorted.map(Result::unwrap).collect();
        let mut expected: Vec<_> = (0..count).map(row).collect();
        expected.sort();
        assert!(rows == expected, "{count} rows, {memory} bytes");
        assert!(!dir.path().join("rows").exists());
    }

    #[test]
    fn rows_come_out_in_order_from_memory_disk_or_both() {
        check(0, 100);
        check(1_000, usize::MAX);
        check(1_000, 4_000);
        check(1_001, 4_000);
        check(5_000, 0);
    }

    #[test]
    fn a_damaged_run_is_told_once() {
        let dir = tempfile::tempdir().unwrap();
        let sorter = Sorter::create(dir.path(), "rows", 0).unwrap();
        (0..3).for_each(|n| sorter.push((n, String::new())).unwrap());
        fs::write(dir.path().join("rows/00001"), [5, 0, 0, 0, 1]).unwrap();
        assert!(matches!(sorter.finish(), Err(Failure::Fatal(_))));
    }
}
