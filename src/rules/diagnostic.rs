//! What is wrong in a rule file: the place, the line with a caret, and what was probably meant.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

/// One mistake in a file a person wrote. `Display` prints it as compilers do, without colour.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Diagnostic {
    /// The file, as the user named it.
    pub path: String,
    /// First byte of what is wrong, in `text`.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
    /// What is wrong, in a sentence.
    pub title: String,
    /// What is printed under the caret; may be empty.
    pub label: String,
    /// What to do about it.
    pub help: Option<String>,
    /// The whole text of the file.
    pub text: Arc<str>,
}

impl Diagnostic {
    /// A mistake at the bytes `span` of `text`.
    pub fn new(path: &str, text: &Arc<str>, span: Range<usize>, title: impl Into<String>) -> Self {
        let end = span.end.min(text.len());
        Self {
            path: path.to_owned(),
            start: span.start.min(end),
            end,
            title: title.into(),
            label: String::new(),
            help: None,
            text: Arc::clone(text),
        }
    }

    /// The same with words under the caret.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// The same with advice, where there is some.
    #[must_use]
    pub fn help(mut self, help: Option<String>) -> Self {
        self.help = help;
        self
    }

    /// The line it begins on, counted from 1.
    pub fn line(&self) -> usize {
        line_of(&self.text, self.start)
    }

    fn render(&self, renderer: &Renderer) -> String {
        let mark = AnnotationKind::Primary.span(self.start..self.end);
        let mark = if self.label.is_empty() { mark } else { mark.label(self.label.as_str()) };
        let snippet = Snippet::source(&*self.text).path(self.path.as_str()).annotation(mark);
        let mut group: Group<'_> = Level::ERROR.primary_title(self.title.as_str()).element(snippet);
        if let Some(help) = &self.help {
            group = group.element(Level::HELP.message(help.as_str()));
        }
        renderer.render(&[group])
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(&Renderer::plain()))
    }
}

/// The line of the byte `at`, counted from 1.
pub fn line_of(text: &str, at: usize) -> usize {
    1 + lines_in(text, 0..at)
}

/// How many lines end within bytes of a text.
pub fn lines_in(text: &str, bytes: Range<usize>) -> usize {
    let end = bytes.end.min(text.len());
    memchr::memchr_iter(b'\n', &text.as_bytes()[bytes.start.min(end)..end]).count()
}

/// The name among `known` that `written` was probably meant to be.
pub fn did_you_mean<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let far = 1 + written.chars().count() / 3;
    let near = known.into_iter().map(|name| (strsim::osa_distance(written, name), name));
    near.filter(|(distance, _)| *distance <= far).min().map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_file_line_column_caret_and_help() {
        let text: Arc<str> = "a = 1\nabuot = 2\n".into();
        let shown = Diagnostic::new("rules/x.toml", &text, 6..11, "unknown key `abuot`")
            .label("not known here")
            .help(Some("did you mean `about`?".into()))
            .to_string();
        for part in ["rules/x.toml:2:1", "^^^^^ not known here", "did you mean `about`?"] {
            assert!(shown.contains(part), "{part} in\n{shown}");
        }
    }

    #[test]
    fn a_span_beyond_the_text_is_cut() {
        let text: Arc<str> = "é".into();
        assert!(Diagnostic::new("x", &text, 90..99, "t").to_string().contains("error: t"));
    }

    #[test]
    fn means_the_nearest_name_or_none() {
        let check = |written, expected| assert_eq!(did_you_mean(written, ["about", "fires", "silent"]), expected);
        check("abuot", Some("about"));
        check("fire", Some("fires"));
        check("threshold", None);
    }
}
