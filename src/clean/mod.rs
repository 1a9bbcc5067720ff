//! Cleaning: every line of a document is marked as the article's own or as furniture of the page,
//! with the rule that said so, and what is read is cut into tokens and sentences.
//!
//! Pages arrive as plain text, so nothing but the words tells a menu from a paragraph. Lines are
//! joined to blocks (`block`), each block's shape and phrases are surveyed (`survey`), the evidence
//! is weighed (`features`) and marks are settled along the page (`run`, `chain`). Then the article's parts
//! get their names (`roles`) and the text its sentences (`assemble`).

mod assemble;
mod block;
mod byline;
mod caption;
mod chain;
mod date;
mod dateline;
mod dictionary;
mod discussion;
mod features;
mod fold;
mod front;
mod lexicon;
mod noise;
mod page;
mod repeats;
mod restatement;
mod roles;
mod run;
mod seen;
mod shape;
mod survey;
mod tables;
mod title;
mod word;

pub use block::Wrap;
pub use chain::{Chain, PlaceWeights};
pub use dateline::dateline;
pub use features::{Features, Weights};
pub use front::Front;
pub use lexicon::Phrases;
pub use noise::{Counted, Noise, NoiseWeights, count_of, noise};
pub use page::PageSigns;
pub use repeats::{LineCounts, PageLines, Repeats};
pub use roles::Layout;
pub use run::Run;
pub use shape::WordLists;
pub use tables::{Furniture, Parts, Tables};

use dictionary::Dictionary;
use lexicon::Lexicon;
use schemars::JsonSchema;
use serde::Deserialize;
use survey::Survey;

use crate::document::Document;
use crate::reading::Reading;
use crate::rules::{Example, Exemplified, Rule};

/// `rules/clean.toml`, ready for use.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(from = "Tables")]
#[schemars(with = "Tables")]
pub struct Rules {
    /// The tables as they stand in the file.
    pub tables: Tables,
    lexicon: Lexicon,
    dictionary: Dictionary,
}

impl Rules {
    /// The text of the rules that ship with the program.
    pub const BUILT_IN: &str = include_str!("../../rules/clean.toml");

    /// An empty count of lines, as large as the rules allow.
    pub fn line_counts(&self) -> LineCounts {
        LineCounts::new(&self.tables.repeats)
    }

    /// Every phrase table with the path of its rule, in the order of the lexicon's numbers.
    fn phrase_tables(&self) -> impl Iterator<Item = (String, &Phrases)> {
        let furniture =
            self.tables.furniture.all().into_iter().map(|(name, table)| (format!("furniture.{name}"), table));
        let parts = self.tables.parts.all().into_iter().map(|(name, table)| (format!("parts.{name}"), table));
        furniture.chain(parts)
    }
}

impl Exemplified for Rules {
    fn fires(&self, rule: &Rule, example: &Example) -> Option<bool> {
        let number = self.phrase_tables().position(|(path, _)| path == rule.path)?;
        let words = example.text().split_whitespace().count() as u32;
        Some(self.lexicon.find(&fold::folded(example.text()), words, true).of(number).is_some())
    }
}

impl From<Tables> for Rules {
    fn from(tables: Tables) -> Self {
        let furniture = tables.furniture.all();
        let parts = tables.parts.all();
        let phrases: Vec<&Phrases> = furniture.iter().chain(&parts).map(|(_, table)| *table).collect();
        let lexicon = Lexicon::new(&phrases);
        let dictionary = Dictionary::new(&tables.words, lexicon.keys());
        Self { tables, lexicon, dictionary }
    }
}

/// Marks every line of a document and cuts what is read into tokens and sentences.
pub fn clean<'d>(document: &'d Document, counts: &LineCounts, rules: &Rules) -> Reading<'d> {
    let survey = Survey::of(document, counts, rules);
    let is_front = !document.extracted && front::is_front(&survey, &rules.tables.front);
    let prose = if is_front { vec![false; survey.blocks.len()] } else { prose(document, &survey, rules) };
    let mut labels = roles::label(document, &survey, &prose, rules);
    if is_front {
        labels.iter_mut().for_each(|label| label.set_aside_by(front::RULE));
    }
    assemble::assemble(document, survey, &labels, rules)
}

/// Which blocks are prose. In a bare text furniture is rare: only lines count as such that a phrase fills or opens, or
/// that many other stories have.
fn prose(document: &Document, survey: &Survey, rules: &Rules) -> Vec<bool> {
    let page = &rules.tables.page;
    if document.extracted || page.is_text(survey, &rules.tables.layout) {
        let is_prose = |at| !page.is_furniture_of_text(&survey.marks[at], survey.shape(at));
        return (0..survey.blocks.len()).map(is_prose).collect();
    }
    let features = features::features(survey, rules);
    let found = chain::probabilities(&features, &rules.tables.weights, &rules.tables.chain);
    let mut kept: Vec<bool> = found.iter().map(|p| *p >= rules.tables.chain.keep).collect();
    run::end_at_heading(survey, &mut kept);
    if let Some(heading) = survey.discussion() {
        kept[heading..].fill(false);
    }
    if !run::has_prose(survey, &kept) {
        run::brief(survey, &rules.tables.run).into_iter().for_each(|at| kept[at] = true);
    }
    kept
}

/// The evidence about each block of a document, with the lines it covers (from 0): what
/// `tests/tools/fit_clean.rs` finds weights for.
pub fn evidence(document: &Document, counts: &LineCounts, rules: &Rules) -> Vec<(std::ops::Range<usize>, Features)> {
    let survey = Survey::of(document, counts, rules);
    let features = features::features(&survey, rules);
    survey.blocks.into_iter().map(|b| b.lines).zip(features).collect()
}
