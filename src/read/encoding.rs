//! Bytes to text: byte order marks, UTF-8, what the page declares, else a guess; damage is counted, never hidden.
//!
//! UTF-8 keeps every byte as it is, a byte order mark and `\r` included, so that byte offsets
//! into the text are byte offsets into the file. (The tokeniser takes both for white space.)

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, MACINTOSH, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use memchr::memmem;

use super::bounded::{Input, read_whole};
use super::macintosh::is_macintosh;
use super::mojibake::traces;
use super::record::Job;
use super::rules::Encodings;
use super::trouble::Trouble;

/// Text with what is known of how it was decoded.
#[derive(Debug, PartialEq)]
pub(super) struct Decoded {
    /// The text.
    pub text: String,
    /// The name of the encoding.
    pub encoding: &'static str,
    /// Characters that could not be decoded, and traces of an earlier wrong decoding.
    pub undecodable: u32,
}

/// Data are parsed as UTF-8: a file in UTF-16, as spreadsheets save it, is decoded as a whole, at most one document long.
///
/// # Errors
/// It is longer, or cannot be read.
pub(super) fn in_utf_8(mut input: Input, job: &mut Job) -> Result<Input, Trouble> {
    let head = input.fill_buf()?;
    let marked = Encoding::for_bom(head).map(|(encoding, _)| encoding).filter(|encoding| *encoding != UTF_8);
    let Some(encoding) = marked.or_else(|| utf_16_without_mark(head)) else { return Ok(input) };
    let bytes = read_whole(input.as_mut(), job.rules.limits.document_bytes)?;
    job.encoding = Some(encoding.name());
    Ok(Box::new(std::io::Cursor::new(decode_as(encoding, &bytes).text.into_bytes())))
}

/// Decodes `bytes`; `declared` is the label that a page or its header gives.
pub(super) fn decode(bytes: Vec<u8>, declared: Option<&str>, rules: &Encodings) -> Decoded {
    if let Some((encoding, _)) = Encoding::for_bom(&bytes).filter(|(encoding, _)| *encoding != UTF_8) {
        return decode_as(encoding, &bytes);
    }
    if let Some(encoding) = utf_16_without_mark(&bytes).or_else(|| shifted(&bytes)) {
        return decode_as(encoding, &bytes);
    }
    match String::from_utf8(bytes) {
        Ok(text) => counted(text, UTF_8.name()),
        Err(broken) => decode_other(&broken.into_bytes(), declared, rules),
    }
}

/// Decodes what is no valid UTF-8.
fn decode_other(bytes: &[u8], declared: Option<&str>, rules: &Encodings) -> Decoded {
    let declared = declared.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    if let Some(encoding) = declared.filter(|encoding| *encoding != UTF_8) {
        return decode_as(encoding, bytes);
    }
    if is_damaged_utf_8(bytes, declared.is_some(), rules) {
        return decode_as(UTF_8, bytes);
    }
    decode_as(guess(bytes, rules), bytes)
}

fn decode_as(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, encoding, _) = encoding.decode(bytes);
    counted(text.into_owned(), encoding.name())
}

fn counted(text: String, encoding: &'static str) -> Decoded {
    let undecodable = undecodable(&text);
    Decoded { text, encoding, undecodable }
}

/// Counts lost characters and traces of a wrong decoding in `text`.
pub(super) fn undecodable(text: &str) -> u32 {
    traces(text).count() as u32
}

/// True when a word of `text` is damaged: whoever compares it finds differences that nobody printed.
pub fn is_torn(text: &str) -> bool {
    traces(text).any(|trace| trace.tears(text))
}

/// A file that says it is UTF-8, or nearly is, is UTF-8 with a few damaged places.
fn is_damaged_utf_8(bytes: &[u8], says_so: bool, rules: &Encodings) -> bool {
    let mut damage = 0;
    let mut multibyte = 0;
    for chunk in bytes.utf8_chunks() {
        damage += usize::from(!chunk.invalid().is_empty());
        multibyte += chunk.valid().bytes().filter(|byte| *byte >= 0xC0).count();
    }
    let slight = damage * 1000 <= bytes.len() * rules.damage_per_thousand;
    // Without any sound sequence beside the damage it is another encoding, whatever the page says.
    slight && multibyte > if says_so { damage } else { 2 * damage }
}

