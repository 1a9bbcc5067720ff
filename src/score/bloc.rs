//! Sources that stand together against the accepted values.
//!
//! Errors of independent sources seldom meet twice. Where the same sources give the same other value on many items, they
//! read something else (the gate and not the runway, the dead of the day and not of the week), and a model with one trust
//! a source cannot say who means what was asked: it sides with the larger bloc. So the bloc is looked for and told.
//!
//! The *rival* of a disputed item is the value with the most votes besides the accepted one, if it has `voices` of them.
//! A bloc grows from one source, on the items where that source gives the rival. Another source belongs to it when, on these
//! items, it gives the rival `least` times, rather than the accepted value by more than `share` (the lower end of Wilson's
//! interval), and `lift` times as often as on disputed items in general: independent errors do not follow each other about.
//! Of the blocs that grow from all sources the one with the most votes counts. It stands together on all items where the
//! rival has `voices` of its members' votes, and more of them than the accepted value; that must be a share of `items` of the
//! disputed ones, with `strength` of the votes of those that it contradicts. What it explains is set aside before
//! the next is looked for.
//!
//! The bloc's reading of the table accepts these rivals. Intervals reach to the trust that follows from it, and verified
//! facts decide for it when the trust that they suggest is nearer to it.

use rayon::prelude::*;
use schemars::JsonSchema;
use serde::Deserialize;

use super::evidence::{Evidence, Fit};
use super::mirrors::wilson_lower;

/// `[bloc]` in `rules/score.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BlocRules {
    /// What the rule is for.
    pub about: String,
    /// Least votes of a rival, and of the bloc for it.
    pub voices: f64,
    /// Least rivals that a member gives.
    pub least: f64,
    /// Least lower limit of how often a member gives the rival rather than the accepted value.
    pub share: f64,
    /// Normal quantile of that limit.
    pub z: f64,
    /// How many times more often than by chance members meet.
    pub lift: f64,
    /// Least share of the disputed items on which the bloc stands together.
    pub items: f64,
    /// Least votes for the bloc's values as a share of those for the accepted ones.
    pub strength: f64,
    /// At most so many blocs are looked for.
    pub most: usize,
}

/// What the bloc says.
#[derive(Clone, Debug, PartialEq)]
pub struct Bloc {
    /// The sources, by id.
    pub members: Vec<u32>,
    /// The bloc's option on each item where it stands together.
    pub options: Vec<(u32, u32)>,
    /// Share of the disputed items that these are.
    pub differs: f64,
    /// Votes for these options as a share of those for the accepted ones.
    pub strength: f64,
}

/// A reading of the table that was not chosen.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// Options of one item that change places in it, the accepted one first.
    pub swaps: Vec<(u32, u32)>,
    /// Trust per source that follows from it.
    pub trust: Vec<f64>,
}

impl Reading {
    /// Belief per option in this reading.
    pub fn believed(&self, belief: &[f64]) -> Vec<f64> {
        let mut belief = belief.to_vec();
        self.swaps.iter().for_each(|(accepted, other)| belief.swap(*accepted as usize, *other as usize));
        belief
    }
}

/// What a source does on the disputed items.
#[derive(Clone, Copy, Debug, Default)]
struct Record {
    spoken: f64,
    rivals: f64,
    accepted: f64,
}

impl Record {
    fn add(&mut self, option: u32, accepted: u32, rival: Option<u32>) {
        self.spoken += 1.0;
        self.rivals += f64::from(u8::from(Some(option) == rival));
        self.accepted += f64::from(u8::from(option == accepted && rival.is_some()));
    }
}

/// The blocs against the accepted options `best`, in the order in which they are found.
pub fn find(evidence: &Evidence<'_>, best: &[u32], rules: &BlocRules) -> Vec<Bloc> {
    let mut rivals = rivals(evidence, best, rules.voices);
    let mut blocs = Vec::new();
    while blocs.len() < rules.most
        && let Some(bloc) = next(evidence, best, &rivals, rules)
    {
        bloc.options.iter().for_each(|(item, _)| rivals[*item as usize] = None);
        blocs.push(bloc);
    }
    blocs
}

