//! Folding: one spelling for characters that print the same thing.

use compact_str::CompactString;

/// Lower case with typographic quotes, dashes and spaces replaced by their plain forms.
/// Accents stay: they tell names apart, and comparators decide about them.
pub fn fold(word: &str) -> CompactString {
    if word.is_ascii() {
        let mut folded = CompactString::new(word);
        if word.bytes().any(|byte| byte.is_ascii_uppercase()) {
            folded.make_ascii_lowercase();
        }
        return folded;
    }
    word.chars().flat_map(|c| fold_char(c).to_lowercase()).collect()
}

/// The plain form of a typographic character; any other character as it is.
pub fn fold_char(c: char) -> char {
    match c {
        '\u{2018}' | '\u{2019}' | '\u{201A}' | '\u{201B}' | '\u{2032}' | '\u{02BC}' | '`' | '\u{00B4}' => '\'',
        '\u{201C}' | '\u{201D}' | '\u{201E}' | '\u{201F}' | '\u{2033}' | '\u{00AB}' | '\u{00BB}' => '"',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '\u{00A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}' => ' ',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_case_quotes_and_dashes() {
        for (word, expected) in [("Kim\u{2019}s", "kim's"), ("A\u{2013}B", "a-b"), ("ÉTÉ", "été"), ("U.S.", "u.s.")]
        {
            assert_eq!(fold(word), expected);
        }
    }
}
