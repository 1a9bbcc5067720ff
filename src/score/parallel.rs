//! Work cut into pieces that do not depend on the number of threads.

use std::ops::Range;

use super::table::Table;

/// Claims in a piece of work: enough to forget the cost of handing it out, few enough to balance.
const PIECE: usize = 16_384;

/// Claims below which handing out work costs more than doing it.
const SMALL: usize = 100_000;

/// The least pieces that one thread takes at once: all of them for a small table.
pub fn least(table: &Table) -> usize {
    if table.claims() < SMALL { usize::MAX } else { 1 }
}

/// Consecutive ranges of items with about the same number of claims.
pub fn chunks(table: &Table) -> Vec<Range<usize>> {
    let (mut ranges, mut start, mut next) = (Vec::new(), 0, PIECE);
    for item in 0..table.item_count() {
        if table.claims_on(item).end >= next {
            ranges.push(start..item + 1);
            start = item + 1;
            next = table.claims_on(item).end + PIECE;
        }
    }
    if start < table.item_count() {
        ranges.push(start..table.item_count());
    }
    ranges
}

/// Cuts a slice into consecutive parts of the given lengths.
pub fn split<T>(mut slice: &mut [T], lengths: impl Iterator<Item = usize>) -> Vec<&mut [T]> {
    lengths.map(|length| slice.split_off_mut(..length).unwrap_or_default()).collect()
}
