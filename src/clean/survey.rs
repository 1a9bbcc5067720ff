//! Everything known of a page before anything is decided: its blocks, their shapes and marks.

use super::Rules;
use super::block::{Block, blocks, split};
use super::date::{find_day, is_timed};
use super::discussion::discussion;
use super::fold::fold_into;
use super::lexicon::{Hits, Place};
use super::repeats::{LineCounts, LineHash, Page};
use super::roles::Layout;
use super::shape::{Lists, Shape, Shapes};
use super::tables;
use crate::document::{Document, Span};
use crate::text::agency_lead;
use std::cell::OnceCell;

/// What the lexicon and the source's other pages say about one block.
#[derive(Clone, Debug)]
pub(crate) struct Mark {
    /// Hash of the folded text.
    pub hash: u32,
    /// Other stories of the source that hold the same text.
    pub stories: u32,
    /// Other sources that hold it.
    pub sources: u32,
    /// All phrases found.
    pub hits: Hits,
    /// The surest phrase of furniture: where it stands and its kind.
    pub named: Option<(Place, usize)>,
    /// Holds the credit of a photograph.
    pub credited: bool,
    /// Looks like a byline, or is little more than a date.
    pub dated: bool,
    /// Is little more than a name, a day or a time of day, as what stands above a comment.
    pub stamped: bool,
    /// A sentence that tells a full day, and no quotation.
    pub full_day: bool,
    /// Opens with an agency's place and dash.
    pub agency_lead: bool,
    /// Heads a list of furniture: other stories, comments.
    pub heads_furniture: bool,
}

impl Mark {
    /// Whether a phrase of furniture fills or opens the block.
    pub(crate) fn is_named(&self) -> bool {
        self.named.is_some_and(|(place, _)| place.leads())
    }

    /// Whether other stories of the source or other sources hold it.
    pub(crate) fn is_repeated(&self) -> bool {
        self.stories > 0 || self.sources > 0
    }

    /// Whether a phrase of furniture stands within it, and none fills or opens it.
    pub(crate) fn is_hinted(&self) -> bool {
        self.named.is_some_and(|(place, _)| !place.leads())
    }
}

/// A page before anything is decided.
pub(crate) struct Survey<'d> {
    pub text: &'d str,
    pub lines: Vec<Span>,
    pub blocks: Vec<Block>,
    pub shapes: Shapes,
    pub marks: Vec<Mark>,
    /// Other stories of the source that are known.
    pub others: u32,
    /// Where the readers' comments begin, once it is asked.
    discussion: OnceCell<Option<usize>>,
}

impl<'d> Survey<'d> {
    /// The heading of the readers' comments.
    pub fn discussion(&self) -> Option<usize> {
        *self.discussion.get_or_init(|| discussion(self))
    }

    /// Surveys a document.
    pub fn of(document: &'d Document, counts: &LineCounts, rules: &Rules) -> Self {
        let text = document.text.as_str();
        let lines = split(text);
        let blocks = blocks(text, &lines, &rules.tables.wrap);
        let marks = Vec::with_capacity(blocks.len());
        let (shapes, discussion) = (Shapes::default(), OnceCell::new());
        let mut survey = Self { text, lines, blocks, shapes, marks, others: 0, discussion };
        let mut page = Page::default();
        let limits = &rules.tables.repeats;
        let lists = Lists { words: &rules.tables.words, dictionary: &rules.dictionary };
        let mut buffer = Vec::new();
        for block in &survey.blocks {
            let raw = block.span.of(text);
            survey.shapes.push(raw, lists);
            fold_into(raw, &mut buffer);
            let shape = &survey.shapes.shapes[survey.shapes.shapes.len() - 1];
            let hits = rules.lexicon.find(&buffer, shape.words, shape.words <= shape.key);
            let hash = LineHash::of(raw, &buffer, limits);
            if block.lines.start < limits.lines {
                page.push(&hash, buffer.len(), limits);
            }
            let mark = mark(raw, shape, hits, hash.hash, &rules.tables.layout);
            survey.marks.push(mark);
        }
        survey.look_around(&document.source, page, counts, rules);
        survey
    }

    /// Counts on how many other stories and sources each block stands.
    fn look_around(&mut self, source: &str, mut page: Page, counts: &LineCounts, rules: &Rules) {
        if self.blocks.iter().any(|block| block.lines.len() > 1) {
            page = Page::of(self.text, &rules.tables.repeats);
        }
        let seen = counts.seen_from(source, &page);
        self.others = seen.others;
        for mark in &mut self.marks {
            (mark.stories, mark.sources) = (seen.stories(mark.hash), seen.sources(mark.hash));
        }
    }

    /// The text of a block.
    pub fn text_of(&self, block: usize) -> &'d str {
        self.blocks[block].span.of(self.text)
    }

    /// The shape of a block.
    pub fn shape(&self, block: usize) -> &Shape {
        &self.shapes.shapes[block]
    }

    /// The topic words of a block.
    pub fn topics(&self, block: usize) -> &[u32] {
        self.shapes.topics(block)
    }
}

fn mark(raw: &str, shape: &Shape, hits: Hits, hash: u32, layout: &Layout) -> Mark {
    let named = hits.best(tables::FURNITURE);
    let byline = hits.of(tables::BYLINE).is_some();
    let may_tell_day = shape.words <= layout.date_words && shape.figures > 0;
    let date = may_tell_day && find_day(raw).is_some();
    let dated = byline || date;
    Mark {
        hash,
        stories: 0,
        sources: 0,
        hits,
        named,
        credited: hits.of(tables::CREDIT).is_some(),
        dated,
        stamped: dated || hits.of(tables::DATELINE).is_some() || may_tell_day && is_timed(raw),
        full_day: shape.words >= 10 && shape.figures >= 2 && shape.quotes == 0 && find_day(raw).is_some(),
        agency_lead: agency_lead(raw, layout.lead_bytes).is_some(),
        heads_furniture: named.is_some_and(|(place, kind)| {
            let bare = place == Place::Whole || place == Place::Opens && shape.words <= layout.short_words;
            bare && tables::HEADINGS.contains(&kind)
        }),
    }
}
