//! The paths of all documents in one piece of memory: as strings of their own they would take it in small pieces for as
//! long as the run needs them.

/// Paths, sorted.
#[derive(Clone, Debug, Default)]
pub struct Paths {
    text: String,
    /// Where each ends.
    ends: Vec<usize>,
}

impl Paths {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The path of a document.
    pub fn get(&self, document: usize) -> &str {
        let start = if document == 0 { 0 } else { self.ends[document - 1] };
        &self.text[start..self.ends[document]]
    }

    /// All of them, in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|document| self.get(document))
    }

    /// The place of a path.
    pub fn find(&self, path: &str) -> Option<usize> {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            if self.get(middle) < path { low = middle + 1 } else { high = middle }
        }
        (low < self.len() && self.get(low) == path).then_some(low)
    }

    /// Adds a path, which comes behind all others unless [`Self::sorted`] is to put it in its place.
    pub fn push(&mut self, path: &str) {
        self.text.push_str(path);
        self.ends.push(self.text.len());
    }

    /// The same in order, and which of them comes where.
    pub fn sorted(&self) -> (Self, Vec<u32>) {
        let mut order: Vec<u32> = (0..self.len() as u32).collect();
        order.sort_by(|a, b| self.get(*a as usize).cmp(self.get(*b as usize)));
        let mut sorted = Self { text: String::with_capacity(self.text.len()), ends: Vec::with_capacity(self.len()) };
        order.iter().for_each(|document| sorted.push(self.get(*document as usize)));
        (sorted, order)
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
