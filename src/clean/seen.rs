//! What a document sees of the other pages that are kept: which lines stand in other stories.
//!
//! A page that was printed twice, with a paragraph more or less, must not make its own text
//! furniture: such versions are told by the long lines they share, and left out.

use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::Xxh3;

use super::repeats::{Page, PageLines, Repeats, bytes};

/// The lines of up to 64 pages: each line has one bit a page.
#[derive(Clone, Debug, Default)]
pub(crate) struct Index {
    lines: FxHashMap<u32, u64>,
    /// Signature and bytes of long lines of each page.
    pages: Vec<(u64, u32)>,
    digest: u64,
}

impl Index {
    /// The most pages that have a bit.
    const MOST: usize = 64;

    /// Indexes the first 64 of these pages.
    pub fn new<'p>(pages: impl Iterator<Item = &'p PageLines>) -> Self {
        let mut index = Self::default();
        let mut state = Xxh3::new();
        for (at, page) in pages.take(Self::MOST).enumerate() {
            index.pages.push((page.signature, page.long));
            state.update(&page.signature.to_le_bytes());
            state.update(&page.long.to_le_bytes());
            for line in &page.lines {
                *index.lines.entry(*line).or_insert(0) |= 1 << at;
                state.update(&line.to_le_bytes());
            }
        }
        index.digest = state.digest();
        index
    }

    /// A digest of all that is indexed.
    pub fn digest(&self) -> u64 {
        self.digest
    }

    fn bits(&self, line: u32) -> u64 {
        self.lines.get(&line).copied().unwrap_or(0)
    }

    /// One bit for each page that `other` has too.
    fn also_in(&self, other: &Self) -> u64 {
        let is_also = |(signature, _): &(u64, u32)| other.pages.iter().any(|(known, _)| known == signature);
        (0..self.pages.len()).filter(|at| is_also(&self.pages[*at])).fold(0, |all, at| all | 1 << at)
    }

    /// One bit for each page that tells another story than `page`.
    fn others(&self, page: &Page, limits: &Repeats) -> u64 {
        let mut shared = [0_u32; Self::MOST];
        for (line, length) in &page.telling(limits) {
            let mut bits = self.bits(*line);
            while bits != 0 {
                shared[bits.trailing_zeros() as usize] += length;
                bits &= bits - 1;
            }
        }
        let (signature, own) = (page.signature(), bytes(&page.telling(limits)));
        let is_other = |(at, (other, long)): (usize, &(u64, u32))| {
            let (shared, long) = (shared[at] as f32, *long);
            let version = shared >= limits.version_share * own.min(long) as f32
                && shared >= limits.version_least * own.max(long) as f32;
            let same = *other == signature || shared > 0.0 && version;
            if same { 0 } else { 1_u64 << at }
        };
        self.pages.iter().enumerate().map(is_other).fold(0, |all, bit| all | bit)
    }
}

/// The other pages as seen from one document.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Seen<'c> {
    own: Option<(&'c Index, u64)>,
    across: Option<(&'c Index, u64)>,
    /// Pages of the source that tell other stories.
    pub others: u32,
}

impl<'c> Seen<'c> {
    /// Of the source's own pages and, where these are few, of the pages of all sources, those that tell other stories.
    pub fn new(own: Option<&'c Index>, across: impl Fn() -> &'c Index, page: &Page, limits: &Repeats) -> Self {
        let own = own.map(|index| (index, index.others(page, limits)));
        let others = own.map_or(0, |(_, pages)| pages.count_ones());
        let few = own.filter(|_| others < limits.few_pages).map(|(index, _)| (index, across()));
        let across = few.map(|(own, index)| (index, index.others(page, limits) & !index.also_in(own)));
        Self { own, across, others }
    }

    /// On how many other stories of the source a line stands.
    pub fn stories(&self, line: u32) -> u32 {
        self.own.map_or(0, |(index, pages)| (index.bits(line) & pages).count_ones())
    }

    /// On how many other stories of other sources it stands.
    pub fn sources(&self, line: u32) -> u32 {
        self.across.map_or(0, |(index, pages)| (index.bits(line) & pages).count_ones())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::{LineCounts, Rules};
    use crate::document::Document;

    const PLEA: &str = "Stay in the know";

    /// Paragraphs of words that no other seed has.
    fn paragraphs(seed: &str, numbers: std::ops::Range<u32>) -> String {
        let paragraph =
            |n| (0..16).map(move |w| format!("{seed}{}{} ", "abcdefgh".repeat(n as usize + 1), ["x", "y"][w % 2]));
        numbers.map(|n| paragraph(n).collect::<String>() + "ended so.\n").collect()
    }

    fn page(source: &str, text: String) -> Document {
        Document { source: source.into(), text: format!("{PLEA}\n{text}"), ..Document::default() }
    }

    /// How many other stories of the source, and how many other sources, have the lines of the last of `pages`.
    fn seen(pages: &[Document], lines: std::ops::Range<usize>) -> Vec<(u32, u32)> {
        let rules: Rules = toml::from_str(Rules::BUILT_IN).unwrap();
        let mut counts: LineCounts = rules.line_counts();
        pages.iter().for_each(|page| counts.observe(page));
        let last = &pages[pages.len() - 1];
        let page = Page::of(&last.text, &rules.tables.repeats);
        let seen = counts.seen_from(&last.source, &page);
        page.lines[lines].iter().map(|line| (seen.stories(*line), seen.sources(*line))).collect()
    }

    #[test]
    fn printings_of_one_story_count_for_nothing() {
        let print = |numbers| page("gazette", paragraphs("quay", numbers));
        let pages = [
            print(0..8),
            print(0..5),
            print(1..7),
            page("gazette", paragraphs("tram", 0..6)),
            page("gazette", paragraphs("budget", 0..6)),
            print(2..8),
        ];
        assert_eq!(seen(&pages, 0..3), [(2, 0), (0, 0), (0, 0)]);
    }

    #[test]
    fn a_brief_is_no_furniture_where_others_print_it_too() {
        let brief = |source: &str, lead: &str| {
            let text = format!(
                "{lead}A flood killed 6 people on Monday.\nSome 900 people left by boat.\nThe bridges are gone.\n"
            );
            Document { source: source.into(), text, ..Document::default() }
        };
        let pages = [
            brief("echo", ""),
            page("post", paragraphs("tram", 0..6)),
            brief("herald", "(Echo) "),
            brief("gazette", ""),
        ];
        assert_eq!(seen(&pages, 0..3), [(0, 0), (0, 0), (0, 0)]);
    }

    #[test]
    fn sources_have_lines_in_common_but_not_what_they_reprint() {
        let wire = paragraphs("quay", 0..6);
        let pages = [
            page("echo", wire.clone()),
            page("post", paragraphs("tram", 0..6)),
            page("herald", paragraphs("budget", 0..6)),
            page("gazette", wire),
        ];
        assert_eq!(seen(&pages, 0..3), [(0, 2), (0, 0), (0, 0)]);
    }
}
