//! Which documents hang together, by chains of pairs.

/// For each document one that it hangs together with, itself in the end.
pub(super) struct Chains(Vec<u32>);

impl Chains {
    /// Every document by itself.
    pub fn new(documents: usize) -> Self {
        Self((0..documents as u32).collect())
    }

    /// Ties two documents; whether they were not tied before.
    pub fn tie(&mut self, a: u32, b: u32) -> bool {
        let (a, b) = (self.first(a), self.first(b));
        self.0[a.max(b) as usize] = a.min(b);
        a != b
    }

    /// The first of all documents that one hangs together with.
    pub fn first(&mut self, mut at: u32) -> u32 {
        while self.0[at as usize] != at {
            self.0[at as usize] = self.0[self.0[at as usize] as usize];
            at = self.0[at as usize];
        }
        at
    }

    /// The same for each document.
    pub fn firsts(mut self) -> Vec<u32> {
        (0..self.0.len() as u32).for_each(|document| self.0[document as usize] = self.first(document));
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::Chains;

    #[test]
    fn a_chain_goes_by_its_first_document() {
        let mut chains = Chains::new(6);
        let tied = [(5, 4), (1, 4), (4, 5), (1, 5), (2, 3)].map(|(a, b)| chains.tie(a, b));
        assert_eq!((tied, chains.first(5)), ([true, true, false, false, true], 1));
        assert_eq!(chains.firsts(), [0, 1, 2, 2, 1, 1]);
    }
}
