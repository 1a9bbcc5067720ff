//! Two names: the same, a variant, a shorter form, or another's.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::OnceLock;

use compact_str::CompactString;
use schemars::JsonSchema;
use serde::Deserialize;

use super::name_body::{Body, bodies};
use super::name_spelling::{Likeness, Word, Yardstick};
use crate::claim::{Entity, EntityKind};
use crate::comparison::{Comparison, Relation};
use crate::embedded;
use crate::normalise::place::{Gazetteer, place_key};
use crate::rules::WordMap;
use crate::text::recent::{Answers, mark, new_seed, recent};

/// The id under which this comparator's results are printed.
const RULE: &str = "name";

/// The table `[name]` of `rules/compare.toml`; all words folded.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// What the table is for.
    pub about: String,
    /// Pairs that are incompatible.
    pub fires: Vec<[String; 2]>,
    /// Pairs that are not.
    pub silent: Vec<[String; 2]>,
    /// Jaro-Winkler from which longer words are alike.
    pub alike: f64,
    /// Up to this many letters a word is short.
    pub short: usize,
    /// Groups of letters written one for the other.
    pub spellings: Vec<[String; 2]>,
    /// Given names of one person.
    pub given: Vec<Vec<String>>,
    /// Words that say nothing of who is meant.
    pub titles: Vec<String>,
    /// Words that say nothing of which body is meant.
    pub forms: Vec<String>,
    /// Names that stand for a government or any body.
    pub metonyms: Vec<String>,
    #[serde(skip)]
    index: OnceLock<Index>,
}

/// What each word of a name is looked up in.
#[derive(Clone, Debug)]
struct Index {
    /// The rows of given names that list a word.
    given: WordMap<Vec<usize>>,
    titles: WordMap<()>,
    forms: WordMap<()>,
    /// A number that no other rules have, nor any within the kinds of entities from it.
    seed: u64,
}

impl Index {
    fn of(rules: &Rules) -> Self {
        let mut given: WordMap<Vec<usize>> = WordMap::default();
        for (row, names) in rules.given.iter().enumerate() {
            for name in names {
                let rows = given.meaning_mut(name);
                if rows.last() != Some(&row) {
                    rows.push(row);
                }
            }
        }
        let set = |words: &[String]| words.iter().map(|word| (word.into(), ())).collect();
        Self { given, titles: set(&rules.titles), forms: set(&rules.forms), seed: new_seed() << 8 }
    }
}

impl Default for Rules {
    fn default() -> Self {
        embedded::table(include_str!("../../rules/compare.toml"), "name")
    }
}

impl Rules {
    /// Whether two folded names are but for a given name that is written in two ways: `jim foley`, `james foley`.
    pub fn are_given_alike(&self, x: &str, y: &str) -> bool {
        let (x, y) = (words_of(x), words_of(y));
        let alike = |a: &str, b: &str| self.given.iter().any(|set| [a, b].iter().all(|n| set.iter().any(|g| g == n)));
        x.1 == y.1 && alike(x.0, y.0)
    }

    fn yardstick(&self) -> Yardstick<'_> {
        Yardstick { alike: self.alike, short: self.short, spellings: &self.spellings, given: &self.index().given }
    }

    /// The words that say nothing of which body is meant.
    pub(super) fn forms(&self) -> &WordMap<()> {
        &self.index().forms
    }

    fn index(&self) -> &Index {
        self.index.get_or_init(|| Index::of(self))
    }
}

/// The first word of a name, and the rest.
fn words_of(name: &str) -> (&str, &str) {
    name.split_once(' ').unwrap_or((name, ""))
}

/// A name with what it is compared by, read once for many comparisons.
#[derive(Clone, Debug)]
pub struct Name {
    kind: EntityKind,
    key: CompactString,
    /// A person's.
    words: Vec<Word>,
    /// A body's.
    body: Option<Body>,
}

thread_local! {
    static NAMES: Answers<Rc<Name>> = const { RefCell::new(Vec::new()) };
}

impl Name {
    /// As [`Self::of`], asked once of each name: a story asks of the same ones again and again.
    pub fn known(entity: &Entity, rules: &Rules) -> Rc<Self> {
        let seed = rules.index().seed ^ entity.kind as u64;
        recent(&NAMES, mark(seed, &entity.name), || Rc::new(Self::of(entity, rules)), Rc::clone)
    }

