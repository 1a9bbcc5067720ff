//! Slots: the passages of a story that give a value for one thing, grouped by the value given.

use std::borrow::Cow;
use std::collections::BTreeMap;

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

use super::finding::{Finding, Passage};
use super::findings::Findings;
use super::verdict::Side;
use crate::claim::{Kind, Modality};
use crate::comparison::Verdict;
use crate::document::Span;
use crate::matching::sets::Sets;

/// A slot with the values given for it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Slot {
    /// What it is about.
    pub kind: Kind,
    /// Its attribute.
    pub attribute: CompactString,
    /// Who gives which value, sorted by document and place.
    pub values: Vec<SlotValue>,
    /// Pairs of classes that cannot both be true, the smaller first.
    pub conflicts: Vec<(u32, u32)>,
    /// Pairs of classes of which one says less than the other, the smaller first.
    pub supports: Vec<(u32, u32)>,
    /// Documents whose value later events overtook.
    pub overtaken: Vec<u32>,
}

/// One passage's value in a slot.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SlotValue {
    /// Index of the document among the story's members.
    pub member: u32,
    /// The passage.
    pub span: Span,
    /// Passages of one class say the same; classes are numbered by their first passage.
    pub class: u32,
    /// The value as printed.
    pub value: String,
    /// How firmly it is told.
    pub modality: Modality,
}

/// The key a passage is known by within one attribute.
type Key = (CompactString, u32, Span);

/// The slots that a story's findings make: passages joined by any verdict but not-comparable are
/// of one slot, those joined by agreement or variant of one class. A value that is only less
/// precise supports and does not merge.
pub fn slots(findings: &Findings) -> Vec<Slot> {
    let comparable = || findings.iter().filter(|f| f.verdict != Verdict::NotComparable);
    let mut passages: BTreeMap<Key, (String, Modality)> = BTreeMap::new();
    for finding in comparable() {
        for side in [&finding.a, &finding.b] {
            passages.entry(key(&finding, side)).or_insert_with(|| (side.value.clone(), side.modality));
        }
    }
    let number: BTreeMap<&Key, usize> = passages.keys().enumerate().map(|(n, k)| (k, n)).collect();
    let pair = |f: &Finding| (number[&key(f, &f.a)], number[&key(f, &f.b)]);
    let mut slot = Sets::new(passages.len());
    let mut class = Sets::new(passages.len());
    for finding in comparable() {
        let (a, b) = pair(&finding);
        slot.join(a, b);
        if finding.verdict.is_same() {
            class.join(a, b);
        }
    }
    build(comparable(), &passages, &mut slot, &mut class, pair)
}

fn key(finding: &Finding, side: &Passage) -> Key {
    (finding.attribute.clone(), side.member, side.span)
}

fn build<'f>(
    findings: impl Iterator<Item = Cow<'f, Finding>>,
    passages: &BTreeMap<Key, (String, Modality)>,
    slot: &mut Sets,
    class: &mut Sets,
    pair: impl Fn(&Finding) -> (usize, usize),
) -> Vec<Slot> {
    let mut slots: BTreeMap<usize, Slot> = BTreeMap::new();
    for (number, ((_, member, span), (value, modality))) in passages.iter().enumerate() {
        let entry = slots.entry(slot.root(number)).or_insert_with(|| Slot {
            kind: Kind::Statement,
            attribute: CompactString::default(),
            values: Vec::new(),
            conflicts: Vec::new(),
            supports: Vec::new(),
            overtaken: Vec::new(),
        });
        entry.values.push(SlotValue {
            member: *member,
            span: *span,
            class: class.root(number) as u32,
            value: value.clone(),
            modality: *modality,
        });
    }
    for finding in findings {
        let (a, b) = pair(&finding);
        let Some(entry) = slots.get_mut(&slot.root(a)) else { continue };
        entry.attribute.clone_from(&finding.attribute);
        entry.overtaken.extend(finding.overtaken.map(|side| match side {
            Side::A => finding.a.member,
            Side::B => finding.b.member,
        }));
        let (x, y) = (class.root(a) as u32, class.root(b) as u32);
        if finding.verdict == Verdict::LessPrecise {
            entry.supports.push((x.min(y), x.max(y)));
        }
        if finding.verdict == Verdict::Contradicts {
            entry.kind = finding.kind;
            entry.conflicts.push((x.min(y), x.max(y)));
        } else if entry.conflicts.is_empty() {
            entry.kind = finding.kind;
        }
    }
    slots.into_values().map(tidy).collect()
}

/// Pairs of classes once each, and none within a class that other passages joined. What cannot
/// both be true does not support each other, whatever other passages of the two classes say.
fn tidy(mut slot: Slot) -> Slot {
    for pairs in [&mut slot.conflicts, &mut slot.supports] {
        pairs.sort_unstable();
        pairs.dedup();
        pairs.retain(|(x, y)| x != y);
    }
    slot.supports.retain(|pair| slot.conflicts.binary_search(pair).is_err());
    slot.overtaken.sort_unstable();
    slot.overtaken.dedup();
    slot
}
