//! Compares one story: every candidate pair of its mentions is asked the questions in order.
//!
//! A pure function of one group. It sees documents and units, never the name of a source.

use std::collections::BTreeMap;
use std::ops::Range;

use compact_str::CompactString;
use rustc_hash::{FxHashMap, FxHashSet};

use super::align::{Alignment, Wording, align, align_wordings, show};
use super::bearer::same_bearer;
use super::finding::{Finding, Passage};
use super::holder::compare_role;
use super::likeness::candidates;
use super::measured::{same_located, same_measured};
use super::negated::is_negated;
use super::overlap::compare_overlap;
use super::quotation::compare_quotations;
use super::rivals::{Pair, keep_rivals};
use super::slot::{Slot, slots};
use super::statement::{StatementComparison, are_strangers, compare_aligned};
use super::value::compare_values;
use super::verdict::{Circumstances, Judged, by_relation, judge, judge_statements};
use super::{Book, window, words};
use crate::claim::{Claim, Kind, Modality, Statement, Value};
use crate::comparison::{Comparison, Relation, Verdict};
use crate::document::Span;
use crate::extract::attribute::SubjectOf;
use crate::matching::group::{Mention, Story};
use crate::matching::identity::Identities;
use crate::matching::pairs::{claim_pairs, quotation_pairs, statement_pairs};
use crate::matching::slot::{Subject, is_peculiar, like_company, same_subject};
use crate::text::Token;

/// What comparing a story yields.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Compared {
    /// The judged pairs, sorted by place; those that are not comparable only where the book asks
    /// for near misses.
    pub findings: Vec<Finding>,
    /// The slots they make.
    pub slots: Vec<Slot>,
    /// How many pairs each rule turned down.
    pub turned_down: BTreeMap<String, u64>,
}

/// Compares all candidate pairs of a story.
pub fn compare_story(story: &Story, book: &Book) -> Compared {
    let mut told = Told { near_misses: book.near_misses, ..Told::default() };
    claim_findings(story, book, &mut told);
    quotation_findings(story, book, &mut told);
    let contradictions = told.findings.iter().filter(|f| f.verdict == Verdict::Contradicts);
    let typed: FxHashSet<_> = contradictions.map(passages).collect();
    let from = told.findings.len();
    statement_findings(story, book, &mut told);
    let Told { mut findings, turned_down, .. } = told;
    let statements = findings.split_off(from).into_iter();
    findings.extend(statements.filter(|f| f.verdict != Verdict::Contradicts || !typed.contains(&passages(f))));
    findings.sort_by(|x, y| place(x).cmp(&place(y)));
    let slots = slots(&findings);
    Compared { findings, slots, turned_down }
}

/// What is found while a story's pairs are judged.
#[derive(Default)]
struct Told {
    findings: Vec<Finding>,
    turned_down: BTreeMap<String, u64>,
    near_misses: bool,
}

impl Told {
    /// Most pairs are turned down: they are counted, and made findings only where near misses are listed.
    fn take(&mut self, judged: Judged, finding: impl FnOnce(Judged) -> Finding) {
        if judged.verdict == Verdict::NotComparable {
            match self.turned_down.get_mut(&judged.rule) {
                Some(count) => *count += 1,
                None => drop(self.turned_down.insert(judged.rule.clone(), 1)),
            }
            if !self.near_misses {
                return;
            }
        }
        self.findings.push(finding(judged));
    }
}

type Passages = ((u32, Span), (u32, Span));

fn passages(finding: &Finding) -> Passages {
    (finding.a.key(), finding.b.key())
}

fn place(finding: &Finding) -> (Passages, Kind, &str, &str) {
    (passages(finding), finding.kind, &finding.attribute, &finding.a.value)
}

fn claim_findings(story: &Story, book: &Book, told: &mut Told) {
    let mut identities = identities(story, book);
    let candidates = claim_pairs(story, &book.matching.pairs);
    let mut pairs: Vec<Pair> =
        candidates.into_iter().map(|(a, b)| judged_pair(story, a, b, &mut identities, book)).collect();
    reconsider(story, &mut pairs, &mut identities, book);
    keep_rivals(story, &mut pairs);
    let asked = asked_for(story, &pairs);
    let surest = |pair: &Pair| asked.get(&values(story, pair)).is_none_or(|rank| *rank <= sureness(story, pair));
    for pair in pairs.into_iter().filter(surest) {
        told.take(pair.judged, |judged| finding(story, pair.a, pair.b, judged, String::new()));
    }
}

