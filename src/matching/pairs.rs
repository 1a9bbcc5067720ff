//! Candidate pairs: the mentions of a story that are worth comparing, found through shared keys.
//!
//! Every route has its own key; pairs are only built inside a key, between different documents,
//! and a key shared by too many mentions is cut at `[pairs]` so that no story costs all with all.

use compact_str::{CompactString, format_compact};
use rustc_hash::{FxHashMap, FxHashSet};
use schemars::JsonSchema;
use serde::Deserialize;

use super::group::{Mention, Story};
use super::reprint::shingles;
use crate::claim::{Claim, Kind, Statement, Value, When};
use crate::compare::negated::{NegatedRules, is_negated};
use crate::text::stem::stem;
use crate::text::{Token, TokenKind};

/// The limits of candidate pairs: `[pairs]` in `rules/matching.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PairRules {
    /// What the rule does.
    pub about: String,
    /// Most mentions that one key may join; later ones are left out.
    pub block_cap: usize,
    /// Words in a row that two quotations must share to be compared.
    pub quotation_run: usize,
    /// Least share of the smaller statement's content words that both have.
    pub statement_overlap: f64,
    /// Least number of content words that both have.
    pub statement_shared: usize,
}

/// Claims that may share a slot: same attribute for typed ones, same role for holders, same kind
/// of value and thing counted for open ones.
pub fn claim_pairs(story: &Story, rules: &PairRules) -> Vec<(Mention, Mention)> {
    let mut blocks: FxHashMap<CompactString, Vec<Mention>> = FxHashMap::default();
    for mention in story.mentions() {
        if let Some(key) = block_key(story.claim(mention)) {
            blocks.entry(key).or_default().push(mention);
        }
    }
    pairs(blocks.into_values(), rules)
}

/// The key under which a claim is compared: claims of different keys never meet.
pub fn block_key(claim: &Claim) -> Option<CompactString> {
    match claim.attribute.as_str() {
        "quotation" => None,
        "role-holder" => Some(format_compact!("role {}", claim.context.first()?)),
        "open" => open_key(claim),
        "measured" => measured_key(claim),
        attribute => Some(attribute.into()),
    }
}

/// Open numbers must measure the same thing; bare numbers that count nothing are left alone.
fn open_key(claim: &Claim) -> Option<CompactString> {
    match &claim.value {
        Value::Quantity(q) if q.unit.is_empty() && q.counted.is_empty() => None,
        Value::Quantity(q) => Some(format_compact!("open {} {}", q.unit, stem(&q.counted))),
        Value::When(w) if is_single_day(w) => Some("open when".into()),
        _ => None,
    }
}

/// What is measured is asked word by word, for synonyms name one thing; plain counts must count.
fn measured_key(claim: &Claim) -> Option<CompactString> {
    match &claim.value {
        Value::Quantity(q) if q.unit.is_empty() && q.counted.is_empty() => None,
        Value::Quantity(q) => Some(format_compact!("measured {}", q.unit)),
        _ => None,
    }
}

/// Months, years and stretches are the time of too many things; a day or an hour is of one.
fn is_single_day(when: &When) -> bool {
    let resolved = when.days.is_some_and(|(first, last)| first == last);
    resolved || when.days.is_none() && (when.weekday.is_some() || when.clock.is_some() || when.day.is_some())
}

/// Quotations that share a run of words.
pub fn quotation_pairs(
    story: &Story,
    tokens: &FxHashMap<Mention, Vec<Token>>,
    rules: &PairRules,
) -> Vec<(Mention, Mention)> {
    let mut blocks: FxHashMap<u64, Vec<Mention>> = FxHashMap::default();
    for mention in story.mentions().filter(|m| story.claim(*m).kind == Kind::Quote) {
        let words: Vec<&str> = tokens
            .get(&mention)
            .into_iter()
            .flatten()
            .filter(|t| t.kind != TokenKind::Mark)
            .map(|t| t.norm.as_str())
            .collect();
        let runs: FxHashSet<u64> = shingles(&words, rules.quotation_run.max(1)).into_iter().collect();
        for run in runs {
            blocks.entry(run).or_default().push(mention);
        }
    }
    pairs(blocks.into_values(), rules)
}

