//! Columns of tables that came from Python, as texts.

use std::borrow::Cow;

use arrow_array::cast::AsArray;
use arrow_array::ffi_stream::RecordBatchStreamReader;
use arrow_array::types::{Float64Type, Int64Type};
use arrow_array::{Array, RecordBatch};
use arrow_pyarrow::FromPyArrow;
use arrow_schema::DataType;
use pyo3::prelude::*;

use crate::failure::Failure;

/// The batches of whatever offers an Arrow stream: a table of pyarrow, polars, DuckDB, one of ours.
pub fn stream(table: &Bound<'_, PyAny>) -> PyResult<RecordBatchStreamReader> {
    RecordBatchStreamReader::from_pyarrow_bound(table)
}

/// The cells of one column of a batch; a column that is not there is empty.
pub struct Texts<'b>(Option<&'b dyn Array>);

impl<'b> Texts<'b> {
    /// The column called `name`.
    ///
    /// # Errors
    /// [`Failure::NoInput`] when it is needed and not there, or holds what is no text and no number.
    pub fn of(batch: &'b RecordBatch, name: &str, needed: bool) -> Result<Self, Failure> {
        let Some(column) = batch.column_by_name(name) else {
            let names: Vec<&str> = batch.schema_ref().fields().iter().map(|field| field.name().as_str()).collect();
            let missing = || Failure::NoInput(format!("no column {name}; the table has: {}", names.join(", ")));
            return if needed { Err(missing()) } else { Ok(Self(None)) };
        };
        let known = matches!(
            column.data_type(),
            DataType::Utf8
                | DataType::LargeUtf8
                | DataType::Utf8View
                | DataType::Int64
                | DataType::Float64
                | DataType::Null
        );
        if known {
            return Ok(Self(Some(column.as_ref())));
        }
        Err(Failure::NoInput(format!(
            "column {name} holds {}: give text, 64-bit integers or floats",
            column.data_type()
        )))
    }

    /// The cell of a row; empty where there is none.
    pub fn get(&self, row: usize) -> Cow<'b, str> {
        let Some(column) = self.0.filter(|column| !column.is_null(row)) else { return Cow::Borrowed("") };
        match column.data_type() {
            DataType::Utf8 => Cow::Borrowed(column.as_string::<i32>().value(row)),
            DataType::LargeUtf8 => Cow::Borrowed(column.as_string::<i64>().value(row)),
            DataType::Utf8View => Cow::Borrowed(column.as_string_view().value(row)),
            DataType::Int64 => Cow::Owned(column.as_primitive::<Int64Type>().value(row).to_string()),
            DataType::Float64 => Cow::Owned(column.as_primitive::<Float64Type>().value(row).to_string()),
            _ => Cow::Borrowed(""),
        }
    }
}
