//! Trust and belief for a table of claims that came from elsewhere.

use std::sync::Arc;

use clap::ValueEnum;
use pyo3::prelude::*;

use super::arrow::{Batcher, parsed, schema};
use super::attend::quietly;
use super::columns::{Texts, stream};
use super::failure::{arrow_error, input_error, raised};
use super::table::Table;
use crate::failure::Failure;
use crate::report::table::{Column, Row, row};
use crate::score::alike::Writing;
use crate::score::builder::Builder;
use crate::score::fuse::{write_beliefs, write_trust};
use crate::score::read::{COLUMNS, NEEDED, add};
use crate::score::{Model, Rules, Solution, refusal, solve_alike};

row! {
    /// A source, and how far it is to be trusted.
    Trust {
        /// Who claims.
        source: String,
        /// How often its values are the accepted ones.
        trust: f64 as share,
        /// Lower limit of the 95 % interval.
        low: f64 as share,
        /// Upper limit.
        high: f64 as share,
        /// Claims it makes.
        claims: u64,
        /// Those on items with several values.
        disputed: u64,
        /// Those of the disputed whose value is accepted.
        accepted: u64,
        /// Sources that say the very same.
        mirrors: u64,
    }
}

row! {
    /// A value of an item, and how well it is supported.
    Belief {
        /// What is asked.
        item: String,
        /// One answer.
        value: String,
        /// How well it is supported; the values of an item add up to at most 1.
        belief: f64 as share,
        /// 1 for the value that is accepted.
        accepted: u64,
        /// Claims that give it.
        claims: u64,
    }
}

/// Solves a table `source, item, value`, and if there `weight, time, group`.
/// Returns trust, beliefs, the model's name and why it was taken.
#[pyfunction]
pub fn fuse(
    py: Python<'_>,
    table: &Bound<'_, PyAny>,
    model: &str,
    writing: (Option<String>, Option<String>, Option<f64>),
) -> PyResult<(Table, Table, String, String)> {
    let model = match model {
        "auto" => None,
        name => Some(Model::from_str(name, false).map_err(|_| input_error(&format!("no model is called {name}")))?),
    };
    let mut builder = Builder::default();
    let mut first = 1;
    for batch in stream(table)? {
        let batch = batch.map_err(arrow_error)?;
        let mut columns = Vec::new();
        for (at, name) in COLUMNS.iter().enumerate() {
            columns.push(Texts::of(&batch, name, at < NEEDED).map_err(|failure| raised(&failure))?);
        }
        for row in 0..batch.num_rows() {
            let cells: Vec<_> = columns.iter().map(|column| column.get(row)).collect();
            let cells: [&[u8]; COLUMNS.len()] = std::array::from_fn(|at| cells[at].as_bytes());
            add(&mut builder, cells).map_err(|what| input_error(&format!("row {}: {what}", first + row)))?;
        }
        first += batch.num_rows();
    }
    if builder.is_empty() {
        return Err(input_error("the table has no claim"));
    }
    let (list, path, near) = writing;
    let writing = Writing { list, path, near: near.filter(|near| *near > 0.0), ..Writing::default() };
    let solved = quietly(py, move |_| solved(builder, &writing, model))?;
    let trust = read_back(&solved.trust, Trust::COLUMNS).map_err(|failure| raised(&failure))?;
    let beliefs = read_back(&solved.beliefs, Belief::COLUMNS).map_err(|failure| raised(&failure))?;
    Ok((trust, beliefs, solved.model, solved.why))
}

/// A solution as the command line writes it.
struct Solved {
    trust: Vec<u8>,
    beliefs: Vec<u8>,
    model: String,
    why: String,
}

fn solved(builder: Builder, writing: &Writing, model: Option<Model>) -> Result<Solved, Failure> {
    let rules = Rules::built_in().map_err(|error| Failure::Fatal(error.to_string()))?;
    let table = builder.finish();
    if let Some(why) = refusal(&table, &rules, model) {
        return Err(Failure::Usage(why));
    }
    let solution: Solution = solve_alike(&table, writing, &rules, model, None);
    let (mut trust, mut beliefs) = (Vec::new(), Vec::new());
    let failed = |error| Failure::output("memory", error);
    write_trust(&table, &solution, &mut trust).map_err(failed)?;
    write_beliefs(&table, &solution, &mut beliefs).map_err(failed)?;
    Ok(Solved { trust, beliefs, model: solution.model.name().to_owned(), why: solution.why })
}

fn read_back(bytes: &[u8], columns: &'static [Column]) -> Result<Table, Failure> {
    let unreadable = |error: &dyn std::fmt::Display| Failure::Fatal(format!("a table cannot be read back: {error}"));
    let schema = schema(columns);
    let mut batcher = Batcher::new(Arc::clone(&schema));
    let mut batches = Vec::new();
    for record in csv::Reader::from_reader(bytes).records() {
        let record = record.map_err(|error| unreadable(&error))?;
        record.iter().zip(columns).for_each(|(cell, column)| batcher.put(parsed(cell, column.kind)));
        batcher.end_row();
        if batcher.is_full() {
            batches.push(batcher.take().map_err(|error| unreadable(&error))?);
        }
    }
    batches.push(batcher.take().map_err(|error| unreadable(&error))?);
    Ok(Table::here(schema, batches))
}
