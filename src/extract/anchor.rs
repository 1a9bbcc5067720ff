//! Anchors: the words that name what an attribute tells of, found by stem in one pass.

use std::cell::OnceCell;
use std::ops::Range;

use compact_str::CompactString;
use rustc_hash::FxHashMap;
use schemars::JsonSchema;
use serde::Deserialize;

use super::attribute::Attribute;
use crate::rules::{PhraseMap, Phrases, WordBits, Words};
use crate::text::stem::stem;
use crate::text::{Token, TokenKind, WordList, tokenize};

/// How nouns are told from verbs of the same stem: `[anchor]` in `rules/extract.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AnchorRules {
    /// What the rule does.
    pub about: String,
    /// Words before a noun: articles, possessives, numerals, common adjectives of events.
    pub before_noun: Words,
    /// Words before a verb: `to`, pronouns, auxiliaries.
    pub before_verb: Words,
    /// Forms of "be".
    pub be: Words,
    /// Forms of "have", behind which a term may be their object.
    pub having: Words,
    /// Words that hang a noun on the clause before: its plan or doubt is the noun's too.
    pub attaching: Words,
    /// Most tokens that stand for the `*` of a phrase: `claim * lives`.
    pub gap: usize,
    /// Irregular forms and their lemma: `met = "meet"`.
    pub irregular: FxHashMap<String, String>,
}

/// An anchor found in a sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct Anchor {
    /// Which attribute, as an index into the rule list.
    pub attribute: usize,
    /// Its tokens, as indices into the reading's tokens.
    pub tokens: Range<usize>,
    /// True when it is a noun here.
    pub noun: bool,
    /// True when whoever does it is the value and stands in front.
    pub active: bool,
    /// Which of the attribute's terms it is, when the anchor itself is the value.
    pub term: Option<usize>,
}

/// All anchors of all attributes, by the stems of their first words.
#[derive(Clone, Debug, Default)]
pub struct AnchorIndex {
    phrases: PhraseMap<Phrase>,
    /// The stems behind the first of all phrases, by number: phrase after phrase.
    rests: Vec<u32>,
    /// The stems behind the first of phrases among which other words may stand.
    gapped: Vec<WordBits>,
    /// The number of what stands for such words.
    gap: u32,
}

#[derive(Clone, Debug)]
struct Phrase {
    attribute: u32,
    /// Where the stems behind the first lie among the rests.
    rest: (u32, u32),
    class: Class,
    /// Which of those with gaps it is.
    gapped: Option<u32>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Class {
    Noun,
    Verb,
    Active,
    Term(u32),
}

/// Stands in a phrase for some words of the clause, or none.
const GAP: &str = "*";

/// The index while phrases are put into it.
struct Gathering<'r> {
    phrases: Phrases<Phrase>,
    index: AnchorIndex,
    rules: &'r AnchorRules,
    /// The words of phrases: the same ones stand in hundreds of them.
    words: WordList,
    /// The number of each word's stem.
    stems: Vec<u32>,
}

impl<'r> Gathering<'r> {
    fn new(rules: &'r AnchorRules) -> Self {
        let mut phrases = Phrases::default();
        let index = AnchorIndex { gap: phrases.number(GAP), ..AnchorIndex::default() };
        Self { phrases, index, rules, words: WordList::default(), stems: Vec::new() }
    }

    /// The index of what was put into it.
    fn index(self) -> AnchorIndex {
        let mut index = self.index;
        index.rests.shrink_to_fit();
        index.gapped.shrink_to_fit();
        AnchorIndex { phrases: self.phrases.map(), ..index }
    }

    fn insert(&mut self, attribute: usize, phrase: &str, class: Class) {
        let before = self.index.rests.len();
        self.push_stems(phrase);
        let ([first, rest @ ..], gap) = (&self.index.rests[before..], self.index.gap) else { return };
        // Anything may follow a word in front of a gap.
        let told = rest.iter().take_while(|word| **word != gap).take(2).count();
        let gapped = rest.contains(&gap).then(|| {
            self.index.gapped.push(rest.iter().copied().filter(|word| *word != gap).collect());
            self.index.gapped.len() as u32 - 1
        });
        let mut beginning = [*first; 3];
        beginning[1..=told].copy_from_slice(&rest[..told]);
        // The first word is found by the phrases themselves.
        self.index.rests.remove(before);
        let rest = (before as u32, self.index.rests.len() as u32);
        self.phrases.push(&beginning[..=told], Phrase { attribute: attribute as u32, rest, class, gapped });
    }

