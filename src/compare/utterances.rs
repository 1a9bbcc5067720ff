//! The quotations of one story, compared as utterances: what both print of one, and who is told to have said it.

use compact_str::CompactString;
use rustc_hash::{FxHashMap, FxHashSet};

use super::align::show;
use super::sayings::prints_too;
use super::speakers::two_speakers;
use super::story::{Told, finding};
use super::stretch::{Stretch, same_stretch};
use super::verdict::{Circumstances, Judged, judge};
use super::vocabulary::Wording;
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
        let limit = book.compare.wording.quotation.two_speakers;
        let reworded = !stretch.is_one_word() || stretch.alignment.similarity < limit;
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
