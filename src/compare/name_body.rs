//! Two names of bodies: companies, parties, offices, venues.

use compact_str::CompactString;
use xxhash_rust::xxh3::xxh3_64;

use super::name::{Rules, words};
use crate::comparison::Relation;
use crate::normalise::place::{Gazetteer, place_key};
use crate::rules::WordBits;

/// What the name of a body is compared by.
#[derive(Clone, Debug)]
pub(super) struct Body {
    /// Its words in order of the alphabet, peoples as their countries.
    words: Vec<CompactString>,
    /// A few bits of each: most bodies share no word, and need not be compared word by word.
    bits: WordBits,
    /// The first letters of all its words, and of those that count.
    initials: [String; 2],
    metonym: bool,
    /// Letters of a name of one word, which may be the initials of another; 0 for others.
    single: usize,
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
        let single = if key.len() > 1 && !key.contains(' ') { key.len() } else { 0 };
        let brief = !key.contains(' ') && key.len() < 5;
        let bits = words.iter().map(|word| xxh3_64(word.as_bytes()) as u32).collect();
        Self { words, bits, initials: [initials(key, true), initials(key, false)], metonym, single, brief }
    }
}

impl Body {
    /// False where neither can be the other, whole, in part or by its initials: most share no word.
    pub fn may_be(&self, other: &Self) -> bool {
        // A name without words is a part of any.
        self.bits.may_share(&other.bits)
            || self.words.is_empty()
            || other.words.is_empty()
            || self.may_be_initials_of(other)
            || other.may_be_initials_of(self)
    }

    fn may_be_initials_of(&self, other: &Self) -> bool {
        self.single > 0 && other.initials.iter().any(|initials| initials.len() == self.single)
    }
}

/// Two bodies by the words of their names, each with its key.
pub(super) fn bodies(
    (key_a, a): (&str, &Body),
    (key_b, b): (&str, &Body),
    same_kind: bool,
) -> (Relation, &'static str) {
    let holds = |long: &Body, short: &Body| {
        long.bits.may_hold(&short.bits) && short.words.iter().all(|w| long.words.contains(w))
    };
    let share = || a.bits.may_share(&b.bits) && a.words.iter().any(|w| b.words.contains(w));
    match () {
        () if a.bits == b.bits && a.words == b.words => (Relation::Variant, "two forms of one name"),
        () if a.single > 0 && spells(key_a, b) || b.single > 0 && spells(key_b, a) => {
            (Relation::Variant, "initials and full name")
        }
        () if holds(a, b) || holds(b, a) => (Relation::LessPrecise, "a shorter name"),
        () if share() => (Relation::Unknown, "names that share a word"),
        () if a.metonym || b.metonym || !same_kind => (Relation::Unknown, "one may stand for the other"),
        () if a.brief || b.brief => (Relation::Unknown, "initials"),
        () => (Relation::Incompatible, "two bodies"),
    }
}

/// True when the single word `short` is the initials of `long`.
fn spells(short: &str, long: &Body) -> bool {
    long.initials.iter().any(|initials| initials == short)
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
        let of = |name: &str| Body::of(name, &Rules::default());
        let long = "bank of the north";
        for (short, expected) in [("botn", true), ("bn", true), ("bon", false), ("b", false), ("b n", false)] {
            let initials = bodies((short, &of(short)), (long, &of(long)), true).1 == "initials and full name";
            assert_eq!(initials, expected, "{short}");
        }
    }

    #[test]
    fn what_may_not_be_another_is_not() {
        let names =
            ["bank of the north", "north bank", "botn", "bn", "bank", "harrow steel", "hs", "h", "", "x y", "steel"];
        for (a, b) in names.iter().flat_map(|a| names.iter().map(move |b| (*a, *b))) {
            let (x, y) = (Body::of(a, &Rules::default()), Body::of(b, &Rules::default()));
            let (relation, why) = bodies((a, &x), (b, &y), true);
            let apart = matches!(relation, Relation::Incompatible | Relation::Unknown);
            assert!(x.may_be(&y) || apart, "{a} / {b}: {why}");
        }
    }
}
