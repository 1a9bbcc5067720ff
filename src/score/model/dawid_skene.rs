//! Dawid & Skene 1979: each source has a table of confusion between a few classes that all items share.
//!
//! With `π_s(t, v)` the chance that source `s` says `v` where `t` is true, and `q` the share of each class:
//!
//! ```text
//! E:  P_o(t) ∝ q(t) · Π_{claims v by s on o} π_s(t, v)^w
//! M:  π_s(t, v) = (n_s(t, v) + prior(t, v)) / Σ_v' (n_s(t, v') + prior(t, v')),   n_s(t, v) = Σ_o P_o(t) [s says v on o]
//! ```
//!
//! `prior` is a Dirichlet with `right` on the diagonal and `wrong` elsewhere. The trust of a source is the mean belief
//! of its claims, which, unlike a diagonal of `π`, compares with the other models'.

use rayon::prelude::*;
use serde::Deserialize;

use super::super::evidence::{Evidence, Fit, normalise, softmax};
use super::super::parallel::{chunks, split};

/// `[dawid_skene]` in `rules/score.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DawidSkene {
    /// What the rule is for.
    pub about: String,
    /// Imagined claims on the diagonal of every row of confusion.
    pub right: f64,
    /// Imagined claims in every other cell.
    pub wrong: f64,
    /// Imagined items of every class.
    pub class: f64,
    /// Imagined right claims in the reported trust.
    pub trust_right: f64,
    /// Imagined wrong claims in the reported trust.
    pub trust_wrong: f64,
    /// Most cells of all tables of confusion together; more is refused.
    pub most_cells: usize,
    /// Most rounds.
    pub iterations: usize,
    /// Stop when no belief moves by more.
    pub tolerance: f64,
}

/// The classes: distinct values of the whole table. `belief` is items × classes.
struct Round<'a> {
    evidence: &'a Evidence<'a>,
    rules: &'a DawidSkene,
    classes: usize,
}

/// Whether the tables of confusion stay within the limit.
pub fn fits(evidence: &Evidence<'_>, rules: &DawidSkene) -> bool {
    let classes = evidence.table.values.len();
    evidence.table.source_count().saturating_mul(classes * classes) <= rules.most_cells
}

/// Fits the model, starting from a belief per option, such as [`Evidence::shares`].
pub fn fit(evidence: &Evidence<'_>, rules: &DawidSkene, start: &[f64]) -> Fit {
    let classes = evidence.table.values.len();
    let round = Round { evidence, rules, classes };
    let mut belief = round.spread(start);
    let (mut objective, mut moved, mut iterations) = (0.0, f64::INFINITY, 0);
    while iterations < rules.iterations && moved > rules.tolerance {
        let (confusion, prevalence) = (round.confusion(&belief), round.prevalence(&belief));
        (objective, moved) = round.believe(&confusion, &prevalence, &mut belief);
        objective += round.prior(&confusion);
        iterations += 1;
    }
    let belief = round.gather(&belief);
    let trust = evidence.mean_belief(&belief, rules.trust_right, rules.trust_wrong);
    Fit { trust, belief, objective, iterations, converged: moved <= rules.tolerance }
}

