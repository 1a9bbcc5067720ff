//! What something is only likened to: "clad in orange, similar to the uniforms of the prisoners".

use super::Rules;
use super::annotations::Annotations;
use crate::reading::Sentence;

/// Tokens between the likening and what it is to.
const REACH: usize = 5;

/// Whether what begins at a token was not there itself: something is similar to it, or an allusion to it.
pub fn is_likened(start: usize, sentence: &Sentence, notes: &Annotations, rules: &Rules) -> bool {
    let tokens = &notes.reading.tokens;
    let from = start.saturating_sub(REACH).max(sentence.tokens.start);
    let mut near = (from..start).rev().take_while(|at| !rules.distance.ends_clause(&tokens[*at]));
    near.any(|at| {
        let opens = tokens[at + 1].is("to") || tokens[at + 1].is("of");
        opens && rules.binding.likening.contains(&tokens[at].norm)
    })
}
