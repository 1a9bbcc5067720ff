//! The stages one by one, for an engine of many machines that moves what they yield.
//!
//! [`crate::run`] drives the same functions over partitions on one machine. Here every stage is a pure function of one
//! document or one group; between stages travel postcard bytes under the version [`FORMAT`]:
//!
//! | from | to | travels | grouped by |
//! |---|---|---|---|
//! | count | extract | [`PageLines`](crate::clean::PageLines) of a source, at most 32 pages | source |
//! | extract | driver | [`Front`]: what stories and copies are recognised by | – |
//! | extract | copies | marks of a text | hash |
//! | copies | driver | [`Shared`](crate::matching::reprint::Shared): what two documents have in common | pair |
//! | extract | compare | [`Member`](crate::matching::group::Member): claims and statements | story |
//! | compare | driver | [`Piece`]: rows of tables and slots to score, a megabyte at a time | – |
//!
//! [`Edition`] is the driver's part: it groups documents by what is compact of them, scores, and publishes the same run
//! folder as a run on one machine.

mod copies;
mod document;
mod edition;
mod groups;
mod pieces;

pub use copies::{common, pair_up, scatter};
pub use document::{Extracted, Front, extract};
pub use edition::{Edition, Placement};
pub use groups::Groups;
pub use pieces::{Piece, pieces};

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::failure::Failure;

/// The version of the bytes that travel: two machines with different ones must not work together.
pub const FORMAT: u32 = 3;

/// A value as bytes.
///
/// # Errors
/// [`Failure::Fatal`] for what postcard cannot write.
pub fn packed<T: Serialize>(value: &T) -> Result<Vec<u8>, Failure> {
    postcard::to_allocvec(value).map_err(|error| Failure::Fatal(format!("a record cannot be sent: {error}")))
}

/// The value in bytes that another stage packed.
///
/// # Errors
/// [`Failure::Fatal`] when they are damaged, or of another version.
pub fn unpacked<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Failure> {
    let what = std::any::type_name::<T>();
    postcard::from_bytes(bytes)
        .map_err(|error| Failure::Fatal(format!("a {what} that was sent cannot be read: {error}")))
}

#[cfg(test)]
mod tests;
