//! How often each line stands on the pages of one source: the strongest sign of furniture.
//!
//! A first pass observes every document. Of each source a fixed number of pages is kept, those
//! with the smallest hash of their long lines, so that memory is bounded, the order of documents
//! does not matter, and two copies of one page count once.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use rustc_hash::FxHashMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::{Xxh3, xxh3_64, xxh3_64_with_seed};

use super::block::split;
use super::lexicon::fold_into;
use crate::document::Document;

/// How repeats are counted (`[repeats]` of `rules/clean.toml`).
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Repeats {
    /// What the numbers are for.
    pub about: String,
    /// Pages of one source that are kept.
    pub pages: usize,
    /// Lines of one page that are kept.
    pub lines: usize,
    /// Fewest bytes of a long line: such lines tell pages apart.
    pub long_line: usize,
    /// A page is a near-copy of others as far as this share of its long lines, by length, stands
    /// on other pages too; only what is repeated oftener than that is repeated at all.
    pub copied_share: f32,
}

impl Default for Repeats {
    fn default() -> Self {
        Self { about: String::new(), pages: 32, lines: 600, long_line: 120, copied_share: 0.2 }
    }
}

/// Lines seen in each source's pages, over the whole corpus or a part of it.
#[derive(Clone, Debug, Default)]
pub struct LineCounts {
    limits: Repeats,
    sources: BTreeMap<String, Pages>,
}

/// What is counted of one document: enough to count it again without its text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageLines {
    /// Pages with the same long lines are copies of one another.
    signature: u64,
    /// Hashes of its lines, each once, sorted.
    lines: Box<[u32]>,
}

/// The pages kept of one source: the hashes of their lines under the page's own hash.
#[derive(Clone, Debug, Default)]
struct Pages {
    lines: BTreeMap<u64, Box<[u32]>>,
    /// Pages that hold each line; built when first asked for.
    index: OnceLock<FxHashMap<u32, u16>>,
}

impl LineCounts {
    /// An empty count that keeps as much as `limits` say.
    pub fn new(limits: &Repeats) -> Self {
        Self { limits: limits.clone(), sources: BTreeMap::new() }
    }

    /// Counts the lines of one document. Copies of a page count once.
    pub fn observe(&mut self, document: &Document) {
        self.observe_page(&document.source, Self::page(document, &self.limits));
    }

    /// What is counted of a document.
    pub fn page(document: &Document, limits: &Repeats) -> PageLines {
        let Page { signature, lines, .. } = Page::of(&document.text, limits);
        PageLines { signature, lines }
    }

    /// Counts a page of `source`. Copies of a page count once.
    pub fn observe_page(&mut self, source: &str, page: PageLines) {
        if page.lines.is_empty() {
            return;
        }
        if !self.sources.contains_key(source) {
            self.sources.insert(source.to_owned(), Pages::default());
        }
        if let Some(pages) = self.sources.get_mut(source) {
            pages.keep(page.signature, page.lines, self.limits.pages);
        }
    }

    /// The pages kept of each source: counted again, they give these counts.
    pub fn pages(&self) -> impl Iterator<Item = (&str, Vec<PageLines>)> {
        self.sources.iter().map(|(source, pages)| {
            let page =
                |(signature, lines): (&u64, &Box<[u32]>)| PageLines { signature: *signature, lines: lines.clone() };
            (source.as_str(), pages.lines.iter().map(page).collect())
        })
    }

    /// A digest of all that is known of each source: while it stays, cleaning its documents gives the same.
    pub fn digests(&self) -> BTreeMap<&str, u64> {
        self.sources.iter().map(|(source, pages)| (source.as_str(), pages.digest())).collect()
    }

    /// Both counts together, whichever way round.
    pub fn merge(&mut self, other: Self) {
        for (source, pages) in other.sources {
            let own = self.sources.entry(source).or_default();
            for (signature, lines) in pages.lines {
                own.keep(signature, lines, self.limits.pages);
            }
        }
    }

    /// Looks at the counts from one document's place.
    pub(crate) fn seen_from<'c>(&'c self, document: &Document) -> Seen<'c> {
        let Some(pages) = self.sources.get(&document.source) else { return Seen::default() };
        let page = Page::of(&document.text, &self.limits);
        let own = u16::from(pages.lines.contains_key(&page.signature));
        let others = pages.lines.len().saturating_sub(usize::from(own)) as u16;
        let mut seen = Seen { index: Some(pages.index()), own, others, copied: 0 };
        seen.copied = page.copied(&seen, self.limits.copied_share);
        seen
    }
}

impl Pages {
    /// Keeps a page if it is among the `most` smallest; of two copies the smaller one.
    fn keep(&mut self, signature: u64, lines: Box<[u32]>, most: usize) {
        self.index = OnceLock::new();
        let kept = self.lines.entry(signature).or_insert_with(|| lines.clone());
        if lines < *kept {
            *kept = lines;
        }
        if self.lines.len() > most {
            self.lines.pop_last();
        }
    }

    fn digest(&self) -> u64 {
        let mut state = Xxh3::new();
        for (signature, lines) in &self.lines {
            state.update(&signature.to_le_bytes());
            state.update(&(lines.len() as u64).to_le_bytes());
            lines.iter().for_each(|line| state.update(&line.to_le_bytes()));
        }
        state.digest()
    }

    fn index(&self) -> &FxHashMap<u32, u16> {
        self.index.get_or_init(|| {
            let mut index = FxHashMap::default();
            for line in self.lines.values().flatten() {
                *index.entry(*line).or_insert(0u16) += 1;
            }
            index
        })
    }
}

