//! What truth discovery makes of the slots of a run.
//!
//! The slots become a table of sources, items and values: copies of one text share one voice, hedged and planned claims
//! weigh less, values that can both be true support each other, and sources that share rare errors are one voice where
//! they agree. The one-coin model ([`super::model::bayes`]) is fitted from several starts; every reading of the disputes
//! that is nearly as likely as the best is kept, and that of every bloc ([`super::bloc`]), so that intervals can reach to it.

use std::collections::BTreeMap;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::Deserialize;

use super::anchors::{self, Fact};
use super::bloc::Bloc;
use super::builder::{Builder, Claim};
use super::dependence::{self, Dependence};
use super::entries::Entries;
use super::evidence::{Evidence, Known};
use super::kin::{self, Kin};
use super::ledger::{NO_CLASS, ScoredSlot, Vote};
use super::model::bayes;
use super::names::Names;
use super::slots::Slots;
use super::solve::{solve_evidence, tempered};
use super::{Model, Rules, Table, mirrors};
use crate::claim::Modality;

/// `[belief]` in `rules/score.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BeliefRules {
    /// What the rule is for.
    pub about: String,
    /// Weight of a claim that is told as having happened.
    pub reported: f64,
    /// Weight of one that is told as intended or expected.
    pub planned: f64,
    /// Weight of one that is told as possible.
    pub hedged: f64,
    /// Weight of one that is told as being disputed.
    pub denied: f64,
}

impl BeliefRules {
    /// The weight of a claim that is told so firmly.
    pub fn firmness(&self, modality: Modality) -> f64 {
        match modality {
            Modality::Reported => self.reported,
            Modality::Planned => self.planned,
            Modality::Hedged => self.hedged,
            Modality::Denied => self.denied,
        }
    }
}

/// Sources that give the same other values together, slot after slot: they may mean another thing, or be right.
#[derive(Clone, Debug, PartialEq)]
pub struct Together {
    /// The sources, by name.
    pub members: Vec<String>,
    /// Slots in which they do.
    pub slots: usize,
}

/// How right each source is believed to be in each slot.
#[derive(Clone, Debug, Default)]
pub struct Beliefs {
    sources: Arc<Names>,
    entries: Entries,
    /// For each reading, the chosen one first, what each of `entries` is believed in.
    readings: Vec<Vec<f32>>,
    /// Share of the disputed slots that another reading decides otherwise; 0 when there is one reading.
    pub differs: f64,
    /// Pairs of sources that share rare errors.
    pub dependent: Vec<Dependence>,
    /// Sources that stand together against others.
    pub blocs: Vec<Together>,
    /// Rounds of the fit.
    pub iterations: usize,
    /// Whether it stopped by itself.
    pub converged: bool,
}

impl Beliefs {
    /// Solves the slots of a run; `trusted` names sources to start from with a trust, beside what is verified in slots.
    pub fn solve(slots: &Slots, trusted: &[(String, f64)], rules: &Rules) -> Self {
        let comparable = slots.iter().zip(0..).filter(|(slot, _)| slot.is_comparable());
        let places: Vec<usize> = comparable.map(|(_, at)| at).collect();
        let table = table(slots, &places, &rules.belief);
        let dependent = dependence::find(slots, &rules.dependence);
        let pairs = pairs(&table, &dependent, rules);
        let voice = voices(&table, slots, &places, &mirrors::voices(&table, &pairs));
        let evidence = Evidence { table: &table, voice, kin: kin(&table, slots, &places, &rules.kin) };
        let start = start(&table, slots, &places, trusted, rules);
        let why = "the slots of a run".to_owned();
        let solution = solve_evidence(&evidence, pairs, rules, (Model::Bayes, why), start.as_deref());
        let others = solution.optima.iter().skip(1).map(|optimum| {
            tempered(
                &table,
                &bayes::fit(&evidence, &rules.bayes, &optimum.trust, Known::NONE).belief,
                rules.report.temperature,
            )
        });
        let of_blocs = solution.readings.iter().map(|reading| reading.believed(&solution.belief));
        let entries = Entries::of(&table, slots.len(), &places);
        let reading = |belief: Vec<f64>| credits(&evidence, &belief, slots, &places, &entries);
        let readings = std::iter::once(solution.belief.clone()).chain(others).chain(of_blocs).map(reading).collect();
        let name = |source: &u32| table.sources.text(*source).into_owned();
        let blocs = solution.blocs.iter();
        let differs =
            solution.optima.iter().map(|optimum| optimum.differs).chain(blocs.clone().map(|bloc| bloc.differs));
        let together =
            |bloc: &Bloc| Together { members: bloc.members.iter().map(name).collect(), slots: bloc.options.len() };
        Self {
            sources: Arc::clone(&table.sources),
            readings,
            entries,
            differs: differs.fold(0.0, f64::max),
            dependent,
            blocs: blocs.map(together).collect(),
            iterations: solution.iterations,
            converged: solution.converged,
        }
    }

