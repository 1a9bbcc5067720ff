//! Lines, and the blocks they form: a block is one paragraph, heading or scrap of the page,
//! put together again where a text was wrapped at a fixed width.

use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::document::Span;

/// How hard-wrapped text is recognised (`[wrap]` of `rules/clean.toml`).
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Wrap {
    /// What the numbers are for.
    pub about: String,
    /// The narrowest width, in characters, that a text is wrapped at.
    pub narrowest: usize,
    /// The widest.
    pub widest: usize,
    /// Share of the lines that another line follows directly which must be full.
    pub full_share: f32,
    /// Fewest such lines.
    pub fewest_lines: usize,
}

/// Neighbouring lines that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Block {
    /// Indices of its lines.
    pub lines: Range<usize>,
    /// From the first line's first character to the last line's last one, without outer space.
    pub span: Span,
}

/// The lines of a text without their ends, empty ones included. A last line end opens no line.
pub(crate) fn split(text: &str) -> Vec<Span> {
    let mut lines = Vec::with_capacity(text.len() / 40 + 1);
    let mut start = 0;
    for end in memchr::memchr_iter(b'\n', text.as_bytes()) {
        lines.push(Span::new(start, end));
        start = end + 1;
    }
    if start < text.len() {
        lines.push(Span::new(start, text.len()));
    }
    lines
}

/// Joins lines to blocks; empty lines belong to none.
pub(crate) fn blocks(text: &str, lines: &[Span], wrap: &Wrap) -> Vec<Block> {
    let width = wrapped_width(text, lines, wrap);
    let mut blocks: Vec<Block> = Vec::with_capacity(lines.len());
    for (at, line) in lines.iter().enumerate() {
        let Some(span) = trim(text, *line) else { continue };
        match blocks.last_mut().filter(|b| b.lines.end == at && goes_on(text, lines, at, width)) {
            Some(open) => {
                open.lines.end = at + 1;
                open.span = open.span.cover(span);
            }
            None => blocks.push(Block { lines: at..at + 1, span }),
        }
    }
    blocks
}

/// The span without white space at its ends; none when nothing is left.
fn trim(text: &str, span: Span) -> Option<Span> {
    let raw = span.of(text);
    let open = raw.trim_start_matches(is_blank);
    let front = raw.len() - open.len();
    let bare = open.trim_end_matches(is_blank);
    let start = span.start as usize + front;
    (!bare.is_empty()).then(|| Span::new(start, start + bare.len()))
}

/// White space, and what only tells where a line may break.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}')
}

/// The width the text is wrapped at: the longest of its lines, when that is a usual width and
/// most of the lines with a direct successor could not have taken the successor's first word.
fn wrapped_width(text: &str, lines: &[Span], wrap: &Wrap) -> Option<usize> {
    let width = lines.iter().map(|l| chars(text, *l)).max()?;
    if !(wrap.narrowest..=wrap.widest).contains(&width) {
        return None;
    }
    let (mut followed, mut full) = (0, 0);
    for at in 1..lines.len() {
        if trim(text, lines[at - 1]).is_some() && trim(text, lines[at]).is_some() {
            followed += 1;
            full += usize::from(is_full(text, lines, at, width));
        }
    }
    (full >= wrap.fewest_lines && full as f32 >= wrap.full_share * followed as f32).then_some(width)
}

fn chars(text: &str, line: Span) -> usize {
    let raw = line.of(text);
    if raw.is_ascii() { raw.len() } else { raw.chars().count() }
}

/// True when line `at` continues the line before it.
fn goes_on(text: &str, lines: &[Span], at: usize, width: Option<usize>) -> bool {
    width.is_some_and(|width| is_full(text, lines, at, width) && !lines[at].of(text).starts_with(char::is_whitespace))
}

/// True when the first word of line `at` would not have fitted on the line before it.
fn is_full(text: &str, lines: &[Span], at: usize, width: usize) -> bool {
    let first = lines[at].of(text).split_whitespace().next().map_or(0, |w| w.chars().count());
    first > 0 && chars(text, lines[at - 1]) + 1 + first > width
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(text: &str) -> Vec<String> {
        let wrap = Wrap { about: String::new(), narrowest: 20, widest: 90, full_share: 0.5, fewest_lines: 2 };
        let lines = split(text);
        let show = |b: &Block| b.span.of(text).split_whitespace().collect::<Vec<_>>().join(" ");
        blocks(text, &lines, &wrap).iter().map(show).collect()
    }

    #[test]
    fn joins_only_what_was_wrapped() {
        let wrapped = "The bridge over the river\nwas closed on Friday after\na lorry hit it.\nNobody was hurt.\n\nIt opens on Monday.\n";
        assert_eq!(
            joined(wrapped),
            [
                "The bridge over the river was closed on Friday after a lorry hit it.",
                "Nobody was hurt.",
                "It opens on Monday."
            ]
        );
        assert_eq!(joined("News\nSport\nWeather and travel today\n").len(), 3);
        assert!(joined("\n \n").is_empty());
    }

    #[test]
    fn a_line_without_anything_to_see_is_empty() {
        assert_eq!(
            joined("It rained.\n\u{200B}\n\u{FEFF} \n\u{200B}It stopped.\u{200B}\n"),
            ["It rained.", "It stopped."]
        );
    }

    #[test]
    fn empty_lines_keep_their_number() {
        assert_eq!(split("a\n\nb\n").len(), 3);
        assert_eq!(split("a\nb").len(), 2);
        assert!(split("").is_empty());
    }
}