/// Open values whose own words do not tell that they are of one thing are judged all the same when
/// the whole story tells it.
fn reconsider(story: &Story, pairs: &mut [Pair], identities: &mut Identities, book: &Book) {
    let open: Vec<(Mention, Mention)> =
        pairs.iter().filter(|pair| story.claim(pair.a).attribute == "open").map(|pair| (pair.a, pair.b)).collect();
    let rules = &book.compare.likeness;
    let found = candidates(story, &open, identities, book);
    let likely: FxHashSet<(Mention, Mention)> =
        found.iter().filter(|c| rules.probability(&c.evidence) >= rules.least).map(|c| (c.a, c.b)).collect();
    for pair in pairs.iter_mut().filter(|pair| likely.contains(&(pair.a, pair.b)) && pair.judged.rule == SAME_SLOT) {
        pair.judged = judge_values(story, pair.a, pair.b, book);
    }
}

type Values = ((u32, Span), (u32, Span));

/// The pairs of values that an attribute has asked for, or that are known to measure one thing:
/// what the surer way said of them stands.
fn asked_for(story: &Story, pairs: &[Pair]) -> FxHashMap<Values, u8> {
    let mut asked = FxHashMap::default();
    for pair in pairs {
        let rank = sureness(story, pair);
        if rank == ASKED || rank == MEASURED && pair.judged.verdict != Verdict::NotComparable {
            let best = asked.entry(values(story, pair)).or_insert(rank);
            *best = rank.max(*best);
        }
    }
    asked
}

/// An attribute asked for the value.
const ASKED: u8 = 2;
/// What is measured was told.
const MEASURED: u8 = 1;

fn sureness(story: &Story, pair: &Pair) -> u8 {
    match story.claim(pair.a).attribute.as_str() {
        "open" => 0,
        "measured" | "located" => MEASURED,
        _ => ASKED,
    }
}

fn values(story: &Story, pair: &Pair) -> Values {
    let value = |m: Mention| (m.member, story.claim(m).value_span);
    (value(pair.a), value(pair.b))
}

/// Numbers all entities of a story in the order of documents, so that identity hangs on nothing else.
fn identities(story: &Story, book: &Book) -> Identities {
    let mut identities = Identities::default();
    for entity in story.mentions().flat_map(|m| &story.claim(m).subject) {
        identities.number(entity, &book.compare.name);
    }
    identities
}

fn judged_pair(story: &Story, a: Mention, b: Mention, identities: &mut Identities, book: &Book) -> Pair {
    let (left, right) = (story.claim(a), story.claim(b));
    let judged = match same_slot(left, right, identities, book) {
        Err(why) => turned_down(left.kind, SAME_SLOT, why),
        Ok(()) => judge_values(story, a, b, book),
    };
    Pair { a, b, judged }
}

fn judge_values(story: &Story, a: Mention, b: Mention, book: &Book) -> Judged {
    let (left, right) = (story.claim(a), story.claim(b));
    let comparison = match (&left.value, &right.value, left.attribute.as_str()) {
        (Value::Name(x), Value::Name(y), "role-holder") => {
            let role = left.context.first().map_or("", |r| r.as_str());
            compare_role(role, x, y, &book.compare.role, &book.compare.name)
        }
        (x, y, _) => compare_values(x, y, book),
    };
    judge(left, right, comparison, circumstances(story, a, b, book), book.compare)
}

fn same_slot(a: &Claim, b: &Claim, identities: &mut Identities, book: &Book) -> Result<(), String> {
    match a.attribute.as_str() {
        "open" => one_doer(a, b, identities, book).and_then(|()| same_distinct(a, b, book)),
        "role-holder" => Ok(()),
        "measured" => same_measured(a, b, identities, book),
        "located" => same_located(a, b, identities, book),
        "age" => same_bearer(a, b, identities, book),
        id if book.extract.contrast.contains_key(id) => {
            one_doer(a, b, identities, book).and_then(|()| like_company(a, b, &book.matching.contrast))
        }
        attribute => {
            let rule = book.extract.attribute(attribute);
            let of = rule.map_or(SubjectOf::Event, |rule| {
                if rule.keyed || rule.persons { SubjectOf::Object } else { rule.subject }
            });
            if of == SubjectOf::Event && matches!(a.value, Value::When(_)) && !rule.is_some_and(|r| r.single) {
                return like_company(a, b, &book.matching.event_time);
            }
            match same_subject(a, b, of, identities, &book.compare.name) {
                Err(Subject::Untold) => like_company(a, b, &book.matching.open),
                Err(Subject::Another(why)) => Err(why),
                Ok(()) => Ok(()),
            }
        }
    }
}

