//! A front page as plain text: headlines, each with a sentence or two of another story, and no article.

use rustc_hash::{FxHashMap, FxHashSet};
use schemars::JsonSchema;
use serde::Deserialize;

use super::roles::is_open;
use super::shape::End;
use super::survey::Survey;

/// How a front page is told (`[front]` of `rules/clean.toml`).
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Front {
    /// What the numbers are for.
    pub about: String,
    /// Fewest stubs: a headline with a block or two of prose.
    pub stubs: usize,
    /// Most words of the prose of a stub.
    pub stub_words: u32,
    /// Most words of a headline.
    pub headline_words: u32,
    /// Fewest words of a block that tells something.
    pub told_words: u32,
    /// Least share of the words of all prose that stands in stubs.
    pub share: f32,
    /// Most of the topic words of a stub that another stub has, as a mean share.
    pub topical: f32,
}

/// The rule that sets such lines aside.
pub(crate) const RULE: &str = "front";

/// Whether these are the stubs of a front page: nearly all prose stands in few words under headlines, and each
/// stub tells of something else. The parts of an article and the posts of a live blog keep naming what they are about.
pub(crate) fn is_front(survey: &Survey, front: &Front) -> bool {
    let tells = |at: &usize| {
        let (mark, shape) = (&survey.marks[*at], survey.shape(*at));
        mark.named.is_none() && shape.words >= front.told_words && shape.end != End::Open
    };
    let told: Vec<usize> = (0..survey.blocks.len()).filter(tells).collect();
    let groups: Vec<&[usize]> = told.chunk_by(|a, b| a + 1 == *b).collect();
    let words = |group: &[usize]| group.iter().map(|at| survey.shape(*at).words).sum::<u32>();
    let is_headline = |at: usize| {
        let count = survey.shape(at).words;
        (3..=front.headline_words).contains(&count) && is_open(survey, at)
    };
    let is_stub = |group: &&[usize]| {
        group.len() <= 2 && words(group) <= front.stub_words && group[0] > 0 && is_headline(group[0] - 1)
    };
    let stubs: Vec<&[usize]> = groups.into_iter().filter(is_stub).collect();
    let in_stubs: u32 = stubs.iter().map(|group| words(group)).sum();
    let mostly = in_stubs as f32 >= front.share * words(&told) as f32;
    stubs.len() >= front.stubs && mostly && topical(survey, &stubs) <= front.topical
}

/// Share of the topic words of a stub, its headline with it, that another one has; the mean of all stubs.
fn topical(survey: &Survey, stubs: &[&[usize]]) -> f32 {
    let topics = |stub: &&[usize]| -> FxHashSet<u32> {
        (stub[0] - 1..=stub[stub.len() - 1]).flat_map(|at| survey.topics(at)).copied().collect()
    };
    let topics: Vec<FxHashSet<u32>> = stubs.iter().map(topics).collect();
    let mut stubs_with = FxHashMap::default();
    topics.iter().flatten().for_each(|topic| *stubs_with.entry(*topic).or_insert(0) += 1);
    let share = |own: &FxHashSet<u32>| {
        own.iter().filter(|topic| stubs_with[*topic] > 1).count() as f32 / own.len().max(1) as f32
    };
    topics.iter().map(share).sum::<f32>() / topics.len().max(1) as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::{Rules, clean};
    use crate::document::Document;
    use crate::reading::Role;

    const STORIES: [(&str, &str); 6] = [
        (
            "Council Backs New Tram Line",
            "Members voted nine to four on Monday for a line from the station to the hospital.",
        ),
        (
            "Two Held After Jewellery Raid",
            "Police stopped a van on the ring road an hour after thieves smashed shop windows.",
        ),
        (
            "Storm Leaves 3,000 Without Power",
            "Crews worked all night in the northern villages, where trees had fallen.",
        ),
        ("Rovers Sign Norwegian Keeper", "Lars Bakke, 24, joins from Molde and may play against United on Saturday."),
        ("Film Festival Opens With Drama", "A tale about shipyard workers begins the ten-day programme on Friday."),
        (
            "Meteor Lights Up the Coast",
            "Hundreds called the observatory after a green fireball crossed the sky before dawn.",
        ),
    ];
    const PARTS: [(&str, &str); 4] = [
        ("What the council decided", "The council voted nine to four on Monday for a tram line to the hospital."),
        ("What it will cost", "The tram line is to cost 210 million pounds, of which the council pays a third."),
        ("Who is against it", "Shopkeepers fear that the works for the tram line will keep customers away."),
        ("What happens next", "The council will hear residents about the tram line in May, before the hospital does."),
    ];

    fn check(text: &str, expected: bool) {
        let rules: Rules = toml::from_str(Rules::BUILT_IN).unwrap();
        let document = Document { text: text.to_owned(), ..Document::default() };
        let survey = Survey::of(&document, &rules.line_counts(), &rules);
        assert_eq!(is_front(&survey, &rules.tables.front), expected, "{text}");
        let reading = clean(&document, &rules.line_counts(), &rules);
        assert!(!expected || reading.sentences.iter().all(|sentence| sentence.role != Role::Body), "{text}");
        assert!(!expected || reading.lines.iter().any(|line| line.rule == RULE));
    }

    #[test]
    fn a_front_page_is_told_from_an_article_in_parts() {
        let write = |parts: &[(&str, &str)], write: fn(&str, &str) -> String| -> String {
            parts.iter().map(|(head, told)| write(head, told)).collect()
        };
        let plain = |head: &str, told: &str| format!("{head}\n{told}\n");
        check(&write(&STORIES, plain), true);
        check(&format!("Home\nNews\nSport\n{}About us\nContact\n", write(&STORIES, plain)), true);
        check(&write(&STORIES, |head, told| format!("{}\n\n{told}\n\n3 hours ago\n\n", head.to_lowercase())), true);
        check(&write(&PARTS, plain), false);
        check(&write(&STORIES[..3], plain), false);
        // Of a digest each part is told at some length.
        check(&write(&STORIES, |head, told| format!("{head}\n{told} {told}\n{told} {told} {told}\n")), false);
        // Behind an opening, such a list is an article.
        let opening =
            format!("Six things to know\n{}\n", "Here is what happened while you were away this week. ".repeat(6));
        check(&format!("{opening}{}", write(&STORIES, plain)), false);
    }
}
