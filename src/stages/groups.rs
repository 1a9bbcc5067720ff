//! Groups out of items that come sorted by key, one group in memory at a time.

use crate::failure::Failure;

/// The group at hand.
#[derive(Debug)]
pub struct Groups<Key, Item> {
    key: Option<Key>,
    items: Vec<Item>,
}

impl<Key: Ord + std::fmt::Debug, Item> Groups<Key, Item> {
    /// No group yet.
    pub fn new() -> Self {
        Self { key: None, items: Vec::new() }
    }

    /// Takes an item; hands out the group before it when it begins another one.
    ///
    /// # Errors
    /// [`Failure::Fatal`] when a key comes back: the engine did not sort, and groups would be torn.
    pub fn push(&mut self, key: Key, item: Item) -> Result<Option<(Key, Vec<Item>)>, Failure> {
        let begun = match &self.key {
            Some(last) if *last == key => None,
            Some(last) if *last > key => {
                return Err(Failure::Fatal(format!("{key:?} came after {last:?}: the partition is not sorted")));
            }
            _ => self.take(),
        };
        self.key = Some(key);
        self.items.push(item);
        Ok(begun)
    }

    /// Hands out the last group.
    pub fn take(&mut self) -> Option<(Key, Vec<Item>)> {
        Some((self.key.take()?, std::mem::take(&mut self.items)))
    }
}

impl<Key: Ord + std::fmt::Debug, Item> Default for Groups<Key, Item> {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_come_out_whole() {
        let mut groups = Groups::new();
        let mut whole = Vec::new();
        for (key, item) in [("a", 1), ("a", 2), ("b", 3)] {
            whole.extend(groups.push(key, item).unwrap());
        }
        whole.extend(groups.take());
        assert_eq!(whole, [("a", vec![1, 2]), ("b", vec![3])]);
        assert_eq!(groups.take(), None);
    }

    #[test]
    fn a_key_that_comes_back_is_told() {
        let mut groups = Groups::new();
        groups.push(2, ()).unwrap();
        assert!(matches!(groups.push(1, ()), Err(Failure::Fatal(_))));
    }
}