/// Statements, as (member, index), that share enough content words; sorted.
pub fn statement_pairs(story: &Story, rules: &PairRules, negated: &NegatedRules) -> Vec<(Mention, Mention)> {
    let statements: Vec<(Mention, &Statement)> = statements(story).collect();
    let holders = holders(&statements, rules.block_cap);
    let negates = |at: u32| !statements[at as usize].1.negated.is_empty();
    let mut common = vec![0; statements.len()];
    let mut found = Vec::new();
    for (at, (a, left)) in (0_u32..).zip(&statements) {
        let (mut others, capped) = count_common(at, left, &holders, rules.block_cap, &mut common);
        others.retain(|other| {
            let common = std::mem::take(&mut common[*other as usize]) + capped;
            common as usize >= rules.statement_shared || negates(at) || negates(*other)
        });
        others.sort_unstable();
        let met = others.into_iter().map(|other| statements[other as usize]);
        let worth = |(b, right): &(Mention, &Statement)| {
            a.member != b.member && (overlaps(&left.stems, &right.stems, rules) || is_negated(left, right, negated))
        };
        found.extend(met.filter(worth).map(|(b, _)| (*a, b)));
    }
    found
}

fn statements(story: &Story) -> impl Iterator<Item = (Mention, &Statement)> {
    let numbered = (0_u32..).zip(&story.members);
    numbered.flat_map(|(member, document)| {
        (0_u32..).zip(&document.statements).map(move |(claim, statement)| (Mention { member, claim }, statement))
    })
}

/// The statements that hold each stem, by number in order; no more than `cap`.
fn holders(statements: &[(Mention, &Statement)], cap: usize) -> FxHashMap<u32, Vec<u32>> {
    let mut holders: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
    for (at, (_, statement)) in (0..).zip(statements) {
        for stem in &statement.stems {
            let list = holders.entry(*stem).or_default();
            if list.len() < cap {
                list.push(at);
            }
        }
    }
    holders
}

/// The statements behind `at` that share a stem with it, with how many in `common`; and how many of
/// its stems are held by as many as are listed, so that more may be shared than was counted.
fn count_common(
    at: u32,
    statement: &Statement,
    holders: &FxHashMap<u32, Vec<u32>>,
    cap: usize,
    common: &mut [u32],
) -> (Vec<u32>, u32) {
    let (mut others, mut capped) = (Vec::new(), 0);
    for list in statement.stems.iter().filter_map(|stem| holders.get(stem)) {
        capped += u32::from(list.len() == cap);
        let Ok(place) = list.binary_search(&at) else { continue };
        for other in &list[place + 1..] {
            if common[*other as usize] == 0 {
                others.push(*other);
            }
            common[*other as usize] += 1;
        }
    }
    (others, capped)
}

fn overlaps(a: &[u32], b: &[u32], rules: &PairRules) -> bool {
    let shared = shared(a, b);
    shared >= rules.statement_shared && shared as f64 >= rules.statement_overlap * a.len().min(b.len()) as f64
}

/// How many members two sorted lists share.
pub fn shared<T: Ord>(a: &[T], b: &[T]) -> usize {
    a.iter().filter(|x| b.binary_search(x).is_ok()).count()
}

/// All pairs inside blocks, each once, sorted; no pair within one document.
fn pairs(blocks: impl Iterator<Item = Vec<Mention>>, rules: &PairRules) -> Vec<(Mention, Mention)> {
    let mut found = Vec::new();
    for mut block in blocks {
        block.sort_unstable();
        block.truncate(rules.block_cap);
        for (index, a) in block.iter().enumerate() {
            found.extend(block[index + 1..].iter().filter(|b| b.member != a.member).map(|b| (*a, *b)));
        }
        if found.len() > 1_000_000 {
            found.sort_unstable();
            found.dedup();
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}
