//! The driver's part, as Python drives it.

use std::path::PathBuf;

use arrow_array::RecordBatch;
use arrow_pyarrow::FromPyArrow;
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::types::PyBytes;
use rayon::ThreadPool;
use rayon::prelude::*;
use serde::de::DeserializeOwned;

use super::super::failure::raised;
use super::super::run::parsed;
use super::super::table::Table;
use super::super::wire::{Arrived, Parcel, Sent};
use crate::clean::PageLines;
use crate::command::run::{Terms, threads};
use crate::failure::Failure;
use crate::matching::reprint::Shared;
use crate::read::Plan;
use crate::run::progress::{Progress, Show};
use crate::run::stop::Stop;
use crate::settings::Layers;
use crate::stages::{Edition, FORMAT, packed};

/// A run that an engine of many machines works on.
#[pyclass(module = "variorum")]
pub struct Driver {
    plan: &'static Plan,
    edition: Option<Edition<'static>>,
    pool: ThreadPool,
}

#[pymethods]
impl Driver {
    /// `words` are options as on the command line; inputs among them are planned, `inputs` tells whether there are any.
    #[new]
    fn new(py: Python<'_>, words: Vec<String>, inputs: bool) -> PyResult<Self> {
        py.detach(|| Self::begin(&words, inputs)).map_err(|failure| raised(&failure))
    }

    /// The version of the bytes between stages.
    #[staticmethod]
    fn format() -> u32 {
        FORMAT
    }

    /// The files to read, a row an errand; its place orders them.
    fn errands(&self) -> PyResult<Vec<Table>> {
        let mut out = Parcel::new(&["bytes", "errand"]);
        let mut rows = self.plan.errands().zip(&self.plan.files);
        let sent = rows.try_for_each(|(errand, file)| {
            out.row([Sent::Whole(i64::try_from(file.bytes).unwrap_or(i64::MAX)), Sent::Bytes(packed(&errand)?)])
        });
        tables(sent.and_then(|()| out.into_batches()))
    }

    /// Rows `source, pages` as what every worker of the stage "extract" is given.
    fn counted<'py>(&self, py: Python<'py>, batch: &Bound<'py, PyAny>) -> PyResult<Vec<Bound<'py, PyBytes>>> {
        let batch = RecordBatch::from_pyarrow_bound(batch)?;
        let batch = Arrived(&batch);
        let one = |row| {
            let pages: Vec<PageLines> = batch.packed("pages", row)?;
            packed(&(batch.text("source", row)?, pages))
        };
        let all: Result<Vec<Vec<u8>>, Failure> = batch.rows().map(one).collect();
        Ok(all.map_err(|failure| raised(&failure))?.iter().map(|bytes| PyBytes::new(py, bytes)).collect())
    }

    /// Takes rows `front, problem, aside`.
    fn fronts(&mut self, batch: &Bound<'_, PyAny>) -> PyResult<()> {
        self.take(batch, |edition, batch| {
            column(batch, "front")?.into_iter().for_each(|front| edition.front(front));
            column(batch, "problem")?.into_iter().for_each(|problem| edition.problem(problem));
            column(batch, "aside")?.into_iter().for_each(|why| edition.aside(why));
            Ok(())
        })
    }

    /// Rows `document, place`, once all fronts were taken.
    fn places(&mut self) -> PyResult<Vec<Table>> {
        let mut out = Parcel::new(&["document", "place"]);
        let sent = self.parts()?.0.paths().and_then(|mut paths| {
            let mut place = -1;
            paths.try_for_each(|path| {
                place += 1;
                out.row([Sent::Text(path), Sent::Whole(place)])
            })
        });
        tables(sent.and_then(|()| out.into_batches()))
    }

    /// Takes rows `shared`.
    fn shared(&mut self, batch: &Bound<'_, PyAny>) -> PyResult<()> {
        self.take(batch, |edition, batch| {
            column(batch, "shared")?.into_iter().for_each(|some: Vec<Shared>| edition.shared(some));
            Ok(())
        })
    }

