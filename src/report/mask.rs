//! Hides the names of sources: each gets a code that only who has the key can make again. The same key gives the
//! same codes in every run, so that runs can be compared.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{OnceLock, RwLock};

use aho_corasick::{AhoCorasick, MatchKind};
use xxhash_rust::xxh3::xxh3_128;

/// Names and their codes; without a key nothing is hidden.
#[derive(Debug, Default)]
pub struct Mask {
    key: Option<String>,
    /// Names met so far, as they may stand in texts, with their codes.
    met: RwLock<BTreeMap<String, String>>,
    finder: OnceLock<Option<Finder>>,
}

/// All names at once.
#[derive(Debug)]
struct Finder {
    names: AhoCorasick,
    codes: Vec<String>,
}

/// A name shorter than this is too likely a word of another meaning to be hidden in texts.
const SHORTEST: usize = 4;

impl Mask {
    /// Hides by `key`, or nothing.
    pub fn new(key: Option<String>) -> Self {
        Self { key, ..Self::default() }
    }

    /// Whether anything is hidden.
    pub fn is_on(&self) -> bool {
        self.key.is_some()
    }

    /// Differs for every key.
    pub fn digest(&self) -> u128 {
        self.key.as_deref().map_or(0, |key| xxh3_128(key.as_bytes()))
    }

    /// The code of a source; noted, so that its name is hidden in texts too.
    pub fn source(&self, name: &str) -> String {
        let Some(code) = self.code("outlet", name) else { return name.to_owned() };
        for written in [name.to_owned(), name.replace(['-', '_', '.'], " ")] {
            let known = self.met.read().is_ok_and(|met| met.contains_key(&written));
            if written.len() >= SHORTEST
                && !known
                && let Ok(mut met) = self.met.write()
            {
                met.insert(written, code.clone());
            }
        }
        code
    }

    /// The code of a source, which need not be one of the corpus.
    pub fn name(&self, name: &str) -> String {
        self.code("outlet", name).unwrap_or_else(|| name.to_owned())
    }

    /// The code of a document.
    pub fn path(&self, path: &str) -> String {
        self.code("document", path).unwrap_or_else(|| path.to_owned())
    }

    fn code(&self, what: &str, name: &str) -> Option<String> {
        let key = self.key.as_deref()?;
        let parts = [key, what, name].join("\u{1f}");
        Some(format!("{what}-{:08x}", xxh3_128(parts.as_bytes()) & 0xffff_ffff))
    }

    /// `text` with codes in place of the names met. The first text settles which names there are.
    pub fn text<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let Some(finder) = self.finder.get_or_init(|| self.find_names()) else { return Cow::Borrowed(text) };
        let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let (mut out, mut from) = (String::new(), 0);
        for found in finder.names.find_iter(text) {
            let (before, after) = (&text[..found.start()], &text[found.end()..]);
            if !is_word(before.chars().next_back()) && !is_word(after.chars().next()) {
                out += &text[from..found.start()];
                out += &finder.codes[found.pattern().as_usize()];
                from = found.end();
            }
        }
        if from == 0 { Cow::Borrowed(text) } else { Cow::Owned(out + &text[from..]) }
    }

    /// Finds the names met; none where nothing is hidden.
    fn find_names(&self) -> Option<Finder> {
        let met = self.met.read().ok().filter(|met| self.is_on() && !met.is_empty())?;
        // Longer names first, so that none is hidden in part.
        let mut names = AhoCorasick::builder();
        names.ascii_case_insensitive(true).match_kind(MatchKind::LeftmostLongest);
        Some(Finder { names: names.build(met.keys()).ok()?, codes: met.values().cloned().collect() })
    }

    /// A command without the arguments that name inputs or the key.
    pub fn command(&self, words: Vec<String>) -> Vec<String> {
        if self.key.is_some() { words.into_iter().skip(1).take(1).collect() } else { words }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_hidden_in_every_writing_and_by_the_key_alone() {
        let mask = Mask::new(Some("long and secret".into()));
        mask.source("coast");
        let code = mask.source("coast-daily");
        assert!(code.starts_with("outlet-") && code == mask.source("coast-daily"));
        assert_ne!(code, Mask::new(Some("another".into())).source("coast-daily"));
        for (text, expected) in [
            ("told the Coast Daily on Monday", format!("told the {code} on Monday")),
            ("COAST-DAILY: é", format!("{code}: é")),
            ("the coast dailyness", "the coast dailyness".to_owned()),
        ] {
            assert_eq!(mask.text(text), expected);
        }
        assert_eq!(mask.command(vec!["variorum".into(), "run".into(), "coast-daily".into()]), ["run"]);
    }

    #[test]
    fn without_a_key_nothing_is_hidden() {
        let mask = Mask::default();
        assert_eq!((mask.source("a-b").as_str(), mask.path("a/b.txt").as_str()), ("a-b", "a/b.txt"));
        assert_eq!(mask.text("a-b"), "a-b");
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_it_panic(name in ".{0,6}", text in ".{0,30}") {
            let mask = Mask::new(Some("k".into()));
            mask.source(&name);
            drop(mask.text(&text));
        }
    }
}
