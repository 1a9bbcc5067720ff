//! What a table is like, in the few numbers from which a model is chosen.

use super::table::Table;

/// Properties of a table; shares are in [0, 1].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Properties {
    /// Number of sources.
    pub sources: usize,
    /// Number of items.
    pub items: usize,
    /// Number of claims.
    pub claims: usize,
    /// Items with two values or more.
    pub contested: usize,
    /// Distinct values over all items.
    pub values: usize,
    /// Mean claims on a contested item.
    pub claims_per_contested: f64,
    /// Mean of the contested claims a source makes.
    pub contested_by_source: f64,
    /// Median of the claims a source makes.
    pub median_claims: usize,
    /// Contested claims per cell of a full table of confusion for every source.
    pub claims_per_cell: f64,
    /// Share of contested claims that are numbers.
    pub numeric: f64,
    /// Share of contested claims that somebody else also makes.
    pub repeated: f64,
}

/// Measures a table.
pub fn measure(table: &Table) -> Properties {
    let disputed = |&item: &usize| table.options_of(item).len() > 1;
    let (mut contested, mut claims, mut repeated, mut numeric) = (0, 0, 0, 0);
    let numbers = numbers(table);
    for item in (0..table.item_count()).filter(disputed) {
        contested += 1;
        for option in table.options_of(item) {
            let supporters = table.claims_of(option).len();
            claims += supporters;
            repeated += if supporters > 1 { supporters } else { 0 };
            numeric += if numbers[table.option_value[option] as usize] { supporters } else { 0 };
        }
    }
    let share = |part: usize| if claims == 0 { 0.0 } else { part as f64 / claims as f64 };
    let cells = (table.source_count() * table.values.len()) as f64 * table.values.len() as f64;
    Properties {
        sources: table.source_count(),
        items: table.item_count(),
        claims: table.claims(),
        contested,
        values: table.values.len(),
        claims_per_contested: if contested == 0 { 0.0 } else { claims as f64 / contested as f64 },
        contested_by_source: claims as f64 / table.source_count().max(1) as f64,
        median_claims: median_claims(table),
        claims_per_cell: claims as f64 / cells.max(1.0),
        numeric: share(numeric),
        repeated: share(repeated),
    }
}

/// The number that a value is, if it is one.
pub fn number(value: &[u8]) -> Option<f64> {
    let digit = value.iter().any(u8::is_ascii_digit);
    let text = std::str::from_utf8(value).ok().filter(|_| digit)?;
    text.trim().parse().ok().filter(|number: &f64| number.is_finite())
}

/// Which distinct values are numbers.
fn numbers(table: &Table) -> Vec<bool> {
    (0..table.values.len() as u32).map(|value| number(table.values.bytes(value)).is_some()).collect()
}

fn median_claims(table: &Table) -> usize {
    let mut claims: Vec<usize> = (0..table.source_count()).map(|source| table.claims_by(source).len()).collect();
    claims.sort_unstable();
    claims.get(claims.len() / 2).copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::super::builder::Claim;
    use super::*;

    #[test]
    fn measures_only_what_is_disputed() {
        let claims = [("a", "x", "1"), ("b", "x", "one"), ("c", "x", "1"), ("a", "y", "2"), ("b", "z", "3")];
        let table = Table::of(claims.iter().map(|(s, i, v)| Claim::new(s, i, v)));
        let found = measure(&table);
        assert_eq!((found.contested, found.values, found.median_claims), (1, 4, 2));
        assert_eq!((found.claims_per_contested, found.numeric, found.repeated), (3.0, 2.0 / 3.0, 2.0 / 3.0));
    }

    #[test]
    fn numbers_are_plain() {
        for (value, expected) in [("12", Some(12.0)), (" -3.5 ", Some(-3.5)), ("inf", None), ("", None), ("1;2", None)]
        {
            assert_eq!(number(value.as_bytes()), expected, "{value}");
        }
    }
}