/// Like company; or the very same value, when it is too peculiar to be two outlets' chance.
fn same_distinct(a: &Claim, b: &Claim, book: &Book) -> Result<(), String> {
    like_company(a, b, &book.matching.open).or_else(|why| {
        let same = compare_values(&a.value, &b.value, book).relation == Relation::Same;
        if same && is_peculiar(a, &book.matching.open) { Ok(()) } else { Err(why) }
    })
}

/// What two doers are told to do is told of two things.
fn one_doer(a: &Claim, b: &Claim, identities: &mut Identities, book: &Book) -> Result<(), String> {
    match same_subject(a, b, SubjectOf::Agent, identities, &book.compare.name) {
        Err(Subject::Another(why)) => Err(why),
        _ => Ok(()),
    }
}

fn circumstances(story: &Story, a: Mention, b: Mention, book: &Book) -> Circumstances {
    let rule = book.extract.attribute(&story.claim(a).attribute);
    let published = |m: Mention| story.member(m).published;
    let days_apart = published(a).zip(published(b)).map(|(x, y)| (y - x).get_days());
    let (rises, many) = (rule.is_some_and(|r| r.rises), rule.is_some_and(|r| r.many));
    Circumstances { days_apart, rises, many, both_remote: both_remote(story, a, b) }
}

/// Whether the document of the claim that is not told of long ago tells of the other's time elsewhere.
fn both_remote(story: &Story, a: Mention, b: Mention) -> bool {
    const NEAR_DAYS: i32 = 31;
    let (day, other) = match (story.claim(a).remote, story.claim(b).remote) {
        (Some(day), None) => (day, b),
        (None, Some(day)) => (day, a),
        _ => return false,
    };
    let days = story.member(other).claims.iter().filter_map(|c| c.remote);
    days.into_iter().any(|d| (d - day).get_days().abs() <= NEAR_DAYS)
}

/// The rule of pairs that are not told of one thing.
const SAME_SLOT: &str = "same-slot";

fn turned_down(kind: Kind, rule: &str, why: String) -> Judged {
    Judged { verdict: Verdict::NotComparable, kind, rule: rule.to_owned(), why, overtaken: None }
}

fn finding(story: &Story, a: Mention, b: Mention, judged: Judged, diff: String) -> Finding {
    let (left, right) = (story.claim(a), story.claim(b));
    Finding {
        verdict: judged.verdict,
        kind: judged.kind,
        attribute: left.attribute.clone(),
        a: Passage::of_claim(a.member, left),
        b: Passage::of_claim(b.member, right),
        diff,
        rule: judged.rule,
        why: judged.why,
        overtaken: judged.overtaken,
    }
}

fn quotation_findings(story: &Story, book: &Book, told: &mut Told) {
    let quotes = story.mentions().filter(|m| story.claim(*m).kind == Kind::Quote);
    let tokens: FxHashMap<Mention, Vec<Token>> = quotes.map(|m| (m, words(&story.claim(m).text))).collect();
    let pairs = quotation_pairs(story, &tokens, &book.matching.pairs);
    for (a, b) in pairs {
        let (left, right) = (story.claim(a), story.claim(b));
        let sides = (window::bare(&tokens[&a]), window::bare(&tokens[&b]));
        let (comparison, stretch) = same_stretch(sides.0, sides.1, book);
        let judged = judge(left, right, comparison, Circumstances::default(), book.compare);
        told.take(judged, |judged| {
            let (x, y, alignment) = stretch;
            let diff = show((&left.text, &sides.0[x]), (&right.text, &sides.1[y]), &alignment);
            finding(story, a, b, judged, diff)
        });
    }
}

/// The tokens of either side that were compared, and how they lie against each other.
type Stretch = (Range<usize>, Range<usize>, Alignment);

/// Compares what two quotations have in common.
fn same_stretch(a: &[Token], b: &[Token], book: &Book) -> (Comparison, Stretch) {
    let wording = &book.compare.wording;
    let whole = align(a, b, &wording.align);
    let (x, y) = window::common(a.len(), b.len(), &whole);
    let compared = compare_quotations(&a[x.clone()], &b[y.clone()], wording, book.lexicon);
    let cut = x.len() < a.len() || y.len() < b.len();
    let mut comparison = compared.comparison;
    if comparison.relation == Relation::Incompatible && compared.alignment.similarity < wording.quotation.stretch {
        comparison = Comparison::new(Relation::Unknown, "quotation", "another utterance, or parts of a longer one");
    }
    if cut && comparison.relation == Relation::Same {
        comparison =
            Comparison::new(Relation::LessPrecise, "truncation", "one quotation is a shorter cut of the other");
    }
    (comparison, (x, y, compared.alignment))
}

