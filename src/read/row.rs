//! A document that another program holds as a row of a table; read as a row of a Parquet file is.

use std::ops::ControlFlow;

use super::json::is_known;
use super::plan::{FileEntry, Plan};
use super::record::{Job, Record};
use super::rules::Rules;
use super::trouble::Trouble;
use crate::document::{Document, Problem};

/// The cells of a row. Empty ones say nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct DocumentRow<'r> {
    /// The document's name in every table.
    pub document: &'r str,
    /// The text.
    pub text: &'r str,
    /// The whole page, used where there is no text.
    pub html: &'r str,
    /// The outlet.
    pub source: &'r str,
    /// The headline.
    pub title: &'r str,
    /// The day of publication as written.
    pub published: &'r str,
    /// The address.
    pub url: &'r str,
    /// The language as written.
    pub language: &'r str,
}

/// The document in a row; nothing where it is older than the plan asks for.
///
/// # Errors
/// The problem with it, as a row of `problems.csv`.
pub fn read_row(row: &DocumentRow, plan: &Plan, rules: &Rules) -> Option<Result<Document, Problem>> {
    let known = |text: &str| if is_known(text, &rules.fields) { text.to_owned() } else { String::new() };
    let record = Record {
        text: known(row.text),
        html: known(row.html),
        url: known(row.url),
        source: known(row.source),
        title: known(row.title),
        published: known(row.published),
        language: known(row.language),
        encoding: "UTF-8",
        ..Record::default()
    };
    let limit = rules.limits.document_bytes;
    let record = if record.text.len() as u64 > limit { Err(Trouble::TooLarge(limit)) } else { Ok(record) };
    let entry = FileEntry { relative: row.document.to_owned(), ..FileEntry::default() };
    let mut read = None;
    let mut sink = |result| {
        read = Some(result);
        ControlFlow::Continue(())
    };
    // The sink wants every record, so nothing stops.
    drop(Job { entry: &entry, plan, rules, encoding: None, sink: &mut sink }.deliver(None, record));
    read
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::DEFAULTS;

    #[test]
    fn a_row_is_a_document() {
        let rules = Rules::parse(DEFAULTS).unwrap();
        let read = |text| {
            let row =
                DocumentRow { document: "a#1", text, source: "Herald", published: "2024-05-31", ..Default::default() };
            read_row(&row, &Plan::default(), &rules).unwrap()
        };
        let document = read("Rain fell in the north.").unwrap();
        assert_eq!((document.path.as_str(), document.source.as_str()), ("a#1", "Herald"));
        assert_eq!(document.published.map(|p| p.date.to_string()).as_deref(), Some("2024-05-31"));
        assert_eq!(read("null").unwrap_err().code, "empty");
    }
}
