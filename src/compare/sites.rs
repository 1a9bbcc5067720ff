//! Two sites that one report knows both: what happened has several scenes.
//!
//! A soldier was shot at the memorial, the gunman in the parliament. Nobody asked where a certain thing happened, so
//! that the words around alone join two sites; a document that places something at the other site too tells of two.

use super::crowd::is_unasked;
use super::rivals::Pair;
use super::words;
use crate::claim::{Location, Value};
use crate::matching::group::{Mention, Story};
use crate::text::fold;

/// Why two sites are of two scenes. Of what an attribute asks for a report may know the other place for any reason: it
/// was planned there.
pub(super) fn objection(story: &Story, pair: &Pair) -> Option<&'static str> {
    let both = is_unasked(story.claim(pair.a)) && (knows(story, pair.a, pair.b) || knows(story, pair.b, pair.a));
    both.then_some("a document knows both places, and may tell of something at either")
}

/// Whether the document of a mention names the place of another anywhere.
fn knows(story: &Story, own: Mention, other: Mention) -> bool {
    let Value::Location(there) = &story.claim(other).value else { return false };
    let name = name(there);
    story.member(own).statements.iter().any(|statement| {
        let text: Vec<_> = words(&statement.text).into_iter().map(|token| token.norm).collect();
        text.windows(name.len()).any(|window| window == name)
    })
}

/// The folded words of a place.
fn name(place: &Location) -> Vec<compact_str::CompactString> {
    words(&fold(&place.name)).into_iter().map(|token| token.norm).collect()
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
