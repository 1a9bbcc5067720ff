//! Stages of what the engine regrouped: marks by hash, shared marks by pair, documents by story.

use super::super::wire::{Arrived, Parcel, Sent};
use super::Stage;
use crate::command::run::Terms;
use crate::failure::Failure;
use crate::matching::group::{Member, Story};
use crate::matching::reprint::Shared;
use crate::matching::reprint::fingerprint::Mark;
use crate::run::stories::told_of;
use crate::stages::{Groups, common, packed, pair_up, pieces, scatter};

/// Documents with their places → marks by the part of their hash.
pub struct Scatter {
    pub parts: usize,
}

impl Stage for Scatter {
    fn columns(&self) -> &'static [&'static str] {
        &["part", "place", "marks"]
    }

    fn feed(&mut self, batch: Arrived<'_>, out: &mut Parcel) -> Result<(), Failure> {
        for row in batch.rows() {
            let (place, marks): (i64, Vec<Mark>) = (batch.whole("place", row)?, batch.packed("marks", row)?);
            for (part, run) in scatter(&marks, self.parts) {
                out.row([Sent::Whole(part as i64), Sent::Whole(place), Sent::Bytes(packed(&run)?)])?;
            }
        }
        Ok(())
    }
}

/// The marks of a document that fall into one part; it goes by its place.
type Placed = (u32, Vec<Mark>);

/// Marks, sorted by part → what two documents share, by the part of their pair.
pub struct PairUp {
    terms: &'static Terms,
    parts: usize,
    groups: Groups<i64, Placed>,
}

impl PairUp {
    pub fn new(terms: &'static Terms, parts: usize) -> Self {
        Self { terms, parts, groups: Groups::new() }
    }

    fn settle(&self, group: Option<(i64, Vec<Placed>)>, out: &mut Parcel) -> Result<(), Failure> {
        let Some((_, marks)) = group else { return Ok(()) };
        let mut send = |part: usize, shared| out.row([Sent::Whole(part as i64), Sent::Bytes(packed(&shared)?)]);
        pair_up(marks, self.parts, &self.terms.book.matching.reprint, &mut send)
    }
}

impl Stage for PairUp {
    fn columns(&self) -> &'static [&'static str] {
        &["part", "shared"]
    }

    fn feed(&mut self, batch: Arrived<'_>, out: &mut Parcel) -> Result<(), Failure> {
        for row in batch.rows() {
            let place = u32::try_from(batch.whole("place", row)?).map_err(|error| Failure::Fatal(error.to_string()))?;
            let group = self.groups.push(batch.whole("part", row)?, (place, batch.packed("marks", row)?))?;
            self.settle(group, out)?;
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut Parcel) -> Result<(), Failure> {
        let group = self.groups.take();
        self.settle(group, out)
    }
}

/// Shared shingles in one record, half a megabyte at most.
const TOGETHER: usize = 1 << 14;

/// What two documents share, sorted by part → the same of pairs that share enough.
pub struct Common {
    terms: &'static Terms,
    groups: Groups<i64, Vec<Shared>>,
}

impl Common {
    pub fn new(terms: &'static Terms) -> Self {
        Self { terms, groups: Groups::new() }
    }

    fn settle(&self, group: Option<(i64, Vec<Vec<Shared>>)>, out: &mut Parcel) -> Result<(), Failure> {
        let Some((_, shared)) = group else { return Ok(()) };
        let enough = common(shared.concat(), &self.terms.book.matching.reprint);
        enough.chunks(TOGETHER).try_for_each(|some| out.row([Sent::Bytes(packed(&some)?)]))
    }
}

impl Stage for Common {
    fn columns(&self) -> &'static [&'static str] {
        &["shared"]
    }

    fn feed(&mut self, batch: Arrived<'_>, out: &mut Parcel) -> Result<(), Failure> {
        for row in batch.rows() {
            let group = self.groups.push(batch.whole("part", row)?, batch.packed("shared", row)?)?;
            self.settle(group, out)?;
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut Parcel) -> Result<(), Failure> {
        let group = self.groups.take();
        self.settle(group, out)
    }
}

/// A document of a story, and whose text it carries.
type Told = (Option<String>, Member);

/// Documents, sorted by story and path → the rows of each story, in pieces.
pub struct Compare {
    terms: &'static Terms,
    groups: Groups<String, Told>,
    last: Option<String>,
}

impl Compare {
    pub fn new(terms: &'static Terms) -> Self {
        Self { terms, groups: Groups::new(), last: None }
    }

    fn settle(&self, group: Option<(String, Vec<Told>)>, out: &mut Parcel) -> Result<(), Failure> {
        let Some((id, members)) = group else { return Ok(()) };
        let (origins, members): (Vec<_>, Vec<_>) = members.into_iter().unzip();
        let count = members.len() as u64;
        let rows = told_of(Story { id: id.clone(), members }, origins, self.terms.lore());
        pieces(rows, count).iter().try_for_each(|piece| out.row([Sent::Text(&id), Sent::Bytes(packed(piece)?)]))
    }

    /// Within a story documents come by path, each once.
    fn check(&mut self, begins: bool, document: &str) -> Result<(), Failure> {
        match &self.last {
            Some(last) if !begins && last.as_str() >= document => {
                Err(Failure::Fatal(format!("{document} came after {last}: the partition is not sorted")))
            }
            _ => {
                self.last = Some(document.to_owned());
                Ok(())
            }
        }
    }
}

impl Stage for Compare {
    fn columns(&self) -> &'static [&'static str] {
        &["story", "piece"]
    }

    fn feed(&mut self, batch: Arrived<'_>, out: &mut Parcel) -> Result<(), Failure> {
        for row in batch.rows() {
            let unit = u32::try_from(batch.whole("unit", row)?).map_err(|error| Failure::Fatal(error.to_string()))?;
            let borrowed = batch.packed("borrowed", row)?;
            let member = Member { unit, borrowed, ..batch.packed("member", row)? };
            let origin = batch.maybe("origin", row)?.map(str::to_owned);
            let document = member.document.clone();
            let group = self.groups.push(batch.text("story", row)?.to_owned(), (origin, member))?;
            self.check(group.is_some(), &document)?;
            self.settle(group, out)?;
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut Parcel) -> Result<(), Failure> {
        let group = self.groups.take();
        self.settle(group, out)
    }
}