    /// Adds the numbers of a phrase's stems to the rests. Nearly all phrases are words between spaces, and need not be cut
    /// with care.
    fn push_stems(&mut self, phrase: &str) {
        if phrase.bytes().all(|byte| byte == b' ' || byte.is_ascii_lowercase()) {
            for word in phrase.split_ascii_whitespace() {
                let stem = self.stem(word);
                self.index.rests.push(stem);
            }
            return;
        }
        for token in tokenize(phrase, crate::document::Span::new(0, phrase.len())) {
            let stem = self.stem(&token.norm);
            self.index.rests.push(stem);
        }
    }

    /// The number of a word's stem.
    fn stem(&mut self, word: &str) -> u32 {
        let known = self.words.add(word) as usize;
        if known == self.stems.len() {
            self.stems.push(self.phrases.number(&self.rules.lemma_stem(word)));
        }
        self.stems[known]
    }
}

impl AnchorIndex {
    /// The index of a list of attributes.
    pub fn new<'a>(attributes: impl Iterator<Item = &'a Attribute>, rules: &AnchorRules) -> Self {
        let mut gathering = Gathering::new(rules);
        for (number, attribute) in attributes.enumerate() {
            let terms = attribute.terms.iter().enumerate().map(|(term, wordings)| (wordings, Class::Term(term as u32)));
            let named =
                [(&attribute.nouns, Class::Noun), (&attribute.verbs, Class::Verb), (&attribute.active, Class::Active)];
            for (phrases, class) in named.into_iter().chain(terms) {
                phrases.iter().for_each(|phrase| gathering.insert(number, phrase, class));
            }
        }
        gathering.index()
    }

    /// The number of a lemma's stem.
    pub fn number(&self, stem: &str) -> u32 {
        self.phrases.number(stem)
    }

    /// The anchors among the tokens of a sentence, which have these numbers and of which the first is the one at `start`
    /// of a document's.
    pub fn find(&self, tokens: &[Token], words: &[u32], start: usize, rules: &AnchorRules) -> Vec<Anchor> {
        // Most sentences hold some ten.
        const ROOM: usize = 16;
        let mut found = Vec::with_capacity(ROOM);
        // Words that stand apart are looked for only where all of them are in the sentence.
        let held: WordBits = words.iter().copied().collect();
        let may_stand =
            |phrase: &&Phrase| phrase.gapped.is_none_or(|which| held.may_hold(&self.gapped[which as usize]));
        for at in 0..tokens.len() {
            let (tokens_behind, words) = (&tokens[at + 1..], &words[at..]);
            // Many phrases begin with one word, and it stands where it stands for all of them.
            let standing = OnceCell::new();
            let stands = || rules.standing(&tokens[at], at.checked_sub(1).map(|before| &tokens[before]));
            for phrase in self.phrases.of(words).filter(may_stand) {
                if let Some(end) = self.end(phrase, tokens_behind, &words[1..], rules.gap)
                    && let Some(noun) = standing.get_or_init(stands).is_noun(phrase.class, phrase.is_one_word())
                {
                    found.push(phrase.anchor(start + at..start + at + 1 + end, noun));
                }
            }
        }
        found
    }

    /// Where the words behind the first of a phrase end, among the words that follow it: each gap is as short as can be.
    fn end(&self, phrase: &Phrase, tokens: &[Token], words: &[u32], gap: usize) -> Option<usize> {
        let rest = &self.rests[phrase.rest.0 as usize..phrase.rest.1 as usize];
        if phrase.gapped.is_none() {
            return words.starts_with(rest).then_some(rest.len());
        }
        let parts = || rest.split(|word| *word == self.gap);
        let first = parts().next().filter(|part| words.starts_with(part))?;
        parts().skip(1).try_fold(first.len(), |from, part| {
            let within = tokens[from..].iter().take_while(|token| !ends_gap(token)).count().min(gap);
            let found = (0..=within).find(|skipped| words[from + skipped..].starts_with(part))?;
            Some(from + found + part.len())
        })
    }
}

/// A gap holds no mark, and no "not": "plead * guilty" is no "pleaded not guilty".
fn ends_gap(token: &Token) -> bool {
    token.kind == TokenKind::Mark || token.is("not") || token.is("never") || token.norm.ends_with("n't")
}

