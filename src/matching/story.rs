//! Stories: documents about the same happening, found by the names and words they share and by
//! the days between them, never by their titles.
//!
//! Documents are compared through the keys they share (an inverted index over the rarest keys of
//! each), by the cosine of their weighted keys; then joined by average link, so that one document
//! that touches two stories does not glue them together.

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use schemars::JsonSchema;
use serde::Deserialize;

use super::emblem::{Banners, EmblemRules, Emblems};
use super::exclusive::Holders;
use super::felt::{Found, Pair};
use super::linkage::{Bond, Groups};
use super::search::{Asked, Search};
use super::sets::Sets;
use super::signatures::Signatures;
use super::straggler::{StragglerRules, Stragglers, Tellers};
use super::weighed::{Weighed, weigh};
use crate::failure::Failure;

/// The limits of a story: `[story]` in `rules/matching.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StoryRules {
    /// What the rule does.
    pub about: String,
    /// Least average cosine between the documents of two groups that are joined.
    pub similarity: f32,
    /// Least share that the average between two groups has of what holds the looser of them together: two
    /// stories of one place and one kind are alike, but each is much more so within.
    pub cohesion: f32,
    /// Share of the cosine of names in the similarity; the rest is that of words.
    pub name_share: f32,
    /// Least cosine of names: documents that name nobody in common tell two stories.
    pub names: f32,
    /// Factor for two documents of one outlet, whose house style makes them alike.
    pub same_source: f32,
    /// Most days between the first and the last document of a pair…
    pub days: i32,
    /// …and where the later tells the day of what the earlier reported.
    pub recalled_days: i32,
    /// Days apart from which two documents may tell of two events that look alike.
    pub reports_apart: i32,
    /// Days between the events they tell of from which they then do.
    pub events_apart: i32,
    /// How much two such documents push the groups apart that hold them.
    pub repulsion: f32,
    /// What joins documents that are less alike.
    pub emblem: EmblemRules,
    /// What joins the few that have little in common with each single document of a story.
    pub straggler: StragglerRules,
    /// Most documents that hang together by chains of likenesses and push each other apart whatever their days. Of more,
    /// only those do that lie no farther apart than what recalls: else they would be a story of all times.
    pub chain: usize,
    /// Rarest keys of a document that candidates are looked up by.
    pub probe_keys: usize,
    /// A key shared by more documents than this finds those of the same days only; where these are more too, none…
    pub posting_cap: usize,
    /// …unless they are no more than this, and tell one story…
    pub crowd: usize,
    /// …by so many of them…
    pub crowd_sample: usize,
    /// …of which this share is alike.
    pub crowd_share: f32,
    /// Documents imagined beside the corpus when a key's rarity is judged: keeps names heavy in
    /// a corpus of one story.
    pub background: f32,
}

/// Documents grouped into stories.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stories {
    /// The story of each document, by number; a document alone has a story of its own. Numbers follow the first document
    /// of each story.
    pub story: Vec<u32>,
    /// What was longer than [`StoryRules::chain`].
    pub long: Long,
}

/// Chains of too many documents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Long {
    /// How many chains.
    pub chains: u64,
    /// How many documents hang on them.
    pub documents: u64,
}

impl Long {
    /// Those of chains of so many documents.
    fn of(chains: &[u32], most: usize) -> (Self, Vec<bool>) {
        let mut sizes = vec![0_u32; chains.len()];
        chains.iter().for_each(|first| sizes[*first as usize] += 1);
        let long = || sizes.iter().filter(|size| **size as usize > most);
        let told = Self { chains: long().count() as u64, documents: long().map(|size| u64::from(*size)).sum() };
        (told, chains.iter().map(|first| sizes[*first as usize] as usize > most).collect())
    }
}

