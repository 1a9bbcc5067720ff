//! Dawid & Skene 1979: each source has a table of confusion between a few classes that all items share.
//!
//! With `π_s(t, v)` the chance that source `s` says `v` where `t` is true, and `q` the share of each class:
//!
//! ```text
//! E:  P_o(t) ∝ q(t) · Π_{claims v by s on o} π_s(t, v)^w
//! M:  π_s(t, v) = (n_s(t, v) + prior(t, v)) / Σ_v' (n_s(t, v') + prior(t, v')),   n_s(t, v) = Σ_o P_o(t) [s says v on o]
//! ```
//!
//! `prior(t, v)` is a Dirichlet, `κ m_s(t, v)`, that shrinks the table to what is expected of the source by all its claims
//! together ([`super::confusion_prior`]). Its strength `κ` is fitted once (empirical Bayes): of `strengths`, which are in order,
//! the one with the highest Dirichlet-multinomial likelihood of the expected counts,
//!
//! ```text
//! ln p(n | κ) = Σ_s Σ_t [ln Γ(κ) − ln Γ(κ + n_s(t)) + Σ_v ln Γ(prior(t, v) + n_s(t, v)) − ln Γ(prior(t, v))]
//! ```
//!
//! Where no source's table differs from what is expected of it κ grows, and there is little more than an accuracy and a
//! taste left; where they do it stays small.
//!
//! The shares of the classes are drawn to those that the votes suggest, `v(t)`, which count for `class` times the items:
//!
//! ```text
//! q(t) ∝ Σ_o P_o(t) + class · items · v(t)
//! ```
//!
//! Without that, sources with a taste for one class can lead to a world in which that class is the true one nearly everywhere,
//! and which explains the claims better than the truth does. The trust of a source is the mean belief of its claims on items of
//! which others speak too, which compares with the other models'.

use std::ops::Range;

use rayon::prelude::*;
use schemars::JsonSchema;
use serde::Deserialize;

use super::super::evidence::{Evidence, Fit, Known, normalise, shares_of};
use super::super::parallel::{chunks, least, split};
use super::super::special::ln_gamma;
use super::super::table::Table;
use super::confusion_prior::{ConfusionPrior, Imagined, Tally, likeliest_errors};
use super::leap::Leap;
use super::peak::peak;

/// `[dawid_skene]` in `rules/score.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DawidSkene {
    /// What the rule is for.
    pub about: String,
    /// Imagined right claims of every source.
    pub right: f64,
    /// Imagined wrong claims of every source.
    pub wrong: f64,
    /// Imagined claims, with the errors that its accuracy suggests, beside how often a source says each class wrongly:
    /// numbers to choose from.
    pub errors: Vec<f64>,
    /// The number with which the search begins.
    pub first_errors: f64,
    /// How far the classes that all sources confuse are expected to be confused by each: 0 not at all, 1 as by all.
    pub shared: f64,
    /// Imagined claims, with errors that tastes alone explain, beside those that tell which classes all sources confuse.
    pub shared_claims: f64,
    /// Weight of the classes' shares of the votes in how frequent they are, as a share of all items.
    pub class: f64,
    /// Strengths of the prior to choose from.
    pub strengths: Vec<f64>,
    /// The strength with which the search begins. From a stronger one it would find what it assumes, that all err alike.
    pub first_strength: f64,
    /// Most times that the strength is fitted anew.
    pub strength_rounds: usize,
    /// A strength is judged when no belief moves by more.
    pub strength_tolerance: f64,
    /// Claims above which starts are tried, and the strength is fitted, on every n-th item only.
    pub most_claims: usize,
    /// Most cells of all tables of confusion, and of the beliefs in each class, together; more is refused.
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
    imagined: Imagined,
    classes: usize,
    /// For each source's claims in turn: where the beliefs of the item begin, and the row of what is said.
    places: Vec<(u32, u32)>,
    /// The weight of each of them in its source's table: none where nobody else speaks of the item, for such a claim
    /// can only confirm itself.
    heard: Vec<f32>,
    /// For each claim, by item, where the row of what is said begins in the tables of all sources.
    rows: Vec<u32>,
    /// Items of each class that the votes suggest.
    voted: Vec<f64>,
}

/// Why the model cannot be had for a table: what it keeps for every pair of values would not fit into memory.
pub fn refusal(table: &Table, rules: &DawidSkene) -> Option<String> {
    let (values, sources, items) = (table.values.len(), table.source_count(), table.item_count());
    let cells = sources.saturating_mul(values).saturating_add(items).saturating_mul(values);
    (cells > rules.most_cells).then(|| {
        format!(
            "dawid-skene keeps a table of confusion for every source, and {values} values of {sources} sources are too many for that: choose another --model, or leave the choice to auto"
        )
    })
}

