//! Pairs quotation marks within a paragraph: curly, straight, doubled single, guillemets, and
//! single marks told from apostrophes. A mark never closed ends where the next quotation opens or
//! the paragraph ends.

use std::ops::Range;

use crate::reading::Reading;
use crate::rules::Words;
use crate::text::{Token, TokenKind};

/// Words between two marks, as token indices of the reading.
#[derive(Clone, Debug, PartialEq)]
pub struct Quoted {
    /// The first token of the opening mark.
    pub open: usize,
    /// The tokens between the marks.
    pub inner: Range<usize>,
    /// One past the closing mark.
    pub after: usize,
    /// False when the mark was never closed.
    pub closed: bool,
    /// True for single marks.
    pub single: bool,
}

/// What a mark may be, from its shape and what it touches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Opens,
    Closes,
    /// The state decides.
    Either,
}

/// The marks of one paragraph.
pub struct Paragraph<'r> {
    text: &'r str,
    tokens: &'r [Token],
    range: Range<usize>,
    elisions: &'r Words,
}

impl<'r> Paragraph<'r> {
    /// The paragraph that the tokens `range` of `reading` make up.
    pub fn new(reading: &'r Reading, range: Range<usize>, elisions: &'r Words) -> Self {
        Self { text: &reading.document.text, tokens: &reading.tokens, range, elisions }
    }

    /// What stands between marks, in order; never overlapping. Where the paragraph goes on with a quotation that the one
    /// before left open, that is the first.
    pub fn quoted(&self, carried: Option<Quoted>) -> Vec<Quoted> {
        let mut found: Vec<Quoted> = carried.into_iter().collect();
        let mut at = found.last().map_or(self.range.start, |carried| carried.after);
        while at < self.range.end {
            at = match self.tokens[at].kind {
                TokenKind::Mark => self.step(at, &mut found),
                _ => at + 1,
            };
        }
        found
    }

    /// Whether the paragraph goes on with a quotation that is open and closes it: `None` where it has no double mark.
    pub fn closes(&self) -> Option<bool> {
        self.first_double().map(|(at, side, _)| side == Side::Closes && at > self.range.start && !self.measures(at))
    }

    /// The end of a quotation that the paragraph before left open and this one does not open anew; the paragraph as a
    /// whole where it has no mark.
    pub fn carried_over(&self) -> Quoted {
        let start = self.range.start;
        match self.first_double() {
            Some((at, _, width)) => self.make(start, start..at, at + width, true, false),
            None => self.make(start, self.range.clone(), self.range.end, false, false),
        }
    }

    fn first_double(&self) -> Option<(usize, Side, usize)> {
        self.range.clone().find_map(|at| self.double(at).map(|(side, width)| (at, side, width)))
    }

    /// Looks at the mark at `at` and returns where to go on.
    fn step(&self, at: usize, found: &mut Vec<Quoted>) -> usize {
        let quoted = match self.double(at) {
            Some((side, width)) if side != Side::Closes && !self.measures(at) => Some(self.pair_double(at, width)),
            Some((_, width)) => return at + width,
            None if self.opens_single(at) => self.pair_single(at),
            None => None,
        };
        let Some(quoted) = quoted else { return at + 1 };
        let next = quoted.after;
        found.push(quoted);
        next
    }

    /// The quotation that the double mark at `open` begins.
    fn pair_double(&self, open: usize, width: usize) -> Quoted {
        let start = open + width;
        let mut at = start;
        while at < self.range.end {
            match self.double_inside(at) {
                Some((Side::Opens, _)) => break,
                Some((_, width)) => return self.make(open, start..at, at + width, true, false),
                None => at += 1,
            }
        }
        self.make(open, start..at, at, false, false)
    }

    fn make(&self, open: usize, inner: Range<usize>, after: usize, closed: bool, single: bool) -> Quoted {
        Quoted { open, inner, after, closed, single }
    }

