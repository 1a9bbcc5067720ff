//! Scorecards: one row a source, every figure beside its n.
//!
//! The expected loss of a source is the posterior mean of a Beta model: each comparable slot is a
//! trial whose loss is the severity of its kind when the source is in the minority, and 0 else;
//! the prior's mean is the mean loss of all sources and its strength is fitted to how far sources
//! differ (method of moments, empirical Bayes). consistency_score = 100 × (1 − expected loss).

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Deserialize;

use super::ledger::{Entry, ScoredSlot, Standing};
use super::special::beta_quantile;
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
    /// Level of the credible interval.
    pub level: f64,
    /// Least documents, comparable slots and peers for `low` evidence.
    pub low: (u64, u64, u64),
    /// The same for `ok`.
    pub ok: (u64, u64, u64),
    /// Share of copied text from which a source is flagged.
    pub copied_flag: f64,
}

/// What scoring needs to know of a document.
#[derive(Clone, Debug)]
pub struct DocumentFacts {
    /// Its outlet.
    pub source: String,
    /// Its path.
    pub path: String,
    /// Its story's id.
    pub story: String,
    /// Its independent unit.
    pub unit: u32,
    /// Its day of publication.
    pub published: Option<jiff::civil::Date>,
    /// Words of its body.
    pub words: u64,
    /// Mentions of claims.
    pub claims: u64,
    /// The greatest share of it that another document contains.
    pub copied_share: f64,
    /// Its shares of noise.
    pub noise: Noise,
}

/// The scorecards of all sources, sorted by name. `facts` are sorted by path, `slots` by id.
pub fn scorecards(slots: &[ScoredSlot], facts: &[DocumentFacts], rules: &ScorecardRules) -> Vec<Source> {
    let mut tallies: BTreeMap<&str, Tally> = facts.iter().map(|f| (f.source.as_str(), Tally::default())).collect();
    for document in facts {
        tallies.entry(&document.source).or_default().documents.push(document);
    }
    for slot in slots {
        for entry in slot.entries() {
            if let Some(tally) = tallies.get_mut(entry.source.as_str()) {
                tally.slot(slot, &entry, rules);
            }
        }
    }
    let prior = Prior::fit(tallies.values(), rules);
    tallies.iter().map(|(source, tally)| tally.scorecard(source, &prior, rules)).collect()
}

/// What the ledger adds up to for one source.
#[derive(Default)]
struct Tally<'f> {
    documents: Vec<&'f DocumentFacts>,
    peers: BTreeSet<String>,
    comparable: u64,
    contradicted: u64,
    minority: u64,
    ties: u64,
    corroborated: u64,
    superseded: u64,
    self_contradictions: u64,
    quotes: Quotes,
    losses: BTreeMap<&'static str, f64>,
}

/// How a source quotes.
#[derive(Default)]
struct Quotes {
    compared: u64,
    verbatim: u64,
    changed: u64,
    meaning_changed: u64,
}

