//! One-coin Bayesian EM: each source is right with one probability, its trust.
//!
//! Dawid & Skene 1979 with one parameter a source; the same model as SimpleLCA (Pasternack & Roth, WWW 2013) and
//! ACCU (Dong, Berti-Équille & Srivastava, PVLDB 2009) with a Beta prior. With `A` the trust of a source, `K` the
//! number of values given for item `o`, `w` the voice of a claim and `P` the belief in a value:
//!
//! ```text
//! E:  L_o(v) = Σ_{claims for v} w · ln(A (K − 1) / (1 − A)) · falloff^rank,   P_o(v) = exp L_o(v) / Σ_v' exp L_o(v')
//! M:  A = (right + Σ e P) / (right + wrong + Σ e)
//! ```
//!
//! Three departures, each with its reason:
//! - *Exposure* `e`: a claim that nobody disputes says little about its source, one that nobody else makes says nothing.
//!   They count `uncontested` and `alone` instead of 1 in the M step.
//! - *Cavity* (loopy belief propagation; Liu, Peng & Ihler, NIPS 2012): the trust with which a claim votes leaves that
//!   same claim out, or a source with one claim confirms itself.
//! - *Falloff*: supporters of one value are ordered by weight and the n-th counts `falloff^n`. Where false values
//!   are popular, supporters are not independent, and the tenth says less than the second.
//!
//!
//! Values that are alike lend each other support, and a source that says less is right when the other is ([`super::super::kin`]).
//!
//! Linear in the claims an iteration. Sums run in the order of the table, so threads do not change a bit of them.

use rayon::prelude::*;
use schemars::JsonSchema;
use serde::Deserialize;

use super::super::evidence::{Evidence, Fit, Known, softmax};
use super::super::kin::Kin;
use super::super::parallel::{chunks, least, split};

/// `[bayes]` in `rules/score.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Bayes {
    /// What the rule is for.
    pub about: String,
    /// Imagined right claims of every source.
    pub right: f64,
    /// Imagined wrong claims of every source.
    pub wrong: f64,
    /// Exposure of a claim that several sources make and none disputes.
    pub uncontested: f64,
    /// Exposure of a claim on an item that no other source speaks of.
    pub alone: f64,
    /// What each further supporter counts of the one before.
    pub falloff: f64,
    /// Trust is kept at or above this in the vote.
    pub floor: f64,
    /// Trust is kept at or below this in the vote.
    pub ceiling: f64,
    /// Part of the former belief that each round keeps.
    pub damping: f64,
    /// Most rounds.
    pub iterations: usize,
    /// Stop when no belief moves by more.
    pub tolerance: f64,
}

/// Sums per source: exposure times belief, and exposure.
struct Sums {
    right: Vec<f64>,
    heard: Vec<f64>,
}

/// Fits the model from the trust per source in `start`; a fit that joins a known one is that one.
pub fn fit(evidence: &Evidence<'_>, rules: &Bayes, start: &[f64], known: Known<'_>) -> Fit {
    let exposure = exposures(evidence, rules);
    let mut model = Round { evidence, rules, exposure, start, sums: None };
    let mut belief = vec![0.0; evidence.table.options()];
    let (mut objective, mut moved) = model.believe(&mut belief);
    let mut iterations = 1;
    model.sums = Some(model.trust(&belief));
    while iterations < rules.iterations && moved > rules.tolerance {
        (objective, moved) = model.believe(&mut belief);
        if let Some(fit) = known.joined(belief.iter().copied()) {
            return fit.clone();
        }
        model.sums = Some(model.trust(&belief));
        iterations += 1;
    }
    let trust = model.trusts();
    objective += trust.iter().map(|a| rules.right * a.ln() + rules.wrong * (1.0 - a).ln()).sum::<f64>();
    Fit { trust, belief, objective, iterations, converged: moved <= rules.tolerance }
}

/// How much the claims for each option count in the M step.
fn exposures(evidence: &Evidence<'_>, rules: &Bayes) -> Vec<f32> {
    let table = evidence.table;
    let mut exposure = vec![1.0; table.options()];
    for item in 0..table.item_count() {
        let options = table.options_of(item);
        if options.len() == 1 {
            let alone = table.claims_on(item).len() == 1;
            exposure[options.start] = if alone { rules.alone as f32 } else { rules.uncontested as f32 };
        }
    }
    exposure
}

/// What one round of E and M steps needs.
struct Round<'a> {
    evidence: &'a Evidence<'a>,
    rules: &'a Bayes,
    exposure: Vec<f32>,
    start: &'a [f64],
    sums: Option<Sums>,
}