    /// A double mark seen while one is open: anything that could close does.
    fn double_inside(&self, at: usize) -> Option<(Side, usize)> {
        let (side, width) = self.double(at)?;
        let closes = side != Side::Opens || self.closes_by_context(at, width);
        Some((if closes { Side::Closes } else { Side::Opens }, width))
    }

    /// What the double mark at `at` may be, and how many tokens it takes.
    fn double(&self, at: usize) -> Option<(Side, usize)> {
        let side = match self.char(at)? {
            '\u{201C}' | '\u{201E}' | '\u{00AB}' | '\u{201F}' => Side::Opens,
            '\u{201D}' | '\u{00BB}' if self.opens_by_context(at, 1) => Side::Either,
            '\u{201D}' | '\u{00BB}' => Side::Closes,
            '"' | '\u{2033}' | '\u{FF02}' => self.side_by_context(at, 1),
            '`' if self.twin(at, '`') => return Some((Side::Opens, 2)),
            '\'' if self.twin(at, '\'') => return Some((self.side_by_context(at, 2), 2)),
            '\u{2019}' if self.twin(at, '\u{2019}') => return Some((self.side_by_context(at, 2), 2)),
            _ => return None,
        };
        Some((side, 1))
    }

    /// True when the mark at `at` is doubled: `''`.
    fn twin(&self, at: usize, mark: char) -> bool {
        self.glued_right(at) && self.char(at + 1) == Some(mark)
    }

    fn side_by_context(&self, at: usize, width: usize) -> Side {
        match (self.opens_by_context(at, width), self.closes_by_context(at, width)) {
            (true, false) => Side::Opens,
            (false, true) => Side::Closes,
            _ => Side::Either,
        }
    }

    /// Free or a bracket or dash on the left, a word on the right.
    fn opens_by_context(&self, at: usize, width: usize) -> bool {
        let free = !self.glued_left(at) || self.char(at - 1).is_some_and(is_opener_neighbour);
        free && self.glued_right(at + width - 1)
    }

    /// Something on the left, free or a mark on the right.
    fn closes_by_context(&self, at: usize, width: usize) -> bool {
        let last = at + width - 1;
        let free = !self.glued_right(last) || self.tokens[last + 1].kind != TokenKind::Word;
        self.glued_left(at) && free && !self.char(at - 1).is_some_and(|c| matches!(c, '(' | '['))
    }

    /// `6' 2"`: feet, inches, minutes.
    fn measures(&self, at: usize) -> bool {
        self.glued_left(at) && self.tokens[at - 1].kind == TokenKind::Number && !self.glued_right(at)
    }

    fn opens_single(&self, at: usize) -> bool {
        let shape = match self.char(at) {
            Some('\u{2018}' | '\u{201B}') => self.glued_right(at),
            Some('\'' | '`') => self.opens_by_context(at, 1),
            _ => false,
        };
        shape && !self.is_elided(at + 1)
    }

    /// True for `'em`, `'90s`: the mark in front stands for letters left out.
    fn is_elided(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        match token.kind {
            TokenKind::Number => {
                let digits = token.norm.strip_suffix('s').unwrap_or(&token.norm);
                digits.len() == 2 && digits.bytes().all(|b| b.is_ascii_digit())
            }
            _ => self.elisions.contains(&token.norm),
        }
    }

    /// The quotation that the single mark at `open` begins, if one is found to close it or the
    /// paragraph begins with it and so may go on in the next.
    fn pair_single(&self, open: usize) -> Option<Quoted> {
        let start = open + 1;
        let mut doubtful = None;
        let mut at = start;
        while at < self.range.end && !(self.opens_single(at) && at > start) {
            match self.closes_single(at) {
                Some(true) => return Some(self.make(open, start..at, at + 1, true, true)),
                Some(false) => doubtful = doubtful.or(Some(at)),
                None => {}
            }
            at += 1;
        }
        if let Some(at) = doubtful {
            return Some(self.make(open, start..at, at + 1, true, true));
        }
        let whole = open == self.range.start && at == self.range.end;
        whole.then(|| self.make(open, start..at, at, false, true))
    }

