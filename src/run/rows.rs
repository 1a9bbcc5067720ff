//! A compared story as rows of tables.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use compact_str::{CompactString, ToCompactString};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::known::Known;
use super::lore::Lore;
use super::losses::losses;
use super::origin::Origins;
use super::repeats::{self, Marks};
use super::slot_index::SlotIndex;
use super::wording::{location, name, subject, unit, value, when};
use super::{BETWEEN, id_of};
use crate::claim::{Claim, Value};
use crate::compare::finding::{Finding, Passage};
use crate::compare::findings::Findings;
use crate::compare::slot::{Slot, SlotValue};
use crate::compare::story::Compared;
use crate::comparison::Verdict;
use crate::document::Span;
use crate::matching::group::{Member, Story};
use crate::matching::pairs::Cut;
use crate::report::tables;
use crate::rules::RuleBook;
use crate::score::ledger::{ScoredSlot, Vote};

/// The rows of one story.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct StoryRows {
    /// Pairs of all verdicts.
    pub pairs: Vec<tables::Pair>,
    /// Its claims.
    pub claims: Vec<tables::Claim>,
    /// Its slots, for scoring.
    pub slots: Vec<ScoredSlot>,
    /// What its slots cost whom, still without points.
    pub losses: Vec<tables::Loss>,
    /// Pairs turned down, by rule.
    pub turned_down: BTreeMap<String, u64>,
    /// What caps on candidate pairs left out.
    pub cut: Cut,
}

/// Pairs whose rows are in memory together: a row takes ten times what it is made from, and a story that thousands tell
/// has a million.
const RUN: usize = 1 << 12;

/// The rows of a compared story, a run of pairs after the other.
pub fn story_rows<'r>(
    story: &'r Story,
    compared: Compared,
    origins: &Origins,
    lore: Lore<'r>,
) -> impl Iterator<Item = StoryRows> + use<'r> {
    let Compared { findings, slots, turned_down, cut } = compared;
    let index = Rc::new(SlotIndex::new(story, &slots));
    let agreed = Agreed::of(&findings);
    let scored = (0..).zip(&slots).map(|(number, slot)| scored(story, slot, index.id(number), &agreed, lore.known));
    let slots: Vec<ScoredSlot> = scored.collect();
    let losses = losses(story, &findings, &slots, &index, origins);
    drop(agreed);
    let evidence = || findings.iter().filter(|finding| is_evidence(story, finding));
    let repeats = repeats::repeats(story, evidence(), &index);
    let marks = Marks::new(repeats, evidence(), |finding| pair_id(story, finding));
    let besides = StoryRows { slots, losses, turned_down, cut, ..StoryRows::default() };
    let voices = Rc::clone(&index);
    let claims = (0..story.members.len())
        .map(move |member| StoryRows { claims: claims(story, member, &voices), ..StoryRows::default() });
    let findings = findings.into_iter().filter(|finding| is_evidence(story, finding));
    let mut rows = (0..).zip(findings).map(move |(at, f)| marks.marked(at, pair(story, f, &index, lore.book)));
    let runs = std::iter::from_fn(move || {
        let pairs: Vec<tables::Pair> = rows.by_ref().take(RUN).collect();
        (!pairs.is_empty()).then(|| StoryRows { pairs, ..StoryRows::default() })
    });
    std::iter::once(besides).chain(claims).chain(runs)
}

impl StoryRows {
    /// Takes in other rows of the same story.
    pub fn join(&mut self, other: Self) {
        let Self { pairs, claims, slots, losses, turned_down, cut } = other;
        self.pairs.extend(pairs);
        self.claims.extend(claims);
        self.slots.extend(slots);
        self.losses.extend(losses);
        turned_down.into_iter().for_each(|(rule, count)| *self.turned_down.entry(rule).or_default() += count);
        self.cut.add(cut);
    }
}

/// Copies of one text agree by being copies: that is no agreement of two.
fn is_evidence(story: &Story, finding: &Finding) -> bool {
    let unit = |p: &Passage| story.unit_at(p.member, p.span);
    !finding.verdict.supports() || unit(&finding.a) != unit(&finding.b)
}

