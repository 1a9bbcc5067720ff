//! Feeds: RSS of all versions and Atom, a document an item.

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};

use super::bounded::{Input, read_whole};
use super::encoding::{declared, decode};
use super::html;
use super::record::{Job, Record};
use super::rules::{Feeds, Rules};
use super::source::is_address;
use super::trouble::Trouble;

/// Reads a feed; items are counted from 1, and those without a text passed over.
pub(super) fn read(input: &mut Input, job: &mut Job) -> Result<(), Trouble> {
    let bytes = read_whole(input.as_mut(), job.rules.limits.document_bytes)?;
    let declared = declared(&bytes);
    let decoded = decode(bytes, declared.as_deref(), &job.rules.encoding);
    let rules = job.rules;
    let mut reader = lenient(&decoded.text);
    let (mut feed, mut number, mut told) = (Vec::new(), 0, 0);
    loop {
        match reader.read_event()? {
            Event::Eof => break,
            Event::Start(start) if rules.feed.items.iter().any(|name| name == start.name().0) => {
                let item = parts(reader.read_text(start.name())?.into_inner().as_ref())?;
                number += 1;
                let record = Record { encoding: decoded.encoding, ..record(&item, &feed, rules) };
                // An item may be a picture or a bare headline, as what an archive holds may be.
                if !record.text.is_empty() {
                    told += 1;
                    job.deliver(Some(number), Ok(record))?;
                }
            }
            // What holds items, or pictures and pages of the feed, is looked into; of a name the first counts.
            Event::Start(start) if !rules.feed.is_told(start.name().0) => feed.extend(language_of(&start)),
            Event::Start(start) => {
                let inner = reader.read_text(start.name())?.into_inner();
                feed.push(Part { attributes: attributes(&start), inner: inner.into_owned(), name: name(&start) });
            }
            _ => {}
        }
    }
    if told == 0 { Err(Trouble::Empty) } else { Ok(()) }
}

/// Feeds are often no XML to the letter: markup without end tags in a description, a bare `&` in an address.
fn lenient(text: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    (config.check_end_names, config.allow_unmatched_ends, config.allow_dangling_amp) = (false, true, true);
    reader
}

/// An element inside an item or a feed.
#[derive(Debug)]
struct Part {
    name: String,
    attributes: Vec<(String, String)>,
    /// What stands between its tags, as written.
    inner: String,
}

impl Part {
    fn attribute(&self, name: &str) -> &str {
        self.attributes.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str())
    }
}

fn name(start: &BytesStart) -> String {
    start.name().0.to_owned()
}

fn attributes(start: &BytesStart) -> Vec<(String, String)> {
    let plain = |value: &str| unescape(value).map_or_else(|_| value.to_owned(), |value| value.into_owned());
    let written = start.html_attributes().filter_map(Result::ok);
    written.map(|attribute| (attribute.key.0.to_owned(), plain(&attribute.value))).collect()
}

/// The `xml:lang` of an element, as a part like any other.
fn language_of(start: &BytesStart) -> Option<Part> {
    let (_, inner) = attributes(start).into_iter().find(|(name, _)| name == "xml:lang")?;
    Some(Part { name: "language".to_owned(), attributes: Vec::new(), inner })
}

/// The elements that stand directly in `inner`.
fn parts(inner: &str) -> Result<Vec<Part>, Trouble> {
    let mut reader = lenient(inner);
    let mut found = Vec::new();
    loop {
        match reader.read_event()? {
            Event::Eof => return Ok(found),
            Event::Empty(start) => {
                found.push(Part { name: name(&start), attributes: attributes(&start), inner: String::new() });
            }
            Event::Start(start) => {
                let inner = reader.read_text(start.name())?.into_inner().into_owned();
                found.push(Part { name: name(&start), attributes: attributes(&start), inner });
            }
            _ => {}
        }
    }
}