impl Round<'_> {
    /// The E step: new beliefs in place; the log-likelihood and the largest move.
    fn believe(&self, belief: &mut [f64]) -> (f64, f64) {
        let table = self.evidence.table;
        let chunks = chunks(table);
        let parts = split(
            belief,
            chunks.iter().map(|items| (table.item_options[items.end] - table.item_options[items.start]) as usize),
        );
        let work: Vec<_> = chunks.into_iter().zip(parts).collect();
        let results: Vec<(f64, f64)> = work
            .into_par_iter()
            .with_min_len(least(table))
            .map(|(items, part)| self.believe_items(items, part))
            .collect();
        results.into_iter().fold((0.0, 0.0), |(sum, most), (objective, moved)| (sum + objective, moved.max(most)))
    }

    /// The E step for some items; `belief` holds their options only.
    fn believe_items(&self, items: std::ops::Range<usize>, belief: &mut [f64]) -> (f64, f64) {
        let first = self.evidence.table.options_of(items.start).start;
        let (mut objective, mut most, mut logs, mut votes) = (0.0, 0.0_f64, Vec::new(), Vec::new());
        for item in items {
            let options = self.evidence.table.options_of(item);
            let old = &mut belief[options.start - first..options.end - first];
            objective += self.weigh(item, old, &mut logs, &mut votes);
            for (old, new) in old.iter_mut().zip(&logs) {
                let kept = if self.sums.is_some() { self.rules.damping } else { 0.0 };
                let next = kept * *old + (1.0 - kept) * new;
                most = most.max(if self.sums.is_some() { (next - *old).abs() } else { 1.0 });
                *old = next;
            }
        }
        (objective, most)
    }

    /// The new beliefs of one item in `logs`; returns its log-likelihood.
    fn weigh(&self, item: usize, old: &[f64], logs: &mut Vec<f64>, votes: &mut Vec<f64>) -> f64 {
        let (table, kin) = (self.evidence.table, &self.evidence.kin);
        let options = table.options_of(item);
        let first = options.start;
        let wrong_values = (options.len().max(2) - 1) as f64;
        let mut others = 0.0;
        logs.clear();
        for option in options.clone() {
            let believed = kin.credit(option, |option| old[option - first]);
            votes.clear();
            for claim in table.claims_of(option) {
                let trust = self.cavity(claim, believed, f64::from(self.exposure[option]));
                let vote = self.evidence.vote(claim);
                others += vote * ((1.0 - trust) / wrong_values).ln();
                votes.push(vote * (trust * wrong_values / (1.0 - trust)).ln());
            }
            logs.push(add_up(votes, self.rules.falloff));
        }
        lend(kin, options, logs);
        others + softmax(logs)
    }

    /// The trust with which a claim votes: its source's, without what this very claim adds to it.
    fn cavity(&self, claim: usize, belief: f64, exposure: f64) -> f64 {
        let source = self.evidence.table.claim_source[claim] as usize;
        let trust = match &self.sums {
            None => self.start[source],
            Some(sums) => {
                let own = exposure * self.evidence.table.weight(claim);
                let heard = self.rules.right + self.rules.wrong + sums.heard[source] - own;
                (self.rules.right + sums.right[source] - own * belief) / heard
            }
        };
        trust.clamp(self.rules.floor, self.rules.ceiling)
    }

    /// The M step.
    fn trust(&self, belief: &[f64]) -> Sums {
        let table = self.evidence.table;
        let of = |source| {
            let (mut right, mut heard) = (0.0, 0.0);
            for &claim in table.claims_by(source) {
                let option = table.claim_option[claim as usize] as usize;
                let weight = table.weight(claim as usize) * f64::from(self.exposure[option]);
                right += weight * self.evidence.kin.credit(option, |option| belief[option]);
                heard += weight;
            }
            (right, heard)
        };
        let (right, heard) = (0..table.source_count()).into_par_iter().with_min_len(least(table)).map(of).unzip();
        Sums { right, heard }
    }

    /// Trust per source after the last M step.
    fn trusts(&self) -> Vec<f64> {
        let prior = self.rules.right + self.rules.wrong;
        let of = |(right, heard): (&f64, &f64)| (self.rules.right + right) / (prior + heard);
        self.sums.iter().flat_map(|sums| sums.right.iter().zip(&sums.heard).map(of)).collect()
    }
}

/// Adds to the votes of each option its share of those of its kin.
fn lend(kin: &Kin, options: std::ops::Range<usize>, logs: &mut [f64]) {
    let first = options.start;
    if options.clone().all(|option| kin.ties(option).is_empty()) {
        return;
    }
    let own = logs.to_vec();
    for option in options {
        let lent = kin.ties(option).iter().map(|tie| tie.support * own[tie.option as usize - first]);
        logs[option - first] += lent.sum::<f64>();
    }
}

/// The sum of votes, the n-th largest in size counted `falloff^n`.
fn add_up(votes: &mut [f64], falloff: f64) -> f64 {
    if falloff >= 1.0 || votes.len() < 2 {
        return votes.iter().sum();
    }
    votes.sort_unstable_by(|a, b| b.abs().total_cmp(&a.abs()));
    let mut share = 1.0;
    let mut sum = 0.0;
    for vote in votes.iter() {
        sum += share * vote;
        share *= falloff;
    }
    sum
}
