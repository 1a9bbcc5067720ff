//! Candidate pairs: the mentions of a story that are worth comparing, found through shared keys.
//!
//! Every route has its own key; pairs are only built inside a key, between different documents. Of a key
//! that too many mentions share the first meet all others, which meet none beside them, so that no
//! story costs all with all and no mention is left out.

use compact_str::{CompactString, format_compact};
use rustc_hash::{FxHashMap, FxHashSet};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::alike::{AlikeRules, is_same_figure};
use super::group::{Mention, Story};
use super::reprint::shingles;
use crate::claim::{Claim, Kind, Statement, Value, When};
use crate::compare::negated::{NegatedRules, is_negated};
use crate::extract::concepts::Concepts;
use crate::extract::named::NAMED;
use crate::text::fold;
use crate::text::stem::stem;
use crate::text::{Token, TokenKind};

/// The limits of candidate pairs: `[pairs]` in `rules/matching.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PairRules {
    /// What the rule does.
    pub about: String,
    /// Mentions of a key that are compared with all others of it; later ones meet these only.
    pub block_cap: usize,
    /// Most pairs of claims in a story, copies of one document aside: `block_cap` is halved until they are no more.
    pub story_pairs: usize,
    /// Most meetings of two statements at a word, likewise.
    pub story_meetings: usize,
    /// Words in a row that two quotations must share to be compared.
    pub quotation_run: usize,
    /// Least share of the smaller statement's content words that both have.
    pub statement_overlap: f64,
    /// Least number of content words that both have.
    pub statement_shared: usize,
}

/// What the cap on a key left out of a story.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cut {
    /// Keys that more mentions share than are compared.
    pub keys: u64,
    /// Mentions of such keys that met the first ones only.
    pub mentions: u64,
}

impl Cut {
    /// Both together.
    pub fn add(&mut self, other: Self) {
        self.keys += other.keys;
        self.mentions += other.mentions;
    }

    /// Counts a key that `held` mentions share.
    fn count(&mut self, held: usize, cap: usize) {
        self.keys += u64::from(held > cap);
        self.mentions += held.saturating_sub(cap) as u64;
    }
}

/// How many pairs a key makes that `held` mentions share, of which the first `cap` meet all others.
fn meetings(held: usize, cap: usize) -> usize {
    let first = held.min(cap);
    first * held - first * (first + 1) / 2
}

/// The cap, halved as often as it takes for keys of these sizes to make no more than `most` pairs.
fn cap_for(sizes: &[usize], cap: usize, most: usize) -> usize {
    let halved = std::iter::successors(Some(cap.max(1)), |cap| (*cap > 1).then_some(cap / 2));
    let fits = |cap: &usize| sizes.iter().map(|held| meetings(*held, *cap)).sum::<usize>() <= most;
    halved.into_iter().find(fits).unwrap_or(1)
}

/// Claims that may share a slot: same attribute for typed ones, same role for holders, same kind
/// of value and thing counted for open ones; and counts of one peculiar number, whatever they count.
pub fn claim_pairs(story: &Story, concepts: &Concepts, rules: &super::Rules, cut: &mut Cut) -> Vec<(Mention, Mention)> {
    let mut blocks: FxHashMap<CompactString, Vec<Mention>> = FxHashMap::default();
    for mention in story.mentions() {
        let claim = story.claim(mention);
        if let Some(key) = figure_key(claim, &rules.alike) {
            blocks.entry(key).or_default().push(mention);
        }
        if claim.attribute == NAMED {
            name_keys(claim).into_iter().for_each(|key| blocks.entry(key).or_default().push(mention));
        } else if let Some(key) = block_key(claim, concepts) {
            let bearer = bearer_key(claim);
            bearer.into_iter().for_each(|key| blocks.entry(key).or_default().push(mention));
            blocks.entry(key).or_default().push(mention);
        }
    }
    pairs(blocks.into_values(), &rules.pairs, cut)
}

/// A person who holds offices is compared with the person of that name who holds others.
fn bearer_key(claim: &Claim) -> Option<CompactString> {
    match &claim.value {
        Value::Name(entity) if claim.attribute == "role-holder" => {
            Some(format_compact!("bearer {}", fold(entity.name.split_whitespace().next_back()?)))
        }
        _ => None,
    }
}

/// One peculiar number tells of one thing, whatever noun an outlet counts by.
fn figure_key(claim: &Claim, rules: &AlikeRules) -> Option<CompactString> {
    match &claim.value {
        Value::Quantity(q) if claim.attribute == "open" && q.unit.is_empty() && is_same_figure(claim, claim, rules) => {
            Some(format_compact!("figure {}", q.low))
        }
        _ => None,
    }
}

/// Two spellings of a name agree in its first word or in its last.
fn name_keys(claim: &Claim) -> Vec<CompactString> {
    let Value::Name(entity) = &claim.value else { return Vec::new() };
    let words: Vec<CompactString> = entity.name.split_whitespace().map(fold).collect();
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return Vec::new() };
    vec![format_compact!("named {first} "), format_compact!("named  {last}")]
}

/// The key under which a claim is compared: claims of different keys never meet.
pub fn block_key(claim: &Claim, concepts: &Concepts) -> Option<CompactString> {
    match claim.attribute.as_str() {
        "quotation" => None,
        "role-holder" => Some(format_compact!("role {}", claim.context.first()?)),
        "office" => Some(format_compact!("office {}", claim.context.first()?)),
        "open" => open_key(claim, concepts),
        "measured" => measured_key(claim),
        "dated" => dated_key(claim),
        attribute => Some(attribute.into()),
    }
}

