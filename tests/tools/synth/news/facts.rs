//! The facts of a story: what is so, and what somebody may have heard instead.

use std::collections::BTreeMap;

use super::dice::Dice;
use super::words::{Fact, Words};

/// Values by the name of their fact.
pub type Facts = BTreeMap<String, String>;

/// What is so in one story.
pub fn draw(words: &Words, dice: &mut Dice) -> Facts {
    words.fact.iter().map(|(name, fact)| (name.clone(), value(fact, words, dice))).collect()
}

fn value(fact: &Fact, words: &Words, dice: &mut Dice) -> String {
    match (fact.range, fact.name.as_deref()) {
        (Some((low, high)), _) => (low + dice.below(high - low + 1)).to_string(),
        (None, Some(what)) => name(what, words, dice),
        (None, None) => dice.pick(&fact.words).clone(),
    }
}

fn name(what: &str, words: &Words, dice: &mut Dice) -> String {
    let mut part = |parts: &[String]| dice.pick(parts).clone();
    let mut town = || [&words.town_begins, &words.town_middles, &words.town_ends].map(|parts| part(parts)).concat();
    match what {
        "person" => format!("{} {}{}", part(&words.given), part(&words.family_begins), part(&words.family_ends)),
        "firm" => format!("{} {}", town(), dice.pick(&words.fact["trade"].words)),
        _ => town(),
    }
}

/// Another value of a fact, one that cannot be taken for the right one.
pub fn misheard(fact: &Fact, right: &str, words: &Words, dice: &mut Dice) -> String {
    if let Some((low, high)) = fact.range {
        let (span, right) = (high - low + 1, right.parse().unwrap_or(low));
        let step = span / 4 + dice.below(span.div_ceil(2)).max(1);
        return (low + (right - low + step) % span).to_string();
    }
    loop {
        let other = value(fact, words, dice);
        if other != right {
            return other;
        }
    }
}

/// Fills a template: `{name}` with a fact, `{a|b}` with one of the two. Alternatives may hold facts.
pub fn fill(template: &str, facts: &Facts, dice: &mut Dice) -> String {
    let mut text = template.to_owned();
    while let Some(close) = text.find('}') {
        let Some(open) = text[..close].rfind('{') else { break };
        let inner = &text[open + 1..close];
        let put = facts.get(inner).map_or_else(|| alternative(inner, dice), String::clone);
        text.replace_range(open..=close, &put);
    }
    capitalised(&text)
}

fn alternative(inner: &str, dice: &mut Dice) -> String {
    let choices: Vec<&str> = inner.split('|').collect();
    (*dice.pick_common(&choices)).to_owned()
}

fn capitalised(text: &str) -> String {
    let begins = text.find(|c: char| c != '[').unwrap_or(0);
    let (marks, rest) = text.split_at(begins);
    let mut letters = rest.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    marks.chars().chain(first).chain(letters).collect()
}

/// A filled template without its brackets, and what stood in them.
pub fn needle(filled: &str) -> (String, String) {
    let inside = filled.split_once('[').and_then(|(_, rest)| rest.split_once(']')).map_or("", |(needle, _)| needle);
    (filled.replace(['[', ']'], ""), inside.to_owned())
}
