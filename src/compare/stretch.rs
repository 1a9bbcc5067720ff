//! What two quotations have in common, compared, and what stands around it.

use std::ops::Range;

use super::align::{Alignment, align_wordings};
use super::difference::{Difference, Finding};
use super::quotation::{compare_aligned, compare_quotations, is_shade};
use super::vocabulary::Wording;
use super::wording::WordingRules;
use super::{Book, window};
use crate::comparison::{Comparison, Relation};
use crate::text::Token;

/// What two quotations have in common, and how it differs.
pub(super) struct Stretch {
    /// The tokens of the first.
    pub a: Range<usize>,
    /// The tokens of the second.
    pub b: Range<usize>,
    /// How these lie against each other.
    pub alignment: Alignment,
    /// In what they differ, by their own tokens.
    differences: Vec<Finding>,
}

impl Stretch {
    /// Whether both sides are alike but for one word.
    pub fn is_one_word(&self) -> bool {
        is_one_word(&self.alignment)
    }

    /// The first quotation's tokens of the stretch, and where the gravest differences lie in them.
    pub fn side_a<'t>(&self, tokens: &'t [Token]) -> (&'t [Token], Vec<Range<usize>>) {
        (&tokens[self.a.clone()], self.gravest().map(|found| found.run.a.clone()).collect())
    }

    /// The same of the second.
    pub fn side_b<'t>(&self, tokens: &'t [Token]) -> (&'t [Token], Vec<Range<usize>>) {
        (&tokens[self.b.clone()], self.gravest().map(|found| found.run.b.clone()).collect())
    }

    /// The gravest differences, where they are firm: who prints two wordings that shade into one another has changed one.
    fn gravest(&self) -> impl Iterator<Item = &Finding> {
        let gravest = self.differences.iter().map(|found| found.difference).max().filter(|found| !is_shade(*found));
        self.differences.iter().filter(move |found| Some(found.difference) == gravest)
    }
}

/// Compares what two quotations have in common.
pub(super) fn same_stretch(wordings: (&Wording, &Wording), one_speaker: bool, book: &Book) -> (Comparison, Stretch) {
    let (a, b) = (wordings.0.tokens, wordings.1.tokens);
    let wording = &book.compare.wording;
    let whole = align_wordings(wordings.0, wordings.1, &wording.align);
    let (x, y) = window::common(a.len(), b.len(), &whole, wording.quotation.ending);
    let cut = x.len() < a.len() || y.len() < b.len();
    let compared = match cut {
        true => compare_quotations(&a[x.clone()], &b[y.clone()], wording, book.lexicon),
        false => compare_aligned(a, b, whole, wording, book.lexicon),
    };
    let mut comparison = compared.comparison;
    let told = own_words(&a[x.clone()], &b[y.clone()], x.start == 0 && y.start == 0, book);
    let small = told < wording.quotation.own || compared.alignment.similarity < wording.quotation.stretch;
    // "We never gave up hope," "we never gave up work": nobody says both.
    let one_word = !cut && is_one_word(&compared.alignment);
    let small = small && !(one_speaker && one_word && told > 0);
    if comparison.relation == Relation::Incompatible && small {
        comparison = Comparison::new(Relation::Unknown, "quotation", "another utterance, or parts of a longer one");
    }
    if comparison.relation == Relation::Incompatible
        && let Some(why) = doubt(&compared.differences, (a, &x), (b, &y), wording)
    {
        comparison = Comparison::new(Relation::Unknown, "quotation", why);
    }
    if cut && comparison.relation == Relation::Same {
        comparison =
            Comparison::new(Relation::LessPrecise, "truncation", "one quotation is a shorter cut of the other");
    }
    (comparison, Stretch { a: x, b: y, alignment: compared.alignment, differences: compared.differences })
}

