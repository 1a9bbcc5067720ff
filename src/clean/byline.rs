//! Bylines and datelines: who wrote the article and when, near its beginning.

use std::ops::Range;

use super::Rules;
use super::roles::{Label, Layout, is_named, opens};
use super::survey::Survey;
use super::tables::{BYLINE, DATELINE};
use super::title::first_paragraph;
use crate::reading::Role;

/// Marks bylines and datelines between the title and the first paragraphs, and credits of
/// reporters and editors anywhere.
pub(crate) fn mark(survey: &Survey, labels: &mut [Label], title: Option<usize>, rules: &Rules) {
    let layout = &rules.tables.layout;
    let Some(first) = first_paragraph(survey, labels) else { return };
    let start = title.map_or(first.saturating_sub(layout.byline_reach), |t| t + 1);
    let region = start.min(first)..(first + 2).min(labels.len());
    for at in region.clone() {
        if !labels[at].is(Role::Title) && is_byline(survey, at, layout) {
            labels[at] = Label::part(Role::Byline, "byline");
        }
    }
    mark_above_title(survey, labels, title, layout);
    mark_dates(survey, labels, region, title.is_some(), layout);
    for (at, label) in labels.iter_mut().enumerate().skip(first) {
        if is_credit(survey, at, layout) {
            *label = Label::part(Role::Byline, "byline");
        }
    }
}

/// A byline may stand directly above the title.
fn mark_above_title(survey: &Survey, labels: &mut [Label], title: Option<usize>, layout: &Layout) {
    let above = title.and_then(|t| t.checked_sub(1)).filter(|at| is_byline(survey, *at, layout));
    if let Some(at) = above {
        labels[at] = Label::part(Role::Byline, "byline");
    }
}

fn is_byline(survey: &Survey, at: usize, layout: &Layout) -> bool {
    let shape = survey.shape(at);
    let names = shape.capitals + shape.figures >= 2;
    opens(survey, at, BYLINE) && shape.words <= layout.byline_words && names && shape.stops <= 1
}

/// The closing credit of reporters and editors.
fn is_credit(survey: &Survey, at: usize, layout: &Layout) -> bool {
    let shape = survey.shape(at);
    survey.marks[at].hits.of(BYLINE).is_some()
        && survey.text_of(at).starts_with('(')
        && shape.words <= 2 * layout.byline_words
}

/// Days below the title or beside a byline are datelines; a name above one is a byline.
/// Without a title only the byline tells the article's own date from the page's.
fn mark_dates(survey: &Survey, labels: &mut [Label], region: Range<usize>, titled: bool, layout: &Layout) {
    for at in region.clone() {
        let dated = survey.marks[at].dated || opens(survey, at, DATELINE);
        if !dated || labels[at].is(Role::Byline) || labels[at].is(Role::Title) || is_named(survey, at, layout) {
            continue;
        }
        let name_above = at > region.start && is_name(survey, at - 1, layout);
        if name_above && !labels[at - 1].is(Role::Title) {
            labels[at - 1] = Label::part(Role::Byline, "byline");
        }
        let beside = |i: usize| labels.get(i).is_some_and(|l| l.is(Role::Byline));
        if titled || beside(at + 1) || at > 0 && beside(at - 1) {
            labels[at] = Label::part(Role::Dateline, "dateline");
        }
    }
}

/// A few words with capitals and nothing else: a name, an agency, "Gazette's Mara Lind".
fn is_name(survey: &Survey, at: usize, layout: &Layout) -> bool {
    let shape = survey.shape(at);
    shape.words >= 2
        && shape.words <= layout.name_words
        && shape.capitals + shape.function >= shape.words
        && shape.capitals >= 2
        && shape.figures == 0
        && !survey.marks[at].dated
        && !is_named(survey, at, layout)
}
