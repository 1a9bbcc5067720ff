//! Stages as workers that an engine feeds batch by batch: never a call a document or a group.

mod documents;
mod driver;
mod regrouped;

use arrow_array::RecordBatch;
use arrow_pyarrow::FromPyArrow;
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use super::failure::{input_error, raised};
use super::run::parsed;
use super::table::Table;
use super::wire::{Arrived, Parcel};
use crate::command::run::Terms;
use crate::failure::Failure;
use crate::settings::Layers;
use crate::stages::FORMAT;
pub use driver::Driver;

/// A stage between two shuffles: rows come in, rows go out.
trait Stage: Send + Sync {
    /// The columns of what goes out.
    fn columns(&self) -> &'static [&'static str];

    /// Takes a batch.
    fn feed(&mut self, batch: Arrived<'_>, out: &mut Parcel) -> Result<(), Failure>;

    /// Hands out what waited for the end of the partition.
    fn finish(&mut self, _out: &mut Parcel) -> Result<(), Failure> {
        Ok(())
    }
}

/// Rules and settings on one machine. It lives as long as the process, for every task of a job needs it.
#[pyclass(frozen, module = "variorum")]
pub struct Station {
    terms: &'static Terms,
}

#[pymethods]
impl Station {
    /// `words` are options as on the command line; `format` is the version that the driver speaks.
    #[new]
    fn new(words: Vec<String>, format: u32) -> PyResult<Self> {
        if format != FORMAT {
            return Err(input_error(&format!(
                "the driver speaks version {format} of the stages, this machine {FORMAT}"
            )));
        }
        let terms = terms(&words).map_err(|failure| raised(&failure))?;
        Ok(Self { terms: Box::leak(Box::new(terms)) })
    }

    /// A worker of the stage called `stage`; `given` is what the driver tells all of them.
    fn worker(&self, stage: &str, given: Vec<Bound<'_, PyBytes>>, parts: usize) -> PyResult<Worker> {
        let given: Vec<&[u8]> = given.iter().map(|bytes| bytes.as_bytes()).collect();
        let stage: Result<Box<dyn Stage>, Failure> = match stage {
            "count" => Ok(Box::new(documents::Count::new(self.terms))),
            "merge" => Ok(Box::new(documents::Merge::new(self.terms))),
            "extract" => documents::Extract::new(self.terms, &given).map(|stage| Box::new(stage) as Box<dyn Stage>),
            "scatter" => Ok(Box::new(regrouped::Scatter { parts })),
            "pair" => Ok(Box::new(regrouped::PairUp::new(self.terms, parts))),
            "common" => Ok(Box::new(regrouped::Common::new(self.terms))),
            "compare" => Ok(Box::new(regrouped::Compare::new(self.terms))),
            other => Err(Failure::Fatal(format!("no stage is called {other}"))),
        };
        Ok(Worker { stage: stage.map_err(|failure| raised(&failure))? })
    }
}

fn terms(words: &[String]) -> Result<Terms, Failure> {
    let (args, options) = parsed(words)?;
    Terms::of(&args, &Layers::load(&options)?)
}

/// One stage at work on one partition.
#[pyclass(module = "variorum")]
pub struct Worker {
    stage: Box<dyn Stage>,
}

#[pymethods]
impl Worker {
    /// Takes a record batch; hands out what it makes of it.
    fn feed(&mut self, py: Python<'_>, batch: &Bound<'_, PyAny>) -> PyResult<Vec<Table>> {
        let batch = RecordBatch::from_pyarrow_bound(batch)?;
        self.hand_out(py, move |stage, out| stage.feed(Arrived(&batch), out))
    }

    /// Hands out what waited for the end of the partition.
    fn finish(&mut self, py: Python<'_>) -> PyResult<Vec<Table>> {
        self.hand_out(py, |stage, out| stage.finish(out))
    }
}

impl Worker {
    fn hand_out(
        &mut self,
        py: Python<'_>,
        work: impl FnOnce(&mut dyn Stage, &mut Parcel) -> Result<(), Failure> + Send,
    ) -> PyResult<Vec<Table>> {
        let stage = self.stage.as_mut();
        let batches = py.detach(move || {
            let mut out = Parcel::new(stage.columns());
            work(stage, &mut out)?;
            out.into_batches()
        });
        let batches = batches.map_err(|failure| raised(&failure))?;
        Ok(batches.into_iter().map(|batch| Table::here(batch.schema(), vec![batch])).collect())
    }
}
