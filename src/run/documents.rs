//! Read: files into documents on disk, and the lines of each source counted on the way.

use std::ops::ControlFlow;
use std::sync::Mutex;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_128;

use super::Work;
use super::cache::files::{Files, Outcome, name_of};
use super::progress::Line;
use crate::clean::{LineCounts, PageLines};
use crate::document::{Document, Problem};
use crate::failure::Failure;
use crate::read::{self, FileEntry, Plan, Trouble};
use crate::store::Spool;

/// A document on its way to being extracted.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Arrived {
    /// The place of its file in the plan.
    pub file: usize,
    /// The name of its file in the kept tables.
    pub name: u64,
    /// Of all that is known of it.
    pub digest: u128,
    /// Its lines, as they are counted.
    pub page: PageLines,
    /// The document.
    pub document: Document,
}

/// Reads some files of a plan in parallel. A document that fails is a problem and no stop.
///
/// # Errors
/// [`Failure::Output`] when the scratch disk is full, [`Failure::Interrupted`].
pub fn read_files(
    which: &[usize],
    plan: &Plan,
    files: &mut Files,
    counts: &mut LineCounts,
    (spool, work): (&Spool<Arrived>, &Work),
) -> Result<(), Failure> {
    let line = work.progress.stage("read", which.len() as u64);
    let gathered = Mutex::new((counts, files));
    let outcome = which.par_iter().try_for_each(|file| {
        let entry = &plan.files[*file];
        let (mine, read) = read_file(*file, plan, spool, &line, work)?;
        let mut all = gathered.lock().map_err(|_| super::stopped())?;
        all.0.merge(mine);
        tell_change(all.1, *file, entry, read);
        line.add(1);
        Ok(())
    });
    line.finish();
    outcome
}

/// A file that changed while it was read is a problem too.
fn tell_change(files: &mut Files, file: usize, entry: &FileEntry, read: Outcome) {
    if files.learn(file, &entry.path, read.clone()) && !is_gone(&read) {
        let mut problems = read.problems;
        problems.push(Trouble::Changed.of(&entry.relative));
        files.learn(file, &entry.path, Outcome { problems, ..read });
    }
}

/// What could not even be opened has told so itself.
fn is_gone(read: &Outcome) -> bool {
    read.documents == 0 && !read.problems.is_empty()
}

fn read_file(
    file: usize,
    plan: &Plan,
    spool: &Spool<Arrived>,
    line: &Line,
    work: &Work,
) -> Result<(LineCounts, Outcome), Failure> {
    let entry = &plan.files[file];
    let (mut counts, mut read) = (work.lore.book.clean.line_counts(), Outcome::default());
    let mut written = work.stop.check();
    let mut take = |result: Result<Document, Problem>| match result {
        Ok(document) => {
            let arrived = Arrived::new(file, entry, document, work)?;
            counts.observe_page(&arrived.document.source, arrived.page.clone());
            read.documents += 1;
            spool.append(work.partition(&arrived.document.path), &arrived)
        }
        Err(problem) => {
            line.fail();
            read.problems.push(problem);
            Ok(())
        }
    };
    if written.is_ok() {
        read::read_until(entry, plan, &work.lore.book.read, &mut |result| {
            written = take(result).and_then(|()| work.stop.check());
            if written.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
    }
    written.map(|()| (counts, read))
}

impl Arrived {
    fn new(file: usize, entry: &FileEntry, document: Document, work: &Work) -> Result<Self, Failure> {
        let bytes = postcard::to_allocvec(&document);
        let bytes = bytes.map_err(|error| Failure::Fatal(format!("{} cannot be stored: {error}", document.path)))?;
        let page = LineCounts::page(&document, &work.lore.book.clean.tables.repeats);
        Ok(Self { file, name: name_of(entry), digest: xxh3_128(&bytes), page, document })
    }
}
