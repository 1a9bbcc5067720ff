//! Stages of one document: what sources repeat, and what documents claim.

use super::super::extract::rows;
use super::super::wire::{Arrived, Parcel, Sent};
use super::Stage;
use crate::clean::{LineCounts, PageLines};
use crate::command::run::Terms;
use crate::document::{Document, Problem};
use crate::extract::kit::Kit;
use crate::failure::Failure;
use crate::read::{Errand, Plan, read_file};
use crate::stages::{extract, packed, unpacked};

/// The documents of a batch: rows that are documents, or errands to files that this machine sees.
fn documents(batch: Arrived<'_>, terms: &Terms) -> Result<Vec<Result<Document, Problem>>, Failure> {
    let rules = &terms.book.read;
    if batch.0.column_by_name("errand").is_none() {
        return rows(batch.0, &Plan::of_rows(terms.since), rules);
    }
    let mut read = Vec::new();
    for row in batch.rows() {
        let plan = batch.packed::<Errand>("errand", row)?.plan();
        plan.files.iter().for_each(|file| read_file(file, &plan, rules, &mut |document| read.push(document)));
    }
    Ok(read)
}

/// Sends the pages of every source on.
fn hand_out(counts: &LineCounts, out: &mut Parcel) -> Result<(), Failure> {
    counts.pages().try_for_each(|(source, pages)| out.row([Sent::Text(source), Sent::Bytes(packed(&pages)?)]))
}

/// Documents → what each source repeats, as far as this partition shows it.
pub struct Count {
    terms: &'static Terms,
    counts: LineCounts,
}

impl Count {
    pub fn new(terms: &'static Terms) -> Self {
        Self { terms, counts: terms.book.clean.line_counts() }
    }
}

impl Stage for Count {
    fn columns(&self) -> &'static [&'static str] {
        &["source", "pages"]
    }

    fn feed(&mut self, batch: Arrived<'_>, _: &mut Parcel) -> Result<(), Failure> {
        let read = documents(batch, self.terms)?;
        read.iter().flatten().for_each(|document| self.counts.observe(document));
        Ok(())
    }

    fn finish(&mut self, out: &mut Parcel) -> Result<(), Failure> {
        hand_out(&self.counts, out)
    }
}

/// What partitions know of sources → what all of them do.
pub struct Merge {
    counts: LineCounts,
}

impl Merge {
    pub fn new(terms: &'static Terms) -> Self {
        Self { counts: terms.book.clean.line_counts() }
    }
}

impl Stage for Merge {
    fn columns(&self) -> &'static [&'static str] {
        &["source", "pages"]
    }

    fn feed(&mut self, batch: Arrived<'_>, _: &mut Parcel) -> Result<(), Failure> {
        for row in batch.rows() {
            let source = batch.text("source", row)?;
            let pages: Vec<PageLines> = batch.packed("pages", row)?;
            pages.into_iter().for_each(|page| self.counts.observe_page(source, page));
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut Parcel) -> Result<(), Failure> {
        hand_out(&self.counts, out)
    }
}

/// Documents → what every later stage needs of them.
pub struct Extract {
    terms: &'static Terms,
    counts: LineCounts,
    kit: Kit<'static>,
}

impl Extract {
    /// `given` are pairs of a source and its pages, packed.
    pub fn new(terms: &'static Terms, given: &[&[u8]]) -> Result<Self, Failure> {
        let mut counts = terms.book.clean.line_counts();
        for bytes in given {
            let (source, pages): (String, Vec<PageLines>) = unpacked(bytes)?;
            pages.into_iter().for_each(|page| counts.observe_page(&source, page));
        }
        Ok(Self { terms, counts, kit: terms.lore().kit() })
    }
}

impl Stage for Extract {
    fn columns(&self) -> &'static [&'static str] {
        &["document", "front", "marks", "sheet", "member", "problem", "aside"]
    }

    fn feed(&mut self, batch: Arrived<'_>, out: &mut Parcel) -> Result<(), Failure> {
        use Sent::{MaybeBytes, Text};
        let none = || MaybeBytes(None);
        for read in documents(batch, self.terms)? {
            match read {
                Ok(document) => {
                    let made = extract(&document, &self.counts, &self.kit, self.terms.lore());
                    let (front, marks) = (Some(packed(&made.front)?), Some(packed(&made.marks)?));
                    let (sheet, member) = (Some(packed(&made.sheet)?), Some(packed(&made.member)?));
                    let aside = made.aside.as_ref().map(packed).transpose()?;
                    let [front, marks, sheet, member, aside] = [front, marks, sheet, member, aside].map(MaybeBytes);
                    out.row([Text(&document.path), front, marks, sheet, member, none(), aside])?;
                }
                Err(problem) => {
                    let packed = MaybeBytes(Some(packed(&problem)?));
                    out.row([Text(&problem.document), none(), none(), none(), none(), packed, none()])?;
                }
            }
        }
        Ok(())
    }
}
