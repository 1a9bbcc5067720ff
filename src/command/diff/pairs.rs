//! Pairs of mentions whose verdict appeared, vanished or changed. A pair is known by its id; where a
//! document was edited and its passages moved, by its documents and passages.

use std::collections::BTreeMap;

use serde::Serialize;

use super::causes::{Cause, Causes};
use crate::failure::Failure;
use crate::report::stored::{Stored, StoredRow};

/// One pair with another verdict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PairChange {
    /// Its id in the later run, or in the earlier where the later has it no more.
    pub disagreement_id: String,
    /// What differs or agrees.
    pub kind: String,
    /// The verdict before; empty for none.
    pub old: String,
    /// The verdict after; empty for none.
    pub new: String,
    /// Both sources.
    pub sources: [String; 2],
    /// Both documents.
    pub documents: [String; 2],
    /// Both values.
    pub values: [String; 2],
    /// The rule that decided last.
    pub rule: String,
    /// Its reason.
    pub why: String,
    /// What probably caused it.
    pub cause: Cause,
}

/// What is kept of a pair.
#[derive(Clone, Debug)]
struct Brief {
    id: String,
    kind: String,
    verdict: String,
    sources: [String; 2],
    documents: [String; 2],
    values: [String; 2],
    texts: [String; 2],
    rule: String,
    why: String,
    reviewed: String,
}

/// Pairs of one run, by id.
type Pairs = BTreeMap<String, Brief>;

/// The pairs with another verdict: disagreements first, then by document.
///
/// # Errors
/// [`Failure::NoInput`] when a table cannot be read.
pub fn changes(a: &Stored, b: &Stored, causes: &Causes) -> Result<Vec<PairChange>, Failure> {
    let (mut old, mut new) = (pairs(a)?, pairs(b)?);
    let mut met = meet(&mut old, &mut new);
    let turned_down = |pairs: &Pairs, run: &Stored| judged_elsewhere(pairs, run);
    let (later, earlier) = (turned_down(&old, b)?, turned_down(&new, a)?);
    met.extend(old.into_values().map(|pair| (Some(pair.clone()), later.get(&pair.id).cloned())));
    met.extend(new.into_values().map(|pair| (earlier.get(&pair.id).cloned(), Some(pair))));
    let mut found: Vec<PairChange> = met.into_iter().filter_map(|(old, new)| change(old, new, causes)).collect();
    found.sort_by(|x, y| order(x).cmp(&order(y)));
    Ok(found)
}

fn order(change: &PairChange) -> (bool, &[String; 2], &str) {
    let told = [&change.old, &change.new].into_iter().any(|v| is_disagreement(v));
    (!told, &change.documents, &change.disagreement_id)
}

/// Whether a verdict puts a pair into `disagreements.csv`.
pub fn is_disagreement(verdict: &str) -> bool {
    matches!(verdict, "contradicts" | "superseded")
}

fn pairs(run: &Stored) -> Result<Pairs, Failure> {
    let rows = run.rows("disagreements").chain(run.rows("agreements"));
    rows.map(|row| row.map(|row| brief(&row)).map(|pair| (pair.id.clone(), pair))).collect()
}

fn brief(row: &StoredRow) -> Brief {
    let text = |column: &str| row.text(column).to_owned();
    let both = |column: &str| [text(&format!("{column}_a")), text(&format!("{column}_b"))];
    Brief {
        id: text("disagreement_id"),
        kind: text("kind"),
        verdict: text("verdict"),
        sources: both("source"),
        documents: both("document"),
        values: both("value"),
        texts: both("text"),
        rule: text("rule"),
        why: text("why"),
        reviewed: text("reviewed"),
    }
}

