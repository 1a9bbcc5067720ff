//! Base forms of inflected words: irregular forms from the rules, endings checked against WordNet.

use compact_str::{CompactString, format_compact};
use rustc_hash::FxHashMap;

use super::wordnet::{Part, WordNet};

/// Endings with what the base form has in their place (WordNet's detachment rules), and the
/// part of speech that the base must have.
const ENDINGS: [(&str, &str, Part); 18] = [
    ("ies", "y", Part::Noun),
    ("ies", "y", Part::Verb),
    ("es", "", Part::Noun),
    ("es", "", Part::Verb),
    ("s", "", Part::Noun),
    ("s", "", Part::Verb),
    ("men", "man", Part::Noun),
    ("ied", "y", Part::Verb),
    ("ed", "e", Part::Verb),
    ("ed", "", Part::Verb),
    ("ing", "e", Part::Verb),
    ("ing", "", Part::Verb),
    ("ier", "y", Part::Adjective),
    ("iest", "y", Part::Adjective),
    ("er", "", Part::Adjective),
    ("er", "e", Part::Adjective),
    ("est", "", Part::Adjective),
    ("est", "e", Part::Adjective),
];

/// The base forms `word` can be an inflection of, the word itself first.
pub fn bases(word: &str, irregular: &FxHashMap<CompactString, CompactString>, wordnet: &WordNet) -> Vec<CompactString> {
    let mut found = regular(word, wordnet);
    if let Some(base) = irregular.get(word) {
        push_new(&mut found, base.clone());
    }
    found
}

/// The word and its base forms by ending.
fn regular(word: &str, wordnet: &WordNet) -> Vec<CompactString> {
    let mut found = vec![CompactString::from(word)];
    for (ending, instead, part) in ENDINGS {
        let Some(stem) = word.strip_suffix(ending).filter(|s| s.len() > 1) else { continue };
        let base = format_compact!("{stem}{instead}");
        if wordnet.has_part(&base, part) {
            push_new(&mut found, base);
        } else if let Some(single) = undoubled(stem).filter(|s| instead.is_empty() && wordnet.has_part(s, part)) {
            push_new(&mut found, single.into());
        }
    }
    found
}

fn push_new(found: &mut Vec<CompactString>, base: CompactString) {
    if !found.contains(&base) {
        found.push(base);
    }
}

/// `stopp` without its doubled last letter.
fn undoubled(stem: &str) -> Option<&str> {
    let mut back = stem.chars().rev();
    let last = back.next()?;
    (back.next() == Some(last)).then(|| &stem[..stem.len() - last.len_utf8()])
}

#[cfg(test)]
mod tests {
    use crate::lexicon::Lexicon;

    #[test]
    fn finds_bases() {
        for (word, base) in [
            ("stopped", "stop"),
            ("studies", "study"),
            ("hoping", "hope"),
            ("went", "go"),
            ("larger", "large"),
            ("happiest", "happy"),
            ("policemen", "policeman"),
            ("boxes", "box"),
        ] {
            assert!(Lexicon::embedded().word(word).bases.iter().any(|b| b == base), "{word} {base}");
        }
        assert_eq!(Lexicon::embedded().word("thing").bases, ["thing"]);
    }
}
