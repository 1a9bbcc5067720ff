//! Clean, extract, normalise: every document by itself, partition by partition.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};

use rayon::prelude::*;

use super::Work;
use super::documents::Documents;
use super::record::{Facts, Key, Record, furniture};
use super::reuse::Marks;
use crate::clean::{self, LineCounts};
use crate::document::{Document, Problem};
use crate::extract::annotations::annotate;
use crate::extract::extract;
use crate::extract::kit::Kit;
use crate::failure::Failure;
use crate::matching::reprint::fingerprint::{Fingerprint, Mark, fingerprint};
use crate::matching::signature::{Signature, signature};
use crate::store::{Spool, Spooled};

/// What all documents left behind.
pub struct Extracted {
    /// Their records, in partitions by path.
    pub records: Spooled<Record>,
    /// Their keys, sorted by path.
    pub keys: Vec<Key>,
    /// What their copies are recognised by.
    pub marks: Spooled<(u32, Vec<Mark>)>,
    /// Documents set aside.
    pub problems: Vec<Problem>,
}

/// Runs the per-document stages over all documents.
///
/// # Errors
/// [`Failure::Output`] when the scratch disk is full, [`Failure::Fatal`] when it cannot be read back.
pub fn extract_documents(documents: &Documents, work: &Work) -> Result<Extracted, Failure> {
    let spool = Spool::create(work.scratch, "records", work.partitions, work.buffer_bytes())?;
    let kit = Kit::new(&work.book.extract, &work.book.normalise, work.gazetteer);
    let line = work.progress.stage("extract", documents.count);
    let marks = Marks::create(work)?;
    let numbers = AtomicU32::new(0);
    let keys = Mutex::new(Vec::new());
    let problems = Mutex::new(Vec::new());
    let outcome: Result<(), Failure> = (0..documents.spooled.partitions()).into_par_iter().try_for_each(|partition| {
        for document in documents.spooled.read(partition)? {
            let document = document?;
            if let Some(problem) = set_aside(&document) {
                line.fail();
                problems.lock().map_err(|_| stopped())?.push(problem);
            }
            let number = numbers.fetch_add(1, Ordering::Relaxed);
            let (record, signature, print) = read_one(&document, &documents.counts, &kit, work);
            let key = Key { path: document.path, signature, size: print.size(), number };
            marks.take(number, &print.marks)?;
            spool.append(partition, &record)?;
            keys.lock().map_err(|_| stopped())?.push(key);
            line.add(1);
        }
        Ok(())
    });
    line.finish();
    outcome?;
    let mut keys = keys.into_inner().map_err(|_| stopped())?;
    keys.sort_by(|a: &Key, b| a.path.cmp(&b.path));
    let problems = problems.into_inner().map_err(|_| stopped())?;
    Ok(Extracted { records: spool.finish()?, keys, marks: marks.finish()?, problems })
}

fn stopped() -> Failure {
    Failure::Fatal("a worker stopped unexpectedly; run the same command again".into())
}

/// The code of documents that are listed and are no failure.
pub const SET_ASIDE: &str = "language";

/// Other languages than English are listed, and only what works without language is done for them.
fn set_aside(document: &Document) -> Option<Problem> {
    (!document.is_english()).then(|| Problem {
        document: document.path.clone(),
        stage: "read".into(),
        code: SET_ASIDE.into(),
        message: format!("language {}: no claims are read; furniture and copies are", document.language),
    })
}

/// The per-document stages as one pure function.
fn read_one(document: &Document, counts: &LineCounts, kit: &Kit, work: &Work) -> (Record, Signature, Fingerprint) {
    let book = work.book;
    let reading = clean::clean(document, counts, &book.clean);
    let published = document.published.or_else(|| clean::dateline(&reading, &book.clean));
    let notes = annotate(&reading, published, kit);
    let (claims, statements) = if document.is_english() { extract(&notes, &book.extract) } else { Default::default() };
    let names = notes.counted_names();
    let signature =
        signature(&reading, published, &names, &book.extract.open.stopwords, &book.matching.signature);
    let print = fingerprint(&reading, |at| notes.is_quoted(at), &book.matching.reprint);
    let facts = Facts::of(document, &reading, published, clean::noise(&reading, &book.clean));
    (Record { facts, claims, statements, furniture: furniture(&reading) }, signature, print)
}
