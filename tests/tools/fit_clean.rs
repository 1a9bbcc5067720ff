//! Finds the numbers of `[weights]` and `[chain]` in `rules/clean.toml`: a linear-chain conditional random
//! field over the blocks of labelled pages, fitted by gradient ascent with an L2 prior.
//!
//! `VARIORUM_SHARED=../shared cargo run --release --example fit_clean` prints cross-validated F by host and
//! then the numbers found on all pages. Deterministic: no randomness, pages in file order.

#[path = "../plain_lines/mod.rs"]
mod plain_lines;

use plain_lines::{Page, Tally, pages};
use variorum::clean::{Features, LineCounts, Rules, evidence};
use xxhash_rust::xxh3::xxh3_64;

const FOLDS: u64 = 5;
const ROUNDS: usize = 600;
const PRIOR: f64 = 2.0;

/// One page: evidence and label (`None` where it does not count) of each block.
struct Chain {
    fold: u64,
    english: bool,
    evidence: Vec<Vec<f64>>,
    labels: Vec<Option<bool>>,
    words: Vec<u32>,
}

/// Weights of the evidence, then first, enter and leave.
type Weights = Vec<f64>;

fn main() {
    let Some(pages) = pages() else { return };
    let rules: Rules = toml::from_str(Rules::BUILT_IN).expect("the built-in rules are valid");
    let mut counts = rules.line_counts();
    pages.iter().for_each(|page| counts.observe(&page.document));
    let alone = rules.line_counts();
    let chains_of = |counts: &LineCounts| pages.iter().map(|page| chain(page, counts, &rules)).collect::<Vec<Chain>>();
    let (together, single) = (chains_of(&counts), chains_of(&alone));
    let all: Vec<&Chain> = together.iter().chain(&single).collect();
    let folds: Vec<Weights> = (0..FOLDS).map(|fold| fit(&except(&all, fold))).collect();
    for (name, chains) in [("pages of a host together", &together), ("each page alone", &single)] {
        let of_its_fold = |fold: u64| &folds[fold as usize];
        println!("# {name}, cross-validated by host: {}", tally(chains.iter(), of_its_fold));
        println!("#   of these the English ones: {}", tally(chains.iter().filter(|c| c.english), of_its_fold));
    }
    let weights = fit(&all);
    println!("# fitted: {}", tally(together.iter(), |_| &weights));
    print_toml(&weights);
}

fn except<'c>(chains: &[&'c Chain], fold: u64) -> Vec<&'c Chain> {
    chains.iter().filter(|c| c.fold != fold).copied().collect()
}

fn tally<'c, 'w>(chains: impl Iterator<Item = &'c Chain>, weights: impl Fn(u64) -> &'w Weights) -> Tally {
    let mut tally = Tally::default();
    chains.for_each(|c| tally.add(&kept(c, weights(c.fold)), &c.labels, &c.words));
    tally
}

fn print_toml(weights: &Weights) {
    let chain = ["first", "enter", "leave"];
    for (name, weight) in Features::NAMES.iter().chain(&chain).zip(weights) {
        println!("{name} = {weight:.3}");
    }
}

fn chain(page: &Page, counts: &LineCounts, rules: &Rules) -> Chain {
    let found = evidence(&page.document, counts, rules);
    let label = |lines: &std::ops::Range<usize>| page.labels[lines.start];
    Chain {
        english: page.english,
        fold: xxh3_64(page.document.source.as_bytes()) % FOLDS,
        labels: found.iter().map(|(lines, _)| label(lines)).collect(),
        words: found.iter().map(|(lines, _)| page.words[lines.start]).collect(),
        evidence: found.iter().map(|(_, f)| f.values().into_iter().map(f64::from).collect()).collect(),
    }
}

