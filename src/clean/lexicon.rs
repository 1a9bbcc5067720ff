//! The phrases that name a kind of furniture, found in one pass over a folded line.

use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickKind, BuildError};
use rustc_hash::FxHashMap;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::text::fold_char;

/// Phrases of one kind of line. Lines are compared folded: small letters, plain quotation
/// marks, every run of digits as `0`, marks at both ends removed.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Phrases {
    /// What the rule recognises.
    pub about: String,
    /// The whole line.
    #[serde(default)]
    pub whole: Vec<String>,
    /// The line's first words.
    #[serde(default)]
    pub opens: Vec<String>,
    /// Words anywhere in the line.
    #[serde(default)]
    pub holds: Vec<String>,
    /// Most words of a line that `opens` or `holds` may judge.
    pub most_words: u32,
    /// Lines it must recognise.
    pub fires: Vec<String>,
    /// Lines it must leave alone.
    pub silent: Vec<String>,
}

/// Where in the line a phrase was found: the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Place {
    Whole,
    Opens,
    Holds,
}

impl Place {
    /// Whether the phrase fills or opens the line.
    pub fn leads(self) -> bool {
        self != Self::Holds
    }
}

/// The phrases found in one line: per place, one bit a table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Hits {
    whole: u32,
    opens: u32,
    holds: u32,
}

impl Hits {
    /// Where the table's surest phrase stands.
    pub fn of(&self, table: usize) -> Option<Place> {
        let has = |bits: u32| bits >> table & 1 == 1;
        if has(self.whole) {
            Some(Place::Whole)
        } else if has(self.opens) {
            Some(Place::Opens)
        } else {
            has(self.holds).then_some(Place::Holds)
        }
    }

    /// True when the line is one of the table's phrases, or opens with one and holds another.
    pub fn is_sure(&self, table: usize) -> bool {
        (self.whole | self.opens & self.holds) >> table & 1 == 1
    }

    /// The surest place of any of the tables, and the first table found there.
    pub fn best(&self, tables: Range<usize>) -> Option<(Place, usize)> {
        tables.filter_map(|table| Some((self.of(table)?, table))).min()
    }

    fn add(&mut self, place: Place, table: usize) {
        let bits = match place {
            Place::Whole => &mut self.whole,
            Place::Opens => &mut self.opens,
            Place::Holds => &mut self.holds,
        };
        *bits |= 1 << table;
    }
}

/// A folded phrase, its place and its table.
type Front = (Vec<u8>, Place, usize);

/// All tables of phrases: those at the front of a line, and those anywhere in it.
#[derive(Clone, Debug)]
pub(crate) struct Lexicon {
    /// Phrases at the front under their first word.
    fronts: FxHashMap<Vec<u8>, Vec<Front>>,
    inner: AhoCorasick,
    /// The table of each phrase of `inner`.
    tables: Vec<usize>,
    most_words: Vec<u32>,
}

impl Lexicon {
    /// Prepares the search; a table's number is its place in the list of at most 32.
    ///
    /// # Errors
    /// When the phrases are too many or too long for the automaton.
    pub fn new(tables: &[&Phrases]) -> Result<Self, BuildError> {
        let mut fronts = FxHashMap::<Vec<u8>, Vec<_>>::default();
        for (number, table) in tables.iter().enumerate() {
            let whole = table.whole.iter().map(|phrase| (folded(phrase), Place::Whole, number));
            let opens = table.opens.iter().map(|phrase| (open_folded(phrase), Place::Opens, number));
            whole.chain(opens).for_each(|front| fronts.entry(first_word(&front.0).to_vec()).or_default().push(front));
        }
        let inner =
            tables.iter().enumerate().flat_map(|(number, t)| t.holds.iter().map(move |p| (open_folded(p), number)));
        let (phrases, numbers): (Vec<_>, Vec<_>) = inner.unzip();
        Ok(Self {
            fronts,
            inner: AhoCorasick::builder().kind(Some(AhoCorasickKind::DFA)).build(phrases)?,
            tables: numbers,
            most_words: tables.iter().map(|t| t.most_words).collect(),
        })
    }

    /// The phrases in a folded line of so many words.
    pub fn find(&self, folded: &[u8], words: u32) -> Hits {
        let mut hits = Hits::default();
        let is_short = |table: usize| words <= self.most_words[table];
        for (phrase, place, table) in self.fronts.get(first_word(folded)).into_iter().flatten() {
            let (whole, fits) = (phrase.len() == folded.len(), folded.starts_with(phrase));
            let counts = if *place == Place::Whole { whole } else { is_short(*table) && is_edge(folded, phrase.len()) };
            if fits && counts {
                hits.add(*place, *table);
            }
        }
        for found in self.inner.find_overlapping_iter(folded) {
            let table = self.tables[found.pattern().as_usize()];
            if is_short(table) && is_edge(folded, found.start()) && is_edge(folded, found.end()) {
                hits.add(Place::Holds, table);
            }
        }
        hits
    }
}

/// The letters and digits at the front; nothing where a mark stands there.
fn first_word(text: &[u8]) -> &[u8] {
    let end = text.iter().position(|byte| !is_in_word(*byte)).unwrap_or(text.len());
    &text[..end]
}

