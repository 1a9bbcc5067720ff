//! Pages that a browser saved whole, as a message of several parts (MHTML, RFC 2557): the page among its pictures.

use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{Encoding, Message, MessageParser, MessagePart, MimeHeaders};

use super::bounded::{Input, read_whole};
use super::encoding::{declared, decode};
use super::record::{Job, Record};
use super::source::is_address;
use super::trouble::Trouble;

/// Where Chromium tells the address of the page that was saved.
const ADDRESS: &str = "Snapshot-Content-Location";

/// Reads a saved page, which is one document.
pub(super) fn read(input: &mut Input, job: &mut Job) -> Result<(), Trouble> {
    let bytes = read_whole(input.as_mut(), job.rules.limits.document_bytes)?;
    let message = MessageParser::default().parse(&bytes).ok_or(Trouble::Empty)?;
    let page = page(&message).ok_or(Trouble::Mhtml)?;
    let body = body(&bytes, page);
    let charset = page.content_type().and_then(|kind| kind.attribute("charset").map(str::to_owned));
    let charset = charset.or_else(|| declared(&body));
    let decoded = decode(body, charset.as_deref(), &job.rules.encoding);
    let told = [message.header_raw(ADDRESS), page.content_location()].into_iter().flatten().map(str::trim);
    let url = told.into_iter().find(|address| is_address(address)).unwrap_or_default().to_owned();
    job.deliver(None, Ok(Record { html: decoded.text, encoding: decoded.encoding, url, ..Record::default() }))
}

/// The part that the message says it begins with, else the first that is a page.
fn page<'m, 'x>(message: &'m Message<'x>) -> Option<&'m MessagePart<'x>> {
    let is_page =
        |part: &&MessagePart| part.is_content_type("text", "html") || part.is_content_type("application", "xhtml+xml");
    let bare = |id: &str| id.trim_matches(['<', '>']).to_owned();
    let start = message.root_part().content_type().and_then(|kind| kind.attribute("start")).map(bare);
    let is_start = |part: &&MessagePart| part.content_id().map(bare) == start;
    let pages = || message.parts.iter().filter(is_page);
    pages().find(|part| start.is_some() && is_start(part)).or_else(|| pages().next())
}

/// The bytes of a part as they were before they were written for the mail.
fn body(message: &[u8], part: &MessagePart) -> Vec<u8> {
    let written = message.get(part.offset_body as usize..part.offset_end as usize).unwrap_or_default();
    let plain = match part.encoding {
        Encoding::None => None,
        Encoding::QuotedPrintable => quoted_printable_decode(written),
        Encoding::Base64 => base64_decode(written),
    };
    plain.unwrap_or_else(|| written.to_vec())
}
