//! Disjoint sets: what hangs together by pairs.

/// Disjoint sets whose root is their smallest member, so that numbering hangs on nothing but the order.
pub struct Sets(Vec<u32>);

impl Sets {
    /// So many sets of one.
    pub fn new(size: usize) -> Self {
        Self((0..size as u32).collect())
    }

    /// The smallest of the set of `at`.
    pub fn root(&mut self, at: usize) -> usize {
        let mut at = at as u32;
        while self.0[at as usize] != at {
            self.0[at as usize] = self.0[self.0[at as usize] as usize];
            at = self.0[at as usize];
        }
        at as usize
    }

    /// Makes one set of two; whether they were two.
    pub fn join(&mut self, a: usize, b: usize) -> bool {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b)] = a.min(b) as u32;
        a != b
    }

    /// The smallest of the set of each.
    pub fn roots(mut self) -> Vec<u32> {
        (0..self.0.len()).for_each(|at| self.0[at] = self.root(at) as u32);
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::Sets;

    #[test]
    fn a_set_goes_by_its_smallest_member() {
        let mut sets = Sets::new(6);
        let joined = [(5, 4), (1, 4), (4, 5), (1, 5), (2, 3)].map(|(a, b)| sets.join(a, b));
        assert_eq!((joined, sets.root(5)), ([true, true, false, false, true], 1));
        assert_eq!(sets.roots(), [0, 1, 2, 2, 1, 1]);
    }
}
