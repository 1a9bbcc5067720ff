//! The words right beside a value, by which two figures or words are told apart.

use crate::claim::Claim;
use crate::compare::words;
use crate::rules::Words;
use crate::text::Token;

/// The words of a claim's sentence in front of its value, nearest first, and those behind it.
pub(super) struct Beside {
    front: Vec<Token>,
    behind: Vec<Token>,
}

impl Beside {
    pub fn of(claim: &Claim) -> Self {
        let at = |offset: u32| offset.saturating_sub(claim.span.start) as usize;
        let mut front = words(claim.text.get(..at(claim.value_span.start)).unwrap_or_default());
        front.reverse();
        Self { front, behind: words(claim.text.get(at(claim.value_span.end)..).unwrap_or_default()) }
    }

    /// Whether one of the nearest words in front is listed.
    pub fn has_in_front(&self, near: usize, listed: &Words) -> bool {
        self.front.iter().take(near).any(|token| listed.contains(&token.norm))
    }

    /// Whether one of the nearest words behind is listed.
    pub fn has_behind(&self, near: usize, listed: &Words) -> bool {
        self.behind.iter().take(near).any(|token| listed.contains(&token.norm))
    }

    /// Whether the words right behind begin with one of the first list and one of the second.
    pub fn continues(&self, first: &Words, second: &Words) -> bool {
        let listed = |at: usize, words: &Words| self.behind.get(at).is_some_and(|t| words.contains(&t.norm));
        listed(0, first) && listed(1, second)
    }
}
