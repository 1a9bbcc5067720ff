//! Whether two figures that no attribute asks for measure one thing.

use super::Book;
use super::ages::are_of_other_ages;
use crate::claim::{Claim, Entity, EntityKind, Quantity, Value};
use crate::extract::quantity::ORDINAL;
use crate::lexicon::{Part, WordRelation};
use crate::matching::alike::figures;
use crate::matching::company::shared;
use crate::matching::identity::Identities;
use crate::matching::pairs::is_long;
use crate::matching::slot::{Miss, Why, is_small, like_company, other_scope};
use crate::matching::transposed::{transposed, transposed_years};
use crate::text::stem::stem;

/// Whether two figures of one unit measure one thing, by the words that name it; else why not.
pub fn same_measured(a: &Claim, b: &Claim, identities: &mut Identities, book: &Book) -> Result<(), Miss> {
    let (Value::Quantity(x), Value::Quantity(y)) = (&a.value, &b.value) else { return Err(another("no figures")) };
    let swapped = is_swapped(x, y, book);
    // A sentence that tells two times may leave its figure without one.
    if other_scope(a, b) && !(swapped && (a.time.is_none() || b.time.is_none())) {
        return Err(another("figures of different stretches of time"));
    }
    if swapped && !other_doer(a, b, identities, book) {
        return Ok(());
    }
    if !same_count(x, y, book) {
        return Err(Miss::Another(Why::Of("they count different things", counted, "and")));
    }
    if x.unit == ORDINAL {
        same_order(x, y, book)?;
        like_company(a, b, &book.matching.open)?;
        // A bout has many rounds of which much the same is told: they agree, but do not stand against each other.
        if x.low != y.low && !transposed(x, y) {
            return Err(another("two of a row, which no attribute asks for"));
        }
    }
    if is_small(a, &book.matching.open) || is_small(b, &book.matching.open) {
        return Err(another("too small a count to be known by one word"));
    }
    if other_doer(a, b, identities, book) || are_of_other_ages(a, b) {
        return Err(another("of another person"));
    }
    if is_peculiar(x, y, book) {
        return Ok(());
    }
    let counted = !x.counted.is_empty() && !y.counted.is_empty();
    if one_thing(a, b, book) || transposed(x, y) && (counted || shared(a, b).next().is_some()) {
        return Ok(());
    }
    Err(apart("they measure different things"))
}

/// Whether two ordinals are of one row of things: minutes, floors.
fn same_order(a: &Quantity, b: &Quantity, book: &Book) -> Result<(), Miss> {
    match is_one(&a.counted, &b.counted, book) {
        true => Ok(()),
        false => Err(Miss::Another(Why::Of("they order different things", counted, "and"))),
    }
}

/// Whether two sites are told of one happening, by the words in front of them; else why not.
pub fn same_located(a: &Claim, b: &Claim, identities: &mut Identities, book: &Book) -> Result<(), Miss> {
    if other_doer(a, b, identities, book) {
        return Err(another("of another person"));
    }
    if (one_thing(a, b, book) || one_type(a, b, book)) && shared(a, b).count() >= book.matching.open.shared {
        return Ok(());
    }
    Err(apart("the words around them differ"))
}

/// Whether two days or times are told of one happening, by the verb or noun beside them; else why not.
pub fn same_dated(a: &Claim, b: &Claim, identities: &mut Identities, book: &Book) -> Result<(), Miss> {
    if other_doer(a, b, identities, book) {
        return Err(another("of another person"));
    }
    let (x, y) = (told(a, EntityKind::Other).next(), told(b, EntityKind::Other).next());
    // Who was seen on Friday may be found on Saturday: for a weekday it must be the very word.
    let bare = is_weekday(a) || is_weekday(b);
    let one_word =
        |x: &Entity, y: &Entity| if bare { stem(&x.name) == stem(&y.name) } else { is_one(&x.name, &y.name, book) };
    let one = x.zip(y).is_some_and(|(x, y)| one_word(x, y));
    // Much happens in a year, and little at an hour: only a slip of the pen is known.
    let known = !is_of_year(a) || are_slips(a, b);
    // Much happens on a Monday: a verb must say what, and somebody must do it.
    let is_verb = |told: Option<&Entity>| told.is_some_and(|e| book.lexicon.part(&e.name) == Some(Part::Verb));
    let done = |claim: &Claim, deed| is_verb(deed) && told(claim, EntityKind::Person).next().is_some();
    let sure = !bare || done(a, x) && done(b, y) || are_parts_of_a_day(a, b);
    if one && known && sure {
        return Ok(());
    }
    Err(apart("told of other things"))
}

