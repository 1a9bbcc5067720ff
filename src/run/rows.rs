//! A compared story as rows of tables.

use std::collections::{BTreeMap, BTreeSet};

use compact_str::CompactString;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::id;
use super::known::Known;
use super::lore::Lore;
use super::losses::losses;
use super::origin::Origins;
use super::repeats;
use super::wording::{location, name, subject, unit, value, when};
use crate::claim::{Claim, Value};
use crate::compare::finding::{Finding, Passage};
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
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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

/// The rows of a compared story.
pub fn story_rows(story: &Story, compared: Compared, origins: &Origins, lore: Lore) -> StoryRows {
    let index = SlotIndex::new(story, &compared.slots);
    let told: Vec<&Finding> = compared.findings.iter().filter(|f| is_evidence(story, f)).collect();
    let mut pairs: Vec<tables::Pair> = told.iter().map(|finding| pair(story, finding, &index, lore.book)).collect();
    repeats::mark(story, &told, &index, &mut pairs);
    let slots: Vec<ScoredSlot> =
        compared.slots.iter().map(|slot| scored(story, slot, &compared.findings, lore.known)).collect();
    StoryRows {
        losses: losses(story, &compared.findings, &slots, &index, origins),
        pairs,
        claims: story.members.iter().enumerate().flat_map(|(member, _)| claims(story, member, &index)).collect(),
        slots,
        turned_down: compared.turned_down,
        cut: compared.cut,
    }
}

/// Copies of one text agree by being copies: that is no agreement of two.
fn is_evidence(story: &Story, finding: &Finding) -> bool {
    let unit = |p: &Passage| story.unit_at(p.member, p.span);
    let agrees = matches!(finding.verdict, Verdict::Agrees | Verdict::LessPrecise | Verdict::Variant);
    !agrees || unit(&finding.a) != unit(&finding.b)
}

/// Which slot and class each passage belongs to.
pub struct SlotIndex {
    place: FxHashMap<(CompactString, u32, Span), (String, u32)>,
    units: FxHashMap<(String, u32), u64>,
}

impl SlotIndex {
    fn new(story: &Story, slots: &[Slot]) -> Self {
        let mut place = FxHashMap::default();
        let mut units: FxHashMap<(String, u32), BTreeSet<u32>> = FxHashMap::default();
        for slot in slots.iter().filter(|slot| is_told_twice(story, slot)) {
            let slot_id = slot_id(story, slot);
            for value in &slot.values {
                let key = (slot.attribute.clone(), value.member, value.span);
                place.insert(key, (slot_id.clone(), value.class));
                let unit = story.unit_at(value.member, value.span);
                units.entry((slot_id.clone(), value.class)).or_default().insert(unit);
            }
        }
        let units = units.into_iter().map(|(class, units)| (class, units.len() as u64)).collect();
        Self { place, units }
    }

    /// The slot and class of the passage at a place.
    pub fn of(&self, attribute: &CompactString, member: u32, span: Span) -> Option<&(String, u32)> {
        self.place.get(&(attribute.clone(), member, span))
    }

    /// Independent units behind a passage's value; 1 where it fills no slot.
    fn units(&self, attribute: &CompactString, passage: &Passage) -> u64 {
        self.of(attribute, passage.member, passage.span).and_then(|class| self.units.get(class)).copied().unwrap_or(1)
    }
}

/// A slot that only copies of one text fill is told once.
fn is_told_twice(story: &Story, slot: &Slot) -> bool {
    let units: BTreeSet<u32> = slot.values.iter().map(|v| story.unit_at(v.member, v.span)).collect();
    units.len() > 1 || !slot.conflicts.is_empty()
}

/// A slot is known by its attribute and first passage.
fn slot_id(story: &Story, slot: &Slot) -> String {
    let Some(first) = slot.values.first() else { return String::new() };
    let document = &story.members[first.member as usize].document;
    id("t", &[&slot.attribute, document, &first.span.start.to_string()])
}

