//! What must hold of numbers and dates whatever the text.

use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::interval::tests::table;
use super::{duration, number, when};
use crate::claim::{Quantity, When};
use crate::comparison::{Comparison, Relation};
use crate::document::Span;
use crate::extract::measure_words::{MeasureWords, tests::words};
use crate::extract::quantity::measures;
use crate::extract::when::WhenMention;
use crate::normalise::when::{resolve, tests::rules as resolving};
use crate::text::{Token, tokenize};

/// Words that numbers and dates are made of, in any order, and any characters between them.
fn texts() -> impl Strategy<Value = String> {
    const WORDS: &str = "two 3 10 1,200 3.5 million - to $ % miles days two-day a the of half third from between and \
        May Sept . 13 2023 2023-09-13 Monday Sunday afternoon late last next week ago later at 5:16 p.m. ( 0938 GMT ) \
        about more than people / 1990s dozens quarter year 9999 99999999999999999999 34-year-old one in every";
    let word = prop::sample::select(WORDS.split(' ').collect::<Vec<_>>());
    let words = prop::collection::vec(word, 0..12).prop_map(|words| words.join(" "));
    prop_oneof![4 => words, 1 => any::<String>()]
}

fn read(text: &str, words: &MeasureWords) -> (Vec<Token>, Vec<Quantity>, Vec<WhenMention>) {
    let tokens = tokenize(text, Span::new(0, text.len()));
    let (quantities, whens) = measures(&tokens, words);
    for range in quantities.iter().map(|q| &q.tokens).chain(whens.iter().map(|w| &w.tokens)) {
        assert!(range.start < range.end && range.end <= tokens.len(), "{text}: {range:?}");
    }
    (tokens, quantities.into_iter().map(|mention| mention.value).collect(), whens)
}

/// Both ways the same relation, and a value is the same as itself.
fn symmetric<T>(values: &[T], compare: impl Fn(&T, &T) -> Comparison) {
    for a in values {
        assert_eq!(compare(a, a).relation, Relation::Same);
        for b in values {
            assert_eq!(compare(a, b).relation, compare(b, a).relation);
        }
    }
}

fn days() -> impl Strategy<Value = Option<Date>> {
    prop::option::of((1900i16..2100, 1i8..=12, 1i8..=28).prop_map(|(year, month, day)| date(year, month, day)))
}

#[test]
fn numbers_and_dates_hold_on_any_text() {
    let (words, resolving) = (words(), resolving());
    let (numbers, durations): (number::NumberRules, duration::DurationRules) = (table("number"), table("duration"));
    let dates: when::WhenCompareRules = table("when");
    proptest!(|(text in texts(), anchor in days(), future in any::<bool>())| {
        let (_, quantities, mentions) = read(&text, &words);
        symmetric(&quantities, |a, b| number::compare_quantities(a, b, &numbers));
        let spans: Vec<Quantity> = quantities.into_iter().filter(|quantity| quantity.unit == "s").collect();
        symmetric(&spans, |a, b| duration::compare_durations(a, b, &durations));
        let resolved: Vec<When> = mentions.iter().map(|m| resolve(m, anchor, future, &resolving)).collect();
        for (mention, value) in mentions.iter().zip(&resolved) {
            let again = WhenMention { value: value.clone(), ..mention.clone() };
            prop_assert_eq!(&resolve(&again, anchor, future, &resolving), value);
        }
        symmetric(&resolved, |a, b| when::compare_whens(a, b, &dates));
    });
}
