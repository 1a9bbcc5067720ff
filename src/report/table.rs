//! What a table is: its columns, told once, with names, types, units and meanings. The CSV
//! header, the data package, the README of a run and the data dictionary all come from here.

use compact_str::CompactString;
use jiff::civil::Date;
use serde::Deserialize;

/// The type of a column, as Frictionless Table Schema names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// Any text.
    Text,
    /// A whole number.
    Integer,
    /// A number with 4 decimals.
    Number,
    /// `true` or `false`.
    Flag,
    /// A day, `2024-05-31`.
    Day,
}

impl ColumnKind {
    /// The name in a Table Schema.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "string",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Flag => "boolean",
            Self::Day => "date",
        }
    }
}

/// One column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Header, and name of the field that fills it.
    pub name: &'static str,
    /// What its cells hold.
    pub kind: ColumnKind,
    /// What its numbers count: `share` (of 1), `points` (of 100), `bytes`, `words`…; empty for plain counts.
    pub unit: &'static str,
    about: &'static str,
}

impl Column {
    /// A column whose meaning is `about`.
    pub const fn new(name: &'static str, kind: ColumnKind, unit: &'static str, about: &'static str) -> Self {
        Self { name, kind, unit, about }
    }

    /// What it means, in a sentence.
    pub fn about(&self) -> &'static str {
        self.about.trim_ascii()
    }
}

/// One cell on its way to a file.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell<'a> {
    /// Unknown, or nothing to say.
    Empty,
    /// Words, which may come from anywhere and hold anything.
    Text(&'a str),
    /// A count.
    Integer(u64),
    /// A share, a score, a measure.
    Number(f64),
    /// Yes or no.
    Flag(bool),
    /// A day.
    Day(Date),
}

/// A type that fills a column.
pub trait Field {
    /// The type of the column.
    const KIND: ColumnKind;

    /// The same as it lies in the bytes of a row.
    type Kept<'b>: Deserialize<'b>;

    /// The cell that this fills.
    fn kept_cell<'b>(kept: Self::Kept<'b>) -> Cell<'b>;

    /// The cell it fills.
    fn cell(&self) -> Cell<'_>;
}

impl Field for String {
    const KIND: ColumnKind = ColumnKind::Text;

    type Kept<'b> = &'b str;

    fn kept_cell<'b>(kept: Self::Kept<'b>) -> Cell<'b> {
        if kept.is_empty() { Cell::Empty } else { Cell::Text(kept) }
    }

    fn cell(&self) -> Cell<'_> {
        Self::kept_cell(self)
    }
}

impl Field for CompactString {
    const KIND: ColumnKind = ColumnKind::Text;

    type Kept<'b> = &'b str;

    fn kept_cell<'b>(kept: Self::Kept<'b>) -> Cell<'b> {
        String::kept_cell(kept)
    }

    fn cell(&self) -> Cell<'_> {
        Self::kept_cell(self)
    }
}

impl Field for u64 {
    const KIND: ColumnKind = ColumnKind::Integer;

    type Kept<'b> = Self;

    fn kept_cell<'b>(kept: Self::Kept<'b>) -> Cell<'b> {
        Cell::Integer(kept)
    }

    fn cell(&self) -> Cell<'_> {
        Self::kept_cell(*self)
    }
}

impl Field for f64 {
    const KIND: ColumnKind = ColumnKind::Number;

    type Kept<'b> = Self;

    fn kept_cell<'b>(kept: Self::Kept<'b>) -> Cell<'b> {
        if kept.is_finite() { Cell::Number(kept) } else { Cell::Empty }
    }

    fn cell(&self) -> Cell<'_> {
        Self::kept_cell(*self)
    }
}

impl Field for bool {
    const KIND: ColumnKind = ColumnKind::Flag;

    type Kept<'b> = Self;

    fn kept_cell<'b>(kept: Self::Kept<'b>) -> Cell<'b> {
        Cell::Flag(kept)
    }

    fn cell(&self) -> Cell<'_> {
        Self::kept_cell(*self)
    }
}

impl Field for Date {
    const KIND: ColumnKind = ColumnKind::Day;

    type Kept<'b> = Self;

