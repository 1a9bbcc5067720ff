//! Finds the numbers of `[weights]` and `[chain]` in `rules/clean.toml`: a linear-chain conditional random
//! field over the blocks of labelled pages, with furniture before, within and behind the article told apart.
//!
//! `VARIORUM_SHARED=../shared cargo run --release --example fit_clean` prints cross-validated F by host and
//! then the numbers found on all pages. A number behind `--` deals the hosts to folds in another way. Deterministic: no
//! randomness, pages in file order.

#[path = "../plain_lines/mod.rs"]
mod plain_lines;

use plain_lines::{Page, Tally, pages};
use variorum::clean::{Features, LineCounts, Rules, evidence};
use xxhash_rust::xxh3::xxh3_64_with_seed;

const FOLDS: u64 = 5;
const ROUNDS: usize = 250;
/// What a weight costs, in spreads of its feature; what a place costs that differs from the others; what a step costs.
const PRIOR: f64 = 8.0;
const PLACE_PRIOR: f64 = 1000.0;
const STEP_PRIOR: f64 = 0.2;
/// Least spread of a feature that varies at all, so that no rare one grows out of proportion.
const LEAST_SPREAD: f64 = 0.05;

/// One page: evidence and label (`None` where it does not count) of each block.
struct Chain {
    fold: u64,
    english: bool,
    evidence: Vec<Vec<f64>>,
    labels: Vec<Option<bool>>,
    words: Vec<u32>,
}

/// What is found: for each feature, its weight in all places, then what each place adds to that; last, the steps.
type Found = Vec<f64>;

const PLACES: [&str; 3] = ["before", "within", "behind"];
const STEPS: [&str; 5] = ["first", "enter", "pause", "resume", "leave"];

fn main() {
    let Some(pages) = pages() else { return };
    let rules: Rules = toml::from_str(Rules::BUILT_IN).expect("the built-in rules are valid");
    let mut counts = rules.line_counts();
    pages.iter().for_each(|page| counts.observe(&page.document));
    let alone = rules.line_counts();
    let deal = std::env::args().nth(1).map_or(0, |deal| deal.parse().expect("the number of a way to deal"));
    let chains_of =
        |counts: &LineCounts| pages.iter().map(|page| chain(page, counts, &rules, deal)).collect::<Vec<Chain>>();
    let (mut together, mut single) = (chains_of(&counts), chains_of(&alone));
    let spreads = spreads(together.iter().chain(&single));
    together.iter_mut().chain(&mut single).for_each(|chain| divide(chain, &spreads));
    let all: Vec<&Chain> = together.iter().chain(&single).collect();
    let folds: Vec<Found> = (0..FOLDS).map(|fold| fit(&except(&all, fold))).collect();
    for (name, chains) in [("pages of a host together", &together), ("each page alone", &single)] {
        let of_its_fold = |fold: u64| &folds[fold as usize];
        println!("# {name}, cross-validated by host: {}", tally(chains.iter(), of_its_fold));
        println!("#   of these the English ones: {}", tally(chains.iter().filter(|c| c.english), of_its_fold));
    }
    let found = fit(&all);
    println!("# fitted: {}", tally(together.iter(), |_| &found));
    print_toml(&found, &spreads);
}

fn except<'c>(chains: &[&'c Chain], fold: u64) -> Vec<&'c Chain> {
    chains.iter().filter(|c| c.fold != fold).copied().collect()
}

fn tally<'c, 'w>(chains: impl Iterator<Item = &'c Chain>, found: impl Fn(u64) -> &'w Found) -> Tally {
    let mut tally = Tally::default();
    chains.for_each(|c| tally.add(&kept(c, found(c.fold)), &c.labels, &c.words));
    tally
}

fn print_toml(found: &Found, spreads: &[f64]) {
    let size = spreads.len();
    STEPS.iter().zip(&found[4 * size..]).for_each(|(name, step)| println!("{name} = {step:.3}"));
    for (place, table) in PLACES.iter().enumerate() {
        println!("\n[weights.{table}]");
        for (at, name) in Features::NAMES.iter().enumerate() {
            println!("{name} = {:.3}", (found[at] + found[(place + 1) * size + at]) / spreads[at]);
        }
    }
}

fn chain(page: &Page, counts: &LineCounts, rules: &Rules, deal: u64) -> Chain {
    let found = evidence(&page.document, counts, rules);
    let label = |lines: &std::ops::Range<usize>| page.labels[lines.start];
    Chain {
        english: page.english,
        fold: xxh3_64_with_seed(page.document.source.as_bytes(), deal) % FOLDS,
        labels: found.iter().map(|(lines, _)| label(lines)).collect(),
        words: found.iter().map(|(lines, _)| page.words[lines.start]).collect(),
        evidence: found.iter().map(|(_, f)| f.values().into_iter().map(f64::from).collect()).collect(),
    }
}