/// The imagined claims that the evidence itself suggests, starting from a belief per option, and the belief per
/// option that was found on the way.
pub fn imagined(evidence: &Evidence<'_>, rules: &DawidSkene, start: &[f64]) -> (Imagined, Vec<f64>) {
    let mut round = Round::new(evidence, rules, Imagined::first(rules));
    let mut belief = round.spread(start);
    for _ in 0..rules.strength_rounds {
        round.settle(&mut belief, rules.strength_tolerance, |_| false);
        let before = round.imagined;
        round.imagined = round.likeliest(&belief);
        if round.imagined == before {
            break;
        }
    }
    let belief = round.gather(&belief).collect();
    (round.imagined, belief)
}

/// Fits the model, starting from a belief per option, such as [`Evidence::shares`]; a fit that joins a known one is that one.
pub fn fit(evidence: &Evidence<'_>, rules: &DawidSkene, imagined: Imagined, start: &[f64], known: Known<'_>) -> Fit {
    let round = Round::new(evidence, rules, imagined);
    let mut belief = round.spread(start);
    let mut joined = None;
    let (objective, iterations, moved) = round.settle(&mut belief, rules.tolerance, |belief| {
        joined = known.joined(round.gather(belief));
        joined.is_some()
    });
    if let Some(fit) = joined {
        return fit.clone();
    }
    let belief: Vec<f64> = round.gather(&belief).collect();
    let trust = evidence.checked_belief(&belief, rules.right, rules.wrong);
    Fit { trust, belief, objective, iterations, converged: moved <= rules.tolerance }
}

impl<'a> Round<'a> {
    fn new(evidence: &'a Evidence<'a>, rules: &'a DawidSkene, imagined: Imagined) -> Self {
        let (table, classes) = (evidence.table, evidence.table.values.len());
        let items = table.option_items();
        let place = |&claim: &u32| {
            let option = table.claim_option[claim as usize] as usize;
            (items[option] * classes as u32, table.option_value[option] * classes as u32)
        };
        let places = table.source_claims.iter().map(place).collect();
        let weight = |&claim: &u32| {
            let item = items[table.claim_option[claim as usize] as usize] as usize;
            if table.claims_on(item).len() > 1 { table.weight(claim as usize) as f32 } else { 0.0 }
        };
        let heard = table.source_claims.iter().map(weight).collect();
        let row = |claim: usize| {
            let said = table.option_value[table.claim_option[claim] as usize];
            (table.claim_source[claim] * classes as u32 + said) * classes as u32
        };
        let rows = (0..table.claims()).map(row).collect();
        let mut round = Self { evidence, rules, imagined, classes, places, heard, rows, voted: vec![0.0; classes] };
        let votes = round.spread(&evidence.shares());
        round.voted = round.sums(&votes).map(|sum| rules.class * sum).collect();
        round
    }

    /// The sum of beliefs in each class.
    fn sums(&self, belief: &[f64]) -> impl Iterator<Item = f64> {
        let mut sums = vec![0.0; self.classes];
        let checked = |item: &usize| self.evidence.table.claims_on(*item).len() > 1;
        for item in (0..self.evidence.table.item_count()).filter(checked) {
            let row = &belief[item * self.classes..][..self.classes];
            sums.iter_mut().zip(row).for_each(|(sum, belief)| *sum += belief);
        }
        sums.into_iter()
    }

    /// E and M steps, and leaps, until nothing moves or somebody says so: objective, rounds and the last move.
    fn settle(&self, belief: &mut [f64], tolerance: f64, mut ends: impl FnMut(&[f64]) -> bool) -> (f64, usize, f64) {
        let (mut objective, mut moved, mut iterations) = (0.0, f64::INFINITY, 0);
        let mut leap = Leap::default();
        while iterations < self.rules.iterations && moved > tolerance && !ends(belief) {
            let mut tables = self.confusion(belief);
            let cells = tables.len();
            tables.extend(self.prevalence(belief));
            let leaps = leap.take(&mut tables);
            let (confusion, prevalence) = tables.split_at_mut(cells);
            if leaps {
                let size = self.classes * self.classes;
                confusion.chunks_mut(size).for_each(|table| normalise_logs(table, self.classes));
                normalise_logs(prevalence, 1);
            }
            (objective, moved) = self.believe(confusion, prevalence, belief);
            // How far a leap moves does not say whether anything rests.
            moved = if leaps { f64::INFINITY } else { moved };
            iterations += 1;
        }
        (objective, iterations, moved)
    }

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
    fn gather<'b>(&'b self, belief: &'b [f64]) -> impl Iterator<Item = f64> + Clone + 'b {
        let table = self.evidence.table;
        belief.chunks(self.classes).enumerate().flat_map(move |(item, row)| {
            table.options_of(item).map(move |option| row[table.option_value[option] as usize])
        })
    }

