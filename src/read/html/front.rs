//! Stubs of other stories: a headline that leads to a page, and a few words of that story. A page of nothing else is a
//! front page; behind an article they are no part of it.

use std::collections::BTreeSet;

use super::super::rules::Pages;
use super::blocks::{Block, Kind};
use super::trim::{is_prose, words};
use crate::text::fold;

/// Whether these are the stubs of a front page: all prose stands in short blocks, and either each of them has a headline
/// that is a link above it, or each ends with a link that leads on, or each has a heading and tells of something else.
pub(super) fn is_front(blocks: &[Block], rules: &Pages) -> bool {
    let tells =
        |block: &Block| block.kind != Kind::Heading && !leads(block, rules) && words(block) >= rules.sentence_words;
    let told: Vec<usize> = (0..blocks.len()).filter(|at| tells(&blocks[*at])).collect();
    let all = |is_stub: &dyn Fn(usize) -> bool| told.iter().all(|at| is_stub(*at));
    let is_short = |at: usize| words(&blocks[at]) <= rules.stub_words;
    let is_under = |at: usize, is_head: &dyn Fn(&Block) -> bool| at > 0 && is_head(&blocks[at - 1]);
    told.len() >= rules.stubs
        && all(&is_short)
        && (all(&|at| is_under(at, &|head| leads(head, rules)))
            || all(&|at| (1..=rules.lead_on_words).contains(&blocks[at].end_link))
            || all(&|at| is_under(at, &|head| head.kind == Kind::Heading)) && is_of_many(blocks, &told, rules))
}

/// Without the stubs behind an article: so many headlines that are links and no headings, each with a short block of
/// prose. A list that an article is made of has headings.
pub(super) fn without_stubs(mut blocks: Vec<Block>, rules: &Pages) -> Vec<Block> {
    let is_stub = |at: usize| {
        let [head, told] = [&blocks[at], &blocks[at + 1]];
        head.kind == Kind::Paragraph && leads(head, rules) && is_prose(told, rules) && words(told) <= rules.stub_words
    };
    let mut end = blocks.len();
    while end >= 2 && is_stub(end - 2) {
        end -= 2;
    }
    let prose = blocks[..end].iter().filter(|block| is_prose(block, rules)).count();
    if prose >= rules.comments_blocks && (blocks.len() - end) / 2 >= rules.stubs {
        blocks.truncate(end);
    }
    blocks
}

/// A line that is a link.
fn leads(block: &Block, rules: &Pages) -> bool {
    block.link_share >= rules.link_share && !(is_prose(block, rules) && block.text.ends_with('.'))
}

/// Whether the blocks, their headings with them, have next to no words in common: an article keeps naming what it is about.
fn is_of_many(blocks: &[Block], told: &[usize], rules: &Pages) -> bool {
    let topics: Vec<BTreeSet<String>> =
        told.iter().map(|at| topics(&blocks[at - 1].text).chain(topics(&blocks[*at].text)).collect()).collect();
    let is_shared = |own: usize, word: &String| (0..topics.len()).any(|at| at != own && topics[at].contains(word));
    let share = |own: usize| {
        let shared = topics[own].iter().filter(|word| is_shared(own, word)).count();
        shared as f64 / topics[own].len().max(1) as f64
    };
    (0..topics.len()).map(share).sum::<f64>() <= rules.stub_topics * topics.len() as f64
}

/// The longer words of a text, folded.
fn topics(text: &str) -> impl Iterator<Item = String> {
    const LETTERS: usize = 5;
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() >= LETTERS);
    words.map(|word| fold(word).to_string()).collect::<Vec<_>>().into_iter()
}
