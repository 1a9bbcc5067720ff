//! Candidate pairs: the mentions of a story that are worth comparing, found through shared keys.
//!
//! Every route has its own key; pairs are only built inside a key, between different documents. Of a key
//! that too many mentions share the first meet all others, which meet none beside them (`crowd.rs`), so
//! that no story costs all with all and no mention is left out.

use std::ops::Range;

use compact_str::{CompactString, format_compact};
use rustc_hash::FxHashMap;
use schemars::JsonSchema;
use serde::Deserialize;
use xxhash_rust::xxh3::xxh3_64;

use super::alike::{AlikeRules, is_same_figure};
use super::crowd;
pub use super::crowd::Cut;
use super::group::{Mention, Story};
use super::reprint::shingles;
use crate::claim::{Claim, Kind, Statement, Value, When};
use crate::compare::negated::{NegatedRules, is_negated};
use crate::extract::concepts::Concepts;
use crate::extract::named::NAMED;
use crate::extract::route::ROUTE;
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
    /// Most pairs of claims in a story: `block_cap` is halved until they are no more.
    pub story_pairs: usize,
    /// The same for each of its documents, where that comes to more.
    pub document_pairs: usize,
    /// Most meetings of two statements at a word, likewise.
    pub story_meetings: usize,
    /// The same for each of its documents, where that comes to more.
    pub document_meetings: usize,
    /// Most pairs of statements that are compared in a story.
    pub statement_pairs: usize,
    /// The same for each of its documents, where that comes to more.
    pub document_statements: usize,
    /// Most pairs of agreeing claims that are told of a story one by one.
    pub story_agreements: usize,
    /// Words beside a value that a crowded key is cut finer by, nearest first.
    pub near: usize,
    /// Words in a row that two quotations must share to be compared.
    pub quotation_run: usize,
    /// Least share of the smaller statement's content words that both have.
    pub statement_overlap: f64,
    /// Least number of content words that both have.
    pub statement_shared: usize,
}

impl PairRules {
    /// The limit for a story: as it stands, or what its documents come to.
    pub(super) fn most(&self, story_limit: usize, document_limit: usize, story: &Story) -> usize {
        story_limit.max(document_limit.saturating_mul(story.members.len()))
    }
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
    pairs(blocks.into_values().collect(), story, &rules.pairs, cut)
}

