//! Reprints: documents that share wording, found by containment.
//!
//! Each body is cut into runs of words ("shingles"), quotations left out, and a winnowed sample
//! of their hashes is kept (Schleimer, Wilkerson & Aiken, SIGMOD 2003). The share of one
//! document's sample that another holds estimates how much of it the other contains; unlike
//! Jaccard similarity it does not fall when an editor cuts half of a wire story. Where the shared
//! hashes stand tells the passages, so that two sentences inside a long report are found too.

pub mod borrowed;
pub mod fingerprint;
pub mod formula;
pub mod group;
pub mod index;
pub mod passage;

use rustc_hash::FxHashMap;
use schemars::JsonSchema;
use serde::Deserialize;

pub use borrowed::{Borrowed, Place, places, unit_at};
pub use fingerprint::{Fingerprint, fingerprint, shingles};
pub use formula::without_formulas;
pub use group::groups;
pub use index::{Posting, Shared, shared};
pub use passage::{Passage, Runs};

use fingerprint::Figure;

/// When two documents share text: `[reprint]` in `rules/matching.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReprintRules {
    /// What the rule does.
    pub about: String,
    /// Words in a shingle.
    pub shingle: usize,
    /// Shingles in a window of which one is kept.
    pub window: usize,
    /// A page whose body has fewer words is told by the lines too that only their shape sets aside.
    pub body_words: usize,
    /// Least share of the smaller sample for a copy.
    pub copy: f64,
    /// The same where what is shared stands in no more documents than a passage may: an editor changed the rest.
    pub copy_rare: f64,
    /// The same where the figures of what is shared are the same besides, up to `figures_share`: an editor changed words.
    pub copy_figures: f64,
    /// Least share of the figures that both must give for that.
    pub figures_share: f64,
    /// Least share for a partial copy.
    pub partial: f64,
    /// Least number of shared hashes.
    pub least_shared: usize,
    /// Most words between two shared shingles of one passage.
    pub bridge: u32,
    /// Fewest words of the longest passage of a partial copy.
    pub partial_words: u32,
    /// Fewest words of a passage that is listed although the rest of the documents differs.
    pub passage_words: u32,
    /// Fewest words of a passage inside which claims are those of the document it comes from.
    pub borrowed_words: u32,
    /// A template has this many figures in what is shared…
    pub template_figures: usize,
    /// …of which the two documents share less than this.
    pub template_share: f64,
    /// A passage of two stories that stands in more documents, copies apart, is a form of words that anybody uses…
    pub formula: u32,
    /// …told by this share of its runs of words, the rarest.
    pub formula_share: f64,
    /// A hash in up to this many documents joins each with each; in more, each with the first ones.
    pub each_with_each: usize,
    /// How many those first ones are.
    pub hubs: usize,
    /// A hash in more documents than this says nothing.
    pub posting_cap: usize,
}

/// How much of a text is shared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Extent {
    /// One document is a copy of the other: one independent unit of evidence.
    Copy,
    /// A good part of one document stands in the other.
    Partial,
    /// A passage of one document stands in the other, and little else.
    Passage,
}

/// Two documents that share text.
#[derive(Clone, Debug, PartialEq)]
pub struct Copy {
    /// Index of the first document.
    pub a: usize,
    /// Index of the second, which is greater.
    pub b: usize,
    /// Share of `a` that `b` contains, 0 to 1.
    pub containment_a: f64,
    /// Share of `b` that `a` contains.
    pub containment_b: f64,
    /// How much is shared.
    pub extent: Extent,
    /// In how many documents the rarer runs of the shared words stand.
    pub holders: u32,
    /// The longest passage that both print.
    pub longest: Passage,
    /// The passages whose claims are not independent.
    pub passages: Vec<Passage>,
}

/// What the index knows of a document besides its marks.
#[derive(Clone, Copy, Debug, Default)]
pub struct Size<'f> {
    /// How many marks it has.
    pub marks: usize,
    /// Its figures, in the order of the text.
    pub figures: &'f [Figure],
}

