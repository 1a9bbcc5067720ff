//! Tokens: words, numbers and marks with their spans.

use compact_str::CompactString;

use super::fold;
use super::plain::plain_word;
use crate::document::Span;

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// Letters, with inner hyphens, apostrophes and the dots of initialisms: `Jong-un`, `U.S.`, `don't`.
    Word,
    /// The possessive `'s` or a bare `'` behind a word, split from its word.
    Possessive,
    /// Digits with inner separators and a trailing ordinal or unit: `1,200`, `18:38`, `7.3`, `70th`, `5km`.
    Number,
    /// One character of anything else but white space.
    Mark,
}

/// How a word is capitalised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// No capital at the front.
    Lower,
    /// A capital at the front and a small letter after it.
    Capital,
    /// Capitals only; a single capital letter too.
    Upper,
}

/// A token of a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    /// Its bytes in the text.
    pub span: Span,
    /// What it is made of.
    pub kind: TokenKind,
    /// How it is capitalised; `Lower` for all but words.
    pub case: Case,
    /// Its folded form: lower case, plain quotes and dashes.
    pub norm: CompactString,
}

impl Token {
    /// True for a word or number: what a reader would count.
    pub fn is_wordlike(&self) -> bool {
        matches!(self.kind, TokenKind::Word | TokenKind::Number)
    }

    /// True for a word that begins with a capital.
    pub fn is_capitalised(&self) -> bool {
        self.case != Case::Lower
    }

    /// True when the folded form is `word`.
    #[inline]
    pub fn is(&self, word: &str) -> bool {
        self.norm == word
    }
}

/// Cuts `text[span]` into tokens. White space, line ends included, only separates.
pub fn tokenize(text: &str, span: Span) -> Vec<Token> {
    // A token of news takes some five bytes, the space behind it included.
    let mut tokens = Vec::with_capacity(span.len() / 4 + 1);
    tokenize_into(&mut tokens, text, span);
    tokens
}

/// Cuts `text[span]` into tokens that follow those of `tokens`.
pub fn tokenize_into(tokens: &mut Vec<Token>, text: &str, span: Span) {
    let mut at = span.start as usize;
    let end = span.end as usize;
    while at < end {
        if text.as_bytes()[at] == b' ' {
            at += 1;
        } else if let Some(word) = plain_word(text, at, end) {
            at = word.span.end as usize;
            tokens.push(word);
        } else {
            at = push_next(tokens, text, at, end);
        }
    }
}

/// Cuts off whatever begins at `at`, white space too, and returns where it ends.
fn push_next(tokens: &mut Vec<Token>, text: &str, at: usize, end: usize) -> usize {
    let Some(c) = text[at..end].chars().next() else { return end };
    let class = class(c);
    let stop = match class {
        Class::Letter => word_end(text, at, end),
        Class::Digit => number_end(text, at, end),
        Class::Space | Class::Mark => at + c.len_utf8(),
    };
    push(tokens, text, at, stop, class);
    stop
}

#[derive(Clone, Copy, PartialEq)]
enum Class {
    Space,
    Letter,
    Digit,
    Mark,
}

fn class(c: char) -> Class {
    match c {
        'a'..='z' | 'A'..='Z' => Class::Letter,
        '0'..='9' => Class::Digit,
        c if c.is_whitespace() || is_invisible(c) => Class::Space,
        c if c.is_alphabetic() || is_combining(c) => Class::Letter,
        c if c.is_numeric() && !c.is_ascii() => Class::Mark,
        _ => Class::Mark,
    }
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' | '\u{00AD}')
        || c.is_control()
}

fn is_combining(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036F}')
}

fn push(tokens: &mut Vec<Token>, text: &str, start: usize, end: usize, class: Class) {
    match class {
        Class::Space => {}
        Class::Letter => push_word(tokens, text, start, end),
        Class::Digit => tokens.push(token(text, start, end, TokenKind::Number)),
        Class::Mark => tokens.push(token(text, start, end, TokenKind::Mark)),
    }
}

