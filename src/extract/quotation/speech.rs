//! The words around reported speech: verbs that report it in all their forms, and the small
//! words that bound the phrase naming who spoke.

use std::collections::BTreeMap;

use compact_str::CompactString;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::rules::{WordMap, Words};
use crate::text::{Case, Token, TokenKind};

/// The table `[speech]` of `rules/extract.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// What the words are for.
    pub about: String,
    /// Sentences in which speech is reported.
    pub fires: Vec<String>,
    /// Sentences in which none is.
    pub silent: Vec<String>,
    say: Vec<String>,
    state: Vec<String>,
    doubt: Vec<String>,
    intend: Vec<String>,
    deny: Vec<String>,
    beside_marks: Vec<String>,
    irregular: BTreeMap<String, Vec<String>>,
    doubled: Words,
    pronouns: Vec<String>,
    relatives: Vec<String>,
    determiners: Vec<String>,
    articles: Vec<String>,
    plurals: Vec<String>,
    links: Vec<String>,
    auxiliaries: Vec<String>,
    adverbs: Vec<String>,
    not_adverbs: Words,
    breaks: Vec<String>,
    times: Vec<String>,
    media: Vec<String>,
    titles: Vec<String>,
    reach: usize,
    window: usize,
    relative: usize,
}

/// How firmly a verb vouches for what it reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Firmness {
    /// "said": vouched for, and the clause may follow bare.
    Say,
    /// "confirmed": vouched for, and "that", an object or a quotation follows.
    State,
    /// "believes", "claims".
    Doubt,
    /// "vowed", "urged".
    Intend,
    /// "denied".
    Deny,
    /// "laughed", "called": reports speech beside a quotation only.
    BesideMarks,
}

/// The form in which a verb stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// "say", "to say".
    Base,
    /// "says".
    Present,
    /// "said".
    Past,
    /// "saying".
    Gerund,
}

/// A word that reports speech.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cue {
    /// Who vouches.
    pub firmness: Firmness,
    /// Its form.
    pub form: Form,
}

/// What a small word does around a speaker's phrase; a word may do several things.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u16)]
pub enum Part {
    /// "he".
    Pronoun = 1,
    /// "who".
    Relative = 2,
    /// "the".
    Determiner = 4,
    /// "of".
    Link = 8,
    /// "has".
    Auxiliary = 16,
    /// "also".
    Adverb = 32,
    /// "because".
    Break = 64,
    /// "Monday".
    Time = 128,
    /// "statement".
    Medium = 256,
    /// "president".
    Title = 512,
    /// "the", behind which stands no verb.
    Article = 1024,
    /// "people", behind which a base form is a verb.
    Plural = 2048,
}

#[derive(Clone, Copy, Debug, Default)]
struct Entry {
    parts: u16,
    cue: Option<Cue>,
}

/// The words of `[speech]` with every form of the verbs.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(from = "Table")]
#[schemars(with = "Table")]
pub struct Speech {
    entries: WordMap<Entry>,
    not_adverbs: Words,
    /// Most tokens of a speaker's phrase with all that describes him, and of the way from a
    /// quotation to its cue.
    pub reach: usize,
    /// Most tokens looked over in one sentence, however long it is.
    pub window: usize,
    /// Most tokens of a relative clause without commas: "a man who saw the crash".
    pub relative: usize,
    /// Sentences in which speech is reported.
    pub fires: Vec<String>,
    /// Sentences in which none is.
    pub silent: Vec<String>,
}

impl Speech {
    /// True when the folded form of `token` is listed as `part`.
    pub fn is(&self, token: &Token, part: Part) -> bool {
        self.has(token, part as u16)
    }

    /// Capitals only spell a name: "US" is not "us", "WHO" not "who".
    fn has(&self, token: &Token, mask: u16) -> bool {
        let name = token.case == Case::Upper && token.norm.len() > 1;
        token.kind == TokenKind::Word && !name && self.entries.get(&token.norm).is_some_and(|e| e.parts & mask != 0)
    }

