//! Passages that a document shares with one of another unit: what is told inside is that unit's evidence.

use serde::{Deserialize, Serialize};

use crate::document::Span;
use crate::reading::{Reading, Role};

/// Where a sentence stands in the words that are fingerprinted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Its first byte.
    pub start: u32,
    /// How many such words stand before it.
    pub word: u32,
}

/// A passage of a document whose text is another unit's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Borrowed {
    /// Its first word, counted in the words that are fingerprinted.
    pub first: u32,
    /// The word behind its last.
    pub end: u32,
    /// The unit that it comes from.
    pub unit: u32,
    /// Words in and near it that are figures of the document's own: whoever changes a figure tells what nobody told before.
    pub own: Vec<u32>,
}

/// The places of the sentences that are fingerprinted; `quoted` says of a token whether it is quoted.
pub fn places(reading: &Reading, quoted: impl Fn(usize) -> bool) -> Vec<Place> {
    let mut word = 0;
    let place = |sentence: &crate::reading::Sentence| {
        let place = Place { start: sentence.span.start, word };
        word += sentence.tokens.clone().filter(|at| reading.tokens[*at].is_wordlike() && !quoted(*at)).count() as u32;
        place
    };
    reading.sentences.iter().filter(|s| s.role == Role::Body).map(place).collect()
}

/// The unit that the sentence at `span` comes from: of the passages that hold half of it or more, the first one's in
/// which it gives no figure of its own.
pub fn unit_at(places: &[Place], borrowed: &[Borrowed], span: Span) -> Option<u32> {
    let behind = places.partition_point(|place| place.start <= span.start);
    let first = places.get(behind.checked_sub(1)?)?.word;
    // The last sentence ends with the passage that reaches into it.
    let end = places.get(behind).map(|place| place.word);
    let holds = |passage: &&Borrowed| {
        let end = end.unwrap_or(passage.end.max(first));
        let shared = end.min(passage.end).saturating_sub(first.max(passage.first));
        2 * shared >= (end - first).max(1) || end == first && passage.first < first && first < passage.end
    };
    let sentence = first..end.unwrap_or(u32::MAX);
    let same = |passage: &&Borrowed| !passage.own.iter().any(|word| sentence.contains(word));
    borrowed.iter().filter(holds).find(same).map(|passage| passage.unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_belongs_to_the_passage_that_holds_half_of_it() {
        let places = [(0, 0), (100, 20), (200, 40), (300, 40), (400, 60)].map(|(start, word)| Place { start, word });
        let borrowed = [Borrowed { first: 30, end: 55, unit: 7, own: vec![] }];
        let check =
            |at: usize, expected| assert_eq!(unit_at(&places, &borrowed, Span::new(at, at + 9)), expected, "{at}");
        check(10, None);
        check(150, Some(7));
        check(200, Some(7));
        check(350, Some(7));
        check(401, None);
        assert_eq!(unit_at(&[], &borrowed, Span::new(0, 9)), None);
    }

    #[test]
    fn a_sentence_with_a_figure_of_its_own_is_nobody_elses() {
        let places = [(0, 0), (100, 20), (200, 40)].map(|(start, word)| Place { start, word });
        let borrowed = [(7, vec![25, 58]), (8, vec![])].map(|(unit, own)| Borrowed { first: 0, end: 60, unit, own });
        let check = |of: &[Borrowed], at: usize, expected| {
            assert_eq!(unit_at(&places, of, Span::new(at, at + 9)), expected, "{at}");
        };
        check(&borrowed[..1], 10, Some(7));
        check(&borrowed[..1], 150, None);
        check(&borrowed[..1], 250, None);
        check(&borrowed, 10, Some(7));
        check(&borrowed, 150, Some(8));
    }
}
