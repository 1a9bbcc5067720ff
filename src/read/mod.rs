//! Reads what people have (folders, archives, tables, pages) into [`Document`]s; whatever fails is a [`Problem`] row.
//!
//! A run plans first ([`plan`]: which files, in which order, what the manifest says) and then reads each file on its
//! own ([`read_file`]), so that files can be read in any order by any number of threads. Containers are streamed
//! record by record; no document may be larger than `limits.document_bytes`.

mod author;
mod bodies;
mod bounded;
mod encoding;
mod feed;
mod field_name;
mod find;
mod format;
mod glob;
mod html;
mod json;
mod json_objects;
mod language;
mod macintosh;
mod manifest;
mod markdown;
mod mhtml;
mod mojibake;
mod parquet;
mod plan;
mod published;
mod record;
mod row;
mod rules;
mod source;
mod table;
#[cfg(test)]
mod tests;
mod trouble;
mod warc;

pub use encoding::is_torn;
pub use plan::{Errand, FileEntry, Inputs, Plan, plan};
pub use row::{DocumentRow, read_row};
pub use rules::{DEFAULTS, Rules};
pub use trouble::Trouble;

use std::io::BufRead;
use std::ops::ControlFlow;

use crate::document::{Document, Problem};
use format::Format;
use record::{Job, Record};

/// Reads all documents of one file, in their order, into `sink`.
pub fn read_file(entry: &FileEntry, plan: &Plan, rules: &Rules, sink: &mut dyn FnMut(Result<Document, Problem>)) {
    read_until(entry, plan, rules, &mut |result| {
        sink(result);
        ControlFlow::Continue(())
    });
}

/// Reads the documents of one file, in their order, into `sink` until it wants no more.
pub fn read_until(
    entry: &FileEntry,
    plan: &Plan,
    rules: &Rules,
    sink: &mut dyn FnMut(Result<Document, Problem>) -> ControlFlow<()>,
) {
    let mut job = Job { entry, plan, rules, encoding: None, sink };
    match read(&mut job) {
        Ok(()) | Err(Trouble::Stopped) => {}
        // There is nothing after it that could be wanted or not.
        Err(trouble) => drop(job.deliver(None, Err(trouble))),
    }
}

fn read(job: &mut Job) -> Result<(), Trouble> {
    let mut input = bounded::open(&job.entry.path, job.entry.bytes, &job.rules.limits)?;
    let name = job.entry.relative.clone();
    let format = format::format_of(&name, input.fill_buf()?, &job.rules.formats);
    if matches!(format, Format::Json | Format::JsonLines | Format::Table) {
        input = encoding::in_utf_8(input, job)?;
    }
    match format {
        Format::Text | Format::Markdown | Format::Html | Format::Xml => read_one(input.as_mut(), format, job),
        Format::Json => json::read(input.as_mut(), job),
        Format::JsonLines => json::read_lines(input.as_mut(), job),
        Format::Table => table::read(input, job),
        Format::Warc => warc::read(input.as_mut(), job),
        Format::Feed => feed::read(&mut input, job),
        Format::Mhtml => mhtml::read(&mut input, job),
        Format::Parquet => parquet::read(input.as_mut(), job),
        Format::Foreign => Err(Trouble::Foreign),
        Format::Packed => Err(Trouble::Packed),
        Format::Binary => Err(Trouble::Binary),
    }
}

/// A file that is one document.
fn read_one(input: &mut dyn BufRead, format: Format, job: &mut Job) -> Result<(), Trouble> {
    let bytes = bounded::read_whole(input, job.rules.limits.document_bytes)?;
    let is_page = format == Format::Html;
    let declared = if is_page { encoding::declared(&bytes) } else { None };
    let decoded = encoding::decode(bytes, declared.as_deref(), &job.rules.encoding);
    let encoding = decoded.encoding;
    let record = match format {
        Format::Html => Record { html: decoded.text, encoding, ..Record::default() },
        Format::Markdown => Record { encoding, ..markdown::record(&decoded.text, job.rules) },
        Format::Xml => Record { encoding, ..html::from_xml(&decoded.text, job.rules)? },
        _ => Record { text: with_line_ends(decoded.text), encoding, dump: true, ..Record::default() },
    };
    job.deliver(None, Ok(record))
}

/// Old Macintoshes ended a line with `\r` alone. A byte stays a byte, so that offsets hold.
fn with_line_ends(text: String) -> String {
    if text.contains('\n') || !text.contains('\r') { text } else { text.replace('\r', "\n") }
}

/// The main text of an HTML page, one paragraph a line with a blank line between; nothing where no article is found.
pub fn main_text(page: &str, rules: &Rules) -> Option<String> {
    let mut record = Record { html: page.to_owned(), ..Record::default() };
    html::fill(&mut record, rules).ok().map(|()| record.text)
}
