//! Makes a table from rows in any order: interns names, keeps the latest claim, joins equal rows and sorts.

use rayon::prelude::*;

use super::names::Interner;
use super::table::Table;

/// One row as it is read, with ids instead of names.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    pub item: u32,
    pub value: u32,
    pub source: u32,
    pub weight: f32,
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
        sort(&mut rows, items.len());
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

/// Rows above which they are sorted in place, by all threads.
const MANY: usize = 1 << 20;

/// Sorts rows by [`key`]; the heavier of two equal claims comes first, and is the one kept.
fn sort(rows: &mut Vec<Row>, items: usize) {
    let order = |a: &Row, b: &Row| key(a).cmp(&key(b)).then(b.weight.total_cmp(&a.weight));
    if rows.len() > MANY {
        rows.par_sort_unstable_by(order);
        return;
    }
    *rows = by_item(rows, items);
    rows.chunk_by_mut(|a, b| a.item == b.item).for_each(|rows| rows.sort_unstable_by(order));
}

/// The rows in order of item, by counting: for a few hundred thousand faster than comparing them.
fn by_item(rows: &[Row], items: usize) -> Vec<Row> {
    let mut next = vec![0_usize; items + 1];
    rows.iter().for_each(|row| next[row.item as usize + 1] += 1);
    for item in 0..items {
        next[item + 1] += next[item];
    }
    let mut sorted = vec![Row { item: 0, value: 0, source: 0, weight: 0.0 }; rows.len()];
    for row in rows {
        let place = &mut next[row.item as usize];
        sorted[*place] = *row;
        *place += 1;
    }
    sorted
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
}
