//! JSON as tools write it: one object, an array, objects one behind the other, groups of arrays, an object a line.

use std::io::BufRead;

use serde_json::{Map, Value};

use super::bounded::{LineEnd, read_line};
use super::encoding::decode;
use super::field_name::is_same;
use super::json_objects::{Objects, depth};
use super::record::{Job, Record};
use super::rules::{Fields, Rules};
use super::trouble::Trouble;

/// Reads a file of one or more objects, each as a document or as a group of documents.
pub(super) fn read(input: &mut dyn BufRead, job: &mut Job) -> Result<(), Trouble> {
    let limits = &job.rules.limits;
    let is_one_object = input.fill_buf()?.trim_ascii_start().starts_with(b"{");
    if is_one_object && job.entry.bytes > limits.document_bytes {
        return read_group(Objects::in_group(input, limits)?, job);
    }
    let mut objects = Objects::new(input, limits);
    let Some(first) = objects.next()? else { return Err(Trouble::Empty) };
    let mut next = objects.next()?;
    if next.is_none() && !objects.in_array() {
        return deliver_alone(first, job);
    }
    let mut number = 0;
    deliver_numbered(first, "", &mut number, job)?;
    while let Some(object) = next {
        deliver_numbered(object, "", &mut number, job)?;
        next = objects.next()?;
    }
    Ok(())
}

/// Reads the objects of a group one at a time.
fn read_group(mut objects: Objects, job: &mut Job) -> Result<(), Trouble> {
    let mut number = 0;
    while let Some(object) = objects.next()? {
        let names_no_outlet = job.rules.fields.records.iter().any(|name| name == objects.group());
        deliver_numbered(object, if names_no_outlet { "" } else { objects.group() }, &mut number, job)?;
    }
    Ok(())
}

/// Reads an object a line; its number is that of its line.
pub(super) fn read_lines(input: &mut dyn BufRead, job: &mut Job) -> Result<(), Trouble> {
    let limits = &job.rules.limits;
    let mut line = Vec::new();
    let mut is_empty = true;
    for number in 1.. {
        let bytes = match read_line(input, limits.document_bytes, &mut line)? {
            LineEnd::Eof => break,
            LineEnd::TooLong => Err(Trouble::TooLarge(limits.document_bytes)),
            LineEnd::Whole if line.trim_ascii().is_empty() => continue,
            LineEnd::Whole if depth(&line) > limits.json_depth => Err(Trouble::TooDeep(limits.json_depth)),
            LineEnd::Whole => Ok(std::mem::take(&mut line)),
        };
        let record = bytes.and_then(|bytes| match records(bytes, job.rules)? {
            Records::One(record) => Ok(*record),
            Records::Many(_) => Err(no_text(["a list of documents"])),
        });
        is_empty = false;
        job.deliver(Some(number), record)?;
    }
    if is_empty { Err(Trouble::Empty) } else { Ok(()) }
}

/// The file is one object: a document without a number, or a group of documents.
fn deliver_alone(object: Result<Vec<u8>, Trouble>, job: &mut Job) -> Result<(), Trouble> {
    let records = records(object?, job.rules)?;
    match records {
        Records::One(record) => job.deliver(None, Ok(*record))?,
        Records::Many(group) => {
            for (number, record) in (1..).zip(group) {
                job.deliver(Some(number), record)?;
            }
        }
    }
    Ok(())
}

/// Delivers what one of several objects holds; `outlet` is the name of the list that it stands in.
fn deliver_numbered(
    object: Result<Vec<u8>, Trouble>,
    outlet: &str,
    number: &mut u64,
    job: &mut Job,
) -> Result<(), Trouble> {
    let group = match object.and_then(|object| records(object, job.rules)) {
        Ok(Records::One(record)) if record.source.is_empty() => {
            vec![Ok(Record { source: outlet.to_owned(), ..*record })]
        }
        Ok(Records::One(record)) => vec![Ok(*record)],
        Ok(Records::Many(group)) => group,
        Err(trouble) => vec![Err(trouble)],
    };
    for record in group {
        *number += 1;
        job.deliver(Some(*number), record)?;
    }
    Ok(())
}

/// What one object holds.
enum Records {
    /// It is a document.
    One(Box<Record>),
    /// Documents hang inside it.
    Many(Vec<Result<Record, Trouble>>),
}

fn records(object: Vec<u8>, rules: &Rules) -> Result<Records, Trouble> {
    let decoded = decode(object, None, &rules.encoding);
    let mut map: Map<String, Value> =
        serde_json::from_str(&decoded.text).map_err(|error| Trouble::Json(error.to_string()))?;
    let encoding = decoded.encoding;
    if let Some(record) = record(&mut map, &rules.fields) {
        return Ok(Records::One(Box::new(Record { encoding, ..record })));
    }
    let names: Vec<String> = map.keys().cloned().collect();
    let inner = group(map, &rules.fields).ok_or_else(|| no_text(&names))?;
    let one = |(name, value): (String, Value)| match value {
        Value::Object(mut map) => match record(&mut map, &rules.fields) {
            Some(record) if record.source.is_empty() => Ok(Record { encoding, source: name, ..record }),
            Some(record) => Ok(Record { encoding, ..record }),
            None => Err(no_text(map.keys())),
        },
        _ => Err(no_text(&[] as &[&str])),
    };
    Ok(Records::Many(inner.into_iter().map(one).collect()))
}