    /// The name of `entity`, ready to be compared.
    pub fn of(entity: &Entity, rules: &Rules) -> Self {
        let key = place_key(&entity.name);
        let person = |key: &str| {
            let told = one_servant(words(key, &rules.index().titles));
            told.iter().map(|word| rules.yardstick().word(word)).collect()
        };
        let words = if entity.kind == EntityKind::Person { person(&key) } else { Vec::new() };
        let body = is_body(entity.kind).then(|| Body::of(&key, rules));
        Self { kind: entity.kind, key, words, body }
    }
}

fn is_body(kind: EntityKind) -> bool {
    matches!(kind, EntityKind::Organisation | EntityKind::Other | EntityKind::Venue)
}

/// How two names stand to each other. Symmetric.
pub fn compare_names(a: &Entity, b: &Entity, rules: &Rules) -> Comparison {
    let (relation, reason) = relation(a, b, rules);
    let (first, second) = if a.name <= b.name { (a, b) } else { (b, a) };
    Comparison::new(relation, RULE, format!("{reason}: {} / {}", first.name, second.name))
}

/// The same without the reason, which takes longer than most comparisons.
pub fn relate_names(a: &Entity, b: &Entity, rules: &Rules) -> Relation {
    relation(a, b, rules).0
}

fn relation(a: &Entity, b: &Entity, rules: &Rules) -> (Relation, &'static str) {
    // Nearly all that agree are printed alike.
    if a.name == b.name { ONE_NAME } else { relate(&Name::known(a, rules), &Name::known(b, rules), rules) }
}

/// True when two names of two documents are one entity's: the same, a variant, or a surname alone.
pub fn same_entity(a: &Name, b: &Name, rules: &Rules) -> bool {
    if let (Some(x), Some(y)) = (&a.body, &b.body)
        && !x.may_be(y)
    {
        return false;
    }
    match relate(a, b, rules).0 {
        Relation::Same | Relation::Variant => true,
        Relation::LessPrecise => matches!(kinds(a, b), Kinds::Persons | Kinds::Bodies),
        Relation::Incompatible | Relation::Unknown => false,
    }
}

enum Kinds {
    Persons,
    Places,
    Bodies,
    Mixed,
}

fn kinds(a: &Name, b: &Name) -> Kinds {
    use EntityKind::{Demonym, Person, Place};
    match (a.kind, b.kind) {
        (Person, Person) => Kinds::Persons,
        (Place | Demonym, Place | Demonym) => Kinds::Places,
        (a, b) if is_body(a) && is_body(b) => Kinds::Bodies,
        _ => Kinds::Mixed,
    }
}

const ONE_NAME: (Relation, &str) = (Relation::Same, "one name");

fn relate(a: &Name, b: &Name, rules: &Rules) -> (Relation, &'static str) {
    if a.key == b.key {
        return ONE_NAME;
    }
    if let (Some(left), Some(right)) = (&a.body, &b.body) {
        return bodies((&a.key, left), (&b.key, right), a.kind == b.kind);
    }
    match kinds(a, b) {
        Kinds::Persons => persons(&a.words, &b.words, rules),
        Kinds::Places => places(&a.key, &b.key),
        Kinds::Bodies | Kinds::Mixed => (Relation::Unknown, "names of two kinds"),
    }
}

/// `abdul mahdi`, `abdel mahdi` and `abd al mahdi` are one name, "servant of", in three transliterations.
fn one_servant(words: Vec<CompactString>) -> Vec<CompactString> {
    const JOINED: [&str; 6] = ["abdul", "abdel", "abdal", "abdoul", "abdol", "abdu"];
    const ARTICLES: [&str; 3] = ["al", "el", "ul"];
    let mut told: Vec<CompactString> = Vec::with_capacity(words.len());
    for word in words {
        let article = ARTICLES.contains(&word.as_str()) && told.last().is_some_and(|before| *before == "abd");
        match JOINED.contains(&word.as_str()) {
            _ if article => {}
            true => told.push("abd".into()),
            false => told.push(word),
        }
    }
    told
}

pub(super) fn words(key: &str, dropped: &WordMap<()>) -> Vec<CompactString> {
    let kept = key.split_whitespace().filter(|word| dropped.get(word).is_none());
    let kept: Vec<CompactString> = kept.map(CompactString::from).collect();
    if kept.is_empty() { key.split_whitespace().map(CompactString::from).collect() } else { kept }
}

/// Two persons by the words of their names.
fn persons(a: &[Word], b: &[Word], rules: &Rules) -> (Relation, &'static str) {
    if a == b {
        return (Relation::Variant, "with and without title");
    }
    if letters(a).eq(letters(b)) {
        return (Relation::Variant, "joined or apart");
    }
    let (short, long) = if (a.len(), b) <= (b.len(), a) { (a, b) } else { (b, a) };
    let likeness = align(short, long, &rules.yardstick());
    match short.len() {
        0 => (Relation::Unknown, "no name"),
        1 => one_word(likeness[0], long.len()),
        _ => several_words(short, long, &likeness),
    }
}

