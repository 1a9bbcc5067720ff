//! The quotations of one story, compared as utterances: what both print of one, and who is told to have said it.

use std::ops::Range;

use compact_str::CompactString;
use rustc_hash::{FxHashMap, FxHashSet};

use super::align::{Alignment, align, show};
use super::difference::{Difference, Finding as Differing};
use super::quotation::{compare_quotations, is_shade};
use super::sayings::prints_too;
use super::speakers::two_speakers;
use super::story::{Told, finding};
use super::verdict::{Circumstances, Judged, judge};
use super::wording::WordingRules;
use super::{Book, window, words};
use crate::claim::{Claim, Kind, Value};
use crate::comparison::{Comparison, Relation};
use crate::matching::group::{Mention, Story};
use crate::matching::pairs::quotation_pairs;
use crate::normalise::place::place_key;
use crate::text::Token;

/// Judges the pairs of quotations that share words in a row.
pub(super) fn findings(story: &Story, book: &Book, told: &mut Told) {
    let quotes = story.mentions().filter(|m| story.claim(*m).kind == Kind::Quote);
    let tokens: FxHashMap<Mention, Vec<Token>> = quotes.map(|m| (m, words(spoken(story.claim(m))))).collect();
    let pairs = quotation_pairs(story, &tokens, &book.matching.pairs, &mut told.cut);
    // Who prints what another prints, and what was changed; that waits until the first is known.
    let (mut settled, mut changed) = (FxHashSet::default(), Vec::new());
    for (a, b) in pairs {
        let (left, right) = (story.claim(a), story.claim(b));
        let sides = (window::bare(&tokens[&a]), window::bare(&tokens[&b]));
        let (mut comparison, stretch) = same_stretch(sides.0, sides.1, one_speaker(left, right), book);
        let limit = book.compare.wording.quotation.two_speakers;
        let reworded = !is_one_word(&stretch.alignment) || stretch.alignment.similarity < limit;
        let few = is_short(sides.0, book) || is_short(sides.1, book);
        if comparison.relation == Relation::Incompatible && (reworded || few) && are_two_speakers(left, right) {
            comparison = Comparison::new(Relation::Unknown, "quotation", "two speakers who say something alike");
        }
        let judged = judge(left, right, comparison, Circumstances::default(), book.compare);
        if let Some(finding) = two_speakers(story, (a, b), sides, &judged, book) {
            told.add(finding);
        }
        if judged.verdict.is_same() {
            settled.extend([(a, b.member), (b, a.member)]);
        }
        let diff = |Stretch { a: x, b: y, alignment, .. }: Stretch| {
            show((spoken(left), &sides.0[x]), (spoken(right), &sides.1[y]), &alignment)
        };
        if judged.verdict.opposes() {
            let others = |of: Mention| tokens.iter().filter(move |(m, _)| **m != of && m.member == of.member);
            let print = |of: Mention| others(of).map(|(_, tokens)| tokens.as_slice());
            if prints_too(stretch.side_a(sides.0), print(b)) || prints_too(stretch.side_b(sides.1), print(a)) {
                settled.insert((a, b.member));
            }
            changed.push((a, b, judged, diff(stretch)));
        } else {
            told.take(judged, |judged| finding(story, a, b, judged, diff(stretch)));
        }
    }
    for (a, b, mut judged, diff) in changed {
        if settled.contains(&(a, b.member)) || settled.contains(&(b, a.member)) {
            judged = Judged::not_comparable(judged.kind, "quotation", "the other document prints this one as well");
        }
        told.take(judged, |judged| finding(story, a, b, judged, diff));
    }
}

/// What was said, without what the reporter put between two parts of it.
fn spoken(claim: &Claim) -> &str {
    match &claim.value {
        Value::Words(words) => words,
        _ => claim.printed(),
    }
}

/// Whether a quotation is of few words, which anybody may say: "a black day".
fn is_short(tokens: &[Token], book: &Book) -> bool {
    tokens.iter().filter(|token| token.is_wordlike()).count() < book.matching.speaker.words
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

/// Whether two quotations are told to be of one speaker, by the last word of the name.
fn one_speaker(a: &Claim, b: &Claim) -> bool {
    speakers(a, b).is_some_and(|(x, y)| x == y)
}

/// Whether they are told to be of two.
fn are_two_speakers(a: &Claim, b: &Claim) -> bool {
    /// Letters that two spellings of one name have in common.
    const SPELT: f64 = 0.7;
    speakers(a, b).is_some_and(|(x, y)| strsim::normalized_damerau_levenshtein(&x, &y) < SPELT)
}

/// The last words of the names of both speakers, where both are named: "a member" may be anybody.
fn speakers(a: &Claim, b: &Claim) -> Option<(CompactString, CompactString)> {
    let named = |word: &&str| word.starts_with(char::is_uppercase);
    let last = |claim: &Claim| claim.speaker.as_deref()?.rsplit(' ').next().filter(named).map(place_key);
    last(a).zip(last(b))
}

/// Whether two stretches are alike but for one word.
fn is_one_word(alignment: &Alignment) -> bool {
    matches!(&alignment.runs[..], [run] if run.a.len() == 1 && run.b.len() == 1)
}

/// What two quotations have in common, and how it differs.
struct Stretch {
    /// The tokens of the first.
    a: Range<usize>,
    /// The tokens of the second.
    b: Range<usize>,
    /// How these lie against each other.
    alignment: Alignment,
    /// In what they differ, by their own tokens.
    differences: Vec<Differing>,
}

impl Stretch {
    /// The first quotation's tokens of the stretch, and where the gravest differences lie in them.
    fn side_a<'t>(&self, tokens: &'t [Token]) -> (&'t [Token], Vec<Range<usize>>) {
        (&tokens[self.a.clone()], self.gravest().map(|found| found.run.a.clone()).collect())
    }

    /// The same of the second.
    fn side_b<'t>(&self, tokens: &'t [Token]) -> (&'t [Token], Vec<Range<usize>>) {
        (&tokens[self.b.clone()], self.gravest().map(|found| found.run.b.clone()).collect())
    }

    /// The gravest differences, where they are firm: who prints two wordings that shade into one another has changed one.
    fn gravest(&self) -> impl Iterator<Item = &Differing> {
        let gravest = self.differences.iter().map(|found| found.difference).max().filter(|found| !is_shade(*found));
        self.differences.iter().filter(move |found| Some(found.difference) == gravest)
    }
}

/// Compares what two quotations have in common.
fn same_stretch(a: &[Token], b: &[Token], one_speaker: bool, book: &Book) -> (Comparison, Stretch) {
    let wording = &book.compare.wording;
    let whole = align(a, b, &wording.align);
    let (x, y) = window::common(a.len(), b.len(), &whole, wording.quotation.ending);
    let compared = compare_quotations(&a[x.clone()], &b[y.clone()], wording, book.lexicon);
    let cut = x.len() < a.len() || y.len() < b.len();
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

/// Why what stands around the stretch that two quotations share tells that they are two sayings.
fn doubt(
    found: &[Differing],
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

/// Whether a negation stands close in front of a token.
fn is_negated(tokens: &[Token], at: usize, rules: &WordingRules) -> bool {
    const REACH: usize = 3;
    tokens[at.saturating_sub(REACH)..at].iter().any(|token| rules.grammar.negates(token))
}
