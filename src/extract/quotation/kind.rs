//! Whole clauses, fragments, and words in marks that nobody said.

use super::QuotationKind;
use super::speaker::Neighbourhood;
use crate::text::{Token, TokenKind};

impl Neighbourhood<'_> {
    /// The kind of the quotation; `told` when a cue stands right beside it.
    pub fn kind(&self, told: bool) -> QuotationKind {
        let inner = &self.ground.reading.tokens[self.quoted.inner.clone()];
        let words = inner.iter().filter(|t| t.is_wordlike()).count();
        let stopped = inner.last().is_some_and(is_stop);
        let whole = stopped || self.opens_like_a_sentence(inner);
        if whole && told || stopped && words > self.ground.rules.scare_words {
            return QuotationKind::Direct;
        }
        if words <= self.ground.rules.scare_words || self.is_title(inner, words) || self.is_nickname() {
            return QuotationKind::Scare;
        }
        if whole && self.starts_sentence() { QuotationKind::Direct } else { QuotationKind::Mixed }
    }

    /// True when the quotation begins with a capital behind a comma, a colon or nothing.
    fn opens_like_a_sentence(&self, inner: &[Token]) -> bool {
        let capital = inner.iter().find(|t| t.is_wordlike()).is_some_and(|t| t.is_capitalised());
        capital && (self.starts_sentence() || self.char_before().is_some_and(|t| t.is(",") || t.is(":")))
    }

    fn char_before(&self) -> Option<&Token> {
        let open = self.quoted.open;
        (open > self.paragraph().start).then(|| &self.ground.reading.tokens[open - 1])
    }

    /// True when nothing of the sentence stands before the quotation.
    pub fn starts_sentence(&self) -> bool {
        let sentence = &self.ground.reading.sentences[self.sentence_of(self.quoted.open)];
        self.quoted.open <= sentence.tokens.start || self.before == Some(self.quoted.open)
    }

    /// Capitals on every word but the small ones, without a final mark.
    fn is_title(&self, inner: &[Token], words: usize) -> bool {
        let large = |t: &Token| t.is_capitalised() || self.ground.rules.small_in_titles.contains(&t.norm);
        let mut said = inner.iter().filter(|t| t.kind == TokenKind::Word);
        words <= self.ground.rules.title_words
            && !self.ground.reading.tokens[self.quoted.inner.start].norm.is_empty()
            && said.all(large)
            && inner.first().is_some_and(|t| t.is_capitalised() || t.kind == TokenKind::Number)
    }

    /// John “Jack” Doe.
    fn is_nickname(&self) -> bool {
        let after =
            self.ground.reading.tokens.get(self.quoted.after).filter(|_| self.quoted.after < self.paragraph().end);
        let name = |t: &Token| t.kind == TokenKind::Word && t.is_capitalised();
        self.quoted.inner.len() <= 3 && self.char_before().is_some_and(name) && after.is_some_and(name)
    }
}

fn is_stop(token: &Token) -> bool {
    matches!(token.norm.as_str(), "." | "," | "!" | "?" | "\u{2026}" | "-")
}