/// One page as it is counted.
struct Page {
    signature: u64,
    /// Hashes of its lines, each once, sorted.
    lines: Box<[u32]>,
    /// Hash and length of its long lines.
    long: Vec<(u32, usize)>,
}

impl Page {
    fn of(text: &str, limits: &Repeats) -> Self {
        let (mut lines, mut long) = (Vec::new(), Vec::new());
        let mut buffer = Vec::new();
        for line in split(text).into_iter().take(limits.lines) {
            fold_into(line.of(text), &mut buffer);
            if buffer.is_empty() {
                continue;
            }
            let hash = line_hash(&buffer);
            lines.push(hash);
            if buffer.len() >= limits.long_line {
                long.push((hash, buffer.len()));
            }
        }
        lines.sort_unstable();
        lines.dedup();
        long.sort_unstable();
        long.dedup();
        Self { signature: signature(&lines, &long), lines: lines.into(), long }
    }

    /// How many other pages hold most of this page's long lines.
    fn copied(&self, seen: &Seen, share: f32) -> u16 {
        let mut counts: Vec<(u16, usize)> = self.long.iter().map(|(h, length)| (seen.elsewhere(*h), *length)).collect();
        counts.sort_unstable();
        let total: usize = counts.iter().map(|(_, length)| length).sum();
        let mut passed = 0;
        counts
            .into_iter()
            .find(|(_, length)| {
                passed += length;
                passed as f32 > share * total as f32
            })
            .map_or(0, |(count, _)| count)
    }
}

/// Pages with the same long lines are copies of one another.
fn signature(lines: &[u32], long: &[(u32, usize)]) -> u64 {
    let hashes: Vec<u8> = if long.is_empty() {
        lines.iter().flat_map(|hash| hash.to_le_bytes()).collect()
    } else {
        long.iter().flat_map(|(hash, _)| hash.to_le_bytes()).collect()
    };
    xxh3_64_with_seed(&hashes, long.len() as u64)
}

/// The hash of a folded line.
pub(crate) fn line_hash(folded: &[u8]) -> u32 {
    xxh3_64(folded) as u32
}

/// A source's counts as seen from one of its documents.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Seen<'c> {
    index: Option<&'c FxHashMap<u32, u16>>,
    own: u16,
    /// Other pages of the source that were kept.
    pub others: u16,
    copied: u16,
}

impl Seen<'_> {
    fn elsewhere(&self, line: u32) -> u16 {
        self.index.and_then(|index| index.get(&line)).map_or(0, |count| count.saturating_sub(self.own))
    }

    /// On how many other stories of the source a line stands, near-copies of this page aside.
    pub fn stories(&self, line: u32) -> u16 {
        self.elsewhere(line).saturating_sub(self.copied)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLEA: &str = "Support our newsroom";

    fn page(source: &str, body: &str) -> Document {
        let text = format!("Home\n{body}\n{body} Indeed.\nFirst, {body}\nLater, {body}\n{PLEA}\n");
        Document { source: source.into(), text, ..Document::default() }
    }

    fn body(topic: &str) -> String {
        format!(
            "The {topic} was discussed at length by the council, which heard residents and experts until late in the evening on Thursday"
        )
    }

    fn stories(counts: &LineCounts, document: &Document, line: &str) -> u16 {
        counts.seen_from(document).stories(line_hash(&super::super::lexicon::folded(line)))
    }

    #[test]
    fn counts_other_stories_of_the_source_in_any_order() {
        let pages: Vec<Document> = ["harbour", "tram", "budget"].map(|t| page("gazette", &body(t))).into();
        let mut counts = LineCounts::new(&Repeats::default());
        pages.iter().for_each(|p| counts.observe(p));
        let (mut left, mut right) = (LineCounts::new(&Repeats::default()), LineCounts::new(&Repeats::default()));
        right.observe(&pages[0]);
        left.observe(&pages[2]);
        left.observe(&pages[1]);
        right.merge(left);
        for counts in [counts, right] {
            assert_eq!(stories(&counts, &pages[0], PLEA), 2);
            assert_eq!(stories(&counts, &pages[0], &body("harbour")), 0);
            assert_eq!(stories(&counts, &page("herald", "x"), PLEA), 0);
        }
    }

    #[test]
    fn a_copied_page_does_not_make_its_own_text_furniture() {
        let twice = page("gazette", &body("harbour"));
        let changed = Document { text: twice.text.replace("Home", "Start"), ..twice.clone() };
        let mut edited = twice.clone();
        edited.text.push_str(&body("late addition")[..121]);
        let mut counts = LineCounts::new(&Repeats::default());
        for document in [&twice, &changed, &edited, &page("gazette", &body("tram"))] {
            counts.observe(document);
        }
        assert_eq!(stories(&counts, &twice, &body("harbour")), 0);
        assert_eq!(stories(&counts, &edited, &body("harbour")), 0);
        assert!(stories(&counts, &twice, PLEA) > 0);
    }

    #[test]
    fn keeps_a_bounded_number_of_pages() {
        let limits = Repeats { pages: 4, ..Repeats::default() };
        let mut counts = LineCounts::new(&limits);
        (0..50u8).for_each(|i| counts.observe(&page("gazette", &body(&"x".repeat(usize::from(i) + 1)))));
        assert_eq!(counts.sources["gazette"].lines.len(), 4);
    }
}
