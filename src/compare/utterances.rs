//! The quotations of one story, compared as utterances: what both print of one, and who is told to have said it.

use std::ops::Range;

use compact_str::CompactString;
use rustc_hash::{FxHashMap, FxHashSet};

use super::align::{Alignment, align_wordings, show};
use super::quotation::{compare_aligned, compare_quotations};
use super::speakers::two_speakers;
use super::story::{Told, finding};
use super::verdict::{Circumstances, Judged, judge};
use super::vocabulary::Wording;
use super::{Book, window, words};
use crate::claim::{Claim, Kind};
use crate::comparison::{Comparison, Relation};
use crate::matching::group::{Mention, Story};
use crate::matching::pairs::quotation_pairs;
use crate::normalise::place::place_key;
use crate::text::Token;

/// Judges the pairs of quotations that share words in a row.
pub(super) fn findings(story: &Story, book: &Book, told: &mut Told) {
    let quotes = story.mentions().filter(|m| story.claim(*m).kind == Kind::Quote);
    let tokens: FxHashMap<Mention, Vec<Token>> = quotes.map(|m| (m, words(story.claim(m).printed()))).collect();
    let rules = &book.compare.wording.align;
    let wordings: FxHashMap<Mention, Wording> =
        tokens.iter().map(|(m, tokens)| (*m, Wording::new(window::bare(tokens), rules))).collect();
    let pairs = quotation_pairs(story, &tokens, &book.matching.pairs, &mut told.cut);
    // Who prints what another prints, and what was changed; that waits until the first is known.
    let (mut settled, mut changed) = (FxHashSet::default(), Vec::new());
    for (a, b) in pairs {
        let (left, right) = (story.claim(a), story.claim(b));
        let wordings = (&wordings[&a], &wordings[&b]);
        let sides = (wordings.0.tokens, wordings.1.tokens);
        let (mut comparison, stretch) = same_stretch(wordings, one_speaker(left, right), book);
        let reworded = !is_one_word(&stretch.2) || stretch.2.similarity < book.compare.wording.quotation.two_speakers;
        if comparison.relation == Relation::Incompatible && reworded && are_two_speakers(left, right) {
            comparison = Comparison::new(Relation::Unknown, "quotation", "two speakers who say something alike");
        }
        let judged = judge(left, right, comparison, Circumstances::default(), book.compare);
        if let Some(finding) = two_speakers(story, (a, b), sides, &judged, book) {
            told.add(finding);
        }
        if judged.verdict.is_same() {
            settled.extend([(a, b.member), (b, a.member)]);
        }
        let diff = |(x, y, alignment): Stretch| {
            show((left.printed(), &sides.0[x]), (right.printed(), &sides.1[y]), &alignment)
        };
        if judged.verdict.opposes() {
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

/// The tokens of either side that were compared, and how they lie against each other.
type Stretch = (Range<usize>, Range<usize>, Alignment);

/// Compares what two quotations have in common.
fn same_stretch(wordings: (&Wording, &Wording), one_speaker: bool, book: &Book) -> (Comparison, Stretch) {
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
    if cut && comparison.relation == Relation::Same {
        comparison =
            Comparison::new(Relation::LessPrecise, "truncation", "one quotation is a shorter cut of the other");
    }
    (comparison, (x, y, compared.alignment))
}
