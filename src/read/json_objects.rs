//! Cuts a stream of JSON into its outermost objects, one at a time, without holding more than one of them.
//!
//! Commas and brackets between objects are passed over, so an array, objects one behind the other and what
//! newspaper4k writes for several addresses (`[{…},]{…}]`) are all read. A file that is one object, larger than any
//! document may be, is opened as a group: its lists' objects are found, each under the name of its list.

use std::io::{BufRead, Read};

use super::rules::Limits;
use super::trouble::Trouble;

/// Most bytes of the name of a list.
const LONGEST_NAME: u64 = 4096;

/// The objects of a stream.
pub(super) struct Objects<'i> {
    input: &'i mut dyn BufRead,
    limits: &'i Limits,
    in_array: bool,
    /// The name of the list last begun, when the outermost object is opened as a group.
    group: Option<String>,
}

/// How far one object has been read.
#[derive(Default)]
struct State {
    depth: usize,
    deepest: usize,
    in_string: bool,
    escaped: bool,
}

impl State {
    /// Takes one byte; true when the outermost object or array has ended.
    fn step(&mut self, byte: u8) -> bool {
        match byte {
            _ if self.escaped => self.escaped = false,
            b'\\' if self.in_string => self.escaped = true,
            b'"' => self.in_string = !self.in_string,
            _ if self.in_string => {}
            b'{' | b'[' => {
                self.depth += 1;
                self.deepest = self.deepest.max(self.depth);
            }
            b'}' | b']' => {
                self.depth = self.depth.saturating_sub(1);
                return self.depth == 0;
            }
            _ => {}
        }
        false
    }
}

/// How many braces and brackets of `json` stand inside each other.
pub(super) fn depth(json: &[u8]) -> usize {
    let mut state = State::default();
    for byte in json {
        state.step(*byte);
    }
    state.deepest
}

impl<'i> Objects<'i> {
    /// The objects of `input`.
    pub(super) fn new(input: &'i mut dyn BufRead, limits: &'i Limits) -> Self {
        Self { input, limits, in_array: false, group: None }
    }

    /// The objects in the lists of the one object that `input` is.
    ///
    /// # Errors
    /// The input cannot be read.
    pub(super) fn in_group(input: &'i mut dyn BufRead, limits: &'i Limits) -> Result<Self, Trouble> {
        let mut objects = Self::new(input, limits);
        if objects.skip_to_object()? {
            objects.input.consume(1);
        }
        objects.group = Some(String::new());
        Ok(objects)
    }

    /// The name of the list that the last object stood in; empty outside groups.
    pub(super) fn group(&self) -> &str {
        self.group.as_deref().unwrap_or_default()
    }

    /// True when the first object stood in an array.
    pub(super) fn in_array(&self) -> bool {
        self.in_array
    }

    /// The next object, or why it is refused; nothing at the end.
    ///
    /// # Errors
    /// What stands between two objects is no JSON, or the input cannot be read: nothing more can be found.
    pub(super) fn next(&mut self) -> Result<Option<Result<Vec<u8>, Trouble>>, Trouble> {
        if !self.skip_to_object()? {
            return Ok(None);
        }
        let mut object = Vec::new();
        let mut state = State::default();
        let mut size = 0;
        while state.depth > 0 || size == 0 {
            let chunk = self.input.fill_buf()?;
            if chunk.is_empty() {
                return Err(Trouble::Json("it ends in the middle of an object".to_owned()));
            }
            let end = chunk.iter().position(|byte| state.step(*byte)).map_or(chunk.len(), |last| last + 1);
            size += end as u64;
            if size <= self.limits.document_bytes {
                object.extend_from_slice(&chunk[..end]);
            }
            self.input.consume(end);
        }
        Ok(Some(self.judge(object, size, state.deepest)))
    }

    fn judge(&self, object: Vec<u8>, size: u64, deepest: usize) -> Result<Vec<u8>, Trouble> {
        if size > self.limits.document_bytes {
            Err(Trouble::TooLarge(self.limits.document_bytes))
        } else if deepest > self.limits.json_depth {
            Err(Trouble::TooDeep(self.limits.json_depth))
        } else {
            Ok(object)
        }
    }

