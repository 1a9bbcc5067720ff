//! Parquet, a document a row, by the row interface; only the columns that hold fields are decoded.

#[cfg(feature = "parquet")]
pub(super) use rows::read;

/// Needs the feature `parquet`.
#[cfg(not(feature = "parquet"))]
pub(super) fn read(_: &mut dyn std::io::BufRead, _: &mut super::record::Job) -> Result<(), super::trouble::Trouble> {
    Err(super::trouble::Trouble::FeatureOff("parquet"))
}

#[cfg(feature = "parquet")]
mod rows {
    use std::fs::File;
    use std::io::{BufRead, copy};

    use jiff::civil::date;
    use jiff::{Span, Timestamp};
    use parquet::errors::ParquetError;
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::{Field, Row};
    use parquet::schema::types::Type;

    use super::super::field_name::is_same;
    use super::super::json::{is_known, no_text};
    use super::super::record::{Job, Record};
    use super::super::rules::Fields;
    use super::super::trouble::Trouble;

    /// Reads a file row group by row group; rows are counted from 1.
    pub(in super::super) fn read(input: &mut dyn BufRead, job: &mut Job) -> Result<(), Trouble> {
        let reader = SerializedFileReader::new(seekable(input, job)?)?;
        let schema = wanted(reader.metadata().file_metadata().schema(), &job.rules.fields)?;
        for (number, row) in (1..).zip(reader.get_row_iter(Some(schema))?) {
            let limit = job.rules.limits.document_bytes;
            // Behind a row that cannot be decoded there is no other: the reader would give the same error for ever.
            let record = match record(&row?, &job.rules.fields) {
                record if record.text.len() as u64 > limit => Err(Trouble::TooLarge(limit)),
                record if record.text.is_empty() && record.html.is_empty() => Err(Trouble::Empty),
                record => Ok(record),
            };
            job.deliver(Some(number), record)?;
        }
        Ok(())
    }

    /// The table, which is read from its end: one that is compressed as a whole is unpacked into a file without a name.
    fn seekable(input: &mut dyn BufRead, job: &Job) -> Result<File, Trouble> {
        let plain = File::open(&job.entry.path)?;
        let mut head = [0; 4];
        if std::io::Read::read(&mut &plain, &mut head)? == head.len() && &head == b"PAR1" {
            return Ok(plain);
        }
        let mut unpacked = tempfile::tempfile()?;
        copy(input, &mut unpacked)?;
        Ok(unpacked)
    }

    /// The part of a schema whose columns hold fields.
    fn wanted(schema: &Type, fields: &Fields) -> Result<Type, Trouble> {
        let lists = [
            &fields.text,
            &fields.html,
            &fields.url,
            &fields.source,
            &fields.title,
            &fields.author,
            &fields.published,
            &fields.language,
        ];
        let names = |column: &str, lists: &[&Vec<String>]| {
            lists.iter().any(|names| names.iter().any(|name| is_same(name, column)))
        };
        let columns: Vec<_> =
            schema.get_fields().iter().filter(|column| names(column.name(), &lists)).cloned().collect();
        if !columns.iter().any(|column| names(column.name(), &lists[..2])) {
            return Err(no_text(schema.get_fields().iter().map(|column| column.name())));
        }
        Ok(Type::group_type_builder(schema.name()).with_fields(columns).build()?)
    }

    fn record(row: &Row, fields: &Fields) -> Record {
        let cell = |name: &String| {
            let (_, field) = row.get_column_iter().find(|(column, _)| is_same(column, name))?;
            text_of(field).filter(|text| is_known(text, fields))
        };
        let take = |names: &[String]| names.iter().find_map(cell).unwrap_or_default();
        Record {
            text: take(&fields.text),
            html: take(&fields.html),
            url: take(&fields.url),
            source: take(&fields.source),
            title: take(&fields.title),
            author: take(&fields.author),
            published: take(&fields.published),
            language: take(&fields.language),
            encoding: "UTF-8",
            ..Record::default()
        }
    }