/// Gradient ascent with Adam's step sizes.
fn fit(chains: &[&Chain]) -> Weights {
    let size = Features::NAMES.len() + 3;
    let (mut weights, mut mean, mut square) = (vec![0.0; size], vec![0.0; size], vec![0.0; size]);
    for round in 1..=ROUNDS {
        let mut slope: Weights = weights.iter().map(|w| -PRIOR * w).collect();
        chains.iter().for_each(|c| add_slope(c, &weights, &mut slope));
        let rate = 0.05 * (1.0 - round as f64 / (ROUNDS + 1) as f64);
        for i in 0..size {
            mean[i] = 0.9 * mean[i] + 0.1 * slope[i];
            square[i] = 0.999 * square[i] + 0.001 * slope[i] * slope[i];
            let (m, s) = (mean[i] / (1.0 - 0.9f64.powi(round as i32)), square[i] / (1.0 - 0.999f64.powi(round as i32)));
            weights[i] += rate * m / (s.sqrt() + 1e-8);
        }
    }
    weights
}

/// Adds what the page pulls: expectations given its labels less expectations given nothing.
fn add_slope(chain: &Chain, weights: &Weights, slope: &mut Weights) {
    for (sign, labels) in [(1.0, Some(&chain.labels)), (-1.0, None)] {
        let expected = expectations(chain, weights, labels.map(Vec::as_slice));
        let bare = Features::NAMES.len();
        for (at, p) in expected.prose.iter().enumerate() {
            chain.evidence[at].iter().zip(&mut *slope).for_each(|(e, s)| *s += sign * p * e);
        }
        slope[bare] += sign * expected.prose.first().unwrap_or(&0.0);
        slope[bare + 1] += sign * expected.enter;
        slope[bare + 2] += sign * expected.leave;
    }
}

/// Probability of prose per block, expected number of beginnings and ends of prose.
struct Expected {
    prose: Vec<f64>,
    enter: f64,
    leave: f64,
}

/// Forward and backward over both states, those that contradict `labels` ruled out.
fn expectations(chain: &Chain, weights: &Weights, labels: Option<&[Option<bool>]>) -> Expected {
    let bare = Features::NAMES.len();
    let n = chain.evidence.len();
    let step = [[0.0, weights[bare + 1]], [weights[bare + 2], 0.0]];
    let own: Vec<[f64; 2]> = (0..n)
        .map(|at| {
            let odds: f64 = chain.evidence[at].iter().zip(weights).map(|(e, w)| e * w).sum();
            let ban = |state: bool| if labels.is_some_and(|l| l[at] == Some(!state)) { -1e9 } else { 0.0 };
            [ban(false), odds + ban(true)]
        })
        .collect();
    let mut front = vec![[0.0; 2]; n];
    let mut back = vec![[0.0; 2]; n];
    for at in 0..n {
        for to in 0..2 {
            let reached =
                if at == 0 { to as f64 * weights[bare] } else { both(|from| front[at - 1][from] + step[from][to]) };
            front[at][to] = own[at][to] + reached;
        }
    }
    for at in (0..n.saturating_sub(1)).rev() {
        for from in 0..2 {
            back[at][from] = both(|to| step[from][to] + own[at + 1][to] + back[at + 1][to]);
        }
    }
    let total = if n == 0 { 0.0 } else { both(|s| front[n - 1][s]) };
    let pass = |at: usize, from: usize, to: usize| {
        (front[at - 1][from] + step[from][to] + own[at][to] + back[at][to] - total).exp()
    };
    Expected {
        prose: (0..n).map(|at| (front[at][1] + back[at][1] - total).exp()).collect(),
        enter: (1..n).map(|at| pass(at, 0, 1)).sum(),
        leave: (1..n).map(|at| pass(at, 1, 0)).sum(),
    }
}

fn both(score: impl Fn(usize) -> f64) -> f64 {
    let (a, b) = (score(0), score(1));
    a.max(b) + (-(a - b).abs()).exp().ln_1p()
}

fn kept(chain: &Chain, weights: &Weights) -> Vec<bool> {
    expectations(chain, weights, None).prose.iter().map(|p| *p >= 0.5).collect()
}
