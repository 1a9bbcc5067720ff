//! `variorum schema`: what an editor needs to complete and check the files a person writes.

use serde_json::json;

use crate::failure::{Failure, Outcome};
use crate::report::csv::Dialect;
use crate::report::table::Table;
use crate::report::{package, tables};
use crate::rules;

/// Options of `variorum schema`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// What to describe.
    #[arg(value_enum)]
    what: What,
    /// Only the file of this stage, as its name is: `clean` for clean.toml.
    stage: Option<String>,
}

const EXAMPLES: &str = "Examples:
  variorum schema rules > rules.schema.json
  variorum schema rules extract
  variorum schema dictionary";

/// What can be described.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum What {
    /// JSON Schema of the rules: of all stages, which is also what a pack may hold, or of one.
    Rules,
    /// Frictionless Table Schemas of all tables of a run.
    Tables,
    /// The meaning of every column, in Markdown.
    Dictionary,
}

/// Prints the description to stdout: JSON Schema draft 2020-12 for rules.
///
/// # Errors
/// [`Failure::Usage`] when no stage has the name given.
pub fn run(args: &Args) -> Result<Outcome, Failure> {
    match args.what {
        What::Rules => println!("{:#}", schema(args.stage.as_deref())?),
        What::Tables => println!("{:#}", table_schemas()),
        What::Dictionary => print!("{}", package::dictionary()),
    }
    Ok(Outcome::Complete)
}

fn table_schemas() -> serde_json::Value {
    let schema = |table: &&Table| (table.name.to_owned(), package::schema(table, Dialect::default()));
    serde_json::Value::Object(tables::ALL.iter().map(schema).collect())
}

fn schema(stage: Option<&str>) -> Result<serde_json::Value, Failure> {
    let stages = rules::schemas();
    match stage {
        None => Ok(pack(stages)),
        Some(name) => match stages.iter().find(|(stage, _)| *stage == name) {
            Some((_, schema)) => Ok(schema.clone().to_value()),
            None => {
                let known: Vec<&str> = stages.iter().map(|(stage, _)| *stage).collect();
                Err(Failure::Usage(format!("no stage is called `{name}`: the stages are {}", known.join(", "))))
            }
        },
    }
}

/// One object with a property a stage; definitions are kept within each stage.
pub(super) fn pack(stages: Vec<(&'static str, schemars::Schema)>) -> serde_json::Value {
    let definitions: serde_json::Map<_, _> = stages
        .into_iter()
        .map(|(stage, mut schema)| {
            schema.insert("$id".into(), json!(format!("variorum:{stage}")));
            (stage.to_owned(), schema.to_value())
        })
        .collect();
    let refer = |stage: &String| (stage.clone(), json!({ "$ref": format!("variorum:{stage}") }));
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Rules of Variorum, by stage",
        "type": "object",
        "properties": definitions.keys().map(refer).collect::<serde_json::Map<_, _>>(),
        "$defs": definitions,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn describes_one_stage_or_all() {
        let one = schema(Some("report")).unwrap();
        assert!(one.pointer("/properties/cells").is_some(), "{one:#}");
        assert!(schema(None).unwrap().pointer("/$defs/report/properties/cells").is_some());
        for (stage, _) in rules::schemas() {
            let tables = schema(Some(stage)).unwrap();
            assert!(tables["properties"].as_object().is_some_and(|found| !found.is_empty()), "{stage}: {tables:#}");
        }
        assert_eq!(table_schemas().as_object().map(serde_json::Map::len), Some(tables::ALL.len()));
        assert!(matches!(schema(Some("reprot")), Err(Failure::Usage(_))));
    }
}