/// Takes the pairs that both runs have out of both.
fn meet(old: &mut Pairs, new: &mut Pairs) -> Vec<(Option<Brief>, Option<Brief>)> {
    let shared: Vec<String> = old.keys().filter(|id| new.contains_key(*id)).cloned().collect();
    let mut met: Vec<_> = shared.iter().map(|id| (old.remove(id), new.remove(id))).collect();
    let mut moved: BTreeMap<_, Vec<String>> = BTreeMap::new();
    for pair in new.values() {
        moved.entry(passages(pair)).or_default().push(pair.id.clone());
    }
    let ids: Vec<String> = old.keys().cloned().collect();
    for id in ids {
        let there = old.get(&id).and_then(|pair| moved.get_mut(&passages(pair))).and_then(Vec::pop);
        if let Some(there) = there {
            met.push((old.remove(&id), new.remove(&there)));
        }
    }
    met
}

fn passages(pair: &Brief) -> ([String; 2], [String; 2], [String; 2], String) {
    (pair.documents.clone(), pair.texts.clone(), pair.values.clone(), pair.kind.clone())
}

/// What `run` says of pairs that it lists among those turned down, where it lists them.
fn judged_elsewhere(pairs: &Pairs, run: &Stored) -> Result<Pairs, Failure> {
    let mut found = Pairs::new();
    for row in run.rows("not_comparable") {
        let row = row?;
        if pairs.contains_key(row.text("disagreement_id")) {
            found.insert(row.text("disagreement_id").to_owned(), brief(&row));
        }
    }
    Ok(found)
}

fn change(old: Option<Brief>, new: Option<Brief>, causes: &Causes) -> Option<PairChange> {
    let verdict = |pair: &Option<Brief>| pair.as_ref().map_or(String::new(), |pair| pair.verdict.clone());
    let (before, after) = (verdict(&old), verdict(&new));
    let rules = [&old, &new].map(|pair| pair.as_ref().map_or(String::new(), |pair| pair.rule.clone()));
    let reviewed = |pair: &Option<Brief>| pair.as_ref().map_or(String::new(), |pair| pair.reviewed.clone());
    let judged = reviewed(&old) != reviewed(&new);
    let last = new.or(old).filter(|_| before != after)?;
    let documents = [last.documents[0].as_str(), last.documents[1].as_str()];
    // Either rule may be the one that was changed.
    let by = [&rules[0], &rules[1]].map(|rule| causes.of(documents, rule));
    let [by_old, by_new] = by;
    let cause = match () {
        () if judged => Cause::Judgement,
        () if by_old == Cause::Rule => by_old,
        () => by_new,
    };
    Some(PairChange {
        disagreement_id: last.id,
        kind: last.kind,
        old: before,
        new: after,
        sources: last.sources,
        documents: last.documents,
        values: last.values,
        rule: last.rule,
        why: last.why,
        cause,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(id: &str, verdict: &str, text: &str) -> Brief {
        let two = |x: &str| [x.to_owned(), x.to_owned()];
        Brief {
            id: id.into(),
            kind: "number".into(),
            verdict: verdict.into(),
            sources: two("s"),
            documents: two("d.txt"),
            values: two("3"),
            texts: two(text),
            rule: "number".into(),
            why: String::new(),
            reviewed: String::new(),
        }
    }

    fn all(pairs: &[Brief]) -> Pairs {
        pairs.iter().map(|p| (p.id.clone(), p.clone())).collect()
    }

    #[test]
    fn pairs_meet_by_id_and_else_by_passage() {
        let mut old = all(&[pair("d1", "agrees", "x"), pair("d2", "contradicts", "y"), pair("d3", "agrees", "z")]);
        let mut new = all(&[pair("d1", "contradicts", "x"), pair("d9", "contradicts", "y")]);
        let met = meet(&mut old, &mut new);
        assert_eq!((met.len(), old.len(), new.len()), (2, 1, 0));
        let told: Vec<_> = met.into_iter().filter_map(|(a, b)| change(a, b, &Causes::default())).collect();
        assert_eq!(told.len(), 1, "a pair that only moved is no change");
        assert_eq!((told[0].old.as_str(), told[0].new.as_str()), ("agrees", "contradicts"));
    }
}
