//! How two units stand to each other, and how strongly that speaks for setting them against one another.

use super::difference::Difference;
use super::figure::Figure;
use super::pairing::Pair;
use super::spelling::{Likeness, are_of_one_family, likeness};
use super::statement;
use super::unit::{Unit, UnitKind};
use crate::claim::Bound;
use crate::lexicon::{Lexicon, Part, WordRelation};
use crate::normalise::place::{Gazetteer, place_key};

/// Strengths of couples, from the surest to the mere place in the sentence.
const SAME: u32 = 9;
const SET: u32 = 7;
const KIND: u32 = 5;
const PART: u32 = 3;
const PLACE: u32 = 1;

impl Pair<'_> {
    /// The strength and kind of the difference of two units; `None` when they are no counterparts.
    pub(super) fn relate(&self, x: &Unit, y: &Unit) -> Option<(u32, Difference)> {
        use UnitKind::*;
        let differs = |difference| if x.text == y.text { (SAME, Difference::FunctionWord) } else { (SET, difference) };
        match (x.kind, y.kind) {
            (Negation, Negation) => Some((SAME, Difference::FunctionWord)),
            (Number(f, _), Number(g, _)) if !f.same(&g) && measures_differ(x, y) => Some((SET, Difference::Rounding)),
            // "Two years ago" beside "in 2013".
            (Number(f, _), Number(g, _)) if is_year(&f, x) != is_year(&g, y) => Some((PART, Difference::Rounding)),
            (Number(f, p), Number(g, q)) => Some(self.numbers(&f, p, &g, q)),
            (Clock, Clock) if is_one_time(&x.text, &y.text) => Some((SAME, Difference::NumberFormat)),
            (Clock, Clock) => Some(differs(Difference::TimeOfDay)),
            (Weekday, Weekday) => Some(differs(Difference::Weekday)),
            (Month, Month) if shares_head(x, y) => Some((SAME, Difference::NumberFormat)),
            (Month, Month) => Some(differs(Difference::Date)),
            (DayPart, DayPart) => Some(differs(Difference::TimeOfDay)),
            (Role, Role) => Some(self.roles(x, y)),
            (Particle, Particle) => self.particles(x, y),
            (Name, Name) => Some(self.names(x, y)),
            (Word, Word) => Some(self.words(x, y)),
            (Word, Role) | (Role, Word)
                if x.text.starts_with(y.text.as_str()) || y.text.starts_with(x.text.as_str()) =>
            {
                Some((SAME, Difference::Spelling))
            }
            (Word, Role) | (Role, Word) => Some(self.mixed(x, y).unwrap_or((PLACE, Difference::Content))),
            (Word | Role | Name | DayPart | Particle, Word | Role | Name | DayPart | Particle) => self.mixed(x, y),
            _ => None,
        }
    }

    fn numbers(&self, f: &Figure, p: Bound, g: &Figure, q: Bound) -> (u32, Difference) {
        let near = self.rules.grammar.nearly_share * f.value.abs().max(g.value.abs());
        let distance = (f.value - g.value).abs();
        let bounded = |low: &Figure, p: Bound, high: &Figure, q: Bound| {
            low.value <= high.value && p != q && (p == Bound::AtLeast || q == Bound::AtMost)
        };
        let about = (p == Bound::About || q == Bound::About) && distance <= near;
        let difference = if f.same(g) && (p == q || p == Bound::Exact || q == Bound::Exact) {
            Difference::NumberFormat
        } else if f.rounds_to(g) || about || bounded(f, p, g, q) || bounded(g, q, f, p) {
            Difference::Rounding
        } else {
            Difference::Number
        };
        (if f.ordinal == g.ordinal { SET } else { KIND }, difference)
    }

    fn roles(&self, x: &Unit, y: &Unit) -> (u32, Difference) {
        match self.lexicon.relation(&x.text, &y.text) {
            Some(WordRelation::Same) => (SAME, Difference::Inflection),
            Some(WordRelation::Synonym) => (SAME, Difference::Synonym),
            Some(WordRelation::Hypernym) => (SET, Difference::Hypernym),
            _ => (SET, Difference::Role),
        }
    }

    fn particles(&self, x: &Unit, y: &Unit) -> Option<(u32, Difference)> {
        let opposed = self.lexicon.relation(&x.text, &y.text) == Some(WordRelation::Antonym);
        Some(if opposed { (SET, Difference::Antonym) } else { (PLACE, Difference::FunctionWord) })
    }

    fn names(&self, x: &Unit, y: &Unit) -> (u32, Difference) {
        if let Some((x, y)) = heads(x, y) {
            return self.names(&x, &y);
        }
        let places = self.lexicon.is_place(&x.text) && self.lexicon.is_place(&y.text);
        match self.lexicon.relation(&x.text.to_lowercase(), &y.text.to_lowercase()) {
            Some(WordRelation::Same | WordRelation::Synonym) => (SAME, Difference::NameVariant),
            _ if self.is_title(x) || self.is_title(y) || is_plural_of(&x.text, &y.text) => {
                (SAME, Difference::NameVariant)
            }
            _ if self.rules.name.are_given_alike(&x.text.to_lowercase(), &y.text.to_lowercase())
                || !places && is_shortened(&x.text, &y.text)
                || are_of_one_family(&x.text, &y.text)
                || are_variants(x, y, self.lexicon, &self.rules.statement)
                || is_people_of(x, y, self.lexicon)
                || is_people_of(y, x, self.lexicon) =>
            {
                (SAME, Difference::NameVariant)
            }
            _ if places => (KIND, Difference::Place),
            _ => (KIND, Difference::Name),
        }
    }

    /// "Mrs" for "Ms", "Lt." for "Lieutenant": the name behind tells who it is.
    fn is_title(&self, unit: &Unit) -> bool {
        unit.text.split(' ').all(|word| self.rules.grammar.titles.contains(word.trim_end_matches('.')))
    }

    fn words(&self, x: &Unit, y: &Unit) -> (u32, Difference) {
        if is_negated(&x.text, &y.text) || is_negated(&y.text, &x.text) {
            return (SET, Difference::Antonym);
        }
        let relation = self.lexicon.relation(&x.text, &y.text);
        let family =
            are_of_one_family(&x.text, &y.text) || holds_word(&x.text, &y.text) || holds_word(&y.text, &x.text);
        if relation.is_none_or(|r| matches!(r, WordRelation::CoHyponym | WordRelation::Akin | WordRelation::Unrelated))
            && are_of_one_sort(&x.text, &y.text, self.lexicon)
        {
            return (SET, Difference::Hypernym);
        }
        if relation == Some(WordRelation::Same) || family && relation != Some(WordRelation::Antonym) {
            return (SAME, Difference::Inflection);
        }
        let like = likeness(&x.text, &y.text, self.rules.quotation.alike, self.lexicon);
        match relation {
            _ if like == Likeness::Spelling => (SAME, Difference::Spelling),
            Some(WordRelation::Synonym) => (SAME, Difference::Synonym),
            Some(WordRelation::Antonym) => (SET, Difference::Antonym),
            _ if like == Likeness::LookAlike && is_one_letter_off(&x.text, &y.text) => (KIND, Difference::LookAlike),
            Some(WordRelation::Hypernym) => (SET, Difference::Hypernym),
            _ if like == Likeness::LookAlike => (KIND, Difference::LookAlike),
            other => self.strangers(x, y, other),
        }
    }

    /// Two words that cannot mean the same as far as the lexicon knows.
    fn strangers(&self, x: &Unit, y: &Unit, relation: Option<WordRelation>) -> (u32, Difference) {
        let alike = relation == Some(WordRelation::CoHyponym);
        let (left, right) = (self.lexicon.part(&x.text), self.lexicon.part(&y.text));
        let strength = if left == right { PART } else { PLACE };
        match (left.unwrap_or(Part::Noun), right.unwrap_or(Part::Noun)) {
            _ if relation == Some(WordRelation::Akin) => (SET, Difference::Akin),
            _ if alike && self.lexicon.is_curated(&x.text, &y.text) => (SET, Difference::CoHyponym),
            (Part::Noun, Part::Noun) if alike && self.is_concrete(x, y) => (SET, Difference::CoHyponym),
            (Part::Noun, Part::Noun) if alike => (SET, Difference::Sibling),
            (Part::Noun, Part::Noun) if self.is_concrete(x, y) => (PART, Difference::Content),
            (Part::Noun, Part::Noun) => (PART, Difference::Abstract),
            (Part::Adjective | Part::Adverb, Part::Adjective | Part::Adverb) => (strength, Difference::Description),
            _ => (strength, Difference::Rewording),
        }
    }

    /// True when one of the two is of a topic whose words exclude one another, or unknown.
    fn is_concrete(&self, x: &Unit, y: &Unit) -> bool {
        let concrete = |unit: &Unit| self.lexicon.topic(&unit.text).is_none_or(|topic| self.lexicon.is_concrete(topic));
        concrete(x) || concrete(y)
    }

    /// Words of different classes: the lexicon alone can join them.
    fn mixed(&self, x: &Unit, y: &Unit) -> Option<(u32, Difference)> {
        match self.lexicon.relation(&x.text, &y.text)? {
            WordRelation::Same => Some((SAME, Difference::Inflection)),
            WordRelation::Synonym => Some((SAME, Difference::Synonym)),
            WordRelation::Akin => Some((KIND, Difference::Akin)),
            WordRelation::Hypernym => Some((SET, Difference::Hypernym)),
            WordRelation::Antonym => Some((SET, Difference::Antonym)),
            WordRelation::CoHyponym if is_particle(x) || is_particle(y) || is_name(x) || is_name(y) => None,
            WordRelation::CoHyponym => Some((KIND, Difference::CoHyponym)),
            WordRelation::Unrelated => None,
        }
    }
}