fn another(why: &'static str) -> Miss {
    Miss::Another(why.into())
}

fn apart(why: &'static str) -> Miss {
    Miss::Apart(Why::Of(why, names, "and"))
}

/// What a figure counts.
fn counted(claim: &Claim) -> String {
    match &claim.value {
        Value::Quantity(quantity) => quantity.counted.to_string(),
        _ => String::new(),
    }
}

/// Two great figures with swapped digits are one, by whatever word each outlet counts: "84,000
/// blankets", "48,000 units".
pub(super) fn is_swapped(a: &Quantity, b: &Quantity, book: &Book) -> bool {
    let written = a.unit.is_empty() || a.is_money();
    let great = a.low.min(b.low) >= book.matching.transposed.great;
    written && great && transposed(a, b) && !are_strangers(&a.counted, &b.counted, book)
}

/// The same of the values of two claims.
pub(super) fn are_swapped(a: &Claim, b: &Claim, book: &Book) -> bool {
    matches!((&a.value, &b.value), (Value::Quantity(x), Value::Quantity(y)) if is_swapped(x, y, book))
}

/// Nouns of two kinds of things one can touch, neither more general than the other: sheep and evacuees.
fn are_strangers(a: &str, b: &str, book: &Book) -> bool {
    let (x, y) = (book.lexicon.topic(a), book.lexicon.topic(b));
    let touchable = |topic: Option<&str>| topic.is_some_and(|topic| book.lexicon.is_concrete(topic));
    let known = x.is_some() && y.is_some() && x != y;
    known && (touchable(x) || touchable(y)) && book.lexicon.relation(a, b) != Some(WordRelation::Hypernym)
}

/// Plain counts must count one thing, by whichever word, or anybody.
fn same_count(a: &Quantity, b: &Quantity, book: &Book) -> bool {
    let anybody = |q: &Quantity| book.compare.verdict.generic_counts.contains(&q.counted);
    let anyone = || anybody(a) && anybody(b) || is_peculiar(a, b, book) || are_swapped_people(a, b, book);
    !a.unit.is_empty() || is_one(&a.counted, &b.counted, book) || anyone()
}

/// "58 associates" beside "85 people": a part of the people would hardly have the digits of all.
pub(super) fn are_swapped_people(a: &Quantity, b: &Quantity, book: &Book) -> bool {
    let anybody = |q: &Quantity| book.compare.verdict.generic_counts.contains(&q.counted);
    let person = |q: &Quantity| anybody(q) || book.lexicon.topic(&q.counted) == Some("person");
    (anybody(a) || anybody(b)) && person(a) && person(b) && transposed(a, b)
}

/// One exact number of many figures, as it is written: measures are converted and have more.
fn is_peculiar(a: &Quantity, b: &Quantity, book: &Book) -> bool {
    let written = a.unit.is_empty() || a.unit == "%" || a.is_money();
    written && a.low == b.low && a.high == b.high && figures(a.low) >= book.matching.alike.figures
}

