//! Read: every file into documents on disk, and the lines of each source counted on the way.

use std::sync::Mutex;

use rayon::prelude::*;

use super::Work;
use crate::clean::LineCounts;
use crate::document::{Document, Problem};
use crate::failure::Failure;
use crate::read::{self, Plan};
use crate::store::{Spool, Spooled};

/// All documents, on disk, with what their sources repeat.
pub struct Documents {
    /// In partitions by path.
    pub spooled: Spooled<Document>,
    /// How often each source printed each line.
    pub counts: LineCounts,
    /// How many documents there are.
    pub count: u64,
    /// What failed.
    pub problems: Vec<Problem>,
}

/// Reads all files of a plan in parallel. A document that fails is a problem and no stop.
///
/// # Errors
/// [`Failure::Output`] when the scratch disk is full.
pub fn read_documents(plan: &Plan, work: &Work) -> Result<Documents, Failure> {
    let spool = Spool::create(work.scratch, "documents", work.partitions, work.buffer_bytes())?;
    let line = work.progress.stage("read", plan.files.len() as u64);
    let gathered = Mutex::new((work.book.clean.line_counts(), 0_u64, plan.problems.clone()));
    let outcome: Result<(), Failure> = plan.files.par_iter().try_for_each(|file| {
        let mut mine = (work.book.clean.line_counts(), 0, Vec::new());
        let mut written = Ok(());
        read::read_file(file, plan, &work.book.read, &mut |result| match result {
            Ok(document) if written.is_ok() => {
                mine.0.observe(&document);
                mine.1 += 1;
                written = spool.append(work.partition(&document.path), &document);
            }
            Ok(_) => {}
            Err(problem) => {
                line.fail();
                mine.2.push(problem);
            }
        });
        line.add(1);
        if let Ok(mut all) = gathered.lock() {
            all.0.merge(mine.0);
            all.1 += mine.1;
            all.2.append(&mut mine.2);
        }
        written
    });
    line.finish();
    outcome?;
    let (counts, count, mut problems) =
        gathered.into_inner().map_err(|_| Failure::Fatal("a reader stopped unexpectedly".into()))?;
    problems.sort();
    Ok(Documents { spooled: spool.finish()?, counts, count, problems })
}