    /// How many readings of the disputes cannot be ruled out.
    pub fn readings(&self) -> usize {
        self.readings.len()
    }

    /// Where it is known what is believed of what a source says in a slot; nothing where nobody can say.
    pub fn entry(&self, slot: usize, source: &str) -> Option<u32> {
        self.sources.find(source.as_bytes()).and_then(|source| self.entries.find(slot, source))
    }

    /// Probability that what is said there is right, in a reading of which 0 is the chosen one; 1 where nobody can say.
    pub fn credit(&self, entry: Option<u32>, reading: usize) -> f32 {
        entry.map_or(1.0, |at| self.readings[reading][at as usize])
    }
}

/// Items are named by the place of their slot, values by their class.
fn name(number: usize) -> String {
    format!("{number:010}")
}

fn number(name: &[u8]) -> u32 {
    name.iter().fold(0, |number, digit| number * 10 + u32::from(digit.wrapping_sub(b'0')))
}

fn table(slots: &Slots, places: &[usize], rules: &BeliefRules) -> Table {
    let mut builder = Builder::default();
    for (place, slot) in places.iter().zip(slots.at(places)) {
        let item = name(*place);
        for vote in &slot.votes {
            builder.push(Claim {
                source: vote.source.as_bytes(),
                item: item.as_bytes(),
                value: name(vote.class as usize).as_bytes(),
                weight: rules.firmness(vote.modality) as f32,
                time: b"",
                group: slot.story.as_bytes(),
            });
        }
    }
    builder.finish()
}

