//! Compare: records regrouped by story, then every story by itself, partition by partition.

use std::sync::Mutex;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::Work;
use super::grouping::Grouping;
use super::record::Record;
use super::rows::{self, StoryRows};
use super::tables::Sorters;
use crate::compare::story::compare_story;
use crate::failure::Failure;
use crate::matching::group::{Member, Story};
use crate::score::ledger::ScoredSlot;
use crate::store::{Spool, Spooled};

/// A document on its way to its story.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Placed {
    story: String,
    member: Member,
}

/// Writes each document's own rows and sends its claims to the partition of its story.
///
/// # Errors
/// [`Failure::Output`] when the scratch disk is full.
pub fn regroup(
    records: &Spooled<Record>,
    grouping: &Grouping,
    sorters: &Sorters,
    work: &Work,
) -> Result<Spooled<Placed>, Failure> {
    let spool = Spool::create(work.scratch, "stories", work.partitions, work.buffer_bytes())?;
    let line = work.progress.stage("match", grouping.paths.len() as u64);
    (0..records.partitions()).into_par_iter().try_for_each(|partition| {
        for record in records.read(partition)? {
            let record = record?;
            let Some(document) = grouping.number(&record.facts.path) else { continue };
            sorters.document(&record, document, grouping)?;
            let placed = placed(record, document, grouping);
            spool.append(work.partition(&placed.story), &placed)?;
            line.add(1);
        }
        Ok::<(), Failure>(())
    })?;
    sorters.copies(grouping)?;
    line.finish();
    spool.finish()
}

fn placed(record: Record, document: usize, grouping: &Grouping) -> Placed {
    let member = Member {
        document: record.facts.path,
        source: record.facts.source,
        published: record.facts.published.map(|p| p.date),
        unit: grouping.unit[document],
        claims: record.claims,
        statements: record.statements,
    };
    Placed { story: grouping.story_id(document).to_owned(), member }
}

/// Compares all stories; hands back the slots for scoring, sorted.
///
/// # Errors
/// [`Failure::Output`] when the scratch disk is full, [`Failure::Fatal`] when it cannot be read back.
pub fn compare_stories(
    stories: &Spooled<Placed>,
    grouping: &Grouping,
    sorters: &Sorters,
    work: &Work,
) -> Result<Vec<ScoredSlot>, Failure> {
    let line = work.progress.stage("compare", stories.partitions() as u64);
    let slots = Mutex::new(Vec::new());
    (0..stories.partitions()).into_par_iter().try_for_each(|partition| {
        let placed =
            stories.load_sorted_by_key(partition, |p: &Placed| (p.story.clone(), p.member.document.clone()))?;
        for story in gather(placed) {
            let found = compare_one(&story, grouping, sorters, work)?;
            slots.lock().map_err(|_| Failure::Fatal("a worker stopped unexpectedly".into()))?.extend(found);
        }
        line.add(1);
        Ok::<(), Failure>(())
    })?;
    line.finish();
    let mut slots = slots.into_inner().map_err(|_| Failure::Fatal("a worker stopped unexpectedly".into()))?;
    slots.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(slots)
}

/// Documents that are sorted by story, as stories.
fn gather(placed: Vec<Placed>) -> Vec<Story> {
    let mut stories: Vec<Story> = Vec::new();
    for Placed { story, member } in placed {
        match stories.last_mut().filter(|last| last.id == story) {
            Some(last) => last.members.push(member),
            None => stories.push(Story { id: story, members: vec![member] }),
        }
    }
    stories
}

fn compare_one(story: &Story, grouping: &Grouping, sorters: &Sorters, work: &Work) -> Result<Vec<ScoredSlot>, Failure> {
    let compared = compare_story(story, &work.compare_book());
    sorters.turned_down(&compared.turned_down)?;
    let StoryRows { pairs, claims, slots, losses } = rows::story_rows(story, &compared, &grouping.origins, work);
    pairs.into_iter().try_for_each(|pair| sorters.pair(pair, work))?;
    claims.into_iter().try_for_each(|claim| sorters.claim(claim))?;
    losses.into_iter().try_for_each(|loss| sorters.loss(loss))?;
    Ok(slots)
}
