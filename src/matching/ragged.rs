//! Rows of different lengths in one list: a list of its own for each document would leave memory full of small holes,
//! which the program keeps and never gives back.

use std::hash::Hash;

use rustc_hash::FxHashMap;

/// Rows of different lengths.
#[derive(Clone, Debug, PartialEq)]
pub struct Ragged<T> {
    items: Vec<T>,
    /// Where each row ends.
    ends: Vec<usize>,
}

impl<T> Default for Ragged<T> {
    fn default() -> Self {
        Self { items: Vec::new(), ends: Vec::new() }
    }
}

impl<T> Ragged<T> {
    /// Adds a row behind the others.
    pub fn push(&mut self, row: impl IntoIterator<Item = T>) {
        self.items.extend(row);
        self.ends.push(self.items.len());
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// A row by its number, below [`Self::len`].
    pub fn row(&self, number: usize) -> &[T] {
        &self.items[self.start(number)..self.ends[number]]
    }

    /// The same, to be changed.
    pub fn row_mut(&mut self, number: usize) -> &mut [T] {
        let start = self.start(number);
        &mut self.items[start..self.ends[number]]
    }

    /// What all rows hold, row behind row.
    pub fn items(&self) -> &[T] {
        &self.items
    }

    /// The same, to be changed.
    pub fn items_mut(&mut self) -> &mut [T] {
        &mut self.items
    }

    /// Some of the rows, by number.
    #[must_use]
    pub fn of(&self, numbers: &[u32]) -> Self
    where
        T: Clone,
    {
        numbers.iter().map(|number| self.row(*number as usize).iter().cloned()).collect()
    }

    /// How often each item stands there.
    pub fn counts(&self) -> FxHashMap<T, u32>
    where
        T: Copy + Eq + Hash,
    {
        let mut counts = FxHashMap::default();
        self.items.iter().for_each(|item| *counts.entry(*item).or_default() += 1);
        counts
    }

    fn start(&self, number: usize) -> usize {
        if number == 0 { 0 } else { self.ends[number - 1] }
    }
}

impl<T, Row: IntoIterator<Item = T>> FromIterator<Row> for Ragged<T> {
    fn from_iter<I: IntoIterator<Item = Row>>(rows: I) -> Self {
        let mut ragged = Self::default();
        rows.into_iter().for_each(|row| ragged.push(row));
        ragged
    }
}

#[cfg(test)]
mod tests {
    use super::Ragged;

    #[test]
    fn rows_come_back_as_they_were() {
        let rows = [vec![1, 2], vec![], vec![3], vec![]];
        let mut ragged: Ragged<u32> = rows.iter().cloned().collect();
        assert_eq!((ragged.len(), ragged.items()), (4, &[1, 2, 3][..]));
        (0..4).for_each(|number| assert_eq!(ragged.row(number), rows[number]));
        ragged.row_mut(2)[0] = 9;
        assert_eq!(ragged.row(2), [9]);
        assert_eq!((ragged.of(&[2, 0]).items(), ragged.counts()[&9]), (&[9, 1, 2][..], 1));
    }
}
