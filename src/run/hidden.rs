//! Hides who a document is from, between the stages of one document and those of many.

use super::record::Sheet;
use crate::document::Problem;
use crate::report::mask::Mask;

/// Lets everything that follows know source and document by code only.
pub fn hide_sheet(sheet: &mut Sheet, mask: &Mask) {
    sheet.facts.source = mask.source(&sheet.facts.source);
    sheet.facts.path = mask.path(&sheet.facts.path);
}

/// Does the same for a document that failed.
pub fn hide_problem(problem: &mut Problem, mask: &Mask) {
    if mask.is_on() {
        problem.message = problem.message.replace(&problem.document, "the document");
    }
    problem.document = mask.path(&problem.document);
}
