//! Text of old Macintoshes: nothing marks it, and a guesser takes it for windows-1252 or worse. It is told by where its
//! characters stand: under the right encoding in words and around them, under the wrong one as capitals within words,
//! signs within words and control characters.

use encoding_rs::{Encoding, MACINTOSH, WINDOWS_1252};

/// True for English bytes whose characters beyond ASCII stand where they belong under Mac Roman, and mostly do not under
/// windows-1252.
pub(super) fn is_macintosh(bytes: &[u8]) -> bool {
    let (fit, all) = fitting(bytes, MACINTOSH);
    let (other, _) = fitting(bytes, WINDOWS_1252);
    all > 0 && 10 * fit >= 9 * all && 2 * other <= all
}

/// How many characters beyond ASCII stand where they belong, and how many there are.
fn fitting(bytes: &[u8], encoding: &'static Encoding) -> (usize, usize) {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let wide = text.char_indices().filter(|(_, character)| !character.is_ascii());
    wide.fold((0, 0), |(fit, all), (at, character)| {
        let behind = text[at + character.len_utf8()..].chars().next().unwrap_or(' ');
        let before = text[..at].chars().next_back().unwrap_or(' ');
        (fit + usize::from(belongs(before, character, behind)), all + 1)
    })
}

/// Whether a character may stand between two others in an English text.
fn belongs(before: char, character: char, behind: char) -> bool {
    let is_near = |is: fn(&char) -> bool| is(&before) || is(&behind);
    match character {
        '‘' | '“' => !before.is_alphanumeric() && !behind.is_whitespace(),
        '’' | '”' => !before.is_whitespace() || behind.is_alphanumeric(),
        '–' | '—' | '…' | '•' | '·' | '\u{A0}' | '«' | '»' | '©' | '®' | '™' => true,
        '£' | '¥' | '¢' | '€' | '°' | 'º' => is_near(char::is_ascii_digit),
        _ if character.is_lowercase() => is_near(char::is_ascii_alphabetic) && !behind.is_uppercase(),
        _ if character.is_uppercase() => is_near(char::is_ascii_alphabetic) && !before.is_lowercase(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_told_by_where_its_characters_stand() {
        let check = |bytes: &[u8], expected| assert_eq!(is_macintosh(bytes), expected, "{bytes:?}");
        check(b"\xD2We will not sail,\xD3 she said at the caf\x8E. It\xD5s over \xD1 for now\xC9", true);
        check(b"They don\xD5t sail.", true);
        check(b"Plain text.", false);
        let windows = |text: &str| WINDOWS_1252.encode(text).0.into_owned();
        check(&windows("“We will not sail,” she said at the café. It’s over – for now… It cost £5."), false);
        check(&windows("It cost €4 at Évian and 30 °C in FRANÇOIS’S naïve façade."), false);
        for (encoding, text) in [
            (encoding_rs::WINDOWS_1251, "Паром сегодня не ходит, сказал капитан."),
            (encoding_rs::WINDOWS_1250, "Prom dziś nie popłynie, powiedział kapitan żeglugi."),
            (encoding_rs::WINDOWS_1253, "Το πλοίο δεν θα φύγει σήμερα."),
            (encoding_rs::SHIFT_JIS, "船は今日は出ません。"),
            (encoding_rs::WINDOWS_1252, "Das Schiff fährt heute nicht, sagte der Kapitän über Funk."),
        ] {
            check(&encoding.encode(text).0, false);
        }
    }
}