/// The stories of documents.
///
/// # Errors
/// [`Failure::Output`] when the scratch disk is full, [`Failure::Fatal`] when it cannot be read back.
pub fn stories(signatures: Signatures, rules: &StoryRules) -> Result<Stories, Failure> {
    let documents = weigh(signatures, rules.background)?;
    let search = Search::new(&documents, rules);
    let (mut chains, mut drawing) = (Sets::new(documents.len()), documents.felt("drawn"));
    search.each(Asked::Drawing, |pairs| {
        for (_, a, b) in pairs.iter().filter(|pair| may_join(pair, rules)) {
            chains.join(*a as usize, *b as usize);
        }
        drawing.push(pairs)
    })?;
    let drawing = drawing.finish()?;
    tie_by_names(&documents, &mut chains, &drawing, rules)?;
    let chains = chains.roots();
    let (long, is_long) = Long::of(&chains, rules.chain);
    let mut pushing = documents.felt("pushed");
    search.each(Asked::Pushing { chains: &chains, is_long: &is_long }, |pairs| pushing.push(pairs))?;
    drop(search);
    // Their words are no longer asked for, and joining needs the room.
    let (banners, tellers) = (Banners::all(&documents), Tellers::all(&documents));
    documents.check()?;
    let mut pairs = Vec::new();
    for found in [drawing, pushing.finish()?] {
        let matters = |(_, a, b): &Pair| chains[*a as usize] == chains[*b as usize];
        found.each(|pair| pairs.extend(Some(pair).filter(matters)))?;
    }
    Ok(Stories { story: join(&banners, &tellers, (pairs, &chains), rules), long })
}

/// Whether two groups may be joined because of one pair between them. The average is no greater than its greatest part,
/// but for what rounding adds; what joins below it are names.
fn may_join((similarity, ..): &Pair, rules: &StoryRules) -> bool {
    const ROUNDING: f32 = 0.999;
    *similarity >= if rules.emblem.lone == 0 { 0.0 } else { ROUNDING * rules.similarity }
}

/// Ties what emblems may join, and stragglers, whatever is joined before: what draws each other and has a name that is
/// hardly anybody else's.
fn tie_by_names(documents: &Weighed, chains: &mut Sets, drawing: &Found, rules: &StoryRules) -> Result<(), Failure> {
    let all = || 0..documents.len() as u32;
    let own = |at: u32| documents.own(at).iter().map(move |name| (*name, at));
    let raised = |at: u32| own(at).filter(move |(name, _)| documents.stresses(at, *name));
    let (raised, own) = (Holders::new(all().flat_map(raised).collect()), Holders::new(all().flat_map(own).collect()));
    let mut goes_on = true;
    while goes_on {
        let mut named = FxHashSet::default();
        raised.find(chains, rules.emblem.exclusive, &mut named);
        own.find(chains, rules.straggler.exclusive, &mut named);
        goes_on = false;
        drawing.each(|(_, a, b)| {
            let (x, y) = (chains.root(a as usize), chains.root(b as usize));
            goes_on |= named.contains(&(x.min(y) as u32, x.max(y) as u32)) && chains.join(x, y);
        })?;
    }
    Ok(())
}

/// Joins documents, by what draws them and what pushes them apart. Nothing ever joins documents of two chains, so that
/// each chain is a cluster that is joined by itself, and only its links are in memory.
fn join(banners: &Banners, tellers: &Tellers, felt: (Vec<Pair>, &[u32]), rules: &StoryRules) -> Vec<u32> {
    let (mut pairs, chains) = felt;
    let cluster = |(_, a, _): &Pair| chains[*a as usize];
    pairs.par_sort_unstable_by(|x, y| {
        cluster(x).cmp(&cluster(y)).then(y.0.total_cmp(&x.0)).then((x.1, x.2).cmp(&(y.1, y.2)))
    });
    pairs.dedup();
    let (documents, holders) = (banners.holders(), tellers.holders());
    let mut first: Vec<u32> = (0..banners.len() as u32).collect();
    for pairs in pairs.chunk_by_mut(|x, y| cluster(x) == cluster(y)) {
        let members = members(pairs);
        let place = |document: u32| members.partition_point(|member| *member < document) as u32;
        pairs.iter_mut().for_each(|(_, a, b)| (*a, *b) = (place(*a), place(*b)));
        let emblems = Emblems::new(banners.of(&members), &documents);
        let stragglers = Stragglers::new(tellers.of(&members), &holders);
        let groups = join_cluster(emblems, stragglers, pairs, rules);
        groups.of_documents().iter().zip(&members).for_each(|(group, member)| {
            // Groups go by their first document.
            first[*member as usize] = members[*group as usize];
        });
    }
    numbered(&first)
}

