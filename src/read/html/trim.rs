//! Takes from an article's blocks what is none of it: links to other stories, pleas, credits, what stands at its edges.

use super::super::rules::{Pages, Phrases};
use super::blocks::{Block, Kind};
use super::front::without_stubs;
use crate::text::fold;

/// The blocks of the article.
pub(super) fn trim(blocks: Vec<Block>, title: &str, rules: &Pages) -> Vec<Block> {
    let mut kept = without_links(without_stubs(blocks, rules), title, rules);
    kept.truncate(before_comments(&kept, rules));
    kept = without_endings(kept, rules);
    kept.retain(|block| ![&rules.plea, &rules.credit, &rules.stamp].iter().any(|phrases| fits(block, phrases)));
    trim_front(&mut kept, rules);
    trim_back(&mut kept, rules);
    kept
}

/// Leaves out the title, what was said just before, and blocks that are links but no sentences.
fn without_links(blocks: Vec<Block>, title: &str, rules: &Pages) -> Vec<Block> {
    let mut kept: Vec<Block> = Vec::new();
    for block in blocks {
        let is_repeat = kept.last().is_some_and(|other| other.text == block.text);
        let is_link = block.link_share >= rules.link_share && !(is_prose(&block, rules) && block.text.ends_with('.'));
        if block.text != title && !is_repeat && !is_link {
            kept.push(block);
        }
    }
    kept
}

/// The blocks in front of the readers' comments.
fn before_comments(blocks: &[Block], rules: &Pages) -> usize {
    let mut prose = 0;
    let heads = |block: &Block| {
        prose += usize::from(is_prose(block, rules));
        prose >= rules.comments_blocks && fits(block, &rules.comments)
    };
    blocks.iter().position(heads).unwrap_or(blocks.len())
}

/// Leaves out a line such as "Related articles" with what follows it until the next prose, or until the end
/// when only a small part of the article is left.
fn without_endings(blocks: Vec<Block>, rules: &Pages) -> Vec<Block> {
    let mut kept = Vec::new();
    let mut in_ending = false;
    for block in blocks {
        if fits(&block, &rules.end) {
            in_ending = true;
        } else {
            in_ending &= !is_prose(&block, rules);
            if !in_ending {
                kept.push(block);
            }
        }
    }
    kept
}

/// Leaves out what stands before the first prose: breadcrumbs, bylines, dates.
fn trim_front(blocks: &mut Vec<Block>, rules: &Pages) {
    let first = blocks.iter().position(|block| is_prose(block, rules)).unwrap_or(0);
    if is_small(&blocks[..first], blocks, rules) {
        blocks.drain(..first);
    }
}

/// Leaves out what stands behind the last prose: headings, names, dates.
fn trim_back(blocks: &mut Vec<Block>, rules: &Pages) {
    let is_text = |block: &Block| is_prose(block, rules) || block.kind == Kind::Item;
    let last = blocks.iter().rposition(is_text).map_or(blocks.len(), |last| last + 1);
    if is_small(&blocks[last..], blocks, rules) {
        blocks.truncate(last);
    }
}

/// True when a part has so few words that it may go.
fn is_small(part: &[Block], all: &[Block], rules: &Pages) -> bool {
    let count = |blocks: &[Block]| blocks.iter().map(words).sum::<usize>();
    count(part) <= rules.edge_words || count(part) as f64 <= rules.edge_share * count(all) as f64
}

fn fits(block: &Block, phrases: &Phrases) -> bool {
    words(block) <= phrases.words && phrases.fit(&fold(&block.text))
}

/// A sentence or more: long, or ended as sentences are.
pub(super) fn is_prose(block: &Block, rules: &Pages) -> bool {
    let bare = block.text.trim_end_matches(['"', '\'', '”', '’', ')', ']', '»']);
    let is_sentence = rules.marks.iter().any(|mark| bare.ends_with(mark.as_str()));
    words(block) >= if is_sentence { rules.sentence_words } else { rules.prose_words }
}

pub(super) fn words(block: &Block) -> usize {
    block.text.split(' ').count()
}
