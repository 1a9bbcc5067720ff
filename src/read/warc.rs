//! Web archives (ISO 28500): responses and resources that are pages, and the plain text of WET files.

use std::io::{BufRead, Read, sink};

use super::bodies::{dechunked, decoded};
use super::bounded::{LineEnd, read_line};
use super::encoding::{declared, decode};
use super::record::{Job, Record};
use super::trouble::Trouble;

/// Longest line of a header.
const HEADER_LINE: u64 = 64 * 1024;

/// Reads an archive; documents are counted from 1, other records are passed over.
pub(super) fn read(input: &mut dyn BufRead, job: &mut Job) -> Result<(), Trouble> {
    let limit = job.rules.limits.document_bytes;
    let mut number = 0;
    while let Some(header) = header(input)? {
        let length: u64 = match header.get("content-length").map(str::parse) {
            Some(Ok(length)) => length,
            _ => return Err(Trouble::Warc("a record without a Content-Length".to_owned())),
        };
        let mut block = input.take(length);
        if header.may_be_document() {
            let mut bytes = Vec::new();
            block.by_ref().take(limit).read_to_end(&mut bytes)?;
            let record =
                if length > limit { Some(Err(Trouble::TooLarge(limit))) } else { document(&header, bytes, job) };
            if let Some(record) = record {
                number += 1;
                job.deliver(Some(number), record)?;
            }
        }
        std::io::copy(&mut block, &mut sink())?;
        if block.limit() > 0 {
            return Err(Trouble::Damaged("the archive ends in the middle of a record".to_owned()));
        }
    }
    if number == 0 { Err(Trouble::Empty) } else { Ok(()) }
}

/// Fields of a WARC or HTTP header, names in lower case.
#[derive(Debug, Default)]
struct Header {
    first: String,
    fields: Vec<(String, String)>,
}

impl Header {
    fn get(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    fn add(&mut self, line: &[u8]) {
        let line = String::from_utf8_lossy(line);
        let line = line.trim_end();
        if self.first.is_empty() {
            self.first = line.to_owned();
        } else if let Some((name, value)) = line.split_once(':') {
            self.fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }

    fn may_be_document(&self) -> bool {
        matches!(self.get("warc-type"), Some("response" | "resource" | "conversion"))
    }

    fn is_page(&self) -> bool {
        self.get("content-type").is_some_and(|kind| kind.contains("html"))
    }

    fn is_text(&self) -> bool {
        self.get("content-type").is_some_and(|kind| kind.starts_with("text/plain"))
    }

    /// The encoding in `text/html; charset=…`.
    fn charset(&self) -> Option<String> {
        declared(self.get("content-type")?.as_bytes())
    }
}

/// The header of the next record; nothing at the end.
fn header(input: &mut dyn BufRead) -> Result<Option<Header>, Trouble> {
    let mut header = Header::default();
    let mut line = Vec::new();
    loop {
        match read_line(input, HEADER_LINE, &mut line)? {
            LineEnd::Eof if header.first.is_empty() => return Ok(None),
            LineEnd::Eof => return Err(Trouble::Damaged("the archive ends in a header".to_owned())),
            LineEnd::TooLong => return Err(Trouble::Warc("a header line without end".to_owned())),
            LineEnd::Whole if line.trim_ascii().is_empty() && header.first.is_empty() => {}
            LineEnd::Whole if line.trim_ascii().is_empty() => return Ok(Some(header)),
            LineEnd::Whole if header.first.is_empty() && !line.starts_with(b"WARC/") => {
                return Err(Trouble::Warc("a record that does not begin with WARC/".to_owned()));
            }
            LineEnd::Whole => header.add(&line),
        }
    }
}

/// The document in a record's block; nothing for pictures, redirects, errors and the like.
fn document(warc: &Header, block: Vec<u8>, job: &Job) -> Option<Result<Record, Trouble>> {
    let url = warc.get("warc-target-uri").unwrap_or_default().trim_matches(['<', '>']).to_owned();
    if warc.get("warc-type") != Some("response") {
        return (warc.is_page() || warc.is_text()).then(|| Ok(record(warc, block, url, job)));
    }
    let (http, body) = http(&block)?;
    let is_success = http.first.split(' ').nth(1).is_some_and(|status| status.starts_with('2'));
    if !is_success || !(http.is_page() || http.is_text() && !is_for_machines(&url, job)) {
        return None;
    }
    Some(plain_body(&http, body, job.rules.limits.document_bytes).map(|body| record(&http, body, url, job)))
}

/// True for what crawlers fetch to know what they may.
fn is_for_machines(url: &str, job: &Job) -> bool {
    let path = url.split_once("://").and_then(|(_, rest)| rest.find('/').map(|at| &rest[at..]));
    path.is_some_and(|path| job.rules.formats.for_machines.iter().any(|known| known == path))
}

fn record(header: &Header, body: Vec<u8>, url: String, job: &Job) -> Record {
    let charset = header.charset().or_else(|| declared(&body));
    let decoded = decode(body, charset.as_deref(), &job.rules.encoding);
    let (text, html) = if header.is_page() { (String::new(), decoded.text) } else { (decoded.text, String::new()) };
    Record { dump: !text.is_empty(), text, html, url, encoding: decoded.encoding, ..Record::default() }
}

/// Splits an HTTP message into header and body.
fn http(block: &[u8]) -> Option<(Header, &[u8])> {
    let end = memchr::memmem::find(block, b"\r\n\r\n")?;
    let mut header = Header::default();
    block[..end].split(|byte| *byte == b'\n').for_each(|line| header.add(line));
    Some((header, &block[end + 4..]))
}

/// The body without its transfer and content codings.
fn plain_body(http: &Header, body: &[u8], limit: u64) -> Result<Vec<u8>, Trouble> {
    let is_chunked = http.get("transfer-encoding").is_some_and(|value| value.eq_ignore_ascii_case("chunked"));
    let whole = if is_chunked { dechunked(body) } else { None };
    decoded(whole.as_deref().unwrap_or(body), http.get("content-encoding").unwrap_or_default(), limit)
}