/// A person who holds offices is compared with the person of that name who holds others.
fn bearer_key(claim: &Claim) -> Option<CompactString> {
    let holder = claim.value.as_name().filter(|_| claim.attribute == "role-holder")?;
    Some(format_compact!("bearer {}", fold(holder.name.split_whitespace().next_back()?)))
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
    let Some(entity) = claim.value.as_name() else { return Vec::new() };
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
        ROUTE => route_key(claim),
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

/// Two ways meet where they join the same two places.
fn route_key(claim: &Claim) -> Option<CompactString> {
    let Value::Term(way) = &claim.value else { return None };
    let mut words: Vec<&str> = way.split(' ').collect();
    words.sort_unstable();
    Some(format_compact!("{ROUTE} {}", words.join(" ")))
}

/// Times of day, days by their date and days of the week are set against their own kind, for they say nothing of each
/// other.
fn dated_key(claim: &Claim) -> Option<CompactString> {
    match &claim.value {
        Value::When(when) if when.clock.is_some() => Some("dated clock".into()),
        Value::When(when) if is_single_day(when) && when.day.is_some() => Some("dated day".into()),
        Value::When(when) if is_single_day(when) && when.weekday.is_some() => Some("dated weekday".into()),
        Value::When(when) if is_long(when) => Some("dated year".into()),
        _ => None,
    }
}

/// A month or a year by its name, and no stretch that something lasted.
pub fn is_long(when: &When) -> bool {
    const MONTH: i32 = 27;
    const YEAR: i32 = 365;
    let days = when.days.map(|(first, last)| (last - first).get_days());
    // "115 years ago" is a year without its name.
    let whole =
        when.days.is_some_and(|(first, last)| first.day_of_year() == 1 && (last - first).get_days() >= YEAR - 1);
    let named = when.year.is_some() || when.month.is_some() || whole;
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
    let mut printed: Vec<(u64, Mention)> = Vec::new();
    for mention in story.mentions().filter(|m| story.claim(*m).kind == Kind::Quote) {
        let told = tokens.get(&mention).into_iter().flatten().filter(|t| t.kind != TokenKind::Mark);
        let words: Vec<&str> = told.map(|t| t.norm.as_str()).collect();
        printed.extend(shingles(&words, rules.quotation_run.max(1)).into_iter().map(|run| (run, mention)));
    }
    printed.sort_unstable();
    printed.dedup();
    // Nearly all runs of words are printed once.
    let shared = printed.chunk_by(|x, y| x.0 == y.0).filter(|held| held.len() > 1);
    pairs(shared.map(|held| held.iter().map(|(_, mention)| *mention).collect()).collect(), story, rules, cut)
}

/// Statements, as (member, index), that share enough content words; sorted.
pub fn statement_pairs(
    story: &Story,
    rules: &PairRules,
    negated: &NegatedRules,
    cut: &mut Cut,
) -> Vec<(Mention, Mention)> {
    let statements = each_wording_first(story);
    let holders = Holders::of(&statements);
    let sizes: Vec<usize> = holders.places.values().map(ExactSizeIterator::len).collect();
    let most = rules.most(rules.story_meetings, rules.document_meetings, story);
    let cap = crowd::cap_for(&sizes, rules.block_cap, most);
    sizes.iter().for_each(|held| cut.count(*held, cap));
    let least = rules.statement_shared as u32;
    let (mut common, mut others) = (vec![0; statements.len()], Vec::new());
    let mut found = Vec::new();
    for (at, (a, left)) in (0_u32..).zip(&statements) {
        let capped = count_common(at, left, (&holders, cap), &mut common, &mut others);
        others.retain(|other| {
            let enough = std::mem::take(&mut common[*other as usize]) + capped >= least;
            enough || !left.negated.is_empty() || !statements[*other as usize].1.negated.is_empty()
        });
        let met = others.drain(..).map(|other: u32| statements[other as usize]);
        let worth = |(b, right): &(Mention, &Statement)| {
            a.member != b.member && (overlaps(&left.stems, &right.stems, rules) || is_negated(left, right, negated))
        };
        found.extend(met.filter(worth).map(|(b, _)| (*a.min(&b), b.max(*a))));
    }
    found.sort_unstable();
    crowd::telling(found, story, (rules, negated), cut)
}

/// All statements, the first in its wording before the second in any: where a word is held by too many, the first of
/// them meet all others.
fn each_wording_first(story: &Story) -> Vec<(Mention, &Statement)> {
    let statements: Vec<_> = story.statements().map(|mention| (mention, story.statement(mention))).collect();
    let nth = crowd::counted(statements.iter().map(|(_, statement)| xxh3_64(statement.text.as_bytes())));
    let mut ordered: Vec<_> = nth.into_iter().zip(statements).collect();
    ordered.sort_by_key(|(nth, (mention, _))| (*nth, *mention));
    ordered.into_iter().map(|(_, statement)| statement).collect()
}

/// The statements that hold each stem, by number in order, one stem's behind the other's.
struct Holders {
    numbers: Vec<u32>,
    /// Where those of a stem are that several hold.
    places: FxHashMap<u32, Range<usize>>,
}

impl Holders {
    fn of(statements: &[(Mention, &Statement)]) -> Self {
        let mut held: Vec<(u32, u32)> = Vec::with_capacity(statements.iter().map(|(_, s)| s.stems.len()).sum());
        for (at, (_, statement)) in (0..).zip(statements) {
            held.extend(statement.stems.iter().map(|stem| (*stem, at)));
        }
        held.sort_unstable();
        let ends = held.chunk_by(|x, y| x.0 == y.0).scan(0, |end, held| {
            *end += held.len();
            Some((held[0].0, *end - held.len()..*end))
        });
        let places = ends.filter(|(_, place)| place.len() > 1).collect();
        Self { numbers: held.iter().map(|(_, at)| *at).collect(), places }
    }

    fn get(&self, stem: u32) -> Option<&[u32]> {
        Some(&self.numbers[self.places.get(&stem)?.clone()])
    }
}

/// Finds the statements behind `at` that share a stem with it, with how many in `common`; tells how many of its stems are
/// held by more than `cap`, so that more may be shared than was counted.
fn count_common(
    at: u32,
    statement: &Statement,
    (holders, cap): (&Holders, usize),
    common: &mut [u32],
    others: &mut Vec<u32>,
) -> u32 {
    let mut capped = 0;
    for list in statement.stems.iter().filter_map(|stem| holders.get(*stem)) {
        capped += u32::from(list.len() > cap);
        let Some(place) = list.binary_search(&at).ok().filter(|place| *place < cap) else { continue };
        for other in &list[place + 1..] {
            if common[*other as usize] == 0 {
                others.push(*other);
            }
            common[*other as usize] += 1;
        }
    }
    capped
}

fn overlaps(a: &[u32], b: &[u32], rules: &PairRules) -> bool {
    let shared = shared(a, b);
    shared >= rules.statement_shared && shared as f64 >= rules.statement_overlap * a.len().min(b.len()) as f64
}

/// How many members two sorted lists share. Which comes first is anybody's guess, so that it is worked out and not
/// branched upon.
pub fn shared<T: Ord>(a: &[T], b: &[T]) -> usize {
    let (mut i, mut j, mut count) = (0, 0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        count += usize::from(x == y);
        i += usize::from(x <= y);
        j += usize::from(y < x);
    }
    count
}

/// All pairs inside blocks, each once, sorted; no pair within one document.
fn pairs(blocks: Vec<Vec<Mention>>, story: &Story, rules: &PairRules, cut: &mut Cut) -> Vec<(Mention, Mention)> {
    let mut found = Vec::new();
    let (blocks, cap) = crowd::fitted(blocks, story, rules, cut);
    for block in blocks {
        for (index, a) in block.iter().enumerate().take(cap) {
            let others = block[index + 1..].iter().filter(|b| b.member != a.member);
            found.extend(others.map(|b| (*a.min(b), *a.max(b))));
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
    use super::{Cut, PairRules, pairs, shared};
    use crate::matching::group::{Member, Mention, Story};

    #[test]
    fn each_member_of_the_first_list_counts() {
        for (a, b, expected) in [(&[1, 2, 2, 5][..], &[2, 5, 7][..], 3), (&[2, 5], &[1, 2, 2], 1), (&[], &[1], 0)] {
            assert_eq!(shared(a, b), expected, "{a:?} {b:?}");
        }
    }

    #[test]
    fn a_key_that_too_many_share_is_cut_and_told() {
        let book = crate::rules::RuleBook::load(None).unwrap();
        let narrow = PairRules { block_cap: 3, story_pairs: 100, document_pairs: 0, ..book.matching.pairs.clone() };
        let rules = PairRules { near: 1, ..narrow };
        let claims = crate::extract::examples::claims_of("The ferry sank with 40 passengers.", &book.extract);
        let member = |document: u32| Member {
            document: document.to_string(),
            source: String::new(),
            published: None,
            unit: document,
            claims: claims.clone(),
            statements: Vec::new(),
            places: vec![],
            borrowed: vec![],
        };
        let story = Story { id: String::new(), members: (0..5).map(member).collect() };
        let block = |members: u32| (0..members).map(|member| Mention { member, claim: 0 }).collect::<Vec<_>>();
        let mut cut = Cut::default();
        let found = pairs(vec![block(3), block(5)], &story, &rules, &mut cut);
        // All of the first key; of the second, the first three with all and the last two with those.
        assert_eq!((found.len(), cut.keys, cut.mentions), (9, 1, 2));
    }
}