/// The letters of all words in a row.
fn letters(words: &[Word]) -> impl Iterator<Item = u8> {
    words.iter().flat_map(|word| word.text.bytes())
}

fn one_word(likeness: Likeness, others: usize) -> (Relation, &'static str) {
    match (likeness, others) {
        (Likeness::Equal, _) => (Relation::LessPrecise, "a part of the name alone"),
        (Likeness::Spelling, 1) => (Relation::Variant, "two spellings"),
        (Likeness::Spelling, _) => (Relation::LessPrecise, "a part of the name alone, spelled otherwise"),
        _ => (Relation::Unknown, "single names that differ"),
    }
}

fn several_words(short: &[Word], long: &[Word], likeness: &[Likeness]) -> (Relation, &'static str) {
    let count = |wanted: Likeness| likeness.iter().filter(|l| **l == wanted).count();
    let (equal, near, different) = (count(Likeness::Equal), count(Likeness::Near), count(Likeness::Different));
    let spelled = count(Likeness::Spelling);
    if different == 1 && equal + 1 == short.len() && are_glued(short, long) {
        return (Relation::Unknown, "a word may be stuck to the name");
    }
    if different > 0 || near > 1 || near == 1 && equal + 1 < short.len() {
        return (Relation::Incompatible, "two names");
    }
    match () {
        () if near + spelled > 0 => (Relation::Variant, "two spellings"),
        () if count(Likeness::Initial) == short.len() => (Relation::Unknown, "initials alone"),
        () if count(Likeness::Nickname) > 0 => (Relation::Variant, "short and full given name"),
        () if equal == long.len() => (Relation::Variant, "another order"),
        () => (Relation::Variant, "a fuller name"),
    }
}

/// "SyriaAsim Qureshi": a page that lost a space between two words.
fn are_glued(short: &[Word], long: &[Word]) -> bool {
    /// Letters of a name that are no chance.
    const LEAST: usize = 4;
    let stuck = |x: &str, y: &str| x.len() > y.len() && y.len() >= LEAST && (x.ends_with(y) || x.starts_with(y));
    short.iter().zip(long).any(|(x, y)| stuck(&x.text, &y.text) || stuck(&y.text, &x.text))
}

/// For each word of `short` its likeness to the word of `long` it is closest to, each word of
/// `long` taken once, equal ones first.
fn align(short: &[Word], long: &[Word], yardstick: &Yardstick) -> Vec<Likeness> {
    let likeness = |at: usize, other: usize| yardstick.likeness(&short[at], &long[other]);
    let mut found = vec![Likeness::Different; short.len()];
    // Nearly all names have no word in common, nor two that are alike.
    let pairs = || (0..short.len()).flat_map(|at| (0..long.len()).map(move |other| (at, other)));
    if pairs().all(|(at, other)| likeness(at, other) == Likeness::Different) {
        return found;
    }
    let likeness: Vec<Likeness> = pairs().map(|(at, other)| likeness(at, other)).collect();
    let mut taken = vec![false; long.len()];
    let mut done = vec![false; short.len()];
    for wanted in [Likeness::Equal, Likeness::Nickname, Likeness::Spelling, Likeness::Initial, Likeness::Near] {
        for at in 0..short.len() {
            let free = |j: &usize| !taken[*j] && likeness[at * long.len() + j] == wanted;
            if done[at] {
                continue;
            }
            if let Some(partner) = (0..long.len()).find(free) {
                (found[at], taken[partner], done[at]) = (wanted, true, true);
            }
        }
    }
    found
}