/// Four digits that are written as years are.
fn is_year(figure: &Figure, unit: &Unit) -> bool {
    const YEARS: std::ops::Range<f64> = 1800.0..2100.0;
    YEARS.contains(&figure.value) && unit.text.len() == 4 && unit.text.bytes().all(|b| b.is_ascii_digit())
}

/// `ISIS` and `Islamic State` of `ISIS-affiliated` and `Islamic State-affiliated`.
fn heads(x: &Unit, y: &Unit) -> Option<(Unit, Unit)> {
    let (head, tail) = x.text.rsplit_once('-')?;
    let (other, same) = y.text.rsplit_once('-')?;
    let of = |unit: &Unit, head: &str| Unit { text: head.into(), ..unit.clone() };
    (tail == same && !head.is_empty() && !other.is_empty()).then(|| (of(x, head), of(y, other)))
}

/// Whether two numbers are written in two units or currencies, which are not converted here.
fn measures_differ(x: &Unit, y: &Unit) -> bool {
    measure(&x.text) != measure(&y.text) || x.money != y.money
}

/// `6:41pm` and `18:41`; `6:41` may be either.
fn is_one_time(x: &str, y: &str) -> bool {
    let read = |text: &str| {
        let (hour, rest) = text.split_once(':')?;
        let (minute, half) = (rest.get(..2)?, rest.get(2..)?);
        let hour: u32 = hour.parse().ok()?;
        let minute: u32 = minute.parse().ok()?;
        let told = half.starts_with(['a', 'p']) || hour > 12;
        let hour = if half.starts_with('p') && hour < 12 { hour + 12 } else { hour };
        Some((hour * 60 + minute, told))
    };
    let (Some((x, told)), Some((y, also))) = (read(x), read(y)) else { return false };
    x == y || !(told && also) && x % 720 == y % 720
}

