//! Lists of numbers as their bytes: hashes take as many anyhow, and are written and read at a stroke.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{self, Visitor};
use serde::{Deserializer, Serializer};

/// What takes the same number of bytes wherever it stands.
pub trait Fixed: Sized {
    /// How many.
    const SIZE: usize;

    /// Writes it into so many bytes.
    fn put(&self, bytes: &mut [u8]);

    /// Reads it from so many bytes.
    fn take(bytes: &[u8]) -> Self;
}

impl Fixed for u16 {
    const SIZE: usize = 2;

    fn put(&self, bytes: &mut [u8]) {
        bytes.copy_from_slice(&self.to_le_bytes());
    }

    fn take(bytes: &[u8]) -> Self {
        bytes.iter().rev().fold(0, |number, byte| number << 8 | Self::from(*byte))
    }
}

impl Fixed for u32 {
    const SIZE: usize = 4;

    fn put(&self, bytes: &mut [u8]) {
        bytes.copy_from_slice(&self.to_le_bytes());
    }

    fn take(bytes: &[u8]) -> Self {
        bytes.iter().rev().fold(0, |number, byte| number << 8 | Self::from(*byte))
    }
}

impl Fixed for bool {
    const SIZE: usize = 1;

    fn put(&self, bytes: &mut [u8]) {
        bytes[0] = u8::from(*self);
    }

    fn take(bytes: &[u8]) -> Self {
        bytes[0] != 0
    }
}

impl<A: Fixed, B: Fixed> Fixed for (A, B) {
    const SIZE: usize = A::SIZE + B::SIZE;

    fn put(&self, bytes: &mut [u8]) {
        let (first, second) = bytes.split_at_mut(A::SIZE);
        self.0.put(first);
        self.1.put(second);
    }

    fn take(bytes: &[u8]) -> Self {
        let (first, second) = bytes.split_at(A::SIZE);
        (A::take(first), B::take(second))
    }
}

/// Writes a list.
///
/// # Errors
/// Those of the serializer.
pub fn serialize<T: Fixed, S: Serializer>(list: &[T], serializer: S) -> Result<S::Ok, S::Error> {
    /// Most lists are of a sentence, and short.
    const SHORT: usize = 256;
    let length = list.len() * T::SIZE;
    let (mut short, mut long) = ([0; SHORT], Vec::new());
    let bytes = if length <= SHORT {
        &mut short[..length]
    } else {
        long.resize(length, 0);
        &mut long[..]
    };
    list.iter().zip(bytes.chunks_exact_mut(T::SIZE)).for_each(|(item, place)| item.put(place));
    serializer.serialize_bytes(bytes)
}

/// Reads a list.
///
/// # Errors
/// The bytes are none of such a list.
pub fn deserialize<'de, T: Fixed, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
    deserializer.deserialize_bytes(Bytes(PhantomData))
}

struct Bytes<T>(PhantomData<fn() -> T>);

impl<T: Fixed> Visitor<'_> for Bytes<T> {
    type Value = Vec<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("a list of numbers")
    }

    fn visit_bytes<E: de::Error>(self, bytes: &[u8]) -> Result<Vec<T>, E> {
        let items = bytes.chunks_exact(T::SIZE);
        if !items.remainder().is_empty() {
            return Err(E::custom("no list of numbers"));
        }
        Ok(items.map(T::take).collect())
    }
}

#[cfg(test)]
mod tests {
    use serde::{Deserialize, Serialize};

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Lists {
        #[serde(with = "super")]
        hashes: Vec<u32>,
        #[serde(with = "super")]
        pairs: Vec<(u32, bool)>,
        #[serde(with = "super")]
        clauses: Vec<u16>,
    }

    #[test]
    fn lists_come_back_whatever_their_length() {
        for length in [0, 1, 3, 64, 65, 1_000] {
            let hashes: Vec<u32> = (0..length).map(|n: u32| n.wrapping_mul(0x9e37_79b9)).collect();
            let pairs = hashes.iter().map(|hash| (*hash, hash % 3 == 0)).collect();
            let lists = Lists { clauses: hashes.iter().map(|hash| *hash as u16).collect(), hashes, pairs };
            let bytes = postcard::to_allocvec(&lists).unwrap();
            assert_eq!(postcard::from_bytes::<Lists>(&bytes).unwrap(), lists);
            assert!(postcard::from_bytes::<Lists>(&bytes[..bytes.len() - 1]).is_err());
        }
        // A list of three bytes, of which none is whole.
        assert!(postcard::from_bytes::<Lists>(&[3, 0, 0, 0, 0, 0]).is_err());
    }
}
