//! Pairs of texts in a CSV, and what is said of each; shared by `compare` and `eval`.

use std::path::Path;

use serde::Serialize;

use crate::claim::Kind;
use crate::compare::asserted::compare_asserted;
use crate::compare::statement::compare_statements;
use crate::compare::wording::WordingRules;
use crate::comparison::{Relation, Verdict};
use crate::document::Span;
use crate::failure::Failure;
use crate::lexicon::Lexicon;
use crate::text::tokenize;

/// One row: two texts, and what people say of them where they said it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pair {
    /// The row's own name.
    pub id: String,
    /// One text.
    pub left: String,
    /// The other.
    pub right: String,
    /// The verdict people gave; empty when nobody did.
    pub label: String,
    /// A group for counting; empty when there is none.
    pub category: String,
}

/// Who says that the two texts of a pair are about the same thing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Stance {
    /// The person who wrote the file.
    #[default]
    Asserted,
    /// Nobody: only what the words themselves show counts, as in a run.
    Found,
}

/// What is said of a pair.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Judged {
    /// The row's name.
    pub id: String,
    /// The verdict.
    pub verdict: Verdict,
    /// What the deciding difference is about.
    pub kind: Kind,
    /// The rule that decided.
    pub rule: String,
    /// Chance that the two contradict, between 0 and 1.
    pub score: f64,
    /// The reason in words.
    pub why: String,
}

/// Reads a CSV with the columns `id`, `left`, `right` and, where present, `label` and `category`.
///
/// # Errors
/// [`Failure::NoInput`] when the file cannot be read, [`Failure::Usage`] when a column is missing
/// or a row is broken.
pub fn read(path: &Path) -> Result<Vec<Pair>, Failure> {
    let shown = path.display();
    let bytes = std::fs::read(path).map_err(|e| Failure::NoInput(format!("cannot read {shown}: {e}")))?;
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
    parse(text).map_err(|e| Failure::Usage(format!("{shown}: {e}")))
}

fn parse(text: &[u8]) -> Result<Vec<Pair>, String> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text);
    let header = reader.headers().map_err(|e| e.to_string())?.clone();
    let place = |name: &str| header.iter().position(|h| h.trim() == name);
    let needed = |name: &str| place(name).ok_or_else(|| format!("no column {name}: needs id, left, right"));
    let (id, left, right) = (needed("id")?, needed("left")?, needed("right")?);
    let (label, category) = (place("label"), place("category"));
    let row = |record: csv::StringRecord| {
        let field = |at: usize| record.get(at).unwrap_or_default().to_owned();
        let maybe = |at: Option<usize>| at.map(field).unwrap_or_default();
        Pair { id: field(id), left: field(left), right: field(right), label: maybe(label), category: maybe(category) }
    };
    reader.into_records().map(|record| record.map(row).map_err(|e| e.to_string())).collect()
}

/// Compares the two texts of a pair.
pub fn judge(pair: &Pair, stance: Stance, rules: &WordingRules, lexicon: &Lexicon) -> Judged {
    let tokens = |text: &str| tokenize(text, Span::new(0, text.len()));
    let (left, right) = (tokens(&pair.left), tokens(&pair.right));
    let compare = match stance {
        Stance::Asserted => compare_asserted,
        Stance::Found => compare_statements,
    };
    let found = compare(&left, &right, rules, lexicon);
    Judged {
        id: pair.id.clone(),
        verdict: verdict(found.comparison.relation),
        kind: found.kind,
        rule: found.comparison.rule,
        score: (found.risk * 1e4).round() / 1e4,
        why: found.comparison.why,
    }
}

/// The verdict on two values of one slot and time, reported alike.
fn verdict(relation: Relation) -> Verdict {
    match relation {
        Relation::Same => Verdict::Agrees,
        Relation::LessPrecise => Verdict::LessPrecise,
        Relation::Variant => Verdict::Variant,
        Relation::Incompatible => Verdict::Contradicts,
        Relation::Unknown => Verdict::NotComparable,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_columns_by_name() {
        let found = parse(b"right,id,left,label\nb,1,a,agrees\n");
        let expected = Pair {
            id: "1".into(),
            left: "a".into(),
            right: "b".into(),
            label: "agrees".into(),
            category: String::new(),
        };
        assert_eq!(found, Ok(vec![expected]));
        assert!(parse(b"id,left\n1,a\n").is_err());
    }
}
