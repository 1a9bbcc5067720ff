//! Match: the story and the independent unit of every document, from the compact keys alone.

use compact_str::CompactString;

use super::Work;
use super::columns::Columns;
use super::keys::AllKeys;
use super::lore::Lore;
use super::origin::{Origins, Prints};
use super::paths::Paths;
use super::reuse::copies;
use crate::failure::Failure;
use crate::matching::Rules;
use crate::matching::credit::First;
use crate::matching::reprint::{Borrowed, Copy, Extent, groups, without_formulas};
use crate::matching::signatures::Signatures;
use crate::matching::story::{Long, Stories, stories};

/// Where each document belongs. Documents are known by their place in the sorted list of paths.
pub struct Grouping {
    /// All paths, sorted.
    pub paths: Paths,
    /// The story of each.
    pub story: Vec<u32>,
    /// The independent unit of each.
    pub unit: Vec<u32>,
    /// Pairs that share text.
    pub copies: Vec<Copy>,
    /// Whose text each unit's was first.
    pub origins: Origins,
    /// Who prints and credits what.
    pub prints: Prints,
    /// What hangs together by chains that are too long to be looked at as a whole.
    pub long: Long,
    ids: Vec<CompactString>,
    copied: Vec<f64>,
    borrowed_shares: Vec<f64>,
    borrowed: Vec<Vec<Borrowed>>,
    unit_sizes: Vec<u32>,
}

impl Grouping {
    /// Groups documents by their keys and by their marks.
    ///
    /// # Errors
    /// [`Failure::Output`] when the scratch disk is full, [`Failure::Fatal`] when it cannot be read back.
    pub fn new(all: AllKeys, work: &Work) -> Result<Self, Failure> {
        let (Columns { paths, prints, sizes }, numbers) = all.columns(work.lore)?;
        let (paths, order) = paths.sorted();
        let size = |document: u32| sizes.get(order[document as usize]);
        let copies = copies(&all.marks, &places(&order, &numbers), size, work)?;
        drop((sizes, numbers));
        let signatures = all.signatures(work)?.in_order(order.clone());
        drop(all);
        Self::of(paths, prints.in_order(order), signatures, copies, work.lore)
    }

    /// Groups documents by their signatures and prints, which are in the order of their paths, and by who copies whom,
    /// sorted too.
    ///
    /// # Errors
    /// [`Failure::Output`] when the scratch disk is full, [`Failure::Fatal`] when it cannot be read back.
    pub fn of(
        paths: Paths,
        prints: Prints,
        mut signatures: Signatures,
        copies: Vec<Copy>,
        lore: Lore,
    ) -> Result<Self, Failure> {
        let rules = &lore.book.matching;
        let linked = copies.iter().filter(|copy| is_linked(copy, &prints, rules));
        let unit = groups(paths.len(), linked, |document| prints.age(document));
        let origins = Origins::of_units(&unit, &prints);
        signatures.date_copies(&unit);
        let Stories { story, long } = stories(signatures, &rules.story)?;
        let copies = without_formulas(copies, &unit, |a, b| story[a] == story[b], &rules.reprint);
        let ids = story_ids(&paths, &story);
        let copied = copied_shares(paths.len(), &copies);
        let borrowed_shares = borrowed_shares(paths.len(), &copies, &prints);
        let borrowed = borrowed(&unit, &copies, &prints);
        let unit_sizes = sizes(&unit);
        Ok(Self {
            unit_sizes,
            paths,
            story,
            unit,
            copies,
            origins,
            prints,
            long,
            ids,
            copied,
            borrowed_shares,
            borrowed,
        })
    }

    /// The place of a path in the sorted list.
    pub fn number(&self, path: &str) -> Option<usize> {
        self.paths.find(path)
    }

    /// The id of a document's story.
    pub fn story_id(&self, document: usize) -> &str {
        &self.ids[self.story[document] as usize]
    }

    /// The id of a document's copy group; nothing for a document that copies none and is copied by none.
    pub fn copy_group(&self, document: usize) -> Option<String> {
        let unit = self.unit[document];
        (self.unit_sizes[unit as usize] > 1).then(|| format!("c{unit}"))
    }

