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

#[cfg(test)]
mod tests {
    use super::super::worlds::{World, accuracy};
    use super::super::{Rules, solve};
    use super::*;

    /// Seven sources of ten mean another thing by three items of four: without help their reading wins.
    fn majority_error() -> Table {
        let mut world = World::new(3);
        for item in 0..300 {
            for source in 0..10 {
                let other = source < 7 && item % 4 != 0;
                let value = match (world.draw() < 0.9, other) {
                    (true, true) => "other".to_owned(),
                    (true, false) => "t".to_owned(),
                    _ => format!("slip {}", world.pick(50)),
                };
                world.say(&format!("s{source}"), &format!("i{item:03}"), &value);
            }
        }
        world.table()
    }

    #[test]
    fn twenty_facts_lead_to_the_other_hill() {
        let table = majority_error();
        let facts: Vec<Fact> =
            (0..20).map(|n| Fact { item: format!("i{:03}", 4 * n + 1).into(), value: b"t".to_vec() }).collect();
        let rules = Rules::built_in().unwrap();
        let anchored = trust(&table, &facts, rules.dense.right, rules.dense.wrong);
        let found = |start| accuracy(&table, &solve(&table, &rules, None, start).best);
        let (alone, led) = (found(None), found(Some(&anchored)));
        assert!(alone < 0.3 && led > 0.8, "{alone} {led}");
    }
}
