//! Rows of tables as Arrow batches: a column's type, unit and meaning go with it.

use std::sync::Arc;

use arrow_array::builder::{
    ArrayBuilder, BooleanBuilder, Date32Builder, Float64Builder, Int64Builder, StringBuilder, make_builder,
};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use jiff::civil::{Date, date};

use crate::report::table::{Cell, Column, ColumnKind, Row};

/// Rows of one batch.
pub const BATCH: usize = 8192;

/// Gathers rows of `columns` into batches.
pub struct Batcher {
    schema: SchemaRef,
    columns: Vec<Box<dyn ArrayBuilder>>,
    at: usize,
    rows: usize,
}

/// The schema of a table with these columns. Counts are signed, for not every engine knows others.
pub fn schema(columns: &[Column]) -> SchemaRef {
    let field = |column: &Column| {
        let told = [("about", column.about()), ("unit", column.unit)];
        Field::new(column.name, data_type(column.kind), true).with_metadata(told)
    };
    Arc::new(Schema::new(columns.iter().map(field).collect::<Vec<_>>()))
}

fn data_type(kind: ColumnKind) -> DataType {
    match kind {
        ColumnKind::Text => DataType::Utf8,
        ColumnKind::Integer => DataType::Int64,
        ColumnKind::Number => DataType::Float64,
        ColumnKind::Flag => DataType::Boolean,
        ColumnKind::Day => DataType::Date32,
    }
}

impl Batcher {
    /// No rows yet.
    pub fn new(schema: SchemaRef) -> Self {
        let columns = schema.fields().iter().map(|field| make_builder(field.data_type(), BATCH)).collect();
        Self { schema, columns, at: 0, rows: 0 }
    }

    /// Takes a row; columns beyond those of the schema are left out.
    pub fn push<R: Row>(&mut self, row: &R) {
        row.cells(&mut |cell| self.put(cell));
        self.end_row();
    }

    /// Takes the next cell of a row.
    pub fn put(&mut self, cell: Cell<'_>) {
        if let Some(column) = self.columns.get_mut(self.at) {
            append(column.as_mut(), cell);
        }
        self.at += 1;
    }

    /// Begins the next row.
    pub fn end_row(&mut self) {
        self.at = 0;
        self.rows += 1;
    }

    /// Whether a batch is full.
    pub fn is_full(&self) -> bool {
        self.rows >= BATCH
    }

    /// Whether there is nothing to hand out.
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// Hands out what was gathered.
    pub fn take(&mut self) -> Result<RecordBatch, ArrowError> {
        self.rows = 0;
        let columns: Vec<ArrayRef> = self.columns.iter_mut().map(|column| column.finish()).collect();
        RecordBatch::try_new(Arc::clone(&self.schema), columns)
    }
}

/// Adds a cell to the builder of its kind; whatever is of another kind is unknown.
fn append(column: &mut dyn ArrayBuilder, cell: Cell<'_>) {
    let column = column.as_any_mut();
    if let Some(texts) = column.downcast_mut::<StringBuilder>() {
        texts.append_option(if let Cell::Text(text) = cell { Some(text) } else { None });
    } else if let Some(counts) = column.downcast_mut::<Int64Builder>() {
        counts.append_option(if let Cell::Integer(count) = cell { i64::try_from(count).ok() } else { None });
    } else if let Some(numbers) = column.downcast_mut::<Float64Builder>() {
        numbers.append_option(if let Cell::Number(number) = cell { Some(number) } else { None });
    } else if let Some(flags) = column.downcast_mut::<BooleanBuilder>() {
        flags.append_option(if let Cell::Flag(flag) = cell { Some(flag) } else { None });
    } else if let Some(days) = column.downcast_mut::<Date32Builder>() {
        days.append_option(if let Cell::Day(day) = cell { Some(days_since_1970(day)) } else { None });
    }
}

fn days_since_1970(day: Date) -> i32 {
    (day.duration_since(date(1970, 1, 1)).as_hours() / 24) as i32
}

/// What a cell of a CSV says to a column of this kind.
pub fn parsed(text: &str, kind: ColumnKind) -> Cell<'_> {
    let cell = match kind {
        ColumnKind::Text => Some(text).filter(|text| !text.is_empty()).map(Cell::Text),
        ColumnKind::Integer => text.parse().ok().map(Cell::Integer),
        ColumnKind::Number => text.parse().ok().map(Cell::Number),
        ColumnKind::Flag => text.parse().ok().map(Cell::Flag),
        ColumnKind::Day => text.parse().ok().map(Cell::Day),
    };
    cell.unwrap_or(Cell::Empty)
}
