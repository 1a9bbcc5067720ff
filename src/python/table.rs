//! A table as Python sees it: an Arrow stream that can be asked for again and again.

use std::path::PathBuf;
use std::sync::Arc;

use arrow_array::ffi::FFI_ArrowSchema;
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{RecordBatch, RecordBatchIterator, RecordBatchReader};
use arrow_schema::{ArrowError, SchemaRef};
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

use super::arrow::{Batcher, parsed, schema};
use super::failure::{arrow_error, raised};
use crate::failure::Failure;
use crate::report::CellRules;
use crate::report::stored::{Stored, StoredRows};
use crate::report::table::{Cell, Column, ColumnKind};

/// Batches of one schema, in memory or in a run folder.
#[pyclass(frozen, module = "variorum")]
pub struct Table {
    schema: SchemaRef,
    rows: Rows,
}

enum Rows {
    Here(Vec<RecordBatch>),
    Stored { folder: PathBuf, table: &'static crate::report::table::Table, cells: CellRules },
}

impl Table {
    /// A table in memory.
    pub fn here(schema: SchemaRef, batches: Vec<RecordBatch>) -> Self {
        Self { schema, rows: Rows::Here(batches) }
    }

    /// A table of the run in `folder`, read when it is asked for.
    pub fn stored(folder: PathBuf, table: &'static crate::report::table::Table, cells: CellRules) -> Self {
        Self { schema: schema(table.columns), rows: Rows::Stored { folder, table, cells } }
    }

    fn reader(&self) -> Result<Box<dyn RecordBatchReader + Send>, Failure> {
        let schema = Arc::clone(&self.schema);
        Ok(match &self.rows {
            Rows::Here(batches) => Box::new(RecordBatchIterator::new(batches.clone().into_iter().map(Ok), schema)),
            Rows::Stored { folder, table, cells } => {
                let rows = Stored::open(folder, cells)?.rows(table.name);
                Box::new(RecordBatchIterator::new(
                    Batches { rows, columns: table.columns, schema: schema.clone() },
                    schema,
                ))
            }
        })
    }
}

#[pymethods]
impl Table {
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // A consumer may ask for other types; what it gets it can cast.
        drop(requested_schema);
        let reader = self.reader().map_err(|failure| raised(&failure))?;
        PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(reader), c"arrow_array_stream")
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let schema = FFI_ArrowSchema::try_from(self.schema.as_ref()).map_err(arrow_error)?;
        PyCapsule::new_with_value(py, schema, c"arrow_schema")
    }

    #[getter]
    fn column_names(&self) -> Vec<String> {
        self.schema.fields().iter().map(|field| field.name().clone()).collect()
    }

    fn describe(&self) -> Vec<(String, String, String)> {
        let told = |key: &str, field: &arrow_schema::Field| field.metadata().get(key).cloned().unwrap_or_default();
        let fields = self.schema.fields().iter();
        fields.map(|field| (field.name().clone(), told("unit", field), told("about", field))).collect()
    }
}

/// Rows of a run folder as batches.
struct Batches {
    rows: StoredRows,
    columns: &'static [Column],
    schema: SchemaRef,
}

impl Iterator for Batches {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut batch = Batcher::new(Arc::clone(&self.schema));
        while !batch.is_full() {
            let Some(row) = self.rows.next() else { break };
            match row {
                Ok(row) => {
                    for column in self.columns {
                        batch.put(match column.kind {
                            ColumnKind::Number => row.number(column.name).map_or(Cell::Empty, Cell::Number),
                            kind => parsed(row.text(column.name), kind),
                        });
                    }
                    batch.end_row();
                }
                Err(failure) => return Some(Err(ArrowError::ExternalError(Box::new(failure)))),
            }
        }
        (!batch.is_empty()).then(|| batch.take())
    }
}
