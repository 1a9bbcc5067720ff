//! The words right beside a value, by which two figures or words are told apart.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use super::words;
use crate::claim::Claim;
use crate::rules::Words;
use crate::text::Token;

/// The words of a claim's sentence in front of its value and those behind it, read once they are asked.
pub(super) struct Nearby<'c> {
    claim: &'c Claim,
    front: OnceCell<Vec<Token>>,
    behind: OnceCell<Vec<Token>>,
}

impl<'c> Nearby<'c> {
    pub fn of(claim: &'c Claim) -> Self {
        Self { claim, front: OnceCell::new(), behind: OnceCell::new() }
    }

    /// The words in front, nearest first.
    fn front(&self) -> &[Token] {
        self.front.get_or_init(|| {
            let mut front = words(self.claim.text.get(..self.place(self.claim.value_span.start)).unwrap_or_default());
            front.reverse();
            front
        })
    }

    /// The words behind, nearest first.
    pub fn behind(&self) -> &[Token] {
        let read = || words(self.claim.text.get(self.place(self.claim.value_span.end)..).unwrap_or_default());
        self.behind.get_or_init(read)
    }

    /// Where a place of the document lies in the sentence.
    fn place(&self, offset: u32) -> usize {
        offset.saturating_sub(self.claim.span.start) as usize
    }

    /// All words on either side that are listed.
    pub fn listed(&self, listed: &Words) -> BTreeSet<&str> {
        let words = self.front().iter().chain(self.behind()).map(|token| token.norm.as_str());
        words.filter(|word| listed.contains(word)).collect()
    }

    /// Whether one of the nearest words in front is listed.
    pub fn has_in_front(&self, near: usize, listed: &Words) -> bool {
        self.front().iter().take(near).any(|token| listed.contains(&token.norm))
    }

    /// The word right in front.
    pub fn previous(&self) -> Option<&str> {
        self.front().first().map(|token| token.norm.as_str())
    }

    /// The word right behind.
    pub fn next(&self) -> Option<&str> {
        self.behind().first().map(|token| token.norm.as_str())
    }

    /// Whether one of the nearest words behind is listed.
    pub fn has_behind(&self, near: usize, listed: &Words) -> bool {
        self.behind().iter().take(near).any(|token| listed.contains(&token.norm))
    }

    /// Whether the words right behind begin with one of the first list and one of the second.
    pub fn continues(&self, first: &Words, second: &Words) -> bool {
        let listed = |at: usize, words: &Words| self.behind().get(at).is_some_and(|t| words.contains(&t.norm));
        listed(0, first) && listed(1, second)
    }
}

#[cfg(test)]
mod tests {
    use crate::compare::story::tests::contradictions;