    fn kept_cell<'b>(kept: Self::Kept<'b>) -> Cell<'b> {
        Cell::Day(kept)
    }

    fn cell(&self) -> Cell<'_> {
        Self::kept_cell(*self)
    }
}

impl<F: Field> Field for Option<F> {
    const KIND: ColumnKind = F::KIND;

    type Kept<'b> = Option<F::Kept<'b>>;

    fn kept_cell<'b>(kept: Self::Kept<'b>) -> Cell<'b> {
        kept.map_or(Cell::Empty, F::kept_cell)
    }

    fn cell(&self) -> Cell<'_> {
        self.as_ref().map_or(Cell::Empty, Field::cell)
    }
}

/// A row: one field a column, in the order of the columns.
pub trait Row {
    /// Its columns.
    const COLUMNS: &'static [Column];

    /// Hands every cell to `put`, in the order of the columns.
    fn cells<'r>(&'r self, put: &mut dyn FnMut(Cell<'r>));

    /// The same of a row that is only its bytes: tables are written without making any of their texts anew.
    ///
    /// # Errors
    /// They are no such row's.
    fn kept_cells<'b>(row: &'b [u8], put: &mut dyn FnMut(Cell<'b>)) -> postcard::Result<()>;
}

/// A table of a run folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name: the file without `.csv`.
    pub name: &'static str,
    /// What one row stands for.
    pub row: &'static str,
    /// Columns whose values together name a row; empty when none do.
    pub key: &'static [&'static str],
    /// Its columns.
    pub columns: &'static [Column],
}

/// Describes a kind of row once: each field with its meaning, its type and, behind `as`, its unit.
/// Makes the struct and its [`Row`].
macro_rules! row {
    ($(#[doc = $row:literal])+ $name:ident {
        $($(#[doc = $about:literal])+ $field:ident: $kind:ty $(as $unit:ident)?,)*
    }) => {
        $(#[doc = $row])+
        #[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
        pub struct $name {
            $($(#[doc = $about])+ pub $field: $kind,)*
        }

        impl $crate::report::table::Row for $name {
            const COLUMNS: &'static [$crate::report::table::Column] = &[$($crate::report::table::Column::new(
                stringify!($field),
                <$kind as $crate::report::table::Field>::KIND,
                concat!($(stringify!($unit))?),
                concat!($($about),+),
            ),)*];

            fn cells<'r>(&'r self, put: &mut dyn FnMut($crate::report::table::Cell<'r>)) {
                $(put($crate::report::table::Field::cell(&self.$field));)*
            }

            fn kept_cells<'b>(
                row: &'b [u8],
                put: &mut dyn FnMut($crate::report::table::Cell<'b>),
            ) -> postcard::Result<()> {
                let mut row = postcard::Deserializer::from_bytes(row);
                $(put(<$kind as $crate::report::table::Field>::kept_cell(serde::Deserialize::deserialize(&mut row)?));)*
                row.finalize().map(drop)
            }
        }
    };
}

pub(crate) use row;

#[cfg(test)]
mod tests {
    use super::*;

    row! {
        /// A row.
        Demo {
            /// Who it is,
            /// by name.
            name: String,
            /// How much.
            rate: Option<f64> as share,
        }
    }

    #[test]
    fn a_row_knows_its_columns_and_cells() {
        let names: Vec<_> = Demo::COLUMNS.iter().map(|column| (column.name, column.kind, column.unit)).collect();
        assert_eq!(names, [("name", ColumnKind::Text, ""), ("rate", ColumnKind::Number, "share")]);
        assert_eq!(Demo::COLUMNS[0].about(), "Who it is, by name.");
        let mut cells = Vec::new();
        let row = Demo { name: "a".into(), rate: Some(f64::NAN) };
        row.cells(&mut |cell| cells.push(cell));
        assert_eq!(cells, [Cell::Text("a"), Cell::Empty]);
        let bytes = postcard::to_allocvec(&row).unwrap();
        let mut kept = Vec::new();
        Demo::kept_cells(&bytes, &mut |cell| kept.push(cell)).unwrap();
        assert_eq!(kept, cells);
        assert!(Demo::kept_cells(&bytes[..1], &mut |_| {}).is_err());
    }
}
