//! Reports that tell of a report that is not so.
//!
//! Whoever writes that a hoax "said the singer was dead" affirms nothing: that it was a hoax stands in another sentence.

use crate::compare::words;
use crate::matching::group::Story;
use crate::rules::Words;

/// Whether a document calls anything it reports a hoax, a rumour, or false.
pub fn refutes(story: &Story, member: u32, refuting: &Words) -> bool {
    let statements = &story.members[member as usize].statements;
    statements.iter().any(|statement| words(&statement.text).iter().any(|token| refuting.contains(&token.norm)))
}
