//! Rows of whole numbers as bytes: column by column, each number in as few bytes as the greatest of its column takes.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// What is a row of whole numbers.
pub trait Row: Sized {
    /// Its numbers.
    type Numbers: AsRef<[u32]> + AsMut<[u32]> + Default;

    /// The numbers of the row.
    fn numbers(&self) -> Self::Numbers;

    /// The row of these numbers.
    fn of(numbers: Self::Numbers) -> Self;
}

/// Rows that are written as such bytes.
#[derive(Clone, Debug, PartialEq)]
pub struct Rows<R>(pub Vec<R>);

impl<R: Row> Serialize for Rows<R> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize(&self.0, serializer)
    }
}

impl<'de, R: Row> Deserialize<'de> for Rows<R> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize(deserializer).map(Self)
    }
}

/// Writes rows.
///
/// # Errors
/// Those of the serializer.
pub fn serialize<R: Row, S: Serializer>(rows: &[R], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_bytes(&to_bytes(rows))
}

/// Reads rows.
///
/// # Errors
/// The bytes are none of rows.
pub fn deserialize<'de, R: Row, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<R>, D::Error> {
    deserializer.deserialize_bytes(Bytes(PhantomData))
}

struct Bytes<R>(PhantomData<fn() -> R>);

impl<R: Row> Visitor<'_> for Bytes<R> {
    type Value = Vec<R>;

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("rows of whole numbers")
    }

    fn visit_bytes<E: de::Error>(self, bytes: &[u8]) -> Result<Vec<R>, E> {
        from_bytes(bytes).ok_or_else(|| E::custom("no rows of whole numbers"))
    }
}

/// The number of rows, the width of each column, then its bytes, the lowest of all its numbers first.
fn to_bytes<R: Row>(rows: &[R]) -> Vec<u8> {
    let width = R::Numbers::default().as_ref().len();
    let mut numbers = vec![0_u32; width * rows.len()];
    for (at, row) in rows.iter().enumerate() {
        for (column, number) in row.numbers().as_ref().iter().enumerate() {
            numbers[column * rows.len() + at] = *number;
        }
    }
    let columns = || (0..width).map(|column| &numbers[column * rows.len()..][..rows.len()]);
    let bytes_of = |column: &[u32]| 4 - column.iter().fold(0, |all, number| all | number).leading_zeros() / 8;
    let mut bytes = Vec::with_capacity(4 + width * (1 + 4 * rows.len()));
    bytes.extend_from_slice(&(rows.len() as u32).to_le_bytes());
    bytes.extend(columns().map(|column| bytes_of(column) as u8));
    for column in columns() {
        for byte in 0..bytes_of(column) {
            bytes.extend(column.iter().map(|number| (number >> (8 * byte)) as u8));
        }
    }
    bytes
}

fn from_bytes<R: Row>(bytes: &[u8]) -> Option<Vec<R>> {
    let width = R::Numbers::default().as_ref().len();
    let (count, rest) = bytes.split_first_chunk::<4>()?;
    let (widths, mut rest) = rest.split_at_checked(width)?;
    let count = u32::from_le_bytes(*count) as usize;
    let whole = widths.iter().map(|width| usize::from(*width)).sum::<usize>().checked_mul(count)? == rest.len();
    if !whole || widths.iter().any(|width| *width > 4) || rest.is_empty() && count > MOST_EQUAL {
        return None;
    }
    let mut numbers = vec![0_u32; width * count];
    for (column, width) in widths.iter().enumerate() {
        for byte in 0..*width {
            let (bytes, behind) = rest.split_at(count);
            let column = &mut numbers[column * count..][..count];
            column.iter_mut().zip(bytes).for_each(|(number, part)| *number |= u32::from(*part) << (8 * byte));
            rest = behind;
        }
    }
    let row = |at: usize| {
        let mut row = R::Numbers::default();
        row.as_mut().iter_mut().enumerate().for_each(|(column, number)| *number = numbers[column * count + at]);
        R::of(row)
    };
    Some((0..count).map(row).collect())
}

/// Rows of zeros take no bytes at all: more than anybody writes are damage.
const MOST_EQUAL: usize = 1 << 16;

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone, Debug, PartialEq)]
    struct Pair([u32; 2]);

    impl Row for Pair {
        type Numbers = [u32; 2];

        fn numbers(&self) -> [u32; 2] {
            self.0
        }

        fn of(numbers: [u32; 2]) -> Self {
            Self(numbers)
        }
    }

    #[test]
    fn rows_come_back_in_as_few_bytes_as_they_take() {
        for (rows, expected) in [
            (vec![], 6),
            (vec![Pair([0, 0]); 3], 6),
            (vec![Pair([255, 256]), Pair([1, 2])], 6 + 2 * 3),
            (vec![Pair([u32::MAX, 1 << 16])], 6 + 4 + 3),
        ] {
            let bytes = to_bytes(&rows);
            assert_eq!(bytes.len(), expected, "{rows:?}");
            assert_eq!(from_bytes(&bytes), Some(rows));
        }
    }

    #[test]
    fn other_bytes_are_no_rows() {
        let bytes = to_bytes(&[Pair([255, 256]), Pair([1, 2])]);
        for damaged in [&bytes[..bytes.len() - 1], &bytes[..5], &[], &[255, 255, 255, 255, 0, 0], &[1, 0, 0, 0, 5, 0]] {
            assert_eq!(from_bytes::<Pair>(damaged), None);
        }
    }
}