/// Sources that are one voice: near-identical over the whole run, or by the rare errors they share.
fn pairs(table: &Table, dependent: &[Dependence], rules: &Rules) -> mirrors::Pairs {
    let mut pairs = mirrors::find(table, &rules.mirrors);
    let id = |source: &String| table.sources.find(source.as_bytes());
    pairs.extend(dependent.iter().filter_map(|d| Some((id(&d.a)?, id(&d.b)?))).map(|(a, b)| (a.min(b), a.max(b))));
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// The class of each option of an item.
fn classes(table: &Table, item: usize) -> Vec<u32> {
    table.options_of(item).map(|option| number(table.values.bytes(table.option_value[option]))).collect()
}

/// The voice of each claim: shared with those who print the same text, and with those who mirror its source.
fn voices(table: &Table, slots: &Slots, places: &[usize], mirrored: &[f32]) -> Vec<f32> {
    let mut voices = Vec::with_capacity(table.claims());
    for (item, slot) in slots.at(places).enumerate() {
        let units = units(&slot.votes);
        for (option, class) in table.options_of(item).zip(classes(table, item)) {
            for claim in table.claims_of(option) {
                let source = table.sources.bytes(table.claim_source[claim]);
                let own = slot.votes.iter().filter(|v| v.class == class && v.source.as_bytes() == source);
                let printed = own.map(|v| 1.0 / units[&(class, v.unit)] as f32).fold(0.0, f32::max);
                voices.push(printed.min(mirrored.get(claim).copied().unwrap_or(1.0)));
            }
        }
    }
    voices
}

/// Sources that print each class in each unit.
fn units(votes: &[Vote]) -> BTreeMap<(u32, u32), usize> {
    let mut sources: BTreeMap<(u32, u32), Vec<&str>> = BTreeMap::new();
    for vote in votes {
        let held = sources.entry((vote.class, vote.unit)).or_default();
        if !held.contains(&vote.source.as_str()) {
            held.push(&vote.source);
        }
    }
    sources.into_iter().map(|(key, sources)| (key, sources.len())).collect()
}

fn kin(table: &Table, slots: &Slots, places: &[usize], rules: &kin::KinRules) -> Kin {
    let of = |(item, slot): (usize, ScoredSlot)| {
        kin::ties(&slot, &classes(table, item), table.options_of(item).start, rules)
    };
    Kin::of(slots.at(places).enumerate().flat_map(of))
}

/// Trust to start from: the record of each source on verified slots, and what is said of it outright.
fn start(table: &Table, slots: &Slots, places: &[usize], trusted: &[(String, f64)], rules: &Rules) -> Option<Vec<f64>> {
    let fact = |(place, slot): (&usize, ScoredSlot)| {
        let class = slot.verified?;
        let value = if class == NO_CLASS { b"none".to_vec() } else { name(class as usize).into_bytes() };
        Some(Fact { item: name(*place).into_bytes(), value })
    };
    let facts: Vec<Fact> = places.iter().zip(slots.at(places)).filter_map(fact).collect();
    let known: Vec<(u32, f64)> =
        trusted.iter().filter_map(|(source, trust)| Some((table.sources.find(source.as_bytes())?, *trust))).collect();
    if facts.is_empty() && known.is_empty() {
        return None;
    }
    let mut start = anchors::trust(table, &facts, rules.bayes.right, rules.bayes.wrong);
    known.into_iter().for_each(|(source, trust)| start[source as usize] = trust);
    Some(start)
}

/// How right each source is in each slot under a belief per option, in the order of `entries`. A verified slot is decided.
fn credits(evidence: &Evidence<'_>, belief: &[f64], slots: &Slots, places: &[usize], entries: &Entries) -> Vec<f32> {
    let table = evidence.table;
    let mut credits = vec![0.0_f32; entries.len()];
    for (item, (place, slot)) in places.iter().zip(slots.at(places)).enumerate() {
        for (option, class) in table.options_of(item).zip(classes(table, item)) {
            let credit = match slot.verified {
                Some(verified) => f64::from(u8::from(slot.can_be_true_beside(class, verified))),
                None => evidence.kin.credit(option, |option| belief[option]),
            };
            for at in table.claims_of(option).filter_map(|claim| entries.find(*place, table.claim_source[claim])) {
                credits[at as usize] = credits[at as usize].max(credit as f32);
            }
        }
    }
    credits
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Beliefs {
        /// In the chosen reading.
        fn chosen(&self, slot: usize, source: &str) -> f32 {
            self.credit(self.entry(slot, source), 0)
        }
    }

    fn solved(slots: &[ScoredSlot]) -> Beliefs {
        Beliefs::solve(&Slots::of(slots), &[], &Rules::built_in().unwrap())
    }

    fn disputed(votes: &[(&str, u32, u32)]) -> ScoredSlot {
        let votes = votes.iter().map(|(source, unit, class)| Vote::plain(source, *unit, *class)).collect();
        ScoredSlot { conflicts: vec![(1, 2)], ..ScoredSlot::of("t1", "s1", votes) }
    }

    #[test]
    fn more_independent_witnesses_are_believed_more() {
        let two = solved(&[disputed(&[("a", 1, 1), ("b", 2, 2), ("c", 3, 2)])]).chosen(0, "a");
        let four = solved(&[disputed(&[("a", 1, 1), ("b", 2, 2), ("c", 3, 2), ("d", 4, 2), ("e", 5, 2)])]);
        assert!(two < 0.5 && four.chosen(0, "a") < two, "{two}");
    }

    #[test]
    fn copies_are_one_witness() {
        let copied = solved(&[disputed(&[("a", 1, 1), ("b", 2, 2), ("c", 2, 2), ("d", 2, 2)])]);
        assert!((copied.chosen(0, "a") - 0.5).abs() < 0.01, "{}", copied.chosen(0, "a"));
    }

    #[test]
    fn what_says_less_supports() {
        let plain = [("a", 1, 1), ("b", 2, 2), ("c", 3, 3)];
        let alone = solved(&[disputed(&plain)]).chosen(0, "a");
        let supported = solved(&[ScoredSlot { supports: vec![(1, 3)], ..disputed(&plain) }]);
        assert!(supported.chosen(0, "a") > alone + 0.1);
        assert!(supported.chosen(0, "c") > 0.6);
    }

    #[test]
    fn hedged_claims_weigh_less() {
        let mut slot = disputed(&[("a", 1, 1), ("b", 2, 2)]);
        slot.votes[1].modality = Modality::Hedged;
        assert!(solved(&[slot]).chosen(0, "a") > 0.6);
    }

    /// Sixty slots; in three of four the last three or four of `of` sources differ from all others in the same way.
    fn blocs(of: u32, minority: u32) -> Vec<ScoredSlot> {
        let slot = |n: u32| {
            let class = |source: u32| if !n.is_multiple_of(4) && source >= of - minority { 2 } else { 1 };
            let covers = |source: &u32| (n * 7 + source * 5) % 11 > 2;
            let votes = (0..of).filter(covers).map(|s| Vote::plain(&format!("s{s}"), n * of + s, class(s))).collect();
            ScoredSlot { conflicts: vec![(1, 2)], ..ScoredSlot::of(&format!("t{n:02}"), &format!("s{n:02}"), votes) }
        };
        (0..60).map(slot).collect()
    }

    fn right_in(beliefs: &Beliefs, source: &str) -> usize {
        (0..60).filter(|slot| slot % 4 != 0 && beliefs.chosen(*slot, source) > 0.5).count()
    }

    #[test]
    fn trusted_sources_lead_to_the_other_reading() {
        let (slots, rules) = (blocs(10, 3), Rules::built_in().unwrap());
        let trusted: Vec<(String, f64)> = (0..10).map(|s| (format!("s{s}"), if s < 7 { 0.5 } else { 0.98 })).collect();
        assert!(
            right_in(&Beliefs::solve(&Slots::of(&slots), &trusted, &rules), "s8") > right_in(&solved(&slots), "s8")
        );
    }

    #[test]
    fn verified_facts_decide_their_slot() {
        let slot = ScoredSlot { verified: Some(1), ..disputed(&[("a", 1, 1), ("b", 2, 2), ("c", 3, 2)]) };
        let found = solved(&[slot]);
        assert_eq!((found.chosen(0, "a"), found.chosen(0, "b")), (1.0, 0.0));
    }
}
