//! What lies between groups under construction: summed similarities in sorted lists, of which those of single documents
//! lie one behind the other. A map for each document would take three times the room, in pieces too small to be given back.

use std::cmp::Ordering;
use std::ops::Range;

/// The other group, and the sum.
type Link = (u32, f32);

/// Summed similarities between groups; 0 is as good as none.
pub(super) struct Links {
    /// Of documents, one list behind the other, each sorted.
    single: Vec<Link>,
    /// Where each document's list ends.
    ends: Vec<usize>,
    /// Of groups that took in others, sorted; empty for the rest.
    joined: Vec<Vec<Link>>,
}

impl Links {
    /// Between single documents, from `(similarity, document, document)`, each pair once.
    pub fn new(documents: usize, pairs: &[(f32, u32, u32)]) -> Self {
        let mut next = vec![0; documents + 1];
        pairs.iter().flat_map(|(_, a, b)| [a, b]).for_each(|document| next[*document as usize + 1] += 1);
        (0..documents).for_each(|document| next[document + 1] += next[document]);
        let mut single = vec![(0, 0.0); 2 * pairs.len()];
        for (similarity, a, b) in pairs {
            for (one, other) in [(a, b), (b, a)] {
                let place = &mut next[*one as usize];
                single[*place] = (*other, *similarity);
                *place += 1;
            }
        }
        // Filled, each list ends where the next begins.
        next.pop();
        let mut links = Self { single, ends: next, joined: vec![Vec::new(); documents] };
        (0..documents).for_each(|document| links.of_mut(document as u32).sort_unstable_by_key(|(other, _)| *other));
        links
    }

    /// The sum of the similarities between two groups.
    pub fn between(&self, a: u32, b: u32) -> f32 {
        find(self.of(a), b).map_or(0.0, |at| self.of(a)[at].1)
    }

    /// One group takes in another of a greater number, which is asked for no more.
    pub fn merge(&mut self, into: u32, from: u32) {
        let felt = |(other, sum): &Link| *other != into && *other != from && *sum != 0.0;
        let taken: Vec<Link> = self.of(from).iter().copied().filter(felt).collect();
        let mut both = united(self.of(into), &taken);
        both.retain(felt);
        for (other, _) in &taken {
            let sum = find(&both, *other).map_or(0.0, |at| both[at].1);
            replace(self.of_mut(*other), from, (into, sum));
        }
        // Should nothing be left, the list of the document that it was is looked at again.
        self.of_mut(into).iter_mut().for_each(|link| link.1 = 0.0);
        self.joined[from as usize] = Vec::new();
        self.joined[into as usize] = both;
    }

    fn of(&self, group: u32) -> &[Link] {
        match &self.joined[group as usize] {
            joined if joined.is_empty() => &self.single[self.span(group)],
            joined => joined,
        }
    }

    fn of_mut(&mut self, group: u32) -> &mut [Link] {
        let span = self.span(group);
        match &mut self.joined[group as usize] {
            joined if joined.is_empty() => &mut self.single[span],
            joined => joined,
        }
    }

    fn span(&self, document: u32) -> Range<usize> {
        let at = document as usize;
        let start = if at == 0 { 0 } else { self.ends[at - 1] };
        start..self.ends[at]
    }
}

fn find(links: &[Link], group: u32) -> Result<usize, usize> {
    links.binary_search_by_key(&group, |(other, _)| *other)
}

/// Both lists as one.
fn united(a: &[Link], b: &[Link]) -> Vec<Link> {
    let mut both = Vec::with_capacity(a.len() + b.len());
    let (mut i, mut j) = (0, 0);
    while let (Some(left), Some(right)) = (a.get(i), b.get(j)) {
        both.push(match left.0.cmp(&right.0) {
            Ordering::Less => *left,
            Ordering::Equal => (left.0, left.1 + right.1),
            Ordering::Greater => *right,
        });
        i += usize::from(left.0 <= right.0);
        j += usize::from(right.0 <= left.0);
    }
    both.extend_from_slice(&a[i..]);
    both.extend_from_slice(&b[j..]);
    both
}

/// Puts a link in the place of the one to the group `from`, of a greater number.
fn replace(links: &mut [Link], from: u32, link: Link) {
    let Ok(old) = find(links, from) else { return };
    links[old].1 = 0.0;
    match find(links, link.0) {
        Ok(at) => links[at] = link,
        Err(at) => {
            links[old] = link;
            links[at..=old].rotate_right(1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_sum_up_what_their_members_are_to_others() {
        let pairs = [(0.5, 0, 1), (0.25, 0, 2), (0.125, 1, 2), (0.5, 3, 1), (-0.5, 2, 3)];
        let mut links = Links::new(5, &pairs);
        assert_eq!([(0, 1), (1, 3), (2, 3), (3, 4)].map(|(a, b)| links.between(b, a)), [0.5, 0.5, -0.5, 0.0]);
        links.merge(0, 1);
        let told = |links: &Links| [(0, 2), (2, 0), (0, 3), (3, 0), (0, 4)].map(|(a, b)| links.between(a, b));
        assert_eq!(told(&links), [0.375, 0.375, 0.5, 0.5, 0.0]);
        links.merge(0, 2);
        assert_eq!(told(&links)[2..], [0.0; 3], "one draws as much as the other pushes");
        links.merge(0, 3);
        assert_eq!(links.between(0, 4), 0.0);
    }

    proptest::proptest! {
        /// Whatever takes in what, a sum is that over the members.
        #[test]
        fn sums_are_those_of_the_members(
            similarities in proptest::collection::vec(-2_i8..3, 66),
            joins in proptest::collection::vec((0_u32..12, 0_u32..12), 0..12),
        ) {
            let all = (0..12_u32).flat_map(|b| (0..b).map(move |a| (a, b)));
            let told = all.zip(&similarities).filter(|(_, similarity)| **similarity != 0);
            let pairs: Vec<_> = told.map(|((a, b), similarity)| (f32::from(*similarity), a, b)).collect();
            let mut links = Links::new(12, &pairs);
            let mut group: Vec<u32> = (0..12).collect();
            for (a, b) in joins {
                let (a, b) = (group[a as usize], group[b as usize]);
                if a != b {
                    links.merge(a.min(b), a.max(b));
                    group.iter_mut().filter(|held| **held == a.max(b)).for_each(|held| *held = a.min(b));
                }
            }
            let held: Vec<u32> = (0..12).filter(|document| group[*document as usize] == *document).collect();
            for (a, b) in held.iter().flat_map(|b| held.iter().map(move |a| (*a, *b))).filter(|(a, b)| a < b) {
                let between = |(_, x, y): &&(f32, u32, u32)| {
                    let groups = (group[*x as usize], group[*y as usize]);
                    groups == (a, b) || groups == (b, a)
                };
                let expected: f32 = pairs.iter().filter(between).map(|(similarity, ..)| similarity).sum();
                proptest::prop_assert_eq!(links.between(a, b), expected);
                proptest::prop_assert_eq!(links.between(b, a), expected);
            }
        }
    }
}
