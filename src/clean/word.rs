//! The words of a line as they stand between white space, and what they are made of.

use std::ops::Range;

/// The kinds of characters that a word has, a bit each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Kinds(u8);

impl Kinds {
    const NONE: Self = Self(0);
    pub const SMALL: Self = Self(1);
    pub const CAPITAL: Self = Self(1 << 1);
    pub const DIGIT: Self = Self(1 << 2);
    /// A straight double quotation mark.
    pub const QUOTE: Self = Self(1 << 3);
    /// Any other mark of ASCII.
    pub const MARK: Self = Self(1 << 4);
    /// None of ASCII.
    pub const WIDE: Self = Self(1 << 5);
    const SPACE: Self = Self(1 << 6);

    /// Whether some character is of one of these kinds.
    pub fn has(self, kinds: Self) -> bool {
        self.0 & kinds.0 != 0
    }

    /// These kinds and those.
    pub const fn and(self, kinds: Self) -> Self {
        Self(self.0 | kinds.0)
    }

    const fn of(byte: u8) -> Self {
        match byte {
            b'a'..=b'z' => Self::SMALL,
            b'A'..=b'Z' => Self::CAPITAL,
            b'0'..=b'9' => Self::DIGIT,
            b'"' => Self::QUOTE,
            b'\t'..=b'\r' | b' ' => Self::SPACE,
            0x80.. => Self::WIDE,
            _ => Self::MARK,
        }
    }
}

/// The kind of every byte.
const KINDS: [Kinds; 256] = {
    let mut table = [Kinds::NONE; 256];
    let mut at = 0;
    while at < 256 {
        table[at] = Kinds::of(at as u8);
        at += 1;
    }
    table
};

/// Calls `see` with each part of a text between white space and the kinds of its characters. As `split_whitespace`, which
/// decodes every character; a part beside white space that is none of ASCII may be told the kinds of both sides.
#[inline]
pub(crate) fn each_word<'t>(text: &'t str, mut see: impl FnMut(&'t str, Kinds)) {
    let (mut start, mut kinds) = (0, Kinds::NONE);
    let mut end = |word: Range<usize>, kinds: Kinds| match kinds {
        Kinds::NONE => {}
        kinds if kinds.has(Kinds::WIDE) => text[word].split_whitespace().for_each(|part| see(part, kinds)),
        kinds => see(&text[word], kinds),
    };
    for (at, byte) in text.bytes().enumerate() {
        let kind = KINDS[usize::from(byte)];
        if kind == Kinds::SPACE {
            end(start..at, kinds);
            (start, kinds) = (at + 1, Kinds::NONE);
        } else {
            kinds = kinds.and(kind);
        }
    }
    end(start..text.len(), kinds);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_those_of_the_standard_library() {
        for text in ["", " ", "a", " It\u{2019}s\u{A0}late.\r\n Go\u{3000}\u{85}on\t", "caf\u{E9} \u{2003}x\u{200B}y"] {
            let mut found = Vec::new();
            each_word(text, |word, _| found.push(word));
            assert_eq!(found, text.split_whitespace().collect::<Vec<_>>());
        }
    }

    #[test]
    fn kinds_are_told() {
        let mut found = Vec::new();
        each_word("pier, Pier 9 \u{C9}t\u{E9}", |_, kinds| found.push(kinds));
        let [small, capital] = [Kinds::SMALL, Kinds::CAPITAL];
        assert_eq!(found, [small.and(Kinds::MARK), small.and(capital), Kinds::DIGIT, small.and(Kinds::WIDE)]);
    }
}