    /// Logarithms of confusion: sources × said × true.
    fn confusion(&self, belief: &[f64]) -> Vec<f64> {
        let size = self.classes * self.classes;
        let mut cells = self.counts(belief);
        let prior = ConfusionPrior::new(self.rules, self.classes, self.imagined.errors, &cells);
        cells.par_chunks_mut(size).with_min_len(least(self.evidence.table)).for_each_init(
            || (Tally::new(self.classes), vec![0.0; size]),
            |(tally, expected), cells| {
                prior.expect(cells, tally, expected);
                cells.iter_mut().zip(expected).for_each(|(count, expected)| *count += self.imagined.table * *expected);
                log_of_columns(cells, self.classes);
            },
        );
        cells
    }

    /// Expected claims: sources × said × true.
    fn counts(&self, belief: &[f64]) -> Vec<f64> {
        let size = self.classes * self.classes;
        let mut cells = vec![0.0; self.evidence.table.source_count() * size];
        let sources = cells.par_chunks_mut(size).with_min_len(least(self.evidence.table)).enumerate();
        sources.for_each(|(source, cells)| self.count(source, belief, cells));
        cells
    }

    /// Expected claims of a source: said × true. As in [`Self::believe_few`], the usual few classes go faster.
    fn count(&self, source: usize, belief: &[f64], cells: &mut [f64]) {
        let classes = self.classes;
        match classes {
            2 => self.count_few::<2>(source, belief, cells),
            3 => self.count_few::<3>(source, belief, cells),
            4 => self.count_few::<4>(source, belief, cells),
            5 => self.count_few::<5>(source, belief, cells),
            _ => self.each_claim(source, |weight, item, said| {
                let row = cells[said..].iter_mut().zip(&belief[item..]).take(classes);
                row.for_each(|(cell, belief)| *cell += weight * belief);
            }),
        }
    }

    fn count_few<const CLASSES: usize>(&self, source: usize, belief: &[f64], cells: &mut [f64]) {
        self.each_claim(source, |weight, item, said| {
            let row = cells.get_mut(said..said + CLASSES).and_then(<[f64]>::first_chunk_mut::<CLASSES>);
            let belief = belief.get(item..item + CLASSES).and_then(<[f64]>::first_chunk::<CLASSES>);
            if let Some((row, belief)) = row.zip(belief) {
                row.iter_mut().zip(belief).for_each(|(cell, belief)| *cell += weight * belief);
            }
        });
    }

    /// For each claim of a source its weight, where the beliefs of its item begin, and the row of what is said.
    fn each_claim(&self, source: usize, mut add: impl FnMut(f64, usize, usize)) {
        let table = self.evidence.table;
        let claims = table.source_start[source] as usize..table.source_start[source + 1] as usize;
        for (&(item, said), &weight) in self.places[claims.clone()].iter().zip(&self.heard[claims]) {
            add(f64::from(weight), item as usize, said as usize);
        }
    }

    /// Dirichlet-multinomial likelihood of expected counts, given what is expected of each source, under a strength.
    fn likelihood(&self, counts: &[f64], expected: &[f64], strength: f64) -> f64 {
        let (size, whole) = (self.classes * self.classes, ln_gamma(strength));
        let of = |(counts, expected): (&[f64], &[f64])| {
            let cells = counts.iter().zip(expected).map(|(count, expected)| {
                let prior = strength * expected;
                ln_gamma(prior + count) - ln_gamma(prior)
            });
            let columns = (0..self.classes).map(|class| {
                let sum: f64 = counts[class..].iter().step_by(self.classes).sum();
                whole - ln_gamma(strength + sum)
            });
            cells.sum::<f64>() + columns.sum::<f64>()
        };
        let tables = counts.par_chunks(size).zip(expected.par_chunks(size));
        tables.with_min_len(least(self.evidence.table)).map(of).collect::<Vec<f64>>().iter().sum()
    }

    /// The imagined claims under which the expected ones are likeliest.
    fn likeliest(&self, belief: &[f64]) -> Imagined {
        let (rules, classes) = (self.rules, self.classes);
        let counts = self.counts(belief);
        let errors = likeliest_errors(rules, classes, self.imagined.errors, &counts);
        let prior = ConfusionPrior::new(rules, classes, errors, &counts);
        let mut expected = vec![0.0; counts.len()];
        let tables = counts.chunks(classes * classes).zip(expected.chunks_mut(classes * classes));
        let mut tally = Tally::new(classes);
        tables.for_each(|(counts, expected)| prior.expect(counts, &mut tally, expected));
        let height = |strength| self.likelihood(&counts, &expected, strength);
        Imagined { table: peak(&rules.strengths, self.imagined.table, height), errors }
    }

