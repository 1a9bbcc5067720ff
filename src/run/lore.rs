//! What the stages go by: rules, words, places, and what people said. The same on every machine that takes part.

use crate::compare::Book;
use crate::extract::kit::Kit;
use crate::lexicon::Lexicon;
use crate::normalise::place::Gazetteer;
use crate::report::mask::Mask;
use crate::rules::RuleBook;
use crate::run::known::Known;
use crate::voices::Voices;

/// All that a pure stage may look at besides the documents it is given.
#[derive(Clone, Copy)]
pub struct Lore<'l> {
    /// The rules of all stages.
    pub book: &'l RuleBook,
    /// Where places lie.
    pub gazetteer: &'l Gazetteer,
    /// What words mean.
    pub lexicon: &'l Lexicon,
    /// Lists the pairs turned down.
    pub near_misses: bool,
    /// What is known beforehand.
    pub known: &'l Known,
    /// What people judged and sources replied.
    pub voices: &'l Voices,
    /// Hides the names of sources.
    pub mask: &'l Mask,
}

impl<'l> Lore<'l> {
    /// The built-in places, under the rules and words of `book`.
    pub fn new(
        book: &'l RuleBook,
        (known, voices): (&'l Known, &'l Voices),
        mask: &'l Mask,
        near_misses: bool,
    ) -> Self {
        let (gazetteer, lexicon) = (Gazetteer::builtin(), &book.lexicon);
        Self { book, gazetteer, lexicon, near_misses, known, voices, mask }
    }

    /// What extracting needs.
    pub fn kit(&self) -> Kit<'l> {
        Kit::new(&self.book.extract, &self.book.normalise, self.lexicon, self.gazetteer)
    }

    /// What comparing needs.
    pub fn compare_book(&self) -> Book<'l> {
        let RuleBook { matching, compare, extract, .. } = self.book;
        let (lexicon, gazetteer, near_misses) = (self.lexicon, self.gazetteer, self.near_misses);
        Book { matching, compare, extract, lexicon, gazetteer, near_misses }
    }
}
