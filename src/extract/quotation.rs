//! Quotations: what stands between marks, who said it and how it was told.
//!
//! Marks are paired paragraph by paragraph (`marks`), then each quotation looks for its speaker
//! around itself (`speaker`), with phrases bounded by closed word classes (`phrase`).

mod kind;
mod marks;
pub mod phrase;
mod speaker;
pub mod speech;
#[cfg(test)]
pub(crate) mod testing;

use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::document::Span;
use crate::reading::Reading;
use crate::rules::Words;
use marks::{Paragraph, Quoted};
use phrase::Phrases;
use speaker::{Found, Neighbourhood};
pub use speech::Speech;

/// What somebody is quoted with.
#[derive(Clone, Debug, PartialEq)]
pub struct Quotation {
    /// Token ranges in [`Reading::tokens`] between the marks, without them. Several when a cue
    /// splits one utterance or it runs over paragraphs.
    pub parts: Vec<Range<usize>>,
    /// The bytes from the first to the last part.
    pub span: Span,
    /// Who said it, when the text tells.
    pub speaker: Option<Speaker>,
    /// The token of the verb (or "according") that gives it to the speaker.
    pub cue: Option<usize>,
    /// How much of a sentence it is.
    pub kind: QuotationKind,
    /// False when a mark was never closed.
    pub closed: bool,
    /// Index of the sentence of its first token.
    pub sentence: usize,
}

/// Who is quoted, as printed.
#[derive(Clone, Debug, PartialEq)]
pub struct Speaker {
    /// The phrase: "Doe", "White House spokesman John Doe", "the agency", "he".
    pub tokens: Range<usize>,
    /// True for "he", "she", "they"….
    pub pronoun: bool,
    /// The title or role printed with the name, in front of it or behind.
    pub title: Option<Range<usize>>,
    /// Who passed the words on: "according to the daily".
    pub via: Option<Range<usize>>,
}

/// How much of a sentence a quotation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuotationKind {
    /// A whole clause.
    Direct,
    /// A fragment inside the reporter's prose.
    Mixed,
    /// A word or two, the title of a work, a nickname.
    Scare,
}

/// The table `[quotation]` of `rules/extract.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// What is found.
    pub about: String,
    /// Sentences with a quotation and its speaker.
    pub fires: Vec<String>,
    /// Sentences without.
    pub silent: Vec<String>,
    /// Words shortened by a mark in front: `'em`.
    pub elisions: Words,
    /// Most words of a scare quote.
    pub scare_words: usize,
    /// Words of a work's title that may be small.
    pub small_in_titles: Words,
    /// Most words of a work's title.
    pub title_words: usize,
    /// Most tokens of the reporter's words that split an utterance.
    pub interlude: usize,
    /// Most tokens between a quotation and a cue right in front of it.
    pub beside: usize,
    /// Most tokens of a speaker in a sentence that is no more than a cue.
    pub bare_cue: usize,
    /// Most tokens between a quotation and a verb that is hardly one of speech.
    pub near: usize,
}

/// All quotations of a document, in the order of the text.
pub fn quotations(reading: &Reading, speech: &Speech, rules: &Rules) -> Vec<Quotation> {
    let ground = Ground { reading, phrases: Phrases { tokens: &reading.tokens, speech }, rules };
    let mut collector = Collector { ground, found: Vec::new(), last: None };
    let mut first = 0;
    while first < reading.sentences.len() {
        let paragraph = reading.sentences[first].paragraph;
        let count = reading.sentences[first..].iter().take_while(|s| s.paragraph == paragraph).count();
        collector.paragraph(first..first + count);
        first += count;
    }
    collector.found
}

/// What is known of the quotation before.
struct Last {
    quoted: Quoted,
    /// Index of the first sentence of its paragraph.
    paragraph: usize,
    /// True when it ran to the end of its paragraph unclosed.
    open_ended: bool,
    /// True when its cue stood behind it.
    cue_behind: bool,
}

/// What every quotation of a document is judged with.
#[derive(Clone, Copy)]
pub struct Ground<'r> {
    reading: &'r Reading<'r>,
    phrases: Phrases<'r>,
    rules: &'r Rules,
}

impl<'r> Ground<'r> {
    fn tokens_of(&self, sentences: &Range<usize>) -> Range<usize> {
        let all = &self.reading.sentences;
        all[sentences.start].tokens.start..all[sentences.end - 1].tokens.end
    }