    /// `Some(true)` for a single mark that surely closes, `Some(false)` for one that may be the
    /// apostrophe of a plural: `workers' pay`.
    fn closes_single(&self, at: usize) -> Option<bool> {
        if !matches!(self.char(at)?, '\'' | '\u{2019}') || !self.closes_by_context(at, 1) {
            return None;
        }
        let before = &self.tokens[at - 1];
        let plural = before.kind == TokenKind::Word && before.norm.ends_with('s');
        let word_follows =
            at + 1 < self.range.end && !self.glued_right(at) && self.tokens[at + 1].kind == TokenKind::Word;
        Some(!(plural && word_follows))
    }

    /// The character of a mark; `None` for words, numbers and anything outside the paragraph.
    fn char(&self, at: usize) -> Option<char> {
        let inside = self.range.contains(&at) && self.tokens[at].kind == TokenKind::Mark;
        if inside { self.text[self.tokens[at].span.start as usize..].chars().next() } else { None }
    }

    fn glued_left(&self, at: usize) -> bool {
        at > self.range.start && self.tokens[at - 1].span.end == self.tokens[at].span.start
    }

    fn glued_right(&self, at: usize) -> bool {
        at + 1 < self.range.end && self.tokens[at].span.end == self.tokens[at + 1].span.start
    }
}

fn is_opener_neighbour(c: char) -> bool {
    matches!(c, '(' | '[' | '{' | '-' | '/' | ':' | '\u{2010}'..='\u{2015}' | '\u{2018}' | '\u{201C}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::quotation::testing;

    fn inside(text: &str) -> String {
        let document = testing::document(text);
        let reading = testing::reading(&document);
        let elisions = ["em", "n"].map(String::from).into_iter().collect();
        let paragraph = Paragraph::new(&reading, 0..reading.tokens.len(), &elisions);
        let show = |q: &Quoted| {
            let words = if q.inner.is_empty() { "" } else { reading.text(reading.span_of(q.inner.clone())) };
            format!("{words}{}", if q.closed { "" } else { "…" })
        };
        paragraph.quoted(None).iter().map(show).collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn pairs_marks_of_all_shapes() {
        for (text, expected) in [
            ("He said “we won” and left.", "we won"),
            ("He said \"we won\" and \"we left\".", "we won | we left"),
            ("\"We won,\" he said. \"We left.\"", "We won, | We left."),
            ("''We won,'' he said.", "We won,"),
            ("``We won,'' he said.", "We won,"),
            ("«We won», he said.", "We won"),
            ("„We won”, he said.", "We won"),
            ("”We won,” he said.", "We won,"),
            ("‘We’re the workers’ choice,’ he said.", "We’re the workers’ choice,"),
            ("'It's Ann's win,' he said.", "It's Ann's win,"),
            ("It was the players' day.", ""),
            ("Songs of the '80s and the ’90s; rock 'n' roll, get 'em.", ""),
            ("He is 6' 2\" tall, she 5'4\".", ""),
            ("A 12\" record and a \"big hit\" too.", "big hit"),
            ("“He told me ‘go away’ and I left,” she said.", "He told me ‘go away’ and I left,"),
            ("‘She said “go” to us,’ he said.", "She said “go” to us,"),
            ("On \" Morning News\" today.", "Morning News"),
            ("(\"We won\") — \"we left\"", "We won | we left"),
            ("“We won, he said. “They lost.”", "We won, he said.… | They lost."),
            ("“We won, he said.", "We won, he said.…"),
            ("He said we won” and left.", ""),
        ] {
            assert_eq!(inside(text), expected, "{text}");
        }
    }
}
