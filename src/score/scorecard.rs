//! Scorecards: one row a source, every figure beside its n.
//!
//! A source loses in a comparable slot when it is in the minority: the severity of the kind, times how firmly it tells
//! its value, times how little the value is believed in ([`super::belief`]). Its expected loss is the mean over its
//! slots, shrunk by a prior fitted to all sources ([`super::prior`]):
//!
//! ```text
//! loss = (Σ severity · firmness · (1 − belief) + prior) / (Σ firmness + strength),   consistency_score = 100 · (1 − loss)
//! ```

use std::collections::{BTreeMap, BTreeSet};

use compact_str::CompactString;
use schemars::JsonSchema;
use serde::Deserialize;

use super::Rules;
use super::belief::Beliefs;
use super::conduct::Conduct;
use super::flags::flags;
use super::interval::Limits;
use super::ledger::{ScoredSlot, Standing};
use super::loss::{Loss, Losses, Points, column};
use super::prior::Prior;
use super::slots::Slots;
use super::spread::Spread;
use super::tally::{Filled, Peers, Taking, Tally, Trial};
use crate::claim::Kind;
use crate::clean::Noise;
use crate::report::tables::Source;

/// How scorecards are made: `[scorecard]` in `rules/score.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScorecardRules {
    /// What the rule does.
    pub about: String,
    /// Loss of a minority value, 0 to 1, by kind.
    pub loss: BTreeMap<Kind, f64>,
    /// Loss of a kind that `loss` does not name.
    pub other_loss: f64,
    /// Bounds of the prior's strength, in slots.
    pub strength: (f64, f64),
    /// Slots of a kind for which the mean of all kinds counts.
    pub difficulty: f64,
    /// Least documents, comparable slots and peers for `low` evidence.
    pub low: (u64, u64, u64),
    /// The same for `ok`.
    pub ok: (u64, u64, u64),
    /// Share of copied text from which a source is flagged.
    pub copied_flag: f64,
}

impl ScorecardRules {
    /// Loss of a minority value of a kind.
    pub fn severity(&self, kind: Kind) -> f64 {
        self.loss.get(&kind).copied().unwrap_or(self.other_loss)
    }
}

/// What scoring needs to know of a document: numbers, for those of a whole run are in memory at once.
#[derive(Clone, Debug, Default)]
pub struct DocumentFacts {
    /// Its outlet.
    pub source: CompactString,
    /// Its place among all paths.
    pub number: u32,
    /// The number of its story.
    pub story: u32,
    /// Its independent unit.
    pub unit: u32,
    /// Words of its body.
    pub words: u32,
    /// Mentions of claims.
    pub claims: u32,
    /// The greatest share of it that another document contains.
    pub copied_share: f64,
    /// The greatest share of it that another document printed first.
    pub borrowed_share: f64,
    /// How it goes about its claims.
    pub conduct: Conduct,
    /// Its shares of noise.
    pub noise: Shares,
}

/// The shares of noise that a scorecard tells, and the printed words that they are of.
#[derive(Clone, Copy, Debug, Default)]
pub struct Shares {
    /// As [`Noise::score`].
    score: f32,
    /// As [`Noise::boilerplate_share`].
    boilerplate: f32,
    /// As [`Noise::padding_share`].
    padding: f32,
    /// As [`Noise::placeholder_share`].
    placeholder: f32,
    /// As [`Noise::repeated_share`].
    repeated: f32,
    /// As [`Noise::words`].
    words: u32,
}

impl From<&Noise> for Shares {
    fn from(noise: &Noise) -> Self {
        Self {
            score: noise.score,
            boilerplate: noise.boilerplate_share,
            padding: noise.padding_share,
            placeholder: noise.placeholder_share,
            repeated: noise.repeated_share,
            words: noise.words,
        }
    }
}

/// The scorecards, and what they are the sum of.
#[derive(Clone, Debug, Default)]
pub struct Scored {
    /// One row a source, by name.
    pub sources: Vec<Source>,
    /// What was lost in which slot.
    pub losses: Losses,
}

/// The scorecards of all sources. `facts` are sorted by number, `slots` by id.
pub fn scorecards(slots: &Slots, facts: &[DocumentFacts], beliefs: &Beliefs, rules: &Rules) -> Scored {
    let tallies = tallies(slots, facts, beliefs, rules);
    let all: Vec<&Tally<'_>> = tallies.values().collect();
    let prior = Prior::fit(&all, &rules.scorecard, rules.spread.loss);
    let spread = Spread::fit(&all, &prior, &rules.spread);
    let mut scored = Scored::default();
    for (source, tally) in &tallies {
        let card = Card { source, tally, prior: &prior, spread: &spread, beliefs, rules: &rules.scorecard };
        let evidence = card.evidence();
        let points = (evidence != "insufficient").then(|| card.points());
        for (at, trial) in tally.trials.iter().enumerate().filter(|(_, t)| t.standing == Standing::Minority) {
            let loss = Loss {
                points: points.as_ref().map(|points| points[at].number()),
                severity: trial.severity,
                firmness: trial.firmness,
                belief: trial.believed.into(),
                repeated: trial.repeated,
            };
            scored.losses.insert(((*source).to_owned(), id_of(slots, &trial)), loss);
        }
        let row = card.row(evidence);
        scored.sources.push(match points {
            Some(points) => card.scored(row, &points, slots),
            None => row,
        });
    }
    rank(&mut scored.sources);
    scored
}

