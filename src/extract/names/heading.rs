//! Names in headlines and headings: only those that the body prints, for there every word has a
//! capital.

use compact_str::CompactString;
use rustc_hash::FxHashMap;

use super::page::Page;
use super::spot::is_prose;
use super::{MentionBy, NameMention};
use crate::reading::Sentence;

/// What a key stands for: one entity, and how; nothing where several share it.
pub type Keys = FxHashMap<CompactString, Option<(usize, MentionBy)>>;

/// The mentions of known names in the sentences that are no prose.
pub fn headings(page: &Page, keys: &Keys) -> Vec<NameMention> {
    let sentences = page.reading.sentences.iter().filter(|s| !is_prose(page, s));
    sentences.flat_map(|sentence| known_names(page, sentence, keys)).collect()
}

fn known_names(page: &Page, sentence: &Sentence, keys: &Keys) -> Vec<NameMention> {
    let mut found = Vec::new();
    let mut at = sentence.tokens.start;
    while at < sentence.tokens.end {
        let mention = if page.is_capital(at) { longest(page, at, sentence.tokens.end, keys) } else { None };
        at = mention.as_ref().map_or(at + 1, |m| m.tokens.end);
        found.extend(mention);
    }
    found
}

fn longest(page: &Page, at: usize, end: usize, keys: &Keys) -> Option<NameMention> {
    const LONGEST: usize = 6;
    let whole = |stop: &usize| page.token(stop - 1).is_wordlike();
    (at + 1..=end.min(at + LONGEST)).rev().filter(whole).find_map(|stop| {
        let known = keys.get(&page.key(at..stop)).copied().flatten();
        known.map(|(entity, by)| NameMention { tokens: at..stop, entity, by })
    })
}
