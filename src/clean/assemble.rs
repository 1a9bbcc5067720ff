//! Labels to a [`Reading`]: marks on lines, tokens and sentences of everything that is read.

use super::Rules;
use super::roles::Label;
use super::survey::Survey;
use crate::document::{Document, Span};
use crate::reading::{Line, Reading, Role, Sentence};
use crate::text::{sentences, tokenize_into};

/// About how long a token is, with the space behind it.
const BYTES_PER_TOKEN: usize = 5;

/// Builds the reading. Each block is a paragraph; sentences never cross from one to the next.
pub(crate) fn assemble<'d>(document: &'d Document, survey: Survey, labels: &[Label], rules: &Rules) -> Reading<'d> {
    let read = survey.blocks.iter().zip(labels).filter(|(_, label)| is_read(label.role));
    let bytes: usize = read.map(|(block, _)| block.span.len()).sum();
    let (lines, tokens) = (lines(&survey, labels), Vec::with_capacity(bytes / BYTES_PER_TOKEN));
    let mut reading = Reading { document, lines, tokens, sentences: Vec::new() };
    let mut paragraph = 0;
    for (block, label) in survey.blocks.iter().zip(labels) {
        if is_read(label.role) {
            read_block(&mut reading, &survey.lines, block.span, block.lines.start, (label.role, paragraph), rules);
            paragraph += 1;
        }
    }
    reading
}

fn is_read(role: Role) -> bool {
    !matches!(role, Role::Furniture | Role::Byline | Role::Dateline)
}

/// Every line takes its block's label; empty lines take the label of body, which says nothing.
fn lines(survey: &Survey, labels: &[Label]) -> Vec<Line> {
    let blank = |span: &Span| Line { span: *span, role: Role::Body, kind: "", rule: "" };
    let mut lines: Vec<Line> = survey.lines.iter().map(blank).collect();
    for (block, label) in survey.blocks.iter().zip(labels) {
        for line in &mut lines[block.lines.clone()] {
            (line.role, line.kind, line.rule) = (label.role, label.kind, label.rule);
        }
    }
    lines
}

fn read_block(
    reading: &mut Reading,
    lines: &[Span],
    span: Span,
    first_line: usize,
    (role, paragraph): (Role, u32),
    rules: &Rules,
) {
    let base = reading.tokens.len();
    tokenize_into(&mut reading.tokens, &reading.document.text, span);
    let tokens = &reading.tokens[base..];
    let mut line = first_line;
    for range in sentences(tokens, &rules.tables.abbreviations) {
        let span = tokens[range.start].span.cover(tokens[range.end - 1].span);
        while lines[line].end <= span.start {
            line += 1;
        }
        let tokens = base + range.start..base + range.end;
        reading.sentences.push(Sentence { tokens, span, line: line as u32 + 1, paragraph, role });
    }
}
