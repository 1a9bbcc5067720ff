//! Verified facts as a starting point.
//!
//! A few known values (`item,value`) give every source that speaks of them a starting trust. They start the search and
//! are never held fixed: labels held fixed leave the rest of the table where it was, labels that only start it move it
//! to the right hill.

use super::Table;

/// A known value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// The item's name.
    pub item: Vec<u8>,
    /// Its value.
    pub value: Vec<u8>,
}

/// The value id of each item with a fact that the table knows; `u32::MAX` for a value that nobody gives.
pub fn locate(table: &Table, facts: &[Fact]) -> Vec<(u32, u32)> {
    let find = |fact: &Fact| {
        let item = table.items.find(&fact.item)?;
        Some((item, table.values.find(&fact.value).unwrap_or(u32::MAX)))
    };
    facts.iter().filter_map(find).collect()
}

/// Trust per source by its record on the facts, with `right` and `wrong` imagined claims for all.
pub fn trust(table: &Table, facts: &[Fact], right: f64, wrong: f64) -> Vec<f64> {
    let mut sums = vec![(right, right + wrong); table.source_count()];
    for (item, value) in locate(table, facts) {
        for option in table.options_of(item as usize) {
            let hit = f64::from(u8::from(table.option_value[option] == value));
            for claim in table.claims_of(option) {
                let sum = &mut sums[table.claim_source[claim] as usize];
                *sum = (sum.0 + hit, sum.1 + 1.0);
            }
        }
    }
    sums.into_iter().map(|(right, heard)| right / heard).collect()
}
