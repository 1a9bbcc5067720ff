//! Made-up runs with known truth: stories of four slots that sources cover or not. Everything follows from a seed.

use super::belief::Beliefs;
use super::ledger::{ScoredSlot, Vote};
use super::scorecard::{DocumentFacts, Scored, scorecards};
use super::slots::Slots;
use super::worlds::World;
use super::{Rules, ledger};

/// A run in the making: who covers what is drawn, and how often each source is right is known.
pub struct Run {
    /// How often each source is right.
    pub accuracy: Vec<f64>,
    /// The slots of all stories.
    pub slots: Vec<ScoredSlot>,
    facts: Vec<DocumentFacts>,
}

/// What runs are made of.
#[derive(Clone, Copy)]
pub struct Shape {
    /// Sources.
    pub sources: usize,
    /// Stories.
    pub stories: usize,
    /// Chance that a source covers a story.
    pub cover: f64,
    /// Chance that all of a source's slots in a story are right or wrong together.
    pub together: f64,
    /// Beta parameters of how often sources are right.
    pub beta: (usize, usize),
}

impl Run {
    /// A run of a shape. Who the sources are hangs on `world` alone, what they print also on `seed`.
    pub fn new(shape: Shape, world: u64, seed: u64) -> Self {
        let mut people = World::new(world);
        let accuracy: Vec<f64> = (0..shape.sources).map(|_| people.beta(shape.beta.0, shape.beta.1)).collect();
        let mut run = Self { accuracy, slots: Vec::new(), facts: Vec::new() };
        let mut draws = World::new(world * 1000 + seed);
        for story in 0..shape.stories {
            run.story(story, shape, &mut draws);
        }
        run.slots.sort_by(|a, b| a.id.cmp(&b.id));
        run
    }

    fn story(&mut self, story: usize, shape: Shape, draws: &mut World) {
        const SLOTS: usize = 4;
        let name = format!("s{story:05}");
        let mut votes: Vec<Vec<Vote>> = vec![Vec::new(); SLOTS];
        for source in 0..shape.sources {
            if draws.draw() >= shape.cover {
                continue;
            }
            let whole = draws.draw() < self.accuracy[source];
            let outlet = format!("{source:03}");
            let unit = self.facts.len() as u32;
            for votes in &mut votes {
                let right = if draws.draw() < shape.together { whole } else { draws.draw() < self.accuracy[source] };
                let class = if right { 0 } else { 1 + draws.pick(8) as u32 };
                votes.push(Vote::plain(&outlet, unit, class));
            }
            let source = outlet.into();
            self.facts.push(DocumentFacts { source, number: unit, story: story as u32, unit, ..Default::default() });
        }
        let conflicts: Vec<(u32, u32)> = (0..9).flat_map(|x| (x + 1..9).map(move |y| (x, y))).collect();
        for (slot, votes) in votes.into_iter().enumerate().filter(|(_, votes)| !votes.is_empty()) {
            let id = format!("t{story:05}-{slot}");
            self.slots.push(ScoredSlot { conflicts: conflicts.clone(), ..ledger::ScoredSlot::of(&id, &name, votes) });
        }
    }

    /// The scorecards.
    pub fn scored(&self, rules: &Rules) -> Scored {
        let slots = Slots::of(&self.slots);
        let beliefs = Beliefs::solve(&slots, &[], rules);
        scorecards(&slots, &self.facts, &beliefs, rules)
    }
}

/// Share of the sources of many runs whose interval holds `truth(run, source, score of a long run)`.
fn coverage(what: &str, shape: Shape, long: usize, truth: impl Fn(&Run, usize, f64) -> f64) -> f64 {
    let rules = Rules::built_in().unwrap();
    let (mut inside, mut all, mut width) = (0, 0, 0.0);
    for world in 1..=16 {
        let many = Run::new(Shape { stories: long, ..shape }, world, 999);
        let settled: Vec<f64> = many.scored(&rules).sources.iter().filter_map(|row| row.consistency_score).collect();
        for seed in 0..4 {
            let run = Run::new(shape, world, seed);
            for row in run.scored(&rules).sources {
                let Some((low, high)) = row.consistency_low.zip(row.consistency_high) else { continue };
                let source: usize = row.source.parse().unwrap();
                let truth = truth(&run, source, settled[source]);
                inside += i32::from(low <= truth && truth <= high);
                all += 1;
                width += high - low;
            }
        }
    }
    let coverage = f64::from(inside) / f64::from(all);
    println!("{what}: coverage {coverage:.4} n {all}, mean width {:.1} points", width / f64::from(all));
    coverage
}

const NEWS: Shape = Shape { sources: 12, stories: 25, cover: 0.5, together: 0.0, beta: (8, 2) };

/// The interval holds the score that the source gets from many more stories: with many and few stories, few peers, and
/// stories whose claims stand or fall together.
#[test]
fn intervals_hold_the_score_of_a_long_run() {
    let mut wrong = Vec::new();
    for (what, shape) in [
        ("many stories", Shape { stories: 60, ..NEWS }),
        ("few stories", Shape { stories: 12, ..NEWS }),
        ("few peers", Shape { sources: 6, cover: 0.4, stories: 40, ..NEWS }),
        ("stories that hang together", Shape { together: 0.5, stories: 40, ..NEWS }),
    ] {
        let coverage = coverage(what, shape, 300, |_, _, settled| settled);
        wrong.extend((!(0.93..=0.97).contains(&coverage)).then(|| format!("{what}: coverage {coverage:.4}")));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Where each slot has many witnesses, that is the score its true accuracy deserves.
#[test]
fn with_many_witnesses_the_interval_holds_the_truth() {
    let shape = Shape { sources: 16, cover: 0.7, stories: 30, ..NEWS };
    let coverage = coverage("known truth", shape, 20, |run, source, _| 100.0 * run.accuracy[source]);
    assert!((0.93..=0.97).contains(&coverage), "coverage {coverage:.4}");
}