fn scored(story: &Story, slot: &Slot, id: &str, agreed: &Agreed, known: &Known) -> ScoredSlot {
    let source = |member: u32| CompactString::from(&story.members[member as usize].source);
    let votes = slot.values.iter().map(|value| {
        let (unit, class, modality) = (story.unit_at(value.member, value.span), value.class, value.modality);
        Vote { source: source(value.member), unit, class, modality, said: said(slot, value) }
    });
    ScoredSlot {
        supports: slot.supports.clone(),
        figures: figures(story, slot),
        verified: known.class(id, slot),
        id: id.into(),
        story: story.id.as_str().into(),
        kind: slot.kind,
        votes: votes.collect(),
        conflicts: slot.conflicts.clone(),
        overtaken: slot.overtaken.iter().map(|member| source(*member)).collect(),
        verbatim: agreed.verbatim(slot).into_iter().map(source).collect(),
    }
}

/// What is said, as a number: the kind and the value, or the place where there are no words to it.
fn said(slot: &Slot, value: &SlotValue) -> u64 {
    let words = if value.value.is_empty() { value.span.start.to_string() } else { value.value.to_lowercase() };
    xxhash_rust::xxh3::xxh3_64(format!("{} {words}", name(&slot.kind)).as_bytes())
}

/// The numbers among the values of a disputed slot, by class.
fn figures(story: &Story, slot: &Slot) -> Vec<(u32, f64)> {
    let figure = |value: &SlotValue| {
        let claims = &story.members[value.member as usize].claims;
        let claim = claims.iter().find(|c| c.span == value.span && c.attribute == slot.attribute)?;
        match &claim.value {
            Value::Quantity(q) => Some((value.class, f64::midpoint(q.low, q.high))),
            _ => None,
        }
    };
    let disputed = slot.values.iter().filter(|_| !slot.conflicts.is_empty());
    let figures: BTreeMap<u32, f64> = disputed.rev().filter_map(figure).collect();
    figures.into_iter().collect()
}

/// The documents that agree with each passage, by what the passage is told of.
struct Agreed(FxHashMap<(CompactString, (u32, Span)), Vec<u32>>);

impl Agreed {
    fn of(findings: &Findings) -> Self {
        let mut agreed: FxHashMap<_, Vec<u32>> = FxHashMap::default();
        for finding in findings.iter().filter(|f| f.verdict == Verdict::Agrees) {
            agreed.entry((finding.attribute.clone(), finding.a.key())).or_default().push(finding.b.member);
        }
        Self(agreed)
    }

    /// Documents of a quotation's slot that print it as another source's document does.
    fn verbatim(&self, slot: &Slot) -> BTreeSet<u32> {
        let places: BTreeSet<(u32, Span)> = slot.values.iter().map(|v| (v.member, v.span)).collect();
        let agreeing =
            places.iter().filter_map(|place| Some((place.0, self.0.get(&(slot.attribute.clone(), *place))?)));
        agreeing.flat_map(|(member, others)| others.iter().copied().chain([member])).collect()
    }
}

fn pair(story: &Story, finding: Finding, index: &SlotIndex, book: &RuleBook) -> tables::Pair {
    let disagreement_id = pair_id(story, &finding);
    let Finding { a, b, attribute, diff, rule, why, confidence, .. } = finding;
    let (left, right) = (&story.members[a.member as usize], &story.members[b.member as usize]);
    let comparable = finding.verdict != Verdict::NotComparable;
    let slot = index.of(&attribute, a.member, a.span).filter(|_| comparable).map(|voice| index.id(voice.slot).clone());
    tables::Pair {
        disagreement_id,
        story_id: story.id.as_str().into(),
        slot_id: slot.unwrap_or_default(),
        kind: name(&finding.kind),
        verdict: name(&finding.verdict),
        severity: if comparable { book.compare.severity.of(finding.kind).into() } else { CompactString::default() },
        units_a: index.units(&attribute, &a),
        units_b: index.units(&attribute, &b),
        text_a: a.text(&story.members).into_owned(),
        text_b: b.text(&story.members).into_owned(),
        speaker: a.speaker.or(b.speaker).unwrap_or_default(),
        source_a: left.source.as_str().into(),
        document_a: left.document.as_str().into(),
        line_a: a.line.into(),
        start_a: a.span.start.into(),
        end_a: a.span.end.into(),
        value_a: a.value.into(),
        modality_a: name(&a.modality),
        source_b: right.source.as_str().into(),
        document_b: right.document.as_str().into(),
        line_b: b.line.into(),
        start_b: b.span.start.into(),
        end_b: b.span.end.into(),
        value_b: b.value.into(),
        modality_b: name(&b.modality),
        diff,
        rule: rule.into(),
        why,
        confidence: confidence.as_ref().map(|c| c.chance),
        measures: confidence.map(|c| c.measures.to_string()).unwrap_or_default(),
        ..tables::Pair::default()
    }
}

