//! A story's rows in pieces: one of many documents has more rows than a single record should carry through an engine.

use postcard::ser_flavors::Size;
use serde::{Deserialize, Serialize};

use crate::run::rows::StoryRows;

/// Bytes of a piece, unless a single row is larger.
const ROOM: usize = 1 << 20;

/// Some rows of a story on their way to the driver.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Piece {
    /// Documents of the story; told by its first piece, 0 in the others.
    pub members: u64,
    /// Pieces of the story; told by its first piece, 0 in the others.
    pub pieces: u64,
    /// The rows.
    pub rows: StoryRows,
}

/// The rows of a story of so many documents, in one piece or as many as they need.
pub fn pieces(rows: StoryRows, members: u64) -> Vec<Piece> {
    let rows = if size(&rows) > ROOM { cut_up(rows) } else { vec![rows] };
    let count = rows.len() as u64;
    let mut pieces: Vec<Piece> = rows.into_iter().map(|rows| Piece { rows, ..Piece::default() }).collect();
    if let Some(first) = pieces.first_mut() {
        (first.members, first.pieces) = (members, count);
    }
    pieces
}

fn cut_up(rows: StoryRows) -> Vec<StoryRows> {
    let StoryRows { pairs, claims, slots, losses, turned_down, cut } = rows;
    let mut pieces = vec![StoryRows { turned_down, cut, ..StoryRows::default() }];
    pieces.extend(runs(pairs).map(|pairs| StoryRows { pairs, ..StoryRows::default() }));
    pieces.extend(runs(claims).map(|claims| StoryRows { claims, ..StoryRows::default() }));
    pieces.extend(runs(slots).map(|slots| StoryRows { slots, ..StoryRows::default() }));
    pieces.extend(runs(losses).map(|losses| StoryRows { losses, ..StoryRows::default() }));
    pieces
}

/// Rows in runs that fit into a piece.
fn runs<T: Serialize>(rows: Vec<T>) -> impl Iterator<Item = Vec<T>> {
    let mut rows = rows.into_iter().peekable();
    std::iter::from_fn(move || {
        let mut run = vec![rows.next()?];
        let mut bytes = size(&run);
        while let Some(row) = rows.next_if(|row| bytes + size(row) <= ROOM) {
            bytes += size(&row);
            run.push(row);
        }
        Some(run)
    })
}

/// Bytes of a value once it is packed; a value that cannot be packed is told when it is.
fn size<T: Serialize + ?Sized>(value: &T) -> usize {
    postcard::serialize_with_flavor(value, Size::default()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::tables::{Claim, Pair};

    fn rows(count: usize) -> StoryRows {
        let pair =
            |n: usize| Pair { disagreement_id: format!("d{n}").into(), text_a: "x".repeat(3000), ..Pair::default() };
        let claim = |n: usize| Claim { mention_id: format!("m{n}").into(), ..Claim::default() };
        StoryRows {
            pairs: (0..count).map(pair).collect(),
            claims: (0..count).map(claim).collect(),
            turned_down: [("same-slot".into(), 7)].into(),
            ..StoryRows::default()
        }
    }

    /// The pieces put together again.
    fn whole(pieces: Vec<Piece>) -> StoryRows {
        pieces.into_iter().fold(StoryRows::default(), |mut whole, Piece { rows, .. }| {
            whole.pairs.extend(rows.pairs);
            whole.claims.extend(rows.claims);
            rows.turned_down.into_iter().for_each(|(rule, count)| *whole.turned_down.entry(rule).or_default() += count);
            whole
        })
    }

    #[test]
    fn a_small_story_travels_whole_and_a_large_one_in_pieces_that_lose_nothing() {
        for (count, expected) in [(0, 1), (10, 1), (1000, 5)] {
            let pieces = pieces(rows(count), 12);
            assert_eq!(pieces.len(), expected, "{count}");
            assert_eq!((pieces[0].members, pieces[0].pieces), (12, expected as u64));
            assert!(pieces[1..].iter().all(|piece| (piece.members, piece.pieces) == (0, 0)));
            assert!(pieces.iter().all(|piece| size(piece) < ROOM + (1 << 10)));
            assert_eq!(whole(pieces), rows(count));
        }
    }

    #[test]
    fn a_row_that_is_too_large_travels_alone() {
        let row = |size: usize| Pair { text_a: "x".repeat(size), ..Pair::default() };
        let pairs = vec![row(10), row(ROOM * 2), row(10)];
        assert_eq!(runs(pairs).map(|run| run.len()).collect::<Vec<_>>(), [1, 1, 1]);
    }
}