/// The surest word of one is among the two surest of the other; a verb alone says too little.
fn one_thing(a: &Claim, b: &Claim, book: &Book) -> bool {
    let company = || shared(a, b).count();
    let fits = |i: usize, left: &Entity| {
        let mut ranked = told(b, EntityKind::Other).enumerate().filter(|(j, _)| i + j <= 1);
        let verb = || book.lexicon.part(&left.name) == Some(Part::Verb);
        ranked.any(|(_, right)| is_one(&left.name, &right.name, book)) && (company() > 1 || !verb())
    };
    told(a, EntityKind::Other).enumerate().any(|(i, left)| fits(i, left))
}

/// Two venues of one type, by whatever word that both have: "survivors housed in a gym", "survivors taken to a gym".
fn one_type(a: &Claim, b: &Claim, book: &Book) -> bool {
    let (Value::Location(x), Value::Location(y)) = (&a.value, &b.value) else { return false };
    let is_told = |one: &Entity| told(b, EntityKind::Other).any(|other| is_one(&one.name, &other.name, book));
    let common = || told(a, EntityKind::Other).any(is_told);
    !x.class.is_empty() && x.class == y.class && common()
}

/// A day that only its name tells.
fn is_weekday(claim: &Claim) -> bool {
    matches!(&claim.value, Value::When(when) if when.clock.is_none() && when.day.is_none() && when.weekday.is_some())
}

/// The afternoon and the evening of one day.
fn are_parts_of_a_day(a: &Claim, b: &Claim) -> bool {
    let (Value::When(x), Value::When(y)) = (&a.value, &b.value) else { return false };
    x.part.is_some() && y.part.is_some() && x.weekday == y.weekday && x.days == y.days
}

/// Two years of which one is the other with its digits swapped.
fn are_slips(a: &Claim, b: &Claim) -> bool {
    matches!((&a.value, &b.value), (Value::When(x), Value::When(y)) if transposed_years(x, y))
}

/// A month or year that is told alone.
fn is_of_year(claim: &Claim) -> bool {
    matches!(&claim.value, Value::When(when) if is_long(when))
}

/// What one person does measures nothing that another does.
fn other_doer(a: &Claim, b: &Claim, identities: &mut Identities, book: &Book) -> bool {
    let numbers = |claim: &Claim, identities: &mut Identities| {
        told(claim, EntityKind::Person).map(|e| identities.number(e, &book.compare.name)).collect::<Vec<_>>()
    };
    if [a, b].iter().any(|claim| told(claim, EntityKind::Person).next().is_none()) {
        return false;
    }
    let (x, y) = (numbers(a, identities), numbers(b, identities));
    !x.iter().any(|number| y.contains(number))
}

/// The words that name what is measured, or the persons.
fn told(claim: &Claim, kind: EntityKind) -> impl Iterator<Item = &Entity> {
    claim.subject.iter().filter(move |e| e.kind == kind)
}

pub(super) fn is_one(a: &str, b: &str, book: &Book) -> bool {
    let one_stem = || stem(a) == stem(b);
    !a.is_empty() && !b.is_empty() && (book.lexicon.mean_the_same(a, b) || one_stem())
}

fn names(claim: &Claim) -> String {
    told(claim, EntityKind::Other).map(|e| e.name.as_str()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::interval::tests::quantity;
    use crate::normalise::place::Gazetteer;
    use crate::rules::RuleBook;

    #[test]
    fn great_figures_with_swapped_digits_are_one() {
        let RuleBook { matching, compare, extract, lexicon, .. } = &RuleBook::load(None).unwrap();
        let gazetteer = Gazetteer::builtin();
        let book = Book { matching, compare, extract, lexicon, gazetteer, near_misses: false };
        for (left, right, expected) in [
            ("84,000 heaters", "48,000 units", true),
            ("$5.2 million", "$2.5 million", true),
            ("2,300 workers", "3,200 employees", true),
            ("6,200 sheep", "2,600 evacuees", false),
            ("32 districts", "23 seats", false),
            ("84,000 heaters", "84,500 heaters", false),
        ] {
            assert_eq!(is_swapped(&quantity(left), &quantity(right), &book), expected, "{left} / {right}");
        }
    }
}
