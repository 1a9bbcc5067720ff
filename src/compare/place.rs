//! Two places or venues: one may contain the other, be the other, or lie elsewhere.

use std::collections::BTreeMap;

use compact_str::CompactString;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::claim::Location;
use crate::comparison::{Comparison, Relation};
use crate::embedded;
use crate::normalise::place::{Gazetteer, place_key};

/// The id under which this comparator's results are printed.
const RULE: &str = "place";

/// The table `[place]` of `rules/compare.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// What the table is for.
    pub about: String,
    /// Pairs that are incompatible; an article makes a common noun.
    pub fires: Vec<[String; 2]>,
    /// Pairs that are not.
    pub silent: Vec<[String; 2]>,
    /// Jaro-Winkler above which two whole names of venues are spellings of one.
    pub alike: f64,
    /// Class of venue → classes that may lie inside it.
    pub holds: BTreeMap<String, Vec<String>>,
}

impl Default for Rules {
    fn default() -> Self {
        embedded::table(include_str!("../../rules/compare.toml"), "place")
    }
}

impl Rules {
    /// True when a venue of one class may lie inside one of the other; unknown classes may.
    fn may_hold(&self, a: &str, b: &str) -> bool {
        let holds = |a: &str, b: &str| self.holds.get(a).is_some_and(|inner| inner.iter().any(|c| c == b));
        a.is_empty() || b.is_empty() || a == b || holds(a, b) || holds(b, a)
    }
}

/// A location with everything known to contain it.
struct Placed<'l> {
    location: &'l Location,
    /// The canonical key of its own name.
    key: CompactString,
    /// Its class by its own words or by the gazetteer's; empty for towns and countries.
    class: CompactString,
    /// Keys of the places of the gazetteer that it lies in, itself included, innermost first.
    within: Vec<CompactString>,
}

impl<'l> Placed<'l> {
    fn new(location: &'l Location, gazetteer: &Gazetteer) -> Self {
        let known = match location.inside.first() {
            _ if !location.named => None,
            Some(context) => gazetteer.locate_in(&location.name, context),
            None => gazetteer.locate_certain(&location.name),
        };
        let key = place_key(known.as_ref().map_or(&location.name, |l| &l.name));
        let class = if location.class.is_empty() {
            known.as_ref().map_or(CompactString::default(), |l| l.class.clone())
        } else {
            location.class.clone()
        };
        let mut within: Vec<CompactString> = Vec::new();
        let mut add = |name: &str| {
            let key = place_key(name);
            if !within.contains(&key) {
                within.push(key);
            }
        };
        if let Some(found) = &known {
            add(&found.name);
            found.inside.iter().for_each(|n| add(n));
        }
        for (at, name) in location.inside.iter().enumerate() {
            let outer = location.inside.get(at + 1).map_or("", CompactString::as_str);
            let found = gazetteer.locate_in(name, outer);
            add(found.as_ref().map_or(name, |l| &l.name));
            found.iter().flat_map(|l| &l.inside).for_each(|n| add(n));
        }
        Self { location, key, class, within }
    }

    fn is_venue(&self) -> bool {
        !self.class.is_empty()
    }

    /// True when the other is a named place that this one is known to lie in.
    fn lies_in(&self, other: &Self) -> bool {
        other.location.named && self.key != other.key && self.within.contains(&other.key)
    }

    /// True when both are known to lie in places of which neither contains the other. Places of
    /// one name are told apart by what contains them.
    fn is_elsewhere(&self, other: &Self) -> bool {
        let one_name = self.key == other.key;
        let outer = |placed: &Self| placed.within.iter().find(|k| !one_name || **k != placed.key).cloned();
        match (outer(self), outer(other)) {
            (Some(mine), Some(theirs)) => {
                !self.within.contains(&theirs) && !other.within.contains(&mine) && !are_one_name(&mine, &theirs)
            }
            _ => false,
        }
    }
}

/// The Crown and the Crown Hotel.
fn are_one_name(a: &str, b: &str) -> bool {
    let holds = |long: &str, short: &str| short.split(' ').all(|word| long.split(' ').any(|w| w == word));
    holds(a, b) || holds(b, a)
}

/// How two locations stand to each other. Symmetric.
pub fn compare_locations(a: &Location, b: &Location, gazetteer: &Gazetteer, rules: &Rules) -> Comparison {
    let (relation, reason) = relation(a, b, gazetteer, rules);
    let (first, second) = if shown(a) <= shown(b) { (a, b) } else { (b, a) };
    Comparison::new(relation, RULE, format!("{reason}: {} / {}", shown(first), shown(second)))
}

/// The same without the reason.
pub fn relate_locations(a: &Location, b: &Location, gazetteer: &Gazetteer, rules: &Rules) -> Relation {
    relation(a, b, gazetteer, rules).0
}

fn relation(a: &Location, b: &Location, gazetteer: &Gazetteer, rules: &Rules) -> (Relation, &'static str) {
    relate(&Placed::new(a, gazetteer), &Placed::new(b, gazetteer), gazetteer, rules)
}

fn shown(location: &Location) -> String {
    let article = if location.named { "" } else { "a " };
    match location.inside.first() {
        Some(inside) => format!("{article}{} in {inside}", location.name),
        None => format!("{article}{}", location.name),
    }
}

