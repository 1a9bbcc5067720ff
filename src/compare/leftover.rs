//! Values that nothing of the other document settles and nothing stands against.
//!
//! Two reports of one happening give its measures in whatever words: "burned for six hours before
//! it was towed", "burned for nine hours in calm waters". The words around such values are too few
//! in common for a slot. But where each is left over (the other document neither repeats it nor
//! gives another value for it), where each is the other's nearest, and where telling words stand
//! near both, they are two answers to one question.

use std::cell::LazyCell;

use compact_str::{CompactString, format_compact};
use rustc_hash::{FxHashMap, FxHashSet};
use schemars::JsonSchema;
use serde::Deserialize;

use super::Book;
use super::beside::agree_beside;
use super::crowd::is_unasked;
use super::measured::is_one;
use super::nearby::Nearby;
use super::rivals::{Pair, Rarity};
use super::story::judge_values;
use super::twins::Twins;
use super::verdict::Judged;
use super::words;
use crate::claim::{Claim, Entity, EntityKind, Kind, Value};
use crate::comparison::Verdict;
use crate::document::Span;
use crate::extract::attribute::SubjectOf;
use crate::extract::bearing::BEARING;
use crate::extract::quantity::{AGE, ORDINAL, SCORE};
use crate::extract::route::ROUTE;
use crate::matching::company::{Shared, shared};
use crate::matching::group::{Mention, Story};
use crate::matching::pairs::is_long;
use crate::matching::slot::is_small;
use crate::matching::transposed::are_clock_slips;
use crate::rules::Words;
use crate::text::fold;
use crate::text::stem::stem;

/// When two values left over stand against each other: `[leftover]` in `rules/matching.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LeftoverRules {
    /// What the rule does.
    pub about: String,
    /// Least weight of the words that two measures share, names aside.
    pub measures: f64,
    /// The same for two values of one attribute that each document gives once.
    pub attributes: f64,
    /// How fast a word's weight falls with its rank: weight = 1 / (1 + fall × rank).
    pub fall: f64,
    /// Stems that say nothing of what is measured.
    pub weak: Words,
}

/// A value of a document, with the other document.
type Side = (u32, Span, u32);

/// Judges the pairs that only the words around kept apart, where both values are left over and
/// each is the other's nearest.
pub fn take_up(story: &Story, book: &Book, pairs: &mut [Pair]) {
    let (found, turned_down): (Vec<_>, Vec<_>) =
        left_over(story, book, pairs).into_iter().partition(|(_, _, judged)| judged.verdict.opposes());
    if book.near_misses {
        for (index, _, judged) in turned_down {
            let why = &mut pairs[index].judged.why;
            *why = format!("{why}; otherwise: {}", judged.why);
        }
    }
    let mut best: FxHashMap<Side, f64> = FxHashMap::default();
    for (index, weight, _) in &found {
        for side in sides(story, &pairs[*index]) {
            let best = best.entry(side).or_default();
            *best = best.max(*weight);
        }
    }
    for (index, weight, judged) in found {
        if sides(story, &pairs[index]).iter().all(|side| best[side] <= weight) {
            pairs[index].judged = judged;
        }
    }
}

/// The pairs of values left over, by number, with the weight of the words they share and what
/// would be said of them.
fn left_over(story: &Story, book: &Book, pairs: &[Pair]) -> Vec<(usize, f64, Judged)> {
    let rules = &book.matching.leftover;
    // Most stories have few values left over.
    let company = LazyCell::new(|| Company { names: names(story), rarity: Rarity::of(story), rules });
    let taken: FxHashSet<Side> = pairs.iter().filter(|p| is_taken(p)).flat_map(|p| sides(story, p)).collect();
    let given = given(story);
    let twins = LazyCell::new(|| Twins::of(story, &book.matching.twin));
    let apart = pairs.iter().enumerate().filter(|(_, pair)| pair.apart);
    let found = apart.filter_map(|(index, pair)| {
        if sides(story, pair).iter().any(|side| taken.contains(side)) {
            return None;
        }
        let weight = LazyCell::new(|| company.weight(story.claim(pair.a), story.claim(pair.b)));
        let known = needed(story, pair, &given, book).is_some_and(|needed| {
            needed.words.is_some_and(|least| *weight >= least)
                || needed.circumstances && agree_beside(story, pair.a, pair.b, book)
        });
        let known = known || are_alone(story, pair) && twins.are(pair.a, pair.b);
        known.then(|| (index, *weight, judge_values(story, pair.a, pair.b, book)))
    });
    found.collect()
}

