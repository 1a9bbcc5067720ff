//! The stretch that two quotations of one utterance have in common: outlets begin and end a
//! quotation where they like, and what stands before or behind it is no difference.

use std::ops::Range;

use super::align::Alignment;
use crate::text::Token;

/// The tokens without the marks at their ends.
pub fn bare(tokens: &[Token]) -> &[Token] {
    let from = tokens.iter().position(Token::is_wordlike).unwrap_or(tokens.len());
    let to = tokens.iter().rposition(Token::is_wordlike).map_or(from, |last| last + 1);
    &tokens[from..to]
}

/// The tokens of either side between the first and the last that both have. A replacement
/// of up to `ending` tokens at an end stays: there one word may stand for another.
pub fn common(a: usize, b: usize, alignment: &Alignment, ending: usize) -> (Range<usize>, Range<usize>) {
    let cut = |a: &Range<usize>, b: &Range<usize>| a.is_empty() || b.is_empty() || a.len().max(b.len()) > ending;
    let (mut from, mut to) = ((0, 0), (a, b));
    if let Some(first) = alignment.runs.first().filter(|r| r.a.start == 0 && r.b.start == 0 && cut(&r.a, &r.b)) {
        from = (first.a.end, first.b.end);
    }
    if let Some(last) = alignment.runs.last().filter(|r| r.a.end == a && r.b.end == b && cut(&r.a, &r.b)) {
        to = (last.a.start, last.b.start);
    }
    (from.0..to.0.max(from.0), from.1..to.1.max(from.1))
}

#[cfg(test)]
mod tests {
    use super::common;
    use crate::compare::align::align;
    use crate::compare::wording::WordingRules;
    use crate::compare::words;

    #[test]
    fn what_one_side_cut_is_left_out() {
        let (long, short) = (
            words("I say it clearly: we will not close the school. I promise."),
            words("we will not close the school,"),
        );
        let rules = WordingRules::embedded();
        let alignment = align(&long, &short, &rules.align);
        let (a, b) = common(long.len(), short.len(), &alignment, rules.quotation.ending);
        assert_eq!(
            long[a].iter().map(|t| t.norm.as_str()).collect::<Vec<_>>().join(" "),
            "we will not close the school"
        );
        assert_eq!(short[b].len(), 6);
    }
}