/// Lets verified facts, as a trust per source, decide between the accepted options and those of each bloc; returns the readings
/// that were not chosen. What is chosen changes in `best`, and in `fit`.
pub fn weigh(
    evidence: &Evidence<'_>,
    fit: &mut Fit,
    best: &mut Vec<u32>,
    blocs: &[Bloc],
    facts: Option<&[f64]>,
) -> Vec<Reading> {
    let far = |trust: &[f64], facts: &[f64]| trust.iter().zip(facts).map(|(a, b)| (a - b).powi(2)).sum::<f64>();
    let mut trust = trust(evidence, best);
    let mut readings = Vec::with_capacity(blocs.len());
    for bloc in blocs {
        let mut swaps: Vec<(u32, u32)> =
            bloc.options.iter().map(|(item, option)| (best[*item as usize], *option)).collect();
        let reading = read(best, bloc);
        let mut other = self::trust(evidence, &reading);
        if facts.is_some_and(|facts| far(&other, facts) < far(&trust, facts)) {
            swaps.iter().for_each(|(old, new)| fit.belief.swap(*old as usize, *new as usize));
            swaps.iter_mut().for_each(|(old, new)| std::mem::swap(old, new));
            std::mem::swap(&mut trust, &mut other);
            fit.trust.clone_from(&trust);
            *best = reading;
        }
        readings.push(Reading { swaps, trust: other });
    }
    readings
}

/// The reading in which a bloc is right.
fn read(best: &[u32], bloc: &Bloc) -> Vec<u32> {
    let mut best = best.to_vec();
    bloc.options.iter().for_each(|(item, option)| best[*item as usize] = *option);
    best
}

/// Trust per source when these options are true, with one imagined right claim and one wrong.
fn trust(evidence: &Evidence<'_>, best: &[u32]) -> Vec<f64> {
    let mut believed = vec![0.0; evidence.table.options()];
    best.iter().for_each(|option| believed[*option as usize] = 1.0);
    evidence.mean_belief(&believed, 1.0, 1.0)
}

/// The bloc with the most votes for these rivals, if there is one.
fn next(evidence: &Evidence<'_>, best: &[u32], rivals: &[Option<u32>], rules: &BlocRules) -> Option<Bloc> {
    let table = evidence.table;
    let records = records(evidence, best, rivals);
    let ground = Ground { evidence, best, rivals, records: &records, items: table.option_items(), rules };
    let seeds: Vec<usize> = (0..records.len()).filter(|source| records[*source].rivals >= rules.least).collect();
    let grown: Vec<(Vec<bool>, f64)> = seeds.into_par_iter().map(|seed| ground.grow(seed)).collect();
    let (is_member, _) = grown.into_iter().max_by(|a, b| a.1.total_cmp(&b.1))?;
    let options = ground.stands(&is_member);
    let disputed = (0..best.len()).filter(|item| table.options_of(*item).len() > 1).count();
    let differs = options.len() as f64 / disputed.max(1) as f64;
    let given: f64 = options.iter().map(|(_, option)| votes(evidence, *option)).sum();
    let strength = given / options.iter().map(|(item, _)| votes(evidence, best[*item as usize])).sum::<f64>();
    let members = (0..is_member.len() as u32).filter(|source| is_member[*source as usize]).collect();
    (differs >= rules.items && strength >= rules.strength).then_some(Bloc { members, options, differs, strength })
}

/// Votes for an option.
fn votes(evidence: &Evidence<'_>, option: u32) -> f64 {
    evidence.table.claims_of(option as usize).map(|claim| evidence.vote(claim)).sum()
}

