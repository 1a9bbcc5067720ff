//! Groups of documents under construction: average link, with what holds each group together.

use super::emblem::Group;
use super::links::Links;

/// What speaks for joining two groups.
#[derive(Clone, Copy, Debug)]
pub struct Bond {
    /// The two.
    pub groups: [Group; 2],
    /// The average similarity of a document of one to a document of the other.
    pub average: f32,
    /// That average as a share of the average similarity within the looser of the two; infinite where one
    /// is a single document. Relative closeness, as in CHAMELEON (Karypis, Han and Kumar 1999).
    pub cohesion: f32,
    /// The similarity of all that either prints, taken together: the cosine of the two groups' sums. It does not fall
    /// because the reports of a story differ among each other, as the average does.
    pub pooled: f32,
}

/// Groups with the summed similarity within them and to their neighbours.
pub struct Groups {
    group: Vec<u32>,
    members: Vec<Vec<u32>>,
    within: Vec<f32>,
    links: Links,
}

impl Groups {
    /// Every document alone, linked by `(similarity, document, document)`.
    pub fn new(documents: usize, pairs: &[(f32, u32, u32)]) -> Self {
        let numbers = 0..documents as u32;
        let members = numbers.clone().map(|document| vec![document]).collect();
        Self { group: numbers.collect(), members, within: vec![0.0; documents], links: Links::new(documents, pairs) }
    }

    /// The group of each document.
    pub fn of_documents(&self) -> &[u32] {
        &self.group
    }

    /// The documents of a group.
    pub fn members(&self, group: u32) -> &[u32] {
        &self.members[group as usize]
    }

    /// What speaks for joining the groups of two documents; nothing where they are in one.
    pub fn bond_of(&self, a: u32, b: u32) -> Option<Bond> {
        let (a, b) = (self.group[a as usize], self.group[b as usize]);
        (a != b).then(|| self.bond(a, b))
    }

    /// Joins the groups of two documents when their bond is fit; which group took in which.
    pub fn join_if(&mut self, a: u32, b: u32, fit: impl FnOnce(&Bond) -> bool) -> Option<(u32, u32)> {
        let (a, b) = (self.group[a as usize], self.group[b as usize]);
        if a == b {
            return None;
        }
        let (into, from) = (a.min(b), a.max(b));
        fit(&self.bond(a, b)).then(|| {
            self.merge(into, from);
            (into, from)
        })
    }

    fn bond(&self, a: u32, b: u32) -> Bond {
        let groups = [a, b].map(|number| Group { number, size: self.members[number as usize].len() });
        let between = self.links.between(a, b);
        let average = between / (groups[0].size * groups[1].size) as f32;
        let looser = self.inner(groups[0]).min(self.inner(groups[1]));
        let pooled = between / (self.length(groups[0]) * self.length(groups[1])).max(f32::MIN_POSITIVE);
        Bond { groups, average, cohesion: average / looser.max(f32::MIN_POSITIVE), pooled }
    }

    /// The length of the sum of a group's documents, each of which is as long as 1.
    fn length(&self, group: Group) -> f32 {
        (group.size as f32 + 2.0 * self.within[group.number as usize]).max(0.0).sqrt()
    }

    /// The average similarity of two documents of a group; a single one is held together by nothing.
    fn inner(&self, group: Group) -> f32 {
        let pairs = group.size * (group.size - 1) / 2;
        if pairs == 0 { 0.0 } else { self.within[group.number as usize] / pairs as f32 }
    }

    fn merge(&mut self, into: u32, from: u32) {
        self.within[into as usize] += self.within[from as usize] + self.links.between(into, from);
        for member in std::mem::take(&mut self.members[from as usize]) {
            self.group[member as usize] = into;
            self.members[into as usize].push(member);
        }
        self.links.merge(into, from);
    }

    /// Group numbers counted by first member.
    #[cfg(test)]
    pub fn numbers(&self) -> Vec<u32> {
        let mut number: rustc_hash::FxHashMap<u32, u32> = rustc_hash::FxHashMap::default();
        self.group
            .iter()
            .map(|g| {
                let next = number.len() as u32;
                *number.entry(*g).or_insert(next)
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Groups;

    #[test]
    fn a_bond_tells_how_close_two_groups_are_and_how_close_knit() {
        let pairs = [(0.8, 0, 1), (0.4, 2, 3), (0.3, 0, 2), (0.1, 1, 3)];
        let mut groups = Groups::new(4, &pairs);
        assert_eq!(groups.bond(0, 1).average, 0.8);
        assert!(groups.bond(0, 1).cohesion > 1e9, "single documents are held together by nothing");
        groups.join_if(0, 1, |_| true);
        groups.join_if(2, 3, |_| true);
        let bond = groups.bond(0, 2);
        assert!((bond.average - 0.1).abs() < 1e-6 && (bond.cohesion - 0.25).abs() < 1e-6, "{bond:?}");
        let pooled = 0.4 / (3.6_f32 * 2.8).sqrt();
        assert!(
            (bond.pooled - 0.4 / 3.6_f32.sqrt() / 2.0_f32.sqrt()).abs() < 1e-3 || (bond.pooled - pooled).abs() < 1e-6
        );
        assert_eq!(groups.numbers(), [0, 0, 1, 1]);
    }
}
