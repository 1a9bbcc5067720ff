//! Groups: the names of a document that are one name, and what they tell together.

use compact_str::CompactString;
use rustc_hash::FxHashMap;

use super::lexicon::Traits;
use super::page::Page;
use super::spot::Spotted;
use crate::claim::EntityKind;

/// All occurrences of one key.
#[derive(Clone, Debug)]
pub struct Group {
    /// The folded words of the name.
    pub words: Vec<CompactString>,
    /// The name as first printed.
    pub name: CompactString,
    /// Weight of the evidence for each kind.
    votes: [u32; KINDS.len()],
    /// Roles told, in the order of the text.
    pub roles: Vec<CompactString>,
    /// Countries that it is said to be of.
    pub homes: Vec<CompactString>,
    /// What titles, roles and the given name tell of the sex.
    pub sex: Traits,
    /// True when some occurrence is a name without doubt.
    pub certain: bool,
}

const KINDS: [EntityKind; 6] = [
    EntityKind::Person,
    EntityKind::Organisation,
    EntityKind::Place,
    EntityKind::Venue,
    EntityKind::Demonym,
    EntityKind::Other,
];

impl Group {
    fn new(page: &Page, spotted: &Spotted) -> Self {
        let words: Vec<CompactString> = spotted.key.split(' ').map(CompactString::from).collect();
        let name = page.name(spotted.tokens.clone());
        let sex = sex_of_given(page.rules.lexicon.word(&words[0]), words.len());
        Self { words, name, votes: [0; KINDS.len()], roles: Vec::new(), homes: Vec::new(), sex, certain: false }
    }

    fn add(&mut self, spotted: &Spotted) {
        const WEIGHTS: [u32; 4] = [1, 2, 6, 12];
        let kind = KINDS.iter().position(|k| *k == spotted.guess.kind).unwrap_or_default();
        self.votes[kind] += WEIGHTS[usize::from(spotted.guess.sure.min(3))];
        self.certain |= !spotted.doubtful;
        self.add_roles(&spotted.roles);
        self.homes.extend(spotted.home.clone());
        if spotted.sex != Traits::default() {
            self.sex = spotted.sex;
        }
    }

    /// Takes over what another group of the same entity tells.
    pub fn absorb(&mut self, other: &Self) {
        for (mine, theirs) in self.votes.iter_mut().zip(other.votes) {
            *mine += theirs;
        }
        self.add_roles(&other.roles);
        self.homes.extend(other.homes.iter().cloned());
        if self.sex == Traits::default() {
            self.sex = other.sex;
        }
        if other.words.len() > self.words.len() {
            (self.words, self.name) = (other.words.clone(), other.name.clone());
        }
        self.certain |= other.certain;
    }

    fn add_roles(&mut self, roles: &[CompactString]) {
        for role in roles {
            if !self.roles.contains(role) {
                self.roles.push(role.clone());
            }
        }
    }

    /// The kind that most evidence speaks for.
    pub fn kind(&self) -> EntityKind {
        let best = (0..KINDS.len()).rev().max_by_key(|&k| self.votes[k]);
        KINDS[best.unwrap_or_default()]
    }

    /// How much speaks for a kind.
    pub fn weight(&self, kind: EntityKind) -> u32 {
        KINDS.iter().position(|k| *k == kind).map_or(0, |k| self.votes[k])
    }

    /// The family name of a person: the last word, or the first where it stands first.
    pub fn family<'g>(&'g self, page: &Page) -> &'g CompactString {
        let trait_of = |word: &CompactString| page.rules.lexicon.word(word);
        let first = &self.words[0];
        let eastern =
            self.words.len() > 1 && trait_of(first).has(Traits::FAMILY_FIRST) && !trait_of(first).has(Traits::GIVEN);
        let last = self.words.iter().rev().find(|w| !trait_of(w).has(Traits::SUFFIX)).unwrap_or(first);
        let short_last = self.words.len() == 3 || !trait_of(last).has(Traits::FAMILY_FIRST);
        if (eastern || self.words.len() == 3 && trait_of(first).has(Traits::FAMILY_FIRST)) && short_last {
            first
        } else {
            last
        }
    }
}

/// The sex that a given name tells, when it is the name of one sex only.
fn sex_of_given(first: Traits, words: usize) -> Traits {
    match (first.has(Traits::GIVEN_MALE), first.has(Traits::GIVEN_FEMALE)) {
        (true, false) if words > 1 => Traits::MALE,
        (false, true) if words > 1 => Traits::FEMALE,
        _ => Traits::default(),
    }
}

/// The groups of a document in the order of their first occurrence, and each name's group.
pub fn group(page: &Page, spotted: &[Spotted]) -> (Vec<Group>, Vec<usize>) {
    let mut groups: Vec<Group> = Vec::new();
    let mut by_key: FxHashMap<&str, usize> = FxHashMap::default();
    let mut of = Vec::with_capacity(spotted.len());
    for one in spotted {
        let at = *by_key.entry(&one.key).or_insert_with(|| {
            groups.push(Group::new(page, one));
            groups.len() - 1
        });
        groups[at].add(one);
        of.push(at);
    }
    (groups, of)
}
