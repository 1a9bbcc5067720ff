//! Tags of parties and states behind a politician's name: `D-N.Y.`, `R-Ariz`.

use super::token::{Token, TokenKind};

/// Whether a word is such a tag: the letter of a party, a hyphen and a state.
pub fn is_party_tag(token: &Token) -> bool {
    const PARTIES: [&str; 3] = ["d", "r", "i"];
    /// Other names of that shape: `D-Day`.
    const NAMES: [&str; 1] = ["day"];
    // Of every word of a text it is asked, and few have a capital.
    let tag = || token.norm.split_once('-').filter(|(party, _)| PARTIES.contains(party));
    token.kind == TokenKind::Word
        && token.is_capitalised()
        && tag().is_some_and(|(_, state)| state.len() > 1 && !state.contains('-') && !NAMES.contains(&state))
}

#[cfg(test)]
mod tests {
    use super::is_party_tag;
    use crate::document::Span;
    use crate::text::tokenize;

    #[test]
    fn a_letter_and_a_state_are_a_tag() {
        for (word, expected) in
            [("D-N.Y.", true), ("R-Ariz", true), ("I-Maine", true), ("D-Day", false), ("r-value", false)]
        {
            assert_eq!(is_party_tag(&tokenize(word, Span::new(0, word.len()))[0]), expected, "{word}");
        }
    }
}