/// Splits a possessive from its word: `Kim's` is `Kim` and `'s`.
fn push_word(tokens: &mut Vec<Token>, text: &str, start: usize, end: usize) {
    let word = &text[start..end];
    let bare = word.strip_suffix(['s', 'S']).and_then(strip_apostrophe);
    match bare.filter(|b| !b.is_empty()) {
        Some(bare) if !is_contraction(bare) => {
            tokens.push(token(text, start, start + bare.len(), TokenKind::Word));
            tokens.push(token(text, start + bare.len(), end, TokenKind::Possessive));
        }
        _ => tokens.push(token(text, start, end, TokenKind::Word)),
    }
}

fn strip_apostrophe(word: &str) -> Option<&str> {
    word.strip_suffix(['\'', '\u{2019}'])
}

/// `it's`, `that's`, `let's` and the like are not possessives.
fn is_contraction(word: &str) -> bool {
    const HEADS: [&str; 11] = ["it", "he", "she", "that", "there", "here", "what", "who", "where", "how", "let"];
    HEADS.iter().any(|h| h.eq_ignore_ascii_case(word))
}

fn token(text: &str, start: usize, end: usize, kind: TokenKind) -> Token {
    let raw = &text[start..end];
    let case = if kind == TokenKind::Word { case_of(raw) } else { Case::Lower };
    let spaced = kind == TokenKind::Number && raw.contains(char::is_whitespace);
    let norm = if spaced { fold(&raw.replace(char::is_whitespace, ",")) } else { fold(raw) };
    Token { span: Span::new(start, end), kind, case, norm }
}

fn case_of(word: &str) -> Case {
    if word.as_bytes().first().is_some_and(u8::is_ascii_lowercase) {
        return Case::Lower;
    }
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    match letters.next() {
        Some(first) if first.is_uppercase() => {
            if letters.all(char::is_uppercase) {
                Case::Upper
            } else {
                Case::Capital
            }
        }
        _ => Case::Lower,
    }
}

/// The end of the word that starts at `at`: letters and digits, joined by a hyphen or an
/// apostrophe between letters, or by the dots of an initialism (`U.S.`, `D.P.R.K.`).
fn word_end(text: &str, at: usize, end: usize) -> usize {
    let mut stop = at;
    let mut since_joint = 0;
    let bytes = text.as_bytes();
    loop {
        let plain = stop;
        while stop < end && bytes[stop].is_ascii_alphanumeric() {
            stop += 1;
        }
        since_joint += stop - plain;
        let Some(c) = text[stop..end].chars().next() else { break };
        let next = stop + c.len_utf8();
        match class(c) {
            Class::Letter | Class::Digit => since_joint += 1,
            _ if c == '\u{00AD}' => {}
            _ if c == '*' && is_masked(text, next, end) => {}
            _ if is_joint(c) && follows_letter(text, next, end) => since_joint = 0,
            _ if matches!(c, '.' | ',') && is_amount(&text[at..end], stop - at) => since_joint = 0,
            _ if c == '.' && since_joint == 1 && in_initialism(text, at, stop, next, end) => since_joint = 0,
            _ => break,
        }
        stop = next;
    }
    stop
}

/// `Ksh5,000`, `P4.5`: a capital with a letter or two and digits before the mark at `at`, and digits behind it.
fn is_amount(text: &str, at: usize) -> bool {
    let (before, behind) = (&text.as_bytes()[..at], &text.as_bytes()[at + 1..]);
    if !behind.first().is_some_and(u8::is_ascii_digit) {
        return false;
    }
    let letters = before.iter().take_while(|b| b.is_ascii_alphabetic()).count();
    let digits = before[letters..].iter().all(|b| b.is_ascii_digit() || matches!(b, b',' | b'.'));
    let money = (1..=3).contains(&letters) && before[0].is_ascii_uppercase() && digits && before.len() > letters;
    let grouped = behind.iter().take_while(|b| b.is_ascii_digit()).count();
    money && (text.as_bytes()[at] == b'.' || grouped == 3)
}

/// `d**n`: stars for letters, with letters behind them.
fn is_masked(text: &str, at: usize, end: usize) -> bool {
    let behind = text[at..end].trim_start_matches('*');
    behind.chars().next().is_some_and(|c| class(c) == Class::Letter)
}

fn is_joint(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\'' | '\u{2019}' | '\u{02BC}')
}

fn follows_letter(text: &str, at: usize, end: usize) -> bool {
    text[at..end].chars().next().is_some_and(|c| matches!(class(c), Class::Letter | Class::Digit))
}