    #[test]
    fn what_stands_beside_a_value_tells_of_what_it_is() {
        for (left, right, expected) in [
            // A sum of several, and one of them.
            ("Holm scored 31 goals in 54 games.", "Holm scored 31 goals in a combined 157 games.", ""),
            // A quarter of a year, and the whole of it.
            (
                "The airline's quarterly loss came to $37 million.",
                "In the whole year the airline's loss came to $52 million.",
                "",
            ),
            (
                "The airline's quarterly loss was $37 million.",
                "The airline's loss in the third quarter was $52 million.",
                "$37 million / $52 million",
            ),
            // Days of work, and the hours of them; 48 hours are days.
            (
                "The strike of the bakers lasted 48 hours.",
                "The strike of the bakers lasted six days.",
                "48 hours / six days",
            ),
            ("The jury deliberated for four days.", "The jury deliberated for 30 hours.", ""),
            ("The jury deliberated for four days.", "The jury deliberated for six days.", "four days / six days"),
            // What it was before.
            (
                "The jobless rate of the county fell to 8.1 percent from 8.3 percent.",
                "The jobless rate of the county fell to 7.9 percent.",
                "8.1 percent / 7.9 percent",
            ),
            // What it was at a moment.
            ("Winds of 125 mph were measured at the pier.", "The winds at the pier have dropped to 115 mph.", ""),
            // Some of them only.
            ("A total of 17,864 votes were cast.", "A total of 3,120 ballots had been cast in advance.", ""),
            ("A total of 17,864 votes were cast.", "A total of 13,120 ballots had been cast.", "17,864 / 13,120"),
            // Those on top of others.
            ("Police arrested 22 officers of the port.", "Police arrested an additional 14 officers of the port.", ""),
            ("Police arrested 22 officers of the port.", "Police arrested 14 more officers of the port.", ""),
            ("Police arrested 22 officers of the port.", "Police arrested 14 officers of the port.", "22 / 14"),
            // A length, and how long until something.
            ("The film of the fire lasted five minutes.", "The film of the fire was removed after 20 minutes.", ""),
            // A certain model, and any.
            ("The new watch will cost $500.", "The cheapest new watch will cost $350.", ""),
            ("The new watch will cost $500.", "The new watch will cost $350.", "$500 / $350"),
            // Both in one sentence.
            ("The tram was heading north.", "One tram was heading north, another south.", ""),
            // What is counted anew with every look.
            ("The film of the fire has 4,044 likes.", "The film of the fire has attracted 3,000 likes.", ""),
            // What something is only like.
            (
                "Both men wore orange shirts in the film.",
                "Both men wore orange uniforms in the film.",
                "shirts / uniforms",
            ),
            (
                "Both men wore orange shirts in the film.",
                "Both men in the film were clad in an allusion to the uniforms of the camp.",
                "",
            ),
            // What had been before.
            ("Holm pleaded guilty.", "Holm had pleaded not guilty.", ""),
            ("Holm pleaded guilty.", "Holm pleaded not guilty.", "pleaded guilty / pleaded not guilty"),
            // What somebody has is told of now.
            ("The robber was carrying a gun.", "The robber had no gun.", "was carrying a gun / had no gun"),
            // The age that somebody had when something happened.
            ("Nia Lund, 32, was a singer.", "Nia Lund was 12 when she came to Oslo.", ""),
            ("Nia Lund, 32, was a singer.", "Nia Lund, 38, was a singer.", "32 / 38"),
            // Persons of other ages.
            ("A 36-year-old climber fell 60 metres.", "A climber in his early 20s fell 90 metres.", ""),
            ("A 36-year-old climber fell 60 metres.", "The climber fell 90 metres.", "60 metres / 90 metres"),
            ("A woman of 61 died on Sunday.", "Sixteen-year-old Nia Lund climbed out on Sunday.", ""),
            // Some of those that are counted.
            ("There were 49 people aboard the coach.", "Six of those aboard the coach have died.", ""),
            ("There were 49 people aboard the coach.", "There were 46 people aboard the coach.", "49 / 46"),
            // Days of the year that lie far apart.
            ("The fire broke out on March 3.", "The fire broke out on June 20.", ""),
            ("The fire broke out on March 3.", "The fire broke out on March 5.", "March 3 / March 5"),
            // The day of the telling.
            ("The fire broke out on Friday.", "Officials said Saturday the fire had been lit.", ""),
            ("The fire broke out on Friday.", "Officials confirmed the fire on Saturday.", ""),
            ("The fire broke out on Friday.", "Officials on Saturday said the fire had broken out.", ""),
            ("The fire broke out on Friday.", "The mill on Saturday released pictures of how the fire broke out.", ""),
            ("The fire broke out on Friday.", "The fire broke out on Saturday.", "Friday / Saturday"),
            // What the other tells too.
            (
                "Ada Holm left Oslo on March 12 and arrived in Bergen on March 17.",
                "Ada Holm arrived in Bergen on March 12.",
                "",
            ),
            (
                "The raid on the mill left 12 people wounded, police said.",
                "In three days of raids 17 people were wounded, 12 people of them in the raid on the mill, police said.",
                "",
            ),
            // A part of what its own sentence counts.
            (
                "In all ten pickets were arrested.",
                "Of those in the square 14 were arrested, seven of them pickets.",
                "",
            ),
        ] {
            assert_eq!(contradictions(left, right), expected, "{left} / {right}");
        }
    }
}
