//! Columns of tables that came from Python, as texts.

use std::borrow::Cow;
use std::fmt::Display;

use arrow_array::cast::AsArray;
use arrow_array::ffi_stream::RecordBatchStreamReader;
use arrow_array::types::{
    ArrowPrimitiveType, Date32Type, Date64Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type,
    TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType, UInt8Type,
    UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, RecordBatch};
use arrow_pyarrow::FromPyArrow;
use arrow_schema::{DataType, TimeUnit};
use jiff::{Span, Timestamp, civil};
use pyo3::prelude::*;

use crate::failure::Failure;

/// The batches of whatever offers an Arrow stream: a table of pyarrow, polars, DuckDB, one of ours.
pub fn stream(table: &Bound<'_, PyAny>) -> PyResult<RecordBatchStreamReader> {
    RecordBatchStreamReader::from_pyarrow_bound(table)
}

/// The cells of one column of a batch; a column that is not there is empty.
pub struct Texts<'b>(Option<Column<'b>>);

struct Column<'b> {
    cells: &'b dyn Array,
    read: Read,
    /// Where the values are to which the cells lead, in a column that holds each value once.
    leads: Option<(&'b dyn Array, Vec<usize>)>,
}

/// The cell of a row as text.
type Read = for<'b> fn(&'b dyn Array, usize) -> Cow<'b, str>;

impl<'b> Texts<'b> {
    /// The column called `name`.
    ///
    /// # Errors
    /// [`Failure::NoInput`] when it is needed and not there, or holds what cannot be written as a text.
    pub fn of(batch: &'b RecordBatch, name: &str, needed: bool) -> Result<Self, Failure> {
        let Some(column) = batch.column_by_name(name) else {
            let names: Vec<&str> = batch.schema_ref().fields().iter().map(|field| field.name().as_str()).collect();
            let missing = || Failure::NoInput(format!("no column {name}; the table has: {}", names.join(", ")));
            return if needed { Err(missing()) } else { Ok(Self(None)) };
        };
        let leads = column.as_any_dictionary_opt().filter(|all| !all.values().is_empty());
        let leads = leads.map(|all| (all.values().as_ref(), all.normalized_keys()));
        let kind = leads.as_ref().map_or(column.data_type(), |(values, _)| values.data_type());
        match reader(kind) {
            Some(read) => Ok(Self(Some(Column { cells: column.as_ref(), read, leads }))),
            None => Err(Failure::NoInput(format!("column {name} holds {kind}: give text, numbers, days or times"))),
        }
    }

    /// The cell of a row; empty where there is none.
    pub fn get(&self, row: usize) -> Cow<'b, str> {
        let Some(Column { cells, read, leads }) = self.0.as_ref().filter(|column| !column.cells.is_null(row)) else {
            return Cow::Borrowed("");
        };
        let (cells, row) = leads.as_ref().map_or((*cells, row), |(values, keys)| (*values, keys[row]));
        if cells.is_null(row) { Cow::Borrowed("") } else { read(cells, row) }
    }
}

/// How cells of this kind are written: days and times as in ISO 8601.
fn reader(kind: &DataType) -> Option<Read> {
    Some(match kind {
        DataType::Null | DataType::Dictionary(..) => |_, _| Cow::Borrowed(""),
        DataType::Utf8 => |column, row| Cow::Borrowed(column.as_string::<i32>().value(row)),
        DataType::LargeUtf8 => |column, row| Cow::Borrowed(column.as_string::<i64>().value(row)),
        DataType::Utf8View => |column, row| Cow::Borrowed(column.as_string_view().value(row)),
        DataType::Boolean => |column, row| Cow::Owned(column.as_boolean().value(row).to_string()),
        DataType::Int8 => number::<Int8Type>,
        DataType::Int16 => number::<Int16Type>,
        DataType::Int32 => number::<Int32Type>,
        DataType::Int64 => number::<Int64Type>,
        DataType::UInt8 => number::<UInt8Type>,
        DataType::UInt16 => number::<UInt16Type>,
        DataType::UInt32 => number::<UInt32Type>,
        DataType::UInt64 => number::<UInt64Type>,
        DataType::Float32 => number::<Float32Type>,
        DataType::Float64 => number::<Float64Type>,
        DataType::Date32 => |column, row| day(column.as_primitive::<Date32Type>().value(row)),
        DataType::Date64 => |column, row| time(Timestamp::from_millisecond(value::<Date64Type>(column, row))),
        DataType::Timestamp(unit, _) => clock(*unit),
        _ => return None,
    })
}

fn clock(unit: TimeUnit) -> Read {
    match unit {
        TimeUnit::Second => |column, row| time(Timestamp::from_second(value::<TimestampSecondType>(column, row))),
        TimeUnit::Millisecond => {
            |column, row| time(Timestamp::from_millisecond(value::<TimestampMillisecondType>(column, row)))
        }
        TimeUnit::Microsecond => {
            |column, row| time(Timestamp::from_microsecond(value::<TimestampMicrosecondType>(column, row)))
        }
        TimeUnit::Nanosecond => {
            |column, row| time(Timestamp::from_nanosecond(value::<TimestampNanosecondType>(column, row).into()))
        }
    }
}

fn value<T: ArrowPrimitiveType>(column: &dyn Array, row: usize) -> T::Native {
    column.as_primitive::<T>().value(row)
}

fn number<T: ArrowPrimitiveType<Native: Display>>(column: &dyn Array, row: usize) -> Cow<'_, str> {
    Cow::Owned(value::<T>(column, row).to_string())
}

/// A day, given as days since 1970; empty when no calendar has it.
fn day<'t>(days: i32) -> Cow<'t, str> {
    let day = Span::new().try_days(days).and_then(|span| civil::date(1970, 1, 1).checked_add(span));
    Cow::Owned(day.map(|day| day.to_string()).unwrap_or_default())
}

fn time<'t>(moment: Result<Timestamp, jiff::Error>) -> Cow<'t, str> {
    Cow::Owned(moment.map(|moment| moment.to_string()).unwrap_or_default())
}