/// Open numbers must measure the same thing; bare numbers that count nothing are left alone.
fn open_key(claim: &Claim, concepts: &Concepts) -> Option<CompactString> {
    match &claim.value {
        Value::Quantity(q) if q.unit.is_empty() && q.counted.is_empty() => None,
        Value::Quantity(q) => Some(format_compact!("open {} {}", q.unit, concepts.of(&stem(&q.counted)))),
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

/// Times of day and days by their date are set against their own kind, for they say nothing of each
/// other; a weekday is of too much to be known by one word.
fn dated_key(claim: &Claim) -> Option<CompactString> {
    match &claim.value {
        Value::When(when) if when.clock.is_some() => Some("dated clock".into()),
        Value::When(when) if is_single_day(when) && when.day.is_some() => Some("dated day".into()),
        Value::When(when) if is_long(when) => Some("dated year".into()),
        _ => None,
    }
}

/// A month or a year by its name, and no stretch that something lasted.
pub fn is_long(when: &When) -> bool {
    const MONTH: i32 = 27;
    const YEAR: i32 = 365;
    let days = when.days.map(|(first, last)| (last - first).get_days());
    let named = when.year.is_some() || when.month.is_some();
    named && !when.lasting && when.day.is_none() && days.is_some_and(|days| (MONTH..=YEAR).contains(&days))
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
    cut: &mut Cut,
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
    pairs(blocks.into_values(), rules, cut)
}

/// Statements, as (member, index), that share enough content words; sorted.
pub fn statement_pairs(
    story: &Story,
    rules: &PairRules,
    negated: &NegatedRules,
    cut: &mut Cut,
) -> Vec<(Mention, Mention)> {
    let statements: Vec<(Mention, &Statement)> = statements(story).collect();
    let holders = holders(&statements);
    let sizes: Vec<usize> = holders.values().map(Vec::len).collect();
    let cap = cap_for(&sizes, rules.block_cap, rules.story_meetings);
    sizes.iter().for_each(|held| cut.count(*held, cap));
    let least = rules.statement_shared as u32;
    let mut common = vec![0; statements.len()];
    let mut found = Vec::new();
    for (at, (a, left)) in (0_u32..).zip(&statements) {
        let (mut others, capped) = count_common(at, left, &holders, cap, &mut common);
        others.retain(|other| {
            let enough = std::mem::take(&mut common[*other as usize]) + capped >= least;
            enough || !left.negated.is_empty() || !statements[*other as usize].1.negated.is_empty()
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

/// The statements that hold each stem, by number in order.
fn holders(statements: &[(Mention, &Statement)]) -> FxHashMap<u32, Vec<u32>> {
    let mut holders: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
    for (at, (_, statement)) in (0..).zip(statements) {
        for stem in &statement.stems {
            holders.entry(*stem).or_default().push(at);
        }
    }
    holders
}

/// The statements behind `at` that share a stem with it, with how many in `common`; and how many of
/// its stems are held by more than `cap`, so that more may be shared than was counted.
fn count_common(
    at: u32,
    statement: &Statement,
    holders: &FxHashMap<u32, Vec<u32>>,
    cap: usize,
    common: &mut [u32],
) -> (Vec<u32>, u32) {
    let (mut others, mut capped) = (Vec::new(), 0);
    for list in statement.stems.iter().filter_map(|stem| holders.get(stem)) {
        capped += u32::from(list.len() > cap);
        let Some(place) = list.binary_search(&at).ok().filter(|place| *place < cap) else { continue };
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
fn pairs(blocks: impl Iterator<Item = Vec<Mention>>, rules: &PairRules, cut: &mut Cut) -> Vec<(Mention, Mention)> {
    let mut found = Vec::new();
    let blocks: Vec<Vec<Mention>> = blocks.collect();
    let sizes: Vec<usize> = blocks.iter().map(Vec::len).collect();
    let cap = cap_for(&sizes, rules.block_cap, rules.story_pairs);
    for mut block in blocks {
        cut.count(block.len(), cap);
        block.sort_unstable();
        for (index, a) in block.iter().enumerate().take(cap) {
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

#[cfg(test)]
mod tests {
    use super::{Cut, PairRules, cap_for, meetings, pairs};
    use crate::matching::group::Mention;

    #[test]
    fn a_key_that_too_many_share_is_cut_and_told() {
        let rules = PairRules {
            about: String::new(),
            block_cap: 3,
            story_pairs: 100,
            story_meetings: 100,
            quotation_run: 3,
            statement_overlap: 0.4,
            statement_shared: 4,
        };
        let block = |members: u32| (0..members).map(|member| Mention { member, claim: 0 }).collect::<Vec<_>>();
        let mut cut = Cut::default();
        let found = pairs([block(3), block(5)].into_iter(), &rules, &mut cut);
        // All of the first key; of the second, the first three with all and the last two with those.
        assert_eq!((found.len(), cut), (9, Cut { keys: 1, mentions: 2 }));
    }

    #[test]
    fn a_dense_story_is_cut_until_its_pairs_fit() {
        assert_eq!(meetings(5, 9), 10);
        assert_eq!(meetings(1000, 10), 9945);
        assert_eq!(cap_for(&[10, 20], 400, 1000), 400);
        assert_eq!(cap_for(&[1000; 50], 400, 500_000), 6);
        assert_eq!(cap_for(&[1000; 50], 400, 1), 1);
    }
}
