//! What documents are to each other, as it is found. Most of it lies between documents that are never joined, and does
//! not matter then: so it waits on the disk until it is known which may be.

use std::path::Path;

use crate::failure::Failure;
use crate::store::Tape;

/// How alike two documents are, and which; below 0 they are pushed apart.
pub(super) type Pair = (f32, u32, u32);

/// Bytes of a pair.
const PAIR: usize = 12;
/// Pairs that are read back at once.
const SOME: usize = 1 << 12;

/// Pairs as they are found.
#[derive(Default)]
pub(super) struct Felt(Tape);

impl Felt {
    /// More than so many bytes of it wait in the file `path`.
    pub fn create(path: &Path, room: usize) -> Self {
        Self(Tape::create(path, room))
    }

    /// Takes some pairs.
    ///
    /// # Errors
    /// [`Failure::Output`] when the disk is full.
    pub fn push(&mut self, pairs: &[Pair]) -> Result<(), Failure> {
        self.0.push(&pairs.iter().flat_map(bytes_of).collect::<Vec<u8>>())
    }

    /// All was found.
    ///
    /// # Errors
    /// [`Failure::Output`] when the disk is full.
    pub fn finish(self) -> Result<Found, Failure> {
        Ok(Found(self.0.finish()?))
    }
}

/// All that was found.
pub(super) struct Found(Tape);

impl Found {
    /// Hands on one pair after the other.
    ///
    /// # Errors
    /// [`Failure::Fatal`] when they cannot be read back.
    pub fn each(&self, mut take: impl FnMut(Pair)) -> Result<(), Failure> {
        let (mut bytes, mut left) = (vec![0; PAIR * SOME], self.0.len() as usize);
        let mut reader = self.0.from(0)?;
        while left > 0 {
            let some = &mut bytes[..left.min(PAIR * SOME)];
            reader.read_exact(some).map_err(unreadable)?;
            some.chunks_exact(PAIR).map(pair_of).for_each(&mut take);
            left -= some.len();
        }
        Ok(())
    }
}

fn bytes_of((similarity, a, b): &Pair) -> impl Iterator<Item = u8> + use<> {
    [similarity.to_bits(), *a, *b].into_iter().flat_map(u32::to_le_bytes)
}

fn pair_of(bytes: &[u8]) -> Pair {
    let number = |at: usize| bytes[at..at + 4].iter().rev().fold(0, |number, byte| number << 8 | u32::from(*byte));
    (f32::from_bits(number(0)), number(4), number(8))
}

fn unreadable(error: std::io::Error) -> Failure {
    Failure::Fatal(format!("pairs of documents cannot be read back: {error}\n  run the same command again"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_back(felt: Felt) -> Vec<Pair> {
        let mut pairs = Vec::new();
        felt.finish().unwrap().each(|pair| pairs.push(pair)).unwrap();
        pairs
    }

    #[test]
    fn pairs_come_back_from_memory_or_disk() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("pairs");
        let pairs = [(0.4, 2, 3), (0.8, 0, 1), (-0.5, 0, 2), (0.2, 1, 70_000)];
        for mut felt in [Felt::default(), Felt::create(&path, 0), Felt::create(&path, 1 << 10)] {
            pairs.chunks(3).for_each(|some| felt.push(some).unwrap());
            assert_eq!(read_back(felt), pairs);
        }
        assert!(!path.exists());
    }

    #[test]
    fn many_pairs_come_back_in_pieces() {
        let mut felt = Felt::default();
        let pairs: Vec<Pair> = (1..=SOME as u16 + 3).map(|n| (f32::from(n), 0, 1)).collect();
        felt.push(&pairs).unwrap();
        assert_eq!(read_back(felt), pairs);
    }
}