    fn paragraph(&self, tokens: Range<usize>) -> Paragraph<'r> {
        Paragraph::new(self.reading, tokens, &self.rules.elisions)
    }

    /// Whether a quotation that is open where a paragraph begins is closed in it, or in one soon behind it with no mark
    /// between.
    fn closes_from(&self, first: usize) -> bool {
        /// Paragraphs that one quotation runs over without a mark.
        const MOST: usize = 3;
        let paragraphs = self.reading.sentences[first..].chunk_by(|x, y| x.paragraph == y.paragraph).take(MOST);
        let tokens = paragraphs.map(|part| part[0].tokens.start..part[part.len() - 1].tokens.end);
        tokens.into_iter().find_map(|tokens| self.paragraph(tokens).closes()).unwrap_or(false)
    }
}

struct Collector<'r> {
    ground: Ground<'r>,
    found: Vec<Quotation>,
    last: Option<Last>,
}

impl Collector<'_> {
    fn paragraph(&mut self, sentences: Range<usize>) {
        let reading = self.ground.reading;
        let range = self.ground.tokens_of(&sentences);
        let open = |last: &Last| last.open_ended && !last.quoted.single && last.quoted.after == range.start;
        let carried = self.last.as_ref().is_some_and(open) && self.ground.closes_from(sentences.start);
        let paragraph = self.ground.paragraph(range.clone());
        let marked = paragraph.quoted(carried.then(|| paragraph.carried_over()));
        for (index, quoted) in marked.iter().enumerate() {
            if reading.tokens[quoted.inner.clone()].iter().any(|t| t.is_wordlike()) {
                let next = marked.get(index + 1).map_or(range.end, |q| q.open);
                self.take(quoted, sentences.clone(), next);
            }
        }
    }

    /// Adds a quotation to the one before, when it goes on with it, or to the list.
    fn take(&mut self, quoted: &Quoted, sentences: Range<usize>, next: usize) {
        let beside = self.last.as_ref().filter(|last| last.paragraph == sentences.start);
        let before = beside.map(|last| last.quoted.after);
        let told = self.found.last().is_some_and(|q| q.speaker.is_some());
        let around = Neighbourhood { ground: self.ground, quoted, sentences: sentences.clone(), before, told, next };
        let cue_behind = match self.found.last_mut() {
            Some(before) if goes_on(self.last.as_ref(), &around) => {
                extend(before, &around);
                true
            }
            _ => {
                let (quotation, cue_behind) = around.quotation(self.found.last());
                self.found.push(quotation);
                cue_behind
            }
        };
        let open_ended = !quoted.closed && quoted.after == around.paragraph().end;
        self.last = Some(Last { quoted: quoted.clone(), paragraph: sentences.start, open_ended, cue_behind });
    }
}

/// True when the quotation goes on with the one before: it re-opens the next paragraph, or only a
/// cue between commas splits the two.
fn goes_on(last: Option<&Last>, around: &Neighbourhood) -> bool {
    let Some(last) = last else { return false };
    if last.paragraph != around.sentences.start {
        let start = around.paragraph().start;
        let next = around.quoted.open == start && last.quoted.after == start;
        return last.open_ended && next && last.quoted.single == around.quoted.single;
    }
    last.cue_behind && around.is_split_from(&last.quoted)
}

fn extend(before: &mut Quotation, around: &Neighbourhood) {
    let quoted = around.quoted;
    before.parts.push(quoted.inner.clone());
    before.span = before.span.cover(around.ground.reading.span_of(quoted.inner.clone()));
    before.closed = quoted.closed;
    before.kind = before.kind.min(around.kind(true));
    if before.speaker.is_none() {
        let found = around.beside();
        before.cue = found.as_ref().and_then(|f| f.cue);
        before.speaker = found.map(|f| f.speaker);
    }
}

impl QuotationKind {
    /// The larger of two kinds: a direct part makes the whole direct.
    fn min(self, other: Self) -> Self {
        if self as u8 <= other as u8 { self } else { other }
    }
}

