//! What the words of a sentence say against an attribute that it seems to tell: one that tells that something else is
//! meant, or none of those it needs.
//!
//! There are hundreds of such words and phrases, and they are asked of every anchor of every sentence: so by numbers.

use super::attribute::Attribute;

/// The words that forbid an attribute and those it needs, by their numbers.
#[derive(Clone, Debug)]
pub struct Proviso {
    /// Sorted.
    excludes: Box<[u32]>,
    /// Phrases, sorted.
    needs: Box<[Box<[u32]>]>,
}

impl Proviso {
    /// That of an attribute; `number` tells the number of a word.
    pub fn new(attribute: &Attribute, mut number: impl FnMut(&str) -> u32) -> Self {
        let mut excludes: Vec<u32> = attribute.excludes.iter().map(&mut number).collect();
        let mut needs: Vec<Box<[u32]>> =
            attribute.needs.iter().map(|phrase| phrase.split(' ').map(&mut number).collect()).collect();
        excludes.sort_unstable();
        needs.sort_unstable();
        Self { excludes: excludes.into(), needs: needs.into() }
    }

    /// Whether the words of a sentence forbid the attribute.
    pub fn forbids(&self, sentence: &[u32]) -> bool {
        let is_against =
            !self.excludes.is_empty() && sentence.iter().any(|word| self.excludes.binary_search(word).is_ok());
        is_against || !self.needs.is_empty() && !(0..sentence.len()).any(|at| self.is_met(&sentence[at..]))
    }

    /// Whether a phrase that is needed begins these words.
    fn is_met(&self, words: &[u32]) -> bool {
        let from = self.needs.partition_point(|phrase| phrase.first() < words.first());
        self.needs[from..].iter().take_while(|phrase| phrase.first() == words.first()).any(|p| words.starts_with(p))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::RuleBook;

    #[test]
    fn a_word_forbids_and_phrases_are_needed() {
        let words = ["the", "fire", "was", "started", "by", "a", "cigarette", "drill"];
        let number = |word: &str| words.iter().position(|known| *known == word).unwrap_or(99) as u32;
        let rules = RuleBook::load(None).unwrap().extract;
        let mut attribute = rules.attribute.values().next().unwrap().clone();
        attribute.excludes = ["drill", "fire alarm"].iter().collect();
        for (needs, sentence, expected) in [
            (&[][..], "the fire was started by a cigarette", false),
            (&[], "the fire drill", true),
            (&["started by", "by a cigarette"], "the fire was started by a drill", true),
            (&["started by", "by a cigarette"], "a fire by a cigarette", false),
            (&["started by", "was"], "a fire started", true),
            (&["started by", "was"], "was", false),
            (&["was"], "", true),
        ] {
            attribute.needs = needs.iter().collect();
            let sentence: Vec<u32> = sentence.split_whitespace().map(number).collect();
            assert_eq!(Proviso::new(&attribute, number).forbids(&sentence), expected, "{needs:?} {sentence:?}");
        }
    }
}
