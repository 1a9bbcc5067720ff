//! Restatements: questions and answers, key points and summaries that say again what the body says.

use super::Rules;
use super::roles::{Label, body, is_named, opens};
use super::shape::End;
use super::survey::Survey;
use super::tables::{FAQ, KEY_POINTS, SUMMARY};
use crate::reading::Role;

/// Marks restating blocks.
pub(crate) fn mark(survey: &Survey, labels: &mut [Label], rules: &Rules) {
    let Some(first) = body(labels).next() else { return };
    for at in 0..labels.len() {
        if at > first && opens(survey, at, FAQ) {
            mark_questions(survey, labels, at, rules);
        } else if opens(survey, at, KEY_POINTS) {
            mark_points(survey, labels, at, rules);
        } else if labels[at].is(Role::Body) && opens(survey, at, SUMMARY) {
            labels[at] = Label::part(Role::Restatement, "summary");
        }
    }
}

/// From the heading on as long as question and answer alternate.
fn mark_questions(survey: &Survey, labels: &mut [Label], heading: usize, rules: &Rules) {
    labels[heading] = Label::part(Role::Restatement, "faq");
    let mut at = heading + 1;
    while at < labels.len() && is_question(survey, at) && !is_named(survey, at, &rules.tables.layout) {
        labels[at] = Label::part(Role::Restatement, "faq");
        at += 1;
        while at < labels.len() && is_answer(survey, labels, at) {
            labels[at] = Label::part(Role::Restatement, "faq");
            at += 1;
        }
    }
}

fn is_question(survey: &Survey, at: usize) -> bool {
    survey.shape(at).end == End::Question
}

fn is_answer(survey: &Survey, labels: &[Label], at: usize) -> bool {
    let stop = matches!(survey.shape(at).end, End::Stop);
    let own = labels[at].is(Role::Body) || survey.shape(at).words >= 5;
    stop && own && survey.marks[at].named.is_none() && survey.marks[at].stories == 0
}

/// The heading and the list of single sentences below it.
fn mark_points(survey: &Survey, labels: &mut [Label], heading: usize, rules: &Rules) {
    let layout = &rules.tables.layout;
    let point = |at: usize| {
        let shape = survey.shape(at);
        let sized = (3..=layout.point_words).contains(&shape.words) && shape.stops <= 1;
        sized && labels[at].is(Role::Body) && survey.marks[at].named.is_none()
    };
    let end = (heading + 1..labels.len()).find(|at| !point(*at)).unwrap_or(labels.len());
    let listed = (2..=layout.points).contains(&(end - heading - 1));
    if listed && survey.shape(heading).words <= 4 {
        labels[heading..end].fill(Label::part(Role::Restatement, "key_points"));
    }
}
