//! The common token: a word of ASCII letters that ends where they end.

use compact_str::CompactString;

use super::{Case, Token, TokenKind};
use crate::document::Span;

/// The bit in which a small letter of ASCII differs from its capital.
const SMALL: u8 = 0x20;

/// The word that begins at `at`, when it is of ASCII letters and what follows cannot be part of it.
pub(super) fn plain_word(text: &str, at: usize, end: usize) -> Option<Token> {
    let bytes = &text.as_bytes()[at..end];
    let (mut length, mut every, mut any) = (0, SMALL, 0);
    while let Some(byte) = bytes.get(length).filter(|byte| byte.is_ascii_alphabetic()) {
        (length, every, any) = (length + 1, every & byte, any | byte);
    }
    if length == 0 || bytes.get(length).is_some_and(|byte| may_go_on(*byte, length)) {
        return None;
    }
    let case = match (bytes[0] & SMALL, any & SMALL) {
        (SMALL, _) => Case::Lower,
        (_, SMALL) => Case::Capital,
        _ => Case::Upper,
    };
    let mut norm = CompactString::new(&text[at..at + length]);
    if every != SMALL {
        norm.make_ascii_lowercase();
    }
    Some(Token { span: Span::new(at, at + length), kind: TokenKind::Word, case, norm })
}

/// True when a word may go on with this byte behind so many letters: a dot only behind an initial.
fn may_go_on(byte: u8, letters: usize) -> bool {
    match byte {
        b'.' => letters == 1,
        b'-' | b'\'' | b'*' | b'0'..=b'9' => true,
        _ => !byte.is_ascii(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_words_that_end_with_their_letters_are_plain() {
        for (text, expected) in [
            ("harbour wall", Some(("harbour", Case::Lower))),
            ("Tarnby, the", Some(("tarnby", Case::Capital))),
            ("NATO.", Some(("nato", Case::Upper))),
            ("I", Some(("i", Case::Upper))),
            ("eBay", Some(("ebay", Case::Lower))),
            ("U.S.", None),
            ("two-day", None),
            ("it's", None),
            ("it\u{2019}s", None),
            ("d**n", None),
            ("B2", None),
            ("9th", None),
        ] {
            let found = plain_word(text, 0, text.len());
            assert_eq!(found.as_ref().map(|token| (token.norm.as_str(), token.case)), expected, "{text}");
        }
    }
}
