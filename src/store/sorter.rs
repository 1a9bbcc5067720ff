//! Sorts more rows than memory holds: sorted runs on the disk, then one merge.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::frame::{self, Records};
use crate::failure::Failure;

/// Runs that are merged at once; more are first merged into fewer, so that handles stay few.
const FAN_IN: usize = 64;

/// Rows on their way to being sorted. Many threads may push.
///
/// The result is the same whatever order they push in, as long as rows that compare as equal
/// are equal.
#[derive(Debug)]
pub struct Sorter<Row> {
    folder: PathBuf,
    /// Bytes of rows kept before a run is written, roughly.
    memory: usize,
    gathered: Mutex<Gathered<Row>>,
}

/// Rows are wide: boxed they stay where they are while their list grows and is sorted.
#[derive(Debug)]
struct Gathered<Row> {
    rows: Vec<Box<Row>>,
    bytes: usize,
    runs: usize,
}

impl<Row: Ord + Send + Serialize + DeserializeOwned> Sorter<Row> {
    /// Begins to sort in a new folder `name` of `scratch`, keeping about `memory` bytes of rows.
    ///
    /// # Errors
    /// [`Failure::Output`] when the folder cannot be made.
    pub fn create(scratch: &Path, name: &str, memory: usize) -> Result<Self, Failure> {
        let folder = scratch.join(name);
        fs::create_dir_all(&folder).map_err(|error| Failure::output(&folder, error))?;
        let gathered = Mutex::new(Gathered { rows: Vec::new(), bytes: 0, runs: 0 });
        Ok(Self { folder, memory, gathered })
    }

    /// Adds a row.
    ///
    /// # Errors
    /// [`Failure::Output`] when the disk is full.
    pub fn push(&self, row: Row) -> Result<(), Failure> {
        let bytes = size_of::<Row>() + postcard::experimental::serialized_size(&row).unwrap_or(0);
        match self.gather(Box::new(row), bytes) {
            Some((rows, run)) => self.write_run(rows, run),
            None => Ok(()),
        }
    }

    /// Keeps the row, and hands out all kept rows with the number of their run once they are enough.
    fn gather(&self, row: Box<Row>, bytes: usize) -> Option<(Vec<Box<Row>>, usize)> {
        let mut gathered = self.gathered.lock().unwrap_or_else(PoisonError::into_inner);
        gathered.rows.push(row);
        gathered.bytes += bytes;
        if gathered.bytes < self.memory {
            return None;
        }
        gathered.bytes = 0;
        gathered.runs += 1;
        Some((std::mem::take(&mut gathered.rows), gathered.runs - 1))
    }

    fn write_run(&self, mut rows: Vec<Box<Row>>, run: usize) -> Result<(), Failure> {
        rows.sort_unstable();
        write_rows(run_path(&self.folder, run), rows.into_iter().map(|row| Ok(*row)))
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
        gathered.bytes = 0;
        gathered.runs += 1;
        let (rows, run) = (std::mem::take(&mut gathered.rows), gathered.runs - 1);
        self.write_run(rows, run)
    }

    /// All rows in order.
    ///
    /// # Errors
    /// [`Failure::Output`] when the disk is full, [`Failure::Fatal`] when a run cannot be read back.
    pub fn finish(self) -> Result<Sorted<Row>, Failure> {
        let Gathered { mut rows, runs, .. } = self.gathered.into_inner().unwrap_or_else(PoisonError::into_inner);
        rows.par_sort_unstable();
        let mut runs: Vec<PathBuf> = (0..runs).map(|run| run_path(&self.folder, run)).collect();
        let mut next = runs.len();
        while runs.len() > FAN_IN {
            let some: Vec<PathBuf> = runs.drain(..FAN_IN).collect();
            let merged = run_path(&self.folder, next);
            write_rows(merged.clone(), Merge::<Row>::open(&some, Vec::new())?)?;
            some.iter().for_each(|run| drop(fs::remove_file(run)));
            runs.push(merged);
            next += 1;
        }
        Ok(Sorted { rows: Merge::open(&runs, rows)?, folder: self.folder })
    }
}

/// Sorted rows, read from the disk as they are asked for. Its files go when it goes.
#[derive(Debug)]
pub struct Sorted<Row> {
    rows: Merge<Row>,
    folder: PathBuf,
}

impl<Row: Ord + DeserializeOwned> Iterator for Sorted<Row> {
    type Item = Result<Row, Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        self.rows.next()
    }
}

impl<Row> Drop for Sorted<Row> {
    fn drop(&mut self) {
        // A file left behind is swept with the scratch folder.
        drop(fs::remove_dir_all(&self.folder));
    }
}

/// Several sorted runs as one. The last source is what never left memory.
#[derive(Debug)]
struct Merge<Row> {
    runs: Vec<Records<Row>>,
    kept: std::vec::IntoIter<Box<Row>>,
    heads: BinaryHeap<Reverse<(Box<Row>, usize)>>,
}

impl<Row: Ord + DeserializeOwned> Merge<Row> {
    fn open(runs: &[PathBuf], kept: Vec<Box<Row>>) -> Result<Self, Failure> {
        let runs = runs.iter().map(|run| Records::open(run.clone())).collect::<Result<Vec<_>, _>>()?;
        let mut merge = Self { runs, kept: kept.into_iter(), heads: BinaryHeap::new() };
        for source in 0..=merge.runs.len() {
            if let Some(row) = merge.draw(source)? {
                merge.heads.push(Reverse((row, source)));
            }
        }
        Ok(merge)
    }

    fn draw(&mut self, source: usize) -> Result<Option<Box<Row>>, Failure> {
        match self.runs.get_mut(source) {
            Some(run) => Ok(run.next().transpose()?.map(Box::new)),
            None => Ok(self.kept.next()),
        }
    }

    /// The least head, with its source's next row in its place.
    fn advance(&mut self) -> Result<Option<Box<Row>>, Failure> {
        let Some(Reverse((_, source))) = self.heads.peek() else { return Ok(None) };
        let source = *source;
        let drawn = self.draw(source)?;
        let Some(mut head) = self.heads.peek_mut() else { return Ok(None) };
        Ok(Some(match drawn {
            Some(row) => std::mem::replace(&mut head.0, (row, source)).0,
            None => PeekMut::pop(head).0.0,
        }))
    }
}

impl<Row: Ord + DeserializeOwned> Iterator for Merge<Row> {
    type Item = Result<Row, Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        let advanced = self.advance();
        if advanced.is_err() {
            self.heads.clear();
        }
        advanced.map(|row| row.map(|row| *row)).transpose()
    }
}

fn run_path(folder: &Path, run: usize) -> PathBuf {
    folder.join(format!("{run:05}"))
}

fn write_rows<Row: Serialize>(path: PathBuf, rows: impl Iterator<Item = Result<Row, Failure>>) -> Result<(), Failure> {
    let failed = |error| Failure::output(&path, error);
    let mut file = BufWriter::with_capacity(1 << 16, File::create(&path).map_err(failed)?);
    let mut bytes = Vec::new();
    for row in rows {
        bytes.clear();
        bytes = frame::push(bytes, &row?)?;
        file.write_all(&bytes).map_err(failed)?;
    }
    file.flush().map_err(failed)
}

#[cfg(test)]
mod tests {
    use super::*;

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
        (0..3_u32).for_each(|n| sorter.push(n).unwrap());
        fs::write(dir.path().join("rows/00001"), [5, 0, 0, 0, 1]).unwrap();
        assert!(matches!(sorter.finish(), Err(Failure::Fatal(_))));
    }
}
