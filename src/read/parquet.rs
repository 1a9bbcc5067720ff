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

    use jiff::civil::{Date, date};
    use jiff::{Span, Timestamp};
    use parquet::errors::ParquetError;
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::{Field, Row};
    use parquet::schema::types::Type;
    use serde_json::{Map, Value};

    use super::super::field_name::is_same;
    use super::super::json::no_text;
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

    /// The part of a schema whose columns hold fields, or objects with fields inside.
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
        let holds = |column: &str, lists: &[&Vec<String>]| {
            let outer = |name: &String| is_same(name.split('.').next().unwrap_or(name), column);
            lists.iter().any(|names| names.iter().any(outer)) || fields.inside.iter().any(|name| name == column)
        };
        let columns: Vec<_> =
            schema.get_fields().iter().filter(|column| holds(column.name(), &lists)).cloned().collect();
        if !columns.iter().any(|column| holds(column.name(), &lists[..2])) {
            return Err(no_text(schema.get_fields().iter().map(|column| column.name())));
        }
        Ok(Type::group_type_builder(schema.name()).with_fields(columns).build()?)
    }

    fn record(row: &Row, fields: &Fields) -> Record {
        let found = super::super::json::record(&mut object(row), fields).unwrap_or_default();
        Record { encoding: "UTF-8", ..found }
    }

    /// A row, or a cell that has parts, as JSON has it: what is read of the one is read of the other.
    fn object(row: &Row) -> Map<String, Value> {
        row.get_column_iter().map(|(name, field)| (name.clone(), value(field))).collect()
    }

    /// A cell, days and times as in ISO 8601.
    fn value(field: &Field) -> Value {
        match field {
            Field::Str(text) => text.as_str().into(),
            Field::Bytes(bytes) => String::from_utf8_lossy(bytes.data()).into(),
            Field::TimestampMillis(moment) => time(Timestamp::from_millisecond(*moment)),
            Field::TimestampMicros(moment) => time(Timestamp::from_microsecond(*moment)),
            Field::Date(days) => day(*days).map_or(Value::Null, |day| day.to_string().into()),
            Field::ListInternal(list) => list.elements().iter().map(value).collect(),
            Field::Group(row) => object(row).into(),
            Field::MapInternal(map) => map.entries().iter().filter_map(entry).collect::<Map<_, _>>().into(),
            Field::Int(number) => (*number).into(),
            Field::Long(number) => (*number).into(),
            _ => Value::Null,
        }
    }

    fn entry((key, field): &(Field, Field)) -> Option<(String, Value)> {
        if let Field::Str(key) = key { Some((key.clone(), value(field))) } else { None }
    }

    fn time(moment: Result<Timestamp, jiff::Error>) -> Value {
        moment.map_or(Value::Null, |time| time.to_string().into())
    }

    fn day(days: i32) -> Option<Date> {
        date(1970, 1, 1).checked_add(Span::new().try_days(days).ok()?).ok()
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
    use parquet::file::properties::WriterProperties;
    use parquet::file::writer::SerializedFileWriter;
    use parquet::schema::parser::parse_message_type;

    use crate::read::{DEFAULTS, Inputs, Rules, plan, read_file};

    fn write(path: &Path, columns: &[(&str, [&str; 2])]) {
        write_with(path, columns, parquet::basic::Compression::UNCOMPRESSED);
    }

    fn write_with(path: &Path, columns: &[(&str, [&str; 2])], codec: parquet::basic::Compression) {
        let properties = Arc::new(WriterProperties::builder().set_compression(codec).build());
        let fields: String = columns.iter().map(|(name, _)| format!("required binary {name} (UTF8); ")).collect();
        let schema = Arc::new(parse_message_type(&format!("message row {{ {fields} }}")).unwrap());
        let mut writer = SerializedFileWriter::new(File::create(path).unwrap(), schema, properties).unwrap();
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

    /// A column that has parts, as Spark and pandas write objects.
    #[test]
    fn a_field_may_lie_inside_a_column() {
        let message = "message row {
            optional group article { optional binary headline (UTF8);
                optional group paragraphs (LIST) { repeated group list { optional binary element (UTF8); } } }
            optional group source { optional binary name (UTF8); optional int64 founded; } }";
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.parquet");
        let schema = Arc::new(parse_message_type(message).unwrap());
        let mut writer = SerializedFileWriter::new(File::create(&path).unwrap(), schema, Arc::default()).unwrap();
        let mut group = writer.next_row_group().unwrap();
        let texts = |texts: &[&str]| texts.iter().map(|text| ByteArray::from(*text)).collect::<Vec<_>>();
        let mut next = |cells: &[&str], definition: &[i16], repetition: Option<&[i16]>| {
            let mut column = group.next_column().unwrap().unwrap();
            column.typed::<ByteArrayType>().write_batch(&texts(cells), Some(definition), repetition).unwrap();
            column.close().unwrap();
        };
        next(&["Rain", "Sun"], &[2, 2], None);
        next(&["Rain fell.", "It stopped."], &[4, 4, 2], Some(&[0, 1, 0]));
        next(&["Herald"], &[2, 0], None);
        let mut column = group.next_column().unwrap().unwrap();
        column.typed::<parquet::data_type::Int64Type>().write_batch(&[1890], Some(&[2, 0]), None).unwrap();
        column.close().unwrap();
        group.close().unwrap();
        writer.close().unwrap();
        let rows = ["a.parquet#1 Herald Rain\n\nRain fell.\n\nIt stopped.", "a.parquet#2 a Sun"];
        assert_eq!(outline(&path), rows);
    }

    #[test]
    fn every_codec_is_read() {
        use parquet::basic::{BrotliLevel, Compression, GzipLevel, ZstdLevel};
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.parquet");
        for codec in [
            Compression::UNCOMPRESSED,
            Compression::SNAPPY,
            Compression::GZIP(GzipLevel::default()),
            Compression::BROTLI(BrotliLevel::default()),
            Compression::LZ4_RAW,
            Compression::ZSTD(ZstdLevel::default()),
        ] {
            write_with(&path, &[("text", ["Rain fell.", "It stopped."])], codec);
            assert_eq!(outline(&path), ["a.parquet#1 a Rain fell.", "a.parquet#2 a It stopped."], "{codec}");
        }
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
