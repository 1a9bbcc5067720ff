//! What the ledger adds up to for one source.

use std::collections::{BTreeMap, BTreeSet};

use super::belief::{BeliefRules, Beliefs};
use super::ledger::{Entry, ScoredSlot, Standing};
use super::scorecard::{DocumentFacts, ScorecardRules};
use crate::claim::Kind;

/// One comparable slot of a source.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trial {
    /// Place of the slot in the list of all.
    pub slot: u32,
    /// Number of its story.
    pub story: u32,
    /// What it is about.
    pub kind: Kind,
    /// How the source stands.
    pub standing: Standing,
    /// How firmly it tells its value, 0 to 1: what the slot counts for.
    pub firmness: f64,
    /// Loss of the kind, 0 to 1.
    pub severity: f64,
    /// How far its value is believed in, 0 to 1.
    pub believed: f32,
    /// Where that is known in all readings of the disputes.
    pub entry: Option<u32>,
    /// True when the same error of the same text was counted in another slot.
    pub repeated: bool,
}

impl Trial {
    /// What is lost: the expected loss of a minority value.
    pub fn lost(&self) -> f64 {
        self.lost_where(self.believed)
    }

    /// The same where its value is believed in so far. One that is not outnumbered loses what is believed in it less.
    fn lost_where(&self, believed: f32) -> f64 {
        let doubted = match self.standing {
            Standing::Minority if self.repeated => 0.0,
            Standing::Minority => 1.0 - f64::from(believed),
            Standing::Majority | Standing::Tie => f64::from(self.believed - believed).max(0.0),
            Standing::Corroborated | Standing::Sole => 0.0,
        };
        self.severity * self.firmness * doubted
    }

    /// Variance that belief leaves in the loss.
    pub fn doubt(&self) -> f64 {
        let believed = f64::from(self.believed);
        if self.counts() { (self.severity * self.firmness).powi(2) * believed * (1.0 - believed) } else { 0.0 }
    }

    /// Whether it may lose anything.
    fn counts(&self) -> bool {
        self.standing == Standing::Minority && !self.repeated
    }

    /// By how much the loss would shrink (or, below 0, grow) if the dispute were decided the other way.
    pub fn swing(&self) -> f64 {
        match self.standing {
            Standing::Minority => self.lost(),
            Standing::Tie | Standing::Majority => -self.severity * self.firmness,
            Standing::Corroborated | Standing::Sole => 0.0,
        }
    }
}

/// The comparable slots of a source in a third of the room, for those of all sources are in memory at once.
#[derive(Clone, Debug, Default)]
pub struct Trials {
    packed: Vec<Packed>,
    /// Each firmness and severity that occurs: a few dozen at most, for both hang on a kind of few.
    weights: Vec<(f64, f64)>,
}

/// A trial with the place of its firmness and severity.
#[derive(Clone, Copy, Debug)]
struct Packed {
    slot: u32,
    story: u32,
    believed: f32,
    /// [`NO_ENTRY`] where none is known.
    entry: u32,
    weight: u16,
    kind: Kind,
    standing: Standing,
    repeated: bool,
}

const NO_ENTRY: u32 = u32::MAX;

impl Trials {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.packed.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.packed.is_empty()
    }

    /// All of them, in the order of their slots.
    pub fn iter(&self) -> impl Iterator<Item = Trial> + '_ {
        self.packed.iter().map(|packed| {
            let Packed { slot, story, believed, entry, weight, kind, standing, repeated } = *packed;
            let (firmness, severity) = self.weights[usize::from(weight)];
            let entry = (entry != NO_ENTRY).then_some(entry);
            Trial { slot, story, kind, standing, firmness, severity, believed, entry, repeated }
        })
    }

    fn push(&mut self, trial: Trial) {
        let Trial { slot, story, kind, standing, firmness, severity, believed, entry, repeated } = trial;
        let known = self.weights.iter().position(|weight| *weight == (firmness, severity));
        let weight = known.unwrap_or_else(|| {
            self.weights.push((firmness, severity));
            self.weights.len() - 1
        }) as u16;
        let entry = entry.unwrap_or(NO_ENTRY);
        self.packed.push(Packed { slot, story, believed, entry, weight, kind, standing, repeated });
    }
}

/// How a source quotes.
#[derive(Clone, Debug, Default)]
pub struct Quotes {
    /// Quotations that others quote as well.
    pub compared: u64,
    /// Of these, word for word.
    pub verbatim: u64,
    /// Of these, with differences beyond spelling and cuts.
    pub changed: u64,
    /// Of these, in the minority.
    pub meaning_changed: u64,
}

