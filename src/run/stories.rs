//! Compare: records regrouped by story, then every story by itself, partition by partition.
//!
//! What an earlier run found by comparing a story is taken over when its documents and the rules are what they were; its
//! rows are made again, for they also hang on what other stories, people and sources say.

use std::sync::atomic::{AtomicU64, Ordering};

use jiff::civil::Date;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::cache::digest;
use super::corpus::{Records, damaged};
use super::grouping::Grouping;
use super::hidden::hide_sheet;
use super::judged;
use super::lore::Lore;
use super::origin::Origins;
use super::record::{Facts, Filed, Told};
use super::rows::{self, StoryRows};
use super::tables::Sorters;
use super::{Work, part_of};
use crate::compare::story::{self, compare_story};
use crate::failure::Failure;
use crate::matching::group::{Member, Story};
use crate::matching::reprint::Borrowed;
use crate::score::conduct::headline_differs;
use crate::store::journal::{Place, Reader};
use crate::store::{Journal, Parcel, Spool, Spooled};

/// A document on its way to its story.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Placed {
    story: String,
    /// Of what the member was made from.
    digest: u128,
    /// Whose text it carries, where that is known.
    origin: Option<String>,
    document: String,
    source: String,
    published: Option<Date>,
    unit: u32,
    borrowed: Vec<Borrowed>,
    told: Parcel<Told>,
}

impl Placed {
    /// The member, and whose text it carries.
    fn open(self) -> Option<(Member, Option<String>)> {
        let Self { origin, document, source, published, unit, borrowed, told, .. } = self;
        Some((Member { unit, borrowed, ..told.unpack()?.member((document, source), published) }, origin))
    }
}

/// Writes each document's own rows and sends its claims to the partition of its story.
///
/// # Errors
/// [`Failure::Output`] when the disk is full.
pub fn regroup(
    records: &Records,
    grouping: &Grouping,
    sorters: &Sorters,
    work: &Work,
) -> Result<Spooled<Placed>, Failure> {
    // The remainder of a piece's number is that of its partition, by which what is compared is kept.
    let parts = work.partitions * work.pieces(records.bytes());
    let spool = Spool::create(work.scratch, "stories", parts, work.buffer_bytes())?.storing();
    let line = work.progress.stage("match", grouping.paths.len() as u64);
    let outcome = (0..records.partitions()).into_par_iter().try_for_each(|partition| {
        for read in records.read(partition)? {
            let (digest, Filed { sheet, told, .. }) = read?;
            let (mut sheet, headline) = sheet.unpack().ok_or_else(damaged)?;
            let differs = headline_differs(&headline, &sheet.facts.title_lines, &work.lore.compare_book());
            sheet.facts.conduct.headline_differs = differs;
            work.stop.check()?;
            hide_sheet(&mut sheet, work.lore.mask);
            let Some(document) = grouping.number(&sheet.facts.path) else { continue };
            sorters.document(&sheet, document, grouping)?;
            let placed = placed((digest, told), sheet.facts, document, grouping);
            spool.append(part_of(&placed.story, parts), &placed)?;
            line.add(1);
        }
        Ok::<(), Failure>(())
    });
    line.finish();
    outcome?;
    records.compact()?;
    sorters.copies(grouping)?;
    spool.finish()
}

fn placed((digest, told): (u128, Parcel<Told>), facts: Facts, document: usize, grouping: &Grouping) -> Placed {
    let unit = grouping.unit[document];
    Placed {
        story: grouping.story_id(document).to_owned(),
        digest,
        origin: grouping.origins.name(unit).map(str::to_owned),
        document: facts.path,
        source: facts.source,
        published: facts.published.map(|p| p.date),
        unit,
        borrowed: grouping.borrowed(document).to_vec(),
        told,
    }
}

/// Compares all stories, or takes over what earlier runs found; how many were compared and not taken over.
///
/// # Errors
/// [`Failure::Output`] when the disk is full, [`Failure::Fatal`] when it cannot be read back, [`Failure::Interrupted`].
pub fn compare_stories(stories: &Spooled<Placed>, sorters: &Sorters, work: &Work) -> Result<u64, Failure> {
    let (journal, damaged) = Journal::open(work.cache.stories(), work.partitions)?;
    work.progress.note_damage("stories", damaged);
    let line = work.progress.stage("compare", work.partitions as u64);
    let compared = AtomicU64::new(0);
    let outcome = (0..work.partitions).into_par_iter().try_for_each(|partition| {
        let mut bench = Bench::open(partition, &journal, work)?;
        for piece in (partition..stories.partitions()).step_by(work.partitions) {
            for story in gather(load(stories, piece)?) {
                let (told, digest) = story?;
                work.stop.check()?;
                bench.compare(&told, digest, sorters)?;
            }
        }
        compared.fetch_add(bench.anew, Ordering::Relaxed);
        bench.used.sort_unstable();
        line.add(1);
        journal.compact(partition, &bench.used)
    });
    line.finish();
    // What was done before an interruption is kept.
    journal.flush()?;
    outcome?;
    Ok(compared.into_inner())
}

fn load(stories: &Spooled<Placed>, partition: usize) -> Result<Vec<Placed>, Failure> {
    stories.load_sorted_by_key(partition, |p: &Placed| (p.story.clone(), p.document.clone()))
}

/// A story, and whose text its units carry.
struct Versions {
    story: Story,
    origins: Vec<Option<String>>,
}

