//! Which names of a document name the same: fuller and shorter names, surnames, initialisms.

use compact_str::CompactString;
use rustc_hash::FxHashMap;

use super::group::Group;
use super::lexicon::Traits;
use super::page::Page;
use super::spot::Spotted;
use crate::claim::EntityKind;

/// No more names than this share a word before the rest are left apart: keeps time linear.
const MOST: usize = 16;

/// For each group what it stands for: itself, one fuller name, or several that share its word.
pub type Targets = Vec<Vec<usize>>;

/// The fuller names that each group may stand for, by group; empty for those that stand alone.
pub fn targets(page: &Page, groups: &[Group], spotted: &[Spotted], of: &[usize]) -> Targets {
    let mut targets: Targets = vec![Vec::new(); groups.len()];
    merge_persons(page, groups, &mut targets);
    define_acronyms(page, spotted, of, groups, &mut targets);
    match_initials(groups, &mut targets);
    shorten(page, groups, &mut targets);
    for at in 0..groups.len() {
        targets[at] = roots(&targets, at);
    }
    targets
}

/// Follows targets to their ends; a group without any stands for itself.
fn roots(targets: &Targets, at: usize) -> Vec<usize> {
    let follow = |first: usize| {
        let next = |&t: &usize| targets[t].first().copied().filter(|&n| n != t);
        std::iter::successors(Some(first), next).take(MOST).last().unwrap_or(first)
    };
    let mut ends: Vec<usize> = targets[at].iter().map(|&t| follow(t)).collect();
    ends.sort_unstable();
    ends.dedup();
    ends
}

fn is_personal(group: &Group) -> bool {
    group.kind() == EntityKind::Person && group.words.len() > 1
}

/// `John Kirby` is `John F. Kirby`: the shorter stands for the longer.
fn merge_persons(page: &Page, groups: &[Group], targets: &mut Targets) {
    let mut by_family: FxHashMap<&CompactString, Vec<usize>> = FxHashMap::default();
    for (at, group) in groups.iter().enumerate().filter(|(_, g)| is_personal(g)) {
        let same = by_family.entry(group.family(page)).or_default();
        for &other in same.iter().take(MOST) {
            let (short, long) = if groups[other].words.len() < group.words.len() { (other, at) } else { (at, other) };
            if targets[short].is_empty()
                && targets[long].is_empty()
                && is_shorter_form(page, &groups[short].words, &groups[long].words)
            {
                targets[short].push(long);
            }
        }
        same.push(at);
    }
}

/// True when all words of `short` stand in `long` in the same order, initials for full names.
pub fn is_shorter_form(page: &Page, short: &[CompactString], long: &[CompactString]) -> bool {
    let suffixed =
        |words: &[CompactString]| words.last().is_some_and(|w| page.rules.lexicon.word(w).has(Traits::SUFFIX));
    if suffixed(short) != suffixed(long) || short.is_empty() || long.is_empty() || !fits(&short[0], &long[0]) {
        return false;
    }
    let mut rest = long.iter();
    short.iter().all(|word| rest.any(|w| fits(word, w)))
}

fn fits(a: &str, b: &str) -> bool {
    let initial = |short: &str, long: &str| short.chars().count() == 1 && long.starts_with(short);
    a == b || initial(a, b) || initial(b, a)
}

/// `Port Authority (PA)`: the initialism stands for the name before the bracket, or the reverse.
fn define_acronyms(page: &Page, spotted: &[Spotted], of: &[usize], groups: &[Group], targets: &mut Targets) {
    for (pair, ids) in spotted.windows(2).zip(of.windows(2)) {
        let (name, short) = (&pair[0], &pair[1]);
        let bracketed = page.is(name.tokens.end, "(")
            && name.tokens.end + 1 == short.tokens.start
            && page.is(short.tokens.end, ")");
        let one = |id: usize| groups[id].words.len() == 1;
        if !bracketed || ids[0] == ids[1] || !targets[ids[0]].is_empty() || !targets[ids[1]].is_empty() {
            continue;
        }
        match (one(ids[0]), one(ids[1])) {
            (false, true) => targets[ids[1]].push(ids[0]),
            (true, false) if page.is_acronym(name.tokens.start) => targets[ids[0]].push(ids[1]),
            _ => {}
        }
    }
}

/// An initialism that spells the capitals of a longer name.
fn match_initials(groups: &[Group], targets: &mut Targets) {
    let mut by_initials: FxHashMap<CompactString, usize> = FxHashMap::default();
    for (at, group) in groups.iter().enumerate().filter(|(_, g)| g.words.len() > 1) {
        by_initials.entry(initials(&group.name)).or_insert(at);
    }
    for (at, group) in groups.iter().enumerate().filter(|(_, g)| g.words.len() == 1) {
        let upper = group.name.chars().all(|c| c.is_uppercase() || c == '.');
        let full = by_initials.get(&group.words[0]).filter(|_| upper && group.words[0].len() > 1);
        if let (Some(&full), true) = (full, targets[at].is_empty()) {
            targets[at].push(full);
        }
    }
}

fn initials(name: &str) -> CompactString {
    let words = name.split([' ', '-']).filter(|w| w.starts_with(char::is_uppercase));
    words.flat_map(|w| w.chars().next()).flat_map(char::to_lowercase).collect()
}

/// Single words that stand for a fuller name: surnames, and the first word of bodies.
fn shorten(page: &Page, groups: &[Group], targets: &mut Targets) {
    let mut by_word: FxHashMap<&CompactString, Vec<usize>> = FxHashMap::default();
    for (at, group) in groups.iter().enumerate().filter(|(_, g)| g.words.len() > 1) {
        for word in short_forms(page, group) {
            by_word.entry(word).or_default().push(at);
        }
    }
    for (at, group) in groups.iter().enumerate().filter(|(_, g)| g.words.len() == 1) {
        let Some(fuller) = by_word.get(&group.words[0]) else { continue };
        if targets[at].is_empty() && group.kind() != EntityKind::Demonym && may_shorten(page, group, groups, fuller) {
            targets[at].extend(fuller.iter().take(MOST));
        }
    }
}

/// A bare town is no short form of a person or body unless other evidence says so.
fn may_shorten(page: &Page, short: &Group, groups: &[Group], fuller: &[usize]) -> bool {
    let town = short.weight(EntityKind::Place) > 0 && page.gazetteer.is_well_known(&short.words[0]);
    !town || fuller.iter().any(|&f| groups[f].kind() == EntityKind::Person && short.weight(EntityKind::Person) > 0)
}

fn short_forms<'g>(page: &Page, group: &'g Group) -> Vec<&'g CompactString> {
    let first = &group.words[0];
    let traits = page.rules.lexicon.word(first);
    match group.kind() {
        EntityKind::Person if traits.has(Traits::GIVEN) => vec![group.family(page), first],
        EntityKind::Person => vec![group.family(page)],
        EntityKind::Demonym => Vec::new(),
        _ if traits.has(Traits::COMMON) || page.gazetteer.best(first).is_some() => Vec::new(),
        _ => vec![first],
    }
}
