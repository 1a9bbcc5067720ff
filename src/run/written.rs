//! The tables of a run as they are written, and what is counted of them.

use std::path::Path;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::gate::Counts;
use super::losses::priced;
use super::publish::Setup;
use super::tables::{Keyed, Tables, Unkeyed};
use super::tally::Tally;
use super::{Analysis, corpus_rows, extraction};
use crate::document::Problem;
use crate::failure::{Failure, Outcome};
use crate::report::csv::{Style, Written, write_kept, write_table};
use crate::report::table::{Row, Table};
use crate::report::tables;
use crate::store::Sorted;

/// What was written, with the figures that the run's end is told by.
pub struct Report {
    /// The tables.
    pub written: Vec<Written>,
    /// The counts that gates are set on.
    pub counts: Counts,
    /// Documents read.
    pub documents: u64,
    /// Documents that failed.
    pub failed: u64,
    /// Documents of other languages, of which no claims are read.
    pub set_aside: u64,
    /// Documents that were extracted and not taken over from an earlier run.
    pub documents_anew: u64,
    /// Stories that were compared and not taken over.
    pub stories_anew: u64,
    /// A digest of each file, in the order of the plan.
    pub contents: Vec<Option<u128>>,
    /// The first source by name.
    pub first_source: Option<String>,
    /// How often rules had a say.
    pub tally: Tally,
    /// Readings of the disputes that cannot be ruled out, and the share of disputes that they decide otherwise.
    pub readings: (usize, f64),
}

impl Report {
    /// Writes the tables of a run into its folder.
    ///
    /// # Errors
    /// [`Failure::Output`] when the folder cannot be written.
    pub fn write(folder: &Path, analysis: Analysis, setup: &Setup) -> Result<Self, Failure> {
        let Analysis { mut tables, problems, .. } = analysis;
        tables.scored.sources.iter_mut().for_each(|source| setup.voices.answer_source(source, setup.mask));
        let first_source = tables.scored.sources.first().map(|source| source.source.clone());
        let (tally, readings) = (tables.tally.clone(), (tables.beliefs.readings(), tables.beliefs.differs));
        let style = Style { dialect: setup.dialect, cells: &setup.book.report.cells, mask: Some(setup.mask) };
        let written = Desk { folder, style }.write(tables, &problems, setup)?;
        let failed = problems.iter().filter(|problem| is_failure(problem)).count() as u64;
        Ok(Self {
            written,
            counts: counts(&tally, &problems),
            documents: analysis.documents,
            documents_anew: analysis.documents_anew,
            stories_anew: analysis.stories_anew,
            failed,
            set_aside: problems.len() as u64 - failed,
            contents: analysis.contents,
            first_source,
            tally,
            readings,
        })
    }

    /// How the run ends.
    pub fn outcome(&self, setup: &Setup) -> Outcome {
        let tried = (self.documents + self.failed).max(1);
        if self.failed as f64 / tried as f64 > setup.max_fail.0 {
            Outcome::TooManyFailed
        } else if setup.gates.iter().any(|gate| gate.trips(&self.counts)) {
            Outcome::GateTripped
        } else if self.failed > 0 {
            Outcome::SomeFailed
        } else {
            Outcome::Complete
        }
    }
}

/// Whether a document is lost by it, and not only set aside or cut.
fn is_failure(problem: &Problem) -> bool {
    ![extraction::SET_ASIDE, extraction::CUT].contains(&problem.code.as_str())
}

fn counts(tally: &Tally, problems: &[Problem]) -> Counts {
    let told = |verdict: &str| tally.verdicts.get(verdict).copied().unwrap_or(0);
    let contradictions = told("contradicts");
    Counts { contradictions, disagreements: contradictions + told("superseded"), problems: problems.len() as u64 }
}

/// Where tables are written, and how.
struct Desk<'d> {
    folder: &'d Path,
    style: Style<'d>,
}

impl Desk<'_> {
    /// Writes all tables, in the order in which a reader wants them.
    fn write(&self, tables: Tables, problems: &[Problem], setup: &Setup) -> Result<Vec<Written>, Failure> {
        // The claims are the most rows by far: one thread writes them while another writes the pairs.
        let (claims, agreements) = rayon::join(
            || self.sorted(&tables::CLAIMS, tables.claims),
            || self.sorted(&tables::AGREEMENTS, tables.agreements),
        );
        let (lines, costs) = (tables.lines, tables.scored.losses);
        let lines = lines.map(|line| line.map(|line| priced(line.into_row(), &costs)));
        let mut written = vec![
            self.made(&tables::SOURCES, tables.scored.sources)?,
            self.sorted(&tables::DISAGREEMENTS, tables.disagreements)?,
            agreements?,
        ];
        if setup.near_misses {
            written.push(self.sorted(&tables::NOT_COMPARABLE, tables.not_comparable)?);
        }
        written.extend([
            claims?,
            self.sorted(&tables::DOCUMENTS, tables.documents)?,
            self.sorted(&tables::COPIES, tables.copies)?,
            self.sorted(&tables::FURNITURE, tables.furniture)?,
            self.made(&tables::RULES, corpus_rows::rules(setup.book, &tables.tally))?,
            self.made(&tables::PROBLEMS, problems.iter().map(corpus_rows::problem))?,
            write_table(self.folder, &tables::LOSSES, self.style, lines)?,
        ]);
        Ok(written)
    }

    fn made<R: Row>(&self, table: &Table, rows: impl IntoIterator<Item = R>) -> Result<Written, Failure> {
        write_table(self.folder, table, self.style, rows.into_iter().map(Ok))
    }

    fn sorted<R>(&self, table: &Table, mut rows: Sorted<Keyed<R>>) -> Result<Written, Failure>
    where
        R: Row + Send + Serialize + DeserializeOwned,
    {
        write_kept::<R>(self.folder, table, self.style, rows.bodies().map(|row| row.and_then(Unkeyed::of)))
    }
}
