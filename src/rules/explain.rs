//! serde's messages in the words of somebody who edits TOML.

use super::diagnostic::did_you_mean;
use super::fill::quoted;

/// A message in three parts.
#[derive(Debug, PartialEq, Eq)]
pub struct Explained {
    /// What is wrong.
    pub title: String,
    /// What is printed under the caret.
    pub label: String,
    /// What to do.
    pub help: Option<String>,
}

/// Explains one message of serde or of the TOML parser.
pub fn explain(message: &str) -> Explained {
    let message = message.trim();
    for (start, explainer) in EXPLAINERS {
        if let Some(rest) = message.strip_prefix(start) {
            return explainer(rest);
        }
    }
    Explained { title: message.to_owned(), label: String::new(), help: None }
}

type Explainer = fn(&str) -> Explained;

const EXPLAINERS: [(&str, Explainer); 7] = [
    ("unknown field ", |rest| unknown("key", "not known here", rest)),
    ("unknown variant ", |rest| unknown("value", "not one of the values known here", rest)),
    ("missing field ", missing),
    ("invalid type: ", wrong),
    ("invalid value: ", wrong),
    ("invalid length ", wrong),
    ("wanted string or table", |_| wrong("something else, expected a string")),
];

fn unknown(what: &str, label: &str, rest: &str) -> Explained {
    let mut names = quoted(rest);
    let written = names.next().unwrap_or_default();
    let known: Vec<&str> = names.collect();
    let help = match did_you_mean(written, known.iter().copied()) {
        Some(name) => Some(format!("did you mean `{name}`?")),
        None if known.is_empty() => None,
        None => Some(format!("known are {}", known.join(", "))),
    };
    Explained { title: format!("unknown {what} `{written}`"), label: label.into(), help }
}

fn missing(rest: &str) -> Explained {
    let name = quoted(rest).next().unwrap_or(rest);
    Explained { title: format!("missing key `{name}`"), label: format!("needs `{name} = …`"), help: None }
}

fn wrong(rest: &str) -> Explained {
    let (found, expected) = rest.rsplit_once(", expected ").unwrap_or((rest, "something else"));
    let expected = plain(expected);
    Explained {
        title: format!("expected {expected}, found {found}"),
        label: format!("should be {expected}"),
        help: None,
    }
}

/// The name of a Rust type in words.
fn plain(expected: &str) -> String {
    match expected {
        "f32" | "f64" => "a number",
        "u8" | "u16" | "u32" | "u64" | "usize" => "a whole number from 0",
        "i8" | "i16" | "i32" | "i64" | "isize" => "a whole number",
        "a string" | "str" => "a text in quotes",
        "a boolean" => "true or false",
        "a sequence" => "a list [ … ]",
        "a map" => "a table",
        other => return longer(other),
    }
    .to_owned()
}

fn longer(expected: &str) -> String {
    match (expected.strip_prefix("a tuple of size "), expected.starts_with("struct ")) {
        (Some(size), _) => format!("a list of {size}"),
        (None, true) => "a table".to_owned(),
        (None, false) => expected.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_is_wrong_and_what_was_meant() {
        let check = |message: &str, title: &str, help: Option<&str>| {
            let explained = explain(message);
            assert_eq!((explained.title.as_str(), explained.help.as_deref()), (title, help));
        };
        check(
            "unknown field `abuot`, expected one of `about`, `fires`",
            "unknown key `abuot`",
            Some("did you mean `about`?"),
        );
        check("unknown field `q`, expected `about` or `fires`", "unknown key `q`", Some("known are about, fires"));
        check("unknown field `q`, there are no fields", "unknown key `q`", None);
        check(
            "unknown variant `venu`, expected one of `venue`, `date`",
            "unknown value `venu`",
            Some("did you mean `venue`?"),
        );
        check("invalid type: string \"x\", expected f64", "expected a number, found string \"x\"", None);
        check("missing field `about`", "missing key `about`", None);
        check("bad pattern", "bad pattern", None);
    }
}
