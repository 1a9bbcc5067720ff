//! Copy groups: documents that are one independent unit of evidence.

use rustc_hash::FxHashMap;

use super::Copy;

/// The copy group of each document: documents joined by the pairs that make one unit, numbered by first document. A
/// document joins the group of the *first* document it shares most with (a star, no chain), so
/// that two unlike halves of one long report do not become one group.
pub fn groups(documents: usize, copies: &[Copy]) -> Vec<u32> {
    let mut hub: Vec<usize> = (0..documents).collect();
    let mut best = vec![0.0_f64; documents];
    for copy in copies {
        let share = copy.containment_a.max(copy.containment_b);
        if hub[copy.a] == copy.a && share > best[copy.b] {
            best[copy.b] = share;
            hub[copy.b] = copy.a;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matching::reprint::{Extent, Passage};

    fn copy(a: usize, b: usize, share: f64) -> Copy {
        let longest = Passage { words: 30, first_a: 0, first_b: 0, end_a: 30, end_b: 30, line_a: 1, line_b: 1 };
        Copy { a, b, containment_a: share, containment_b: 0.2, extent: Extent::Copy, longest, passages: vec![] }
    }

    #[test]
    fn chains_do_not_join() {
        let check = |copies: &[Copy], expected: [u32; 3]| assert_eq!(groups(3, copies), expected);
        check(&[copy(0, 1, 0.9)], [0, 0, 1]);
        check(&[copy(0, 1, 0.9), copy(1, 2, 0.9)], [0, 0, 1]);
        check(&[copy(0, 1, 0.9), copy(0, 2, 0.6)], [0, 0, 0]);
    }
}