/// Two places or peoples by the gazetteer.
fn places(a: &str, b: &str) -> (Relation, &'static str) {
    let gazetteer = Gazetteer::builtin();
    let locate = |key: &str| gazetteer.locate(gazetteer.demonym(key).unwrap_or(key));
    let (Some(a), Some(b)) = (locate(a), locate(b)) else { return (Relation::Unknown, "an unknown place") };
    match () {
        () if a.name == b.name && a.inside == b.inside => (Relation::Variant, "two names of one place"),
        () if a.inside.contains(&b.name) || b.inside.contains(&a.name) => {
            (Relation::LessPrecise, "one contains the other")
        }
        () => (Relation::Incompatible, "two places"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn entity(kind: EntityKind, name: &str) -> Entity {
        Entity { kind, name: name.into(), roles: Vec::new() }
    }

    fn rules() -> &'static Rules {
        static RULES: std::sync::OnceLock<Rules> = std::sync::OnceLock::new();
        RULES.get_or_init(Rules::default)
    }

    fn relation(kind: EntityKind, a: &str, b: &str) -> Relation {
        let forth = compare_names(&entity(kind, a), &entity(kind, b), rules());
        let back = compare_names(&entity(kind, b), &entity(kind, a), rules());
        assert_eq!(forth, back, "{a} / {b}");
        forth.relation
    }

    #[test]
    fn examples_of_the_table() {
        let rules = Rules::default();
        for [a, b] in &rules.fires {
            assert_eq!(relation(EntityKind::Person, a, b), Relation::Incompatible, "{a} / {b}");
        }
        for [a, b] in &rules.silent {
            assert_ne!(relation(EntityKind::Person, a, b), Relation::Incompatible, "{a} / {b}");
        }
    }

    #[test]
    fn persons_by_their_words() {
        for (a, b, expected) in [
            ("Ilse Bergman", "Ilse Bergman", Relation::Same),
            ("Ilse Bergman", "Dr. Ilse Bergman", Relation::Variant),
            ("Cho Min Seok", "Min Seok Cho", Relation::Variant),
            ("Cho Min-seok", "Cho Minseok", Relation::Variant),
            ("Ha Son Mi", "Ha Sun Mi", Relation::Variant),
            ("Yuri Tarasenko", "Yury Tarasenko", Relation::Variant),
            ("Aleksei Bondarev", "Alexey Bondarev", Relation::Variant),
            ("Khaled Masri", "Khalid Masri", Relation::Variant),
            ("Sergei K. Volkov", "Sergei Volkov", Relation::Variant),
            ("S. Volkov", "Sergei Volkov", Relation::Variant),
            ("Volkov", "Sergei Volkov", Relation::LessPrecise),
            ("Volkov", "Petrenko", Relation::Unknown),
            ("Zoë Müller", "Zoe Muller", Relation::Same),
            ("Anna Volkov", "Sergei Volkov", Relation::Incompatible),
            ("Han Pyong Il", "Roh Jong Su", Relation::Incompatible),
            ("Tom Becker", "Tim Becker", Relation::Variant),
            ("Samir Abdul Karimi", "Samir Abd al-Karimi", Relation::Variant),
            ("Abdel Karimi", "Abdul Karimi", Relation::Variant),
            ("Ash Holm", "Ashton Holm", Relation::Variant),
        ] {
            assert_eq!(relation(EntityKind::Person, a, b), expected, "{a} / {b}");
        }
    }

    #[test]
    fn bodies_and_places_by_theirs() {
        for (kind, a, b, expected) in [
            (EntityKind::Organisation, "Norwegian Health Ministry", "Ministry of Health of Norway", Relation::Variant),
            (EntityKind::Organisation, "Brightwater Corp", "Brightwater", Relation::Variant),
            (EntityKind::Organisation, "NGA", "National Grain Authority", Relation::Variant),
            (EntityKind::Organisation, "Supreme Court", "Supreme Court of Kenya", Relation::LessPrecise),
            (EntityKind::Organisation, "Harrow Steel", "Brightwater Foods", Relation::Incompatible),
            (EntityKind::Organisation, "White House", "Brightwater Foods", Relation::Unknown),
            (EntityKind::Place, "Kiev", "Kyiv", Relation::Variant),
            (EntityKind::Place, "France", "Lyon", Relation::LessPrecise),
            (EntityKind::Place, "Lyon", "Lisbon", Relation::Incompatible),
            (EntityKind::Demonym, "Kenyan", "Kenyans", Relation::Variant),
        ] {
            assert_eq!(relation(kind, a, b), expected, "{a} / {b}");
        }
    }

    #[test]
    fn identity_across_documents() {
        let rules = Rules::default();
        for (a, b, expected) in [("Okafor", "Chinedu Okafor", true), ("Ada Okafor", "Chinedu Okafor", false)] {
            let person = |name| Name::of(&entity(EntityKind::Person, name), &rules);
            assert_eq!(same_entity(&person(a), &person(b), &rules), expected, "{a} / {b}");
        }
    }

    proptest! {
        #[test]
        fn symmetric_and_sound(a in "\\PC{0,20}", b in "[A-Za-z .'-]{0,20}", person in any::<bool>()) {
            let kind = if person { EntityKind::Person } else { EntityKind::Organisation };
            relation(kind, &a, &b);
        }
    }
}
