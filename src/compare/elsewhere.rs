//! Figures told of another place: the fire of another town, recalled in passing.
//!
//! A report names where its own event lies, and puts a place of its own to whatever it recalls. Two figures, or two
//! words, whose sentences lie in places of which neither contains the other are of two happenings; so are two of which
//! one lies in a place that the other document's places all lie apart from, or whose sentence names only strangers.

use super::Book;
use super::measured::are_swapped;
use super::place::relate_locations;
use crate::claim::{Claim, Location, Value};
use crate::comparison::Relation;
use crate::extract::bearing::BEARING;
use crate::matching::group::{Mention, Story};

/// Whether two claims are told of places that lie apart. Names and places themselves are what outlets differ in.
pub fn told_elsewhere(story: &Story, a: Mention, b: Mention, book: &Book) -> bool {
    let (left, right) = (story.claim(a), story.claim(b));
    if !is_placed_value(&left.value) || !is_placed_value(&right.value) {
        return false;
    }
    // "Off to the southeast" is told of nowhere in particular.
    let figures = matches!(left.value, Value::Quantity(_));
    if figures && are_from_two_places(story, a, b, book) {
        return true;
    }
    // One great figure with two digits swapped is of one thing, whoever else is named.
    if figures && !are_swapped(left, right, book) && (names_strangers(story, a, b) || names_strangers(story, b, a)) {
        return true;
    }
    match (known(left, book), known(right, book)) {
        (Some(x), Some(y)) => lie_apart(x, y, book),
        (Some(x), None) if figures => knows_other_places(story, b, x, book),
        (None, Some(y)) if figures => knows_other_places(story, a, y, book),
        _ => false,
    }
}

/// "41 km northeast of Lyon", "90 km north of Metz": both may be true.
fn are_from_two_places(story: &Story, a: Mention, b: Mention, book: &Book) -> bool {
    let from = |mention: Mention| {
        let span = story.claim(mention).span;
        let bearing = story.member(mention).claims.iter().find(|c| c.span == span && c.attribute == BEARING);
        bearing.and_then(|claim| match &claim.value {
            Value::Location(place) => Some(place),
            _ => None,
        })
    };
    let metres = |mention: Mention| matches!(&story.claim(mention).value, Value::Quantity(q) if q.unit == "m");
    let places = from(a).zip(from(b)).filter(|_| metres(a) && metres(b));
    places.is_some_and(|(x, y)| lie_apart(x, y, book))
}

/// "Last autumn Holm bought Lind for $95 million": names, none of which the other document has anywhere.
fn names_strangers(story: &Story, mention: Mention, other: Mention) -> bool {
    /// One may be a place nearby, or whoever told it.
    const FEWEST: usize = 2;
    let named = story.names(mention);
    let known = |name: &u32| story.member(other).statements.iter().any(|s| s.names.contains(name));
    named.len() >= FEWEST && !named.iter().any(known)
}

fn is_placed_value(value: &Value) -> bool {
    matches!(value, Value::Quantity(_) | Value::Term(_))
}

/// The place of a claim, where the gazetteer knows for certain where it, or what contains it, lies.
fn known<'c>(claim: &'c Claim, book: &Book) -> Option<&'c Location> {
    claim.place.as_ref().filter(|place| is_known(place, book) && !is_aside(place, claim, book))
}

/// "The climber, who had lived in Bergen, fell": where somebody is from is not where it happened.
fn is_aside(place: &Location, claim: &Claim, book: &Book) -> bool {
    let Some(at) = claim.text.find(place.name.as_str()) else { return true };
    let clause = claim.text[..at].rsplit([',', ';', '(']).next().unwrap_or_default();
    let words = || clause.split_whitespace();
    let aside = |word: Option<&str>| word.is_some_and(|word| book.compare.verdict.asides.contains(word));
    aside(words().next()) || aside(words().next_back())
}

fn is_known(place: &Location, book: &Book) -> bool {
    // Nobody can say what a region beside all others, "the Arctic", holds.
    let certain = |name: &str| book.gazetteer.locate_certain(name).is_some_and(|found| !found.inside.is_empty());
    place.named && place.class.is_empty() && certain(&place.name) || place.inside.iter().any(|name| certain(name))
}

fn lie_apart(a: &Location, b: &Location, book: &Book) -> bool {
    relate_locations(a, b, book.gazetteer, &book.compare.place) == Relation::Incompatible
}

/// Whether a document names places, and all of them lie apart from one.
fn knows_other_places(story: &Story, mention: Mention, place: &Location, book: &Book) -> bool {
    let claims = &story.member(mention).claims;
    let mut places = claims.iter().filter_map(|claim| known(claim, book)).peekable();
    places.peek().is_some() && places.all(|other| lie_apart(other, place, book))
}

#[cfg(test)]
mod tests {
    use crate::compare::story::tests::contradictions;

    #[test]
    fn figures_of_strangers_stand_against_none() {
        let own = "The transaction of Harrow Steel is valued at $360 million.";
        let other = "Harrow Steel grew. Last autumn Veld Group bought Alder Mills for $95 million.";
        assert_eq!(contradictions(own, other), "");
    }

    #[test]
    fn figures_of_another_place_stand_against_none() {
        let own = "LYON - A fire in a mill in Lyon destroyed 40 looms on Tuesday.";
        for (other, expected) in [
            ("The fire in a mill in Lyon destroyed 30 looms on Tuesday.", "40 / 30"),
            ("The fire in a mill destroyed 30 looms on Tuesday.", "40 / 30"),
            ("Another fire in Bergen destroyed 30 looms on Tuesday.", ""),
        ] {
            assert_eq!(contradictions(own, other), expected, "{other}");
        }
        let apart = "The fire in Lyon was out at noon. The fire in the mill destroyed 40 looms.";
        assert_eq!(contradictions(apart, "A fire in Bergen, Norway, destroyed 30 looms."), "");
        let aside = "The owner, who had lived in Bergen, said that the fire in a mill destroyed 30 looms.";
        assert_eq!(contradictions(own, aside), "40 / 30");
    }
}