fn statement_findings(story: &Story, book: &Book, told: &mut Told) {
    let wording = &book.compare.wording;
    let statement = |m: Mention| &story.member(m).statements[m.claim as usize];
    let pairs = statement_pairs(story, &book.matching.pairs, &book.matching.negated);
    let mut tokens: FxHashMap<Mention, Vec<Token>> = FxHashMap::default();
    for mention in pairs.iter().flat_map(|(a, b)| [a, b]) {
        tokens.entry(*mention).or_insert_with(|| words(&statement(*mention).text));
    }
    let wordings: FxHashMap<Mention, Wording> =
        tokens.iter().map(|(mention, tokens)| (*mention, Wording::new(tokens, &wording.align))).collect();
    for (a, b) in pairs {
        let (a, b) = ((a, statement(a), &wordings[&a]), (b, statement(b), &wordings[&b]));
        let alignment = align_wordings(a.2, b.2, &wording.align);
        let compare = |alignment| compare_aligned(a.2.tokens, b.2.tokens, alignment, wording, book.lexicon);
        if are_strangers(&alignment, wording) {
            let judged = judged_statements(&a, &b, None, book);
            told.take(judged, |judged| statement_finding(&a, &b, judged, &compare(alignment)));
        } else {
            let compared = compare(alignment);
            let judged = judged_statements(&a, &b, Some(&compared), book);
            told.take(judged, |judged| statement_finding(&a, &b, judged, &compared));
        }
    }
}

/// A statement with its place and wording.
type Side<'s> = (Mention, &'s Statement, &'s Wording<'s>);

/// Judges two statements by how their words compare; `None` for words that say nothing.
fn judged_statements(a: &Side, b: &Side, compared: Option<&StatementComparison>, book: &Book) -> Judged {
    // What does not contradict word by word may still support, and only in so far as content is shared.
    let negated = is_negated(a.1, b.1, &book.matching.negated) && is_firm(a.1) && is_firm(b.1);
    let (kind, comparison) = match compared.map(|c| (c.comparison.relation, c)) {
        _ if negated => {
            let why = "one affirms what the other negates";
            (Kind::Negation, Comparison::new(Relation::Incompatible, "negated", why))
        }
        Some((Relation::Incompatible, compared)) => (compared.kind, compared.comparison.clone()),
        Some((Relation::Same, compared)) => (Kind::Statement, compared.comparison.clone()),
        _ => (Kind::Statement, compare_overlap(a.1, b.1, &book.compare.overlap)),
    };
    if negated { by_relation(kind, comparison) } else { judge_statements(a.1, b.1, kind, comparison) }
}

fn statement_finding(a: &Side, b: &Side, judged: Judged, compared: &StatementComparison) -> Finding {
    let decisive = compared.differences.iter().max_by_key(|f| f.difference);
    let words = |side: &Side, run: &Range<usize>| wording(side.1, side.2.tokens, run);
    Finding {
        verdict: judged.verdict,
        kind: judged.kind,
        attribute: CompactString::const_new("statement"),
        a: Passage::of_statement(a.0.member, a.1, decisive.map_or(String::new(), |f| words(a, &f.run.a))),
        b: Passage::of_statement(b.0.member, b.1, decisive.map_or(String::new(), |f| words(b, &f.run.b))),
        diff: show((&a.1.text, a.2.tokens), (&b.1.text, b.2.tokens), &compared.alignment),
        rule: judged.rule,
        why: judged.why,
        overtaken: None,
    }
}

/// Told or planned, and neither guessed nor denied.
fn is_firm(statement: &Statement) -> bool {
    matches!(statement.modality, Modality::Reported | Modality::Planned)
}

/// The words of a differing run, as printed.
fn wording(statement: &Statement, tokens: &[Token], run: &Range<usize>) -> String {
    match &tokens[run.clone()] {
        [] => String::new(),
        [first, .., last] => first.span.cover(last.span).of(&statement.text).to_owned(),
        [only] => only.span.of(&statement.text).to_owned(),
    }
}
