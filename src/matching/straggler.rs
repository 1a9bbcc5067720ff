//! Stragglers: documents that tell a story in few of its names.
//!
//! A trade paper's note and a column from abroad share too little with each single report to be like them on average.
//! But whatever the reports name together the note may draw upon; and where it was printed in the same days, has a name
//! that nobody else has, and opens with nobody whom the story does not know, it tells the same happening. Who, when and
//! where is asked of all reports at once, as a reader does who knows them.

use rustc_hash::{FxHashMap, FxHashSet};
use schemars::JsonSchema;
use serde::Deserialize;

use super::emblem::Group;
use super::linkage::Groups;
use super::ragged::Ragged;
use super::weighed::Weighed;

/// When a few documents join a story that they have little in common with: `[story.straggler]` in
/// `rules/matching.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StragglerRules {
    /// What the rule does.
    pub about: String,
    /// How many documents are a few.
    pub few: usize,
    /// Most days between two documents of which one draws the other in.
    pub days: i32,
    /// Days between the events told from which a document tells of another one, unless either tells the other's day.
    pub events_apart: i32,
    /// Least similarity of a single document to all of the story taken together…
    pub lone: f32,
    /// …and of several, which then tell a day of the story, or of which the story tells a day.
    pub several: f32,
    /// Least share of the story's documents that have the name which they have in common…
    pub share: f32,
    /// …and least share that both have of all documents with it.
    pub exclusive: f32,
}

/// What the documents tell of whom, when, and who prints them.
#[derive(Default)]
pub(super) struct Tellers {
    /// Names that no dictionary knows.
    own: Ragged<u32>,
    /// Those of them that each opens with.
    opening: Ragged<u32>,
    /// All days told.
    told: Ragged<i32>,
    moments: Vec<Moment>,
}

/// When a document was printed, of what day it tells, and its outlet.
#[derive(Clone, Copy)]
struct Moment {
    day: Option<i32>,
    event: Option<i32>,
    source: u32,
}

/// One of them.
#[derive(Clone, Copy)]
struct Teller<'t> {
    own: &'t [u32],
    opening: &'t [u32],
    told: &'t [i32],
    moment: Moment,
}

impl Tellers {
    /// Of all documents.
    pub fn all(documents: &Weighed) -> Self {
        let mut tellers = Self::default();
        for at in 0..documents.len() as u32 {
            let opening: Vec<u32> = documents.opening(at).collect();
            let moment = Moment { day: documents.day(at), event: documents.event(at), source: documents.source(at) };
            let own = documents.own(at);
            tellers.push(Teller { own, opening: &opening, told: documents.told(at), moment });
        }
        tellers
    }

    /// Some of them.
    pub fn of(&self, documents: &[u32]) -> Self {
        let moments = documents.iter().map(|document| self.moments[*document as usize]).collect();
        let (own, opening, told) = (self.own.of(documents), self.opening.of(documents), self.told.of(documents));
        Self { own, opening, told, moments }
    }

    /// How many documents have each name.
    pub fn holders(&self) -> FxHashMap<u32, u32> {
        self.own.counts()
    }

    fn push(&mut self, teller: Teller) {
        self.own.push(teller.own.iter().copied());
        self.opening.push(teller.opening.iter().copied());
        self.told.push(teller.told.iter().copied());
        self.moments.push(teller.moment);
    }

    fn get(&self, document: u32) -> Teller<'_> {
        let at = document as usize;
        Teller {
            own: self.own.row(at),
            opening: self.opening.row(at),
            told: self.told.row(at),
            moment: self.moments[at],
        }
    }
}

/// What a group's documents tell, taken together.
#[derive(Default)]
struct Pool {
    names: FxHashMap<u32, u32>,
    outlets: FxHashSet<u32>,
    events: FxHashSet<i32>,
    told: FxHashSet<i32>,
}

impl Pool {
    fn of<'t>(tellers: impl Iterator<Item = Teller<'t>>) -> Self {
        let mut pool = Self::default();
        tellers.for_each(|teller| pool.add(teller));
        pool
    }

    fn add(&mut self, teller: Teller) {
        teller.own.iter().for_each(|name| *self.names.entry(*name).or_default() += 1);
        self.outlets.insert(teller.moment.source);
        self.events.extend(teller.moment.event);
        self.told.extend(teller.told);
    }

    /// Whether one of two pools tells the day of the other's event.
    fn tells_a_day_of(&self, other: &Self) -> bool {
        self.events.iter().any(|day| other.told.contains(day)) || other.events.iter().any(|day| self.told.contains(day))
    }

    /// Whether a document opens with a name of its own, and with none of these.
    fn is_strange_to(&self, teller: Teller) -> bool {
        let (known, own): (Vec<u32>, Vec<u32>) = teller.opening.iter().partition(|name| self.names.contains_key(name));
        known.is_empty() && !own.is_empty()
    }
}