/// Told of by the other document, or set against another value there.
fn is_taken(pair: &Pair) -> bool {
    pair.judged.verdict != Verdict::NotComparable
}

fn sides(story: &Story, pair: &Pair) -> [Side; 2] {
    let side = |m: Mention, other: Mention| (m.member, story.claim(m).value_span, other.member);
    [side(pair.a, pair.b), side(pair.b, pair.a)]
}

/// What tells that two values left over are of one thing.
struct Needed {
    /// The least weight of the words in common, where words can tell it.
    words: Option<f64>,
    /// Whether what else their sentences tell alike does.
    circumstances: bool,
}

/// What is needed for a pair; nothing for values that are never left over.
fn needed(story: &Story, pair: &Pair, given: &Given, book: &Book) -> Option<Needed> {
    let rules = &book.matching.leftover;
    let (a, b) = (story.claim(pair.a), story.claim(pair.b));
    let attribute = a.attribute.as_str();
    let once = |m: Mention| given.get(&(m.member, question(story.claim(m)))).is_some_and(|values| values.len() == 1);
    let needing = |least: f64| Some(Needed { words: Some(least), circumstances: attribute != "measured" });
    match &a.value {
        _ if attribute != b.attribute => None,
        Value::Quantity(q)
            if attribute == "measured" && !q.unit.is_empty() && ![AGE, SCORE, ORDINAL].contains(&q.unit.as_str()) =>
        {
            one_head(a, b, book).then(|| needing(rules.measures)).flatten()
        }
        Value::When(_) if attribute == "dated" && are_clock_slips(&a.value, &b.value, &book.matching.alike) => {
            needing(0.0)
        }
        Value::Quantity(q) if attribute == "open" && q.unit == "s" && continue_alike(a, b, book) => needing(0.0),
        _ if !(once(pair.a) && once(pair.b)) => None,
        Value::Quantity(_) if counted(a).is_some() && counted(a) == counted(b) => {
            let small = |claim: &Claim| is_small(claim, &book.matching.open) && !is_part(claim);
            Some(Needed { words: None, circumstances: !small(a) && !small(b) })
        }
        _ if is_unasked(a) => None,
        Value::Location(_) | Value::Term(_) if [BEARING, ROUTE].contains(&attribute) => {
            Some(Needed { words: None, circumstances: true })
        }
        Value::Quantity(_) | Value::Location(_) => needing(rules.attributes),
        Value::When(when) if is_long(when) => needing(rules.attributes),
        // One hour that each gives for a happening needs no further words; a day stands beside anything.
        Value::When(_) if has_clock(a) && has_clock(b) && is_of_the_event(a, book) => needing(0.0),
        // Yes or no: where a story gives either answer, and each of the two documents one, both answer one question.
        Value::Term(_) if is_of_few(a, book) && may_be_of_one(a, b) => needing(0.0),
        // Words of one set are too many for those beside them to tell that one thing is meant; sides and directions are
        // told of everything.
        Value::Term(_) if a.kind == Kind::EventTerm => Some(Needed { words: None, circumstances: true }),
        _ => None,
    }
}