    /// True when `token` is listed as one of `parts`.
    pub fn is_any(&self, token: &Token, parts: &[Part]) -> bool {
        let mask = parts.iter().fold(0, |mask, part| mask | *part as u16);
        self.has(token, mask)
    }

    /// True for a small adverb: "also", "angrily".
    pub fn is_adverb(&self, token: &Token) -> bool {
        let derived = token.norm.ends_with("ly") && !token.is_capitalised() && !self.not_adverbs.contains(&token.norm);
        derived || self.is(token, Part::Adverb)
    }

    /// What `token` reports, if it can report speech.
    pub fn cue(&self, token: &Token) -> Option<Cue> {
        if token.kind != TokenKind::Word { None } else { self.entries.get(&token.norm)?.cue }
    }
}

impl Speech {
    /// What `tokens[at]` reports where it stands: a form that is a noun or an adjective there
    /// ("the report", "further details", "the suspected thief") reports nothing.
    pub fn verb(&self, tokens: &[Token], at: usize) -> Option<Cue> {
        let cue = self.cue(&tokens[at])?;
        let Some(before) = at.checked_sub(1).map(|b| &tokens[b]) else { return Some(cue) };
        let inside_name = tokens[at].is_capitalised() && before.kind == TokenKind::Word;
        let owned = inside_name || before.kind == TokenKind::Possessive || self.is(before, Part::Article);
        let verbal = match cue.form {
            Form::Past | Form::Gerund => true,
            Form::Base => self.is_plural(tokens[..at].iter().rev().find(|t| !self.is_adverb(t)).unwrap_or(before)),
            Form::Present => self.is_singular(tokens, at),
        };
        (verbal && !owned).then_some(cue)
    }

    fn is_plural(&self, before: &Token) -> bool {
        let small = [Part::Plural, Part::Auxiliary, Part::Pronoun];
        before.norm.ends_with('s') || self.is_any(before, &small) || before.norm.ends_with("n't")
    }

    /// A subject stands before a present form: a name, a pronoun, or a noun with its article.
    fn is_singular(&self, tokens: &[Token], at: usize) -> bool {
        let before = &tokens[at - 1];
        let small = [Part::Pronoun, Part::Relative, Part::Adverb, Part::Time];
        let near = &tokens[at.saturating_sub(4)..at - 1];
        let named = before.is_capitalised() || before.kind != TokenKind::Word || self.is_any(before, &small);
        let owned = |t: &Token| t.kind == TokenKind::Possessive || self.is(t, Part::Article);
        let noun = near.last().is_some_and(Token::is_capitalised) || near.iter().any(owned);
        named || noun && !self.is(before, Part::Determiner)
    }

    /// True for the past form at `at` behind a form of be: "was told", "is widely expected".
    pub fn is_passive(&self, tokens: &[Token], at: usize, floor: usize) -> bool {
        let past = self.cue(&tokens[at]).is_some_and(|c| c.form == Form::Past);
        let auxiliary = tokens[floor.min(at)..at].iter().rev().find(|t| !self.is_adverb(t) && !t.is("not"));
        let be = |t: &Token| matches!(t.norm.as_str(), "is" | "are" | "was" | "were" | "be" | "been" | "being");
        past && auxiliary.is_some_and(be)
    }
}

impl From<Table> for Speech {
    fn from(table: Table) -> Self {
        let mut entries: WordMap<Entry> = WordMap::default();
        for (words, part) in table.parts() {
            for word in words {
                entries.meaning_mut(word).parts |= part as u16;
            }
        }
        for (lemmas, firmness) in table.cues() {
            for (word, form) in lemmas.iter().flat_map(|lemma| table.forms(lemma)) {
                entries.meaning_mut(&word).cue.get_or_insert(Cue { firmness, form });
            }
        }
        Self {
            entries,
            not_adverbs: table.not_adverbs,
            reach: table.reach,
            window: table.window,
            relative: table.relative,
            fires: table.fires,
            silent: table.silent,
        }
    }
}

