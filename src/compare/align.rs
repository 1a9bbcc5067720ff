//! Word-level alignment of two wordings: what they share, and the runs in which they differ.
//!
//! A weighted longest common subsequence: content words weigh more than function words, marks
//! least, and a match next to a match a little more, so that runs stay whole. Texts longer than
//! the window are aligned window by window, which keeps the cost linear.

use std::cell::Cell;
use std::mem;
use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;

use super::are_ordered;
use super::vocabulary::{Key, Wording};
use crate::rules::Words;
use crate::text::recent::new_seed;
use crate::text::{Token, TokenKind};

/// What tokens weigh in an alignment; the table `[align]`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// What it is for.
    pub about: String,
    /// Tokens of each side that are aligned at a time.
    pub window: usize,
    /// Weight of a word or number that carries content.
    pub content: u32,
    /// Weight of a capitalised word that carries content: less, so that verbs hold the alignment
    /// when names change places.
    pub name: u32,
    /// Weight of a function word.
    pub function: u32,
    /// Weight of a mark.
    pub mark: u32,
    /// Taken off a match of two inflections of one word.
    pub inflection: u32,
    /// Added to a match that has a match behind it.
    pub neighbour: u32,
    /// Words that carry grammar and no content.
    pub function_words: Words,
    /// Pairs that align closely enough to be compared.
    pub fires: Vec<[String; 2]>,
    /// Pairs that do not.
    pub silent: Vec<[String; 2]>,
    /// A number that no other rules have.
    #[serde(skip, default = "seed")]
    pub(super) seed: u64,
}

/// Each sort of token has a number of its own.
fn seed() -> u64 {
    new_seed() << 8
}

impl Rules {
    /// True for a word or number that carries content.
    pub fn is_content(&self, token: &Token) -> bool {
        token.is_wordlike() && !self.function_words.contains(&token.norm)
    }

    pub(super) fn weight(&self, token: &Token) -> u32 {
        match token.kind {
            TokenKind::Mark | TokenKind::Possessive => self.mark,
            _ if self.function_words.contains(&token.norm) => self.function,
            _ if token.is_capitalised() => self.name,
            _ => self.content,
        }
    }
}

/// A differing run: token indices on both sides, of which one may be empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Tokens of the first wording.
    pub a: Range<usize>,
    /// Tokens of the second wording.
    pub b: Range<usize>,
}

/// What two wordings share.
#[derive(Clone, Debug, PartialEq)]
pub struct Alignment {
    /// Tokens that are equal on both sides.
    pub equal: usize,
    /// The differing runs in order; two inflections of one word are a run of their own.
    pub runs: Vec<Run>,
    /// Weight shared, of all weight of both sides: 1 for equal wordings.
    pub similarity: f64,
    /// Weight shared, of all weight of the lighter side: 1 when it is contained in the other.
    pub containment: f64,
}

/// Aligns two runs of tokens; see [`align_wordings`].
pub fn align(a: &[Token], b: &[Token], rules: &Rules) -> Alignment {
    align_wordings(&Wording::new(a, rules), &Wording::new(b, rules), rules)
}

/// Aligns two wordings. The same runs come out, sides changed, when the wordings change places:
/// among equally good alignments, the one of the lesser wording against the greater is taken.
pub fn align_wordings(a: &Wording, b: &Wording, rules: &Rules) -> Alignment {
    let (left, right) = (a.tokens, b.tokens);
    if left.len() < right.len() || left.len() == right.len() && are_ordered(left, right) {
        return align_keys(&a.keys, &b.keys, rules);
    }
    let mut found = align_keys(&b.keys, &a.keys, rules);
    found.runs.iter_mut().for_each(|run| mem::swap(&mut run.a, &mut run.b));
    found
}

thread_local! {
    static SCORES: Cell<Vec<u32>> = const { Cell::new(Vec::new()) };
}

