//! The table `html` of `read.toml`: which elements and which lines of a page are none of its article.

use rustc_hash::FxHashSet;
use schemars::JsonSchema;
use serde::Deserialize;

/// How a page is rid of its furniture.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pages {
    /// What the table is for.
    pub about: String,
    /// Elements whose text is no text for readers.
    pub unread: FxHashSet<String>,
    /// Elements that hold no article text, unless they hold most of it.
    pub elements: FxHashSet<String>,
    /// Words of class and id that mark furniture.
    pub classes: FxHashSet<String>,
    /// First words of names that tell a state and mark nothing.
    pub states: FxHashSet<String>,
    /// Words above which an id marks nothing.
    pub id_words: usize,
    /// Share of the article's letters above which an element is no furniture, whatever it is called.
    pub furniture_share: f64,
    /// Share of letters in links from which a block is no prose.
    pub link_share: f64,
    /// Words from which a block is prose however it ends.
    pub prose_words: usize,
    /// Words from which a block that ends as sentences do is prose.
    pub sentence_words: usize,
    /// How a sentence may end.
    pub marks: Vec<String>,
    /// Words below which what was found is no article and the whole page is taken.
    pub article_words: usize,
    /// Fewest words of an article that only browsers without scripts or frames show.
    pub hidden_words: usize,
    /// How many times the text found a page's own copy must be to be taken instead.
    pub body_factor: usize,
    /// Share of the article's words that may be left out at each edge for being no prose.
    pub edge_share: f64,
    /// Words that may be left out there of the shortest article.
    pub edge_words: usize,
    /// Where a page says what it is.
    pub names: Names,
    /// When a page was published, on a line of its own.
    pub stamp: Phrases,
    /// Begins what stands behind an article.
    pub end: Phrases,
    /// Heads the comments of readers.
    pub comments: Phrases,
    /// Blocks of prose from which such a heading ends the article.
    pub comments_blocks: usize,
    /// Fewest stubs of a front page.
    pub stubs: usize,
    /// Most words of a stub.
    pub stub_words: usize,
    /// Most words of a link at the end of a stub.
    pub lead_on_words: usize,
    /// Most of the longer words of stubs that others have, as a mean share.
    pub stub_topics: f64,
    /// Asks something of the reader.
    pub plea: Phrases,
    /// Names a photographer.
    pub credit: Phrases,
}

impl Pages {
    /// The phrases of the table at `path`, such as `html.plea`.
    pub(in super::super) fn phrases(&self, path: &str) -> Option<&Phrases> {
        match path {
            "html.stamp" => Some(&self.stamp),
            "html.end" => Some(&self.end),
            "html.comments" => Some(&self.comments),
            "html.plea" => Some(&self.plea),
            "html.credit" => Some(&self.credit),
            _ => None,
        }
    }
}

/// Names of meta elements and JSON-LD fields, the best first, in lower case.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Names {
    /// What the table is for.
    pub about: String,
    /// The headline.
    pub title: Vec<String>,
    /// Who wrote it.
    pub author: Vec<String>,
    /// The day of publication.
    pub published: Vec<String>,
    /// Selectors of elements that may show the day of publication below the headline.
    pub shown: Vec<String>,
    /// Words in them, in lower case, that tell of a change and not of publication.
    pub changed: Vec<String>,
    /// Words that a paragraph without a class must have to show it.
    pub stamped: Vec<String>,
    /// The name of the site.
    pub site: Vec<String>,
    /// The page's address.
    pub url: Vec<String>,
    /// The language.
    pub language: Vec<String>,
    /// The whole text.
    pub body: Vec<String>,
    /// Types of JSON-LD objects that are articles.
    pub articles: Vec<String>,
}

/// Phrases that tell what a block is.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Phrases {
    /// What the table is for.
    pub about: String,
    /// Most words of a block that is judged by them.
    pub words: usize,
    /// A block begins so.
    #[serde(default)]
    pub starts: Vec<String>,
    /// A block holds this.
    #[serde(default)]
    pub holds: Vec<String>,
    /// A block ends so.
    #[serde(default)]
    pub ends: Vec<String>,
    /// Blocks that it must find.
    pub fires: Vec<String>,
    /// Blocks that it must leave alone.
    pub silent: Vec<String>,
}

impl Phrases {
    /// True for a block, folded, that begins, ends or holds one of the phrases.
    pub fn fit(&self, folded: &str) -> bool {
        folded.split(' ').count() <= self.words
            && (self.starts.iter().any(|phrase| folded.starts_with(phrase.as_str()) && is_whole(folded, 0, phrase))
                || self.ends.iter().any(|phrase| folded.ends_with(phrase.as_str()))
                || self
                    .holds
                    .iter()
                    .any(|phrase| folded.match_indices(phrase.as_str()).any(|(at, _)| is_whole(folded, at, phrase))))
    }
}

/// True where `phrase` at `at` is not the front of a longer word.
fn is_whole(folded: &str, at: usize, phrase: &str) -> bool {
    let next = folded[at + phrase.len()..].chars().next();
    !(phrase.ends_with(char::is_alphanumeric) && next.is_some_and(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    use crate::read::{DEFAULTS, Rules};
    use crate::text::fold;

    #[test]
    fn phrases_fire_and_stay_silent_as_their_examples_say() {
        let pages = Rules::parse(DEFAULTS).unwrap().html;
        for phrases in [&pages.end, &pages.comments, &pages.plea, &pages.credit, &pages.stamp] {
            phrases.fires.iter().for_each(|block| assert!(phrases.fit(&fold(block)), "{block}"));
            phrases.silent.iter().for_each(|block| assert!(!phrases.fit(&fold(block)), "{block}"));
        }
    }
}
