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

#[cfg(test)]
mod tests {
    use crate::compare::story::tests::findings;
    use crate::comparison::Verdict;

    #[test]
    fn what_a_report_of_a_hoax_tells_stands_against_nothing() {
        let contradicts = |texts: [&str; 2]| findings(&texts).iter().any(|f| f.verdict == Verdict::Contradicts);
        let denied = "The pilots never declared an emergency over the sea.";
        let told = "The pilots declared an emergency over the sea.";
        assert!(contradicts([told, denied]));
        let hoax = format!("{told} The post was a hoax, its author admitted.");
        assert!(!contradicts([&hoax, denied]));
    }
}
