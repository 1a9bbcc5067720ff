//! What `variorum fuse` prints and writes: judgement against gold, `trust.csv` and `beliefs.csv`.
//!
//! The tables are plain RFC 4180 CSV without a byte order mark, and cells are written as they came, so that they join
//! with the table that was read.

use std::io::Write;

use super::anchors::{Fact, locate};
use super::properties::number;
use super::solve::Solution;
use super::{Table, rank};

/// How a solution compares with known values.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// Share of the items with a known value whose accepted value is that value.
    pub accuracy: f64,
    /// Items that have a known value and at least one claim.
    pub items: usize,
    /// Spearman correlation of trust with the share of a source's claims that are right.
    pub rank_correlation: Option<f64>,
    /// Sources in that correlation.
    pub sources: usize,
}

/// Judges a solution. Sources with fewer than `gold_claims` claims on items with a known value are left out of the
/// rank correlation, as their true accuracy is not known either.
pub fn judge(table: &Table, solution: &Solution, gold: &[Fact], gold_claims: usize) -> Judgement {
    let mut known: Vec<Option<&[u8]>> = vec![None; table.item_count()];
    for (fact, (item, _)) in
        gold.iter().filter_map(|fact| Some((fact, *locate(table, std::slice::from_ref(fact)).first()?)))
    {
        known[item as usize] = Some(&fact.value);
    }
    let (mut items, mut right) = (0, 0);
    let mut records = vec![(0_usize, 0_usize); table.source_count()];
    for (item, value) in known.iter().enumerate().filter_map(|(item, value)| Some((item, (*value)?))) {
        let hit = |option: usize| same(table.values.bytes(table.option_value[option]), value);
        items += 1;
        right += usize::from(hit(solution.best[item] as usize));
        for option in table.options_of(item) {
            let hit = usize::from(hit(option));
            for claim in table.claims_of(option) {
                let record = &mut records[table.claim_source[claim] as usize];
                *record = (record.0 + hit, record.1 + 1);
            }
        }
    }
    let judged: Vec<usize> = (0..records.len()).filter(|&source| records[source].1 >= gold_claims.max(1)).collect();
    let accuracies: Vec<f64> = judged.iter().map(|&s| records[s].0 as f64 / records[s].1 as f64).collect();
    let trusts: Vec<f64> = judged.iter().map(|&source| solution.trust[source]).collect();
    Judgement {
        accuracy: if items == 0 { 0.0 } else { right as f64 / items as f64 },
        items,
        rank_correlation: rank::correlation(&trusts, &accuracies),
        sources: judged.len(),
    }
}

/// Whether two values are the same text or the same number.
fn same(left: &[u8], right: &[u8]) -> bool {
    left == right || number(left).is_some_and(|left| Some(left) == number(right))
}

/// Writes one row a source, by name: trust with its interval and what it rests on.
///
/// # Errors
/// Those of the writer.
pub fn write_trust(table: &Table, solution: &Solution, out: &mut dyn Write) -> std::io::Result<()> {
    let mut rows = csv::Writer::from_writer(out);
    rows.write_record(["source", "trust", "low", "high", "claims", "disputed", "accepted", "mirrors"])?;
    let mut mirrors = vec![0; table.source_count()];
    for &(a, b) in &solution.mirrors {
        mirrors[a as usize] += 1;
        mirrors[b as usize] += 1;
    }
    let items = table.option_items();
    for (source, mirrors) in mirrors.into_iter().enumerate() {
        let (disputed, accepted) = record(table, solution, &items, source);
        rows.write_field(table.sources.bytes(source as u32))?;
        let limits = solution.limits[source];
        for share in [solution.trust[source], limits.low, limits.high] {
            rows.write_field(format!("{share:.4}"))?;
        }
        for count in [table.claims_by(source).len(), disputed, accepted, mirrors] {
            rows.write_field(count.to_string())?;
        }
        rows.write_record(None::<&[u8]>)?;
    }
    rows.flush()
}

/// How many of a source's claims are disputed, and how many of those are the accepted value.
fn record(table: &Table, solution: &Solution, items: &[u32], source: usize) -> (usize, usize) {
    let (mut disputed, mut accepted) = (0, 0);
    for &claim in table.claims_by(source) {
        let option = table.claim_option[claim as usize];
        let item = items[option as usize] as usize;
        if table.options_of(item).len() > 1 {
            disputed += 1;
            accepted += usize::from(solution.best[item] == option);
        }
    }
    (disputed, accepted)
}

/// Writes one row a value of an item, by item, the most believed first.
///
/// # Errors
/// Those of the writer.
pub fn write_beliefs(table: &Table, solution: &Solution, out: &mut dyn Write) -> std::io::Result<()> {
    let mut rows = csv::Writer::from_writer(out);
    rows.write_record(["item", "value", "belief", "accepted", "claims"])?;
    for item in 0..table.item_count() {
        let mut options: Vec<usize> = table.options_of(item).collect();
        let accepted = solution.best[item] as usize;
        options.sort_by(|&a, &b| {
            (b == accepted).cmp(&(a == accepted)).then(solution.belief[b].total_cmp(&solution.belief[a]))
        });
        for option in options {
            rows.write_field(table.items.bytes(item as u32))?;
            rows.write_field(table.values.bytes(table.option_value[option]))?;
            rows.write_field(format!("{:.4}", solution.belief[option]))?;
            rows.write_field(if option == accepted { "1" } else { "0" })?;
            rows.write_field(table.claims_of(option).len().to_string())?;
            rows.write_record(None::<&[u8]>)?;
        }
    }
    rows.flush()
}