impl Phrase {
    fn anchor(&self, tokens: Range<usize>, noun: bool) -> Anchor {
        let term = match self.class {
            Class::Term(term) => Some(term as usize),
            Class::Noun | Class::Verb | Class::Active => None,
        };
        Anchor { attribute: self.attribute as usize, tokens, noun, active: self.class == Class::Active, term }
    }

    fn is_one_word(&self) -> bool {
        self.rest.0 == self.rest.1
    }
}

impl AnchorRules {
    /// The stem of a folded word's lemma: `met` and `meeting` give `meet`.
    pub fn lemma_stem(&self, word: &str) -> CompactString {
        stem(self.irregular.get(word).map_or(word, String::as_str))
    }

    /// How a word of an anchor stands behind the one before.
    fn standing(&self, token: &Token, previous: Option<&Token>) -> Standing {
        Standing {
            noun_before: previous
                .is_some_and(|p| p.kind == TokenKind::Possessive || self.before_noun.contains(&p.norm)),
            past: token.norm.ends_with("ed") || self.irregular.contains_key(token.norm.as_str()),
            // Behind a form of "be" stand nouns and participles, no plain verbs.
            verb_before: previous.is_some_and(|p| self.before_verb.contains(&p.norm) && !self.be.contains(&p.norm)),
            // "Had lunch" is a verb with its object.
            had: previous.is_some_and(|p| self.having.contains(&p.norm)),
        }
    }
}

/// What tells a noun from a verb of the same stem.
struct Standing {
    noun_before: bool,
    past: bool,
    verb_before: bool,
    had: bool,
}

impl Standing {
    /// Whether a word of an anchor is a noun here; nothing when its place says that it is not
    /// of the class the attribute lists. A term of several words is sure of itself wherever it stands: "she *taught music*".
    fn is_noun(&self, class: Class, alone: bool) -> Option<bool> {
        match class {
            Class::Term(_) => (!alone || !self.verb_before || self.past || self.had).then_some(true),
            Class::Noun => (!self.verb_before && (self.noun_before || !self.past)).then_some(true),
            Class::Verb | Class::Active => (!self.noun_before).then_some(false),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Gathering;
    use crate::document::Span;
    use crate::rules::RuleBook;
    use crate::text::tokenize;

    #[test]
    fn plain_phrases_are_cut_as_all_others_are() {
        let rules = &RuleBook::load(None).unwrap().extract.anchor;
        let mut gathering = Gathering::new(rules);
        for (plain, marked) in [("set off", "Set  Off"), (" took the helm ", "took the\thelm"), ("", "\t")] {
            let mut stems = |phrase: &str| {
                gathering.index.rests.clear();
                gathering.push_stems(phrase);
                gathering.index.rests.clone()
            };
            assert_eq!(stems(plain), stems(marked), "{plain}");
        }
    }

    #[test]
    fn a_gap_is_some_words_of_the_clause_or_none() {
        let rules = &RuleBook::load(None).unwrap().extract.anchor;
        let words = |text: &str| tokenize(text, Span::new(0, text.len()));
        for (phrase, text, expected) in [
            ("* at the airport", "Clara Lind at the airport on Monday", Some(5)),
            ("* at the airport", "at the airport", Some(3)),
            ("* at the airport", "Clara Lind, and later at the airport", None),
            ("* at the airport", "the old queen and her sons at the airport", None),
            ("* at the airport", "nobody but not at the airport", None),
            ("* lives * year", "at least 12 lives this year", Some(6)),
            ("the helm", "the helm all night", Some(2)),
            ("the helm", "the wheel", None),
        ] {
            let mut gathering = Gathering::new(rules);
            gathering.insert(0, &format!("greet {phrase}"), super::Class::Verb);
            let index = gathering.index();
            let text = format!("greeted {text}");
            let tokens = words(&text);
            let words: Vec<u32> = tokens.iter().map(|token| index.number(&rules.lemma_stem(&token.norm))).collect();
            let found = index.find(&tokens, &words, 0, rules);
            let ends: Vec<usize> = found.iter().map(|anchor| anchor.tokens.end - 1).collect();
            assert_eq!(ends, expected.into_iter().collect::<Vec<_>>(), "{text}");
        }
    }
}