/// What stands between two tags with its references resolved once: a text, or the markup of one.
fn content(inner: &str) -> Result<String, Trouble> {
    let mut reader = lenient(inner);
    let mut text = String::new();
    loop {
        let from = reader.buffer_position();
        match reader.read_event()? {
            Event::Eof => return Ok(text),
            Event::Text(part) => text.push_str(&part.into_inner()),
            Event::CData(part) => text.push_str(&part.into_inner()),
            Event::GeneralRef(reference) => match reference.resolve_char_ref() {
                Ok(Some(character)) => text.push(character),
                _ => text.push_str(&named(&reference.into_inner())),
            },
            Event::Start(_) | Event::End(_) | Event::Empty(_) => {
                let written = from as usize..reader.buffer_position() as usize;
                text.push_str(inner.get(written).unwrap_or_default());
            }
            _ => {}
        }
    }
}

/// What a reference by name stands for; a name that only HTML knows is left to its parser.
fn named(name: &str) -> String {
    let written = format!("&{name};");
    unescape(&written).map_or_else(|_| written.clone(), |text| text.into_owned())
}

fn record(item: &[Part], feed: &[Part], rules: &Rules) -> Record {
    let names = &rules.feed;
    let told = |parts: &[Part], wanted: &[String]| first(parts, wanted, |part| text(part, rules)).unwrap_or_default();
    let of_either = |wanted: &[String]| Some(told(item, wanted)).filter(|text| !text.is_empty());
    Record {
        text: told(item, &names.text),
        title: one_line(&told(item, &names.title)),
        url: first(item, &names.url, link).unwrap_or_default(),
        source: first(item, &names.source, |part| origin(part, rules)).unwrap_or_default(),
        site: one_line(&told(feed, &names.title)),
        author: first(item, &names.author, |part| author(part, rules)).unwrap_or_default(),
        published: told(item, &names.published),
        language: of_either(&names.language).unwrap_or_else(|| told(feed, &names.language)),
        ..Record::default()
    }
}

/// What the best of the wanted parts says.
fn first(parts: &[Part], wanted: &[String], says: impl Fn(&Part) -> Option<String>) -> Option<String> {
    let of_name = |name: &String| parts.iter().filter(|part| part.name == *name).find_map(&says);
    wanted.iter().find_map(of_name).map(|text| text.trim().to_owned())
}

/// The text of a part; RSS writes markup as text, and Atom says what it writes.
fn text(part: &Part, rules: &Rules) -> Option<String> {
    let written = content(&part.inner).ok()?;
    let is_markup = part.attribute("type") != "text" && written.contains(['<', '&']);
    let text = if is_markup { html::plain(&written, rules) } else { written };
    (!text.trim().is_empty()).then_some(text)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The address in a part: its text in RSS, an attribute in Atom.
fn link(part: &Part) -> Option<String> {
    let is_of_item = matches!(part.attribute("rel"), "" | "alternate");
    let written = content(&part.inner).ok()?;
    let address = [part.attribute("href"), written.trim()].into_iter().find(|address| is_address(address));
    address.filter(|_| is_of_item).map(str::to_owned)
}

/// The outlet that an aggregator had an item from: best by its address, which names it as the outlet's own pages do.
fn origin(part: &Part, rules: &Rules) -> Option<String> {
    let inner = parts(&part.inner).unwrap_or_default();
    let by_address = Some(part.attribute("url").to_owned()).filter(|url| is_address(url));
    let by_name = || first(&inner, &rules.feed.title, |part| text(part, rules));
    by_address.or_else(|| first(&inner, &rules.feed.url, link)).or_else(by_name).or_else(|| text(part, rules))
}

/// Who wrote an item: Atom has the name in an element of its own, RSS behind an address: `desk@a.example (Ann Ryder)`.
fn author(part: &Part, rules: &Rules) -> Option<String> {
    let inner = parts(&part.inner).unwrap_or_default();
    let told = inner.iter().find(|part| part.name == "name").unwrap_or(part);
    let written = one_line(&text(told, rules)?);
    let behind =
        written.split_once(" (").and_then(|(address, rest)| address.contains('@').then(|| rest.strip_suffix(')')));
    match behind {
        Some(name) => name.map(str::to_owned),
        None => Some(written).filter(|name| !name.contains('@')),
    }
}

impl Feeds {
    /// True for an element of a feed that says something of all its items.
    fn is_told(&self, name: &str) -> bool {
        [&self.title, &self.language].into_iter().flatten().any(|known| known == name)
    }
}

impl From<quick_xml::Error> for Trouble {
    fn from(error: quick_xml::Error) -> Self {
        Self::Feed(error.to_string())
    }
}
