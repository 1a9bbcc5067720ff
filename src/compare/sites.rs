//! Two sites that one report knows both: what happened has several scenes.
//!
//! A soldier was shot at the memorial, the gunman in the parliament. Nobody asked where a certain thing happened, so
//! that the words around alone join two sites; a document that places something at the other site too tells of two.

use std::cell::RefCell;

use compact_str::CompactString;
use rustc_hash::{FxHashMap, FxHashSet};

use super::Book;
use super::crowd::is_unasked;
use super::kinship::is_told_by_many;
use super::rivals::Pair;
use super::words;
use crate::claim::{Location, Value};
use crate::matching::group::{Mention, Story};
use crate::text::Token;
use crate::text::stem::stem;

/// The words of the documents of a story whose sites stand against others, read once.
pub(super) struct Sites<'s> {
    story: &'s Story,
    book: &'s Book<'s>,
    /// By document, the stems of each sentence.
    sentences: RefCell<FxHashMap<u32, Vec<FxHashSet<CompactString>>>>,
}

impl<'s> Sites<'s> {
    pub fn of(story: &'s Story, book: &'s Book) -> Self {
        Self { story, book, sentences: RefCell::default() }
    }

    /// Why two sites are of two scenes. Of what an attribute asks for a report may know the other place for any reason,
    /// it was planned there; but a story that very many tell has many scenes.
    pub fn objection(&self, pair: &Pair) -> Option<&'static str> {
        let large = is_told_by_many(self.story, &self.book.compare.kinship);
        let scenes = large || is_unasked(self.story.claim(pair.a));
        let both = scenes && (self.knows(pair.a, pair.b) || self.knows(pair.b, pair.a));
        both.then_some("a document knows both places, and may tell of something at either")
    }

    /// Whether the document of a mention names the place of another anywhere.
    fn knows(&self, own: Mention, other: Mention) -> bool {
        let Value::Location(there) = &self.story.claim(other).value else { return false };
        let name = telling(there, self.book);
        let mut sentences = self.sentences.borrow_mut();
        let read = || self.story.member(own).statements.iter().map(|statement| stems(&statement.text)).collect();
        let sentences = sentences.entry(own.member).or_insert_with(read);
        sentences.iter().any(|sentence| name.iter().all(|word| sentence.contains(word)))
    }
}

fn stems(text: &str) -> FxHashSet<CompactString> {
    words(text).iter().map(|token| stem(&token.norm)).collect()
}

/// The stems of a place's name, but for those that many places have: "the *Canadian* Parliament *building*".
fn telling(place: &Location, book: &Book) -> Vec<CompactString> {
    let vague = &book.compare.verdict.vague_sites;
    let name = words(&place.name);
    let told = |token: &&Token| !vague.contains(&token.norm) && book.gazetteer.demonym(&token.norm).is_none();
    let mut telling: Vec<CompactString> = name.iter().filter(told).map(|token| stem(&token.norm)).collect();
    if telling.is_empty() {
        telling = name.iter().map(|token| stem(&token.norm)).collect();
    }
    telling
}

#[cfg(test)]
mod tests {
    use crate::compare::story::tests::contradictions;

    #[test]
    fn a_report_that_knows_both_sites_tells_of_two_scenes() {
        let own = "Rescuers laid out the injured passengers of the ferry in a gym.";
        let other = "Rescuers laid out the injured passengers of the ferry in a church.";
        assert_eq!(contradictions(own, other), "gym / church");
        let both = format!("{other} Children played in a gym nearby.");
        assert_eq!(contradictions(own, &both), "");
    }
}
