//! What two sentences tell alike beside two values that differ.
//!
//! "Thirty-one were taken to hospital in Ostby", "31 were treated at the clinic in Holm": hardly a word is common to
//! both, and yet the 31 tells that they are of the same people. Figures, times of day and venues that two sentences both
//! give count; names do not, for a story's names stand everywhere in it.

use compact_str::{CompactString, format_compact};
use rustc_hash::FxHashSet;

use super::Book;
use crate::claim::{Bound, Claim, Quantity, Value, When};
use crate::extract::quantity::{AGE, ORDINAL, SCORE};
use crate::matching::group::{Mention, Story};
use crate::text::fold;

/// How surely one circumstance in common tells of one happening: a small count or a day is half of it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Beside {
    Whole(CompactString),
    Half(CompactString),
}

/// Whether the sentences of two mentions give enough else alike to be told of one thing.
pub fn agree_beside(story: &Story, a: Mention, b: Mention, book: &Book) -> bool {
    let (x, y) = (circumstances(story, a, book), circumstances(story, b, book));
    let halves = x.intersection(&y).map(|beside| match beside {
        Beside::Whole(_) => 2,
        Beside::Half(_) => 1,
    });
    halves.sum::<u32>() >= 2
}

/// What a sentence gives beside the value of one of its claims.
fn circumstances(story: &Story, mention: Mention, book: &Book) -> FxHashSet<Beside> {
    let own = story.claim(mention);
    let beside = story.passage(mention).filter(|claim| claim.value_span != own.value_span);
    let told = beside.flat_map(|claim| of_value(claim, book).into_iter().chain([of_whole(own, claim)]));
    told.chain(own.time.iter().flat_map(of_time)).flatten().collect()
}

/// "14 of the 17 counts": the whole tells of what the part is, however small.
fn of_whole(part: &Claim, whole: &Claim) -> Option<Beside> {
    let (Value::Quantity(x), Value::Quantity(y)) = (&part.value, &whole.value) else { return None };
    let one = x.part && !y.part && !y.counted.is_empty() && x.counted == y.counted && y.low == y.high;
    one.then(|| Beside::Whole(format_compact!("of {} {}", y.low, y.counted)))
}

fn of_value(claim: &Claim, book: &Book) -> [Option<Beside>; 2] {
    match &claim.value {
        Value::Quantity(quantity) => [of_figure(quantity, book), None],
        Value::When(when) => of_time(when),
        Value::Location(place) if !place.class.is_empty() => {
            let beside = if place.named { Beside::Whole } else { Beside::Half };
            let at = |name: &str| beside(format_compact!("at {}", fold(name)));
            [Some(at(&place.name)), house_of(&place.name).filter(|_| place.named).map(at)]
        }
        _ => [None, None],
    }
}

/// "The Mirror Hall of the Old Castle" is in the Old Castle, where another outlet leaves it.
fn house_of(name: &str) -> Option<&str> {
    let (_, house) = name.split_once(" of the ")?;
    house.starts_with(char::is_uppercase).then_some(house)
}

/// An exact figure, in base units; an age is only half of it, for others may be as old.
fn of_figure(quantity: &Quantity, book: &Book) -> Option<Beside> {
    let exact = quantity.bound == Bound::Exact && quantity.low == quantity.high;
    let told = ![ORDINAL, SCORE].contains(&quantity.unit.as_str());
    let key = format_compact!("{} {}", quantity.low, quantity.unit);
    let whole = quantity.low > book.matching.alike.small && quantity.unit != AGE;
    (exact && told && quantity.low > 1.0).then(|| if whole { Beside::Whole(key) } else { Beside::Half(key) })
}

/// A time of day, or else a day and the part of it.
fn of_time(when: &When) -> [Option<Beside>; 2] {
    if let Some(clock) = when.clock {
        return [Some(Beside::Whole(format_compact!("{} min", clock.minute))), None];
    }
    let date = when.days.filter(|(first, last)| first == last).map(|(day, _)| format_compact!("{day}"));
    let weekday = || when.weekday.filter(|_| when.days.is_none()).map(|day| format_compact!("weekday {day}"));
    let day = date.or_else(weekday);
    let part = when.part.filter(|_| day.is_some()).map(|part| format_compact!("{part:?}"));
    [day.map(Beside::Half), part.map(Beside::Half)]
}

#[cfg(test)]
mod tests {
    use crate::compare::story::tests::contradictions;

    #[test]
    fn what_else_two_sentences_tell_alike_joins_their_values() {
        for (left, right, expected) in [
            (
                "Lind hosted a lunch at Ostby Cottage before the ceremony.",
                "They spoke of tariffs during their dinner at Ostby Cottage.",
                "lunch / dinner",
            ),
            ("Lind hosted a lunch at Ostby Cottage.", "They spoke of tariffs during their dinner at Holm Hall.", ""),
            (
                "Lind hosted a lunch in the Mirror Hall of the Old Castle before the ceremony.",
                "They spoke of tariffs during their dinner at the Old Castle.",
                "lunch / dinner",
            ),
            (
                "Of these, 94 were picked up by a tanker on its way home.",
                "The tug that passed by took 94 people on board.",
                "tanker / tug",
            ),
            (
                "The quake lay 41 km northeast of Marseille, the centre said.",
                "The centre put the quake 41 km northeast of Grenoble.",
                "Marseille / Grenoble",
            ),
            ("The quake lay 41 km northeast of Marseille.", "The quake lay 90 km northeast of Grenoble.", ""),
            (
                "The 6.52am from Marseille to Lyon left the track.",
                "It was the 6.52am train from Lyon to Marseille.",
                "Marseille to Lyon / Lyon to Marseille",
            ),
            (
                "At the palace 240 guests sat down to the banquet on Tuesday evening.",
                "A gala was held in the Great Hall on Tuesday evening, with 180 guests attending.",
                "240 / 180",
            ),
            (
                "At the palace 240 guests sat down to the banquet on Tuesday evening.",
                "A gala was held in the Great Hall on Monday evening, with 180 guests attending.",
                "",
            ),
            ("The train from Marseille to Lyon left the track.", "They took a train from Lyon to Marseille.", ""),
            (
                "The keeper was found guilty of theft on 14 of the 17 counts.",
                "A jury of seven men and five women convicted him on 12 of the 17 counts that he faced.",
                "14 / 12",
            ),
            ("The mould was found in two of nine jars.", "Traces were seen in five of twelve jars.", ""),
            (
                "A man of 27 was flown by helicopter to a hospital in Lyon.",
                "The 27-year-old was taken by ambulance to a hospital in Lyon.",
                "helicopter / ambulance",
            ),
        ] {
            assert_eq!(contradictions(left, right), expected, "{left} / {right}");
        }
    }
}