fn align_keys(a: &[Key], b: &[Key], rules: &Rules) -> Alignment {
    let same = |(x, y): &(&Key, &Key)| x.norm == y.norm;
    let head = a.iter().zip(b).take_while(same).count();
    let tail = a[head..].iter().rev().zip(b[head..].iter().rev()).take_while(same).count();
    let (end_a, end_b) = (a.len() - tail, b.len() - tail);
    // Thousands of pairs are aligned one after the other, each in a table of a few thousand numbers.
    let mut path = Path { scores: SCORES.take(), ..Path::default() };
    (0..head).for_each(|at| path.meet((at, at), &a[at], &b[at], rules));
    let (mut i, mut j) = (head, head);
    while i < end_a && j < end_b {
        let window = (i..end_a.min(i + rules.window), j..end_b.min(j + rules.window));
        (i, j) = walk(&a[..end_a], &b[..end_b], window, rules, &mut path);
    }
    (0..tail).for_each(|at| path.meet((end_a + at, end_b + at), &a[end_a + at], &b[end_b + at], rules));
    SCORES.set(mem::take(&mut path.scores));
    path.finish(a, b)
}

/// What a match of two tokens adds; 0 when they do not match. Equal words have equal stems.
#[inline]
fn gain(x: &Key, y: &Key, rules: &Rules) -> u32 {
    match x.stem == y.stem {
        false => 0,
        true if x.norm == y.norm => x.weight,
        true => x.weight.saturating_sub(rules.inflection),
    }
}

/// Aligns one window and writes its path: all of it when it reaches the end of both wordings,
/// half of it otherwise. Returns where the next window begins.
fn walk(a: &[Key], b: &[Key], window: (Range<usize>, Range<usize>), rules: &Rules, path: &mut Path) -> (usize, usize) {
    let (rows, columns) = window;
    let best = scores(&a[rows.clone()], &b[columns.clone()], rules, mem::take(&mut path.scores));
    let at = |i: usize, j: usize| best[(i - rows.start) * (columns.len() + 1) + j - columns.start];
    let last = rows.end == a.len() && columns.end == b.len();
    let half = |range: &Range<usize>| if last { range.end } else { range.start + range.len().div_ceil(2) };
    let (stop_a, stop_b) = (half(&rows), half(&columns));
    let (mut i, mut j) = (rows.start, columns.start);
    while i < stop_a && j < stop_b {
        if at(i, j) == at(i + 1, j) {
            i += 1;
        } else if at(i, j) == at(i, j + 1) {
            j += 1;
        } else {
            path.meet((i, j), &a[i], &b[j], rules);
            (i, j) = (i + 1, j + 1);
        }
    }
    path.scores = best;
    if last { (a.len(), b.len()) } else { (i, j) }
}

/// `best[i * width + j]`: the greatest gain from `a[i..]` and `b[j..]`. What `best` holds before is of no account.
fn scores(a: &[Key], b: &[Key], rules: &Rules, mut best: Vec<u32>) -> Vec<u32> {
    let width = b.len() + 1;
    best.resize((a.len() + 1) * width, 0);
    best[a.len() * width..].fill(0);
    for (i, x) in a.iter().enumerate().rev() {
        let (rows, below) = best.split_at_mut((i + 1) * width);
        let (row, below) = (&mut rows[i * width..], &below[..width]);
        let mut right = 0;
        row[b.len()] = 0;
        for (j, ((y, cell), down)) in b.iter().zip(&mut row[..b.len()]).zip(&below[..b.len()]).enumerate().rev() {
            right = right.max(*down);
            let gained = gain(x, y, rules);
            if gained > 0 {
                let next = a.get(i + 1).zip(b.get(j + 1)).is_some_and(|(x, y)| x.stem == y.stem);
                let bonus = if next { rules.neighbour } else { 0 };
                right = right.max(below[j + 1] + gained + bonus);
            }
            *cell = right;
        }
    }
    best
}

/// The path through both wordings while it is walked.
#[derive(Default)]
struct Path {
    equal: usize,
    shared: u32,
    at: (usize, usize),
    runs: Vec<Run>,
    scores: Vec<u32>,
}

impl Path {
    /// Two tokens match: what lies before them and is not passed yet differs.
    fn meet(&mut self, (i, j): (usize, usize), x: &Key, y: &Key, rules: &Rules) {
        self.differ(i, j);
        self.shared += gain(x, y, rules);
        self.at = (i + 1, j + 1);
        if x.norm == y.norm {
            self.equal += 1;
        } else {
            self.runs.push(Run { a: i..i + 1, b: j..j + 1 });
        }
    }

    fn differ(&mut self, i: usize, j: usize) {
        if self.at != (i, j) {
            self.runs.push(Run { a: self.at.0..i, b: self.at.1..j });
        }
    }