fn tallies<'f>(
    slots: &Slots,
    facts: &'f [DocumentFacts],
    beliefs: &Beliefs,
    rules: &Rules,
) -> BTreeMap<&'f str, Tally<'f>> {
    let stories = slots.stories();
    let taking = Taking { beliefs, scorecard: &rules.scorecard, belief: &rules.belief, stories: &stories };
    let mut tallies: BTreeMap<&str, Tally<'f>> = BTreeMap::new();
    for document in facts {
        tallies.entry(&document.source).or_default().documents.push(document);
    }
    let sources: BTreeMap<&str, usize> = tallies.keys().copied().zip(0..).collect();
    for (at, slot) in slots.iter().enumerate() {
        let filled = filled(at, &slot, &sources);
        for entry in slot.entries() {
            if let (Some(tally), Some(number)) =
                (tallies.get_mut(entry.source.as_str()), sources.get(entry.source.as_str()))
            {
                tally.take(*number, &filled, &entry, &taking);
            }
        }
    }
    tallies
}

fn filled<'s>(at: usize, slot: &'s ScoredSlot, numbers: &BTreeMap<&str, usize>) -> Filled<'s> {
    let mut sources = Peers::default();
    slot.votes.iter().filter_map(|vote| numbers.get(vote.source.as_str())).for_each(|number| sources.insert(*number));
    Filled { at, slot, sources, comparable: slot.is_comparable() }
}

/// The id of a trial's slot.
fn id_of(slots: &Slots, trial: &Trial) -> String {
    slots.get(trial.slot as usize).map(|slot| slot.id.into()).unwrap_or_default()
}

/// One scorecard in the making.
struct Card<'c> {
    source: &'c str,
    tally: &'c Tally<'c>,
    prior: &'c Prior,
    spread: &'c Spread<'c>,
    beliefs: &'c Beliefs,
    rules: &'c ScorecardRules,
}

