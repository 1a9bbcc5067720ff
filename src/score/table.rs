//! The table that truth discovery works on: who says what about which item.
//!
//! Claims are kept by item and value ("compressed rows"): the *options* of an item are its distinct values, and the
//! supporters of an option lie together. All ids follow the bytewise order of the names, so two tables with the same
//! rows in another order are equal to the last bit of every sum.
//!
//! Memory: about 16 bytes a claim and 8 an option besides the names; building needs 16 more a claim for a while.

use std::sync::Arc;

use super::builder::{Builder, Claim, Row};
use super::names::Names;

/// The compact table; see the module.
#[derive(Clone, Debug)]
pub struct Table {
    /// Names of the sources; ids index everything "per source".
    pub sources: Arc<Names>,
    /// Names of the items.
    pub items: Arc<Names>,
    /// Distinct values over all items.
    pub values: Arc<Names>,
    /// Options of item `i`: `item_options[i]..item_options[i + 1]`.
    pub item_options: Vec<u32>,
    /// Value id per option.
    pub option_value: Vec<u32>,
    /// Claims of option `o`: `option_claims[o]..option_claims[o + 1]`.
    pub option_claims: Vec<u32>,
    /// Source per claim.
    pub claim_source: Vec<u32>,
    /// Weight per claim; empty when every claim weighs 1.
    pub claim_weight: Vec<f32>,
    /// Claims of source `s` in order of item: `source_claims[source_start[s]..source_start[s + 1]]`.
    pub source_start: Vec<u32>,
    /// See `source_start`.
    pub source_claims: Vec<u32>,
    /// Option per claim.
    pub claim_option: Vec<u32>,
    /// Group per item; empty when every item is a group of its own.
    pub item_group: Vec<u32>,
}

