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
        let capital = inner.iter().find(|t| t.is_wordlike()).is_some_and(Token::is_capitalised);
        let many = words > self.ground.rules.scare_words;
        let whole = self.starts_sentence() && (stopped || told) || capital && self.is_introduced();
        let title = self.is_title(inner, words);
        let sentence = capital && many && !title && inner.last().is_some_and(|t| stopped && !t.is(","));
        let alone = stopped && self.starts_sentence() && inner.last().is_some_and(|t| !t.is(","));
        if whole && (told || many) || sentence || alone {
            return QuotationKind::Direct;
        }
        let name = words <= self.ground.rules.scare_words || title || self.is_nickname();
        if name { QuotationKind::Scare } else { QuotationKind::Mixed }
    }

    /// True behind a comma or a colon.
    fn is_introduced(&self) -> bool {
        self.char_before().is_some_and(|t| t.is(",") || t.is(":"))
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
