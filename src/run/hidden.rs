//! Hides who a document is from, between the stages of one document and those of many.

use super::record::{Key, Record};
use crate::document::Problem;
use crate::report::mask::Mask;

/// Lets everything that follows know source and document by code only.
pub fn hide(record: &mut Record, key: &mut Key, mask: &Mask) {
    record.facts.source = mask.source(&record.facts.source);
    record.facts.path = mask.path(&record.facts.path);
    key.path.clone_from(&record.facts.path);
}

/// The same for a document that failed.
pub fn hide_problem(problem: &mut Problem, mask: &Mask) {
    if mask.is_on() {
        problem.message = problem.message.replace(&problem.document, "the document");
    }
    problem.document = mask.path(&problem.document);
}
