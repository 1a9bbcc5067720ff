//! The XML that trafilatura writes, its own and TEI: what it tells of the article, and the article's blocks.

use dom_query::{Document, Selection};

use super::super::record::Record;
use super::super::rules::Rules;
use super::article::join;
use super::blocks::blocks;

/// Elements by the names that a page would give them; the others are read as they are.
const NAMES: [(&str, &str); 8] = [
    ("head", "h2"),
    ("ab", "h2"),
    ("quote", "blockquote"),
    ("list", "ul"),
    ("item", "li"),
    ("row", "tr"),
    ("cell", "td"),
    ("lb", "br"),
];

/// Fills a record from XML; its text stays empty where the article's element holds none.
pub(in super::super) fn fill(record: &mut Record, xml: &str, rules: &Rules) {
    let page = Document::from(as_page(xml));
    let select = |path: &str| page.select_single(path);
    let root = select("doc");
    let attribute = |name: &str| root.attr(name).map(|value| value.to_string()).unwrap_or_default();
    let told = |name: &str, path: &str| longer(attribute(name), text(&select(path)));
    record.title = told("title", "teiheader titlestmt title");
    record.author = told("author", "teiheader titlestmt author");
    record.published = told("date", "biblfull publicationstmt date");
    record.source = told("sitename", "biblfull publisher").split(" (").next().unwrap_or_default().to_owned();
    record.url = longer(attribute("url"), target(&select("ptr[type=URL]")));
    if let Some(article) = select("main, div[type=entry]").nodes().first() {
        record.text = join(&blocks(*article, &rules.html));
    }
}

/// The same with the names that elements of pages have.
fn as_page(xml: &str) -> String {
    let mut parts = xml.split('<');
    let mut page = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (slash, rest) = part.strip_prefix('/').map_or(("", part), |rest| ("/", rest));
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let name = NAMES.iter().find(|(xml, _)| *xml == &rest[..end]).map_or(&rest[..end], |(_, name)| name);
        ["<", slash, name, &rest[end..]].iter().for_each(|piece| page.push_str(piece));
    }
    page
}

fn target(pointer: &Selection) -> String {
    pointer.attr("target").map(|url| url.to_string()).unwrap_or_default()
}

fn text(selection: &Selection) -> String {
    selection.text().trim().to_owned()
}

fn longer(one: String, other: String) -> String {
    if one.is_empty() { other } else { one }
}