impl Table {
    /// The table of some claims, for tests and small uses.
    pub fn of<'a>(claims: impl IntoIterator<Item = Claim<'a>>) -> Self {
        let mut builder = Builder::default();
        claims.into_iter().for_each(|claim| builder.push(claim));
        builder.finish()
    }

    /// Number of items.
    pub fn item_count(&self) -> usize {
        self.item_options.len() - 1
    }

    /// Number of sources.
    pub fn source_count(&self) -> usize {
        self.sources.len()
    }

    /// Number of claims.
    pub fn claims(&self) -> usize {
        self.claim_source.len()
    }

    /// Number of options: distinct values over items.
    pub fn options(&self) -> usize {
        self.option_value.len()
    }

    /// The options of an item.
    pub fn options_of(&self, item: usize) -> std::ops::Range<usize> {
        self.item_options[item] as usize..self.item_options[item + 1] as usize
    }

    /// The claims for an option.
    pub fn claims_of(&self, option: usize) -> std::ops::Range<usize> {
        self.option_claims[option] as usize..self.option_claims[option + 1] as usize
    }

    /// All claims on an item.
    pub fn claims_on(&self, item: usize) -> std::ops::Range<usize> {
        let options = self.options_of(item);
        self.option_claims[options.start] as usize..self.option_claims[options.end] as usize
    }

    /// The claims that a source makes, in order of item.
    pub fn claims_by(&self, source: usize) -> &[u32] {
        &self.source_claims[self.source_start[source] as usize..self.source_start[source + 1] as usize]
    }

    /// Weight of a claim.
    pub fn weight(&self, claim: usize) -> f64 {
        self.claim_weight.get(claim).map_or(1.0, |&w| f64::from(w))
    }

    /// The group of an item.
    pub fn group(&self, item: usize) -> u32 {
        self.item_group.get(item).copied().unwrap_or(item as u32)
    }

    /// The item of each option.
    pub fn option_items(&self) -> Vec<u32> {
        let mut items = vec![0; self.options()];
        for item in 0..self.item_count() {
            items[self.options_of(item)].fill(item as u32);
        }
        items
    }

    /// The claims on every `step`-th item, with the same sources and values, and the items' names left out.
    #[must_use]
    pub fn every(&self, step: usize) -> Self {
        let mut rows = Vec::with_capacity(self.claims() / step + 1);
        for (place, item) in (0..self.item_count()).step_by(step).enumerate() {
            for claim in self.claims_on(item) {
                rows.push(Row {
                    item: place as u32,
                    value: self.option_value[self.claim_option[claim] as usize],
                    source: self.claim_source[claim],
                    weight: self.weight(claim) as f32,
                });
            }
        }
        Self::from_rows(rows, [Arc::clone(&self.sources), Arc::default(), Arc::clone(&self.values)])
    }

    /// The compressed form of sorted, distinct rows.
    pub(super) fn from_rows(rows: Vec<Row>, [sources, items, values]: [Arc<Names>; 3]) -> Self {
        let mut item_options = Vec::with_capacity(items.len() + 1);
        let (mut option_value, mut option_claims) = (Vec::new(), Vec::new());
        let mut claim_option = Vec::with_capacity(rows.len());
        let mut last = None;
        for (claim, row) in rows.iter().enumerate() {
            if last != Some((row.item, row.value)) {
                if last.map(|(item, _)| item) != Some(row.item) {
                    item_options.push(option_value.len() as u32);
                }
                option_claims.push(claim as u32);
                option_value.push(row.value);
                last = Some((row.item, row.value));
            }
            claim_option.push(option_value.len() as u32 - 1);
        }
        item_options.push(option_value.len() as u32);
        option_claims.push(rows.len() as u32);
        let claim_source: Vec<u32> = rows.iter().map(|row| row.source).collect();
        let weighted = rows.iter().any(|row| row.weight != 1.0);
        let claim_weight = if weighted { rows.iter().map(|row| row.weight).collect() } else { Vec::new() };
        drop(rows);
        let (source_start, source_claims) = by_source(&claim_source, sources.len());
        Self {
            sources,
            items,
            values,
            item_options,
            option_value,
            option_claims,
            claim_source,
            claim_weight,
            source_start,
            source_claims,
            claim_option,
            item_group: Vec::new(),
        }
    }

    /// Divides a claim's weight by the number of values that its source gives for the item.
    pub(super) fn with_shared_weights(mut self) -> Self {
        let mut seen = vec![(u32::MAX, 0_u32); self.sources.len()];
        for item in 0..self.item_count() {
            for claim in self.claims_on(item) {
                let entry = &mut seen[self.claim_source[claim] as usize];
                *entry = if entry.0 == item as u32 { (entry.0, entry.1 + 1) } else { (item as u32, 1) };
            }
            for claim in self.claims_on(item) {
                let values = seen[self.claim_source[claim] as usize].1;
                if values > 1 {
                    self.claim_weight.resize(self.claim_source.len(), 1.0);
                    self.claim_weight[claim] /= values as f32;
                }
            }
        }
        self
    }
}

/// The claims of each source: a counting sort, stable in the claims' order.
fn by_source(claim_source: &[u32], sources: usize) -> (Vec<u32>, Vec<u32>) {
    let mut start = vec![0_u32; sources + 1];
    claim_source.iter().for_each(|&source| start[source as usize + 1] += 1);
    for source in 0..sources {
        start[source + 1] += start[source];
    }
    let mut next = start.clone();
    let mut claims = vec![0; claim_source.len()];
    for (claim, &source) in claim_source.iter().enumerate() {
        let place = &mut next[source as usize];
        claims[*place as usize] = claim as u32;
        *place += 1;
    }
    (start, claims)
}

#[cfg(test)]
mod tests {
    use super::super::builder::Claim;
    use super::*;

    #[test]
    fn claims_by_source() {
        let table = Table::of([Claim::new("b", "x", "1"), Claim::new("a", "x", "1"), Claim::new("a", "y", "1")]);
        assert_eq!(table.claims_by(0), [0, 2]);
        assert_eq!(table.claims_by(1), [1]);
    }
}