    /// A cell as text, days and times as in ISO 8601.
    fn text_of(field: &Field) -> Option<String> {
        match field {
            Field::Str(text) => Some(text.clone()),
            Field::Bytes(bytes) => Some(String::from_utf8_lossy(bytes.data()).into_owned()),
            Field::TimestampMillis(moment) => Timestamp::from_millisecond(*moment).ok().map(|time| time.to_string()),
            Field::TimestampMicros(moment) => Timestamp::from_microsecond(*moment).ok().map(|time| time.to_string()),
            Field::Date(days) => {
                date(1970, 1, 1).checked_add(Span::new().try_days(*days).ok()?).ok().map(|day| day.to_string())
            }
            Field::ListInternal(list) => {
                let text = |element: &Field| if let Field::Str(text) = element { Some(text.clone()) } else { None };
                Some(list.elements().iter().filter_map(text).collect::<Vec<String>>().join("\n\n"))
            }
            Field::Int(number) => Some(number.to_string()),
            Field::Long(number) => Some(number.to_string()),
            _ => None,
        }
    }

    impl From<ParquetError> for Trouble {
        fn from(error: ParquetError) -> Self {
            Self::Parquet(error.to_string())
        }
    }
}

#[cfg(all(test, feature = "parquet"))]
mod tests {
    use std::fs::File;
    use std::path::Path;
    use std::sync::Arc;

    use parquet::data_type::{ByteArray, ByteArrayType};
    use parquet::file::writer::SerializedFileWriter;
    use parquet::schema::parser::parse_message_type;

    use crate::read::{DEFAULTS, Inputs, Rules, plan, read_file};

    fn write(path: &Path, columns: &[(&str, [&str; 2])]) {
        let fields: String = columns.iter().map(|(name, _)| format!("required binary {name} (UTF8); ")).collect();
        let schema = Arc::new(parse_message_type(&format!("message row {{ {fields} }}")).unwrap());
        let mut writer = SerializedFileWriter::new(File::create(path).unwrap(), schema, Arc::default()).unwrap();
        let mut group = writer.next_row_group().unwrap();
        for (_, cells) in columns {
            let mut column = group.next_column().unwrap().unwrap();
            let cells: Vec<ByteArray> = cells.iter().map(|cell| ByteArray::from(*cell)).collect();
            column.typed::<ByteArrayType>().write_batch(&cells, None, None).unwrap();
            column.close().unwrap();
        }
        group.close().unwrap();
        writer.close().unwrap();
    }

    fn outline(path: &Path) -> Vec<String> {
        let rules = Rules::parse(DEFAULTS).unwrap();
        let plan = plan(&Inputs { paths: vec![path.to_owned()], ..Inputs::default() }, &rules).unwrap();
        let mut rows = Vec::new();
        read_file(&plan.files[0], &plan, &rules, &mut |read| {
            rows.push(match read {
                Ok(document) => format!("{} {} {}", document.path, document.source, document.text),
                Err(problem) => format!("{} {}", problem.document, problem.code),
            });
        });
        rows
    }

    #[test]
    fn rows_become_documents() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.parquet");
        write(&path, &[("id", ["1", "2"]), ("Text", ["Rain fell.", "null"]), ("outlet", ["Herald", "Echo"])]);
        assert_eq!(outline(&path), ["a.parquet#1 Herald Rain fell.", "a.parquet#2 empty"]);
        write(&path, &[("id", ["1", "2"])]);
        assert_eq!(outline(&path), ["a.parquet no-text"]);
        std::fs::write(&path, b"PAR1 and nothing else PAR1").unwrap();
        assert_eq!(outline(&path), ["a.parquet parquet"]);
    }

    #[test]
    fn a_table_may_be_packed_as_a_whole() {
        let folder = tempfile::tempdir().unwrap();
        let (plain, packed) = (folder.path().join("a.parquet"), folder.path().join("a.parquet.gz"));
        write(&plain, &[("text", ["Rain fell.", "It stopped."])]);
        let mut gzip = flate2::write::GzEncoder::new(File::create(&packed).unwrap(), flate2::Compression::fast());
        std::io::copy(&mut File::open(&plain).unwrap(), &mut gzip).unwrap();
        gzip.finish().unwrap();
        assert_eq!(outline(&packed), ["a.parquet.gz#1 a Rain fell.", "a.parquet.gz#2 a It stopped."]);
    }

    /// The footer is sound and the rows are not, as with a codec that this build leaves out.
    #[test]
    fn rows_that_cannot_be_decoded_end_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.parquet");
        write(&path, &[("text", ["Rain fell.", "It stopped."])]);
        let mut bytes = std::fs::read(&path).unwrap();
        bytes[4..30].fill(0xFF);
        std::fs::write(&path, bytes).unwrap();
        assert_eq!(outline(&path), ["a.parquet parquet"]);
    }
}