/// The rival of each item.
fn rivals(evidence: &Evidence<'_>, best: &[u32], voices: f64) -> Vec<Option<u32>> {
    let table = evidence.table;
    let rival = |item: usize| {
        let others = table.options_of(item).filter(|option| *option != best[item] as usize);
        let strongest = others
            .map(|option| (votes(evidence, option as u32), option))
            .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        strongest.filter(|(votes, _)| *votes >= voices).map(|(_, option)| option as u32)
    };
    (0..table.item_count()).map(rival).collect()
}

fn records(evidence: &Evidence<'_>, best: &[u32], rivals: &[Option<u32>]) -> Vec<Record> {
    let table = evidence.table;
    let mut records = vec![Record::default(); table.source_count()];
    for item in (0..table.item_count()).filter(|item| table.options_of(*item).len() > 1) {
        for claim in table.claims_on(item) {
            let record = &mut records[table.claim_source[claim] as usize];
            record.add(table.claim_option[claim], best[item], rivals[item]);
        }
    }
    records
}

/// Where blocs grow.
struct Ground<'a> {
    evidence: &'a Evidence<'a>,
    best: &'a [u32],
    rivals: &'a [Option<u32>],
    records: &'a [Record],
    /// The item of each option.
    items: Vec<u32>,
    rules: &'a BlocRules,
}

impl Ground<'_> {
    /// Which sources belong to the bloc that grows from one, and how many votes they have together.
    fn grow(&self, seed: usize) -> (Vec<bool>, f64) {
        let options: Vec<u32> = self.rivals_of(seed).collect();
        let is_member = self.members(seed, &options);
        let given = options.into_iter().map(|option| self.given(option, &is_member));
        let votes = given.filter(|given| *given >= self.rules.voices).sum();
        (is_member, votes)
    }

    /// The rivals that a source gives.
    fn rivals_of(&self, source: usize) -> impl Iterator<Item = u32> {
        let options = self.evidence.table.claims_by(source).iter();
        let options = options.map(|claim| self.evidence.table.claim_option[*claim as usize]);
        options.filter(|option| self.rivals[self.items[*option as usize] as usize] == Some(*option))
    }

    /// Which sources belong to the bloc that stands behind these options.
    fn members(&self, seed: usize, options: &[u32]) -> Vec<bool> {
        let table = self.evidence.table;
        let mut records = vec![Record::default(); table.source_count()];
        for option in options {
            let item = self.items[*option as usize] as usize;
            for claim in table.claims_on(item) {
                let record = &mut records[table.claim_source[claim] as usize];
                record.add(table.claim_option[claim], self.best[item], Some(*option));
            }
        }
        let belongs = |(source, here): (usize, &Record)| {
            let usual = self.records[source].rivals / self.records[source].spoken.max(1.0);
            let firm = here.rivals + here.accepted;
            let stands = here.rivals >= self.rules.least
                && wilson_lower(here.rivals, firm, self.rules.z) >= self.rules.share
                && here.rivals / here.spoken >= self.rules.lift * usual;
            source == seed || stands
        };
        records.iter().enumerate().map(belongs).collect()
    }

    /// The items on which the members stand together, with the rival that they give.
    fn stands(&self, is_member: &[bool]) -> Vec<(u32, u32)> {
        let rivals = self.rivals.iter().enumerate().filter_map(|(item, rival)| Some((item as u32, (*rival)?)));
        let stands = |(item, rival): &(u32, u32)| {
            let given = self.given(*rival, is_member);
            given >= self.rules.voices && given > self.given(self.best[*item as usize], is_member)
        };
        rivals.filter(stands).collect()
    }

    /// Votes of members for an option.
    fn given(&self, option: u32, is_member: &[bool]) -> f64 {
        let table = self.evidence.table;
        let claims = table.claims_of(option as usize);
        claims
            .filter(|claim| is_member[table.claim_source[*claim] as usize])
            .map(|claim| self.evidence.vote(claim))
            .sum()
    }
}
