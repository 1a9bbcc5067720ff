//! The best run of lines: where a page is thickest with prose of its own.

use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;

use super::features::is_sentence;
use super::survey::Survey;

/// The best run of lines (`[run]` of `rules/clean.toml`).
///
/// Body text extraction by maximum sum (Finn et al. 2001), on lines in place of tags.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Run {
    /// What the numbers are for.
    pub about: String,
    /// What a line costs that is no fresh sentence; a sentence earns its words.
    pub cost: f32,
    /// Fewest words of the run that is kept on a page that else would have no prose…
    pub brief_words: u32,
    /// …and the least share of the words of all such sentences on the page that it must hold.
    pub brief_share: f32,
}

/// The blocks with the largest sum of worth, in front of the readers' comments.
pub(crate) fn best_run(survey: &Survey, run: &Run) -> Range<usize> {
    let mut best = (0.0, 0..0);
    let (mut sum, mut start) = (0.0f32, 0);
    let end = survey.discussion().unwrap_or(survey.blocks.len());
    for (at, shape) in survey.shapes.shapes[..end].iter().enumerate() {
        let worth = if is_fresh(survey, at) { shape.words as f32 } else { -run.cost };
        if sum <= 0.0 {
            (sum, start) = (0.0, at);
        }
        sum += worth;
        if sum > best.0 {
            best = (sum, start..at + 1);
        }
    }
    best.1
}

/// A sentence that stands nowhere else, is neither named as furniture nor a caption, and has no headline glued to it.
fn is_fresh(survey: &Survey, at: usize) -> bool {
    let mark = &survey.marks[at];
    let own = mark.stories == 0 && mark.sources == 0 && mark.named.is_none() && !mark.credited;
    own && is_sentence(survey.shape(at)) && survey.shape(at).glued == 0
}

/// True when a sentence that is no caption is kept.
pub(crate) fn has_prose(survey: &Survey, kept: &[bool]) -> bool {
    (0..kept.len()).any(|at| kept[at] && is_sentence(survey.shape(at)) && !survey.marks[at].credited)
}

/// Drops what is no sentence under a heading of furniture behind the last sentence: a numbered list of other stories.
pub(crate) fn end_at_heading(survey: &Survey, kept: &mut [bool]) {
    let last = (0..kept.len()).rev().find(|at| kept[*at] && is_sentence(survey.shape(*at))).unwrap_or(kept.len());
    if let Some(heading) = (last..kept.len()).find(|at| survey.marks[*at].heads_furniture) {
        kept[heading..].fill(false);
    }
}

/// The sentences of a brief: a page where nothing reaches the least probability, and whose best run is nearly all the
/// fresh prose there is. On a page of teasers no run holds so much.
pub(crate) fn brief(survey: &Survey, run: &Run) -> Vec<usize> {
    let fresh = |range: Range<usize>| -> Vec<usize> { range.filter(|at| is_fresh(survey, *at)).collect() };
    let words = |blocks: &[usize]| blocks.iter().map(|at| survey.shape(*at).words).sum::<u32>();
    let (found, all) = (fresh(best_run(survey, run)), fresh(0..survey.blocks.len()));
    let enough = words(&found) >= run.brief_words && words(&found) as f32 >= run.brief_share * words(&all) as f32;
    if enough { found } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_under_a_heading_of_other_stories_is_no_part_of_the_article() {
        let rules: crate::clean::Rules = toml::from_str(crate::clean::Rules::BUILT_IN).unwrap();
        let sentence = "The night ferry will run for another year after the council voted on Tuesday.";
        let check = |last: &str, expected: &[bool]| {
            let text = format!("{sentence}\nMost read\n1. Painting thief gets four years\n{last}\n");
            let document = crate::document::Document { text, ..Default::default() };
            let survey = Survey::of(&document, &rules.line_counts(), &rules);
            let mut kept = [true, false, true, true];
            end_at_heading(&survey, &mut kept);
            assert_eq!(kept, expected, "{last}");
        };
        check("2. Two cats rescued", &[true, false, false, false]);
        check(sentence, &[true, false, true, true]);
    }

    #[test]
    fn a_brief_is_nearly_all_the_prose_of_its_page() {
        let rules: crate::clean::Rules = toml::from_str(crate::clean::Rules::BUILT_IN).unwrap();
        let run = &rules.tables.run;
        let sentence = |seed: &str, words: u32| format!("{}.\n", seed.repeat(words as usize).trim_end());
        let check = |lines: &[String], expected: &[usize]| {
            let document = crate::document::Document { text: lines.concat(), ..Default::default() };
            let survey = Survey::of(&document, &rules.line_counts(), &rules);
            assert!(!has_prose(&survey, &vec![false; survey.blocks.len()]));
            assert_eq!(brief(&survey, run), expected, "{lines:?}");
        };
        let (menu, own) = ("Home | News | Sport\n".to_owned(), sentence("quay ", run.brief_words));
        check(&[menu.clone(), own.clone(), menu.clone()], &[1]);
        check(&[menu.clone(), sentence("quay ", run.brief_words - 1), menu.clone()], &[]);
        let teasers: Vec<String> = ["pier ", "mole ", "dock "].map(|seed| sentence(seed, run.brief_words)).into();
        let page: Vec<String> =
            teasers.into_iter().flat_map(|teaser| [vec![teaser], vec![menu.clone(); 9]].concat()).collect();
        check(&page, &[]);
    }
}
