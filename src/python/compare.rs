//! Verdicts for pairs of texts.

use std::path::PathBuf;
use std::sync::Arc;

use pyo3::prelude::*;
use rayon::prelude::*;

use super::arrow::{Batcher, schema};
use super::attend::quietly;
use super::columns::{Texts, stream};
use super::failure::{arrow_error, raised};
use super::table::Table;
use crate::command::pairs::{Judged, Pair, Stance, judge};
use crate::report::table::{Row, row};
use crate::rules::RuleBook;
use crate::run::wording::name;

row! {
    /// What is said of a pair of texts.
    Verdict {
        /// The row's own name.
        id: String,
        /// agrees, less-precise, variant, contradicts or not-comparable.
        verdict: String,
        /// What the deciding difference is about.
        kind: String,
        /// The rule that decided.
        rule: String,
        /// Chance that the two contradict.
        score: f64 as share,
        /// The reason in words.
        why: String,
    }
}

/// The verdict of every pair `id, left, right`; `asserted` vouches that the two texts are about the same thing.
#[pyfunction]
pub fn compare(py: Python<'_>, pairs: &Bound<'_, PyAny>, asserted: bool, rules: Option<PathBuf>) -> PyResult<Table> {
    let told = |failure| raised(&failure);
    let RuleBook { compare, lexicon, .. } = &RuleBook::load(rules.as_deref()).map_err(told)?;
    let stance = if asserted { Stance::Asserted } else { Stance::Found };
    let schema = schema(Verdict::COLUMNS);
    let mut verdicts = Vec::new();
    for batch in stream(pairs)? {
        let batch = batch.map_err(arrow_error)?;
        let [id, left, right] = ["id", "left", "right"].map(|name| Texts::of(&batch, name, true));
        let (id, left, right) = (id.map_err(told)?, left.map_err(told)?, right.map_err(told)?);
        let pair = |at| Pair {
            id: id.get(at).into(),
            left: left.get(at).into(),
            right: right.get(at).into(),
            ..Pair::default()
        };
        let pairs: Vec<Pair> = (0..batch.num_rows()).map(pair).collect();
        let judged = quietly(py, |stop| {
            let judged = |pair| stop.check().map(|()| judge(pair, stance, &compare.wording, lexicon));
            pairs.par_iter().map(judged).collect()
        });
        let judged: Vec<Judged> = judged?;
        let mut rows = Batcher::new(Arc::clone(&schema));
        judged.into_iter().for_each(|judged| rows.push(&Verdict::from(judged)));
        verdicts.push(rows.take().map_err(arrow_error)?);
    }
    Ok(Table::here(schema, verdicts))
}

impl From<Judged> for Verdict {
    fn from(judged: Judged) -> Self {
        let Judged { id, verdict, kind, rule, score, why } = judged;
        Self { id, verdict: name(&verdict).into(), kind: name(&kind).into(), rule, score, why }
    }
}