/// `webpage` and `page`: a compound of two nouns is a sort of what its last one names. A blackboard is no board.
pub(super) fn are_of_one_sort(x: &str, y: &str, lexicon: &Lexicon) -> bool {
    const SHORTEST: usize = 3;
    let is_sort_of = |compound: &str, word: &str| {
        let front = compound.strip_suffix(word).filter(|front| front.len() >= SHORTEST && word.len() >= SHORTEST);
        front.is_some_and(|front| lexicon.part(front) == Some(Part::Noun))
    };
    is_sort_of(x, y) || is_sort_of(y, x)
}

/// Harper is no harpist.
fn is_name(unit: &Unit) -> bool {
    unit.kind == UnitKind::Name
}

fn is_particle(unit: &Unit) -> bool {
    unit.kind == UnitKind::Particle
}

/// `on-site` holds the word of "at the site".
fn holds_word(compound: &str, word: &str) -> bool {
    compound.contains('-') && word.len() > 2 && compound.split('-').any(|part| part == word)
}

/// `Chris` for `Christian`, `IS` for `ISIS`: the head of one word is the other.
fn is_shortened(x: &str, y: &str) -> bool {
    /// Letters of a name that tell it; an acronym has fewer.
    const LEAST: usize = 3;
    let (short, long) = if x.len() < y.len() { (x, y) } else { (y, x) };
    let acronym = short.len() > 1 && short.chars().all(char::is_uppercase);
    let headed = long.to_lowercase().starts_with(&short.to_lowercase());
    headed && !long.contains(' ') && (acronym && long.len() <= short.len() + 2 || short.len() > LEAST)
}