/// The standard deviation of each feature, so that the prior means the same for all.
fn spreads<'c>(chains: impl Iterator<Item = &'c Chain>) -> Vec<f64> {
    let size = Features::NAMES.len();
    let (mut count, mut sums, mut squares) = (0.0, vec![0.0; size], vec![0.0; size]);
    for block in chains.flat_map(|chain| &chain.evidence) {
        count += 1.0;
        for (at, value) in block.iter().enumerate() {
            sums[at] += value;
            squares[at] += value * value;
        }
    }
    let spread = |at: usize| (squares[at] / count - (sums[at] / count).powi(2)).max(0.0).sqrt();
    (0..size).map(|at| if spread(at) < 1e-6 { 1.0 } else { spread(at).max(LEAST_SPREAD) }).collect()
}

fn divide(chain: &mut Chain, spreads: &[f64]) {
    for block in &mut chain.evidence {
        block.iter_mut().zip(spreads).for_each(|(value, spread)| *value /= spread);
    }
}

/// What is lost by `found` (the less the better), and the slope of the loss.
fn loss(chains: &[&Chain], found: &Found) -> (f64, Found) {
    let priors = priors();
    let half = |(f, p): (&f64, &f64)| 0.5 * p * f * f;
    let mut sum = found.iter().zip(&priors).map(half).sum::<f64>();
    let mut slope: Found = found.iter().zip(&priors).map(|(f, p)| p * f).collect();
    chains.iter().for_each(|chain| sum += add_slope(chain, found, &mut slope));
    (sum, slope)
}

fn priors() -> Found {
    let size = Features::NAMES.len();
    let prior = |at: usize| match at / size {
        0 => PRIOR,
        1..=3 => PLACE_PRIOR,
        _ => STEP_PRIOR,
    };
    (0..4 * size + STEPS.len()).map(prior).collect()
}

/// Adds what the page pulls: expectations given nothing less expectations given its labels; what it loses.
fn add_slope(chain: &Chain, found: &Found, slope: &mut Found) -> f64 {
    let size = Features::NAMES.len();
    let own = own(chain, found);
    let (free, bound) = (expectations(&own, found), expectations(&bound(&own, &chain.labels), found));
    for (at, evidence) in chain.evidence.iter().enumerate() {
        // Furniture of a place weighs what the evidence is worth against it.
        let pull = [0, 2, 3].map(|place| bound.places[at][place] - free.places[at][place]);
        for (feature, value) in evidence.iter().enumerate() {
            slope[feature] += value * pull.iter().sum::<f64>();
            (0..3).for_each(|place| slope[(place + 1) * size + feature] += value * pull[place]);
        }
    }
    (0..STEPS.len()).for_each(|step| slope[4 * size + step] += free.steps[step] - bound.steps[step]);
    free.total - bound.total
}

/// The worth of each place of each block by its own evidence: before the article, in it, between its paragraphs, behind it.
fn own(chain: &Chain, found: &Found) -> Vec<Places> {
    let size = Features::NAMES.len();
    let worth = |evidence: &Vec<f64>, part: usize| dot(evidence, &found[part * size..(part + 1) * size]);
    let places = |evidence: &Vec<f64>| {
        let all = worth(evidence, 0);
        [-all - worth(evidence, 1), 0.0, -all - worth(evidence, 2), -all - worth(evidence, 3)]
    };
    chain.evidence.iter().map(places).collect()
}

/// The same, what contradicts the labels ruled out.
fn bound(own: &[Places], labels: &[Option<bool>]) -> Vec<Places> {
    let bind = |(own, label): (&Places, &Option<bool>)| match label {
        Some(true) => [NEVER, own[1], NEVER, NEVER],
        Some(false) => [own[0], NEVER, own[2], own[3]],
        None => *own,
    };
    own.iter().zip(labels).map(bind).collect()
}

type Places = [f64; 4];
const NEVER: f64 = -1e9;

/// Probability of each place per block, expected number of each step, and the worth of all ways.
struct Expected {
    places: Vec<Places>,
    steps: [f64; 5],
    total: f64,
}

