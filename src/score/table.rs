//! The table that truth discovery works on: who says what about which item.
//!
//! Claims are kept by item and value ("compressed rows"): the *options* of an item are its distinct values, and the
//! supporters of an option lie together. All ids follow the bytewise order of the names, so two tables with the same
//! rows in another order are equal to the last bit of every sum.
//!
//! Memory: about 16 bytes a claim and 8 an option besides the names; building needs 16 more a claim for a while.

use std::sync::Arc;

use rayon::prelude::*;

use super::names::{Interner, Names};

/// One row as it is read, with ids instead of names.
#[derive(Clone, Copy, Debug)]
struct Row {
    item: u32,
    value: u32,
    source: u32,
    weight: f32,
}

/// Collects rows in any order; [`Builder::finish`] makes the table.
#[derive(Debug, Default)]
pub struct Builder {
    sources: Interner,
    items: Interner,
    values: Interner,
    times: Interner,
    groups: Interner,
    rows: Vec<Row>,
    /// The time of each row, if any row ever had one.
    time_of: Vec<u32>,
    /// The group of each item, if any row ever had one.
    group_of: Vec<u32>,
}

/// One row to add. `weight` in (0, 1] is how firmly the claim is made; `time` decides, by its bytewise order
/// (ISO dates sort rightly), which of one source's values for one item holds; `group` names what hangs together.
#[derive(Clone, Copy, Debug)]
pub struct Claim<'a> {
    /// Who says it.
    pub source: &'a [u8],
    /// What it is about.
    pub item: &'a [u8],
    /// What is said.
    pub value: &'a [u8],
    /// How firmly, 1 for a plain claim.
    pub weight: f32,
    /// When, empty for unknown.
    pub time: &'a [u8],
    /// The story or block that the item belongs to, empty for none.
    pub group: &'a [u8],
}

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

impl<'a> Claim<'a> {
    /// A plain claim.
    pub fn new(source: &'a str, item: &'a str, value: &'a str) -> Self {
        Self {
            source: source.as_bytes(),
            item: item.as_bytes(),
            value: value.as_bytes(),
            weight: 1.0,
            time: b"",
            group: b"",
        }
    }
}

impl Builder {
    /// Adds one row.
    pub fn push(&mut self, claim: Claim<'_>) {
        let row = Row {
            item: self.items.id(claim.item),
            value: self.values.id(claim.value),
            source: self.sources.id(claim.source),
            weight: claim.weight,
        };
        if !claim.time.is_empty() || !self.time_of.is_empty() {
            // Rows before the first time have none: the empty time sorts before every other.
            let unknown = self.times.id(b"");
            self.time_of.resize(self.rows.len(), unknown);
            self.time_of.push(self.times.id(claim.time));
        }
        if !claim.group.is_empty() {
            self.join(row.item, claim.group);
        }
        self.rows.push(row);
    }

    /// How many rows were added.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether no row was added.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The table of all rows. Of a source's several values for one item the latest holds where rows have times;
    /// otherwise they share one claim's weight. Equal rows count once.
    pub fn finish(mut self) -> Table {
        self.keep_latest();
        let (sources, source_rank) = self.sources.finish();
        let (items, item_rank) = self.items.finish();
        let (values, value_rank) = self.values.finish();
        let mut rows = self.rows;
        rows.par_iter_mut().for_each(|row| {
            row.item = item_rank[row.item as usize];
            row.value = value_rank[row.value as usize];
            row.source = source_rank[row.source as usize];
        });
        // The heavier of two equal claims comes first and is the one kept.
        rows.par_sort_unstable_by(|a, b| key(a).cmp(&key(b)).then(b.weight.total_cmp(&a.weight)));
        rows.dedup_by_key(|row| key(row));
        let (_, group_rank) = self.groups.finish();
        let item_group = ranked_groups(&self.group_of, &item_rank, &group_rank);
        let table = Table::from_rows(rows, [sources.into(), items.into(), values.into()]);
        Table { item_group, ..table }.with_shared_weights()
    }

    /// The group of an item is the first by name that any of its rows gives, whatever the order of the rows.
    fn join(&mut self, item: u32, group: &[u8]) {
        let item = item as usize;
        if self.group_of.len() <= item {
            self.group_of.resize(item + 1, u32::MAX);
        }
        let held = self.group_of[item];
        if held == u32::MAX || group < self.groups.bytes(held) {
            self.group_of[item] = self.groups.id(group);
        }
    }

