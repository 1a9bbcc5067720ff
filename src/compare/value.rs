//! One comparator for each kind of value.

use super::Book;
use super::duration::{compare_durations, relate_durations};
use super::name::{compare_names, relate_names};
use super::number::{compare_quantities, relate_quantities};
use super::place::{compare_locations, relate_locations};
use super::when::{compare_whens, relate_whens};
use crate::claim::Value;
use crate::comparison::{Comparison, Relation};

/// How two values of one slot stand to each other.
pub fn compare_values(a: &Value, b: &Value, book: &Book) -> Comparison {
    let rules = book.compare;
    match (a, b) {
        (Value::Quantity(x), Value::Quantity(y)) if x.unit == "s" && y.unit == "s" => {
            compare_durations(x, y, &rules.duration)
        }
        (Value::Quantity(x), Value::Quantity(y)) => compare_quantities(x, y, &rules.number),
        (Value::When(x), Value::When(y)) => compare_whens(x, y, &rules.when),
        (Value::Location(x), Value::Location(y)) => compare_locations(x, y, book.gazetteer, &rules.place),
        (Value::Name(x), Value::Name(y)) => compare_names(x, y, &rules.name),
        (Value::Term(x), Value::Term(y)) => compare_terms(x, y),
        _ => Comparison::new(Relation::Unknown, "same-kind", "values of different kinds"),
    }
}

/// The same without the reason: what nearly all pairs are asked, and the reason takes the longest by far.
pub fn relate_values(a: &Value, b: &Value, book: &Book) -> Relation {
    let rules = book.compare;
    match (a, b) {
        (Value::Quantity(x), Value::Quantity(y)) if x.unit == "s" && y.unit == "s" => {
            relate_durations(x, y, &rules.duration)
        }
        (Value::Quantity(x), Value::Quantity(y)) => relate_quantities(x, y, &rules.number),
        (Value::When(x), Value::When(y)) => relate_whens(x, y, &rules.when),
        (Value::Location(x), Value::Location(y)) => relate_locations(x, y, book.gazetteer, &rules.place),
        (Value::Name(x), Value::Name(y)) => relate_names(x, y, &rules.name),
        (Value::Term(x), Value::Term(y)) => relate_terms(x, y),
        _ => compare_values(a, b, book).relation,
    }
}

/// Whether a word turns the term that it stands in.
fn is_denial(word: &str) -> bool {
    ["no", "not", "none", "nobody", "nothing", "never", "neither", "without", "un"].contains(&word)
}

/// Two terms of one attribute's set; wordings of one value are one term already.
fn compare_terms(a: &str, b: &str) -> Comparison {
    let relation = relate_terms(a, b);
    let why = if relation == Relation::Same { format!("both say {a}") } else { format!("{a} against {b}") };
    Comparison::new(relation, "term", why)
}

fn relate_terms(a: &str, b: &str) -> Relation {
    // The southeast is in the south; "no one walked out" denies that somebody "walked out".
    let holds = |x: &str, y: &str| x.contains(y) && !x.split(y).flat_map(|rest| rest.split(' ')).any(is_denial);
    match () {
        () if a == b => Relation::Same,
        () if holds(a, b) || holds(b, a) => Relation::LessPrecise,
        () => Relation::Incompatible,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_inside_another_is_the_vaguer_unless_the_other_denies_it() {
        for (a, b, expected) in [
            ("south", "southeast", Relation::LessPrecise),
            ("walked out", "no one walked out", Relation::Incompatible),
            ("lunch", "dinner", Relation::Incompatible),
            ("lunch", "lunch", Relation::Same),
        ] {
            assert_eq!(compare_terms(a, b).relation, expected, "{a} / {b}");
            assert_eq!(compare_terms(b, a).relation, expected, "{b} / {a}");
        }
    }
}
