//! Whether a dump is a whole page or a bare text: what was saved without its page has hardly any furniture to find.

use schemars::JsonSchema;
use serde::Deserialize;

use super::roles::{Layout, is_open};
use super::survey::{Mark, Survey};

/// The signs of a page (`[page]` of `rules/clean.toml`).
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PageSigns {
    /// What the numbers are for.
    pub about: String,
    /// Fewest lines of a page that are signs of one…
    pub least: usize,
    /// …and the least share of its lines that they are.
    pub share: f32,
    /// A page with fewer signs has more lines than this…
    pub short: usize,
    /// …and this share of lines that are a few words without a final mark, whatever they say.
    pub scraps: f32,
    /// In a bare text, a line is furniture that stands in so many other stories.
    pub stories: u32,
}

impl PageSigns {
    /// True when the text is no page: a menu, a plea or a line of other stories shows itself too seldom.
    pub(crate) fn is_text(&self, survey: &Survey, layout: &Layout) -> bool {
        let is_sign = |at: &usize| {
            let mark = &survey.marks[*at];
            mark.is_named() || mark.is_repeated() || survey.shape(*at).bars > 0
        };
        let is_scrap = |at: &usize| survey.shape(*at).words <= layout.short_words && is_open(survey, *at);
        let all = survey.blocks.len();
        let signs = (0..all).filter(is_sign).count();
        let scraps = (0..all).filter(is_scrap).count();
        let seldom = signs < self.least || (signs as f32) < self.share * all as f32;
        seldom && (all <= self.short || scraps as f32 <= self.scraps * all as f32)
    }

    /// True for a line that even in a bare text is furniture.
    pub(crate) fn is_furniture_of_text(&self, mark: &Mark) -> bool {
        mark.is_named() || mark.stories.max(mark.sources) >= self.stories
    }
}