    /// Finds stories and copies. Rows `document, story, unit, origin, borrowed`.
    fn placements(&mut self, py: Python<'_>) -> PyResult<Vec<Table>> {
        let (edition, pool) = self.parts()?;
        let grouped = py.detach(|| pool.install(|| edition.group()));
        let mut out = Parcel::new(&["document", "story", "unit", "origin", "borrowed"]);
        let sent = grouped.and_then(|()| edition.placements()).and_then(|mut all| {
            all.try_for_each(|at| {
                out.row([
                    Sent::Text(at.document),
                    Sent::Text(at.story),
                    Sent::Whole(at.unit.into()),
                    Sent::Maybe(at.origin),
                    Sent::Bytes(packed(&at.borrowed)?),
                ])
            })
        });
        tables(sent.and_then(|()| out.into_batches()))
    }

    /// Takes rows `sheet`.
    fn sheets(&mut self, batch: &Bound<'_, PyAny>) -> PyResult<()> {
        self.take(batch, |edition, batch| edition.sheets(&column(batch, "sheet")?))
    }

    /// Takes rows `piece`.
    fn stories(&mut self, batch: &Bound<'_, PyAny>) -> PyResult<()> {
        self.take(batch, |edition, batch| edition.stories(column(batch, "piece")?))
    }

    /// Scores and publishes; the run's folder.
    fn publish(&mut self, py: Python<'_>) -> PyResult<PathBuf> {
        let edition = self.edition.take().ok_or_else(|| PyRuntimeError::new_err("the run is published"))?;
        let pool = &self.pool;
        let published = py.detach(|| pool.install(|| edition.publish()));
        published.map(|published| published.path).map_err(|failure| raised(&failure))
    }
}

impl Driver {
    fn begin(words: &[String], inputs: bool) -> Result<Self, Failure> {
        let (args, options) = parsed(words)?;
        let layers = Layers::load(&options)?;
        let terms: &'static Terms = Box::leak(Box::new(Terms::of(&args, &layers)?));
        let plan =
            if inputs { args.inputs.plan(&terms.book, &terms.effective.output, &layers)? } else { Plan::default() };
        let plan: &'static Plan = Box::leak(Box::new(plan));
        let setup = terms.setup(plan, true, (Progress::new(Show::Never), Stop::never()));
        Ok(Self { plan, edition: Some(Edition::begin(setup)?), pool: threads(terms.effective.jobs)? })
    }

    fn parts(&mut self) -> PyResult<(&mut Edition<'static>, &ThreadPool)> {
        let edition = self.edition.as_mut().ok_or_else(|| PyRuntimeError::new_err("the run is published"))?;
        Ok((edition, &self.pool))
    }

    /// Hands a batch to the edition; all threads work on it, without the interpreter's lock.
    fn take(
        &mut self,
        batch: &Bound<'_, PyAny>,
        work: impl FnOnce(&mut Edition<'static>, Arrived<'_>) -> Result<(), Failure> + Send,
    ) -> PyResult<()> {
        let py = batch.py();
        let batch = RecordBatch::from_pyarrow_bound(batch)?;
        let (edition, pool) = self.parts()?;
        py.detach(|| pool.install(|| work(edition, Arrived(&batch)))).map_err(|failure| raised(&failure))
    }
}

/// What was packed into a column, empty cells left out.
fn column<T: DeserializeOwned + Send>(batch: Arrived<'_>, name: &str) -> Result<Vec<T>, Failure> {
    batch.rows().into_par_iter().filter_map(|row| batch.maybe_packed(name, row).transpose()).collect()
}

fn tables(batches: Result<Vec<RecordBatch>, Failure>) -> PyResult<Vec<Table>> {
    let batches = batches.map_err(|failure| raised(&failure))?;
    Ok(batches.into_iter().map(|batch| Table::here(batch.schema(), vec![batch])).collect())
}