/// The documents of some pairs, sorted.
fn members(pairs: &[Pair]) -> Vec<u32> {
    let mut members: Vec<u32> = pairs.iter().flat_map(|(_, a, b)| [*a, *b]).collect();
    members.sort_unstable();
    members.dedup();
    members
}

/// Group numbers counted by first member.
fn numbered(groups: &[u32]) -> Vec<u32> {
    let mut numbers: FxHashMap<u32, u32> = FxHashMap::default();
    let number = |group: &u32| {
        let next = numbers.len() as u32;
        *numbers.entry(*group).or_insert(next)
    };
    groups.iter().map(number).collect()
}

/// Average-link joining over the similar pairs, the most similar first; the average counts pairs
/// that were not found similar as 0. Then what emblems join, and the stragglers.
fn join_cluster(mut emblems: Emblems, mut stragglers: Stragglers, pairs: &[Pair], rules: &StoryRules) -> Groups {
    let mut groups = Groups::new(emblems.len(), pairs);
    let coheres = |bond: &Bond, least: f32| bond.average >= least && bond.cohesion >= rules.cohesion;
    for (_, a, b) in pairs {
        groups.join_if(*a, *b, |bond| coheres(bond, rules.similarity));
    }
    emblems.count(groups.of_documents());
    for (_, a, b) in pairs.iter().filter(|(similarity, ..)| *similarity > 0.0) {
        let near = |bond: &Bond| {
            bond.average >= rules.emblem.least
                && (bond.cohesion >= rules.cohesion || rules.emblem.is_crowd(&bond.groups))
        };
        let fit = |bond: &Bond| near(bond) && emblems.join(bond.groups, &rules.emblem);
        if let Some((into, from)) = groups.join_if(*a, *b, fit) {
            emblems.merge(into, from);
        }
    }
    for (_, a, b) in pairs.iter().filter(|(similarity, ..)| *similarity > 0.0) {
        stragglers.join(&mut groups, [*a, *b], &rules.straggler);
    }
    groups
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::signature::Signature;
    use super::*;

    pub fn rules() -> StoryRules {
        StoryRules {
            about: String::new(),
            similarity: 0.3,
            cohesion: 0.7,
            name_share: 0.5,
            names: 0.1,
            same_source: 0.6,
            days: 3,
            recalled_days: 30,
            reports_apart: 2,
            events_apart: 2,
            repulsion: 0.5,
            emblem: EmblemRules {
                about: String::new(),
                share: 0.5,
                exclusive: 0.6,
                lone: 2,
                least: 0.05,
                crowd: 20,
                crowd_share: 0.1,
            },
            straggler: StragglerRules {
                about: String::new(),
                few: 2,
                days: 2,
                events_apart: 4,
                lone: 0.2,
                several: 0.3,
                share: 0.2,
                exclusive: 0.6,
            },
            chain: 1000,
            probe_keys: 8,
            posting_cap: 100,
            crowd: 1000,
            crowd_sample: 10,
            crowd_share: 0.3,
            background: 1000.0,
        }
    }

    fn told_by(signatures: Vec<Signature>, rules: &StoryRules) -> Vec<u32> {
        stories(Signatures::of(signatures).unwrap(), rules).unwrap().story
    }

    fn document(keys: &[u32], day: i32) -> Signature {
        let keys: Vec<(u32, f32)> = keys.iter().map(|k| (*k, 1.0)).collect();
        let source = keys.iter().map(|(k, _)| *k).sum::<u32>() + day.unsigned_abs();
        Signature {
            words: keys.clone(),
            names: keys,
            own: Vec::new(),
            head: Vec::new(),
            day: Some(day),
            event: None,
            told: Vec::new(),
            source,
        }
    }

    #[test]
    fn groups_are_numbered_by_their_first_document() {
        let pairs = [(0.4, 2, 3), (0.2, 1, 4)];
        assert_eq!((members(&pairs), numbered(&[0, 0, 2, 0, 5])), (vec![1, 2, 3, 4], vec![0, 0, 1, 0, 2]));
    }

    #[test]
    fn a_chain_of_too_many_is_told() {
        let told = |most| Long::of(&[0, 0, 2, 0, 2], most);
        assert_eq!(told(2), (Long { chains: 1, documents: 3 }, vec![true, true, false, true, false]));
        assert_eq!(told(3).0, Long::default());
    }

    #[test]
    fn joins_by_shared_keys_and_days() {
        let signatures = [
            document(&[1, 2, 3, 4], 10),
            document(&[1, 2, 3, 9], 11),
            document(&[20, 21, 22], 10),
            document(&[1, 2, 3, 4], 40),
        ];
        assert_eq!(told_by(signatures.to_vec(), &rules()), [0, 0, 1, 2]);
    }

    #[test]
    fn look_alikes_of_two_days_stay_apart() {
        let told = |opening: u32, day: i32, event: Option<i32>| {
            let mut signature = document(&[1, 2, 3, 4, opening], day);
            signature.names.iter_mut().for_each(|name| name.1 = 2.0);
            Signature { event, head: vec![opening], ..signature }
        };
        for (other, expected) in [
            (told(6, 12, Some(12)), [0, 1]),
            (told(6, 12, Some(10)), [0, 0]),
            (told(6, 12, None), [0, 0]),
            (told(5, 12, Some(12)), [0, 0]),
        ] {
            assert_eq!(told_by(vec![told(5, 10, Some(9)), other], &rules()), expected);
        }
    }

    #[test]
    fn an_emblem_joins_what_is_less_alike() {
        let with = |keys: &[u32], own: &[u32]| {
            let mut told = Signature { own: own.to_vec(), ..document(keys, 10) };
            told.names.extend(own.iter().map(|name| (*name, 2.0)));
            told
        };
        let (first, second) = (with(&[1, 2, 3, 4], &[90, 91]), with(&[1, 2, 3, 5], &[90, 92]));
        for (own, expected) in [(&[90][..], [0, 0, 0]), (&[93], [0, 0, 1])] {
            let other = with(&[1, 6, 7, 8, 9], own);
            assert_eq!(told_by(vec![first.clone(), second.clone(), other], &rules()), expected, "{own:?}");
        }
    }

    #[test]
    fn two_close_knit_stories_that_resemble_each_other_stay_two() {
        let told = |own: &[u32], source| Signature { source, ..document(&[&[1, 2, 3], own].concat(), 10) };
        let (first, second) = (|source| told(&[5, 6, 7], source), |source| told(&[15, 16, 17], source));
        assert_eq!(told_by(vec![first(1), second(2)], &rules()), [0, 0], "nothing tells two documents apart");
        assert_eq!(told_by(vec![first(1), first(2), second(3), second(4)], &rules()), [0, 0, 1, 1]);
    }

    #[test]
    fn a_crowd_takes_in_the_few_that_have_a_name_more_in_common() {
        let told = |own: &[u32], source: u32| {
            let keys = [&[1, 2, 3], own].concat();
            let mut told = Signature { own: vec![90], source, ..document(&keys, 10) };
            told.names.push((90, 2.0));
            told
        };
        let more: Vec<u32> = (5..15).collect();
        let few = (0..2).map(|n| told(&more, 100 + n));
        let tellers = |many: u32| (0..many).map(|n| told(&[20 + n], n)).chain(few.clone()).collect::<Vec<_>>();
        assert_eq!(told_by(tellers(20), &rules()).last(), Some(&0));
        assert_eq!(told_by(tellers(10), &rules()).last(), Some(&1), "no crowd");
    }

    #[test]
    fn a_bridge_does_not_glue_two_told_by() {
        let signatures = [
            document(&[1, 2, 3, 4], 1),
            document(&[1, 2, 3, 5], 1),
            document(&[3, 4, 11, 12], 1),
            document(&[11, 12, 13, 14], 1),
            document(&[11, 12, 13, 15], 1),
        ];
        let found = told_by(signatures.to_vec(), &rules());
        assert_eq!(found[0], found[1]);
        assert_eq!(found[3], found[4]);
        assert_ne!(found[0], found[3]);
    }
}
