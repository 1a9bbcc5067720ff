//! The headline: the line above the first paragraph that shares the article's words.

use rustc_hash::FxHashSet;

use super::features::is_sentence;
use super::fold::folded;
use super::repeats::LineHash;
use super::roles::{Label, body, is_named, is_open};
use super::shape::End;
use super::survey::Survey;
use super::{Rules, roles};
use crate::document::Document;
use crate::reading::Role;

/// Marks the title; the block it stands in.
pub(crate) fn mark(document: &Document, survey: &Survey, labels: &mut [Label], rules: &Rules) -> Option<usize> {
    let first = first_paragraph(survey, labels)?;
    let known = document.title.as_deref().map(|title| LineHash::of(title, &folded(title), &rules.tables.repeats).hash);
    let same = |at: &usize| Some(survey.marks[*at].hash) == known;
    let at = (0..=first).rev().find(same).or_else(|| best(survey, labels, first, rules))?;
    labels[at] = Label::part(Role::Title, "layout");
    Some(at)
}

/// The first block of the body that is a sentence, else the first of the body.
pub(crate) fn first_paragraph(survey: &Survey, labels: &[Label]) -> Option<usize> {
    body(labels).find(|at| is_sentence(survey.shape(*at))).or_else(|| body(labels).next())
}

/// The candidate with the most topic words in common with the body; the lower of two.
fn best(survey: &Survey, labels: &[Label], first: usize, rules: &Rules) -> Option<usize> {
    let layout = &rules.tables.layout;
    let from = first.saturating_sub(layout.title_reach);
    let candidates: Vec<usize> = (from..first).filter(|at| may_be_title(survey, *at, layout)).collect();
    let asked: FxHashSet<u32> = candidates.iter().flat_map(|at| survey.topics(*at).iter().copied()).collect();
    let used = body(labels).filter(|at| *at >= first && !asked.is_empty()).flat_map(|at| survey.topics(at));
    let topics: FxHashSet<u32> = used.filter(|topic| asked.contains(topic)).copied().collect();
    let mut best: Option<(usize, usize)> = None;
    for at in candidates {
        let shared = survey.topics(at).iter().filter(|t| topics.contains(t)).count();
        let share = shared as f32 / survey.topics(at).len().max(1) as f32;
        if share >= layout.title_topical && shared > 0 && best.is_none_or(|(most, _)| shared >= most) {
            best = Some((shared, at));
        }
    }
    best.map(|(_, at)| at)
}

fn may_be_title(survey: &Survey, at: usize, layout: &roles::Layout) -> bool {
    let (shape, mark) = (survey.shape(at), &survey.marks[at]);
    let words = (layout.title_fewest_words..=layout.title_most_words).contains(&shape.words);
    let whole = is_open(survey, at) || shape.end == End::Stop && shape.words <= layout.title_most_words / 2;
    words
        && whole
        && shape.glued == 0
        && mark.stories == 0
        && !mark.dated
        && !mark.credited
        && !is_named(survey, at, layout)
}