    /// Drops the rows that a later one of the same source on the same item replaces.
    fn keep_latest(&mut self) {
        if self.time_of.is_empty() {
            return;
        }
        let (_, rank) = std::mem::take(&mut self.times).finish();
        let mut timed: Vec<(Row, u32)> =
            self.rows.drain(..).zip(&self.time_of).map(|(row, &time)| (row, rank[time as usize])).collect();
        timed.sort_unstable_by_key(|(row, time)| (row.item, row.source, std::cmp::Reverse(*time)));
        let mut latest = (u32::MAX, u32::MAX, 0);
        timed.retain(|(row, time)| {
            if (latest.0, latest.1) != (row.item, row.source) {
                latest = (row.item, row.source, *time);
            }
            *time == latest.2
        });
        self.rows = timed.into_iter().map(|(row, _)| row).collect();
    }
}

fn key(row: &Row) -> (u32, u32, u32) {
    (row.item, row.value, row.source)
}

/// Groups by the final item ids; an item without one gets a group of its own, beyond the named ones.
fn ranked_groups(group_of: &[u32], item_rank: &[u32], group_rank: &[u32]) -> Vec<u32> {
    if group_of.is_empty() {
        return Vec::new();
    }
    let named = group_rank.len() as u32;
    let mut groups: Vec<u32> = (0..item_rank.len() as u32).map(|item| named + item).collect();
    for (arrival, &group) in group_of.iter().enumerate().filter(|&(_, &g)| g != u32::MAX) {
        groups[item_rank[arrival] as usize] = group_rank[group as usize];
    }
    groups
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
    fn from_rows(rows: Vec<Row>, [sources, items, values]: [Arc<Names>; 3]) -> Self {
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
    fn with_shared_weights(mut self) -> Self {
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
    use super::*;

    fn check(rows: &[(&str, &str, &str)], expected: &[&str]) {
        let table = Table::of(rows.iter().map(|(s, i, v)| Claim::new(s, i, v)));
        let mut seen = Vec::new();
        for item in 0..table.item_count() {
            for option in table.options_of(item) {
                for claim in table.claims_of(option) {
                    let source = table.sources.text(table.claim_source[claim]);
                    let value = table.values.text(table.option_value[option]);
                    let item = table.items.text(item as u32);
                    seen.push(format!("{item}={value} by {source} x{}", table.weight(claim)));
                }
            }
        }
        assert_eq!(seen, expected);
    }

    #[test]
    fn the_order_of_rows_does_not_matter() {
        let rows = [("b", "x", "2"), ("a", "y", "1"), ("a", "x", "1"), ("a", "x", "1")];
        let expected = ["x=1 by a x1", "x=2 by b x1", "y=1 by a x1"];
        check(&rows, &expected);
        check(&rows.iter().rev().copied().collect::<Vec<_>>(), &expected);
    }

    #[test]
    fn several_values_of_one_source_share_one_weight() {
        check(&[("a", "x", "1"), ("a", "x", "2"), ("b", "x", "2")], &["x=1 by a x0.5", "x=2 by a x0.5", "x=2 by b x1"]);
    }

    #[test]
    fn the_latest_value_replaces_the_earlier() {
        let at = |time, value| Claim { time, ..Claim::new("a", "x", value) };
        let table = Table::of([at(b"2024-02-02", "2"), at(b"2024-02-01", "1"), Claim::new("b", "x", "1")]);
        let values: Vec<_> = table.claim_source.iter().zip(&table.claim_option).collect();
        assert_eq!(values, [(&1, &0), (&0, &1)]);
    }

    #[test]
    fn groups_follow_their_items() {
        let of = |item, group| Claim { group, ..Claim::new("a", item, "1") };
        let table = Table::of([of("z", b"g"), of("y", b""), of("x", b"g")]);
        assert_eq!(table.group(0), table.group(2));
        assert_ne!(table.group(0), table.group(1));
    }

    #[test]
    fn claims_by_source() {
        let table = Table::of([Claim::new("b", "x", "1"), Claim::new("a", "x", "1"), Claim::new("a", "y", "1")]);
        assert_eq!(table.claims_by(0), [0, 2]);
        assert_eq!(table.claims_by(1), [1]);
    }
}
