//! Whether a dump is a whole page or a bare text: what was saved without its page has hardly any furniture to find.

use schemars::JsonSchema;
use serde::Deserialize;

use super::roles::{Layout, is_open};
use super::shape::Shape;
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
    /// A line with so many figures is a row of a table, which is no other one's for its words alone.
    pub row_figures: u32,
}

impl PageSigns {
    /// True when the text is no page: a menu, a plea or a line of other stories shows itself too seldom.
    pub(crate) fn is_text(&self, survey: &Survey, layout: &Layout) -> bool {
        let is_sign = |at: &usize| {
            let mark = &survey.marks[*at];
            mark.is_named() || mark.is_repeated() && !self.is_row(survey.shape(*at)) || survey.shape(*at).bars > 0
        };
        let is_scrap = |at: &usize| survey.shape(*at).words <= layout.short_words && is_open(survey, *at);
        let all = survey.blocks.len();
        let signs = (0..all).filter(is_sign).count();
        let scraps = (0..all).filter(is_scrap).count();
        let seldom = signs < self.least || (signs as f32) < self.share * all as f32;
        seldom && (all <= self.short || scraps as f32 <= self.scraps * all as f32)
    }

    /// True for a line that even in a bare text is furniture.
    pub(crate) fn is_furniture_of_text(&self, mark: &Mark, shape: &Shape) -> bool {
        mark.is_named() || mark.stories.max(mark.sources) >= self.stories && !self.is_row(shape)
    }

    /// A row of a table: repeats are counted without figures, but a table tells nothing else.
    fn is_row(&self, shape: &Shape) -> bool {
        shape.figures >= self.row_figures
    }
}

#[cfg(test)]
mod tests {
    use crate::clean::{Rules, clean};
    use crate::document::Document;
    use crate::reading::Role;

    /// A table of results as a wire prints it, alone.
    fn table(shares: u32, net: u32, sales: u32) -> Document {
        let row = |name: &str, now: u32| format!("{name} {now}.{} mln vs {now}.{} mln\n", now % 7, now % 9);
        let text = [row("Net profit", net), row("Sales", sales), row("Avg shrs", shares), row("Backlog", net + sales)];
        Document { source: "wire".into(), text: text.concat(), ..Document::default() }
    }

    #[test]
    fn a_table_stays_although_others_have_its_words() {
        let rules: Rules = toml::from_str(Rules::BUILT_IN).unwrap();
        let tables: Vec<Document> = (0..6).map(|n| table(11 + 10 * n, 7 + 13 * n, 92 + 31 * n)).collect();
        let mut counts = rules.line_counts();
        tables.iter().for_each(|table| counts.observe(table));
        for table in &tables {
            let reading = clean(table, &counts, &rules);
            assert!(reading.lines.iter().all(|line| line.role != Role::Furniture), "{:?}", reading.lines);
        }
    }
}