/// `KOs` and `KO`.
fn is_plural_of(x: &str, y: &str) -> bool {
    let single = |word: &str| word.trim_end_matches('s').to_lowercase();
    single(x) == single(y)
}

/// The unit that is written in one word with a number: the `km` of `24km`, the `euro` of `two-million-euro`.
fn measure(number: &str) -> &str {
    let tail = number.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','));
    match (tail.len() < number.len(), number.rsplit_once('-')) {
        (true, _) if matches!(tail, "st" | "nd" | "rd" | "th" | "k" | "m" | "mn" | "bn" | "b" | "tn") => "",
        (true, _) if !tail.contains(' ') => tail,
        (false, Some((_, last))) if !NUMBERS.contains(&last) => last,
        _ => "",
    }
}

/// Last parts of numbers in words.
const NUMBERS: [&str; 13] = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "hundred", "thousand", "million", "billion",
];

/// `Sept` and `September`.
fn shares_head(x: &Unit, y: &Unit) -> bool {
    const HEAD: usize = 3;
    x.text.get(..HEAD).is_some_and(|head| y.text.starts_with(head))
}

/// One name inside the other, a shared part that is no common word ("school"), an initial, an
/// acronym, or one name in two spellings.
fn are_variants(x: &Unit, y: &Unit, lexicon: &Lexicon, rules: &statement::Rules) -> bool {
    let has = |name: &Unit, part: &str| name.text.split([' ', '-']).any(|other| other == part);
    let inside = |short: &Unit, long: &Unit| short.text.split([' ', '-']).all(|part| has(long, part));
    let common = |part: &str| lexicon.knows(part) && !lexicon.is_proper(part);
    let shares = || x.text.split(' ').any(|part| part.len() > 1 && has(y, part) && !common(part));
    let known = lexicon.knows(&x.text) && lexicon.knows(&y.text);
    let initials =
        is_short_for(&x.text, &y.text) || is_short_for(&y.text, &x.text) || place_key(&x.text) == place_key(&y.text);
    // A letter is soon lost between two alphabets: Raqqa and Raqa, Tal and Tel.
    let slip = || x.text.len().min(y.text.len()) > 2 && strsim::osa_distance(&x.text, &y.text) == 1;
    inside(x, y) || inside(y, x) || shares() || initials || !known && (is_respelt(&x.text, &y.text, rules) || slip())
}

