//! Tables of claims from Parquet, by the row interface; only the columns of claims are decoded.

#[cfg(feature = "parquet")]
pub(super) use rows::table;

use std::path::Path;

#[cfg(not(feature = "parquet"))]
use super::table::Table;
#[cfg(not(feature = "parquet"))]
use crate::failure::Failure;

/// Needs the feature `parquet`.
#[cfg(not(feature = "parquet"))]
pub(super) fn table(path: &Path) -> Result<Table, Failure> {
    let help = "this build reads no Parquet; build it with --features parquet, or give CSV";
    Err(Failure::Usage(format!("{}: {help}", path.display())))
}

#[cfg(feature = "parquet")]
mod rows {
    use std::fs::File;

    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::{Field, Row};
    use parquet::schema::types::Type;

    use super::super::builder::Builder;
    use super::super::read::{COLUMNS, NEEDED, add};
    use super::super::table::Table;
    use super::Path;
    use crate::failure::Failure;

    /// The table of claims in a file.
    ///
    /// # Errors
    /// [`Failure::NoInput`]: the file cannot be read, a column is missing, a row is broken, or there is none.
    pub fn table(path: &Path) -> Result<Table, Failure> {
        let failed = |what: &dyn std::fmt::Display| Failure::NoInput(format!("{}: {what}", path.display()));
        let file = File::open(path).map_err(|error| failed(&error))?;
        let reader = SerializedFileReader::new(file).map_err(|error| failed(&error))?;
        let schema = wanted(reader.metadata().file_metadata().schema()).map_err(|what| failed(&what))?;
        let mut builder = Builder::default();
        for (number, row) in (1..).zip(reader.get_row_iter(Some(schema)).map_err(|error| failed(&error))?) {
            let cells = cells(&row.map_err(|error| failed(&error))?);
            let cells = cells.each_ref().map(String::as_bytes);
            add(&mut builder, cells).map_err(|what| failed(&format!("row {number}: {what}")))?;
        }
        if builder.is_empty() { Err(failed(&"no claim in it")) } else { Ok(builder.finish()) }
    }

    /// The part of a schema that tells of claims.
    fn wanted(schema: &Type) -> Result<Type, String> {
        let named = |column: &str| COLUMNS.iter().any(|name| name.eq_ignore_ascii_case(column));
        let columns: Vec<_> = schema.get_fields().iter().filter(|column| named(column.name())).cloned().collect();
        let has = |name: &str| columns.iter().any(|column| column.name().eq_ignore_ascii_case(name));
        if let Some(missing) = COLUMNS[..NEEDED].iter().find(|name| !has(name)) {
            return Err(format!("no column {missing}"));
        }
        let built = Type::group_type_builder(schema.name()).with_fields(columns).build();
        built.map_err(|error| error.to_string())
    }

    /// The cells of a row in the order of [`COLUMNS`]; empty where there is none.
    fn cells(row: &Row) -> [String; COLUMNS.len()] {
        COLUMNS.map(|name| {
            let cell = row.get_column_iter().find(|(column, _)| column.eq_ignore_ascii_case(name));
            cell.map(|(_, field)| text(field)).unwrap_or_default()
        })
    }

    fn text(field: &Field) -> String {
        match field {
            Field::Null => String::new(),
            Field::Str(text) => text.clone(),
            Field::Bytes(bytes) => String::from_utf8_lossy(bytes.data()).into_owned(),
            other => other.to_string(),
        }
    }

    #[cfg(test)]
    mod tests {
        use std::sync::Arc;

        use parquet::data_type::ByteArrayType;
        use parquet::file::writer::SerializedFileWriter;
        use parquet::schema::parser::parse_message_type;

        use super::*;

        fn write(path: &Path, columns: &[(&str, &[&str])]) {
            let fields: String =
                columns.iter().map(|(name, _)| format!("REQUIRED BYTE_ARRAY {name} (UTF8);")).collect();
            let schema = parse_message_type(&format!("message claims {{{fields}}}")).unwrap();
            let mut writer =
                SerializedFileWriter::new(File::create(path).unwrap(), Arc::new(schema), Arc::default()).unwrap();
            let mut group = writer.next_row_group().unwrap();
            for (_, cells) in columns {
                let cells: Vec<_> = cells.iter().map(|cell| (*cell).into()).collect();
                let mut column = group.next_column().unwrap().unwrap();
                column.typed::<ByteArrayType>().write_batch(&cells, None, None).unwrap();
                column.close().unwrap();
            }
            group.close().unwrap();
            writer.close().unwrap();
        }

        #[test]
        fn claims_are_read_and_missing_columns_told() {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("claims.parquet");
            write(&path, &[("source", &["a", "b"]), ("item", &["x", "x"]), ("value", &["1", "2"])]);
            let table = table(&path).unwrap();
            assert_eq!((table.claims(), table.source_count(), table.options()), (2, 2, 2));
            write(&path, &[("source", &["a"]), ("item", &["x"])]);
            assert!(super::table(&path).unwrap_err().to_string().contains("no column value"));
        }
    }
}
