//! Forms of words: what many documents of many stories share is nobody's passage.
//!
//! "The selling concession is 1-1/4 pct while management and underwriting combined pays 5/8 pct" stands in every report
//! of a new bond. Who prints it copies no other report of a bond. A passage is told from a form by its rarity; but the
//! copies of one text are one, and within a story there is no telling: what all print of one happening, one wrote.

use super::{Copy, Extent, ReprintRules, Shared};

/// In how many documents the rarer of the shared runs of words stand: the greatest number among `formula_share` of them.
pub fn holders(shared: &[Shared], rules: &ReprintRules) -> u32 {
    let mut held: Vec<u32> = shared.iter().map(|shared| shared.held).collect();
    let at = (held.len().saturating_sub(1)) as f64 * rules.formula_share;
    if held.len() <= at as usize { 0 } else { *held.select_nth_unstable(at as usize).1 }
}

/// The pairs that share more than forms of words. `unit` is the independent unit of each document.
pub fn without_formulas(
    copies: Vec<Copy>,
    unit: &[u32],
    same_story: impl Fn(usize, usize) -> bool,
    rules: &ReprintRules,
) -> Vec<Copy> {
    let mut printings = vec![0_u32; unit.iter().max().map_or(0, |last| *last as usize + 1)];
    unit.iter().for_each(|unit| printings[*unit as usize] += 1);
    let again = |document: usize| printings[unit[document] as usize] - 1;
    let is_passage = |copy: &Copy| {
        let one = copy.extent == Extent::Copy || unit[copy.a] == unit[copy.b] || same_story(copy.a, copy.b);
        one || copy.holders.saturating_sub(again(copy.a) + again(copy.b)) <= rules.formula
    };
    copies.into_iter().filter(is_passage).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::rules;
    use super::*;
    use crate::matching::reprint::Passage;

    #[test]
    fn what_many_hold_is_a_form_unless_they_are_copies_or_tell_one_story() {
        let copy = |extent, holders| Copy {
            a: 0,
            b: 1,
            containment_a: 0.2,
            containment_b: 0.2,
            extent,
            holders,
            longest: Passage::default(),
            passages: vec![],
        };
        let rules = ReprintRules { formula: 3, ..rules() };
        let check = |extent, holders, unit: &[u32], story: bool, expected: usize| {
            let kept = without_formulas(vec![copy(extent, holders)], unit, |_, _| story, &rules);
            assert_eq!(kept.len(), expected, "{extent:?} {holders} {unit:?} {story}");
        };
        check(Extent::Partial, 3, &[0, 1], false, 1);
        check(Extent::Partial, 4, &[0, 1], false, 0);
        check(Extent::Copy, 4, &[0, 1], false, 1);
        check(Extent::Passage, 4, &[0, 1], true, 1);
        check(Extent::Passage, 6, &[0, 1, 0, 0, 1], false, 1);
    }

    #[test]
    fn the_rarer_runs_count() {
        let shared = |held| Shared { a: 0, b: 1, word_a: 0, word_b: 0, line_a: 1, line_b: 1, held };
        let rules = ReprintRules { formula_share: 0.25, ..rules() };
        assert_eq!(holders(&[9, 2, 7, 3, 8].map(shared), &rules), 3);
        assert_eq!(holders(&[], &rules), 0);
    }
}