/// Latin text as UTF-16 has a zero in every other byte.
fn utf_16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    const LOOKED_AT: usize = 512;
    let head = &bytes[..bytes.len().min(LOOKED_AT)];
    let zeros = |offset: usize| head.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    let half = head.len() / 2;
    match (zeros(0), zeros(1)) {
        (0, odd) if half > 1 && odd * 10 > half * 8 => Some(UTF_16LE),
        (even, 0) if half > 1 && even * 10 > half * 8 => Some(UTF_16BE),
        _ => None,
    }
}

/// Japanese as mail writes it: plain ASCII bytes, with signs where the characters begin and end.
fn shifted(bytes: &[u8]) -> Option<&'static Encoding> {
    let begins = |at: usize| bytes[at..].starts_with(b"\x1B$B") || bytes[at..].starts_with(b"\x1B$@");
    memchr::memchr_iter(0x1B, bytes).any(begins).then_some(ISO_2022_JP)
}

/// The encoding of a row or another part of a file, whose cells are too short to tell it each by itself; none for UTF-8.
pub(super) fn of_part(bytes: &[u8], rules: &Encodings) -> Option<&'static str> {
    let is_other = std::str::from_utf8(bytes).is_err() && !is_damaged_utf_8(bytes, false, rules);
    is_other.then(|| guess(bytes, rules).name())
}

