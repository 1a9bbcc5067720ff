//! What the rules know of a word, whatever stands around it: asked once for all the places where it stands.

use std::cell::RefCell;

use compact_str::CompactString;

use super::Rules;
use crate::text::Token;
use crate::text::recent::{Answers, mark, recent};

/// All that is asked of every word of a document.
#[derive(Clone, Debug)]
pub struct Known {
    /// The stem of its lemma.
    pub stem: CompactString,
    /// The number of that stem among those of anchors.
    pub anchor: u32,
    /// Its number among the words of opposites and provisos.
    pub number: u32,
    /// The hash of what it stands for, by which statements are compared.
    pub concept: u32,
    /// What it costs to get past it from a value to its neighbours.
    pub step: u32,
    /// Whether it says something: it is no function word, no mark, no number.
    pub content: bool,
    /// Whether it may turn what is told; see [`Rules::turning`].
    pub turning: bool,
}

thread_local! {
    static KNOWN: Answers<Known> = const { RefCell::new(Vec::new()) };
}

impl Known {
    fn of(token: &Token, rules: &Rules) -> Self {
        let stem = rules.anchor.lemma_stem(&token.norm);
        Self {
            anchor: rules.anchors().number(&stem),
            number: rules.opposites().number(&token.norm),
            concept: rules.open.concepts.hash(&stem),
            step: rules.distance.cost(std::slice::from_ref(token), false),
            content: rules.open.is_content(token),
            turning: rules.turning().contains(&token.norm) || token.norm.ends_with("n't"),
            stem,
        }
    }
}

/// What the rules know of each token.
pub fn known(tokens: &[Token], rules: &Rules) -> Vec<Known> {
    let seed = rules.seed();
    // A mark and a word of one form are different things.
    let of = |token: &Token| {
        recent(&KNOWN, mark(seed ^ token.kind as u64, &token.norm), || Known::of(token, rules), Known::clone)
    };
    tokens.iter().map(of).collect()
}
