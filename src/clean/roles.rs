//! Gives every block its role: first prose or furniture, then the parts of the article.

use schemars::JsonSchema;
use serde::Deserialize;

use super::lexicon::Place;
use super::survey::Survey;
use super::tables::Furniture;
use super::{Rules, byline, caption, restatement, title};
use crate::document::Document;
use crate::reading::{Line, Role};

/// Where an article's parts stand (`[layout]` of `rules/clean.toml`).
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Layout {
    /// What the numbers are for.
    pub about: String,
    /// Fewest words of a title.
    pub title_fewest_words: u32,
    /// Most words of a title.
    pub title_most_words: u32,
    /// Most blocks between the title and the first paragraph.
    pub title_reach: usize,
    /// Least share of its topic words that the article must use.
    pub title_topical: f32,
    /// Most words of a byline.
    pub byline_words: u32,
    /// Most blocks between the article's beginning and its byline or dateline.
    pub byline_reach: usize,
    /// Most words of a name without "by".
    pub name_words: u32,
    /// First words of a line that tells when the article was changed.
    pub changed: Vec<String>,
    /// Most words of a line that is little more than a date.
    pub date_words: u32,
    /// Most words of a menu entry, and of a line that furniture's first words alone decide.
    pub short_words: u32,
    /// Longest lead, in bytes, that an agency's place and day take in the first paragraph.
    pub lead_bytes: usize,
    /// Most words of a heading.
    pub heading_words: u32,
    /// Most words of a caption that has no credit.
    pub caption_words: u32,
    /// Most lines of a list of key points.
    pub points: usize,
    /// Most words of a key point.
    pub point_words: u32,
}

/// What a block is, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Label {
    pub role: Role,
    pub kind: &'static str,
    pub rule: &'static str,
}

impl Label {
    pub const BODY: Self = Self { role: Role::Body, kind: "", rule: "" };

    /// A part of the article that the named rule recognised.
    pub fn part(role: Role, rule: &'static str) -> Self {
        let kind = match role {
            Role::Byline => "byline",
            Role::Dateline => "dateline",
            Role::Caption => "caption",
            Role::Restatement => "restatement",
            _ => "",
        };
        Self { role, kind, rule }
    }

    pub fn furniture(kind: &'static str, rule: &'static str) -> Self {
        Self { role: Role::Furniture, kind, rule }
    }

    /// Names the rule where nothing surer does.
    pub fn set_aside_by(&mut self, rule: &'static str) {
        if self.rule == Line::WEIGHTS {
            self.rule = rule;
        }
    }

    pub fn is(&self, role: Role) -> bool {
        self.role == role
    }
}

/// The label of every block, given which blocks are probably prose.
pub(crate) fn label(document: &Document, survey: &Survey, prose: &[bool], rules: &Rules) -> Vec<Label> {
    let mut labels: Vec<Label> = (0..prose.len()).map(|at| base(survey, at, prose[at])).collect();
    name_fragments(survey, &mut labels, &rules.tables.layout);
    let title = title::mark(document, survey, &mut labels, rules);
    byline::mark(survey, &mut labels, title, rules);
    caption::mark(survey, &mut labels, rules);
    restatement::mark(survey, &mut labels, rules);
    mark_headings(survey, &mut labels, rules);
    labels
}

fn base(survey: &Survey, at: usize, prose: bool) -> Label {
    let mark = &survey.marks[at];
    match mark.named {
        Some((_, kind)) if mark.hits.is_sure(kind) => Label::furniture(Furniture::NAMES[kind], Furniture::NAMES[kind]),
        _ if prose => Label::BODY,
        Some((_, kind)) => Label::furniture(Furniture::NAMES[kind], Furniture::NAMES[kind]),
        None if mark.stories > 0 => Label::furniture("", "repeats"),
        None => Label::furniture("", Line::WEIGHTS),
    }
}

/// Names furniture that no phrase named, by the heading it stands under or by its shape.
fn name_fragments(survey: &Survey, labels: &mut [Label], layout: &Layout) {
    let first_body = labels.iter().position(|l| l.is(Role::Body)).unwrap_or(labels.len());
    let mut heading = None;
    for (at, label) in labels.iter_mut().enumerate() {
        if label.is(Role::Body) {
            heading = None;
        } else if survey.marks[at].heads_furniture && at > first_body {
            heading = Some(label.kind);
        }
        if label.is(Role::Furniture) && label.kind.is_empty() {
            label.kind = heading.unwrap_or_else(|| kind_by_shape(survey, at, at < first_body, layout));
        }
    }
}

fn kind_by_shape(survey: &Survey, at: usize, before_body: bool, layout: &Layout) -> &'static str {
    let shape = survey.shape(at);
    if survey.marks[at].dated {
        "date-header"
    } else if 2 * shape.figures > shape.words {
        "widget"
    } else if shape.words <= layout.short_words {
        "menu"
    } else if before_body || shape.words <= layout.title_most_words {
        "teaser"
    } else {
        "other-text"
    }
}

/// Short lines without a final mark before a paragraph of the body are headings.
fn mark_headings(survey: &Survey, labels: &mut [Label], rules: &Rules) {
    for at in 0..labels.len() {
        let shape = survey.shape(at);
        let short = shape.words <= rules.tables.layout.heading_words && is_open(survey, at);
        let paragraph = |i: usize| super::features::is_sentence(survey.shape(i)) && labels[i].is(Role::Body);
        if labels[at].is(Role::Body) && short && at + 1 < labels.len() && paragraph(at + 1) {
            labels[at] = Label::part(Role::Heading, "layout");
        }
    }
}

/// True when the block does not end as a sentence does; a question may be a heading.
pub(crate) fn is_open(survey: &Survey, at: usize) -> bool {
    use super::shape::End;
    let shape = survey.shape(at);
    matches!(shape.end, End::Open | End::Question) && shape.stops <= 1
}

/// True when the block opens with the table's words or is made of them.
pub(crate) fn opens(survey: &Survey, at: usize, table: usize) -> bool {
    survey.marks[at].hits.of(table).is_some_and(Place::leads)
}

/// Blocks of the body.
pub(crate) fn body(labels: &[Label]) -> impl Iterator<Item = usize> + '_ {
    (0..labels.len()).filter(|at| labels[*at].is(Role::Body))
}

/// True for furniture that a phrase named: it is never taken for a part of the article.
pub(crate) fn is_named(survey: &Survey, at: usize, layout: &Layout) -> bool {
    let short = survey.shape(at).words <= layout.short_words;
    survey.marks[at].named.is_some_and(|(place, _)| place == Place::Whole || short)
}
