//! Hides the names of sources: each gets a code that only who has the key can make again. The same key gives the
//! same codes in every run, so that runs can be compared.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::RwLock;

use xxhash_rust::xxh3::xxh3_128;

/// Names and their codes; without a key nothing is hidden.
#[derive(Debug, Default)]
pub struct Mask {
    key: Option<String>,
    /// Names met so far, in lower case, as they may stand in texts.
    met: RwLock<BTreeMap<String, String>>,
}

/// A name shorter than this is too likely a word of another meaning to be hidden in texts.
const SHORTEST: usize = 4;

impl Mask {
    /// Hides by `key`, or nothing.
    pub fn new(key: Option<String>) -> Self {
        Self { key, met: RwLock::default() }
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
        for written in [name.to_lowercase(), name.to_lowercase().replace(['-', '_', '.'], " ")] {
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

    /// `text` with codes in place of the names met.
    pub fn text<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.key.is_none() {
            return Cow::Borrowed(text);
        }
        let Ok(met) = self.met.read() else { return Cow::Borrowed("") };
        // Longer names first, so that none is hidden in part.
        let mut names: Vec<(&String, &String)> = met.iter().collect();
        names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
        let mut shown = Cow::Borrowed(text);
        for (name, code) in names {
            if let Some(hidden) = replaced(&shown, name, code) {
                shown = Cow::Owned(hidden);
            }
        }
        shown
    }

    /// A command without the arguments that name inputs or the key.
    pub fn command(&self, words: Vec<String>) -> Vec<String> {
        if self.key.is_some() { words.into_iter().skip(1).take(1).collect() } else { words }
    }
}

/// `text` with `code` wherever `name`, in lower case, stands as whole words in any case; none where it does not.
fn replaced(text: &str, name: &str, code: &str) -> Option<String> {
    let lower = text.to_lowercase();
    // Where lower case has other lengths, places cannot be told: such a text is compared as it is.
    let searched = if lower.len() == text.len() { lower.as_str() } else { text };
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let (mut out, mut from) = (String::new(), 0);
    for (at, found) in searched.match_indices(name) {
        let end = at + found.len();
        let inside = is_word(searched[..at].chars().next_back()) || is_word(searched[end..].chars().next());
        if !inside && text.is_char_boundary(at) && text.is_char_boundary(end) {
            out += &text[from..at];
            out += code;
            from = end;
        }
    }
    (from > 0).then(|| out + &text[from..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_hidden_in_every_writing_and_by_the_key_alone() {
        let mask = Mask::new(Some("long and secret".into()));
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