/// The records inside an object, each with the name of the outlet it is listed under: a list under a known name
/// (`{"articles": […]}`, at any depth: `{"hits": {"hits": […]}}`), a list for every outlet, as Fundus saves
/// (`{"Herald": […], "Echo": […]}`), or a document under each name (`{"a1": {…}, "a2": {…}}`).
fn group(mut map: Map<String, Value>, fields: &Fields) -> Option<Vec<(String, Value)>> {
    for name in &fields.records {
        match map.get_mut(name) {
            Some(Value::Array(list)) => return Some(unlisted(std::mem::take(list))),
            Some(Value::Object(inner)) => {
                if let Some(group) = group(std::mem::take(inner), fields) {
                    return Some(group);
                }
            }
            _ => {}
        }
    }
    let is_list = |value: &Value| value.as_array().is_some_and(|list| list.iter().all(Value::is_object));
    if map.is_empty() {
        None
    } else if map.values().all(is_list) {
        let listed = |(name, value): (String, Value)| match value {
            Value::Array(list) => list.into_iter().map(|value| (name.clone(), value)).collect(),
            _ => Vec::new(),
        };
        Some(map.into_iter().flat_map(listed).collect())
    } else {
        let holds_text =
            |value: &Value| value.as_object().is_some_and(|map| record(&mut map.clone(), fields).is_some());
        map.values().all(holds_text).then(|| unlisted(map.into_iter().map(|(_, value)| value)))
    }
}

/// Records that are listed under no outlet.
fn unlisted(values: impl IntoIterator<Item = Value>) -> Vec<(String, Value)> {
    values.into_iter().map(|value| (String::new(), value)).collect()
}

/// The record that an object is, when one of its fields holds text or a page.
pub(super) fn record(map: &mut Map<String, Value>, fields: &Fields) -> Option<Record> {
    for name in &fields.inside {
        if let Some(Value::Object(inner)) = map.get_mut(name) {
            let inner = std::mem::take(inner);
            map.extend(inner);
        }
    }
    let mut take = |names: &[String]| names.iter().find_map(|name| take_field(map, name, fields)).unwrap_or_default();
    let text = take(&fields.text);
    let html = take(&fields.html);
    if text.is_empty() && html.is_empty() {
        return None;
    }
    let url = take(&fields.url);
    let source = take(&fields.source);
    let (title, published, language) = (take(&fields.title), take(&fields.published), take(&fields.language));
    let author = take(&fields.author);
    Some(Record { text, html, url, source, title, author, published, language, ..Record::default() })
}

/// Takes the text of a field out of a record, if it says anything.
fn take_field(map: &mut Map<String, Value>, name: &str, fields: &Fields) -> Option<String> {
    let mut text = String::new();
    match name.split_once('.') {
        Some((outer, inner)) => append_inner(field_mut(map, outer)?, inner, fields, &mut text),
        None => append_text(field_mut(map, name)?, fields, &mut text),
    }
    is_known(&text, fields).then_some(text)
}

/// Writes what an object, or each of a list of objects, has under a name.
fn append_inner(value: &mut Value, inner: &str, fields: &Fields, text: &mut String) {
    let objects = match value {
        Value::Array(list) => list.as_mut_slice(),
        one => std::slice::from_mut(one),
    };
    let inner = objects.iter_mut().filter_map(|object| field_mut(object.as_object_mut()?, inner));
    inner.for_each(|value| append_text(value, fields, text));
}

fn field_mut<'m>(map: &'m mut Map<String, Value>, name: &str) -> Option<&'m mut Value> {
    if map.contains_key(name) {
        return map.get_mut(name);
    }
    map.iter_mut().find(|(key, _)| is_same(key, name)).map(|(_, value)| value)
}

/// True for a cell or field that says something: neither blank nor a tool's way to print that it knows nothing.
pub(super) fn is_known(text: &str, fields: &Fields) -> bool {
    let text = text.trim();
    !text.is_empty() && !fields.unknown.iter().any(|word| word.eq_ignore_ascii_case(text))
}

/// Writes a value as text: strings and numbers as they are, lists a paragraph an item, objects part by part.
/// The depth of a record was checked before it was parsed.
fn append_text(value: &Value, fields: &Fields, text: &mut String) {
    match value {
        Value::String(part) => append_paragraph(part, text),
        Value::Number(number) => append_paragraph(&number.to_string(), text),
        Value::Array(list) => list.iter().for_each(|item| append_text(item, fields, text)),
        Value::Object(map) => {
            let parts = fields.parts.iter().filter_map(|part| map.get(part));
            parts.for_each(|part| append_text(part, fields, text));
        }
        Value::Null | Value::Bool(_) => {}
    }
}

fn append_paragraph(part: &str, text: &mut String) {
    if part.trim().is_empty() {
        return;
    }
    if !text.is_empty() {
        text.push_str("\n\n");
    }
    text.push_str(part);
}

/// No field holds text: it has `names` only.
pub(super) fn no_text<N: AsRef<str>>(names: impl IntoIterator<Item = N>) -> Trouble {
    const SHOWN: usize = 12;
    let names: Vec<String> = names.into_iter().map(|name| name.as_ref().trim().to_owned()).collect();
    let more = if names.len() > SHOWN { ", …" } else { "" };
    Trouble::NoText(names.into_iter().take(SHOWN).collect::<Vec<_>>().join(", ") + more)
}