fn relate(a: &Placed, b: &Placed, gazetteer: &Gazetteer, rules: &Rules) -> (Relation, &'static str) {
    if a.key == b.key && a.location.named == b.location.named {
        return if a.is_elsewhere(b) {
            (Relation::Incompatible, "one name in two places")
        } else {
            (Relation::Same, "one place")
        };
    }
    if a.lies_in(b) || b.lies_in(a) {
        return (Relation::LessPrecise, "one contains the other");
    }
    // "A Leeds hotel" tells a town only by its name.
    let told = |placed: &Placed| !placed.is_venue() || !placed.location.inside.is_empty();
    if a.is_elsewhere(b) && told(a) && told(b) {
        return (Relation::Incompatible, "neither contains the other");
    }
    match (a.is_venue(), b.is_venue()) {
        (true, true) => venues(a, b, gazetteer, rules),
        _ => (Relation::Unknown, "containment is not known"),
    }
}

/// Two venues that may lie in one place.
fn venues(a: &Placed, b: &Placed, gazetteer: &Gazetteer, rules: &Rules) -> (Relation, &'static str) {
    let same_class = a.class == b.class;
    match (a.location.named, b.location.named) {
        _ if !same_class && rules.may_hold(&a.class, &b.class) => (Relation::Unknown, "one may be in the other"),
        _ if !same_class => (Relation::Incompatible, "venues of two types"),
        (false, false) => (Relation::Same, "venues of one type"),
        (true, true) => named_venues(a, b, gazetteer, rules),
        _ => (Relation::LessPrecise, "a type of venue and one of it"),
    }
}

/// Two names of one class of venue: the words besides the class decide.
fn named_venues(a: &Placed, b: &Placed, gazetteer: &Gazetteer, rules: &Rules) -> (Relation, &'static str) {
    let own = |placed: &Placed| -> Vec<CompactString> {
        let words = placed.key.split(' ').filter(|w| gazetteer.class_of(w).is_none());
        words.map(CompactString::from).collect()
    };
    let (own_a, own_b) = (own(a), own(b));
    let part = |long: &[CompactString], short: &[CompactString]| short.iter().all(|w| long.contains(w));
    let alike = strsim::jaro_winkler(&a.key, &b.key).min(strsim::jaro_winkler(&b.key, &a.key));
    match () {
        () if own_a == own_b => (Relation::Same, "two words for one type of venue"),
        () if part(&own_a, &own_b) || part(&own_b, &own_a) => (Relation::LessPrecise, "a shorter name"),
        () if alike > rules.alike && own_a.len() == own_b.len() => (Relation::Variant, "two spellings"),
        () if may_name(&own_a, b, gazetteer) || may_name(&own_b, a, gazetteer) => {
            (Relation::Unknown, "named by its town")
        }
        () => (Relation::Incompatible, "two venues"),
    }
}

/// "The Leeds courthouse" may be the one that another outlet calls by its own name, unless that one lies elsewhere.
fn may_name(own: &[CompactString], other: &Placed, gazetteer: &Gazetteer) -> bool {
    own.iter().any(|word| {
        let town = gazetteer.demonym(word).map(place_key);
        let known = town.is_some() || gazetteer.is_well_known(word);
        known && (other.within.is_empty() || other.within.contains(town.as_ref().unwrap_or(word)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::examples::location;
    use proptest::prelude::*;

    fn rules() -> &'static Rules {
        static RULES: std::sync::OnceLock<Rules> = std::sync::OnceLock::new();
        RULES.get_or_init(Rules::default)
    }

    fn relation(a: &str, b: &str) -> Relation {
        let rules = rules();
        let forth = compare_locations(&location(a), &location(b), Gazetteer::builtin(), rules);
        let back = compare_locations(&location(b), &location(a), Gazetteer::builtin(), rules);
        assert_eq!(forth, back, "{a} / {b}");
        forth.relation
    }

    #[test]
    fn examples_of_the_table() {
        let rules = Rules::default();
        for [a, b] in &rules.fires {
            assert_eq!(relation(a, b), Relation::Incompatible, "{a} / {b}");
        }
        for [a, b] in &rules.silent {
            assert_ne!(relation(a, b), Relation::Incompatible, "{a} / {b}");
        }
    }

    #[test]
    fn containment_and_names_decide() {
        for (a, b, expected) in [
            ("Britain", "United Kingdom", Relation::Same),
            ("Kiev", "Kyiv", Relation::Same),
            ("Lyon", "France", Relation::LessPrecise),
            ("Grand Theatre in Lyon", "Lyon", Relation::LessPrecise),
            ("Grand Theatre in Lyon", "France", Relation::LessPrecise),
            ("Grand Theatre in Lyon", "Marseille", Relation::Incompatible),
            ("a hospital in Lyon", "a hospital in Marseille", Relation::Incompatible),
            ("Springfield in Illinois", "Springfield in Missouri", Relation::Incompatible),
            ("Springfield in Illinois", "Springfield", Relation::Same),
            ("Harwell Cosmodrome", "Harwell Spaceport", Relation::Same),
            ("Harwell Cosmodrome", "a spaceport", Relation::LessPrecise),
            ("Alder Hospital", "Birch Hospital", Relation::Incompatible),
            ("Alder Hospital", "Alder General Hospital", Relation::LessPrecise),
            ("Lyon Museum", "Alder Museum in Marseille", Relation::Incompatible),
            ("Lyon Museum", "Alder Museum in Lyon", Relation::Unknown),
            ("a cosmodrome", "a courthouse", Relation::Incompatible),
            ("a ballroom", "Crown Hotel", Relation::Unknown),
            ("Millbrook", "Eastfield", Relation::Unknown),
            ("a warehouse", "Lyon", Relation::Unknown),
        ] {
            assert_eq!(relation(a, b), expected, "{a} / {b}");
        }
    }

    proptest! {
        #[test]
        fn symmetric_and_sound(a in "(a )?[A-Za-z ]{0,12}( in [A-Z][a-z]{0,6})?", b in "\\PC{0,20}") {
            relation(&a, &b);
        }
    }
}
