//! Cleaning survives any text: nothing panics, every line is marked, spans lie inside the text.

use proptest::prelude::*;
use variorum::clean::{Rules, clean, dateline, noise};
use variorum::document::Document;

fn check(rules: &Rules, text: String, extracted: bool) {
    let document = Document { text, extracted, ..Document::default() };
    let mut counts = rules.line_counts();
    counts.observe(&document);
    let reading = clean(&document, &counts, rules);
    assert_eq!(reading.lines.len(), document.text.lines().count());
    for sentence in &reading.sentences {
        let line = &reading.lines[sentence.line as usize - 1];
        assert!(line.span.contains(reading.tokens_of(sentence)[0].span));
        assert_eq!(line.role, sentence.role);
    }
    let noise = noise(&reading, rules);
    assert!((0.0..=100.0).contains(&noise.score));
    dateline(&reading, rules);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn any_text_is_cleaned(
        lines in prop::collection::vec("(\\PC{0,80}|[A-Z][a-z .]{0,90}[.?!]|By [A-Z][a-z]+|FAQ|Key points|3 May 2020)", 0..20),
        extracted: bool,
    ) {
        thread_local!(static RULES: Rules = toml::from_str(Rules::BUILT_IN).expect("the built-in rules are valid"));
        RULES.with(|rules| check(rules, lines.join("\n"), extracted));
    }
}