impl Table {
    fn parts(&self) -> [(&[String], Part); 12] {
        [
            (&self.pronouns, Part::Pronoun),
            (&self.relatives, Part::Relative),
            (&self.determiners, Part::Determiner),
            (&self.articles, Part::Article),
            (&self.plurals, Part::Plural),
            (&self.links, Part::Link),
            (&self.auxiliaries, Part::Auxiliary),
            (&self.adverbs, Part::Adverb),
            (&self.breaks, Part::Break),
            (&self.times, Part::Time),
            (&self.media, Part::Medium),
            (&self.titles, Part::Title),
        ]
    }

    /// In the order in which a verb listed twice is settled.
    fn cues(&self) -> [(&[String], Firmness); 6] {
        [
            (&self.deny, Firmness::Deny),
            (&self.doubt, Firmness::Doubt),
            (&self.intend, Firmness::Intend),
            (&self.say, Firmness::Say),
            (&self.state, Firmness::State),
            (&self.beside_marks, Firmness::BesideMarks),
        ]
    }

    /// The past comes first: a verb whose past is its base ("read") is mostly past in news.
    fn forms(&self, lemma: &str) -> Vec<(CompactString, Form)> {
        let doubled = self.doubled.contains(lemma);
        let irregular = self.irregular.get(lemma).map(|words| words.iter().map(CompactString::from).collect());
        let past: Vec<_> = irregular.unwrap_or_else(|| vec![past(lemma, doubled)]);
        let mut forms: Vec<_> = past.into_iter().map(|word| (word, Form::Past)).collect();
        forms.push((third_person(lemma), Form::Present));
        forms.push((gerund(lemma, doubled), Form::Gerund));
        forms.push((lemma.into(), Form::Base));
        forms
    }
}

/// `add` → `added`, `note` → `noted`, `deny` → `denied`, `quip` → `quipped`.
fn past(lemma: &str, doubled: bool) -> CompactString {
    match (lemma.strip_suffix('y'), lemma.ends_with('e')) {
        (Some(stem), _) if !ends_in_vowel(stem) => compact_str::format_compact!("{stem}ied"),
        (_, true) => compact_str::format_compact!("{lemma}d"),
        _ => compact_str::format_compact!("{}ed", with_doubling(lemma, doubled)),
    }
}

/// `say` → `says`, `deny` → `denies`, `stress` → `stresses`.
fn third_person(lemma: &str) -> CompactString {
    match lemma.strip_suffix('y') {
        Some(stem) if !ends_in_vowel(stem) => compact_str::format_compact!("{stem}ies"),
        _ if lemma.ends_with(['s', 'h', 'x', 'o']) => compact_str::format_compact!("{lemma}es"),
        _ => compact_str::format_compact!("{lemma}s"),
    }
}

/// `say` → `saying`, `note` → `noting`, `agree` → `agreeing`, `quip` → `quipping`.
fn gerund(lemma: &str, doubled: bool) -> CompactString {
    match lemma.strip_suffix('e') {
        Some(stem) if !stem.ends_with('e') => compact_str::format_compact!("{stem}ing"),
        _ => compact_str::format_compact!("{}ing", with_doubling(lemma, doubled)),
    }
}

fn with_doubling(lemma: &str, doubled: bool) -> CompactString {
    let mut stem = CompactString::from(lemma);
    if let Some(last) = lemma.chars().last().filter(|_| doubled) {
        stem.push(last);
    }
    stem
}

fn ends_in_vowel(stem: &str) -> bool {
    stem.ends_with(['a', 'e', 'i', 'o', 'u'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_are_inflected() {
        for (lemma, doubled, expected) in [
            ("add", false, "added adds adding"),
            ("note", false, "noted notes noting"),
            ("deny", false, "denied denies denying"),
            ("stress", false, "stressed stresses stressing"),
            ("quip", true, "quipped quips quipping"),
            ("agree", false, "agreed agrees agreeing"),
            ("convey", false, "conveyed conveys conveying"),
        ] {
            let forms = [past(lemma, doubled), third_person(lemma), gerund(lemma, doubled)];
            assert_eq!(forms.join(" "), expected);
        }
    }
}