/// The id of a pair.
pub fn pair_id(story: &Story, finding: &Finding) -> CompactString {
    let mut told = String::with_capacity(ROOM);
    for side in [&finding.a, &finding.b] {
        told.push_str(&story.members[side.member as usize].document);
        push_span(&mut told, ":", side.span);
        [":", &side.value, BETWEEN].into_iter().for_each(|part| told.push_str(part));
    }
    told.push_str(&finding.attribute);
    id_of("d", &told)
}

/// Bytes of what nearly all ids are made of.
const ROOM: usize = 256;

/// "12-34" behind `before`.
fn push_span(told: &mut String, before: &str, span: Span) {
    let (start, end) = (span.start.to_compact_string(), span.end.to_compact_string());
    [before, &start, "-", &end].into_iter().for_each(|part| told.push_str(part));
}

/// The claims of a document by itself, which fill no slot.
pub fn own_claims(member: Member) -> Vec<tables::Claim> {
    let story = Story { id: String::new(), members: vec![member] };
    claims(&story, 0, &SlotIndex::new(&story, &[]))
}

fn claims(story: &Story, member: usize, index: &SlotIndex) -> Vec<tables::Claim> {
    let document = &story.members[member];
    let row = |claim: &Claim| {
        let slot = index.of(&claim.attribute, member as u32, claim.span);
        let (subject, value) = (subject(&claim.subject), value(claim));
        tables::Claim {
            mention_id: mention_id(&document.document, claim, (&subject, &value)),
            document: document.document.as_str().into(),
            source: document.source.as_str().into(),
            line: claim.line.into(),
            start: claim.value_span.start.into(),
            end: claim.value_span.end.into(),
            attribute: claim.attribute.clone(),
            subject,
            value,
            unit: unit(&claim.value),
            time: claim.time.as_ref().map(when).unwrap_or_default(),
            place: claim.place.as_ref().map(location).unwrap_or_default(),
            speaker: claim.speaker.clone().unwrap_or_default(),
            modality: name(&claim.modality),
            polarity: name(&claim.polarity),
            text: claim.text.clone(),
            story_id: story.id.as_str().into(),
            slot_id: slot.map(|voice| index.id(voice.slot).clone()).unwrap_or_default(),
        }
    };
    let asked: BTreeSet<Span> =
        document.claims.iter().filter(|c| c.attribute != "open").map(|c| c.value_span).collect();
    // What an attribute asks for is told once, unless it is compared as an open claim as well.
    let fills = |c: &Claim| index.of(&c.attribute, member as u32, c.span).is_some();
    let told = document.claims.iter().filter(|c| c.attribute != "open" || !asked.contains(&c.value_span) || fills(c));
    told.map(row).collect()
}

/// A mention is known by its attribute, its place and what it says of whom: one name can carry two
/// roles, one figure be told of two subjects.
fn mention_id(document: &str, claim: &Claim, (subject, value): (&str, &str)) -> CompactString {
    let mut told = String::with_capacity(ROOM);
    [document, BETWEEN, &claim.attribute].into_iter().for_each(|part| told.push_str(part));
    push_span(&mut told, BETWEEN, claim.value_span);
    [BETWEEN, subject, BETWEEN, value].into_iter().for_each(|part| told.push_str(part));
    for (at, word) in claim.context.iter().enumerate() {
        told.push_str(if at == 0 { BETWEEN } else { " " });
        told.push_str(word);
    }
    if claim.context.is_empty() {
        told.push_str(BETWEEN);
    }
    id_of("m", &told)
}
