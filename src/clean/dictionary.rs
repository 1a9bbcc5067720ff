//! What each word is to the shape of a line: one look-up for all lists.

use super::fold::fold_part;
use super::lexicon::words;
use super::shape::WordLists;
use crate::rules::WordMap;

/// What the lists say of a word.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Sort {
    /// A function word.
    pub function: bool,
    /// The first or second person.
    pub person: bool,
    /// Most words of a line in which phrases are looked up by it; 0 where none are.
    pub key: u32,
}

/// The words of all lists.
#[derive(Clone, Debug, Default)]
pub(crate) struct Dictionary(WordMap<Sort>);

impl Dictionary {
    /// The lists, and the words that phrases are looked up by.
    pub fn new<'k>(lists: &WordLists, keys: impl Iterator<Item = (&'k str, u32)>) -> Self {
        let mut sorts = WordMap::<Sort>::default();
        lists.function.iter().for_each(|word| sorts.meaning_mut(word).function = true);
        lists.person.iter().for_each(|word| sorts.meaning_mut(word).person = true);
        keys.for_each(|(word, most_words)| sorts.meaning_mut(word).key = most_words);
        Self(sorts)
    }

    /// What a folded word is.
    #[inline]
    pub fn sort(&self, folded: &[u8]) -> Sort {
        self.0.get_bytes(folded).copied().unwrap_or_default()
    }

    /// Most words of a line in which phrases are looked up by a part of this word: those of `e-mail` are two.
    pub fn key_of_parts(&self, word: &str, buffer: &mut Vec<u8>) -> u32 {
        fold_part(word, buffer);
        words(buffer).map(|part| self.sort(&buffer[part]).key).max().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use crate::clean::Rules;
    use crate::clean::fold::folded;
    use crate::clean::shape::{Lists, Shapes};

    #[test]
    fn a_line_that_holds_a_phrase_has_its_key() {
        let rules: Rules = toml::from_str(Rules::BUILT_IN).unwrap();
        let lists = Lists { words: &rules.tables.words, dictionary: &rules.dictionary };
        for line in [
            "The old pier (Photo by A. Person/AGENCY)",
            "Ferry sinks in harbourNewsletter: sign up for our newsletter",
            "See our \u{201C}Privacy Policy\u{201D}",
            "The Gazette \u{A9} 2021",
            "It is Privacy\u{A0}Policy",
            "PRIVACY POLICY",
            "a man/Getty Images",
            "told 3 hours ago",
            "in your inbox\u{2014}daily",
        ] {
            let mut shapes = Shapes::default();
            shapes.push(line, lists);
            let shape = &shapes.shapes[0];
            let find = |keyed| rules.lexicon.find(&folded(line), shape.words, keyed);
            assert_ne!(find(true), find(false), "{line}");
            assert!(shape.words <= shape.key, "{line}");
        }
    }
}