/// All documents' names, and the pools of the groups that were asked for.
pub(super) struct Stragglers<'s> {
    tellers: Tellers,
    /// How many documents have each name.
    holders: &'s FxHashMap<u32, u32>,
    pools: FxHashMap<u32, Pool>,
}

impl<'s> Stragglers<'s> {
    /// Of some documents; `holders` tell how many of all have each name.
    pub fn new(tellers: Tellers, holders: &'s FxHashMap<u32, u32>) -> Self {
        Self { tellers, holders, pools: FxHashMap::default() }
    }

    /// Joins the groups of two documents where one is a few stragglers of the other.
    pub fn join(&mut self, groups: &mut Groups, documents: [u32; 2], rules: &StragglerRules) {
        let Some(bond) = groups.bond_of(documents[0], documents[1]) else { return };
        let [few, many] = by_size(bond.groups);
        let least = if few.size == 1 { rules.lone } else { rules.several };
        let is_asked = many.size > 1 && few.size <= rules.few && bond.pooled >= least;
        if is_asked && self.are_near(documents, rules.days) && self.tell_one([few, many], groups, documents, rules) {
            groups.join_if(documents[0], documents[1], |_| true);
            // What was known of either is asked anew.
            bond.groups.iter().for_each(|group| drop(self.pools.remove(&group.number)));
        }
    }

    fn are_near(&self, [a, b]: [u32; 2], days: i32) -> bool {
        let day = |document: u32| self.tellers.get(document).moment.day;
        day(a).zip(day(b)).is_some_and(|(x, y)| x.abs_diff(y) as i32 <= days)
    }

    /// Whether the few are of the days of the many, of none of their outlets, strange to none of their names, and hold a
    /// name with them that is hardly anybody else's.
    fn tell_one(&mut self, [few, many]: [Group; 2], groups: &Groups, [a, b]: [u32; 2], rules: &StragglerRules) -> bool {
        let (tellers, holders) = (&self.tellers, self.holders);
        let of = |group: Group| groups.members(group.number).iter().map(|document| tellers.get(*document));
        let story = self.pools.entry(many.number).or_insert_with(|| Pool::of(of(many)));
        let those = Pool::of(of(few));
        let event = |document: u32| tellers.get(document).moment.event;
        let is_other_event = || event(a).zip(event(b)).is_some_and(|(x, y)| x.abs_diff(y) as i32 >= rules.events_apart);
        let is_one_day = those.tells_a_day_of(story) || few.size == 1 && !is_other_event();
        let is_emblem = |(name, count): (&u32, &u32)| {
            let (held, all) = (story.names.get(name).copied().unwrap_or_default(), holders[name]);
            held > 0
                && held as f32 >= rules.share * many.size as f32
                && (held + count) as f32 >= rules.exclusive * all as f32
        };
        is_one_day
            && those.outlets.is_disjoint(&story.outlets)
            && !of(few).any(|teller| story.is_strange_to(teller))
            && those.names.iter().any(is_emblem)
    }
}

fn by_size([a, b]: [Group; 2]) -> [Group; 2] {
    if a.size <= b.size { [a, b] } else { [b, a] }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An outlet, a day, names and those that it opens with.
    const STORY: [(u32, i32, &[u32], &[u32]); 2] = [(1, 10, &[5, 6], &[5]), (2, 11, &[5, 7], &[])];

    #[test]
    fn a_straggler_is_of_the_days_and_the_names_of_the_story_and_of_another_outlet() {
        let rules = StragglerRules {
            about: String::new(),
            few: 1,
            days: 3,
            events_apart: 3,
            lone: 0.2,
            several: 0.4,
            share: 0.2,
            exclusive: 0.6,
        };
        let check = |straggler, similarity, expected: &[u32]| {
            let mut tellers = Tellers::default();
            for (source, day, own, opening) in STORY.into_iter().chain([straggler]) {
                let moment = Moment { day: Some(day), event: Some(day - 1), source };
                tellers.push(Teller { own, opening, told: &[day - 1], moment });
            }
            let mut groups = Groups::new(3, &[(0.8, 0, 1), (similarity, 0, 2)]);
            groups.join_if(0, 1, |_| true);
            let holders = tellers.holders();
            Stragglers::new(tellers, &holders).join(&mut groups, [0, 2], &rules);
            assert_eq!(groups.numbers(), expected, "{straggler:?}");
        };
        check((3, 12, &[6], &[]), 0.5, &[0, 0, 0]);
        check((3, 12, &[7, 8], &[7, 8]), 0.5, &[0, 0, 0]);
        check((3, 12, &[7, 8], &[8]), 0.5, &[0, 0, 1]);
        check((2, 12, &[7], &[]), 0.5, &[0, 0, 1]);
        check((3, 14, &[7], &[]), 0.5, &[0, 0, 1]);
        check((3, 12, &[7], &[]), 0.3, &[0, 0, 1]);
        check((3, 12, &[8], &[]), 0.5, &[0, 0, 1]);
    }
}
