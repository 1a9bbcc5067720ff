//! Copy groups: documents that are one independent unit of evidence.

use rustc_hash::FxHashMap;

use super::Copy;

/// The copy group of each document: documents joined by the pairs that make one unit, numbered by first document. A
/// document joins the group of the *oldest* document it shares most with (a star, no chain), so
/// that two unlike halves of one long report do not become one group. `age` orders documents, the oldest first.
pub fn groups<'c, Age: Ord>(
    documents: usize,
    copies: impl IntoIterator<Item = &'c Copy>,
    age: impl Fn(usize) -> Age,
) -> Vec<u32> {
    let mut hub: Vec<usize> = (0..documents).collect();
    let mut best = vec![0.0_f64; documents];
    for (older, younger, share) in by_age(copies, age) {
        if hub[older] == older && share > best[younger] {
            best[younger] = share;
            hub[younger] = older;
        }
    }
    let root = |mut at: usize| {
        while hub[at] != at {
            at = hub[at];
        }
        at
    };
    let mut number = FxHashMap::default();
    (0..documents)
        .map(|document| {
            let next = number.len() as u32;
            *number.entry(root(document)).or_insert(next)
        })
        .collect()
}

/// The older and the younger document of each pair with the share of text, oldest first.
fn by_age<'c, Age: Ord>(
    copies: impl IntoIterator<Item = &'c Copy>,
    age: impl Fn(usize) -> Age,
) -> Vec<(usize, usize, f64)> {
    let of = |copy: &Copy| {
        let (older, younger) = if age(copy.a) <= age(copy.b) { (copy.a, copy.b) } else { (copy.b, copy.a) };
        (older, younger, copy.containment_a.max(copy.containment_b))
    };
    let mut pairs: Vec<(usize, usize, f64)> = copies.into_iter().map(of).collect();
    pairs.sort_by_cached_key(|(older, younger, _)| (age(*older), age(*younger)));
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matching::reprint::{Extent, Passage};

    fn copy(a: usize, b: usize, share: f64) -> Copy {
        let longest = Passage { words: 30, end_a: 30, end_b: 30, ..Passage::default() };
        Copy {
            a,
            b,
            containment_a: share,
            containment_b: 0.2,
            extent: Extent::Copy,
            holders: 2,
            longest,
            passages: vec![],
        }
    }

    #[test]
    fn chains_do_not_join() {
        let check = |copies: &[Copy], ages: [u32; 3], expected: [u32; 3]| {
            assert_eq!(groups(3, copies, |document| ages[document]), expected);
        };
        check(&[copy(0, 1, 0.9)], [0, 1, 2], [0, 0, 1]);
        check(&[copy(0, 1, 0.9), copy(1, 2, 0.9)], [0, 1, 2], [0, 0, 1]);
        check(&[copy(0, 1, 0.9), copy(0, 2, 0.6)], [0, 1, 2], [0, 0, 0]);
        check(&[copy(0, 1, 0.9), copy(1, 2, 0.9)], [2, 1, 0], [0, 1, 1]);
        check(&[copy(0, 1, 0.9), copy(1, 2, 0.9)], [1, 0, 2], [0, 0, 0]);
    }
}