impl Tally<'_> {
    fn slot(&mut self, slot: &ScoredSlot, entry: &Entry, rules: &ScorecardRules) {
        self.superseded += u64::from(slot.overtaken.contains(&entry.source));
        self.self_contradictions += u64::from(entry.self_contradicted);
        if !slot.is_comparable() {
            return;
        }
        self.comparable += 1;
        self.contradicted += u64::from(entry.contradicted);
        self.peers.extend(slot.votes.iter().map(|v| v.source.clone()).filter(|s| *s != entry.source));
        match entry.standing {
            Standing::Corroborated => self.corroborated += 1,
            Standing::Tie => self.ties += 1,
            Standing::Minority => self.lose(slot.kind, rules),
            Standing::Majority | Standing::Sole => {}
        }
        if slot.kind == Kind::Quote {
            self.quotes.count(slot, entry);
        }
    }

    fn lose(&mut self, kind: Kind, rules: &ScorecardRules) {
        self.minority += 1;
        *self.losses.entry(column(kind)).or_default() += rules.loss.get(&kind).copied().unwrap_or(rules.other_loss);
    }

    fn lost(&self) -> f64 {
        self.losses.values().sum()
    }

    fn scorecard(&self, source: &str, prior: &Prior, rules: &ScorecardRules) -> Source {
        let rate = |count: u64| (self.comparable > 0).then(|| count as f64 / self.comparable as f64);
        let units: BTreeSet<u32> = self.documents.iter().map(|d| d.unit).collect();
        let stories: BTreeSet<&str> = self.documents.iter().map(|d| d.story.as_str()).collect();
        let claims: u64 = self.documents.iter().map(|d| d.claims).sum();
        let row = Source {
            source: source.to_owned(),
            source_id: source_id(source),
            evidence_level: self.evidence(rules).to_owned(),
            flags: self.flags(rules),
            documents: self.documents.len() as u64,
            independent_documents: units.len() as u64,
            words: self.documents.iter().map(|d| d.words).sum(),
            peers: self.peers.len() as u64,
            claims,
            comparable_slots: self.comparable,
            contradicted: self.contradicted,
            contradiction_rate: rate(self.contradicted),
            minority: self.minority,
            minority_rate: rate(self.minority),
            disputed_ties: self.ties,
            corroborated: self.corroborated,
            corroboration_rate: rate(self.corroborated),
            sole_source_share: (claims > 0).then(|| 1.0 - (self.comparable.min(claims)) as f64 / claims as f64),
            superseded: self.superseded,
            self_contradictions: self.self_contradictions,
            stories: stories.len() as u64,
            ..Source::default()
        };
        self.scored(self.noted(self.quoted(row)), prior, rules)
    }

    fn quoted(&self, row: Source) -> Source {
        let Quotes { compared, verbatim, changed, meaning_changed } = self.quotes;
        Source {
            quotes_compared: compared,
            quotes_verbatim: verbatim,
            quotes_minor: compared - verbatim - changed,
            quotes_changed: changed,
            quote_fidelity: (compared > 0).then(|| (compared - changed) as f64 / compared as f64),
            quotes_meaning_changed: meaning_changed,
            ..row
        }
    }

    /// Shares of noise are means over documents by their words.
    fn noted(&self, row: Source) -> Source {
        let words: f64 = self.documents.iter().map(|d| d.words.max(1) as f64).sum();
        let mean = |of: fn(&DocumentFacts) -> f64| {
            let sum: f64 = self.documents.iter().map(|d| of(d) * d.words.max(1) as f64).sum();
            (words > 0.0).then_some(sum / words)
        };
        Source {
            noise_score: mean(|d| d.noise.score.into()),
            boilerplate_share: mean(|d| d.noise.boilerplate_share.into()),
            padding_share: mean(|d| d.noise.padding_share.into()),
            placeholder_share: mean(|d| d.noise.placeholder_share.into()),
            copied_share: mean(|d| d.copied_share),
            ..row
        }
    }

    /// Score, interval and losses; empty where the evidence is insufficient.
    fn scored(&self, row: Source, prior: &Prior, rules: &ScorecardRules) -> Source {
        if row.evidence_level == "insufficient" {
            return row;
        }
        let n = self.comparable as f64 + prior.strength;
        let (lost, kept) = (self.lost() + prior.lost(), n - self.lost() - prior.lost());
        let tail = (1.0 - rules.level) / 2.0;
        let points = |loss: f64| 100.0 * (1.0 - loss);
        let by_kind = |column: &str| Some(100.0 * self.losses.get(column).copied().unwrap_or(0.0) / n);
        Source {
            consistency_score: Some(points(lost / n)),
            consistency_low: Some(points(beta_quantile(1.0 - tail, lost, kept))),
            consistency_high: Some(points(beta_quantile(tail, lost, kept))),
            lost_quotes: by_kind("quotes"),
            lost_numbers: by_kind("numbers"),
            lost_times: by_kind("times"),
            lost_places: by_kind("places"),
            lost_people: by_kind("people"),
            lost_events: by_kind("events"),
            lost_other: by_kind("other"),
            small_sample_adjustment: Some(100.0 * prior.lost() / n),
            ..row
        }
    }

    fn evidence(&self, rules: &ScorecardRules) -> &'static str {
        let have = (self.documents.len() as u64, self.comparable, self.peers.len() as u64);
        let reaches = |least: (u64, u64, u64)| have.0 >= least.0 && have.1 >= least.1 && have.2 >= least.2;
        match (reaches(rules.ok), reaches(rules.low)) {
            (true, _) => "ok",
            (_, true) => "low",
            _ => "insufficient",
        }
    }

    fn flags(&self, rules: &ScorecardRules) -> String {
        let copied = self.documents.iter().filter(|d| d.copied_share >= rules.copied_flag).count();
        let mut flags = Vec::new();
        if copied > 0 {
            flags.push(format!("{copied} of {} documents share most of their text with another", self.documents.len()));
        }
        if self.ties > 0 {
            flags.push(format!("{} disputes undecided, one against one", self.ties));
        }
        flags.join("; ")
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

/// The prior of the loss, fitted to all sources.
struct Prior {
    mean: f64,
    strength: f64,
}

impl Prior {
    /// Method of moments: the strength at which a Beta prior explains how far the sources' rates differ.
    fn fit<'t, 'f: 't>(tallies: impl Iterator<Item = &'t Tally<'f>>, rules: &ScorecardRules) -> Self {
        let rated: Vec<(f64, f64)> =
            tallies.filter(|t| t.comparable > 0).map(|t| (t.lost(), t.comparable as f64)).collect();
        let slots: f64 = rated.iter().map(|(_, n)| n).sum();
        // Half a loss in one more slot keeps the mean off 0, where no source could ever lose.
        let mean = (rated.iter().map(|(lost, _)| lost).sum::<f64>() + 0.5) / (slots + 1.0).max(1.0);
        let spread = rated.iter().map(|(lost, n)| n * (lost / n - mean).powi(2)).sum::<f64>() / slots.max(1.0);
        let chance = rated.len() as f64 * mean * (1.0 - mean) / slots.max(1.0);
        let between = (spread - chance).max(0.0);
        let strength = if between > 0.0 { mean * (1.0 - mean) / between - 1.0 } else { rules.strength.1 };
        Self { mean, strength: strength.clamp(rules.strength.0, rules.strength.1) }
    }

    /// Losses the prior stands for.
    fn lost(&self) -> f64 {
        self.mean * self.strength
    }
}

/// The `lost_` column a kind belongs to.
fn column(kind: Kind) -> &'static str {
    match kind {
        Kind::Quote => "quotes",
        Kind::Number | Kind::Duration => "numbers",
        Kind::Date | Kind::Time => "times",
        Kind::Venue | Kind::Place => "places",
        Kind::Person | Kind::Role => "people",
        Kind::Negation | Kind::Antonym | Kind::EventTerm => "events",
        Kind::Statement => "other",
    }
}

fn source_id(source: &str) -> String {
    format!("o{:08x}", xxhash_rust::xxh3::xxh3_64(source.as_bytes()) as u32)
}
