//! Compares one story: every candidate pair of its mentions is asked the questions in order.
//!
//! A pure function of one group. It sees documents and units, never the name of a source.

use std::ops::Range;

use compact_str::CompactString;
use rustc_hash::{FxHashMap, FxHashSet};

use super::align::{align, show};
use super::finding::{Finding, Passage};
use super::holder::compare_role;
use super::negated::is_negated;
use super::overlap::compare_overlap;
use super::quotation::compare_quotations;
use super::rivals::{Pair, keep_rivals};
use super::slot::{Slot, slots};
use super::statement::compare_statements;
use super::value::compare_values;
use super::verdict::{Circumstances, Judged, by_relation, judge, judge_statements};
use super::{Book, window, words};
use crate::claim::{Claim, Kind, Modality, Quantity, Statement, Value};
use crate::comparison::{Comparison, Relation, Verdict};
use crate::document::Span;
use crate::extract::attribute::SubjectOf;
use crate::matching::group::{Mention, Story};
use crate::matching::identity::Identities;
use crate::matching::pairs::{claim_pairs, quotation_pairs, statement_pairs};
use crate::matching::slot::{Subject, is_peculiar, like_company, same_subject};
use crate::text::Token;
use crate::text::stem::stem;

/// What comparing a story yields.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Compared {
    /// All judged pairs, not-comparable ones included, sorted by place.
    pub findings: Vec<Finding>,
    /// The slots they make.
    pub slots: Vec<Slot>,
}

/// Compares all candidate pairs of a story.
pub fn compare_story(story: &Story, book: &Book) -> Compared {
    let mut findings = claim_findings(story, book);
    findings.extend(quotation_findings(story, book));
    let typed: FxHashSet<_> = findings.iter().filter(|f| f.verdict == Verdict::Contradicts).map(passages).collect();
    let statements = statement_findings(story, book);
    findings
        .extend(statements.into_iter().filter(|f| f.verdict != Verdict::Contradicts || !typed.contains(&passages(f))));
    findings.sort_by(|x, y| place(x).cmp(&place(y)));
    let slots = slots(&findings);
    Compared { findings, slots }
}

type Passages = ((u32, Span), (u32, Span));

fn passages(finding: &Finding) -> Passages {
    (finding.a.key(), finding.b.key())
}

fn place(finding: &Finding) -> (Passages, Kind, &str, &str) {
    (passages(finding), finding.kind, &finding.attribute, &finding.a.value)
}

fn claim_findings(story: &Story, book: &Book) -> Vec<Finding> {
    let mut identities = identities(story, book);
    let concepts = &book.extract.open.concepts;
    let candidates = claim_pairs(story, concepts, &book.matching.pairs);
    let mut pairs: Vec<Pair> =
        candidates.into_iter().map(|(a, b)| judged_pair(story, a, b, &mut identities, book)).collect();
    keep_rivals(story, concepts, &mut pairs);
    let asked = asked_for(story, &pairs);
    let open = |pair: &Pair| story.claim(pair.a).attribute == "open";
    let kept = pairs.into_iter().filter(|pair| !open(pair) || !asked.contains(&values(story, pair)));
    kept.map(|pair| finding(story, pair.a, pair.b, pair.judged, String::new())).collect()
}

type Values = ((u32, Span), (u32, Span));

/// The pairs of values that an attribute has asked for: what it said of them stands.
fn asked_for(story: &Story, pairs: &[Pair]) -> FxHashSet<Values> {
    pairs.iter().filter(|pair| story.claim(pair.a).attribute != "open").map(|pair| values(story, pair)).collect()
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
        Err(why) => turned_down(left.kind, "same-slot", why),
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
    let other_things = count_other_things(story.claim(a), story.claim(b), book);
    Circumstances { days_apart, rises, many, other_things, both_remote: both_remote(story, a, b) }
}

