//! Which pairs a person is asked about, and in which order.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use xxhash_rust::xxh3::xxh3_64_with_seed;

use crate::failure::Failure;
use crate::report::stored::{Stored, StoredRow};
use crate::voices::book::Book;
use crate::voices::judgement::{Answer, Judgement, Passages};

/// The order in which pairs are asked about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Order {
    /// By lot, the same in every session: for figures that hold for the whole run.
    #[default]
    Random,
    /// Pairs of the rules that fewest answers are known of.
    Uncertain,
    /// Pairs whose passages share about half their words: neither clearly alike nor clearly different.
    Threshold,
    /// As the tables list them: disagreements first.
    Listed,
}

/// A pair to be judged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pair {
    /// Its id.
    pub id: String,
    /// What it is about.
    pub kind: String,
    /// What the rules say.
    pub verdict: String,
    /// The rule that decided.
    pub rule: String,
    /// Its reason.
    pub why: String,
    /// Both sides.
    pub sides: [Side; 2],
}

/// One side of a pair.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Side {
    /// The outlet.
    pub source: String,
    /// Its document.
    pub document: String,
    /// The line of the passage.
    pub line: usize,
    /// The passage.
    pub text: String,
    /// The value.
    pub value: String,
}

impl Pair {
    fn of(row: &StoredRow) -> Self {
        let text = |column: &str| row.text(column).to_owned();
        let side = |s: &str| Side {
            source: text(&format!("source_{s}")),
            document: text(&format!("document_{s}")),
            line: usize::try_from(row.count(&format!("line_{s}"))).unwrap_or_default(),
            text: text(&format!("text_{s}")),
            value: text(&format!("value_{s}")),
        };
        Self {
            id: text("disagreement_id"),
            kind: text("kind"),
            verdict: text("verdict"),
            rule: text("rule"),
            why: text("why"),
            sides: [side("a"), side("b")],
        }
    }

    /// What it is known by when its id changes.
    pub fn passages(&self) -> Passages {
        let [a, b] = &self.sides;
        Passages::new(&self.kind, [(&a.text, &a.value), (&b.text, &b.value)])
    }

    /// The judgement that a person's answer makes of it.
    pub fn judged(&self, verdict: Answer, reason: &str, by: &str) -> Judgement {
        let [a, b] = self.sides.clone();
        Judgement {
            pair: self.id.clone(),
            verdict,
            reason: reason.to_owned(),
            by: by.to_owned(),
            kind: self.kind.clone(),
            document_a: a.document,
            text_a: a.text,
            value_a: a.value,
            document_b: b.document,
            text_b: b.text,
            value_b: b.value,
        }
    }
}

/// All pairs of a run that stand for themselves, those turned down included where they are listed.
///
/// # Errors
/// [`Failure::NoInput`] when a table cannot be read.
pub fn pairs(run: &Stored) -> Result<Vec<Pair>, Failure> {
    let tables = ["disagreements", "agreements", "not_comparable"];
    let rows = tables.into_iter().flat_map(|table| run.rows(table));
    let kept = rows.filter(|row| row.as_ref().map_or(true, |row| row.text("same_as").is_empty()));
    kept.map(|row| row.map(|row| Pair::of(&row))).collect()
}

/// The pairs that are not judged yet, in the order asked for.
pub fn sample(pairs: Vec<Pair>, order: Order, rule: Option<&str>, book: &Book) -> Vec<Pair> {
    let ids: BTreeSet<&str> = book.judgements().iter().map(|judgement| judgement.pair.as_str()).collect();
    let passages: BTreeSet<Passages> = book.judgements().iter().filter_map(Judgement::passages).collect();
    let rules: BTreeMap<String, String> = pairs.iter().map(|pair| (pair.id.clone(), pair.rule.clone())).collect();
    let is_open = |pair: &Pair| !ids.contains(pair.id.as_str()) && !passages.contains(&pair.passages());
    let wanted = |pair: &Pair| rule.is_none_or(|rule| rule == pair.rule);
    let mut left: Vec<Pair> = pairs.into_iter().filter(|pair| wanted(pair) && is_open(pair)).collect();
    match order {
        Order::Listed => {}
        Order::Random => left.sort_by_cached_key(lot),
        Order::Threshold => left.sort_by_cached_key(|pair| (from_half(pair), lot(pair))),
        Order::Uncertain => least_known(&mut left, book, &rules),
    }
    left
}

