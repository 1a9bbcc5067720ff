//! Which language a text is in, judged on the document and never on a line.

use crate::text::fold;

use super::rules::Languages;

/// The ISO 639-1 code (ISO 639-3 where there is none) of `text`; `told` is what metadata say, which
/// counts when the text is too short or too mixed to tell. Empty for unknown.
pub(super) fn language(text: &str, told: Option<&str>, rules: &Languages) -> String {
    let sample = middle(text, rules.sample_bytes);
    let words: Vec<&str> = sample.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let told = told.and_then(code_of);
    if words.len() < rules.least_words && !is_unspaced(sample) {
        return told.unwrap_or_default();
    }
    if is_english(&words[..words.len().min(rules.sample_words)], rules) {
        return "en".to_owned();
    }
    detected(sample, rules).or(told).unwrap_or_default()
}

/// `en-GB` → `en`; nothing for what is no code.
fn code_of(told: &str) -> Option<String> {
    let code = told.trim().split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    let is_code = matches!(code.len(), 2 | 3) && code.bytes().all(|byte| byte.is_ascii_lowercase());
    is_code.then_some(code)
}

/// The bytes around a third of the text, where menus have ended and the article has begun.
fn middle(text: &str, bytes: usize) -> &str {
    let start = text.len().saturating_sub(bytes) / 3;
    &text[boundary(text, start)..boundary(text, start + bytes)]
}

/// The nearest place at or before `at` where a character begins.
fn boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn is_english(words: &[&str], rules: &Languages) -> bool {
    let functional = words.iter().filter(|word| rules.english.contains(fold(word).as_str())).count();
    functional as f64 >= rules.english_share * words.len() as f64
}

/// Scripts without spaces have few "words" however long the text is.
fn is_unspaced(sample: &str) -> bool {
    const ENOUGH: usize = 40;
    sample.chars().filter(|c| matches!(c, '\u{0E00}'..='\u{0EFF}' | '\u{3040}'..='\u{9FFF}')).nth(ENOUGH).is_some()
}

fn detected(sample: &str, rules: &Languages) -> Option<String> {
    // Between neighbours of one alphabet the trigrams may waver; that it is not English is certain all the same.
    let is_certain = |info: &whatlang::Info| info.is_reliable() || info.script() != whatlang::Script::Latin;
    let info = whatlang::detect(sample).filter(is_certain)?;
    let code = info.lang().code();
    Some(rules.codes.get(code).map_or_else(|| code.to_owned(), String::clone))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Rules;
    use crate::read::rules::DEFAULTS;

    fn check(text: &str, told: Option<&str>, expected: &str) {
        let rules = Rules::parse(DEFAULTS).unwrap().language;
        assert_eq!(language(text, told, &rules), expected, "{text}");
    }

    #[test]
    fn prose_tells_its_language_whatever_metadata_say() {
        check(
            "The ferry left the harbour on Monday with more than forty passengers, and it was late by an hour.",
            Some("fr"),
            "en",
        );
        check(
            "Das Schiff hat den Hafen am Montag mit mehr als vierzig Passagieren verlassen, und niemand wusste warum.",
            Some("en"),
            "de",
        );
        check(
            "Le navire a quitté le port lundi avec plus de quarante passagers à bord et personne ne savait pourquoi.",
            None,
            "fr",
        );
        check(
            "Паром вышел из порта в понедельник утром, на борту находились более сорока пассажиров и экипаж.",
            None,
            "ru",
        );
    }

    #[test]
    fn a_few_words_tell_nothing() {
        check("Storm in Lisbon", Some("en-GB"), "en");
        check("Storm in Lisbon", Some("English"), "");
        check("", None, "");
    }
}