/// Children killed are some of the people killed; nouns that count anybody count the same.
fn count_other_things(a: &Claim, b: &Claim, book: &Book) -> bool {
    let (Value::Quantity(x), Value::Quantity(y)) = (&a.value, &b.value) else { return false };
    let generic = &book.compare.verdict.generic_counts;
    let told = |q: &Quantity| !q.counted.is_empty() && !generic.contains(&q.counted);
    let concept = |q: &Quantity| CompactString::new(book.extract.open.concepts.of(&stem(&q.counted)));
    concept(x) != concept(y) && (told(x) || told(y))
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

fn quotation_findings(story: &Story, book: &Book) -> Vec<Finding> {
    let quotes = story.mentions().filter(|m| story.claim(*m).kind == Kind::Quote);
    let tokens: FxHashMap<Mention, Vec<Token>> = quotes.map(|m| (m, words(&story.claim(m).text))).collect();
    let pairs = quotation_pairs(story, &tokens, &book.matching.pairs);
    let compared = pairs.into_iter().map(|(a, b)| {
        let (left, right) = (story.claim(a), story.claim(b));
        let (comparison, diff) = same_stretch((&left.text, &tokens[&a]), (&right.text, &tokens[&b]), book);
        let judged = judge(left, right, comparison, Circumstances::default(), book.compare);
        finding(story, a, b, judged, diff)
    });
    compared.collect()
}

/// Compares what two quotations have in common, and shows where that differs.
fn same_stretch(a: (&str, &[Token]), b: (&str, &[Token]), book: &Book) -> (Comparison, String) {
    let wording = &book.compare.wording;
    let (a, b) = ((a.0, window::bare(a.1)), (b.0, window::bare(b.1)));
    let whole = align(a.1, b.1, &wording.align);
    let (x, y) = window::common(a.1.len(), b.1.len(), &whole);
    let compared = compare_quotations(&a.1[x.clone()], &b.1[y.clone()], wording, book.lexicon);
    let cut = x.len() < a.1.len() || y.len() < b.1.len();
    let mut comparison = compared.comparison;
    if comparison.relation == Relation::Incompatible && compared.alignment.similarity < wording.quotation.stretch {
        comparison = Comparison::new(Relation::Unknown, "quotation", "another utterance, or parts of a longer one");
    }
    if cut && comparison.relation == Relation::Same {
        comparison =
            Comparison::new(Relation::LessPrecise, "truncation", "one quotation is a shorter cut of the other");
    }
    (comparison, show((a.0, &a.1[x]), (b.0, &b.1[y]), &compared.alignment))
}

fn statement_findings(story: &Story, book: &Book) -> Vec<Finding> {
    let mut tokens: FxHashMap<Mention, Vec<Token>> = FxHashMap::default();
    let statement = |m: Mention| &story.member(m).statements[m.claim as usize];
    let pairs = statement_pairs(story, &book.matching.pairs, &book.matching.negated);
    for mention in pairs.iter().flat_map(|(a, b)| [a, b]) {
        tokens.entry(*mention).or_insert_with(|| words(&statement(*mention).text));
    }
    let compared = pairs.into_iter().map(|(a, b)| {
        let sides = (statement(a), statement(b));
        statement_finding((a, sides.0, &tokens[&a]), (b, sides.1, &tokens[&b]), book)
    });
    compared.collect()
}

/// A statement with its place and tokens.
type Side<'s> = (Mention, &'s Statement, &'s [Token]);

fn statement_finding(a: Side, b: Side, book: &Book) -> Finding {
    let compared = compare_statements(a.2, b.2, &book.compare.wording, book.lexicon);
    // What does not contradict word by word may still support, and only in so far as content is shared.
    let negated = is_negated(a.1, b.1, &book.matching.negated) && is_firm(a.1) && is_firm(b.1);
    let (kind, comparison) = match compared.comparison.relation {
        _ if negated => {
            let why = "one affirms what the other negates";
            (Kind::Negation, Comparison::new(Relation::Incompatible, "negated", why))
        }
        Relation::Incompatible => (compared.kind, compared.comparison.clone()),
        Relation::Same => (Kind::Statement, compared.comparison.clone()),
        _ => (Kind::Statement, compare_overlap(a.1, b.1, &book.compare.overlap)),
    };
    let judged = if negated { by_relation(kind, comparison) } else { judge_statements(a.1, b.1, kind, comparison) };
    let decisive = compared.differences.iter().max_by_key(|f| f.difference);
    let words = |side: &Side, run: &Range<usize>| wording(side.1, side.2, run);
    Finding {
        verdict: judged.verdict,
        kind: judged.kind,
        attribute: CompactString::const_new("statement"),
        a: Passage::of_statement(a.0.member, a.1, decisive.map_or(String::new(), |f| words(&a, &f.run.a))),
        b: Passage::of_statement(b.0.member, b.1, decisive.map_or(String::new(), |f| words(&b, &f.run.b))),
        diff: show((&a.1.text, a.2), (&b.1.text, b.2), &compared.alignment),
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
