//! Rows of tables as JSON: the same figures as in the CSV, numbers as numbers, nothing for an empty cell.

use serde_json::{Map, Value, json};

use super::stored::StoredRow;
use super::table::ColumnKind;
use super::tables;

/// A row of the table called `table` as an object; columns that the table has not are texts.
pub fn object(table: &str, row: &StoredRow) -> Value {
    let known = tables::named(table).map_or(&[][..], |table| table.columns);
    let cell = |name: &String| {
        let kind = known.iter().find(|column| column.name == name).map_or(ColumnKind::Text, |column| column.kind);
        (name.clone(), value(kind, name, row))
    };
    Value::Object(row.columns().iter().map(cell).collect::<Map<_, _>>())
}

fn value(kind: ColumnKind, name: &str, row: &StoredRow) -> Value {
    let text = row.text(name);
    match kind {
        _ if text.is_empty() => Value::Null,
        ColumnKind::Integer => json!(row.count(name)),
        ColumnKind::Number => row.number(name).map_or(Value::Null, |number| json!(number)),
        ColumnKind::Flag => json!(text == "true"),
        ColumnKind::Text | ColumnKind::Day => json!(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::csv::Dialect;
    use crate::report::stored::Stored;
    use crate::rules::RuleBook;

    #[test]
    fn cells_keep_their_type_in_every_flavour() {
        for dialect in [Dialect::Excel, Dialect::ExcelEu] {
            let dir = tempfile::tempdir().unwrap();
            crate::report::tests::sample(dir.path(), dialect);
            let stored = Stored::open(dir.path(), &RuleBook::load(None).unwrap().report.cells).unwrap();
            let row = |table: &str| object(table, &stored.rows(table).next().unwrap().unwrap());
            assert_eq!(row("sources")["consistency_score"], json!(81.25));
            assert_eq!(row("sources")["source"], json!("=Outlet; \"é\""));
            assert_eq!(row("copies")["credited"], json!(true));
            assert_eq!(row("furniture")["line"], json!(3));
            assert_eq!(row("claims")["value"], Value::Null);
        }
    }
}