    /// The greatest share of a document's text that another printed first.
    pub fn borrowed_share(&self, document: usize) -> f64 {
        self.borrowed_shares[document]
    }

    /// The passages of a document that are another unit's text, the earliest printed first.
    pub fn borrowed(&self, document: usize) -> &[Borrowed] {
        &self.borrowed[document]
    }

    /// The greatest share of a document's text that another contains.
    pub fn copied_share(&self, document: usize) -> f64 {
        self.copied[document]
    }
}

/// The place of the document of each number; `order` tells which of them comes where.
fn places(order: &[u32], numbers: &[u32]) -> Vec<u32> {
    let mut places = vec![0; numbers.len()];
    order.iter().zip(0..).for_each(|(row, place)| places[numbers[*row as usize] as usize] = place);
    places
}

/// Whether a pair makes one unit: a copy, or one with less text in common that says so.
fn is_linked(copy: &Copy, prints: &Prints, rules: &Rules) -> bool {
    let share = copy.containment_a.max(copy.containment_b);
    copy.extent == Extent::Copy || share >= rules.credit.copy && prints.is_told(copy)
}

/// The greatest share of each document that another printed first.
fn borrowed_shares(documents: usize, copies: &[Copy], prints: &Prints) -> Vec<f64> {
    let mut shares = vec![0.0_f64; documents];
    for copy in copies {
        match prints.first(copy) {
            First::ACredited | First::AEarlier => shares[copy.b] = shares[copy.b].max(copy.containment_b),
            First::BCredited | First::BEarlier => shares[copy.a] = shares[copy.a].max(copy.containment_a),
            First::Unknown => {}
        }
    }
    shares
}

/// The passages of each document that a document of another unit printed first. Where nothing tells who was first,
/// [`Prints::age`] decides: two that print one passage are one witness, whoever wrote it.
fn borrowed(unit: &[u32], copies: &[Copy], prints: &Prints) -> Vec<Vec<Borrowed>> {
    let mut found = vec![Vec::new(); unit.len()];
    for copy in copies.iter().filter(|copy| unit[copy.a] != unit[copy.b]) {
        let a_first = match prints.first(copy) {
            First::ACredited | First::AEarlier => true,
            First::BCredited | First::BEarlier => false,
            First::Unknown => prints.age(copy.a) < prints.age(copy.b),
        };
        let (from, to) = if a_first { (copy.a, copy.b) } else { (copy.b, copy.a) };
        for p in &copy.passages {
            let (first, end, own) =
                if a_first { (p.first_b, p.end_b, &p.own_b) } else { (p.first_a, p.end_a, &p.own_a) };
            found[to].push((prints.age(from), Borrowed { first, end, unit: unit[from], own: own.clone() }));
        }
    }
    let in_order = |mut passages: Vec<(_, Borrowed)>| {
        passages.sort_by_key(|(age, passage)| (*age, passage.first));
        passages.into_iter().map(|(_, passage)| passage).collect()
    };
    found.into_iter().map(in_order).collect()
}

/// A story is known by its first document, so that its id stays when others join it.
fn story_ids(paths: &Paths, story: &[u32]) -> Vec<CompactString> {
    let mut ids: Vec<CompactString> = Vec::new();
    for (path, story) in paths.iter().zip(story) {
        if *story as usize == ids.len() {
            ids.push(super::id("s", &[path]));
        }
    }
    ids
}

/// How many documents each unit has.
fn sizes(unit: &[u32]) -> Vec<u32> {
    let mut sizes = vec![0; unit.iter().max().map_or(0, |last| *last as usize + 1)];
    unit.iter().for_each(|u| sizes[*u as usize] += 1);
    sizes
}

fn copied_shares(documents: usize, copies: &[Copy]) -> Vec<f64> {
    let mut shares = vec![0.0_f64; documents];
    for copy in copies {
        shares[copy.a] = shares[copy.a].max(copy.containment_a);
        shares[copy.b] = shares[copy.b].max(copy.containment_b);
    }
    shares
}