    /// Logarithms of the share of each class.
    fn prevalence(&self, belief: &[f64]) -> Vec<f64> {
        let mut shares: Vec<f64> = self.sums(belief).zip(&self.voted).map(|(sum, voted)| sum + voted).collect();
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
            .with_min_len(least(self.evidence.table))
            .map(|(items, part)| match self.classes {
                2 => self.believe_few::<2>(items, confusion, prevalence, part),
                3 => self.believe_few::<3>(items, confusion, prevalence, part),
                4 => self.believe_few::<4>(items, confusion, prevalence, part),
                5 => self.believe_few::<5>(items, confusion, prevalence, part),
                _ => self.believe_many(items, confusion, prevalence, part),
            })
            .collect();
        results.into_iter().fold((0.0, 0.0), |(sum, most), (objective, moved)| (sum + objective, moved.max(most)))
    }

    fn believe_many(&self, items: Range<usize>, confusion: &[f64], prevalence: &[f64], part: &mut [f64]) -> (f64, f64) {
        let (mut height, mut most, mut logs) = (Height::default(), 0.0, prevalence.to_vec());
        for (item, row) in items.zip(part.chunks_mut(self.classes)) {
            logs.copy_from_slice(prevalence);
            self.each_vote(item, |vote, row| {
                logs.iter_mut().zip(&confusion[row..]).for_each(|(log, cell)| *log += vote * cell);
            });
            height.add(shares_of(&mut logs));
            most = farthest(row, &logs, most);
            row.copy_from_slice(&logs);
        }
        (height.log(), most)
    }

    /// The same for the usual few classes: sums of a length that the compiler knows stay in registers, twice as fast.
    fn believe_few<const CLASSES: usize>(
        &self,
        items: Range<usize>,
        confusion: &[f64],
        prevalence: &[f64],
        part: &mut [f64],
    ) -> (f64, f64) {
        let (mut height, mut most) = (Height::default(), 0.0);
        let Some(prevalence) = prevalence.first_chunk::<CLASSES>() else { return (0.0, 0.0) };
        for (item, row) in items.zip(part.as_chunks_mut::<CLASSES>().0) {
            let mut logs = *prevalence;
            self.each_vote(item, |vote, row| {
                if let Some(cells) = confusion[row..].first_chunk::<CLASSES>() {
                    logs.iter_mut().zip(cells).for_each(|(log, cell)| *log += vote * cell);
                }
            });
            height.add(shares_of(&mut logs));
            most = farthest(row, &logs, most);
            *row = logs;
        }
        (height.log(), most)
    }

    /// For each claim on an item its vote, and where in the tables of confusion the row of what is said begins.
    #[inline(always)]
    fn each_vote(&self, item: usize, mut add: impl FnMut(f64, usize)) {
        let claims = self.evidence.table.claims_on(item);
        for (claim, &row) in claims.clone().zip(&self.rows[claims]) {
            add(self.evidence.vote(claim), row as usize);
        }
    }
}

/// A product of exponentials, as a logarithm: one is taken when the factors beside it grow too large, and not for each.
struct Height {
    log: f64,
    factors: f64,
}

impl Default for Height {
    fn default() -> Self {
        Self { log: 0.0, factors: 1.0 }
    }
}

impl Height {
    /// Above this the factors are put into the logarithm.
    const LARGE: f64 = 1e200;

    #[inline(always)]
    fn add(&mut self, (log, factor): (f64, f64)) {
        self.log += log;
        self.factors *= factor;
        if self.factors > Self::LARGE {
            self.log += self.factors.ln();
            self.factors = 1.0;
        }
    }

    fn log(&self) -> f64 {
        self.log + self.factors.ln()
    }
}

/// The largest difference between two rows, or what was found before when that is larger.
#[inline(always)]
fn farthest(old: &[f64], new: &[f64], most: f64) -> f64 {
    old.iter().zip(new).fold(most, |most, (old, new)| most.max((old - new).abs()))
}

/// Makes every column (a true class) add up to 1 and takes logarithms.
fn log_of_columns(cells: &mut [f64], classes: usize) {
    for class in 0..classes {
        let sum: f64 = cells[class..].iter().step_by(classes).sum();
        cells[class..].iter_mut().step_by(classes).for_each(|cell| *cell = (*cell / sum).ln());
    }
}

/// Makes the exponentials of every column add up to 1.
fn normalise_logs(logs: &mut [f64], columns: usize) {
    for column in 0..columns {
        let sum: f64 = logs[column..].iter().step_by(columns).map(|log| log.exp()).sum();
        let off = sum.ln();
        logs[column..].iter_mut().step_by(columns).for_each(|log| *log -= off);
    }
}
