use super::*;
use crate::document::Span;
use crate::extract::measure_words::tests::words;
use crate::text::tokenize;

#[test]
fn reads_numbers_in_words() {
    let words = words();
    for (text, low, high) in [
        ("two hundred and fifty thousand", 250_000.0, 250_000.0),
        ("twenty-one", 21.0, 21.0),
        ("one hundred and twenty-one", 121.0, 121.0),
        ("two million three hundred thousand", 2_300_000.0, 2_300_000.0),
        ("a hundred and twelve", 112.0, 112.0),
        ("a hundred twelve", 112.0, 112.0),
        ("one hundred twelve", 112.0, 112.0),
        ("a thousand and one", 1001.0, 1001.0),
        ("twelve hundred", 1200.0, 1200.0),
        ("fifteen hundred and thirty", 1530.0, 1530.0),
        ("a million and a half", 1_500_000.0, 1_500_000.0),
        ("two and a half million", 2_500_000.0, 2_500_000.0),
        ("a half million", 500_000.0, 500_000.0),
        ("a dozen and a half", 18.0, 18.0),
        ("three score", 60.0, 60.0),
        ("a couple of hundred", 200.0, 300.0),
        ("a couple of dozen", 24.0, 36.0),
        ("three-quarters of a million", 750_000.0, 750_000.0),
        ("1.2m voters", 1_200_000.0, 1_200_000.0),
        ("two and a half", 2.5, 2.5),
        ("2 1/2", 2.5, 2.5),
        ("2½", 2.5, 2.5),
        ("3.5 million", 3_500_000.0, 3_500_000.0),
        ("a dozen", 12.0, 12.0),
        ("two dozen", 24.0, 24.0),
        ("half a dozen", 6.0, 6.0),
        ("half a million", 500_000.0, 500_000.0),
        ("half-million", 500_000.0, 500_000.0),
        ("a quarter of a million", 250_000.0, 250_000.0),
        ("a hundred", 100.0, 100.0),
        ("hundreds", 200.0, 1000.0),
        ("tens of thousands", 20_000.0, 99_000.0),
        ("several hundred", 300.0, 900.0),
        ("a few thousand", 2000.0, 9000.0),
        ("two-thirds", 200.0 / 3.0, 200.0 / 3.0),
        ("three quarters of", 75.0, 75.0),
        ("a third of", 100.0 / 3.0, 100.0 / 3.0),
        ("half of", 50.0, 50.0),
        ("twenty-first", 21.0, 21.0),
        ("3.5bn", 3.5e9, 3.5e9),
    ] {
        let tokens = tokenize(text, Span::new(0, text.len()));
        let found = numeral(&Scan::new(&tokens, &words), 0).unwrap_or_else(|| panic!("{text}"));
        assert!((found.low - low).abs() < 1e-6 * low.max(1.0), "{text}: {found:?}");
        assert!((found.high - high).abs() < 1e-6 * high.max(1.0), "{text}: {found:?}");
    }
}