impl Round<'_> {
    /// Beliefs per option as items × classes.
    fn spread(&self, options: &[f64]) -> Vec<f64> {
        let table = self.evidence.table;
        let mut belief = vec![0.0; table.item_count() * self.classes];
        for (item, row) in belief.chunks_mut(self.classes).enumerate() {
            table.options_of(item).for_each(|option| row[table.option_value[option] as usize] = options[option]);
        }
        belief
    }

    /// The beliefs of the values that somebody gives.
    fn gather(&self, belief: &[f64]) -> Vec<f64> {
        let table = self.evidence.table;
        let of = |item: usize| {
            table.options_of(item).map(move |option| belief[item * self.classes + table.option_value[option] as usize])
        };
        (0..table.item_count()).flat_map(of).collect()
    }

    /// Logarithms of confusion: sources × said × true.
    fn confusion(&self, belief: &[f64]) -> Vec<f64> {
        let (table, classes) = (self.evidence.table, self.classes);
        let items = table.option_items();
        let mut cells = vec![self.rules.wrong; table.source_count() * classes * classes];
        cells.par_chunks_mut(classes * classes).enumerate().for_each(|(source, cells)| {
            (0..classes).for_each(|class| cells[class * classes + class] = self.rules.right);
            for &claim in table.claims_by(source) {
                let option = table.claim_option[claim as usize] as usize;
                let (said, item) = (table.option_value[option] as usize, items[option] as usize);
                let weight = table.weight(claim as usize);
                let row = &mut cells[said * classes..(said + 1) * classes];
                row.iter_mut().zip(&belief[item * classes..]).for_each(|(cell, belief)| *cell += weight * belief);
            }
            log_of_columns(cells, classes);
        });
        cells
    }

    /// Logarithms of the share of each class.
    fn prevalence(&self, belief: &[f64]) -> Vec<f64> {
        let mut shares = vec![self.rules.class; self.classes];
        for row in belief.chunks(self.classes) {
            shares.iter_mut().zip(row).for_each(|(share, belief)| *share += belief);
        }
        normalise(&mut shares);
        shares.iter().map(|share| share.ln()).collect()
    }

    /// The E step: the log-likelihood and the largest move.
    fn believe(&self, confusion: &[f64], prevalence: &[f64], belief: &mut [f64]) -> (f64, f64) {
        let pieces = chunks(self.evidence.table);
        let parts = split(belief, pieces.iter().map(|items| items.len() * self.classes));
        let work: Vec<_> = pieces.into_iter().zip(parts).collect();
        let results: Vec<(f64, f64)> = work
            .into_par_iter()
            .map(|(items, part)| {
                let (mut objective, mut most, mut logs) = (0.0, 0.0_f64, prevalence.to_vec());
                for (item, row) in items.zip(part.chunks_mut(self.classes)) {
                    logs.copy_from_slice(prevalence);
                    self.weigh(item, confusion, &mut logs);
                    objective += softmax(&mut logs);
                    row.iter().zip(&logs).for_each(|(old, new)| most = most.max((old - new).abs()));
                    row.copy_from_slice(&logs);
                }
                (objective, most)
            })
            .collect();
        results.into_iter().fold((0.0, 0.0), |(sum, most), (objective, moved)| (sum + objective, moved.max(most)))
    }

    /// Adds what the claims on an item say of each class.
    fn weigh(&self, item: usize, confusion: &[f64], logs: &mut [f64]) {
        let (table, classes) = (self.evidence.table, self.classes);
        for option in table.options_of(item) {
            let said = table.option_value[option] as usize;
            for claim in table.claims_of(option) {
                let row = (table.claim_source[claim] as usize * classes + said) * classes;
                let vote = self.evidence.vote(claim);
                logs.iter_mut().zip(&confusion[row..]).for_each(|(log, cell)| *log += vote * cell);
            }
        }
    }

    /// Logarithm of the prior of the confusion, up to a constant.
    fn prior(&self, confusion: &[f64]) -> f64 {
        let classes = self.classes;
        let weight = |cell: usize| {
            let on_diagonal = cell % (classes * classes) % (classes + 1) == 0;
            if on_diagonal { self.rules.right } else { self.rules.wrong }
        };
        confusion.iter().enumerate().map(|(cell, log)| weight(cell) * log).sum()
    }
}

/// Makes every column (a true class) add up to 1 and takes logarithms.
fn log_of_columns(cells: &mut [f64], classes: usize) {
    for class in 0..classes {
        let sum: f64 = cells[class..].iter().step_by(classes).sum();
        cells[class..].iter_mut().step_by(classes).for_each(|cell| *cell = (*cell / sum).ln());
    }
}
