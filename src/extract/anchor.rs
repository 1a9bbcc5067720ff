//! Anchors: the words that name what an attribute tells of, found by stem in one pass.

use std::cell::OnceCell;
use std::ops::Range;

use compact_str::CompactString;
use rustc_hash::FxHashMap;
use schemars::JsonSchema;
use serde::Deserialize;

use super::attribute::Attribute;
use crate::rules::{PhraseMap, WordBits, Words};
use crate::text::stem::stem;
use crate::text::{Token, TokenKind, tokenize};

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
}

#[derive(Clone, Debug)]
struct Phrase {
    attribute: usize,
    rest: Vec<CompactString>,
    class: Class,
    /// The words behind the first, where any others may stand among them.
    gapped: Option<WordBits>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Class {
    Noun,
    Verb,
    Active,
    Term(usize),
}

/// Stands in a phrase for some words of the clause, or none.
const GAP: &str = "*";

impl AnchorIndex {
    /// The index of a list of attributes.
    pub fn new<'a>(attributes: impl Iterator<Item = &'a Attribute>, rules: &AnchorRules) -> Self {
        let mut index = Self::default();
        for (number, attribute) in attributes.enumerate() {
            let terms = attribute.terms.iter().enumerate().map(|(term, wordings)| (wordings, Class::Term(term)));
            let named =
                [(&attribute.nouns, Class::Noun), (&attribute.verbs, Class::Verb), (&attribute.active, Class::Active)];
            for (phrases, class) in named.into_iter().chain(terms) {
                phrases.iter().for_each(|phrase| index.insert(number, phrase, class, rules));
            }
        }
        index
    }

    fn insert(&mut self, attribute: usize, phrase: &str, class: Class, rules: &AnchorRules) {
        let tokens = tokenize(phrase, crate::document::Span::new(0, phrase.len()));
        let mut stems = tokens.iter().map(|t| rules.lemma_stem(&t.norm));
        if let Some(first) = stems.next() {
            let rest: Vec<CompactString> = stems.collect();
            // Anything may follow a word in front of a gap.
            let mut next = rest.iter().take_while(|word| *word != GAP).cloned();
            let next = [next.next(), next.next()];
            self.phrases.push(&first, next.each_ref().map(Option::as_deref), Phrase::new(attribute, rest, class));
        }
    }

    /// The anchors among `tokens[sentence]`, whose stems are `stems[sentence]`.
    pub fn find(
        &self,
        tokens: &[Token],
        stems: &[CompactString],
        sentence: Range<usize>,
        rules: &AnchorRules,
    ) -> Vec<Anchor> {
        let mut found = Vec::new();
        // Words that stand apart are looked for only where all of them are in the sentence.
        let held: WordBits = stems[sentence.clone()].iter().map(CompactString::as_str).collect();
        let may_stand = |phrase: &&Phrase| phrase.gapped.is_none_or(|words| held.may_hold(&words));
        for at in sentence.clone() {
            let (tokens_behind, stems_behind) = (&tokens[at + 1..sentence.end], &stems[at + 1..sentence.end]);
            let next = [0, 1].map(|n| stems_behind.get(n).map(CompactString::as_str));
            // Many phrases begin with one word, and it stands where it stands for all of them.
            let standing = OnceCell::new();
            let stands = || rules.standing(&tokens[at], (at > sentence.start).then(|| &tokens[at - 1]));
            for phrase in self.phrases.of(&stems[at], next).filter(may_stand) {
                if let Some(end) = phrase.end(tokens_behind, stems_behind, rules.gap)
                    && let Some(noun) = standing.get_or_init(stands).is_noun(phrase.class, phrase.rest.is_empty())
                {
                    found.push(phrase.anchor(at..at + 1 + end, noun));
                }
            }
        }
        found
    }
}

impl Phrase {
    fn new(attribute: usize, rest: Vec<CompactString>, class: Class) -> Self {
        let words = || rest.iter().map(CompactString::as_str);
        let gapped = words().any(|word| word == GAP).then(|| words().filter(|word| *word != GAP).collect());
        Self { attribute, rest, class, gapped }
    }

    fn anchor(&self, tokens: Range<usize>, noun: bool) -> Anchor {
        let term = match self.class {
            Class::Term(term) => Some(term),
            Class::Noun | Class::Verb | Class::Active => None,
        };
        Anchor { attribute: self.attribute, tokens, noun, active: self.class == Class::Active, term }
    }

    /// Where the words behind the first end, among the words that follow it: each gap is as short as can be.
    fn end(&self, tokens: &[Token], stems: &[CompactString], gap: usize) -> Option<usize> {
        if self.gapped.is_none() {
            return stems.starts_with(&self.rest).then_some(self.rest.len());
        }
        let parts = || self.rest.split(|word| word == GAP);
        let first = parts().next().filter(|part| stems.starts_with(part))?;
        parts().skip(1).try_fold(first.len(), |from, part| {
            let within = tokens[from..].iter().take_while(|token| token.kind != TokenKind::Mark).count().min(gap);
            let found = (0..=within).find(|skipped| stems[from + skipped..].starts_with(part))?;
            Some(from + found + part.len())
        })
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
    use super::Phrase;
    use crate::document::Span;
    use crate::rules::RuleBook;
    use crate::text::tokenize;

    #[test]
    fn a_gap_is_some_words_of_the_clause_or_none() {
        let rules = &RuleBook::load(None).unwrap().extract.anchor;
        let words = |text: &str| tokenize(text, Span::new(0, text.len()));
        for (phrase, text, expected) in [
            ("* at the airport", "Clara Lind at the airport on Monday", Some(5)),
            ("* at the airport", "at the airport", Some(3)),
            ("* at the airport", "Clara Lind, and later at the airport", None),
            ("* at the airport", "the old queen and her sons at the airport", None),
            ("* lives * year", "at least 12 lives this year", Some(6)),
            ("the helm", "the helm all night", Some(2)),
            ("the helm", "the wheel", None),
        ] {
            let rest = words(phrase).iter().map(|token| rules.lemma_stem(&token.norm)).collect();
            let phrase = Phrase::new(0, rest, super::Class::Verb);
            let tokens = words(text);
            let stems: Vec<_> = tokens.iter().map(|token| rules.lemma_stem(&token.norm)).collect();
            assert_eq!(phrase.end(&tokens, &stems, rules.gap), expected, "{text}");
        }
    }
}
