//! What travels between stages, as columns of Arrow: texts, whole numbers, bytes.

use std::sync::Arc;

use arrow_array::builder::{BinaryBuilder, Int64Builder, StringBuilder};
use arrow_array::cast::AsArray;
use arrow_array::types::Int64Type;
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_schema::{ArrowError, DataType, Field, Schema};
use serde::de::DeserializeOwned;

use crate::failure::Failure;
use crate::stages::unpacked;

/// One cell on its way.
pub enum Sent<'s> {
    /// A key.
    Text(&'s str),
    /// A key or a text that may not be there.
    Maybe(Option<&'s str>),
    /// A number.
    Whole(i64),
    /// What a stage packed.
    Bytes(Vec<u8>),
    /// The same where there may be none.
    MaybeBytes(Option<Vec<u8>>),
}

/// Bytes after which a batch is handed on.
const ROOM: usize = 4 << 20;

enum Column {
    Text(StringBuilder),
    Whole(Int64Builder),
    Bytes(BinaryBuilder),
}

/// Rows on their way to another stage.
pub struct Parcel {
    names: &'static [&'static str],
    columns: Vec<Column>,
    bytes: usize,
    full: Vec<RecordBatch>,
}

impl Parcel {
    /// No rows; the kind of a column is that of its first cell.
    pub fn new(names: &'static [&'static str]) -> Self {
        Self { names, columns: Vec::new(), bytes: 0, full: Vec::new() }
    }

    /// Adds a row.
    ///
    /// # Errors
    /// [`Failure::Fatal`] when the rows are no table.
    pub fn row<const N: usize>(&mut self, cells: [Sent<'_>; N]) -> Result<(), Failure> {
        if self.columns.is_empty() {
            self.columns = cells.iter().map(Column::of).collect();
        }
        for (column, cell) in self.columns.iter_mut().zip(cells) {
            self.bytes += column.put(cell);
        }
        if self.bytes > ROOM { self.close() } else { Ok(()) }
    }

    /// All rows as batches.
    ///
    /// # Errors
    /// [`Failure::Fatal`] when the rows are no table.
    pub fn into_batches(mut self) -> Result<Vec<RecordBatch>, Failure> {
        self.close()?;
        Ok(self.full)
    }

    fn close(&mut self) -> Result<(), Failure> {
        if self.columns.is_empty() {
            return Ok(());
        }
        let arrays: Vec<ArrayRef> = self.columns.drain(..).map(Column::finish).collect();
        let field = |(name, array): (&&str, &ArrayRef)| Field::new(*name, array.data_type().clone(), true);
        let schema = Schema::new(self.names.iter().zip(&arrays).map(field).collect::<Vec<_>>());
        self.bytes = 0;
        self.full.push(RecordBatch::try_new(Arc::new(schema), arrays).map_err(unusable)?);
        Ok(())
    }
}

impl Column {
    fn of(cell: &Sent<'_>) -> Self {
        match cell {
            Sent::Text(_) | Sent::Maybe(_) => Self::Text(StringBuilder::new()),
            Sent::Whole(_) => Self::Whole(Int64Builder::new()),
            Sent::Bytes(_) | Sent::MaybeBytes(_) => Self::Bytes(BinaryBuilder::new()),
        }
    }

    /// Takes a cell of its kind; how many bytes it is.
    fn put(&mut self, cell: Sent<'_>) -> usize {
        match (self, cell) {
            (Self::Text(column), Sent::Text(text)) => {
                column.append_value(text);
                text.len()
            }
            (Self::Text(column), Sent::Maybe(text)) => {
                column.append_option(text);
                text.map_or(0, str::len)
            }
            (Self::Whole(column), Sent::Whole(number)) => {
                column.append_value(number);
                size_of::<i64>()
            }
            (Self::Bytes(column), Sent::Bytes(bytes)) => {
                column.append_value(&bytes);
                bytes.len()
            }
            (Self::Bytes(column), Sent::MaybeBytes(bytes)) => {
                column.append_option(bytes.as_deref());
                bytes.map_or(0, |bytes| bytes.len())
            }
            // Rows of one stage have the same kinds; another kind leaves columns of unequal length, which is told.
            _ => 0,
        }
    }

    fn finish(self) -> ArrayRef {
        match self {
            Self::Text(mut column) => Arc::new(column.finish()),
            Self::Whole(mut column) => Arc::new(column.finish()),
            Self::Bytes(mut column) => Arc::new(column.finish()),
        }
    }
}

/// A batch that came from another stage.
#[derive(Clone, Copy)]
pub struct Arrived<'b>(pub &'b RecordBatch);

impl<'b> Arrived<'b> {
    fn column(self, name: &str, kind: &DataType) -> Result<&'b ArrayRef, Failure> {
        let column = self.0.column_by_name(name).filter(|column| column.data_type() == kind);
        column.ok_or_else(|| Failure::Fatal(format!("a stage got no column {name} of {kind}")))
    }

    /// The text in a cell.
    ///
    /// # Errors
    /// [`Failure::Fatal`] where there is no such column; so for the others.
    pub fn text(self, name: &str, row: usize) -> Result<&'b str, Failure> {
        Ok(self.maybe(name, row)?.unwrap_or_default())
    }

    /// The text in a cell that may be empty.
    pub fn maybe(self, name: &str, row: usize) -> Result<Option<&'b str>, Failure> {
        let column = self.column(name, &DataType::Utf8)?.as_string::<i32>();
        Ok((!column.is_null(row)).then(|| column.value(row)))
    }

    /// The number in a cell.
    pub fn whole(self, name: &str, row: usize) -> Result<i64, Failure> {
        Ok(self.column(name, &DataType::Int64)?.as_primitive::<Int64Type>().value(row))
    }

    /// What was packed into a cell; nothing for an empty one.
    pub fn maybe_packed<T: DeserializeOwned>(self, name: &str, row: usize) -> Result<Option<T>, Failure> {
        let column = self.column(name, &DataType::Binary)?.as_binary::<i32>();
        (!column.is_null(row)).then(|| unpacked(column.value(row))).transpose()
    }

    /// What was packed into a cell.
    pub fn packed<T: DeserializeOwned>(self, name: &str, row: usize) -> Result<T, Failure> {
        self.maybe_packed(name, row)?.ok_or_else(|| Failure::Fatal(format!("a stage got an empty {name}")))
    }

    /// The numbers of its rows.
    pub fn rows(self) -> std::ops::Range<usize> {
        0..self.0.num_rows()
    }
}

fn unusable(error: ArrowError) -> Failure {
    Failure::Fatal(format!("rows of a stage are no table: {error}"))
}
