//! Two sayings of one speaker: whoever prints the very words of another outlet's quotation, and beside them others that
//! are nearly the same, tells of two sayings and has changed neither.

use std::ops::Range;

use crate::text::Token;

/// Words beside those that differ which another quotation must have too: fewer stand in many sayings.
const NEAR: usize = 3;

/// Whether other quotations of the same document print all that differs in one quotation, with the words around it.
pub fn prints_too<'t>(
    (tokens, differing): (&[Token], Vec<Range<usize>>),
    others: impl Iterator<Item = &'t [Token]>,
) -> bool {
    let (own, others) = (words(tokens), others.map(words).collect::<Vec<_>>());
    let before = |at: usize| tokens[..at].iter().filter(|token| token.is_wordlike()).count();
    let printed =
        |run: &Range<usize>| others.iter().any(|other| holds(other, &own, before(run.start)..before(run.end)));
    !differing.is_empty() && differing.iter().all(printed)
}

/// Whether words of one saying stand in another between the same words; where there are none, whether the same words meet.
fn holds(other: &[&str], own: &[&str], run: Range<usize>) -> bool {
    let same = |(x, y): &(&&str, &&str)| x == y;
    let ends = (0..=other.len()).filter_map(|from| Some((from, from.checked_add(run.len())?)));
    ends.filter(|(_, to)| *to <= other.len()).any(|(from, to)| {
        let before = other[..from].iter().rev().zip(own[..run.start].iter().rev()).take_while(same).count();
        let behind = other[to..].iter().zip(&own[run.end..]).take_while(same).count();
        let meet = !run.is_empty() || before > 0 && behind > 0;
        other[from..to] == own[run.clone()] && before + behind >= NEAR && meet
    })
}

fn words(tokens: &[Token]) -> Vec<&str> {
    tokens.iter().filter(|token| token.is_wordlike()).map(|token| token.norm.as_str()).collect()
}

#[cfg(test)]
mod tests {
    use crate::compare::story::tests::contradictions;

    #[test]
    fn one_who_prints_both_wordings_changed_neither() {
        let first = "\"I don't see any reason why it would be the ferry,\" Holm said on Monday.";
        let second = "\"The sentence should be: I don't see any reason why it wouldn't be the ferry,\" Holm said.";
        assert_ne!(contradictions(first, second), "");
        let both = format!("{second} He had told the crew: \"I don't see any reason why it would be the ferry.\"");
        assert_eq!(contradictions(first, &both), "");
        assert_eq!(contradictions(&both, first), "");
    }

    #[test]
    fn sentences_that_share_a_clause_are_two_sayings() {
        let heard = "\"We are deeply worried that so many simple errors were made by the crew on one of the oldest boats, \
                     after the owner had been told of the leak,\" Holm said.";
        let report = "\"That so many simple errors were made by the crew on one of the oldest boats that the owner had \
                      been told of raised questions about the harbour,\" the report said.";
        assert_eq!(contradictions(heard, report), "");
    }

    #[test]
    fn a_negation_turns_what_both_say() {
        for (left, right) in [
            // In front of what both say.
            (
                "\"Our island would not be granted access to the common market of the coast,\" Holm said.",
                "Our island would \"continue to be denied access to the common market of the coast,\" Holm said.",
            ),
            // A few words of longer sayings.
            (
                "\"There is no harm in the words that the harbour master is asking for,\" Holm said.",
                "\"The harbour master is not asking you to leave,\" Holm said.",
            ),
            // Another verb.
            (
                "\"They must respect the dignity of sailors and not break with the rights of others,\" Holm said.",
                "\"They must respect the dignity of sailors and the rights of others,\" Holm said.",
            ),
            (
                "\"The No. 1 goal of our crew is a safe boat,\" Holm said.",
                "\"The number one goal of our crew is a safe boat,\" Holm said.",
            ),
        ] {
            assert_eq!(contradictions(left, right), "", "{left} / {right}");
        }
        let told =
            |verb: &str| format!("\"The owner of the ferry {verb} what the crew had seen that night,\" Holm said.");
        assert_ne!(contradictions(&told("did know"), &told("did not know")), "");
    }

    #[test]
    fn a_reporter_who_breaks_in_says_nothing_of_the_quotation() {
        let whole =
            "Holm, who owns the ferry, said: “We lost two great boats today, but it could have been a lot worse.”";
        let split = "“We lost two great boats today,\" Holm, the owner of the old ferry and of three \
                     other ones, said, \"but it could have been a lot worse.”";
        assert_eq!(contradictions(whole, split), "");
        let told = "\"They gave the young sailor a bed so that he can live in the harbour\" without \"fear of the sea,\" Holm said.";
        for dots in ["…", "..."] {
            let elided = format!(
                "\"They gave the young sailor a bed so that he can live (without) {dots} fear of the sea,\" Holm said."
            );
            assert_eq!(contradictions(&elided, told), "");
        }
        let next = |word: &str| {
            format!(
                "“Ask who is to blame and I say it is me.\n\nIt is my job to make sure {word} is brought home today,” Holm said."
            )
        };
        assert_ne!(contradictions(&next("every boat"), &next("every crate")), "");
    }

    #[test]
    fn a_few_words_of_two_speakers_are_two_sayings() {
        let said = |name: &str, word: &str| format!("{name} called it \"nothing short of {word}.\"");
        assert_eq!(contradictions(&said("Nils Holm", "slavery"), &said("Clara Lind", "robbery")), "");
        assert_eq!(contradictions(&said("Nils Holm", "treason"), &said("Nils Holm", "treasonous")), "");
    }
}