/// The record of one source.
#[derive(Default)]
pub struct Tally<'f> {
    /// Its documents.
    pub documents: Vec<&'f DocumentFacts>,
    /// Sources it shares a comparable slot with.
    pub peers: Peers,
    /// Its comparable slots.
    pub trials: Trials,
    /// Comparable slots where somebody gives an incompatible value.
    pub contradicted: u64,
    /// Slots where later events overtook its value.
    pub superseded: u64,
    /// Slots where its own documents differ.
    pub self_contradictions: u64,
    /// How it quotes.
    pub quotes: Quotes,
    /// Errors counted, by text and by what it says.
    counted: BTreeSet<(u32, u64)>,
}

/// What is needed to take a slot into a tally.
pub struct Taking<'t> {
    /// How far values are believed in.
    pub beliefs: &'t Beliefs,
    /// Losses by kind.
    pub scorecard: &'t ScorecardRules,
    /// Weights by firmness.
    pub belief: &'t BeliefRules,
    /// Numbers of stories.
    pub stories: &'t BTreeMap<&'t str, u32>,
}

/// A slot with what is worked out of it once for all its sources.
pub struct Filled<'t> {
    /// Its place in the list of all.
    pub at: usize,
    /// The slot itself.
    pub slot: &'t ScoredSlot,
    /// Who fills it.
    pub sources: Peers,
    /// Whether anything can be compared there.
    pub comparable: bool,
}

/// Sources by number, a bit each.
#[derive(Clone, Debug, Default)]
pub struct Peers(Vec<u64>);

impl Peers {
    /// Takes in a source.
    pub fn insert(&mut self, source: usize) {
        self.0.resize(self.0.len().max(source / 64 + 1), 0);
        self.0[source / 64] |= 1 << (source % 64);
    }

    /// Takes in all of `others`, but one.
    fn join(&mut self, others: &Self, but: usize) {
        self.0.resize(self.0.len().max(others.0.len()), 0);
        self.0.iter_mut().zip(&others.0).for_each(|(own, other)| *own |= other);
        if let Some(own) = self.0.get_mut(but / 64) {
            *own &= !(1 << (but % 64));
        }
    }

    /// How many they are.
    pub fn count(&self) -> u64 {
        self.0.iter().map(|bits| u64::from(bits.count_ones())).sum()
    }
}

impl Tally<'_> {
    /// Takes how the source of a number stands in a slot.
    pub fn take(&mut self, number: usize, filled: &Filled<'_>, entry: &Entry, with: &Taking<'_>) {
        let Filled { at, slot, .. } = *filled;
        self.superseded += u64::from(slot.overtaken.contains(&entry.source));
        self.self_contradictions += u64::from(entry.self_contradicted);
        if !filled.comparable {
            return;
        }
        self.contradicted += u64::from(entry.contradicted);
        self.peers.join(&filled.sources, number);
        if slot.kind == Kind::Quote {
            self.quotes.count(slot, entry);
        }
        let own = || entry.votes.iter().map(|at| &slot.votes[*at]);
        let repeated = entry.standing == Standing::Minority && self.is_repeated(own().map(|v| (v.unit, v.said)));
        let known = with.beliefs.entry(at, &entry.source);
        self.trials.push(Trial {
            slot: at as u32,
            story: with.stories.get(slot.story.as_str()).copied().unwrap_or_default(),
            kind: slot.kind,
            standing: entry.standing,
            firmness: own().map(|v| with.belief.firmness(v.modality)).fold(0.0, f64::max),
            severity: with.scorecard.severity(slot.kind),
            believed: with.beliefs.credit(known, 0),
            entry: known,
            repeated,
        });
    }

    /// Whether one text's error was counted before; it is from now on.
    fn is_repeated(&mut self, said: impl Iterator<Item = (u32, u64)>) -> bool {
        let known = said.filter(|error| !self.counted.insert(*error));
        known.count() > 0
    }

    /// Comparable slots in which it stands so.
    pub fn standing(&self, standing: Standing) -> u64 {
        self.trials.iter().filter(|trial| trial.standing == standing).count() as u64
    }

    /// Comparable slots, each weighing what it is told firmly.
    pub fn heard(&self) -> f64 {
        self.trials.iter().map(|trial| trial.firmness).sum()
    }

    /// The sum of its losses.
    pub fn lost(&self) -> f64 {
        self.trials.iter().map(|trial| trial.lost()).sum()
    }

    /// The same in another reading of the disputes; 0 is the chosen one.
    pub fn lost_otherwise(&self, reading: usize, beliefs: &Beliefs) -> f64 {
        self.trials.iter().map(|trial| trial.lost_where(beliefs.credit(trial.entry, reading))).sum()
    }
}

impl Quotes {
    fn count(&mut self, slot: &ScoredSlot, entry: &Entry) {
        let changed = matches!(entry.standing, Standing::Minority | Standing::Tie);
        self.compared += 1;
        self.changed += u64::from(changed);
        self.meaning_changed += u64::from(entry.standing == Standing::Minority);
        self.verbatim += u64::from(!changed && slot.verbatim.contains(&entry.source));
    }
}