fn guess(bytes: &[u8], rules: &Encodings) -> &'static Encoding {
    if has_only_marks(bytes, rules) {
        return WINDOWS_1252;
    }
    if is_macintosh(&bytes[..bytes.len().min(rules.sample_bytes)]) {
        return MACINTOSH;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    // What is ASCII at the front tells nothing: begin where the first other byte is.
    let from = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(0);
    let sample = &bytes[from..bytes.len().min(from + rules.sample_bytes)];
    detector.feed(sample, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// True for text whose only characters beyond ASCII are quotation marks, dashes and the like of windows-1252. These say
/// little, and a guesser takes the pound for a Polish letter.
fn has_only_marks(bytes: &[u8], rules: &Encodings) -> bool {
    let (text, _, _) = WINDOWS_1252.decode(&bytes[..bytes.len().min(rules.sample_bytes)]);
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
    let mut others = text.char_indices().filter(|(_, c)| !c.is_ascii());
    others.all(|(at, c)| {
        let behind = text[at + c.len_utf8()..].chars().next();
        rules.marks.contains(c) || rules.currencies.contains(c) && !is_letter(behind)
    })
}

/// True for bytes that are no text in any encoding this program reads.
pub(super) fn is_binary(head: &[u8]) -> bool {
    const UTF_32: [&[u8]; 2] = [b"\xFF\xFE\0\0", b"\0\0\xFE\xFF"];
    if UTF_32.iter().any(|mark| head.starts_with(mark)) {
        return true;
    }
    if Encoding::for_bom(head).is_some() || utf_16_without_mark(head).is_some() {
        return false;
    }
    let controls = head.iter().filter(|byte| matches!(byte, 0x01..=0x08 | 0x0E..=0x1A | 0x1C..=0x1F)).count();
    memchr::memchr(0, head).is_some() || controls * 20 > head.len()
}

/// The label in `<meta charset=…>`, `<meta … content="text/html; charset=…">` or `<?xml encoding=…?>`.
pub(super) fn declared(bytes: &[u8]) -> Option<String> {
    const LOOKED_AT: usize = 4096;
    let head = bytes[..bytes.len().min(LOOKED_AT)].to_ascii_lowercase();
    let at = find_end(&head, b"charset=").or_else(|| find_end(&head, b"encoding="))?;
    let label = head[at..].iter().copied().skip_while(|byte| matches!(byte, b'"' | b'\'' | b' '));
    let label: Vec<u8> = label.take_while(|byte| byte.is_ascii_alphanumeric() || b"-_:".contains(byte)).collect();
    String::from_utf8(label).ok().filter(|label| !label.is_empty())
}

fn find_end(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    memmem::find(haystack, needle).map(|at| at + needle.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Rules;
    use crate::read::rules::DEFAULTS;

    fn check(bytes: &[u8], declared: Option<&str>, text: &str, encoding: &str, undecodable: u32) {
        let rules = Rules::parse(DEFAULTS).unwrap().encoding;
        let decoded = decode(bytes.to_vec(), declared, &rules);
        assert_eq!((decoded.text.as_str(), decoded.encoding, decoded.undecodable), (text, encoding, undecodable));
    }

    #[test]
    fn torn_words_are_told_from_torn_marks() {
        for (text, torn) in [
            ("We will n\u{FFFD}t go back.", true),
            ("We don\u{FFFD}t know.", true),
            ("They wonâ€™t sail.", true),
            ("He said: \u{FFFD}We will go.\u{FFFD}", false),
            ("He said: â€œWe will go.â€\u{9d}", false),
            ("The cafÃ© is shut.", true),
            ("The café won’t open.", false),
        ] {
            assert_eq!(is_torn(text), torn, "{text}");
        }
    }

    #[test]
    fn utf_8_keeps_every_byte() {
        check("Café\r\n".as_bytes(), None, "Café\r\n", "UTF-8", 0);
        check("\u{FEFF}Mayor".as_bytes(), None, "\u{FEFF}Mayor", "UTF-8", 0);
        check("Café".as_bytes(), Some("iso-8859-1"), "Café", "UTF-8", 0);
    }

    #[test]
    fn marks_labels_and_looks_tell_other_encodings() {
        check(b"\xFF\xFEh\0i\0", None, "hi", "UTF-16LE", 0);
        check(b"\0h\0i\0 \0y\0o\0u", None, "hi you", "UTF-16BE", 0);
        check(b"caf\xE9 open", Some("windows-1252"), "café open", "windows-1252", 0);
        check(b"caf\xE9 open", Some("utf-8"), "café open", "windows-1252", 0);
        check(
            b"\x93We won,\x94 she said. The caf\xE9 was full.",
            None,
            "“We won,” she said. The café was full.",
            "windows-1252",
            0,
        );
    }

    #[test]
    fn marks_alone_are_those_of_windows() {
        let check = |bytes: &[u8], text: &str, encoding: &str| check(bytes, None, text, encoding, 0);
        check(b"\x93It cost \xA31.4 million,\x94 she said.", "“It cost £1.4 million,” she said.", "windows-1252");
        check(
            b"They feared \x96 rightly \x96 for their trade.",
            "They feared – rightly – for their trade.",
            "windows-1252",
        );
        check("Łapin and Łódź, he said; Święcicki".as_bytes(), "Łapin and Łódź, he said; Święcicki", "UTF-8");
        let polish = "Zbigniew Święcicki of Łódź said Późno, and Żaneta Błażejewska, who runs a shop in Chełm, agreed.";
        let (bytes, _, _) = encoding_rs::WINDOWS_1250.encode(polish);
        check(&bytes, polish, "windows-1250");
    }

    #[test]
    fn what_is_written_in_plain_bytes_may_be_japanese() {
        let (bytes, _, _) = ISO_2022_JP.encode("市議会は火曜日、橋を閉鎖");
        check(&bytes, None, "市議会は火曜日、橋を閉鎖", "ISO-2022-JP", 0);
    }

    #[test]
    fn damage_and_traces_of_damage_are_counted() {
        let damaged = ["né à Orléans, très tôt, à côté — élève ".repeat(20).as_bytes(), b"\xFF."].concat();
        let expected = "né à Orléans, très tôt, à côté — élève ".repeat(20) + "\u{FFFD}.";
        check(&damaged, None, &expected, "UTF-8", 1);
        check("It wasnâ€™t the cafÃ©".as_bytes(), None, "It wasnâ€™t the cafÃ©", "UTF-8", 2);
    }

    #[test]
    fn binary_is_told_from_text() {
        for (bytes, expected) in [
            (&b"\x89PNG\r\n\x1a\n\0\0"[..], true),
            (b"plain", false),
            (b"\xFF\xFEh\0", false),
            (b"\xFF\xFE\0\0h\0\0\0", true),
        ] {
            assert_eq!(is_binary(bytes), expected);
        }
    }

    #[test]
    fn a_page_declares_its_encoding() {
        let pages = [
            ("<meta charset=\"windows-1251\">", Some("windows-1251")),
            ("<META content='text/html; charset=ISO-8859-1'>", Some("iso-8859-1")),
            ("<?xml version='1.0' encoding='utf-8'?>", Some("utf-8")),
            ("<p>plain</p>", None),
        ];
        for (page, expected) in pages {
            assert_eq!(declared(page.as_bytes()).as_deref(), expected);
        }
    }
}