impl Neighbourhood<'_> {
    /// The quotation with its speaker, and whether its cue stood behind it.
    fn quotation(&self, before: Option<&Quotation>) -> (Quotation, bool) {
        let found = self.find(before);
        let cue_behind = found.as_ref().is_some_and(|f| f.cue.is_some_and(|cue| cue >= self.quoted.after));
        let kind = self.kind(found.as_ref().is_some_and(|f| f.adjacent));
        let Found { speaker, cue, .. } = match found {
            Some(found) => found,
            None => return (self.bare(None, None, kind), false),
        };
        (self.bare(Some(speaker), cue, kind), cue_behind)
    }

    fn bare(&self, speaker: Option<Speaker>, cue: Option<usize>, kind: QuotationKind) -> Quotation {
        let inner = self.quoted.inner.clone();
        Quotation {
            span: self.ground.reading.span_of(inner.clone()),
            sentence: self.sentence_of(inner.start),
            closed: self.quoted.closed,
            parts: vec![inner],
            speaker,
            cue,
            kind,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::testing;
    use super::*;
    use proptest::prelude::*;
    use std::sync::LazyLock;

    static RULES: LazyLock<(Speech, Rules)> = LazyLock::new(|| (testing::rules("speech"), testing::rules("quotation")));

    const LABELLED: &str = include_str!("../../tests/labelled/quotations.toml");
    /// Share of labelled quotations that must be found with the right speaker, and of the
    /// speakers found that must be right: F1.
    const FLOOR: f64 = 0.97;

    #[derive(Deserialize)]
    struct Case {
        text: String,
        said: Vec<String>,
    }

    /// "speaker: words" of every quotation, its parts joined by " / ".
    fn told(text: &str) -> Vec<(String, String)> {
        let document = testing::document(&text.replace('¶', "\n"));
        let reading = testing::reading(&document);
        let print = |range: &Range<usize>| reading.text(reading.span_of(range.clone()));
        let found = quotations(&reading, &RULES.0, &RULES.1);
        let show = |q: &Quotation| {
            let speaker = q.speaker.as_ref().map_or("-", |s| print(&s.tokens));
            (speaker.to_owned(), q.parts.iter().map(print).collect::<Vec<_>>().join(" / "))
        };
        found.iter().map(show).collect()
    }

    #[test]
    fn labelled_quotations() {
        let cases: std::collections::BTreeMap<String, Vec<Case>> = toml::from_str(LABELLED).unwrap();
        let (mut right, mut named, mut labelled) = (0.0, 0.0, 0.0);
        for case in &cases["case"] {
            let got = told(&case.text);
            for said in &case.said {
                let (speaker, words) = said.split_once(": ").unwrap();
                let found = got.iter().find(|(_, text)| text.starts_with(words));
                let who = found.map_or("no quotation", |(who, _)| who.as_str());
                labelled += f64::from(speaker != "-");
                named += f64::from(found.is_some_and(|(who, _)| who != "-"));
                right += f64::from(who == speaker && speaker != "-");
                if who != speaker {
                    println!("{}\n  wanted {said}\n  got {got:?}", case.text);
                }
            }
        }
        let f1 = 2.0 * right / (named + labelled);
        println!("speaker F1 {f1:.3}: {right} right, {named} named, {labelled} labelled");
        assert!(f1 >= FLOOR, "speaker F1 {f1:.3} below {FLOOR}");
    }

    #[test]
    fn examples_of_the_rule() {
        let rules: Rules = testing::rules("quotation");
        let fires = |text: &str| told(text).iter().any(|(who, _)| who != "-");
        assert!(!rules.about.is_empty());
        for text in &rules.fires {
            assert!(fires(text), "{text}");
        }
        for text in &rules.silent {
            assert!(!fires(text), "{text}");
        }
    }

    #[test]
    fn kinds() {
        use QuotationKind::{Direct, Mixed, Scare};
        for (text, expected) in [
            ("“We will rebuild the bridge,” she said.", Direct),
            ("“Yes,” she said.", Direct),
            ("She said: “We will rebuild.”", Direct),
            ("She said “We will rebuild the bridge.”", Direct),
            ("She will “rebuild the old bridge” soon.", Mixed),
            ("She called it “a bridge to nowhere.”", Mixed),
            ("The “new” bridge fell.", Scare),
            ("John “Stretch” Miller scored.", Scare),
            ("He sang “The Bridge of Sighs.” Then he left.", Scare),
        ] {
            let document = testing::document(text);
            let reading = testing::reading(&document);
            let found = quotations(&reading, &testing::rules("speech"), &testing::rules("quotation"));
            assert_eq!(found[0].kind, expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(words in prop::collection::vec("[“”\"'’‘«».,:()-]|said|Doe|who|the|and|to|in|according to|adding|\\PC{0,3}|\n", 0..40), glue in 0u8..2) {
            told(&words.join(if glue == 0 { " " } else { "" }));
        }
    }
}
