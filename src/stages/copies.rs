//! Who shares text with whom, in three steps between which the engine regroups: by hash, then by pair.

use crate::failure::Failure;
use crate::matching::reprint::fingerprint::Mark;
use crate::matching::reprint::{Posting, ReprintRules, Shared};
use crate::run::reuse::{self, part};

/// The marks of a text, which are sorted, by the part of their hash.
pub fn scatter(marks: &[Mark], parts: usize) -> impl Iterator<Item = (usize, &[Mark])> {
    let runs = marks.chunk_by(move |x, y| part(x.hash, parts) == part(y.hash, parts));
    runs.map(move |run| (part(run[0].hash, parts), run))
}

/// What the documents of one part share, handed on a little at a time with the part of their pair. A document goes by its
/// place among all paths.
///
/// # Errors
/// Those of `hand_on`.
pub fn pair_up(
    part: Vec<(u32, Vec<Mark>)>,
    parts: usize,
    rules: &ReprintRules,
    hand_on: &mut dyn FnMut(usize, Vec<Shared>) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let posted = |(document, marks): (u32, Vec<Mark>)| marks.into_iter().map(move |mark| Posting { document, mark });
    let mut postings: Vec<Posting> = part.into_iter().flat_map(posted).collect();
    reuse::pair_up(&mut postings, parts, rules, hand_on)
}

/// Of all that the pairs of one part share, what belongs to pairs that share enough to be judged; sorted.
pub fn common(mut part: Vec<Shared>, rules: &ReprintRules) -> Vec<Shared> {
    part.sort_unstable();
    let pairs = part.chunk_by(|x, y| (x.a, x.b) == (y.a, y.b));
    pairs.filter(|pair| pair.len() >= rules.least_shared).flatten().copied().collect()
}
