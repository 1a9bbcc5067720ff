//! The paths of all documents in one piece of memory: as strings of their own they would take it in small pieces for as
//! long as the run needs them.

use crate::score::names::Names;

/// Paths, sorted.
#[derive(Clone, Debug, Default)]
pub struct Paths(Names);

impl Paths {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The path of a document.
    pub fn get(&self, document: usize) -> &str {
        self.0.plain(document as u32)
    }

    /// All of them, in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|document| self.get(document))
    }

    /// The place of a path.
    pub fn find(&self, path: &str) -> Option<usize> {
        self.0.find(path.as_bytes()).map(|place| place as usize)
    }

    /// Adds a path, which comes behind all others unless [`Self::sorted`] is to put it in its place.
    pub fn push(&mut self, path: &str) {
        self.0.push(path.as_bytes());
    }

    /// The same in order, and which of them comes where.
    pub fn sorted(self) -> (Self, Vec<u32>) {
        let (sorted, order) = self.0.sorted();
        (Self(sorted), order)
    }
}

#[cfg(test)]
mod tests {
    use super::Paths;

    #[test]
    fn paths_are_found_where_they_stand() {
        let mut paths = Paths::default();
        ["post/b.txt", "echo/a.txt", "", "post/a.txt"].into_iter().for_each(|path| paths.push(path));
        let (paths, order) = paths.sorted();
        assert_eq!(order, [2, 1, 3, 0]);
        assert_eq!(paths.iter().collect::<Vec<_>>(), ["", "echo/a.txt", "post/a.txt", "post/b.txt"]);
        assert_eq!(["post/a.txt", "", "z", "echo"].map(|path| paths.find(path)), [Some(2), Some(0), None, None]);
    }
}
