//! Markdown: the front matter tells what a record's fields would, the rest becomes lines without marks of layout.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use serde_json::{Map, Value};

use super::json;
use super::record::Record;
use super::rules::Rules;

/// The record that a Markdown file is; its text is a dump, for pages are saved as Markdown too.
pub(super) fn record(markdown: &str, rules: &Rules) -> Record {
    let (front, body) = split(markdown.trim_start_matches('\u{FEFF}'));
    let mut fields = front_matter(front);
    let (text, title) = plain(body);
    let name = rules.fields.text.first().cloned().unwrap_or_default();
    fields.insert(name, Value::String(text));
    let record = json::record(&mut fields, &rules.fields).unwrap_or_default();
    let title = if record.title.is_empty() { title } else { record.title };
    Record { dump: true, title, ..record }
}

/// True for a text that begins with front matter, as trafilatura writes it before plain text too: fields between two
/// fences, a line each.
pub(super) fn begins_with_fields(head: &[u8]) -> bool {
    let head = String::from_utf8_lossy(head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head));
    let (front, _) = split(&head);
    let mut lines = front.lines().filter(|line| !line.trim().is_empty()).peekable();
    lines.peek().is_some() && lines.all(|line| line.starts_with([' ', '-']) || field(line).is_some())
}

/// The front matter between two lines `---` (YAML) or `+++` (TOML), and what stands behind it.
fn split(markdown: &str) -> (&str, &str) {
    let fence =
        ["---", "+++"].into_iter().find(|fence| markdown.lines().next().is_some_and(|line| line.trim_end() == *fence));
    let Some(fence) = fence else { return ("", markdown) };
    let mut at = 0;
    for (number, line) in markdown.split_inclusive('\n').enumerate() {
        if number > 0 && line.trim_end() == fence {
            return (&markdown[fence.len()..at], &markdown[at + line.len()..]);
        }
        at += line.len();
    }
    ("", markdown)
}

/// `name: value` and `name = value`, a line each; what nests is left out.
fn front_matter(front: &str) -> Map<String, Value> {
    let known = |(name, value): (&str, &str)| (!value.is_empty()).then(|| (name.to_owned(), Value::from(value)));
    front.lines().filter_map(|line| field(line).and_then(known)).collect()
}

/// Name and value of a line of front matter; the value is empty where a list follows.
fn field(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.split_at(line.find([':', '='])?);
    let is_name = |c: char| c.is_alphanumeric() || "-_.".contains(c);
    let name = name.trim_end();
    (!name.is_empty() && name.chars().all(is_name)).then(|| (name, value[1..].trim().trim_matches(['"', '\''])))
}

/// The text, a paragraph, heading or item a line with a blank line between. Lines of a paragraph stay lines: what was
/// wrapped is joined by cleaning, and a menu keeps its entries apart. With it the title: the only heading of the first level.
fn plain(markdown: &str) -> (String, String) {
    let mut text = String::with_capacity(markdown.len());
    let mut pictures = 0_usize;
    let (mut start, mut titles) = (0, Vec::new());
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        match event {
            Event::Start(Tag::Image { .. }) => pictures += 1,
            Event::End(TagEnd::Image) => pictures = pictures.saturating_sub(1),
            Event::Text(words) | Event::Code(words) if pictures == 0 => text.push_str(&words),
            Event::SoftBreak | Event::HardBreak if pictures == 0 => text.push('\n'),
            Event::End(TagEnd::TableCell) => text.push('\t'),
            Event::Start(Tag::Item | Tag::List(_)) | Event::Rule => end_block(&mut text),
            Event::Start(Tag::Heading { .. }) => start = text.len(),
            Event::End(end) if !is_inline(end) => {
                if end == TagEnd::Heading(HeadingLevel::H1) {
                    titles.push(text[start..].trim().to_owned());
                }
                end_block(&mut text);
            }
            _ => {}
        }
    }
    text.truncate(text.trim_end().len());
    (text, if titles.len() == 1 { titles.remove(0) } else { String::new() })
}

fn is_inline(end: TagEnd) -> bool {
    matches!(end, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image)
}

fn end_block(text: &mut String) {
    text.truncate(text.trim_end().len());
    if !text.is_empty() {
        text.push_str("\n\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::DEFAULTS;

    #[test]
    fn layout_leaves_no_marks_in_the_text() {
        for (markdown, expected) in [
            (
                "# Ferry *strike*\n\nThe **crew** of [the ferry](/f) left.\n",
                "Ferry strike\n\nThe crew of the ferry left.",
            ),
            ("Home\nNews\n\n![The quay](q.jpg)\n\nIt sailed `once`.", "Home\nNews\n\nIt sailed once."),
            ("- one\n- two\n  - three\n\n> Go, she said.\n", "one\n\ntwo\n\nthree\n\nGo, she said."),
            ("| Day | Crossings |\n|---|---|\n| 4 March | 14 |\n", "Day\tCrossings\n\n4 March\t14"),
            ("It cost 5*3 and 2\\*2.", "It cost 5*3 and 2*2."),
            ("<div>x</div>\n\nIt rained.", "It rained."),
        ] {
            assert_eq!(plain(markdown).0, expected, "{markdown}");
        }
    }

    #[test]
    fn front_matter_names_what_fields_name() {
        let rules = Rules::parse(DEFAULTS).unwrap();
        let check = |markdown: &str, expected: [&str; 4]| {
            let Record { title, published, url, text, .. } = record(markdown, &rules);
            assert_eq!([title.as_str(), &published, &url, &text], expected, "{markdown}");
        };
        check(
            "---\ntitle: \"Strike: day 2\"\ndate: 2025-03-04\ntags:\n  - ferry\nurl: https://a.example/1\n---\n\nIt sailed.\n",
            ["Strike: day 2", "2025-03-04", "https://a.example/1", "It sailed."],
        );
        check("+++\ntitle = 'Strike'\n+++\nIt sailed.", ["Strike", "", "", "It sailed."]);
        check("# Strike *goes on*\n\nIt sailed.", ["Strike goes on", "", "", "Strike goes on\n\nIt sailed."]);
        check("Strike\n===\n\nIt sailed.", ["Strike", "", "", "Strike\n\nIt sailed."]);
        check("# Herald\n\n# Strike\n\nIt sailed.", ["", "", "", "Herald\n\nStrike\n\nIt sailed."]);
        check("---\nnever closed\n", ["", "", "", "never closed"]);
    }
}
