//! Documents in a table, and what they claim.

use std::sync::Arc;

use arrow_array::RecordBatch;
use pyo3::prelude::*;
use rayon::prelude::*;

use super::arrow::{Batcher, schema};
use super::attend::quietly;
use super::columns::{Texts, stream};
use super::failure::{arrow_error, raised};
use super::run::parsed;
use super::table::Table;
use crate::clean;
use crate::document::{Document, Problem};
use crate::failure::Failure;
use crate::read::{DocumentRow, Plan, Rules, read_row};
use crate::report::mask::Mask;
use crate::report::table::{Column, Row};
use crate::report::tables::Claim;
use crate::rules::RuleBook;
use crate::run::extraction::kept;
use crate::run::known::Known;
use crate::run::lore::Lore;
use crate::run::rows::own_claims;
use crate::run::stop::Stop;
use crate::settings::Layers;
use crate::voices::Voices;

/// The columns of claims that a document has by itself: stories and slots are a matter of many.
fn columns() -> &'static [Column] {
    let own = Claim::COLUMNS.iter().position(|column| column.name == "story_id");
    &Claim::COLUMNS[..own.unwrap_or(Claim::COLUMNS.len())]
}

/// The claims of the documents in `table`; `words` are options as on the command line.
#[pyfunction]
pub fn extract(py: Python<'_>, table: &Bound<'_, PyAny>, words: Vec<String>) -> PyResult<Table> {
    let mut batches = Vec::new();
    for batch in stream(table)? {
        batches.push(batch.map_err(arrow_error)?);
    }
    let book = book(&words).map_err(|failure| raised(&failure))?;
    let mut documents = Vec::new();
    for batch in &batches {
        let read = rows(batch, &Plan::default(), &book.read).map_err(|failure| raised(&failure))?;
        documents.extend(read.into_iter().flatten());
    }
    let claims = quietly(py, |stop| claims(&documents, &book, stop))?;
    let schema = schema(columns());
    let mut batcher = Batcher::new(Arc::clone(&schema));
    let mut found = Vec::new();
    for claim in claims.iter().flatten() {
        batcher.push(claim);
        if batcher.is_full() {
            found.push(batcher.take().map_err(arrow_error)?);
        }
    }
    found.push(batcher.take().map_err(arrow_error)?);
    Ok(Table::here(schema, found))
}

/// The rules that the options name.
fn book(words: &[String]) -> Result<RuleBook, Failure> {
    let (args, options) = parsed(words)?;
    Layers::load(&options)?.book(args.rules.as_deref())
}

/// The documents of a batch, or the problems with them; those older than `plan` asks for are left out.
///
/// # Errors
/// [`Failure::NoInput`] when a needed column is not there, or one holds no text.
pub fn rows(batch: &RecordBatch, plan: &Plan, rules: &Rules) -> Result<Vec<Result<Document, Problem>>, Failure> {
    let needed = |name| Texts::of(batch, name, true);
    let other = |name| Texts::of(batch, name, false);
    let (document, text, html) = (needed("document")?, needed("text")?, other("html")?);
    let (source, title, published) = (other("source")?, other("title")?, other("published")?);
    let (url, language) = (other("url")?, other("language")?);
    let row = |at: usize| {
        let cells =
            [&document, &text, &html, &source, &title, &published, &url, &language].map(|column| column.get(at));
        let [document, text, html, source, title, published, url, language] = cells.each_ref().map(AsRef::as_ref);
        read_row(&DocumentRow { document, text, html, source, title, published, url, language }, plan, rules)
    };
    Ok((0..batch.num_rows()).filter_map(row).collect())
}

fn claims(documents: &[Document], book: &RuleBook, stop: &Stop) -> Result<Vec<Vec<Claim>>, Failure> {
    let (known, voices, mask) = (Known::default(), Voices::default(), Mask::default());
    let kit = Lore::new(book, (&known, &voices), &mask, false).kit();
    let mut counts = book.clean.line_counts();
    documents.iter().for_each(|document| counts.observe(document));
    let of = |document: &Document| {
        stop.check()?;
        let reading = clean::clean(document, &counts, &book.clean);
        let mut claims = own_claims(kept(&reading, &kit, book).record.member().1);
        claims.sort_by(|x, y| (x.start, &x.mention_id).cmp(&(y.start, &y.mention_id)));
        Ok(claims)
    };
    documents.par_iter().map(of).collect()
}