    /// Passes over everything in front of the next object; false at the end.
    fn skip_to_object(&mut self) -> Result<bool, Trouble> {
        loop {
            let chunk = self.input.fill_buf()?;
            if chunk.is_empty() {
                return Ok(false);
            }
            let is_group = self.group.is_some();
            let between = |byte: &u8| {
                byte.is_ascii_whitespace() || b",[]\xEF\xBB\xBF\x1E".contains(byte) || is_group && b"}:".contains(byte)
            };
            let skipped = chunk.iter().take_while(|byte| between(byte)).count();
            self.in_array |= chunk[..skipped].contains(&b'[');
            let next = chunk.get(skipped).copied();
            self.input.consume(skipped);
            match next {
                Some(b'{') => return Ok(true),
                Some(b'"') if is_group => self.name_group()?,
                Some(other) => return Err(Trouble::Json(format!("expected an object, found {:?}", char::from(other)))),
                None => {}
            }
        }
    }

    /// Takes the name of a list.
    fn name_group(&mut self) -> Result<(), Trouble> {
        let mut name = Vec::new();
        self.input.consume(1);
        (&mut *self.input).take(LONGEST_NAME).read_until(b'"', &mut name)?;
        name.pop();
        self.group = Some(String::from_utf8_lossy(&name).into_owned());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(json: &str, expected: &[&str]) {
        let limits = Limits {
            about: String::new(),
            document_bytes: 40,
            expansion_ratio: 1,
            expansion_floor: 1,
            json_depth: 3,
            html_elements: 1,
            html_depth: 100,
        };
        // A reader that hands out three bytes at a time, to meet every seam.
        let mut input = std::io::BufReader::with_capacity(3, json.as_bytes());
        let mut objects = Objects::new(&mut input, &limits);
        let mut seen = Vec::new();
        loop {
            match objects.next() {
                Ok(Some(Ok(object))) => seen.push(String::from_utf8(object).unwrap()),
                Ok(Some(Err(trouble))) | Err(trouble @ Trouble::TooDeep(_)) => seen.push(trouble.code().to_owned()),
                Err(trouble) => {
                    seen.push(trouble.code().to_owned());
                    break;
                }
                Ok(None) => break,
            }
        }
        assert_eq!(seen, expected, "{json}");
    }

    #[test]
    fn objects_are_found_wherever_they_stand() {
        check(r#"{"a": "}\"{"}"#, &[r#"{"a": "}\"{"}"#]);
        check("\u{FEFF}[{\"a\":1},\n {\"b\":[{}]} ]", &[r#"{"a":1}"#, r#"{"b":[{}]}"#]);
        check(r#"[{"a":1},]{"b":2}]"#, &[r#"{"a":1}"#, r#"{"b":2}"#]);
        check("{\"a\":1}\n{\"b\":2}\n", &[r#"{"a":1}"#, r#"{"b":2}"#]);
        check("", &[]);
    }

    #[test]
    fn a_group_is_opened() {
        let limits = crate::read::Rules::parse(crate::read::DEFAULTS).unwrap().limits;
        let mut input = std::io::BufReader::with_capacity(
            3,
            &br#" {"Herald": [{"a":1},{"b":{}}], "Echo":[], "Post": [{"c":"}"}]}"#[..],
        );
        let mut objects = Objects::in_group(&mut input, &limits).unwrap();
        let mut seen = Vec::new();
        while let Some(object) = objects.next().unwrap() {
            seen.push(format!("{} {}", objects.group(), String::from_utf8(object.unwrap()).unwrap()));
        }
        assert_eq!(seen, [r#"Herald {"a":1}"#, r#"Herald {"b":{}}"#, r#"Post {"c":"}"}"#]);
    }

    #[test]
    fn one_bad_object_does_not_hide_the_next() {
        check(r#"[{"a":[[[]]]},{"b":2}]"#, &["too-deep", r#"{"b":2}"#]);
        check(&format!(r#"{{"a":"{}"}}{{"b":2}}"#, "x".repeat(50)), &["too-large", r#"{"b":2}"#]);
        check(r#"{"a":1"#, &["json"]);
        check("plain", &["json"]);
    }
}
