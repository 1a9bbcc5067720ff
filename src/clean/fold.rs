//! Folding: what counts as the same line has the same bytes.

use crate::text::fold_char;

/// A whole line as lines are compared.
pub(crate) fn folded(line: &str) -> Vec<u8> {
    let mut buffer = Vec::new();
    fold_into(line, &mut buffer);
    buffer
}

/// A part of a line, whose marks at both ends count.
pub(crate) fn open_folded(phrase: &str) -> Vec<u8> {
    let mut buffer = Vec::new();
    fold_part(phrase, &mut buffer);
    buffer
}

/// Folds a part of a line into `buffer`.
pub(crate) fn fold_part(part: &str, buffer: &mut Vec<u8>) {
    buffer.clear();
    Folding::new(buffer).push(part);
}

/// Folds a line into `buffer`: small letters, plain quotation marks and dashes, one space between
/// words, every run of digits as `0`, glued words apart, marks at both ends removed.
pub(crate) fn fold_into(line: &str, buffer: &mut Vec<u8>) {
    buffer.clear();
    let kept = |c: char| is_letter(c) || matches!(c, '\u{00A9}' | '%' | '\u{00B0}' | '(' | ')');
    Folding::new(buffer).push(line.trim_matches(|c| !kept(c)));
}

/// Letters and digits; the common marks are told without a look into the tables of Unicode.
pub(crate) fn is_letter(c: char) -> bool {
    c.is_ascii_alphanumeric() || !c.is_ascii() && !('\u{2000}'..='\u{206F}').contains(&c) && c.is_alphanumeric()
}

/// A capital behind so many small letters begins a word that was glued on.
pub(crate) const GLUED_LETTERS: usize = 4;

/// Bytes that are looked at together: most hold nothing but words with single spaces between.
const CHUNK: usize = 16;

/// A line on its way.
struct Folding<'b> {
    buffer: &'b mut Vec<u8>,
    /// The last byte that was written; 0 behind a letter of other scripts.
    last: u8,
    /// Small letters that were just read.
    letters: usize,
}

impl<'b> Folding<'b> {
    fn new(buffer: &'b mut Vec<u8>) -> Self {
        Self { buffer, last: b' ', letters: 0 }
    }

    fn push(&mut self, text: &str) {
        self.buffer.reserve(text.len() + CHUNK);
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            if let Some(chunk) = bytes[at..].first_chunk().filter(|chunk| self.is_plain(chunk)) {
                self.push_chunk(*chunk);
                at += CHUNK;
                continue;
            }
            let stop = bytes.len().min(at + CHUNK);
            while at < stop {
                at += self.push_char(text, at);
            }
        }
    }

    /// True for a chunk that only has to be written small.
    fn is_plain(&self, chunk: &[u8; CHUNK]) -> bool {
        let mut before = [if self.letters > 0 { b'a' } else { self.last }; CHUNK];
        before[1..].copy_from_slice(&chunk[..CHUNK - 1]);
        chunk.iter().zip(&before).fold(0, |odd, (byte, before)| odd | is_odd(*byte, *before)) == 0
    }

    fn push_chunk(&mut self, mut chunk: [u8; CHUNK]) {
        self.letters = chunk.iter().rev().take(GLUED_LETTERS).take_while(|byte| byte.is_ascii_lowercase()).count();
        chunk.make_ascii_lowercase();
        self.buffer.extend_from_slice(&chunk);
        self.last = chunk[CHUNK - 1];
    }

    /// Folds the character at `at`; its length.
    fn push_char(&mut self, text: &str, at: usize) -> usize {
        let byte = text.as_bytes()[at];
        if byte.is_ascii() {
            self.push_byte(byte);
            return 1;
        }
        let wide = text[at..].chars().next().unwrap_or_default();
        self.push_wide(wide);
        wide.len_utf8()
    }

    #[inline]
    fn push_byte(&mut self, byte: u8) {
        if byte.is_ascii_uppercase() && self.letters >= GLUED_LETTERS {
            self.buffer.push(b' ');
        }
        self.letters = if byte.is_ascii_lowercase() { self.letters + 1 } else { 0 };
        let folded = fold_ascii(byte);
        if folded != self.last || !matches!(folded, b' ' | b'0') {
            self.buffer.push(folded);
            self.last = folded;
        }
    }

    /// Folds a character that is none of ASCII.
    fn push_wide(&mut self, c: char) {
        self.letters = 0;
        let plain = fold_char(c);
        if plain.is_ascii() {
            return self.push_byte(plain as u8);
        }
        let small = plain.to_lowercase().next().unwrap_or(plain);
        self.buffer.extend_from_slice(small.encode_utf8(&mut [0; 4]).as_bytes());
        self.last = 0;
    }
}

/// 1 for a byte that needs a closer look behind `before`. Written so that many are looked at in one step.
fn is_odd(byte: u8, before: u8) -> u8 {
    let is = |found: bool| u8::from(found);
    let is_among = |byte: u8, first: u8, count: u8| is(byte.wrapping_sub(first) < count);
    let spaces = is(byte == b' ') & is(before == b' ');
    let glued = is_among(byte, b'A', 26) & is_among(before, b'a', 26);
    is(byte >= 0x80) | is_among(byte, b'0', 10) | is_among(byte, b'\t', 5) | spaces | glued
}

const fn fold_ascii(byte: u8) -> u8 {
    match byte {
        b'0'..=b'9' => b'0',
        b'\t'..=b'\r' => b' ',
        _ => byte.to_ascii_lowercase(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_glued_words_apart() {
        assert_eq!(folded("Writer's pictureMara Lind"), b"writer's picture mara lind");
        assert_eq!(folded("YouTube and SMS"), b"youtube and sms");
    }

    #[test]
    fn folds_figures_quotes_and_edges() {
        assert_eq!(folded("\u{2022} It\u{2019}s  12,300 Views! "), b"it's 0,0 views");
        assert_eq!(folded("24.1 \u{B0}"), "0.0 \u{B0}".as_bytes());
    }

    #[test]
    fn a_long_line_is_folded_as_its_characters_are() {
        let odd = ["", "  ", "7", "\u{2019}", "\u{A0} ", "lightHouse", "\t \u{c9}", "12 34"];
        let line = |odd: &str, at: usize| {
            let words = "The harbour and its old pier were closed on Friday after a lorry hit the wall there";
            format!("{}{odd}{}", &words[..at], &words[at..])
        };
        let slowly = |text: &str| {
            let mut buffer = Vec::new();
            let mut folding = Folding::new(&mut buffer);
            for (at, _) in text.char_indices() {
                folding.push_char(text, at);
            }
            buffer
        };
        for (odd, at) in odd.iter().flat_map(|odd| (0..80).map(move |at| (odd, at))) {
            let line = line(odd, at);
            assert_eq!(open_folded(&line), slowly(&line), "{line}");
        }
    }
}