/// Forward and backward over the places of a page that has blocks.
fn expectations(own: &[Places], found: &Found) -> Expected {
    let [first, enter, pause, resume, leave]: [f64; 5] = std::array::from_fn(|at| found[found.len() - 5 + at]);
    let n = own.len();
    let (mut front, mut back) = (vec![[NEVER; 4]; n], vec![[0.0; 4]; n]);
    (front[0][0], front[0][1]) = (own[0][0], own[0][1] + first);
    for at in 1..n {
        let [before, article, within, behind] = front[at - 1];
        let ways = [
            before,
            both(both(before + enter, article), within + resume),
            both(article + pause, within),
            both(article + leave, behind),
        ];
        front[at] = std::array::from_fn(|place| ways[place] + own[at][place]);
    }
    back[n - 1][2] = NEVER;
    for at in (0..n - 1).rev() {
        let [before, article, within, behind]: Places =
            std::array::from_fn(|place| own[at + 1][place] + back[at + 1][place]);
        back[at] = [
            both(before, article + enter),
            both(both(article, within + pause), behind + leave),
            both(within, article + resume),
            behind,
        ];
    }
    let total = (0..4).map(|place| front[n - 1][place] + back[n - 1][place]).fold(2.0 * NEVER, both);
    let pass = |from: usize, to: usize, step: f64| {
        let worth = |at: usize| front[at - 1][from] + step + own[at][to] + back[at][to] - total;
        (1..n).map(|at| worth(at).exp()).sum::<f64>()
    };
    let share = |at: usize| std::array::from_fn(|place| (front[at][place] + back[at][place] - total).exp());
    let places: Vec<Places> = (0..n).map(share).collect();
    let steps = [places[0][1], pass(0, 1, enter), pass(1, 2, pause), pass(2, 1, resume), pass(1, 3, leave)];
    Expected { places, steps, total }
}

fn both(a: f64, b: f64) -> f64 {
    a.max(b) + (-(a - b).abs()).exp().ln_1p()
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// What is probable, but nothing below the heading of readers' comments.
fn kept(chain: &Chain, found: &Found) -> Vec<bool> {
    let discussed = Features::NAMES.iter().position(|name| *name == "discussed").expect("a feature");
    let likely = expectations(&own(chain, found), found).places;
    let is_kept = |(places, evidence): (&Places, &Vec<f64>)| places[1] >= 0.5 && evidence[discussed] == 0.0;
    likely.iter().zip(&chain.evidence).map(is_kept).collect()
}

/// Descent with the curvature of the last steps (L-BFGS), a fixed number of rounds: to stop before the bottom is a prior too.
fn fit(chains: &[&Chain]) -> Found {
    let size = Features::NAMES.len();
    let mut found = vec![0.0; 4 * size + STEPS.len()];
    found[4 * size..].copy_from_slice(&[-3.0, -3.0, -3.0, -1.0, -3.0]);
    let (mut lost, mut slope) = loss(chains, &found);
    let mut past = Past::default();
    for _ in 0..ROUNDS {
        let way = past.way(&slope);
        let Some((next, next_lost, next_slope)) = step(chains, &found, lost, &slope, &way) else { break };
        past.add(&found, &next, &slope, &next_slope);
        (found, lost, slope) = (next, next_lost, next_slope);
    }
    found
}

/// The first of ever shorter steps that gains enough.
fn step(chains: &[&Chain], found: &Found, lost: f64, slope: &Found, way: &Found) -> Option<(Found, f64, Found)> {
    let gain = dot(slope, way);
    (0..12).map(|halvings| 0.5f64.powi(halvings)).find_map(|length| {
        let next: Found = found.iter().zip(way).map(|(f, w)| f - length * w).collect();
        let (next_lost, next_slope) = loss(chains, &next);
        (next_lost <= lost - 1e-4 * length * gain).then_some((next, next_lost, next_slope))
    })
}

/// The last steps, and how the slope changed over each.
#[derive(Default)]
struct Past(std::collections::VecDeque<(Found, Found)>);

impl Past {
    const MOST: usize = 12;

    fn add(&mut self, from: &Found, to: &Found, slope: &Found, next_slope: &Found) {
        let less = |a: &Found, b: &Found| a.iter().zip(b).map(|(a, b)| a - b).collect::<Found>();
        let (step, change) = (less(to, from), less(next_slope, slope));
        if dot(&step, &change) > 1e-10 {
            self.0.push_back((step, change));
        }
        if self.0.len() > Self::MOST {
            self.0.pop_front();
        }
    }

    /// The slope, bent by the curvature.
    fn way(&self, slope: &Found) -> Found {
        let mut way = slope.clone();
        let mut shares = Vec::new();
        for (step, change) in self.0.iter().rev() {
            let share = dot(step, &way) / dot(step, change);
            way.iter_mut().zip(change).for_each(|(w, c)| *w -= share * c);
            shares.push(share);
        }
        let scale = match self.0.back() {
            Some((step, change)) => dot(step, change) / dot(change, change),
            None => 0.1 / dot(slope, slope).sqrt(),
        };
        way.iter_mut().for_each(|w| *w *= scale);
        for ((step, change), share) in self.0.iter().zip(shares.iter().rev()) {
            let back = dot(change, &way) / dot(step, change);
            way.iter_mut().zip(step).for_each(|(w, s)| *w += s * (share - back));
        }
        way
    }
}