/// Judges two documents by all that they share; `shared` is of one pair and gets sorted. Nothing
/// when it is too little, or only a template that is filled with other figures every week.
pub fn judge(shared: &mut [Shared], a: Size, b: Size, rules: &ReprintRules) -> Option<Copy> {
    let pair = shared.first().map(|first| (first.a as usize, first.b as usize))?;
    if shared.len() < rules.least_shared {
        return None;
    }
    let share = |of: Size| (shared.len() as f64 / of.marks.max(1) as f64).min(1.0);
    let (containment_a, containment_b) = (share(a), share(b));
    // The longest passage may be all of it; most pairs have too little even then.
    let holders = formula::holders(shared, rules);
    let containment = containment_a.max(containment_b);
    extent(containment, least_copy(holders, None, rules), (shared.len() * rules.shingle) as u32, rules)?;
    // Nor has what is left a passage that is long enough, in most: words are counted, and figures compared, of the rest.
    let may_be = |longest: u32| extent(containment, least_copy_of_any(holders, rules), longest, rules);
    let runs = Runs::of(shared, rules);
    may_be(runs.longest() as u32 * rules.shingle as u32)?;
    let passages = runs.passages(rules);
    let longest = passages.iter().max_by_key(|p| (p.words, std::cmp::Reverse(p.first_a)))?.clone();
    may_be(longest.words)?;
    let figures = passage::figures_shared(&passages, a.figures, b.figures, rules);
    let extent = extent(containment, least_copy(holders, figures, rules), longest.words, rules)?;
    let template = figures.is_some_and(|share| share < rules.template_share);
    let long = |passage: &Passage| passage.words >= rules.borrowed_words;
    let own = |passage: Passage| passage.with_own(a.figures, b.figures, rules.bridge);
    let kept: Vec<Passage> = passages.into_iter().filter(long).map(own).collect();
    let (a, b) = pair;
    (!template).then_some(Copy { a, b, containment_a, containment_b, extent, holders, longest, passages: kept })
}

/// The least share of a copy: what many hold is shared by chance, and who keeps the figures changed words only.
fn least_copy(holders: u32, figures: Option<f64>, rules: &ReprintRules) -> f64 {
    match figures {
        _ if holders > rules.formula => rules.copy,
        Some(share) if share >= rules.figures_share => rules.copy_figures,
        _ => rules.copy_rare,
    }
}

/// The same whatever figures the two give.
fn least_copy_of_any(holders: u32, rules: &ReprintRules) -> f64 {
    let [some, none] = [Some(1.0), None].map(|figures| least_copy(holders, figures, rules));
    some.min(none)
}

fn extent(containment: f64, copy: f64, longest: u32, rules: &ReprintRules) -> Option<Extent> {
    match containment {
        share if share >= copy => Some(Extent::Copy),
        share if share >= rules.partial && longest >= rules.partial_words => Some(Extent::Partial),
        _ => (longest >= rules.passage_words).then_some(Extent::Passage),
    }
}

/// All pairs among fingerprints that fit in memory, sorted.
pub fn copies(fingerprints: Vec<Fingerprint>, rules: &ReprintRules) -> Vec<Copy> {
    let mut postings = Vec::with_capacity(fingerprints.iter().map(|print| print.marks.len()).sum());
    for (document, print) in (0..).zip(&fingerprints) {
        postings.extend(print.marks.iter().map(|mark| Posting { document, mark: *mark }));
    }
    let mut pairs = Vec::new();
    shared(&mut postings, rules, |found| pairs.push(found));
    drop(postings);
    judged(vec![pairs], |document| fingerprints[document as usize].size(), rules)
}

/// Judges every pair among `found`, which holds all that any of its pairs shares, in any order; sorted by pair.
pub fn judged<'f>(found: Vec<Vec<Shared>>, size: impl Fn(u32) -> Size<'f>, rules: &ReprintRules) -> Vec<Copy> {
    let mut shared = by_pair(found, rules.least_shared);
    let pairs = shared.chunk_by_mut(|x, y| x.pair() == y.pair());
    let mut copies: Vec<Copy> = pairs.filter_map(|pair| judge(pair, size(pair[0].a), size(pair[0].b), rules)).collect();
    copies.sort_unstable_by_key(|copy| (copy.a, copy.b));
    copies
}

