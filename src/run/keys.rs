//! What grouping needs of all documents at once. It waits on the disk until all are read, and is read twice: for who
//! copies whom, and then for stories.

use std::collections::BTreeSet;
use std::mem;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};

use super::columns::Columns;
use super::lore::Lore;
use super::origin::Prints;
use super::record::Key;
use super::reuse::Marks;
use super::{Work, stopped};
use crate::failure::Failure;
use crate::matching::reprint::Posting;
use crate::matching::signatures::Signatures;
use crate::store::{Rows, Spool, Spooled};

/// The number of a document, how many marks it has, and its key without them.
type Numbered = (u32, usize, Key);

/// Keys on their way to the disk, and their marks on theirs to the index of copies.
pub struct Keys {
    spool: Spool<Numbered>,
    marks: Marks,
    partitions: usize,
    numbers: AtomicU32,
    sources: Mutex<BTreeSet<String>>,
}

/// The keys of a corpus, and its index of copies.
pub struct AllKeys {
    keys: Spooled<Numbered>,
    /// All outlets.
    sources: BTreeSet<String>,
    /// What copies are recognised by.
    pub marks: Spooled<Rows<Posting>>,
}

impl Keys {
    /// No keys yet.
    ///
    /// # Errors
    /// [`Failure::Output`] when the scratch folder cannot be made.
    pub fn create(work: &Work) -> Result<Self, Failure> {
        let spool = Spool::create(work.scratch, "keys", work.partitions, work.buffer_bytes() / 4)?;
        let (partitions, numbers) = (work.partitions, AtomicU32::new(0));
        Ok(Self { spool, marks: Marks::create(work)?, partitions, numbers, sources: Mutex::default() })
    }

    /// Takes the key of a document.
    ///
    /// # Errors
    /// [`Failure::Output`] when the disk is full.
    pub fn take(&self, mut key: Key) -> Result<(), Failure> {
        let number = self.numbers.fetch_add(1, Ordering::Relaxed);
        let marks = mem::take(&mut key.fingerprint.marks);
        let mut sources = self.sources.lock().map_err(|_| stopped())?;
        if !sources.contains(&key.source) {
            sources.insert(key.source.clone());
        }
        drop(sources);
        self.marks.take(number, &marks)?;
        self.spool.append(number as usize % self.partitions, &(number, marks.len(), key))
    }

    /// All keys were taken.
    ///
    /// # Errors
    /// [`Failure::Output`] when the disk is full.
    pub fn finish(self) -> Result<AllKeys, Failure> {
        let sources = self.sources.into_inner().map_err(|_| stopped())?;
        Ok(AllKeys { keys: self.spool.finish()?, sources, marks: self.marks.finish()? })
    }
}

impl AllKeys {
    /// The keys in columns, in the order in which they lie on the disk, and the number of each.
    ///
    /// # Errors
    /// [`Failure::Fatal`] when the scratch disk cannot be read back.
    pub fn columns(&self, lore: Lore) -> Result<(Columns, Vec<u32>), Failure> {
        let sources: Vec<&str> = self.sources.iter().map(String::as_str).collect();
        let mut columns = Columns::new(Prints::new(&sources, &lore.book.matching.credit, lore.mask));
        let mut numbers = Vec::new();
        for read in self.read() {
            let (number, marks, key) = read?;
            numbers.push(number);
            columns.push(&key, marks, lore.mask);
        }
        Ok((columns, numbers))
    }

    /// The signatures, in the same order.
    ///
    /// # Errors
    /// [`Failure::Fatal`] when the scratch disk cannot be read back, [`Failure::Output`] when it is full.
    pub fn signatures(&self, work: &Work) -> Result<Signatures, Failure> {
        let mut signatures = Signatures::create(&work.scratch.join("words"), work.buffer_bytes());
        self.read().try_for_each(|read| signatures.push(read?.2.signature))?;
        Ok(signatures)
    }

    fn read(&self) -> impl Iterator<Item = Result<Numbered, Failure>> + '_ {
        (0..self.keys.partitions()).flat_map(|partition| match self.keys.read(partition) {
            Ok(keys) => Box::new(keys) as Box<dyn Iterator<Item = _>>,
            Err(failure) => Box::new(std::iter::once(Err(failure))),
        })
    }
}
