//! Passages: stretches of wording that stand in two documents in the same order.

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::fingerprint::Figure;
use super::{ReprintRules, Shared};

/// A passage that two documents print.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Passage {
    /// Words that both have; words changed in between are not counted.
    pub words: u32,
    /// Its first word in the first document.
    pub first_a: u32,
    /// Its first word in the second document.
    pub first_b: u32,
    /// The word behind its last in the first document.
    pub end_a: u32,
    /// The word behind its last in the second document.
    pub end_b: u32,
    /// Its line in the first document.
    pub line_a: u32,
    /// Its line in the second document.
    pub line_b: u32,
    /// Where the first document gives figures there that the second does not give.
    pub own_a: Vec<u32>,
    /// Where the second gives figures that the first does not give.
    pub own_b: Vec<u32>,
}

impl Passage {
    /// With the figures that either document has for itself, up to `reach` words around: those of a sentence that the
    /// passage only reaches into count too.
    pub fn with_own(self, a: &[Figure], b: &[Figure], reach: u32) -> Self {
        let (a, b) = (around(a, self.first_a, self.end_a, reach), around(b, self.first_b, self.end_b, reach));
        let but = |own: &[Figure], others: &[Figure]| -> Vec<u32> {
            let strange = |figure: &&Figure| others.iter().all(|other| other.hash != figure.hash);
            own.iter().filter(strange).map(|figure| figure.word).collect()
        };
        Self { own_a: but(a, b), own_b: but(b, a), ..self }
    }
}

fn around(figures: &[Figure], first: u32, end: u32, reach: u32) -> &[Figure] {
    let from = figures.partition_point(|figure| figure.word < first.saturating_sub(reach));
    let to = figures.partition_point(|figure| figure.word < end + reach);
    &figures[from..to]
}

/// What a pair shares, in runs that are passages: shingles that follow each other closely in both documents, whichever
/// of the two is the first.
pub struct Runs {
    /// Each shingle behind the number of its run, run by run, in the order of the first document.
    shared: Vec<(u32, Shared)>,
}

impl Runs {
    /// Finds them; sorts what is shared.
    pub fn of(shared: &mut [Shared], rules: &ReprintRules) -> Self {
        shared.sort_unstable_by_key(Shared::words);
        let reach = rules.bridge + rules.shingle as u32;
        let follows = |x: &Shared, y: &Shared| y.word_b > x.word_b && y.word_b - x.word_b <= reach;
        let mut run: Vec<u32> = (0..shared.len() as u32).collect();
        for (at, x) in shared.iter().enumerate() {
            for (next, y) in (at + 1..).zip(&shared[at + 1..]).take_while(|(_, y)| y.word_a - x.word_a <= reach) {
                if follows(x, y) {
                    let (one, other) = (root(&mut run, at as u32), root(&mut run, next as u32));
                    run[one.max(other) as usize] = one.min(other);
                }
            }
        }
        let mut shared: Vec<(u32, Shared)> = (0..).zip(shared.iter()).map(|(at, x)| (root(&mut run, at), *x)).collect();
        shared.sort_by_key(|(run, _)| *run);
        Self { shared }
    }

    fn each(&self) -> impl Iterator<Item = &[(u32, Shared)]> {
        self.shared.chunk_by(|x, y| x.0 == y.0)
    }

    /// How many shingles the longest has.
    pub fn longest(&self) -> usize {
        self.each().map(<[_]>::len).max().unwrap_or_default()
    }

    /// The passages, in the order of the first document.
    pub fn passages(&self, rules: &ReprintRules) -> Vec<Passage> {
        let mut room = Vec::new();
        self.each().map(|run| passage(run, rules.shingle as u32, &mut room)).collect()
    }
}

/// The first of the run that holds `at`.
fn root(run: &mut [u32], mut at: u32) -> u32 {
    while run[at as usize] != at {
        run[at as usize] = run[run[at as usize] as usize];
        at = run[at as usize];
    }
    at
}

/// The passage of a run; most are of one shingle, and `room` is for the words of all.
fn passage(run: &[(u32, Shared)], shingle: u32, room: &mut Vec<u32>) -> Passage {
    let run = || run.iter().map(|(_, shared)| shared);
    let mut words = |word: fn(&Shared) -> u32| {
        room.clear();
        room.extend(run().map(word));
        room.sort_unstable();
        let held = room.windows(2).map(|two| (two[1] - two[0]).min(shingle)).sum::<u32>() + shingle;
        (room[0], room[room.len() - 1] + shingle, held)
    };
    let (first_a, end_a, held_a) = words(|shared| shared.word_a);
    let (first_b, end_b, held_b) = words(|shared| shared.word_b);
    let line = |line: fn(&Shared) -> u32| run().map(line).min().unwrap_or_default();
    Passage {
        words: held_a.min(held_b),
        first_a,
        first_b,
        end_a,
        end_b,
        line_a: line(|shared| shared.line_a),
        line_b: line(|shared| shared.line_b),
        ..Passage::default()
    }
}

/// The share of the figures in and near what two documents share that both give; nothing where there are too few to tell.
/// Where it is small, they share a form that each fills with figures of its own: weekly statistics, results, share
/// prices. Such documents are neither copies nor contradictions.
pub fn figures_shared(passages: &[Passage], a: &[Figure], b: &[Figure], rules: &ReprintRules) -> Option<f64> {
    let within = |figures: &[Figure], range: fn(&Passage, u32) -> Range<u32>| -> FxHashSet<u32> {
        let inside = |f: &&Figure| passages.iter().any(|p| range(p, rules.bridge).contains(&f.word));
        figures.iter().filter(inside).map(|figure| figure.hash).collect()
    };
    let a = within(a, |p, reach| p.first_a.saturating_sub(reach)..p.end_a + reach);
    let b = within(b, |p, reach| p.first_b.saturating_sub(reach)..p.end_b + reach);
    let fewer = a.len().min(b.len());
    (fewer >= rules.template_figures).then(|| a.intersection(&b).count() as f64 / fewer as f64)
}
