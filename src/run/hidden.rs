//! Hides who a document is from, between the stages of one document and those of many.

use super::record::Record;
use crate::document::Problem;
use crate::report::mask::Mask;

/// Lets everything that follows know source and document by code only.
pub fn hide_record(record: &mut Record, mask: &Mask) {
    record.facts.source = mask.source(&record.facts.source);
    record.facts.path = mask.path(&record.facts.path);
}

/// Does the same for a document that failed.
pub fn hide_problem(problem: &mut Problem, mask: &Mask) {
    if mask.is_on() {
        problem.message = problem.message.replace(&problem.document, "the document");
    }
    problem.document = mask.path(&problem.document);
}
