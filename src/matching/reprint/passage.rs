//! Passages: stretches of wording that stand in two documents in the same order.

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::fingerprint::Figure;
use super::{ReprintRules, Shared};

/// A passage that two documents print.
#[derive(Clone, Debug, PartialEq, Eq)]
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
}

/// The passages of a pair, in the order of the first document; sorts what is shared.
pub fn passages(shared: &mut [Shared], rules: &ReprintRules) -> Vec<Passage> {
    shared.sort_unstable();
    let shingle = rules.shingle as u32;
    let follows = |x: &Shared, y: &Shared| {
        let step_b = y.word_b.checked_sub(x.word_b).filter(|step| *step > 0);
        y.word_a - x.word_a <= rules.bridge + shingle && step_b.is_some_and(|step| step <= rules.bridge + shingle)
    };
    shared.chunk_by(follows).map(|run| passage(run, shingle)).collect()
}

fn passage(run: &[Shared], shingle: u32) -> Passage {
    let (first, last) = (run[0], run[run.len() - 1]);
    let steps = run.windows(2).map(|two| (two[1].word_a - two[0].word_a).min(two[1].word_b - two[0].word_b));
    Passage {
        words: steps.map(|step| step.min(shingle)).sum::<u32>() + shingle,
        first_a: first.word_a,
        first_b: first.word_b,
        end_a: last.word_a + shingle,
        end_b: last.word_b + shingle,
        line_a: first.line_a,
        line_b: first.line_b,
    }
}

/// True when what two documents share is a form that each fills with figures of its own: weekly
/// statistics, results, share prices. Such documents are neither copies nor contradictions.
pub fn is_template(passages: &[Passage], a: &[Figure], b: &[Figure], rules: &ReprintRules) -> bool {
    let within = |figures: &[Figure], range: fn(&Passage, u32) -> Range<u32>| -> FxHashSet<u32> {
        let inside = |f: &&Figure| passages.iter().any(|p| range(p, rules.bridge).contains(&f.word));
        figures.iter().filter(inside).map(|figure| figure.hash).collect()
    };
    let a = within(a, |p, reach| p.first_a.saturating_sub(reach)..p.end_a + reach);
    let b = within(b, |p, reach| p.first_b.saturating_sub(reach)..p.end_b + reach);
    let fewer = a.len().min(b.len());
    fewer >= rules.template_figures && (a.intersection(&b).count() as f64) < rules.template_share * fewer as f64
}
