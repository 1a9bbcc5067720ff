//! How often each line stands on the pages of one source: the strongest sign of furniture.
//!
//! A first pass observes every document. Of each source a fixed number of pages is kept, those
//! with the smallest hash of their long lines, so that memory is bounded, the order of documents
//! does not matter, and two copies of one page count once. What a document sees of them is told
//! in `seen`.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

use super::block::split;
use super::fold::fold_into;
use super::seen::{Index, Seen};
use super::shape::{End, end_of};
use crate::document::Document;

/// How repeats are counted (`[repeats]` of `rules/clean.toml`).
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Repeats {
    /// What the numbers are for.
    pub about: String,
    /// Pages of one source that are kept, at most 64.
    pub pages: usize,
    /// Lines of one page that are kept.
    pub lines: usize,
    /// Fewest bytes of a long line: such lines tell stories apart.
    pub long_line: usize,
    /// Another page tells the same story when it shares this much of the shorter page's long lines…
    pub version_share: f32,
    /// …and this much of the longer one's.
    pub version_least: f32,
    /// Sources, at most 64, of which one page is kept to see what sources have in common.
    pub sources: usize,
    /// Most lines of a brief, whose short lines tell its story too.
    pub brief_lines: usize,
    /// What sources have in common counts for a document whose own source has fewer other pages than this.
    pub few_pages: u32,
    /// Fewest words of a sentence that is another one when it gives other figures.
    pub figure_words: usize,
}

impl Default for Repeats {
    fn default() -> Self {
        Self {
            about: String::new(),
            pages: 32,
            lines: 600,
            long_line: 120,
            version_share: 0.5,
            version_least: 0.2,
            sources: 64,
            brief_lines: 8,
            few_pages: 4,
            figure_words: 5,
        }
    }
}

/// Lines seen in each source's pages, over the whole corpus or a part of it.
#[derive(Clone, Debug, Default)]
pub struct LineCounts {
    limits: Repeats,
    sources: BTreeMap<String, Pages>,
    /// One page of each of some sources; built when first asked for.
    across: OnceLock<Index>,
}

/// What is counted of one document: enough to count it again without its text.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PageLines {
    /// Pages with the same long lines are copies of one another.
    pub(super) signature: u64,
    /// Hashes of its lines, each once, sorted.
    pub(super) lines: Box<[u32]>,
    /// Bytes of its long lines.
    pub(super) long: u32,
}

/// The pages kept of one source, under their signatures.
#[derive(Clone, Debug, Default)]
struct Pages {
    kept: BTreeMap<u64, PageLines>,
    /// Built when first asked for.
    index: OnceLock<Index>,
}

impl LineCounts {
    /// An empty count that keeps as much as `limits` say.
    pub fn new(limits: &Repeats) -> Self {
        Self { limits: limits.clone(), ..Self::default() }
    }

    /// Counts the lines of one document. Copies of a page count once.
    pub fn observe(&mut self, document: &Document) {
        self.observe_page(&document.source, Self::page(document, &self.limits));
    }

    /// What is counted of a document.
    pub fn page(document: &Document, limits: &Repeats) -> PageLines {
        Page::of(&document.text, limits).counted(limits)
    }

    /// Counts a page of `source`. Copies of a page count once.
    pub fn observe_page(&mut self, source: &str, page: PageLines) {
        if page.lines.is_empty() {
            return;
        }
        self.across = OnceLock::new();
        if !self.sources.contains_key(source) {
            self.sources.insert(source.to_owned(), Pages::default());
        }
        if let Some(pages) = self.sources.get_mut(source) {
            pages.keep(page, self.limits.pages);
        }
    }

    /// The pages kept of each source: counted again, they give these counts.
    pub fn pages(&self) -> impl Iterator<Item = (&str, Vec<PageLines>)> {
        self.sources.iter().map(|(source, pages)| (source.as_str(), pages.kept.values().cloned().collect()))
    }

    /// A digest of all that is known of each source: while it stays, cleaning its documents gives the same.
    pub fn digests(&self) -> BTreeMap<&str, u64> {
        let common = self.across().digest();
        let is_few = |pages: &Pages| pages.kept.len() <= self.limits.few_pages as usize;
        let digest = |pages: &Pages| pages.index().digest() ^ if is_few(pages) { common } else { 0 };
        self.sources.iter().map(|(source, pages)| (source.as_str(), digest(pages))).collect()
    }

    /// Both counts together, whichever way round.
    pub fn merge(&mut self, other: Self) {
        self.across = OnceLock::new();
        for (source, pages) in other.sources {
            let own = self.sources.entry(source).or_default();
            pages.kept.into_values().for_each(|page| own.keep(page, self.limits.pages));
        }
    }

    /// Looks at the counts from the place of one page of `source`.
    pub(crate) fn seen_from<'c>(&'c self, source: &str, page: &Page) -> Seen<'c> {
        let own = self.sources.get(source).map(Pages::index);
        Seen::new(own, || self.across(), page, &self.limits)
    }

    /// A page of each of the sources whose names have the smallest hashes: whatever is counted besides, most of them stay.
    fn across(&self) -> &Index {
        self.across.get_or_init(|| {
            let first = |(source, pages): (&String, &Pages)| {
                Some((xxh3_64(source.as_bytes()), pages.kept.first_key_value()?.1.clone()))
            };
            let mut chosen: Vec<(u64, PageLines)> = self.sources.iter().filter_map(first).collect();
            chosen.sort_unstable();
            Index::new(chosen.iter().map(|(_, page)| page).take(self.limits.sources))
        })
    }
}