fn lot(pair: &Pair) -> u64 {
    const SEED: u64 = 1;
    xxh3_64_with_seed(pair.id.as_bytes(), SEED)
}

/// In thousandths, how far the share of words in common is from one half.
fn from_half(pair: &Pair) -> usize {
    let words = |text: &str| text.split_whitespace().map(str::to_lowercase).collect::<BTreeSet<_>>();
    let [a, b] = [&pair.sides[0].text, &pair.sides[1].text].map(|text| words(text));
    let shared = 1000 * a.intersection(&b).count() / a.union(&b).count().max(1);
    shared.abs_diff(500)
}

/// Rules that fewest answers are known of come first, a pair of each in turn.
fn least_known(pairs: &mut Vec<Pair>, book: &Book, rules: &BTreeMap<String, String>) {
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for rule in book.judgements().iter().filter_map(|judgement| rules.get(&judgement.pair)) {
        *known.entry(rule.clone()).or_default() += 1;
    }
    let mut queues: BTreeMap<String, Vec<Pair>> = BTreeMap::new();
    pairs.sort_by_cached_key(|pair| Reverse(lot(pair)));
    pairs.drain(..).for_each(|pair| queues.entry(pair.rule.clone()).or_default().push(pair));
    let mut turns: BTreeSet<(usize, String)> =
        queues.keys().map(|rule| (known.get(rule).copied().unwrap_or(0), rule.clone())).collect();
    while let Some((answers, rule)) = turns.pop_first() {
        if let Some(pair) = queues.get_mut(&rule).and_then(Vec::pop) {
            pairs.push(pair);
            turns.insert((answers + 1, rule));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(id: &str, rule: &str, a: &str, b: &str) -> Pair {
        let side = |text: &str| Side { text: text.into(), ..Side::default() };
        Pair { id: id.into(), rule: rule.into(), sides: [side(a), side(b)], ..Pair::default() }
    }

    fn asked(order: Order, judged: &[Pair]) -> Vec<String> {
        let dir = tempfile::tempdir().unwrap();
        let mut book = Book::open(&dir.path().join("j.toml")).unwrap();
        judged.iter().for_each(|pair| book.add(pair.judged(Answer::Agrees, "", "")).unwrap());
        sample(all(), order, None, &book).into_iter().map(|pair| pair.id).collect()
    }

    fn all() -> Vec<Pair> {
        vec![
            pair("d1", "number", "a b c d", "a b x y"),
            pair("d2", "number", "a b c d", "a b c d e"),
            pair("d3", "when", "a b", "x y"),
            pair("d4", "number", "a b c", "a b d"),
        ]
    }

    #[test]
    fn each_order_asks_what_it_promises() {
        assert_eq!(asked(Order::Listed, &[]), ["d1", "d2", "d3", "d4"]);
        assert_eq!(asked(Order::Random, &[]), asked(Order::Random, &[]));
        assert_eq!(asked(Order::Threshold, &[])[0], "d4");
        assert!(asked(Order::Uncertain, &[])[..2].contains(&"d3".to_owned()));
        assert_eq!(asked(Order::Uncertain, &all()[..1])[0], "d3");
    }

    #[test]
    fn what_is_judged_is_not_asked_again_even_under_another_id() {
        assert_eq!(asked(Order::Listed, &all()[..2]), ["d3", "d4"]);
        let moved = pair("d9", "number", "x y", "a b");
        assert_eq!(asked(Order::Listed, &[moved]), ["d1", "d2", "d4"]);
    }
}
