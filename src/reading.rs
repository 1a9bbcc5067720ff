//! What the cleaning stage hands on: a document's lines with their marks, its tokens and sentences.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::document::{Document, Span};
use crate::text::{Abbreviations, Token, sentences, tokenize};

/// What a line is, and so what may be read from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// The article's own prose.
    Body,
    /// The headline.
    Title,
    /// A heading between paragraphs.
    Heading,
    /// Who wrote it.
    Byline,
    /// Where and when it was written, on a line of its own.
    Dateline,
    /// A photograph's caption, which may tell of another event.
    Caption,
    /// Questions and answers, summaries and key points that restate the body.
    Restatement,
    /// Anything else of the page: menus, widgets, pleas, other stories.
    Furniture,
}

/// One line of the text as it stands in the file.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The line without its end.
    pub span: Span,
    /// What it is.
    pub role: Role,
    /// What kind of furniture, for `furniture.csv`: `menu`, `widget`, `plea`…; empty for prose.
    pub kind: &'static str,
    /// The rule of `rules/clean.toml` that said so; empty for prose.
    pub rule: &'static str,
}

impl Line {
    /// The rule that sets a line aside by its shape and place alone.
    pub const WEIGHTS: &str = "weights";

    /// True for furniture that no phrase names and no other page has.
    pub fn is_unnamed(&self) -> bool {
        self.role == Role::Furniture && self.rule == Self::WEIGHTS
    }
}

/// One sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct Sentence {
    /// Its tokens in [`Reading::tokens`].
    pub tokens: Range<usize>,
    /// Its bytes, from the first token to the last.
    pub span: Span,
    /// The line of its first token, counted from 1.
    pub line: u32,
    /// Counts paragraphs from 0; quotations and pronouns do not reach across without cause.
    pub paragraph: u32,
    /// The role of its line: never furniture.
    pub role: Role,
}

/// A document as later stages see it.
#[derive(Clone, Debug)]
pub struct Reading<'d> {
    /// The document read.
    pub document: &'d Document,
    /// All its lines, empty ones included, so that line `n` is `lines[n - 1]`.
    pub lines: Vec<Line>,
    /// The tokens of all sentences, in the order of the text.
    pub tokens: Vec<Token>,
    /// The sentences of all lines but furniture, bylines and datelines, in the order of the text.
    pub sentences: Vec<Sentence>,
}

impl<'d> Reading<'d> {
    /// A document that is all prose, one paragraph a line: for examples and for texts at hand.
    pub fn prose(document: &'d Document, abbreviations: &Abbreviations) -> Self {
        let mut reading = Self { document, lines: Vec::new(), tokens: Vec::new(), sentences: Vec::new() };
        let mut start = 0;
        for (line, text) in (1..).zip(document.text.split('\n')) {
            let span = Span::new(start, start + text.len());
            reading.lines.push(Line { span, role: Role::Body, kind: "", rule: "" });
            reading.push_paragraph(span, line, abbreviations);
            start += text.len() + 1;
        }
        reading
    }

    fn push_paragraph(&mut self, span: Span, line: u32, abbreviations: &Abbreviations) {
        let base = self.tokens.len();
        let tokens = tokenize(&self.document.text, span);
        for cut in sentences(&tokens, abbreviations) {
            let span = tokens[cut.start].span.cover(tokens[cut.end - 1].span);
            let tokens = cut.start + base..cut.end + base;
            self.sentences.push(Sentence { tokens, span, line, paragraph: line - 1, role: Role::Body });
        }
        self.tokens.extend(tokens);
    }

    /// The sentence of a token, or the one behind it where the token stands in none.
    pub fn sentence_at(&self, token: usize) -> Option<&Sentence> {
        self.sentences.get(self.sentences.partition_point(|s| s.tokens.end <= token))
    }

    /// The tokens of a sentence.
    pub fn tokens_of(&self, sentence: &Sentence) -> &[Token] {
        &self.tokens[sentence.tokens.clone()]
    }

    /// The text under a span.
    pub fn text(&self, span: Span) -> &'d str {
        span.of(&self.document.text)
    }

    /// The bytes that a range of tokens covers; the range must not be empty.
    pub fn span_of(&self, tokens: Range<usize>) -> Span {
        self.tokens[tokens.start].span.cover(self.tokens[tokens.end - 1].span)
    }
}
