//! What kind of file it is: by the ending of its name, else by its first bytes.

use super::encoding::is_binary;
use super::markdown;
use super::rules::Formats;

/// The formats that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// A dump of one text.
    Text,
    /// A text with marks of layout.
    Markdown,
    /// One page.
    Html,
    /// An article in the XML of trafilatura, its own or TEI.
    Xml,
    /// A feed, RSS or Atom.
    Feed,
    /// A page that a browser saved with its pictures.
    Mhtml,
    /// An object, an array of objects, or several objects one behind the other.
    Json,
    /// An object a line.
    JsonLines,
    /// Comma, tab or semicolon separated.
    Table,
    /// A web archive.
    Warc,
    /// A columnar table.
    Parquet,
    /// Known, and not read.
    Foreign,
    /// An archive or a compressed file of a kind that is not looked into.
    Packed,
    /// Nothing that can be read.
    Binary,
}

/// The format of a file called `name` that begins with the bytes `head`.
pub(super) fn format_of(name: &str, head: &[u8], rules: &Formats) -> Format {
    let ending = ending(name);
    let is = |endings: &[String]| endings.contains(&ending);
    if head.starts_with(b"PAR1") || is(&rules.parquet) {
        return Format::Parquet;
    }
    if is(&rules.warc) {
        return Format::Warc;
    }
    if is(&rules.xml) {
        return of_xml(head).unwrap_or(Format::Foreign);
    }
    if is(&rules.foreign) || rules.foreign_starts.iter().any(|start| head.starts_with(start.as_bytes())) {
        return Format::Foreign;
    }
    if is(&rules.packed) {
        return Format::Packed;
    }
    if is_binary(head) {
        return Format::Binary;
    }
    let by_name = [
        (&rules.feed, Format::Feed),
        (&rules.mhtml, Format::Mhtml),
        (&rules.html, Format::Html),
        (&rules.json_lines, Format::JsonLines),
        (&rules.json, Format::Json),
        (&rules.table, Format::Table),
        (&rules.markdown, Format::Markdown),
    ];
    let named = by_name.iter().find(|(endings, _)| is(endings)).map(|(_, format)| *format);
    named.unwrap_or_else(|| sniff(head, is(&rules.text)))
}

/// True for files that lie beside saved pages and are no documents.
pub(super) fn is_ignored(name: &str, rules: &Formats) -> bool {
    let ending = ending(name);
    rules.ignored.contains(&ending)
}

/// The ending of a name in lower case, without `.gz` and `.zst`; empty where there is none.
fn ending(name: &str) -> String {
    let name = name.to_ascii_lowercase();
    let name = name.strip_suffix(".gz").or_else(|| name.strip_suffix(".zst")).unwrap_or(&name);
    name.rsplit_once('.').map(|(_, ending)| ending.to_owned()).unwrap_or_default()
}

/// What XML is by its outermost element: an article as trafilatura writes it, or a feed.
fn of_xml(head: &[u8]) -> Option<Format> {
    let is_element = |tag: &&[u8]| tag.first().is_some_and(u8::is_ascii_alphabetic);
    let tag = head.split(|byte| *byte == b'<').skip(1).find(is_element)?;
    let name = tag.split(|byte| byte.is_ascii_whitespace() || *byte == b'>').next()?;
    match name {
        b"doc" | b"TEI" => Some(Format::Xml),
        b"rss" | b"feed" | b"rdf:RDF" => Some(Format::Feed),
        b"html" => Some(Format::Html),
        _ => None,
    }
}

/// A file that calls itself text may still be a saved page, but is never taken for data.
fn sniff(head: &[u8], is_text: bool) -> Format {
    let start = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    let begins = |tag: &[u8]| start.len() >= tag.len() && start[..tag.len()].eq_ignore_ascii_case(tag);
    if begins(b"<!doctype html") || begins(b"<html") {
        Format::Html
    } else if markdown::begins_with_fields(head) {
        Format::Markdown
    } else if is_text {
        Format::Text
    } else if begins(b"<?xml") || begins(b"<rss") || begins(b"<feed") {
        of_xml(start).unwrap_or(Format::Foreign)
    } else if begins(b"From: <Saved by ") {
        Format::Mhtml
    } else if begins(b"WARC/") {
        Format::Warc
    } else if begins(b"{") || begins(b"[{") {
        Format::Json
    } else {
        Format::Text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Rules;
    use crate::read::rules::DEFAULTS;

    #[test]
    fn names_count_and_first_bytes_decide_where_they_are_silent() {
        let rules = Rules::parse(DEFAULTS).unwrap().formats;
        let cases = [
            ("a.txt", "Rain", Format::Text),
            ("a.TXT.gz", "{not data}", Format::Text),
            ("a.txt", " <!DOCTYPE html><p>", Format::Html),
            ("a.htm", "Rain", Format::Html),
            ("a", "{\"text\": 1}", Format::Json),
            ("a.json", "[", Format::Json),
            ("a.jsonl.zst", "{", Format::JsonLines),
            ("a.tsv", "a\tb", Format::Table),
            ("a", "WARC/1.0\r\n", Format::Warc),
            ("a", "%PDF-1.7\0", Format::Foreign),
            ("a.docx", "PK", Format::Foreign),
            ("a.warc", "WARC/1.0\r\n\0", Format::Warc),
            ("a.bin", "PAR1", Format::Parquet),
            ("a.md", "# Rain", Format::Markdown),
            ("a.txt", "---\ntitle: Rain\ndate: 2025-03-04\n---\nIt rained.", Format::Markdown),
            ("a.txt", "---\nIt rained: all day.\n", Format::Text),
            ("a.xml", "<?xml version=\"1.0\"?>\n<doc title=\"Rain\">", Format::Xml),
            ("a.xml", "<?xml version=\"1.0\"?>\n<!-- made by hand -->\n<rss version=\"2.0\"><channel>", Format::Feed),
            ("a.xml", "<urlset>", Format::Foreign),
            ("a.rss.gz", "", Format::Feed),
            ("feed", "<?xml version=\"1.0\"?><feed xmlns=\"http://www.w3.org/2005/Atom\">", Format::Feed),
            (
                "feed",
                "<?xml version=\"1.0\"?><!DOCTYPE html><html xmlns=\"http://www.w3.org/1999/xhtml\">",
                Format::Html,
            ),
            ("a.txt", "<?xml version=\"1.0\"?><rss>", Format::Text),
            ("a.mht", "From: <Saved by Blink>", Format::Mhtml),
        ];
        for (name, head, expected) in cases {
            assert_eq!(format_of(name, head.as_bytes(), &rules), expected, "{name}");
        }
    }
}
