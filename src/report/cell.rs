//! Text that a spreadsheet program shows as it is, and computes never.

use std::borrow::Cow;

use super::CellRules;

/// A text made fit for a cell, and what had to be done for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fitted<'t> {
    /// The text of the cell.
    pub text: Cow<'t, str>,
    /// A leading `'` was set before what looked like a formula.
    pub neutralised: bool,
    /// The end was cut off.
    pub cut: bool,
}

/// Makes `text` fit: no line breaks, no formula, no more characters than a program bears.
pub fn fit<'t>(text: &'t str, rules: &CellRules) -> Fitted<'t> {
    let neutralised = text.chars().next().is_some_and(|first| rules.formula_starts.contains(&first));
    let mut text = one_line(text);
    if neutralised {
        text.to_mut().insert(0, '\'');
    }
    let cut = shorten(&mut text, rules);
    Fitted { text, neutralised, cut }
}

/// `text` with a space for every line break and NUL.
fn one_line(text: &str) -> Cow<'_, str> {
    let breaks = |c: char| matches!(c, '\n' | '\r' | '\0' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}');
    if !has_breaks(text.as_bytes()) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace("\r\n", " ").replace(breaks, " "))
}

/// Whether any character breaks the line. Nearly all texts have none, and bytes are looked at faster.
fn has_breaks(text: &[u8]) -> bool {
    let is_plain = !text.iter().fold(false, |found, byte| found | !(b' '..=b'~').contains(byte));
    let breaks = |byte: &u8| *byte == 0 || (b'\n'..=b'\r').contains(byte);
    // The last bytes of the three breaks beyond ASCII; other characters end in these bytes too.
    let beyond = |at: usize| ["\u{85}", "\u{2028}", "\u{2029}"].iter().any(|c| text[..=at].ends_with(c.as_bytes()));
    let is_control = || text.iter().fold(false, |found, byte| found | (*byte < b' '));
    !is_plain && (is_control() && text.iter().any(breaks) || memchr::memchr3_iter(0x85, 0xa8, 0xa9, text).any(beyond))
}

/// Cuts `text` to the length that programs bear, which they count in UTF-16.
fn shorten(text: &mut Cow<'_, str>, rules: &CellRules) -> bool {
    if text.len() <= rules.longest || text.encode_utf16().count() <= rules.longest {
        return false;
    }
    let mut room = rules.longest.saturating_sub(rules.mark.encode_utf16().count());
    let fits = |(_, c): &(usize, char)| {
        let enough = room >= c.len_utf16();
        room = room.saturating_sub(c.len_utf16());
        enough
    };
    let end = text.char_indices().take_while(fits).last().map_or(0, |(at, c)| at + c.len_utf8());
    let text = text.to_mut();
    text.truncate(end);
    text.push_str(&rules.mark);
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::RuleBook;
    use proptest::prelude::*;

    fn rules(longest: usize) -> CellRules {
        let mut rules = RuleBook::load(None).unwrap().report.cells;
        rules.longest = longest;
        rules
    }

    #[test]
    fn cells_are_fitted() {
        let check = |text: &str, expected: &str, flags| {
            let rules = rules(20);
            let fitted = fit(text, &rules);
            assert_eq!((&*fitted.text, (fitted.neutralised, fitted.cut)), (expected, flags), "{text:?}");
        };
        check("plain", "plain", (false, false));
        check("=1+1", "'=1+1", (true, false));
        check("\tx", "'\tx", (true, false));
        check("\n=1", "' =1", (true, false));
        check("＝A1", "'＝A1", (true, false));
        check("a\r\nb\nc\0d", "a b c d", (false, false));
        check("é\u{85}b\u{2028}c…\u{2029}", "é b c… ", (false, false));
        check("12345678901234567890", "12345678901234567890", (false, false));
        check("123456789012345678901", "1234567890123456 […]", (false, true));
        check("éééééééééééééééééééé", "éééééééééééééééééééé", (false, false));
        check("😀😀😀😀😀😀😀😀😀😀😀", "😀😀😀😀😀😀😀😀 […]", (false, true));
        check("-2345678901234567890", "'-23456789012345 […]", (true, true));
    }

    proptest! {
        #[test]
        fn no_cell_begins_a_formula_breaks_a_line_or_is_too_long(text in "([=+@\t\r\n\0＝＋－＠😀a-]|.){0,40}") {
            let rules = rules(12);
            let fitted = fit(&text, &rules).text;
            prop_assert!(!fitted.starts_with(rules.formula_starts.as_slice()));
            prop_assert!(!fitted.contains(['\n', '\r', '\0']));
            prop_assert!(fitted.encode_utf16().count() <= 12);
        }
    }
}