/// Whether each of two values is the only one of its sentence that answers what it answers. Where no attribute asks,
/// figures and words do: days, hours, sites and routes are told of every part of a happening, as scores are.
fn are_alone(story: &Story, pair: &Pair) -> bool {
    let alone = |m: Mention| {
        let own = story.claim(m);
        let like = |claim: &&Claim| claim.attribute == own.attribute && is_of_unit(&claim.value, &own.value);
        story.passage(m).filter(like).all(|claim| claim.value_span == own.value_span)
    };
    let (a, b) = (story.claim(pair.a), story.claim(pair.b));
    let asked = match &a.value {
        Value::Quantity(q) => ![SCORE, ORDINAL].contains(&q.unit.as_str()),
        Value::Term(_) if a.kind == Kind::EventTerm => true,
        _ => !is_unasked(a) && a.kind != Kind::Antonym,
    };
    let route = [BEARING, ROUTE].contains(&a.attribute.as_str());
    asked && !route && a.attribute == b.attribute && alone(pair.a) && alone(pair.b)
}

fn is_of_unit(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Quantity(x), Value::Quantity(y)) => x.unit == y.unit,
        _ => std::mem::discriminant(a) == std::mem::discriminant(b),
    }
}

/// Whether both values measure, or are the year of, what one noun or verb names.
pub(super) fn one_head(a: &Claim, b: &Claim, book: &Book) -> bool {
    fn heads(claim: &Claim) -> impl Iterator<Item = &Entity> {
        claim.subject.iter().filter(|e| e.kind == EntityKind::Other)
    }
    heads(a).any(|left| heads(b).any(|right| is_one(&left.name, &right.name, book)))
}

/// What a claim without an attribute of its own counts, by the words of its outlet.
fn counted(claim: &Claim) -> Option<CompactString> {
    match &claim.value {
        Value::Quantity(q) if claim.attribute == "open" && q.unit.is_empty() && !q.counted.is_empty() => {
            Some(stem(&q.counted))
        }
        _ => None,
    }
}

/// "For seven days after the injection", "for 14 days after the injection": the same words follow, of which one tells
/// something.
fn continue_alike(a: &Claim, b: &Claim, book: &Book) -> bool {
    const WORDS: usize = 3;
    let (x, y) = (Nearby::of(a), Nearby::of(b));
    if ![&x, &y].iter().all(|side| side.previous() == Some("for")) {
        return false;
    }
    let follow = || x.behind().iter().zip(y.behind()).take(WORDS).take_while(|(x, y)| x.norm == y.norm);
    let telling =
        follow().any(|(x, _)| book.extract.open.is_content(x) && !book.matching.leftover.weak.contains(&stem(&x.norm)));
    telling && follow().count() == WORDS
}

/// Whether a claim counts some of a whole.
fn is_part(claim: &Claim) -> bool {
    matches!(&claim.value, Value::Quantity(q) if q.part)
}

/// What a claim answers: its attribute, at which hour, or how many of a thing, or of so many of them, there are.
fn question(claim: &Claim) -> CompactString {
    let part = if is_part(claim) { "part of " } else { "" };
    match counted(claim) {
        Some(noun) => format_compact!("open {part}{noun}"),
        None if has_clock(claim) => format_compact!("{} clock", claim.attribute),
        None => claim.attribute.clone(),
    }
}

/// Whether an attribute asks for one of a few things. Of many, a story may well tell several: ways to die, dishes.
fn is_of_few(claim: &Claim, book: &Book) -> bool {
    const FEW: usize = 3;
    book.extract.attribute(&claim.attribute).is_some_and(|rule| rule.terms.len() <= FEW && !rule.many)
}

/// Whether neither says whose it is, or the sentence of one names whose the other is: "the Steenbrug is closed", "the
/// first cars were crossing the Steenbrug".
fn may_be_of_one(a: &Claim, b: &Claim) -> bool {
    let named = |told: &Claim, untold: &Claim| {
        let around = words(&untold.text);
        let stands = |name: &str| {
            let last = words(name).into_iter().next_back();
            last.is_some_and(|last| around.iter().any(|word| word.norm == last.norm && word.is_capitalised()))
        };
        let mut names = told.subject.iter().map(|e| e.name.as_str()).filter(|n| n.starts_with(char::is_uppercase));
        names.any(stands)
    };
    a.subject.is_empty() && b.subject.is_empty() || named(a, b) || named(b, a)
}

