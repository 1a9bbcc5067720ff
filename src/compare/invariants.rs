//! What must hold of any two texts.

use proptest::prelude::*;

use super::align::align;
use super::asserted::compare_asserted;
use super::quotation::compare_quotations;
use super::statement::compare_statements;
use super::wording::WordingRules;
use crate::comparison::Relation;
use crate::document::Span;
use crate::lexicon::Lexicon;
use crate::text::{Token, tokenize};

fn tokens(text: &str) -> Vec<Token> {
    tokenize(text, Span::new(0, text.len()))
}

/// Sentences of a small vocabulary, so that they share words, with hostile text among them.
fn wording() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        Just("The"),
        Just("mayor"),
        Just("not"),
        Just("No"),
        Just("12"),
        Just("3.5 million"),
        Just("Monday"),
        Just("Lund"),
        Just("fell"),
        Just("rose"),
        Just("by"),
        Just("more than"),
        Just("is"),
        Just("lunch"),
        Just("."),
        Just(","),
        Just("\u{2026}"),
        Just("["),
        Just("]"),
        Just("18:40"),
        Just("e\u{301}\u{200B}"),
        Just("1e999"),
        Just("failed to"),
        Just("\u{201C}"),
        Just("\u{201D}"),
        Just("said"),
        Just("may"),
        Just("but"),
        Just("police"),
        Just("two"),
        Just("a"),
        Just("Paris"),
        Just("dinner"),
        Just("in"),
        Just("men"),
    ];
    prop::collection::vec(word, 0..24).prop_map(|words| words.join(" "))
}

proptest! {
    #[test]
    fn a_wording_is_the_same_as_itself(text in wording()) {
        let (rules, lexicon, x) = (WordingRules::embedded(), Lexicon::embedded(), tokens(&text));
        prop_assert_eq!(compare_statements(&x, &x, rules, lexicon).comparison.relation, Relation::Same);
        prop_assert_eq!(compare_asserted(&x, &x, rules, lexicon).comparison.relation, Relation::Same);
    }

    #[test]
    fn comparisons_are_symmetric(left in wording(), right in wording()) {
        let (rules, lexicon) = (WordingRules::embedded(), Lexicon::embedded());
        let (x, y) = (tokens(&left), tokens(&right));
        let (there, back) = (align(&x, &y, &rules.align), align(&y, &x, &rules.align));
        prop_assert_eq!(there.similarity.to_bits(), back.similarity.to_bits());
        let quoted = |a: &[Token], b: &[Token]| compare_quotations(a, b, rules, lexicon).comparison.relation;
        prop_assert_eq!(quoted(&x, &y), quoted(&y, &x));
        let stated = |a: &[Token], b: &[Token]| compare_statements(a, b, rules, lexicon).comparison.relation;
        prop_assert_eq!(stated(&x, &y), stated(&y, &x));
        let asserted = |a: &[Token], b: &[Token]| compare_asserted(a, b, rules, lexicon).comparison.relation;
        prop_assert_eq!(asserted(&x, &y), asserted(&y, &x));
    }

    #[test]
    fn words_that_one_side_repeats_are_shared_once(times in 1_usize..4) {
        let (rules, lexicon) = (WordingRules::embedded(), Lexicon::embedded());
        let (x, y) = (tokens("not failed to 1e999"), tokens(&format!("{}failed to 1e999", "1e999 ".repeat(times))));
        let stated = |a: &[Token], b: &[Token]| compare_statements(a, b, rules, lexicon).comparison.relation;
        prop_assert_eq!(stated(&x, &y), stated(&y, &x));
    }

    #[test]
    fn nothing_panics(left in ".{0,80}", right in ".{0,80}") {
        let (rules, lexicon) = (WordingRules::embedded(), Lexicon::embedded());
        let (x, y) = (tokens(&left), tokens(&right));
        compare_statements(&x, &y, rules, lexicon);
        compare_asserted(&x, &y, rules, lexicon);
        compare_quotations(&x, &y, rules, lexicon);
    }
}

/// Pairs that once were judged otherwise with their sides changed: words that could be coupled in two equally good ways,
/// and a comma that stands between two differences on one side only.
#[test]
fn what_is_said_of_a_pair_does_not_depend_on_its_order() {
    let (rules, lexicon) = (WordingRules::embedded(), Lexicon::embedded());
    let stated = |a: &[Token], b: &[Token]| compare_statements(a, b, rules, lexicon).comparison.relation;
    for (left, right) in [
        ("not fell mayor rose not more than", "not Lund more than rose not by"),
        ("The failed to fell Lund , not e", "failed to rose"),
    ] {
        let (x, y) = (tokens(left), tokens(right));
        assert_eq!(stated(&x, &y), stated(&y, &x), "{left} / {right}");
    }
}
