//! Tries the examples that the tables of `rules/compare.toml` carry: pairs of sentences, names,
//! roles or places.
//!
//! What the sentences say is read with the built-in rules of the other stages.

use compact_str::CompactString;

use super::wording::rule_id;
use super::{
    Rules, align, asserted, difference, duration, name, number, phrase, place, quotation, role, statement, when,
};
use crate::claim::{Entity, EntityKind, Location, Quantity, When};
use crate::comparison::{Comparison, Relation};
use crate::document::Span;
use crate::extract::measure_words::MeasureWords;
use crate::extract::{quantity, when::whens};
use crate::lexicon::Lexicon;
use crate::normalise;
use crate::normalise::place::Gazetteer;
use crate::normalise::when::resolve;
use crate::rules::{Example, Exemplified, Rule};
use crate::text::{Token, tokenize};

impl Exemplified for Rules {
    fn fires(&self, rule: &Rule, example: &Example) -> Option<bool> {
        let (a, b) = example.pair();
        match rule.path.split_once('.') {
            Some(("differences", id)) => Some(self.differ(a, b, |found| rule_id(found) == id)),
            Some(_) => None,
            None => self.value(&rule.path, a, b).or_else(|| self.wording(&rule.path, a, b)),
        }
    }
}

impl Rules {
    /// Whether two values of the kind that table `id` compares are incompatible. A text without a
    /// value is compatible with any.
    fn value(&self, id: &str, a: &str, b: &str) -> Option<bool> {
        let gazetteer = Gazetteer::builtin();
        let compared = match id {
            "number" => both(quantity, a, b, |a, b| number::compare_quantities(a, b, &self.number)),
            "duration" => both(quantity, a, b, |a, b| duration::compare_durations(a, b, &self.duration)),
            "when" => both(day, a, b, |a, b| when::compare_whens(a, b, &self.when)),
            "name" => both(person, a, b, |a, b| name::compare_names(a, b, &self.name)),
            "place" => {
                both(|text| Some(location(text)), a, b, |a, b| place::compare_locations(a, b, gazetteer, &self.place))
            }
            "role" => Some(role::compare_roles(a, b, &self.role)),
            _ => return None,
        };
        Some(compared.is_some_and(|found| found.relation == Relation::Incompatible))
    }

    /// What a table for wordings says to a pair: that it contradicts, is alike, or differs in more
    /// than how it is written.
    fn wording(&self, id: &str, a: &str, b: &str) -> Option<bool> {
        let (left, right, rules, lexicon) = (tokens(a), tokens(b), &self.wording, Lexicon::embedded());
        let compared = match id {
            "align" => return Some(align::align(&left, &right, &rules.align).similarity >= rules.statement.similarity),
            "grammar" => return Some(self.differ(a, b, difference::Difference::is_material)),
            "phrase" => {
                let alignment = align::align(&left, &right, &rules.align);
                let known = (lexicon, Gazetteer::builtin());
                return Some(phrase::compare_phrases((&left, &right), &alignment, self, known).is_some());
            }
            "quotation" => quotation::compare_quotations(&left, &right, rules, lexicon).comparison,
            "statement" => statement::compare_statements(&left, &right, rules, lexicon).comparison,
            "asserted" | "caption" | "support" => asserted::compare_asserted(&left, &right, rules, lexicon).comparison,
            _ => return None,
        };
        Some(compared.relation == Relation::Incompatible)
    }

    /// Whether a wanted difference stands between two wordings.
    fn differ(&self, a: &str, b: &str, wanted: impl Fn(difference::Difference) -> bool) -> bool {
        let found = difference::differences(&tokens(a), &tokens(b), &self.wording, Lexicon::embedded());
        found.iter().any(|found| wanted(found.difference))
    }
}

fn both<T>(
    read: impl Fn(&str) -> Option<T>,
    a: &str,
    b: &str,
    compare: impl Fn(&T, &T) -> Comparison,
) -> Option<Comparison> {
    Some(compare(&read(a)?, &read(b)?))
}

fn tokens(text: &str) -> Vec<Token> {
    tokenize(text, Span::new(0, text.len()))
}

/// The first quantity of a text.
fn quantity(text: &str) -> Option<Quantity> {
    quantity::quantities(&tokens(text), MeasureWords::built_in()).into_iter().next().map(|mention| mention.value)
}

/// The first date of a text that has no day of publication.
fn day(text: &str) -> Option<When> {
    let mention = whens(&tokens(text), MeasureWords::built_in()).into_iter().next()?;
    Some(resolve(&mention, None, false, &normalise::Rules::built_in().when))
}

fn person(name: &str) -> Option<Entity> {
    Some(Entity { kind: EntityKind::Person, name: name.into(), roles: Vec::new() })
}

/// `a hall in Lyon`, `Oakfield Stadium`: an article makes it a common noun, "in" gives what
/// contains it.
pub(super) fn location(text: &str) -> Location {
    let (name, inside) = text.split_once(" in ").unwrap_or((text, ""));
    let bare = name.strip_prefix("a ").unwrap_or(name);
    let class = bare.split(' ').find_map(|word| Gazetteer::builtin().class_of(&word.to_lowercase()));
    let inside = inside.split(", ").filter(|part| !part.is_empty()).map(CompactString::from).collect();
    Location { name: bare.into(), class: class.unwrap_or_default().into(), named: bare == name, inside }
}