impl Pages {
    /// Keeps a page if it is among the `most` smallest; of two copies the smaller one.
    fn keep(&mut self, page: PageLines, most: usize) {
        self.index = OnceLock::new();
        let kept = self.kept.entry(page.signature).or_insert_with(|| page.clone());
        if page < *kept {
            *kept = page;
        }
        if self.kept.len() > most {
            self.kept.pop_last();
        }
    }

    fn index(&self) -> &Index {
        self.index.get_or_init(|| Index::new(self.kept.values()))
    }
}

/// One page as it is counted.
#[derive(Debug, Default)]
pub(crate) struct Page {
    /// Hashes of its lines, as they stand.
    pub lines: Vec<u32>,
    /// Hash and length of its long lines.
    pub long: Vec<(u32, u32)>,
    /// The same of the others.
    short: Vec<(u32, u32)>,
}

impl Page {
    /// The lines of a text.
    pub fn of(text: &str, limits: &Repeats) -> Self {
        let mut page = Self::default();
        let mut buffer = Vec::new();
        for line in split(text).into_iter().take(limits.lines) {
            fold_into(line.of(text), &mut buffer);
            page.push(&LineHash::of(line.of(text), &buffer, limits), buffer.len(), limits);
        }
        page
    }

    /// Adds a line of which folding left so many bytes.
    pub fn push(&mut self, line: &LineHash, folded: usize, limits: &Repeats) {
        if folded == 0 {
            return;
        }
        self.lines.push(line.hash);
        if folded >= limits.long_line {
            // Another printing of a story may give other figures.
            self.lines.push(line.story);
            self.long.push((line.story, folded as u32));
        } else {
            self.short.push((line.hash, folded as u32));
        }
    }

    /// Hash and length of the lines that tell its story: the long ones, and of a brief all.
    pub fn telling(&self, limits: &Repeats) -> Vec<(u32, u32)> {
        let brief = self.long.len() + self.short.len() <= limits.brief_lines;
        let short = if brief { &self.short[..] } else { &[] };
        [&self.long, short].concat()
    }

    /// Pages with the same long lines are copies of one another; without any, pages with the same lines.
    pub fn signature(&self) -> u64 {
        let mut hashes: Vec<u32> = self.long.iter().map(|(hash, _)| *hash).collect();
        if hashes.is_empty() {
            hashes.clone_from(&self.lines);
        }
        hashes.sort_unstable();
        hashes.dedup();
        let bytes: Vec<u8> = hashes.iter().flat_map(|hash| hash.to_le_bytes()).collect();
        xxh3_64_with_seed(&bytes, u64::from(!self.long.is_empty()))
    }

    fn counted(self, limits: &Repeats) -> PageLines {
        let (signature, long) = (self.signature(), bytes(&self.telling(limits)));
        let mut lines = self.lines;
        lines.sort_unstable();
        lines.dedup();
        PageLines { signature, long, lines: lines.into() }
    }
}

/// Bytes of long lines.
pub(crate) fn bytes(long: &[(u32, u32)]) -> u32 {
    long.iter().fold(0, |sum, (_, length)| sum.saturating_add(*length))
}

/// What a line is known by.
pub(crate) struct LineHash {
    /// Figures are set aside, for "3 comments" is "5 comments"; but a sentence that gives other figures tells other news.
    pub hash: u32,
    /// Figures are set aside in any line.
    pub story: u32,
}

impl LineHash {
    /// From the line and what folding left of it.
    pub fn of(line: &str, folded: &[u8], limits: &Repeats) -> Self {
        let story = xxh3_64(folded) as u32;
        if !tells_figures(line, folded, limits.figure_words) {
            return Self { hash: story, story };
        }
        let digits: Vec<u8> = line.bytes().filter(u8::is_ascii_digit).collect();
        Self { hash: xxh3_64_with_seed(&digits, xxh3_64(folded)) as u32, story }
    }
}

/// Whether a line is a sentence of some length with figures in it.
fn tells_figures(line: &str, folded: &[u8], words: usize) -> bool {
    let spaces = || folded.iter().filter(|byte| **byte == b' ').count();
    memchr::memchr(b'0', folded).is_some() && end_of(line.trim_end()) == End::Stop && spaces() + 1 >= words
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

    fn stories(counts: &LineCounts, document: &Document, line: &str) -> u32 {
        let page = Page::of(&document.text, &counts.limits);
        let seen = counts.seen_from(&document.source, &page);
        seen.stories(LineHash::of(line, &super::super::fold::folded(line), &counts.limits).hash)
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
    fn a_sentence_with_other_figures_is_another_one() {
        let told = |topic: &str, deals: u32| {
            page("gazette", &format!("{}\nThe two signed {deals} deals.\n{deals} views", body(topic)))
        };
        let mut counts = LineCounts::new(&Repeats::default());
        let pages = [told("harbour", 17), told("tram", 23), told("budget", 23)];
        pages.iter().for_each(|page| counts.observe(page));
        let check = |line: &str, expected| assert_eq!(stories(&counts, &pages[0], line), expected, "{line}");
        check("The two signed 17 deals.", 0);
        check("The two signed 23 deals.", 2);
        check("17 views", 2);
    }

    #[test]
    fn keeps_a_bounded_number_of_pages() {
        let limits = Repeats { pages: 4, ..Repeats::default() };
        let mut counts = LineCounts::new(&limits);
        (0..50u8).for_each(|i| counts.observe(&page("gazette", &body(&"x".repeat(usize::from(i) + 1)))));
        assert_eq!(counts.sources["gazette"].kept.len(), 4);
    }
}