    fn finish(mut self, a: &[Key], b: &[Key]) -> Alignment {
        self.differ(a.len(), b.len());
        let weight = |keys: &[Key]| keys.iter().map(|k| f64::from(k.weight)).sum::<f64>();
        let (left, right, shared) = (weight(a), weight(b), f64::from(self.shared));
        let share = |of: f64| if of > 0.0 { shared / of } else { f64::from(u8::from(a.is_empty() && b.is_empty())) };
        Alignment {
            equal: self.equal,
            runs: self.runs,
            similarity: share((left + right) / 2.0),
            containment: share(left.min(right)),
        }
    }
}

/// The wording with its differences, each with a few words of context:
/// `upon [-invitation-] {+investigation+}`. `left` and `right` are the texts the tokens' spans point into.
pub fn show(left: (&str, &[Token]), right: (&str, &[Token]), alignment: &Alignment) -> String {
    const CONTEXT: usize = 3;
    let mut out = String::new();
    let mut at = 0;
    for run in &alignment.runs {
        push_context(&mut out, left, at, run.a.start, CONTEXT);
        push_side(&mut out, left, &run.a, ("[-", "-]"));
        push_side(&mut out, right, &run.b, ("{+", "+}"));
        at = run.a.end;
    }
    push_context(&mut out, left, at, left.1.len(), CONTEXT);
    out
}

/// The equal tokens `from..to` of the left text, shortened to their ends.
fn push_context(out: &mut String, left: (&str, &[Token]), from: usize, to: usize, context: usize) {
    let (head, tail) = (if from == 0 { 0 } else { context }, if to == left.1.len() { 0 } else { context });
    if to - from <= head + tail + 1 {
        push_side(out, left, &(from..to), ("", ""));
        return;
    }
    push_side(out, left, &(from..from + head), ("", ""));
    out.push_str(if out.is_empty() { "\u{2026}" } else { " \u{2026}" });
    push_side(out, left, &(to - tail..to), ("", ""));
}

fn push_side(out: &mut String, (text, tokens): (&str, &[Token]), range: &Range<usize>, (open, close): (&str, &str)) {
    if range.is_empty() {
        return;
    }
    let (first, last) = (tokens[range.start].span, tokens[range.end - 1].span);
    let stuck = range.start > 0 && tokens[range.start - 1].span.end == first.start && open.is_empty();
    if !out.is_empty() && !stuck {
        out.push(' ');
    }
    out.push_str(open);
    out.extend(first.cover(last).of(text).split_whitespace().flat_map(|word| [word, " "]));
    out.truncate(out.trim_end().len());
    out.push_str(close);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::wording::WordingRules;
    use crate::document::Span;
    use crate::text::tokenize;

    fn tokens(text: &str) -> Vec<Token> {
        tokenize(text, Span::new(0, text.len()))
    }

    fn shown(a: &str, b: &str) -> String {
        let (x, y) = (tokens(a), tokens(b));
        show((a, &x), (b, &y), &align(&x, &y, &WordingRules::embedded().align))
    }

    #[test]
    fn shows_what_differs() {
        for (a, b, expected) in [
            (
                "He came upon invitation.",
                "He came upon investigation.",
                "\u{2026} He came upon [-invitation-] {+investigation+}.",
            ),
            ("The gate is open.", "The gate is open.", "\u{2026}"),
            ("Two boats sank", "Two old boats sank off the coast", "Two {+old+} boats sank {+off the coast+}"),
        ] {
            assert_eq!(shown(a, b).trim_start_matches("\u{2026} "), expected.trim_start_matches("\u{2026} "));
        }
    }

    #[test]
    fn examples_hold() {
        let rules = WordingRules::embedded();
        let similar =
            |[a, b]: &[String; 2]| align(&tokens(a), &tokens(b), &rules.align).similarity >= rules.statement.similarity;
        rules.align.fires.iter().for_each(|pair| assert!(similar(pair), "{pair:?}"));
        rules.align.silent.iter().for_each(|pair| assert!(!similar(pair), "{pair:?}"));
    }

    #[test]
    fn long_texts_are_aligned_window_by_window() {
        let long: String = (0..3000).map(|i| format!("word{} ", i % 700)).collect();
        let changed = long.replacen("word5 ", "other ", 2);
        let found = align(&tokens(&long), &tokens(&changed), &WordingRules::embedded().align);
        assert_eq!((found.equal, found.runs.len()), (2998, 2));
    }
}
