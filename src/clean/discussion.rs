//! Readers' comments under a heading of their own, however long they are.

use super::features::is_sentence;
use super::survey::Survey;
use super::tables;

/// How far below the heading the first name or time stands, and how far two more.
const FIRST: usize = 3;
const THIRD: usize = 40;
/// Fewest words of a sentence that tells that something was there to comment on.
const TOLD: u32 = 25;

/// The heading of the comments: behind a sentence of some length, and names, days or times of day follow it at once and
/// twice again, with something said between them.
pub(crate) fn discussion(survey: &Survey) -> Option<usize> {
    let count = survey.blocks.len();
    let told = (0..count).find(|at| is_sentence(survey.shape(*at)) && survey.shape(*at).words >= TOLD)?;
    let is_stamp = |at: &usize| survey.marks[*at].stamped;
    let near = |from: usize, most: usize| (from + 1)..(from + 1 + most).min(count);
    let comments = |from: usize| near(from, THIRD).filter(|at| is_stamp(at) && !is_stamp(&(at - 1))).count();
    (told..count)
        .find(|at| heads_comments(survey, *at) && near(*at, FIRST).any(|at| is_stamp(&at)) && comments(*at) > 2)
}

fn heads_comments(survey: &Survey, at: usize) -> bool {
    let mark = &survey.marks[at];
    mark.is_named() && mark.named.is_some_and(|(_, kind)| kind == tables::COMMENTS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::Rules;
    use crate::document::Document;

    #[test]
    fn a_thread_of_comments_begins_at_its_heading() {
        let rules: Rules = toml::from_str(Rules::BUILT_IN).unwrap();
        let told = "The council voted on Tuesday to keep the night ferry for another year, although the company that \
                    runs it had asked for twice the money that it was paid before.";
        let said = "I have taken that ferry every week, and nobody ever asked me what I think of it or of its times.";
        let comment = |name: &str| format!("{name} on March {}, 2025 at 4:47 pm said:\n{said}\n", name.len());
        let comments = ["Ada", "Bert", "Celia"].map(comment).concat();
        let check = |text: String, expected: Option<usize>| {
            let document = Document { text, ..Document::default() };
            let survey = Survey::of(&document, &rules.line_counts(), &rules);
            assert_eq!(discussion(&survey), expected, "{}", document.text);
        };
        check(format!("Night ferry stays\n{told}\nComments\n{comments}"), Some(2));
        check(format!("{told}\n3 responses to \u{201C}Night ferry stays\u{201D}\n{comments}"), Some(1));
        check(format!("Comments\nMarch 3, 2025\n4:47 pm\n{told}\n{told}\nMarch 4, 2025\n"), None);
        check(format!("{told}\n12 Comments\nMarch 3, 2025\nUpdated March 4, 2025\n{told}\n{told}\n"), None);
    }
}