fn scored(story: &Story, slot: &Slot, findings: &[Finding], known: &Known) -> ScoredSlot {
    let source = |member: u32| story.members[member as usize].source.clone();
    let votes = slot.values.iter().map(|value| {
        let member = &story.members[value.member as usize];
        let (unit, class, modality) = (story.unit_at(value.member, value.span), value.class, value.modality);
        Vote { source: member.source.clone(), unit, class, modality, said: said(slot, value) }
    });
    let id = slot_id(story, slot);
    ScoredSlot {
        supports: slot.supports.clone(),
        figures: figures(story, slot),
        verified: known.class(&id, slot),
        id,
        story: story.id.clone(),
        kind: slot.kind,
        votes: votes.collect(),
        conflicts: slot.conflicts.clone(),
        overtaken: slot.overtaken.iter().map(|member| source(*member)).collect(),
        verbatim: verbatim(slot, findings).into_iter().map(source).collect(),
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

/// Documents of a quotation's slot that print it as another source's document does.
fn verbatim(slot: &Slot, findings: &[Finding]) -> BTreeSet<u32> {
    let places: BTreeSet<(u32, Span)> = slot.values.iter().map(|v| (v.member, v.span)).collect();
    let same = findings.iter().filter(|f| f.attribute == slot.attribute && f.verdict == Verdict::Agrees);
    let here = same.filter(|f| places.contains(&f.a.key()));
    here.flat_map(|f| [f.a.member, f.b.member]).collect()
}

fn pair(story: &Story, finding: &Finding, index: &SlotIndex, book: &RuleBook) -> tables::Pair {
    let Finding { a, b, attribute, .. } = finding;
    let (left, right) = (&story.members[a.member as usize], &story.members[b.member as usize]);
    let comparable = finding.verdict != Verdict::NotComparable;
    let slot = index.of(attribute, a.member, a.span).filter(|_| comparable).map(|(slot, _)| slot.clone());
    tables::Pair {
        disagreement_id: pair_id(story, finding),
        story_id: story.id.clone(),
        slot_id: slot.unwrap_or_default(),
        kind: name(&finding.kind),
        verdict: name(&finding.verdict),
        severity: if comparable { book.compare.severity.of(finding.kind).to_owned() } else { String::new() },
        speaker: a.speaker.clone().or_else(|| b.speaker.clone()).map(String::from).unwrap_or_default(),
        source_a: left.source.clone(),
        document_a: left.document.clone(),
        line_a: a.line.into(),
        start_a: a.span.start.into(),
        end_a: a.span.end.into(),
        text_a: a.text.clone(),
        value_a: a.value.clone(),
        modality_a: name(&a.modality),
        source_b: right.source.clone(),
        document_b: right.document.clone(),
        line_b: b.line.into(),
        start_b: b.span.start.into(),
        end_b: b.span.end.into(),
        text_b: b.text.clone(),
        value_b: b.value.clone(),
        modality_b: name(&b.modality),
        diff: finding.diff.clone(),
        units_a: index.units(attribute, a),
        units_b: index.units(attribute, b),
        rule: finding.rule.clone(),
        why: finding.why.clone(),
        ..tables::Pair::default()
    }
}

/// The id of a pair.
pub fn pair_id(story: &Story, finding: &Finding) -> String {
    let side = |p: &Passage| {
        let document = &story.members[p.member as usize].document;
        format!("{document}:{}-{}:{}", p.span.start, p.span.end, p.value)
    };
    id("d", &[&side(&finding.a), &side(&finding.b), &finding.attribute])
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
        tables::Claim {
            mention_id: mention_id(&document.document, claim),
            document: document.document.clone(),
            source: document.source.clone(),
            line: claim.line.into(),
            start: claim.value_span.start.into(),
            end: claim.value_span.end.into(),
            attribute: claim.attribute.to_string(),
            subject: subject(&claim.subject),
            value: value(claim),
            unit: unit(&claim.value),
            time: claim.time.as_ref().map(when).unwrap_or_default(),
            place: claim.place.as_ref().map(location).unwrap_or_default(),
            speaker: claim.speaker.clone().map(String::from).unwrap_or_default(),
            modality: name(&claim.modality),
            polarity: name(&claim.polarity),
            text: claim.text.clone(),
            story_id: story.id.clone(),
            slot_id: slot.map(|(slot, _)| slot.clone()).unwrap_or_default(),
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
fn mention_id(document: &str, claim: &Claim) -> String {
    let place = format!("{}-{}", claim.value_span.start, claim.value_span.end);
    let said = [subject(&claim.subject), value(claim), claim.context.join(" ")];
    id("m", &[document, &claim.attribute, &place, &said[0], &said[1], &said[2]])
}