/// Whether an attribute asks for what a story has one of, whoever does it.
fn is_of_the_event(claim: &Claim, book: &Book) -> bool {
    let rule = book.extract.attribute(&claim.attribute);
    rule.is_some_and(|rule| rule.subject == SubjectOf::Event && !(rule.keyed || rule.persons || rule.many))
}

fn has_clock(claim: &Claim) -> bool {
    matches!(&claim.value, Value::When(when) if when.clock.is_some())
}

/// The values that each document gives for each question: one that it repeats is one.
type Given<'s> = FxHashMap<(u32, CompactString), Vec<&'s Value>>;

fn given(story: &Story) -> Given<'_> {
    let mut given = Given::default();
    for mention in story.mentions() {
        let claim = story.claim(mention);
        let values: &mut Vec<&Value> = given.entry((mention.member, question(claim))).or_default();
        if !values.contains(&&claim.value) {
            values.push(&claim.value);
        }
    }
    given
}

/// The stems of all names of a story: what both sides name is told of much.
fn names(story: &Story) -> FxHashSet<CompactString> {
    let claims = story.mentions().map(|m| story.claim(m));
    let named = claims.flat_map(|claim| {
        let whose = claim.subject.iter().filter(|e| e.name.starts_with(char::is_uppercase));
        claim.value.as_name().into_iter().chain(whose).map(|entity| entity.name.as_str())
    });
    named.flat_map(|name| name.split([' ', '-'])).map(|word| stem(&fold(word))).collect()
}

struct Company<'s> {
    names: FxHashSet<CompactString>,
    rarity: Rarity<'s>,
    rules: &'s LeftoverRules,
}

impl Company<'_> {
    /// The weight of the telling words that stand near both.
    fn weight(&self, a: &Claim, b: &Claim) -> f64 {
        let telling = |near: &Shared| !self.names.contains(near.word) && !self.rules.weak.contains(near.word);
        let words = shared(a, b).filter(telling);
        words.map(|near| self.rarity.of_word(near.word) * near.weight(self.rules.fall)).sum()
    }
}

#[cfg(test)]
mod tests {
    use crate::compare::story::tests::contradictions;

    /// What both tell besides: among few figures no word is telling.
    const ELSE: &str = "Fares rose by 12 percent in May. The bridge is 310 metres long. The hall holds 4,120 guests. \
        The harbour was dredged for nine weeks. The mayor earns $93,400. The tower weighs 740 tonnes.";

    #[test]
    fn values_left_over_stand_against_each_other() {
        for (left, right, expected) in [
            (
                "The runway was blocked for five hours because the jet could not be towed.",
                "The only runway was usable again two hours afterwards, when the oil had been washed off.",
                "five hours / two hours",
            ),
            // What the other document gives too is settled.
            (
                "The runway was blocked for five hours because the jet could not be towed.",
                "The runway was usable again two hours afterwards. The jet blocked the runway for five hours.",
                "",
            ),
            ("The runway was blocked for five hours.", "The concert in the park lasted two hours.", ""),
            (
                "Field workers visited each child for seven hours after the injection.",
                "For 14 hours after the injection a health worker knocked at every door.",
                "seven hours / 14 hours",
            ),
            // One peculiar minute in two hours is a slip of the pen.
            (
                "The racks in the freezer fell at about 9:40 p.m.",
                "The collapse occurred at around 7.40pm.",
                "9:40 p.m. / 7.40pm",
            ),
            ("The racks in the freezer fell at about 9:30 p.m.", "The collapse occurred at around 7.30pm.", ""),
            (
                "He had broken an ankle when he slipped.",
                "No bone was broken.",
                "had broken an ankle / No bone was broken",
            ),
            ("The crash happened at 4:20 p.m. on the pass.", "Disaster struck shortly after 7pm.", "4:20 p.m. / 7pm"),
            ("The crash happened at 4:20 p.m. on the pass.", "The guests left the hotel shortly after 7pm.", ""),
        ] {
            let (left, right) = (format!("{left} {ELSE}"), format!("{right} {ELSE}"));
            assert_eq!(contradictions(&left, &right), expected, "{left} / {right}");
        }
    }
}
