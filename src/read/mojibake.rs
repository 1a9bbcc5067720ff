//! Traces of damage in a decoded text: lost characters, and UTF-8 that was once read as a Windows or Latin encoding.
//!
//! Whoever reads the bytes of `é` in UTF-8 as windows-1252 sees `Ã©`. So the other way round: characters that, written
//! as windows-1252, are the bytes of one character in UTF-8 are its traces, unless they may as well be a letter and
//! the mark behind it (`CAFÉ”`). Nothing is repaired: offsets into the text are offsets into the file.

use std::ops::Range;

use encoding_rs::WINDOWS_1252;

/// A place where the text is damaged.
#[derive(Debug, PartialEq)]
pub(super) struct Trace {
    /// Its bytes.
    span: Range<usize>,
    /// What stood there; none where it is lost.
    meant: Option<char>,
}

/// All places where `text` is damaged.
pub(super) fn traces(text: &str) -> impl Iterator<Item = Trace> {
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < text.len() {
            // What is ASCII is sound: the common case is passed over without looking at characters.
            at += text.as_bytes()[at..].iter().position(|byte| !byte.is_ascii()).unwrap_or(text.len() - at);
            let found = trace_at(text, at);
            at += found.as_ref().map_or(text[at..].chars().next().map_or(0, char::len_utf8), |trace| trace.span.len());
            if found.is_some() {
                return found;
            }
        }
        None
    })
}

impl Trace {
    /// Whether a word of `text` is torn here: a letter was damaged, or what stood between two letters.
    pub(super) fn tears(&self, text: &str) -> bool {
        let is_letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
        let (front, behind) = (text[..self.span.start].chars().next_back(), text[self.span.end..].chars().next());
        is_letter(self.meant) || is_letter(front) && is_letter(behind)
    }
}

fn trace_at(text: &str, at: usize) -> Option<Trace> {
    let first = text[at..].chars().next()?;
    let trace = |length: usize, meant| Some(Trace { span: at..at + length, meant });
    if first == char::REPLACEMENT_CHARACTER {
        return trace(first.len_utf8(), None);
    }
    if let Some((length, meant)) = twice_encoded(&text[at..])
        && !is_letter_with_mark(text, at, meant)
    {
        return trace(length, Some(meant));
    }
    // `â€` is the front of a quotation mark whose last byte windows-1252 does not know.
    if let Some(rest) = text[at..].strip_prefix("â€") {
        let lost = rest.chars().next().filter(|c| *c == char::REPLACEMENT_CHARACTER).map_or(0, char::len_utf8);
        return trace("â€".len() + lost, None);
    }
    matches!(first, '\u{80}'..='\u{84}' | '\u{86}'..='\u{9F}').then_some(trace(first.len_utf8(), None))?
}

/// The character whose bytes in UTF-8 the first characters of `text` are, and how long they are.
fn twice_encoded(text: &str) -> Option<(usize, char)> {
    let mut bytes = [0; 3];
    let mut length = 0;
    let wanted = match byte_of(text.chars().next()?)? {
        // Â Ã Ä Å, Î Ï, Ð Ñ, Ø Ù: the letters of Europe and Arabia.
        0xC2..=0xC5 | 0xCE..=0xD1 | 0xD8 | 0xD9 => 2,
        // â: marks and currencies; ï: a byte order mark, full-width forms.
        0xE2 | 0xEF => 3,
        _ => return None,
    };
    for (at, c) in text.chars().take(wanted).enumerate() {
        bytes[at] = byte_of(c)?;
        length += c.len_utf8();
    }
    let meant = std::str::from_utf8(&bytes[..wanted]).ok()?.chars().next()?;
    // `â` before a space that does not break and a mark is French, and the character would be Braille.
    let is_usual = wanted == 2 || bytes[1] <= 0x86 || bytes[0] == 0xEF && bytes[1] >= 0xBB;
    is_usual.then_some((length, meant))
}

/// A capital before a mark that closes what it ends: no trace, but `IRMÃ”` or `the letter “Å”`.
fn is_letter_with_mark(text: &str, at: usize, meant: char) -> bool {
    let mut pair = text[at..].chars();
    let (first, second) = (pair.next().unwrap_or_default(), pair.next().unwrap_or_default());
    let before = text[..at].chars().next_back();
    let is_common = matches!(first, 'Â' | 'Ã') && !before.is_some_and(char::is_uppercase);
    meant.len_utf8() == 2 && "‘’“”…–—›»™".contains(second) && !is_common && !before.is_some_and(char::is_lowercase)
}

/// The byte of a character in windows-1252, or in Latin-1 where that has none.
fn byte_of(c: char) -> Option<u8> {
    if let '\u{80}'..='\u{FF}' = c {
        return Some(c as u8);
    }
    let mut buffer = [0; 4];
    let (bytes, _, lost) = WINDOWS_1252.encode(c.encode_utf8(&mut buffer));
    if lost { None } else { bytes.first().copied().filter(|byte| *byte >= 0x80) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(text: &str) -> usize {
        traces(text).count()
    }

    #[test]
    fn each_damaged_character_is_a_trace() {
        for (text, expected) in [
            ("It wasnâ€™t the cafÃ©", 2),
            ("ZoÃ« MÃ¼ller paid â‚¬40 and Â£3", 4),
            ("It\u{e2}\u{80}\u{99}s a fa\u{c3}\u{a7}ade \u{e2}\u{80}\u{94} no more", 3),
            ("He said: â€œNo.â€\u{9d} She: â€œNo.â€\u{FFFD} They: â€œNo.â€", 6),
            ("Å\u{81}Ã³dÅº and WisÅ‚a", 4),
            ("ÐœÐ¾ÑÐºÐ²Ð°", 5),
            ("ï»¿The quay", 1),
            ("n\u{FFFD}t a caf\u{FFFD}", 2),
            ("The price\u{92}s up", 1),
        ] {
            assert_eq!(count(text), expected, "{text}");
        }
    }

    #[test]
    fn letters_with_marks_are_sound() {
        for text in [
            "The café won’t open at “CAFÉ”, said Zoë Müller…",
            "“VOILÀ”, “PELÉ’S”, “SÃO”, the letter “Å” – “Ø…”",
            "«\u{a0}Voilà\u{a0}», dit-elle à\u{a0}«\u{a0}Libé\u{a0}».",
            "Łódź, Kraków, Đà Nẵng; 5\u{a0}°C, £3 – €4, 2½ • © 2025",
            "Der Arzt hieß Öztürk. Ñandú, Åre, Ørsted, Îles, IRMÃ”",
        ] {
            assert_eq!(count(text), 0, "{text}: {:?}", traces(text).collect::<Vec<_>>());
        }
    }
}
