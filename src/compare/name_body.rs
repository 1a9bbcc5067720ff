//! Two names of bodies: companies, parties, offices, venues.

use compact_str::CompactString;

use super::name::{Rules, words};
use crate::comparison::Relation;
use crate::normalise::place::{Gazetteer, place_key};

/// What the name of a body is compared by.
#[derive(Clone, Debug)]
pub(super) struct Body {
    /// Its words in order of the alphabet, peoples as their countries.
    words: Vec<CompactString>,
    /// The first letters of all its words, and of those that count.
    initials: [String; 2],
    metonym: bool,
    /// So short that it may be initials.
    brief: bool,
}

impl Body {
    /// What the folded name `key` is compared by.
    pub fn of(key: &str, rules: &Rules) -> Self {
        let country = |w: CompactString| Gazetteer::builtin().demonym(&w).map_or_else(|| w.clone(), place_key);
        let mut words: Vec<CompactString> = words(key, rules.forms()).into_iter().map(country).collect();
        words.sort();
        let metonym = rules.metonyms.iter().any(|m| key == *m || key.ends_with(m.as_str()));
        let brief = !key.contains(' ') && key.len() < 5;
        Self { words, initials: [initials(key, true), initials(key, false)], metonym, brief }
    }
}

/// Two bodies by the words of their names, each with its key.
pub(super) fn bodies(
    (key_a, a): (&str, &Body),
    (key_b, b): (&str, &Body),
    same_kind: bool,
) -> (Relation, &'static str) {
    let holds = |long: &Body, short: &Body| short.words.iter().all(|w| long.words.contains(w));
    match () {
        () if a.words == b.words => (Relation::Variant, "two forms of one name"),
        () if spells(key_a, b) || spells(key_b, a) => (Relation::Variant, "initials and full name"),
        () if holds(a, b) || holds(b, a) => (Relation::LessPrecise, "a shorter name"),
        () if a.words.iter().any(|w| b.words.contains(w)) => (Relation::Unknown, "names that share a word"),
        () if a.metonym || b.metonym || !same_kind => (Relation::Unknown, "one may stand for the other"),
        () if a.brief || b.brief => (Relation::Unknown, "initials"),
        () => (Relation::Incompatible, "two bodies"),
    }
}

/// True when `short` is the initials of `long`.
fn spells(short: &str, long: &Body) -> bool {
    short.len() > 1 && !short.contains(' ') && long.initials.iter().any(|initials| initials == short)
}

/// The first letters of the words of a key; without `small`, of those that count.
fn initials(key: &str, small: bool) -> String {
    let counts = |word: &&str| small || !matches!(*word, "of" | "the" | "and" | "for" | "&" | "on");
    key.split(' ').filter(counts).filter_map(|word| word.chars().next()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_with_and_without_small_words() {
        let body = Body::of("bank of the north", &Rules::default());
        for (short, expected) in [("botn", true), ("bn", true), ("bon", false), ("b", false), ("b n", false)] {
            assert_eq!(spells(short, &body), expected, "{short}");
        }
    }
}