fn is_in_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 0x80
}

/// True when no word goes on across `at`.
fn is_edge(text: &[u8], at: usize) -> bool {
    let in_word = |byte: Option<&u8>| byte.is_some_and(|b| is_in_word(*b));
    !(in_word(at.checked_sub(1).and_then(|before| text.get(before))) && in_word(text.get(at)))
}

/// A whole line as lines are compared.
pub(crate) fn folded(line: &str) -> Vec<u8> {
    let mut buffer = Vec::with_capacity(line.len());
    fold_into(line, &mut buffer);
    buffer
}

/// A part of a line, whose marks at both ends count.
fn open_folded(phrase: &str) -> Vec<u8> {
    let mut buffer = Vec::with_capacity(phrase.len());
    push_folded(phrase, &mut buffer);
    buffer
}

/// Folds a line into `buffer`: small letters, plain quotation marks and dashes, one space between
/// words, every run of digits as `0`, glued words apart, marks at both ends removed.
pub(crate) fn fold_into(line: &str, buffer: &mut Vec<u8>) {
    buffer.clear();
    let kept = |c: char| is_letter(c) || matches!(c, '\u{00A9}' | '%' | '\u{00B0}' | '(' | ')');
    push_folded(line.trim_matches(|c| !kept(c)), buffer);
}

/// Letters and digits; the common marks are told without a look into the tables of Unicode.
pub(crate) fn is_letter(c: char) -> bool {
    c.is_ascii_alphanumeric() || !c.is_ascii() && !('\u{2000}'..='\u{206F}').contains(&c) && c.is_alphanumeric()
}

/// A capital behind so many small letters begins a word that was glued on.
const GLUED_LETTERS: usize = 4;

fn push_folded(text: &str, buffer: &mut Vec<u8>) {
    buffer.reserve(text.len());
    let mut last = b' ';
    let mut rest = text;
    while !rest.is_empty() {
        let plain = rest.bytes().position(|byte| !byte.is_ascii()).unwrap_or(rest.len());
        push_plain(&rest.as_bytes()[..plain], buffer, &mut last);
        rest = &rest[plain..];
        if !rest.is_empty() {
            rest = push_wide(rest, buffer, &mut last);
        }
    }
}

/// Folds a stretch of ASCII.
fn push_plain(text: &[u8], buffer: &mut Vec<u8>, last: &mut u8) {
    let mut letters = 0;
    for byte in text {
        if byte.is_ascii_uppercase() && letters >= GLUED_LETTERS {
            buffer.push(b' ');
        }
        letters = if byte.is_ascii_lowercase() { letters + 1 } else { 0 };
        let folded = FOLDED[usize::from(*byte)];
        if folded != *last || !matches!(folded, b' ' | b'0') {
            buffer.push(folded);
            *last = folded;
        }
    }
}

/// Every byte folded.
const FOLDED: [u8; 256] = {
    let mut table = [0; 256];
    let mut at = 0;
    while at < 256 {
        table[at] = fold_ascii(at as u8);
        at += 1;
    }
    table
};

const fn fold_ascii(byte: u8) -> u8 {
    match byte {
        b'0'..=b'9' => b'0',
        b'\t'..=b'\r' => b' ',
        _ => byte.to_ascii_lowercase(),
    }
}

/// Folds the first character, which is none of ASCII, and returns what follows.
fn push_wide<'t>(text: &'t str, buffer: &mut Vec<u8>, last: &mut u8) -> &'t str {
    let mut chars = text.chars();
    let Some(c) = chars.next() else { return "" };
    let plain = fold_char(c);
    if plain.is_ascii() {
        let folded = fold_ascii(plain as u8);
        if folded != *last || folded != b' ' {
            buffer.push(folded);
            *last = folded;
        }
    } else {
        let small = plain.to_lowercase().next().unwrap_or(plain);
        buffer.extend_from_slice(small.encode_utf8(&mut [0; 4]).as_bytes());
        *last = 0;
    }
    chars.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(whole: &[&str], opens: &[&str], holds: &[&str]) -> Phrases {
        let list = |words: &[&str]| words.iter().map(|w| w.to_string()).collect();
        Phrases {
            about: String::new(),
            whole: list(whole),
            opens: list(opens),
            holds: list(holds),
            most_words: 6,
            fires: vec![],
            silent: vec![],
        }
    }

    #[test]
    fn finds_the_surest_phrase() {
        let tables = [table(&["recent posts"], &["sign up"], &[]), table(&["0 comments"], &[], &["privacy"])];
        let lexicon = Lexicon::new(&tables.each_ref()).unwrap();
        for (line, expected) in [
            ("Recent Posts", Some((Place::Whole, 0))),
            ("Recent posts of the army", None),
            ("Sign up!", Some((Place::Opens, 0))),
            ("Sign upon the wall", None),
            ("147 comments", Some((Place::Whole, 1))),
            ("Our privacy policy", Some((Place::Holds, 1))),
            ("Sign up before the privacy of all is gone for good", None),
        ] {
            let words = line.split(' ').count() as u32;
            let found = lexicon.find(&folded(line), words).best(0..2);
            assert_eq!(found, expected, "{line}");
        }
    }

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
}