/// What each pair shares side by side, where that is `least` or more.
fn by_pair(found: Vec<Vec<Shared>>, least: usize) -> Vec<Shared> {
    let mut places: FxHashMap<u64, usize> = FxHashMap::default();
    found.iter().flatten().for_each(|shared| *places.entry(shared.pair()).or_default() += 1);
    let mut end = 0;
    for place in places.values_mut() {
        let count = *place;
        *place = if count < least { usize::MAX } else { end };
        end += if count < least { 0 } else { count };
    }
    let none = Shared { a: 0, b: 0, word_a: 0, word_b: 0, line_a: 0, line_b: 0, held: 0 };
    let mut sorted = vec![none; end];
    for shared in found.into_iter().flatten() {
        if let Some(place) = places.get_mut(&shared.pair()).filter(|place| **place != usize::MAX) {
            sorted[*place] = shared;
            *place += 1;
        }
    }
    sorted
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::document::Document;
    use crate::reading::Reading;
    use crate::rules::RuleBook;

    pub fn rules() -> ReprintRules {
        RuleBook::load(None).unwrap().matching.reprint
    }

    fn print(text: &str) -> Fingerprint {
        let document = Document { text: text.into(), ..Document::default() };
        fingerprint(&Reading::prose(&document, &Default::default()), |_| false, &rules())
    }

    /// Sentences of words that no other seed has.
    fn prose(seed: u32, sentences: u32) -> String {
        let sentence = |n| (0..20).map(|w| format!("w{seed}x{n}y{w} ")).collect::<String>() + ".\n";
        (0..sentences).map(sentence).collect()
    }

    fn extents(texts: &[&str]) -> Vec<(usize, usize, Extent)> {
        let prints: Vec<Fingerprint> = texts.iter().map(|text| print(text)).collect();
        copies(prints, &rules()).iter().map(|c| (c.a, c.b, c.extent)).collect()
    }

    #[test]
    fn each_extent_is_told() {
        let whole = prose(1, 20);
        let cut: String = whole.lines().take(8).map(|line| format!("{line}\n")).collect();
        let third: String = whole.lines().skip(3).take(6).map(|l| format!("{l}\n")).collect::<String>() + &prose(2, 14);
        let passage = prose(3, 20) + &whole.lines().skip(5).take(2).map(|l| format!("{l}\n")).collect::<String>();
        let check = |other: &str, expected: &[(usize, usize, Extent)]| {
            assert_eq!(extents(&[&whole, other]), expected);
            assert_eq!(extents(&[other, &whole]), expected, "the other way round");
        };
        check(&cut, &[(0, 1, Extent::Copy)]);
        check(&third, &[(0, 1, Extent::Partial)]);
        check(&passage, &[(0, 1, Extent::Passage)]);
        check(&prose(4, 20), &[]);
    }

    #[test]
    fn a_page_without_prose_is_told_by_the_lines_that_nothing_names() {
        let book = RuleBook::load(None).unwrap();
        let results = "Shop sales 42.1 mln against 39.8 mln\nHotels 17.3 mln against 18.8 mln\nFerries 9.4 mln against 7.7 mln\n\
                       Rents 6.2 mln against 5.9 mln\nStaff on the last day 1,204 against 1,188\nDebt 88.5 mln against 91 mln\n";
        let menu =
            "Home | News | Sport | Weather\nSign in\nMost read\nShare this article\nCookie settings\nBack to top\n";
        let page = format!("{menu}{results}{menu}Today's puzzle\nPrint edition\nYour account\n");
        let read = |text: &str| {
            let document = Document { text: text.into(), ..Document::default() };
            let reading = crate::clean::clean(&document, &book.clean.line_counts(), &book.clean);
            fingerprint(&reading, |_| false, &rules())
        };
        let found = copies(vec![read(results), read(&page)], &rules());
        assert_eq!(found.iter().map(|copy| copy.extent).collect::<Vec<_>>(), [Extent::Copy]);
    }

    #[test]
    fn who_keeps_the_figures_changed_words_only() {
        let told = |shared: &str, own: u32| prose(own, 6) + shared + &prose(own + 1, 6);
        let check = |shared: &str, expected| {
            assert_eq!(extents(&[&told(shared, 20), &told(shared, 30)]), [(0, 1, expected)]);
        };
        let figured = |(line, n): (&str, u32)| line.replace("y7 ", &format!("y7 {n},250 ")) + "\n";
        check(&prose(1, 9), Extent::Partial);
        check(&prose(1, 9).lines().zip(3..).map(figured).collect::<String>(), Extent::Copy);
    }

    #[test]
    fn a_template_with_other_figures_is_no_copy() {
        let week = |claims: u32, before: u32, share: u32| {
            format!(
                "New claims for unemployment benefit came to {claims} in the latest week, the ministry of labour said today. \
                 In the week before they had stood at {before}, seasonal factors taken out, said the same office. \
                 The share of insured workers drawing benefit was {share} in a thousand, the monthly table of the office shows."
            )
        };
        assert_eq!(extents(&[&week(48_211, 47_905, 31), &week(51_377, 50_012, 36)]), []);
        assert_eq!(extents(&[&week(48_211, 47_905, 31), &week(48_211, 47_905, 31)]), [(0, 1, Extent::Copy)]);
    }

    #[test]
    fn the_longest_passage_is_found_where_it_stands() {
        let shared = prose(7, 2);
        let (left, right) = (prose(5, 6) + &shared, prose(6, 3) + &shared + &prose(8, 5));
        let found = copies(vec![print(&left), print(&right)], &rules());
        assert_eq!((found[0].longest.line_a, found[0].longest.line_b), (7, 4));
        assert!((34..=40).contains(&found[0].longest.words), "{:?}", found[0].longest);
    }
}
