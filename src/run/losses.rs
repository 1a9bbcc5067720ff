//! The passages behind each loss, written while the story is at hand; the points follow when all stories are known.

use std::borrow::Cow;
use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::disputes::Disputes;
use super::rows::pair_id;
use super::slot_index::SlotIndex;
use super::wording::name;
use super::{id, origin::Origins};
use crate::compare::finding::{Finding, Passage};
use crate::compare::findings::Findings;
use crate::comparison::Verdict;
use crate::matching::group::Story;
use crate::report::tables;
use crate::score::ledger::{Entry, ScoredSlot, Standing};
use crate::score::loss::{self, Losses};
use crate::score::scorecard::source_id;

/// The lines of a story's slots, without points; `slots` are in the order of the index.
pub fn losses(
    story: &Story,
    findings: &Findings,
    slots: &[ScoredSlot],
    index: &SlotIndex,
    origins: &Origins,
) -> Vec<tables::Loss> {
    let contradictions: Vec<Cow<Finding>> = findings.iter().filter(|f| f.verdict == Verdict::Contradicts).collect();
    let disputes = disputes(&contradictions, index);
    if disputes.is_empty() {
        return Vec::new();
    }
    let passages = passages(story, findings, index);
    let mut rows = Vec::new();
    for (number, slot) in (0..).zip(slots).filter(|(_, slot)| !slot.conflicts.is_empty() && slot.is_comparable()) {
        let Some(disputes) = disputes.get(&number) else { continue };
        let told = Told { disputes: Disputes::of(story, slot, disputes), passages: &passages };
        for entry in slot.entries().iter().filter(|entry| entry.standing == Standing::Minority) {
            rows.extend(row(story, slot, entry, &told, origins));
        }
    }
    rows
}

/// A contradiction with the classes of its two sides.
type Dispute<'f> = (&'f Finding, u32, u32);

/// Contradictions by slot.
fn disputes<'f>(contradictions: &'f [Cow<Finding>], index: &SlotIndex) -> FxHashMap<u32, Vec<Dispute<'f>>> {
    let mut disputes: FxHashMap<u32, Vec<Dispute>> = FxHashMap::default();
    for finding in contradictions {
        let voice = |p: &Passage| index.of(&finding.attribute, p.member, p.span);
        if let (Some(a), Some(b)) = (voice(&finding.a), voice(&finding.b)) {
            disputes.entry(a.slot).or_default().push((finding, a.class, b.class));
        }
    }
    disputes
}

/// The first passage in which a source gives a class of values.
type Passages<'s> = FxHashMap<(&'s str, u32), Passage>;

fn passages<'s>(story: &'s Story, findings: &Findings, index: &SlotIndex) -> Passages<'s> {
    let mut first = Passages::default();
    for finding in findings.iter() {
        for side in [&finding.a, &finding.b] {
            if let Some(voice) = index.of(&finding.attribute, side.member, side.span) {
                first.entry((&story.members[side.member as usize].source, voice.class)).or_insert_with(|| side.clone());
            }
        }
    }
    first
}

/// What a slot's lines are told from.
struct Told<'t> {
    disputes: Disputes<'t>,
    passages: &'t Passages<'t>,
}

/// The two passages of a line and the contradiction that they stand for.
struct Sides<'t> {
    finding: &'t Finding,
    own: &'t Passage,
    other: &'t Passage,
}

fn row(story: &Story, slot: &ScoredSlot, entry: &Entry, told: &Told<'_>, origins: &Origins) -> Option<tables::Loss> {
    let Sides { finding, own, other } = sides(slot, entry, told)?;
    let (mine, theirs) = (&story.members[own.member as usize], &story.members[other.member as usize]);
    Some(tables::Loss {
        loss_id: id("l", &[&entry.source, &slot.id]).into(),
        source: entry.source.to_string(),
        source_id: source_id(&entry.source),
        slot_id: slot.id.to_string(),
        disagreement_id: pair_id(story, finding).into(),
        kind: name(&slot.kind).into(),
        lost_column: loss::column(slot.kind).to_owned(),
        story_id: story.id.clone(),
        document: mine.document.clone(),
        line: own.line.into(),
        text: own.text(&story.members).into_owned(),
        value: own.value.clone(),
        units: entry.behind as u64,
        other_source: theirs.source.clone(),
        other_document: theirs.document.clone(),
        other_line: other.line.into(),
        other_text: other.text(&story.members).into_owned(),
        other_value: other.value.clone(),
        other_units: entry.against as u64,
        origin: origins.of(mine.unit, &mine.source).unwrap_or_default().to_owned(),
        ..tables::Loss::default()
    })
}

/// The contradiction with the best supported value, one that the source prints itself if there is such a pair.
fn sides<'t>(slot: &ScoredSlot, entry: &'t Entry, told: &Told<'t>) -> Option<Sides<'t>> {
    let held: BTreeSet<u32> = entry.votes.iter().map(|vote| slot.votes[*vote].class).collect();
    let best = told.disputes.best(&held, &entry.source)?;
    let elsewhere = || told.passages.get(&(entry.source.as_str(), best.class));
    let own = if best.source == entry.source { best.own } else { elsewhere()? };
    Some(Sides { finding: best.finding, own, other: best.other })
}

/// The line with what it costs.
pub fn priced(row: tables::Loss, losses: &Losses) -> tables::Loss {
    let Some(loss) = losses.get(&(row.source.clone(), row.slot_id.clone())) else { return row };
    let mut notes = Vec::new();
    if !row.origin.is_empty() {
        notes.push(format!("inherited from {}", row.origin));
    }
    if loss.repeated {
        notes.push("the same error of the same text is counted in another slot".to_owned());
    }
    tables::Loss {
        points: loss.points,
        severity: Some(loss.severity),
        firmness: Some(loss.firmness),
        belief: Some(loss.belief),
        note: notes.join("; "),
        ..row
    }
}

/// The line that is no loss: what the prior adds to, or takes from, a source with a score.
pub fn adjustment(source: &tables::Source) -> Option<tables::Loss> {
    Some(tables::Loss {
        loss_id: id("l", &[&source.source, "small_sample_adjustment"]).into(),
        source: source.source.clone(),
        source_id: source.source_id.clone(),
        lost_column: "small_sample_adjustment".to_owned(),
        points: Some(source.small_sample_adjustment?),
        note: "what is expected of a source with few slots".to_owned(),
        ..tables::Loss::default()
    })
}