/// A dot belongs to the word when single letters stand on both sides of it, or when it closes
/// a row of them: `U.S`, then the dot behind `S`.
fn in_initialism(text: &str, start: usize, dot: usize, next: usize, end: usize) -> bool {
    let follows = text[next..end].chars().next().is_some_and(char::is_alphabetic);
    let single_follows = follows && {
        let mut rest = text[next..end].chars();
        rest.next();
        !rest.next().is_some_and(char::is_alphabetic)
    };
    single_follows || (!follows && text[start..dot].contains('.'))
}

/// The end of the number that starts at `at`: digits with `,` `.` `:` between digits, and
/// letters stuck to them (`70th`, `5km`, `3D`), with hyphens before further letters (`10-day`).
fn number_end(text: &str, at: usize, end: usize) -> usize {
    let bytes = text.as_bytes();
    let digit = |i: usize| i < end && bytes[i].is_ascii_digit();
    let letter = |i: usize| i < end && bytes[i].is_ascii_alphabetic();
    let mut stop = at;
    let mut letters = false;
    while stop < end {
        match bytes[stop] {
            b'0'..=b'9' => {}
            b'a'..=b'z' | b'A'..=b'Z' => letters = true,
            b',' | b'.' | b':' if !letters && digit(stop + 1) => {}
            b'-' if letter(stop + 1) => letters = true,
            _ => break,
        }
        stop += 1;
    }
    spaced_end(text, at, stop, end)
}

/// The end of `180 000`: groups of three digits behind at most three, each behind a space. Behind
/// a plain space, which stands between any two numbers, only thousands are a group.
fn spaced_end(text: &str, at: usize, stop: usize, end: usize) -> usize {
    let head = &text[at..stop];
    if head.len() > 3 || head.starts_with('0') || !head.bytes().all(|b| b.is_ascii_digit()) {
        return stop;
    }
    let mut stop = stop;
    while let Some(next) = group_end(&text[stop..end]) {
        stop += next;
    }
    stop
}

/// The length of a space with three digits at the front of `rest`.
fn group_end(rest: &str) -> Option<usize> {
    let space = rest.chars().next().filter(|c| matches!(c, ' ' | '\u{00A0}' | '\u{2009}' | '\u{202F}'))?;
    let behind = &rest[space.len_utf8()..];
    let group = behind.get(..3).filter(|group| group.bytes().all(|b| b.is_ascii_digit()))?;
    let follows = behind[3..].chars().next().is_some_and(|c| class(c) != Class::Space && class(c) != Class::Mark);
    (!follows && (space != ' ' || group == "000")).then_some(space.len_utf8() + 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> String {
        let tokens = tokenize(text, Span::new(0, text.len()));
        tokens.iter().map(|t| t.span.of(text)).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn cuts_words_numbers_and_marks() {
        for (text, expected) in [
            ("The U.S. envoy, Mr. Lee.", "The|U.S.|envoy|,|Mr|.|Lee|."),
            ("Kim\u{2019}s 70th two-day trip", "Kim|\u{2019}s|70th|two-day|trip"),
            ("It\u{2019}s 1,200.5 km; 18:38 (5km)", "It\u{2019}s|1,200.5|km|;|18:38|(|5km|)"),
            ("the D.P.R.K. and John F. Kirby", "the|D.P.R.K.|and|John|F|.|Kirby"),
            ("don't stop. 10-day $3.5bn 7%", "don't|stop|.|10-day|$|3.5bn|7|%"),
            ("workers' pay", "workers|'|pay"),
            ("180 000 people, 46\u{202F}512 homes", "180 000|people|,|46\u{202F}512|homes"),
            ("in 2018 200 ran; 12 345 of them", "in|2018|200|ran|;|12|345|of|them"),
            ("the b***ing m**", "the|b***ing|m|*|*"),
            ("end.\u{201C}Yes,\u{201D} he", "end|.|\u{201C}|Yes|,|\u{201D}|he"),
        ] {
            assert_eq!(cut(text), expected);
        }
    }

    #[test]
    fn tells_capitals_apart() {
        let tokens = tokenize("kim Kim KIM", Span::new(0, 11));
        let cases: Vec<Case> = tokens.iter().map(|t| t.case).collect();
        assert_eq!(cases, [Case::Lower, Case::Capital, Case::Upper]);
    }
}
