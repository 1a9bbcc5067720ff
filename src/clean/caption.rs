//! Captions: what a photograph shows, perhaps on another day.

use super::Rules;
use super::date::find_day;
use super::features::is_sentence;
use super::lexicon::Place;
use super::roles::Label;
use super::survey::Survey;
use super::tables::{CAPTION, CREDIT};
use crate::reading::{Line, Role};

/// Marks captions among the blocks of the body, and among furniture those with a credit.
pub(crate) fn mark(survey: &Survey, labels: &mut [Label], rules: &Rules) {
    for (at, label) in labels.iter_mut().enumerate() {
        let body = label.is(Role::Body);
        let loose = label.is(Role::Furniture) && label.rule == Line::WEIGHTS;
        if (body || loose) && is_credited(survey, at, rules) {
            *label = Label::part(Role::Caption, "credit");
        } else if (body || loose && is_sentence(survey.shape(at))) && is_described(survey, at, rules) {
            *label = Label::part(Role::Caption, "caption");
        }
    }
}

/// One or two sentences and the name of a photographer or agency.
fn is_credited(survey: &Survey, at: usize, rules: &Rules) -> bool {
    let shape = survey.shape(at);
    survey.marks[at].credited && shape.stops <= 3 && shape.words <= 2 * rules.tables.layout.caption_words
}

/// One sentence that opens as captions do, or tells in the present what is seen on a full date.
fn is_described(survey: &Survey, at: usize, rules: &Rules) -> bool {
    let shape = survey.shape(at);
    if shape.words > rules.tables.layout.caption_words || shape.quotes > 0 || shape.stops > 2 {
        return false;
    }
    match survey.marks[at].hits.of(CAPTION) {
        Some(Place::Holds) => find_day(survey.text_of(at)).is_some(),
        Some(_) => true,
        None => survey.marks[at].hits.of(CREDIT).is_some(),
    }
}
