//! The phrases that name a kind of furniture, found in one pass over a folded line.

use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};
use schemars::JsonSchema;
use serde::Deserialize;

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

/// All tables of phrases in one automaton.
#[derive(Clone, Debug)]
pub(crate) struct Lexicon {
    automaton: AhoCorasick,
    /// Place and table of each pattern.
    patterns: Vec<(Place, usize)>,
    most_words: Vec<u32>,
}

impl Lexicon {
    /// Builds the automaton; a table's number is its place in the list of at most 32.
    ///
    /// # Errors
    /// When the phrases are too many or too long for the automaton.
    pub fn new(tables: &[&Phrases]) -> Result<Self, aho_corasick::BuildError> {
        let (mut phrases, mut patterns) = (Vec::new(), Vec::new());
        for (number, table) in tables.iter().enumerate() {
            let lists = [(Place::Whole, &table.whole), (Place::Opens, &table.opens), (Place::Holds, &table.holds)];
            for (place, list) in lists {
                phrases.extend(
                    list.iter().map(|phrase| if place == Place::Whole { folded(phrase) } else { open_folded(phrase) }),
                );
                patterns.resize(phrases.len(), (place, number));
            }
        }
        let automaton = AhoCorasick::builder().match_kind(MatchKind::Standard).build(&phrases)?;
        Ok(Self { automaton, patterns, most_words: tables.iter().map(|t| t.most_words).collect() })
    }

    /// The phrases in a folded line of so many words.
    pub fn find(&self, folded: &str, words: u32) -> Hits {
        let mut hits = Hits::default();
        for found in self.automaton.find_overlapping_iter(folded) {
            let (place, table) = self.patterns[found.pattern().as_usize()];
            let short = words <= self.most_words[table];
            let (front, back) = (found.start(), found.end());
            let counts = match place {
                Place::Whole => front == 0 && back == folded.len(),
                Place::Opens => short && front == 0 && ends_word(folded, back),
                Place::Holds => short && starts_word(folded, front) && ends_word(folded, back),
            };
            if counts {
                hits.add(place, table);
            }
        }
        hits
    }
}

fn starts_word(text: &str, at: usize) -> bool {
    !text[..at].ends_with(char::is_alphanumeric) || !text[at..].starts_with(char::is_alphanumeric)
}

fn ends_word(text: &str, at: usize) -> bool {
    !text[at..].starts_with(char::is_alphanumeric) || !text[..at].ends_with(char::is_alphanumeric)
}

/// A whole line as lines are compared.
pub(crate) fn folded(line: &str) -> String {
    let mut buffer = String::with_capacity(line.len());
    fold_into(line, &mut buffer);
    buffer
}

/// A part of a line, whose marks at both ends count.
fn open_folded(phrase: &str) -> String {
    let mut buffer = String::with_capacity(phrase.len());
    push_folded(phrase, &mut buffer);
    buffer
}

/// Folds a line into `buffer`: small letters, plain quotation marks, one space between words,
/// every run of digits as `0`, marks at both ends removed.
pub(crate) fn fold_into(line: &str, buffer: &mut String) {
    buffer.clear();
    let kept = |c: char| c.is_alphanumeric() || matches!(c, '\u{00A9}' | '%' | '\u{00B0}' | '(' | ')');
    push_folded(line.trim_matches(|c| !kept(c)), buffer);
}

fn push_folded(text: &str, buffer: &mut String) {
    let mut last = ' ';
    for c in text.chars() {
        let c = fold_char(c);
        if !(c == last && matches!(c, ' ' | '0')) {
            buffer.push(c);
            last = c;
        }
    }
}

fn fold_char(c: char) -> char {
    match c {
        'A'..='Z' => c.to_ascii_lowercase(),
        '0'..='9' => '0',
        '\u{2018}' | '\u{2019}' => '\'',
        '\u{201C}' | '\u{201D}' => '"',
        c if c.is_whitespace() => ' ',
        c if c.is_ascii() => c,
        c => c.to_lowercase().next().unwrap_or(c),
    }
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
    fn folds_figures_quotes_and_edges() {
        assert_eq!(folded("\u{2022} It\u{2019}s  12,300 Views! "), "it's 0,0 views");
        assert_eq!(folded("24.1 \u{B0}"), "0.0 \u{B0}");
    }
}
