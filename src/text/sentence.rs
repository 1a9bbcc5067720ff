//! Sentence boundaries over the tokens of one paragraph.

use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Token, TokenKind};
use crate::rules::Words;

/// Words whose final dot does not end a sentence. Listed in `rules/clean.toml`, without the dot.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Abbreviations {
    /// Never at a sentence's end: `mr`, `dr`, `gen`.
    pub never_final: Words,
    /// Not at an end when a number follows: `no`, `sept`, `art`.
    pub before_number: Words,
    /// Words that begin sentences and no names: after an initialism (`the U.S. He left`) a
    /// capital on one of them tells that a new sentence begins.
    pub openers: Words,
    /// Most tokens of a sentence: what runs on without a stop is cut there, so that whatever weighs
    /// the words of a sentence against each other takes time linear in the text. 0 sets no limit.
    #[serde(default)]
    pub longest: usize,
}

/// Cuts the tokens of one paragraph into sentences, as ranges of token indices. Quotation marks
/// and brackets that close behind the final mark belong to the sentence they close.
pub fn sentences(tokens: &[Token], abbreviations: &Abbreviations) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let (mut start, mut at, mut word) = (0, 0, 0);
    while at < tokens.len() {
        at += 1;
        if !ends_with_stop(&tokens[at - 1]) {
            continue;
        }
        let stop = at;
        at = past_closers(tokens, at);
        word = next_word(tokens, word.max(at));
        if word < tokens.len() && is_boundary(tokens, stop - 1, at, &tokens[word], abbreviations) {
            found.push(start..at);
            start = at;
        }
    }
    if start < tokens.len() {
        found.push(start..tokens.len());
    }
    match abbreviations.longest {
        0 => found,
        longest if found.iter().all(|sentence| sentence.len() <= longest) => found,
        longest => found.into_iter().flat_map(|sentence| pieces(sentence, longest)).collect(),
    }
}

/// The first word or number from `at` on. Asked with rising places it walks the tokens once.
fn next_word(tokens: &[Token], at: usize) -> usize {
    tokens[at..].iter().position(Token::is_wordlike).map_or(tokens.len(), |ahead| at + ahead)
}

/// A sentence in pieces of at most `longest` tokens.
fn pieces(sentence: Range<usize>, longest: usize) -> impl Iterator<Item = Range<usize>> {
    let end = sentence.end;
    sentence.step_by(longest).map(move |start| start..start.saturating_add(longest).min(end))
}

fn ends_with_stop(token: &Token) -> bool {
    match token.kind {
        TokenKind::Mark => matches!(token.norm.as_str(), "." | "!" | "?" | "\u{2026}"),
        TokenKind::Word => token.norm.ends_with('.'),
        _ => false,
    }
}

/// Skips further stops and whatever closes directly behind them.
fn past_closers(tokens: &[Token], mut at: usize) -> usize {
    while at < tokens.len() && touches(tokens, at) && is_closer(&tokens[at]) {
        at += 1;
    }
    at
}

fn touches(tokens: &[Token], at: usize) -> bool {
    tokens[at - 1].span.end == tokens[at].span.start
}

fn is_closer(token: &Token) -> bool {
    token.kind == TokenKind::Possessive
        || token.kind == TokenKind::Mark
            && matches!(token.norm.as_str(), "\"" | "'" | ")" | "]" | "." | "!" | "?" | "\u{2026}")
}

/// True when a sentence ends at the stop `tokens[stop]` and the next begins at `tokens[next]`, with
/// `first` as its first word.
fn is_boundary(tokens: &[Token], stop: usize, next: usize, first: &Token, abbreviations: &Abbreviations) -> bool {
    if touches(tokens, next) && first.kind == TokenKind::Word && !first.is_capitalised() {
        return false;
    }
    match tokens[stop].kind {
        TokenKind::Word => abbreviations.openers.contains(&first.norm) && first.is_capitalised(),
        _ if !tokens[stop].is(".") => first.is_capitalised() || first.kind == TokenKind::Number,
        _ => stop == 0 || dot_ends(&tokens[stop - 1], first, abbreviations),
    }
}

/// True when the dot behind `word` ends a sentence that `first` follows.
fn dot_ends(word: &Token, first: &Token, abbreviations: &Abbreviations) -> bool {
    let number_follows = first.kind == TokenKind::Number;
    if !first.is_capitalised() && !number_follows {
        return false;
    }
    let initial = word.kind == TokenKind::Word && word.is_capitalised() && word.norm.chars().count() == 1;
    !(initial && word.norm != "i"
        || abbreviations.never_final.contains(&word.norm)
        || number_follows && abbreviations.before_number.contains(&word.norm))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Span;
    use crate::text::tokenize;

    fn cut(text: &str) -> String {
        cut_at(text, 0)
    }

    fn cut_at(text: &str, longest: usize) -> String {
        let set = |words: &[&str]| words.iter().collect();
        let abbreviations = Abbreviations {
            never_final: set(&["mr", "gen"]),
            before_number: set(&["sept", "no"]),
            openers: set(&["he", "the"]),
            longest,
        };
        let tokens = tokenize(text, Span::new(0, text.len()));
        let cuts = sentences(&tokens, &abbreviations);
        let show = |r: &Range<usize>| &text[tokens[r.start].span.start as usize..tokens[r.end - 1].span.end as usize];
        cuts.iter().map(show).collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn cuts_at_stops_and_not_at_abbreviations() {
        for (text, expected) in [
            ("He left. She came.", "He left. | She came."),
            ("Mr. Lee met Gen. J. Park. It rained.", "Mr. Lee met Gen. J. Park. | It rained."),
            ("He lives in the U.S. He works.", "He lives in the U.S. | He works."),
            ("The U.S. Navy sailed.", "The U.S. Navy sailed."),
            ("On Sept. 4 it rose 3.5 percent. No. 7 won.", "On Sept. 4 it rose 3.5 percent. | No. 7 won."),
            ("\u{201C}We won.\u{201D} The crowd left.", "\u{201C}We won.\u{201D} | The crowd left."),
            ("\u{201C}Who?\u{201D} he asked.", "\u{201C}Who?\u{201D} he asked."),
            ("It was him and I. The end.", "It was him and I. | The end."),
        ] {
            assert_eq!(cut(text), expected);
        }
    }

    #[test]
    fn a_sentence_without_end_is_cut() {
        for (text, expected) in [
            (
                "It rained. Then rain fell again on us all day. Dry.",
                "It rained. | Then rain fell again | on us all day | . | Dry.",
            ),
            ("Rain ......... fell", "Rain . . . | . . . . | . . fell"),
        ] {
            let joined: String = cut_at(text, 4);
            let bare = |text: &str| text.split_whitespace().collect::<String>();
            assert_eq!(bare(&joined), bare(expected));
        }
    }
}