/// Documents that are sorted by story, as stories, each with a digest of all that it is made of. A story is opened when it
/// is asked for.
fn gather(placed: Vec<Placed>) -> impl Iterator<Item = Result<(Versions, u128), Failure>> {
    let mut rest = placed.into_iter().peekable();
    std::iter::from_fn(move || {
        let id = rest.peek()?.story.clone();
        let mut told = Versions { story: Story { id, members: Vec::new() }, origins: Vec::new() };
        let mut digests = Vec::new();
        while let Some(placed) = rest.next_if(|placed| placed.story == told.story.id) {
            digests.push(placed.digest);
            let Some((member, origin)) = placed.open() else { return Some(Err(damaged())) };
            told.story.members.push(member);
            told.origins.push(origin);
        }
        digests.extend(numbered_units(&told.story));
        digests.push(xxhash_rust::xxh3::xxh3_128(told.story.id.as_bytes()));
        Some(Ok((told, digest(&digests))))
    })
}

/// Compares a story; `origins` tell for each member whose text it carries, where that is known.
pub fn told_of(story: Story, origins: Vec<Option<String>>, lore: Lore) -> StoryRows {
    let compared = compare_story(&story, &lore.compare_book());
    let told = Versions { story, origins };
    let mut whole = StoryRows::default();
    rows(&told, compared, lore).for_each(|rows| whole.join(rows));
    whole
}

/// The rows of a story, people's verdicts over those of the rules.
fn rows<'t>(told: &'t Versions, mut compared: story::Compared, lore: Lore<'t>) -> impl Iterator<Item = StoryRows> + 't {
    let overruled = judged::apply(&told.story, &mut compared, lore.voices);
    let origins = Origins::of_members(&told.story.members, &told.origins);
    rows::story_rows(&told.story, compared, &origins, lore).map(move |mut rows| {
        judged::note(&mut rows.pairs, &overruled);
        rows
    })
}

/// The independent units of a story, its passages' too, numbered by their first document: what other stories hold changes
/// nothing then.
fn numbered_units(story: &Story) -> Vec<u128> {
    let mut numbers: FxHashMap<u32, u128> = FxHashMap::default();
    let mut number = |unit: u32| {
        let next = numbers.len() as u128;
        *numbers.entry(unit).or_insert(next)
    };
    let mut numbered: Vec<u128> = story.members.iter().map(|member| number(member.unit)).collect();
    for passage in story.members.iter().flat_map(|member| &member.borrowed) {
        numbered.extend([number(passage.unit), passage.first.into(), passage.end.into()]);
        numbered.extend(passage.own.iter().map(|word| u128::from(*word)));
    }
    numbered
}

/// Works on the stories of one partition.
struct Bench<'b> {
    partition: usize,
    journal: &'b Journal<u128>,
    known: FxHashMap<u128, Place>,
    reader: Option<Reader>,
    work: &'b Work<'b>,
    used: Vec<Place>,
    anew: u64,
}

impl<'b> Bench<'b> {
    fn open(partition: usize, journal: &'b Journal<u128>, work: &'b Work) -> Result<Self, Failure> {
        let known = journal.heads(partition)?.collect();
        let reader = journal.reader(partition)?;
        Ok(Self { partition, journal, known, reader, work, used: Vec::new(), anew: 0 })
    }

    /// Sends a story's rows to the sorters.
    fn compare(&mut self, told: &Versions, digest: u128, sorters: &Sorters) -> Result<(), Failure> {
        let compared = self.compared(&told.story, digest)?;
        rows(told, compared, self.work.lore).try_for_each(|rows| sorters.story(rows, self.work.lore))
    }

    /// What comparing a story finds, or found in an earlier run.
    fn compared(&mut self, story: &Story, digest: u128) -> Result<story::Compared, Failure> {
        let (cache, Lore { mask, near_misses, .. }) = (self.work.cache, self.work.lore);
        let key = self::digest(&[cache.comparing(), digest, mask.digest(), near_misses.into()]);
        if let Some(compared) = self.recall(key) {
            return Ok(compared);
        }
        let compared = compare_story(story, &self.work.lore.compare_book());
        self.used.push(self.journal.append(self.partition, &key, &Parcel::pack(&compared)?)?);
        self.anew += 1;
        Ok(compared)
    }

    /// What an earlier run found of the very same story; none when that is damaged.
    fn recall(&mut self, key: u128) -> Option<story::Compared> {
        let place = *self.known.get(&key)?;
        let body = self.reader.as_mut()?.body(place).ok()?;
        let compared = postcard::from_bytes::<Parcel<story::Compared>>(&body).ok()?.unpack()?;
        compared.findings.are_whole().then(|| self.used.push(place))?;
        Some(compared)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn placed(story: &str, document: &str, unit: u32, digest: u128) -> Placed {
        Placed {
            story: story.into(),
            digest,
            origin: None,
            document: document.into(),
            source: "gazette".into(),
            published: None,
            unit,
            borrowed: vec![],
            told: Parcel::pack(&Told { claims: vec![], statements: vec![], places: vec![] }).unwrap(),
        }
    }

    #[test]
    fn a_story_is_known_by_its_documents_and_who_copies_whom() {
        let digests = |units: [u32; 3], digest: u128| -> Vec<u128> {
            let [a, b, c] = units;
            let all = vec![placed("s1", "a", a, 1), placed("s1", "b", b, digest), placed("s2", "c", c, 3)];
            gather(all).map(|story| story.unwrap().1).collect()
        };
        let before = digests([4, 7, 9], 2);
        assert_eq!(digests([14, 12, 3], 2), before, "other numbers of the same units");
        assert_ne!(digests([4, 4, 9], 2)[0], before[0], "b copies a");
        assert_ne!(digests([4, 7, 9], 5)[0], before[0], "b changed");
        assert_eq!(digests([4, 4, 9], 5)[1], before[1], "another story");
    }
}
