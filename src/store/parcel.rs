//! A value that is packed by itself: who only passes it on need not look into it.

use std::cell::Cell;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{self, DeserializeOwned, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{frame, packed};
use crate::failure::Failure;

/// A packed value; in a record it is its bytes.
#[derive(Clone, Debug)]
pub struct Parcel<T> {
    bytes: Vec<u8>,
    kind: PhantomData<fn() -> T>,
}

thread_local! {
    /// Where values are written down before they are packed.
    static ROOM: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

/// What few documents need is not kept.
const MOST: usize = 1 << 20;

impl<T: Serialize> Parcel<T> {
    /// Packs a value.
    ///
    /// # Errors
    /// [`Failure::Fatal`] for what cannot be written down.
    pub fn pack(value: &T) -> Result<Self, Failure> {
        let mut room = ROOM.take();
        room.clear();
        let written = postcard::to_extend(value, room).map_err(frame::unwritable)?;
        let bytes = packed::pack(&written);
        if written.len() <= MOST {
            ROOM.set(written);
        }
        Ok(Self { bytes, kind: PhantomData })
    }
}

impl<T: DeserializeOwned> Parcel<T> {
    /// The value; none where the bytes are damaged.
    pub fn unpack(&self) -> Option<T> {
        packed::unpack(&self.bytes, |bytes| postcard::from_bytes(bytes).ok()).ok()?
    }
}

impl<T> Serialize for Parcel<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.bytes)
    }
}

impl<'de, T> Deserialize<'de> for Parcel<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let bytes = deserializer.deserialize_byte_buf(Bytes)?;
        Ok(Self { bytes, kind: PhantomData })
    }
}

struct Bytes;

impl Visitor<'_> for Bytes {
    type Value = Vec<u8>;

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("bytes")
    }

    fn visit_bytes<E: de::Error>(self, bytes: &[u8]) -> Result<Vec<u8>, E> {
        Ok(bytes.to_vec())
    }

    fn visit_byte_buf<E: de::Error>(self, bytes: Vec<u8>) -> Result<Vec<u8>, E> {
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_passed_on_unopened_comes_out_as_it_went_in() {
        let parcel = Parcel::pack(&(7_u32, "ferry".to_owned())).unwrap();
        let passed: (u8, Parcel<(u32, String)>) = frame::value(&frame::bytes(&(1_u8, parcel)).unwrap()).unwrap();
        assert_eq!(passed.1.unpack(), Some((7, "ferry".to_owned())));
    }

    #[test]
    fn damaged_bytes_are_no_value() {
        let parcel = Parcel::<String> { bytes: vec![9, 9, 9], kind: PhantomData };
        assert_eq!(parcel.unpack(), None);
    }
}