impl Card<'_> {
    /// What the source loses in each of its trials.
    fn points(&self) -> Vec<Points> {
        // The weight is a sum over all trials.
        let weight = self.weight();
        self.tally.trials.iter().map(|trial| Points::of(trial.lost() / weight)).collect()
    }

    /// Slots that the expected loss is a mean over, those that the prior stands for among them.
    fn weight(&self) -> f64 {
        self.tally.heard() + self.prior.strength
    }

    fn row(&self, evidence: &str) -> Source {
        let tally = self.tally;
        let comparable = tally.trials.len() as u64;
        let rate = |count: u64| (comparable > 0).then(|| count as f64 / comparable as f64);
        let units: BTreeSet<u32> = tally.documents.iter().map(|d| d.unit).collect();
        let stories: BTreeSet<u32> = tally.documents.iter().map(|d| d.story).collect();
        let claims: u64 = tally.documents.iter().map(|d| u64::from(d.claims)).sum();
        let (minority, corroborated) = (tally.standing(Standing::Minority), tally.standing(Standing::Corroborated));
        let row = Source {
            source: self.source.to_owned(),
            source_id: source_id(self.source),
            evidence_level: evidence.to_owned(),
            flags: flags(self.source, self.tally, self.beliefs, self.rules.copied_flag),
            documents: tally.documents.len() as u64,
            independent_documents: units.len() as u64,
            words: tally.documents.iter().map(|d| u64::from(d.words)).sum(),
            peers: tally.peers.count(),
            claims,
            comparable_slots: comparable,
            contradicted: tally.contradicted,
            contradiction_rate: rate(tally.contradicted),
            minority,
            minority_rate: rate(minority),
            disputed_ties: tally.standing(Standing::Tie),
            corroborated,
            corroboration_rate: rate(corroborated),
            sole_source_share: (claims > 0).then(|| 1.0 - (comparable.min(claims)) as f64 / claims as f64),
            superseded: tally.superseded,
            self_contradictions: tally.self_contradictions,
            stories: stories.len() as u64,
            ..Source::default()
        };
        self.noted(self.quoted(row))
    }

    fn quoted(&self, row: Source) -> Source {
        let quotes = &self.tally.quotes;
        let kept = quotes.compared - quotes.changed;
        Source {
            quotes_compared: quotes.compared,
            quotes_verbatim: quotes.verbatim,
            quotes_minor: kept - quotes.verbatim,
            quotes_changed: quotes.changed,
            quote_fidelity: (quotes.compared > 0).then(|| kept as f64 / quotes.compared as f64),
            quotes_meaning_changed: quotes.meaning_changed,
            ..row
        }
    }

    /// Shares are means over documents by what they are shares of: all printed words, or those of the article.
    fn noted(&self, row: Source) -> Source {
        let documents = &self.tally.documents;
        let mean = |of: fn(&DocumentFacts) -> f64, words: fn(&DocumentFacts) -> u64| {
            let all: f64 = documents.iter().map(|d| words(d).max(1) as f64).sum();
            let sum: f64 = documents.iter().map(|d| of(d) * words(d).max(1) as f64).sum();
            (all > 0.0).then_some(sum / all)
        };
        let printed: fn(&DocumentFacts) -> u64 = |d| d.noise.words.into();
        let told: fn(&DocumentFacts) -> u64 = |d| d.words.into();
        Source {
            noise_score: mean(|d| d.noise.score.into(), printed),
            boilerplate_share: mean(|d| d.noise.boilerplate.into(), printed),
            padding_share: mean(|d| d.noise.padding.into(), printed),
            placeholder_share: mean(|d| d.noise.placeholder.into(), printed),
            repeated_share: mean(|d| d.noise.repeated.into(), told),
            copied_share: mean(|d| d.copied_share, told),
            original_share: mean(|d| 1.0 - d.borrowed_share, told),
            ..conducted(documents, row)
        }
    }

    /// The score is what the points of its trials and of the prior leave of 100.
    fn scored(&self, row: Source, points: &[Points], slots: &Slots) -> Source {
        let adjustment = Points::of(self.prior.lost(self.tally) / self.weight());
        let score = (Points::ALL - points.iter().copied().sum() - adjustment).number();
        let limits = self.limits();
        let of = |wanted: &str| {
            let mine = self.tally.trials.iter().zip(points).filter(|(trial, _)| column(trial.kind) == wanted);
            Some(mine.map(|(_, points)| *points).sum::<Points>().number())
        };
        let swing = self.tally.trials.iter().max_by(|x, y| x.swing().abs().total_cmp(&y.swing().abs()));
        let swing = swing.filter(|trial| trial.swing() != 0.0);
        Source {
            consistency_score: Some(score),
            consistency_low: Some((100.0 * (1.0 - limits.high)).min(score)),
            consistency_high: Some((100.0 * (1.0 - limits.low)).max(score)),
            lost_quotes: of("lost_quotes"),
            lost_numbers: of("lost_numbers"),
            lost_times: of("lost_times"),
            lost_places: of("lost_places"),
            lost_people: of("lost_people"),
            lost_events: of("lost_events"),
            lost_other: of("lost_other"),
            small_sample_adjustment: Some(adjustment.number()),
            swing_points: swing.map(|trial| Points::of(trial.swing() / self.weight()).number()),
            swing_slot: swing.map(|trial| id_of(slots, &trial)).unwrap_or_default(),
            ..row
        }
    }

    /// Limits of the expected loss, wide enough for every reading of the disputes.
    fn limits(&self) -> Limits {
        let mut limits = self.spread.limits(self.tally);
        for reading in 1..self.beliefs.readings() {
            let loss = (self.tally.lost_otherwise(reading, self.beliefs) + self.prior.lost(self.tally)) / self.weight();
            limits = Limits { low: limits.low.min(loss), high: limits.high.max(loss) };
        }
        limits
    }

    fn evidence(&self) -> &'static str {
        let have = (self.tally.documents.len() as u64, self.tally.trials.len() as u64, self.tally.peers.count());
        let reaches = |least: (u64, u64, u64)| have.0 >= least.0 && have.1 >= least.1 && have.2 >= least.2;
        match (reaches(self.rules.ok), reaches(self.rules.low)) {
            (true, _) => "ok",
            (_, true) => "low",
            _ => "insufficient",
        }
    }
}

/// What the documents of a source tell of how it works.
fn conducted(documents: &[&DocumentFacts], row: Source) -> Source {
    let count = |of: fn(&Conduct) -> bool| documents.iter().filter(|d| of(&d.conduct)).count() as u64;
    let attributed: u64 = documents.iter().map(|d| d.conduct.attributed).sum();
    Source {
        attributed_share: (row.claims > 0).then(|| attributed as f64 / row.claims as f64),
        headlines_compared: count(|conduct| conduct.headline_differs.is_some()),
        headlines_differ: count(|conduct| conduct.headline_differs == Some(true)),
        corrections: count(|conduct| conduct.corrected),
        ..row
    }
}

/// A place by score where no other interval overlaps.
fn rank(sources: &mut [Source]) {
    let interval = |row: &Source| row.consistency_low.zip(row.consistency_high);
    let intervals: Vec<(f64, f64)> = sources.iter().filter_map(interval).collect();
    for row in sources {
        let Some((low, high)) = interval(row) else { continue };
        let overlapping = intervals.iter().filter(|(other_low, other_high)| *other_low <= high && low <= *other_high);
        let overlaps = overlapping.count() as u64 - 1;
        row.overlaps = Some(overlaps);
        row.rank = (overlaps == 0).then(|| 1 + intervals.iter().filter(|(other, _)| *other > high).count() as u64);
    }
}

/// The id of a source: the same in every run.
pub fn source_id(source: &str) -> String {
    format!("o{:08x}", xxhash_rust::xxh3::xxh3_64(source.as_bytes()) as u32)
}