/// `chinese` for `china`, `American` for `US`.
fn is_people_of(people: &Unit, place: &Unit, lexicon: &Lexicon) -> bool {
    let (named, place) = (Gazetteer::builtin().demonym(&people.text.to_lowercase()), place.text.to_lowercase());
    let same = |named: &str| lexicon.relation(named, &place).is_some_and(|r| r <= WordRelation::Synonym);
    named.is_some_and(|named| place_key(named) == place || same(&named.to_lowercase()))
}

/// `adapt` for `adopt`: rather a slip than a more general word.
fn is_one_letter_off(x: &str, y: &str) -> bool {
    x.len() == y.len() && x.chars().zip(y.chars()).filter(|(a, b)| a != b).count() == 1
}

/// Long names that share most letters; fewer need agree when the first and the last do.
fn is_respelt(x: &str, y: &str, rules: &statement::Rules) -> bool {
    let ends = x.chars().next() == y.chars().next() && x.chars().last() == y.chars().last();
    let least = if ends { rules.respelt_ends } else { rules.respelt };
    x.len().min(y.len()) >= rules.respelt_letters && strsim::normalized_damerau_levenshtein(x, y) >= least
}

/// Whether one name is another's initials, or is written shorter: `Adm` for `Admiral`, `DHS` for `Homeland Security`.
fn is_short_for(short: &str, long: &str) -> bool {
    is_initials(short, long) || holds_initials(short, long) || is_abbreviated(short, long)
}

/// `DHS` for `homeland security`, `ISIL` for `IS` and `islamic state`: an acronym of which the other gives a part.
fn holds_initials(acronym: &str, name: &str) -> bool {
    /// One letter is many names' initial.
    const LEAST: usize = 2;
    let is_acronym = |name: &str| name.len() > LEAST && name.chars().all(char::is_uppercase);
    let initials: String = name.split([' ', '-']).filter_map(|part| part.chars().next()).collect();
    let part = if name.contains([' ', '-']) { initials } else { name.to_owned() };
    is_acronym(acronym) && part.len() >= LEAST && acronym.to_lowercase().starts_with(&part.to_lowercase())
        || is_acronym(acronym) && name.contains(' ') && acronym.to_lowercase().ends_with(&part.to_lowercase())
}

/// `blvd` for `boulevard`, `adm` for `admiral`: its letters in their order, the first first.
fn is_abbreviated(short: &str, long: &str) -> bool {
    const MOST: usize = 4;
    let short = short.trim_end_matches('.');
    let mut letters = long.chars();
    let single = !short.contains(' ') && !long.contains(' ') && long.len() > short.len() + 1;
    let ends = long.starts_with(short) || short.chars().next_back() == long.chars().next_back();
    let opens = short.chars().next() == long.chars().next();
    (2..=MOST).contains(&short.len()) && single && opens && ends && short.chars().all(|c| letters.any(|l| l == c))
}

/// `un` for `united nations`, `j` for `john`.
fn is_initials(short: &str, long: &str) -> bool {
    let lower = |c: char| c.to_lowercase().next().unwrap_or(c);
    let plain = || short.chars().filter(|c| *c != '.').map(lower);
    let parts = long.split([' ', '-']).filter_map(|part| part.chars().next()).map(lower);
    plain().count() > 0 && plain().eq(parts)
}

/// `unhappy` for `happy`.
pub(super) fn is_negated(word: &str, base: &str) -> bool {
    const PREFIXES: [&str; 8] = ["un", "in", "im", "ir", "il", "dis", "non", "non-"];
    base.len() > 3 && PREFIXES.iter().any(|prefix| word.strip_prefix(prefix) == Some(base))
}