/// Content words of a wording that the other has too and that are no names: two quotations that share a law's name
/// share no saying.
fn own_words(tokens: &[Token], other: &[Token], opens: bool, book: &Book) -> usize {
    // The first word of a sentence has a capital whatever it is.
    let first = |at: usize, token: &Token| opens && at == 0 && book.lexicon.knows(&token.norm);
    let named = |at: usize, token: &Token| token.is_capitalised() && !first(at, token);
    let content = |token: &Token| book.compare.wording.align.is_content(token);
    let own = tokens.iter().enumerate().filter(|(at, token)| !named(*at, token) && content(token));
    own.filter(|(_, token)| other.iter().any(|o| o.norm == token.norm)).count()
}

/// Whether two stretches are alike but for one word.
fn is_one_word(alignment: &Alignment) -> bool {
    matches!(&alignment.runs[..], [run] if run.a.len() == 1 && run.b.len() == 1)
}

/// Why what stands around the stretch that two quotations share tells that they are two sayings.
fn doubt(
    found: &[Finding],
    (a, x): (&[Token], &Range<usize>),
    (b, y): (&[Token], &Range<usize>),
    rules: &WordingRules,
) -> Option<&'static str> {
    let gravest = found.iter().map(|differing| differing.difference).max()?;
    let turned = matches!(gravest, Difference::Negation | Difference::Antonym);
    let cut = x.len() < a.len() || y.len() < b.len();
    let words = |tokens: &[Token]| tokens.iter().filter(|token| token.is_wordlike()).count();
    if gravest == Difference::ClauseCut && (opens_otherwise(x, a, y, b) || opens_otherwise(y, b, x, a)) {
        return Some("two sentences that share a clause");
    }
    if [(a, x.start), (b, y.start)].into_iter().all(|(tokens, at)| begins_before(tokens, at, rules)) {
        return Some("two sentences that share their end");
    }
    if turned && (is_negated(a, x.start, rules) || is_negated(b, y.start, rules)) {
        return Some("a negation stands in front of what both say");
    }
    let small = words(&a[x.clone()]).min(words(&b[y.clone()])) < rules.quotation.soft;
    (gravest == Difference::Negation && cut && small).then_some("too few words of longer sayings are alike")
}

/// "We fear that the dam was built on sand", "that the dam was built on sand is a scandal": the one goes before what both
/// say, and the other goes on behind it.
fn opens_otherwise(x: &Range<usize>, a: &[Token], y: &Range<usize>, b: &[Token]) -> bool {
    x.start > 0 && x.end == a.len() && y.start == 0 && y.end < b.len()
}

/// "Our friends must join us in condemning it", "every member of this house must join us in condemning it": whether the
/// sentence of a token has begun with words of its own.
fn begins_before(tokens: &[Token], at: usize, rules: &WordingRules) -> bool {
    /// Content words by which two beginnings are of two sentences.
    const OWN: usize = 2;
    let stop = |at: usize| tokens.get(at).is_some_and(|token| token.is("."));
    let elides = |at: usize| stop(at + 1) || at.checked_sub(1).is_some_and(stop);
    let ends = |at: usize| stop(at) && !elides(at) || tokens[at].is("!") || tokens[at].is("?");
    let begun = (0..at).rev().take_while(|at| !ends(*at));
    begun.filter(|at| rules.align.is_content(&tokens[*at])).count() >= OWN
}

/// Whether a negation stands close in front of a token.
fn is_negated(tokens: &[Token], at: usize, rules: &WordingRules) -> bool {
    const REACH: usize = 3;
    tokens[at.saturating_sub(REACH)..at].iter().any(|token| rules.grammar.negates(token))
}

#[cfg(test)]
mod tests {
    use crate::compare::story::tests::contradictions;

    #[test]
    fn two_sentences_that_share_their_end_are_two_sayings() {
        let told = "\"Our friends on the council must join us in condemning the harbour master's reckless letters,\" said Ms Lund.";
        let again = "\"Every single keeper of this old lighthouse...should join us in condemning the harbour master's reckless orders,\" said Ms Lund.";
        assert_eq!(contradictions(told, again), "");
        let changed = "\"Our friends on the council must join us in condemning the harbour master's reckless orders,\" said Ms Lund.";
        assert_ne!(contradictions(told, changed), "");
    }
}
