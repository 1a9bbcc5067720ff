//! What grouping needs of all documents at once. It waits on the disk until all are read, and then lies in columns: in
//! small pieces it would fill memory with holes for as long as the run goes on.

use std::mem;
use std::sync::atomic::{AtomicU32, Ordering};

use super::Work;
use super::record::Key;
use super::reuse::Marks;
use crate::failure::Failure;
use crate::matching::reprint::Size;
use crate::matching::reprint::fingerprint::Mark;
use crate::matching::signatures::Signatures;
use crate::report::mask::Mask;
use crate::store::{Spool, Spooled};

/// The number of a document, how many marks it has, and its key without them.
type Numbered = (u32, usize, Key);

/// Keys on their way to the disk, and their marks on theirs to the index of copies.
pub struct Keys {
    spool: Spool<Numbered>,
    marks: Marks,
    partitions: usize,
    numbers: AtomicU32,
}

/// The keys of a corpus, and its index of copies.
pub struct AllKeys {
    keys: Spooled<Numbered>,
    /// What copies are recognised by.
    pub marks: Spooled<(u32, Vec<Mark>)>,
}

impl Keys {
    /// No keys yet.
    ///
    /// # Errors
    /// [`Failure::Output`] when the scratch folder cannot be made.
    pub fn create(work: &Work) -> Result<Self, Failure> {
        let spool = Spool::create(work.scratch, "keys", work.partitions, work.buffer_bytes() / 4)?;
        Ok(Self { spool, marks: Marks::create(work)?, partitions: work.partitions, numbers: AtomicU32::new(0) })
    }

    /// Takes the key of a document.
    ///
    /// # Errors
    /// [`Failure::Output`] when the disk is full.
    pub fn take(&self, mut key: Key) -> Result<(), Failure> {
        let number = self.numbers.fetch_add(1, Ordering::Relaxed);
        let marks = mem::take(&mut key.fingerprint.marks);
        self.marks.take(number, &marks)?;
        self.spool.append(number as usize % self.partitions, &(number, marks.len(), key))
    }

    /// All keys were taken.
    ///
    /// # Errors
    /// [`Failure::Output`] when the disk is full.
    pub fn finish(self) -> Result<AllKeys, Failure> {
        Ok(AllKeys { keys: self.spool.finish()?, marks: self.marks.finish()? })
    }
}

impl AllKeys {
    /// The keys under the names that the tables have for their documents, sorted by these, with their signatures apart.
    ///
    /// # Errors
    /// [`Failure::Fatal`] when the scratch disk cannot be read back.
    pub fn load(&self, mask: &Mask) -> Result<(Vec<Key>, Signatures), Failure> {
        let (mut keys, mut signatures) = (Vec::new(), Signatures::default());
        for partition in 0..self.keys.partitions() {
            for read in self.keys.read(partition)? {
                let (number, marks, mut key) = read?;
                key.size = Size { marks, figures: mem::take(&mut key.fingerprint.figures) };
                key.number = number;
                key.path = mask.path(&key.path);
                signatures.push(mem::take(&mut key.signature));
                keys.push(key);
            }
        }
        let mut order: Vec<u32> = (0..keys.len() as u32).collect();
        order.sort_by(|a, b| keys[*a as usize].path.cmp(&keys[*b as usize].path));
        keys.sort_by(|a, b| a.path.cmp(&b.path));
        Ok((keys, signatures.in_order(order)))
    }
}
