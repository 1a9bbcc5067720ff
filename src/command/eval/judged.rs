//! A run's verdicts against people's judgements of its pairs.

use std::collections::{BTreeMap, BTreeSet};

use super::{Tally, share, wilson};
use crate::failure::Failure;
use crate::report::stored::{Stored, StoredRow};
use crate::voices::judgement::{Answer, Judgement, Passages};

/// What judgements show of a run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Judged {
    /// Of all pairs judged.
    pub all: Tally,
    /// By kind of difference.
    pub kinds: BTreeMap<String, Tally>,
    /// By the rule that decided.
    pub rules: BTreeMap<String, Tally>,
    /// Only contradictions whose passages share at least this many per cent of their words count as said.
    pub sweep: BTreeMap<u32, Tally>,
    /// Labelled pairs that the run compared at all, and all labelled pairs.
    pub compared: (usize, usize),
    /// Pairs that people are unsure of; they are no labels.
    pub unsure: usize,
}

/// What a run says of a pair.
struct Said {
    contradicts: bool,
    kind: String,
    rule: String,
    shared: u32,
}

const STEPS: [u32; 10] = [0, 10, 20, 30, 40, 50, 60, 70, 80, 90];
/// The rule named for pairs that the run never compared.
const UNSEEN: &str = "not-compared";

/// Counts the judgements against the tables of a run. Where a judgement overrode the rules, what the rules
/// said counts.
///
/// # Errors
/// [`Failure::NoInput`] when a table cannot be read.
pub fn judged(run: &Stored, judgements: &[Judgement]) -> Result<Judged, Failure> {
    let latest: BTreeMap<&str, &Judgement> = judgements.iter().map(|j| (j.pair.as_str(), j)).collect();
    let passages: BTreeSet<Passages> = latest.values().filter_map(|judgement| judgement.passages()).collect();
    let (by_id, by_passages) = said(run, &latest, &passages)?;
    let mut report = Judged::default();
    for judgement in latest.values() {
        if judgement.verdict == Answer::Unsure {
            report.unsure += 1;
            continue;
        }
        let there = by_id.get(&judgement.pair);
        let there = there.or_else(|| judgement.passages().and_then(|passages| by_passages.get(&passages)));
        report.add(judgement.verdict == Answer::Contradicts, &judgement.kind, there);
    }
    Ok(report)
}

impl Judged {
    fn add(&mut self, truth: bool, kind: &str, said: Option<&Said>) {
        let contradicts = said.is_some_and(|said| said.contradicts);
        let rule = said.map_or(UNSEEN, |said| said.rule.as_str());
        let kind = said.map_or(kind, |said| said.kind.as_str());
        self.compared.0 += usize::from(said.is_some());
        self.compared.1 += 1;
        self.all.add(truth, contradicts);
        self.kinds.entry(kind.to_owned()).or_default().add(truth, contradicts);
        self.rules.entry(rule.to_owned()).or_default().add(truth, contradicts);
        for step in STEPS {
            let near = said.is_some_and(|said| said.shared >= step);
            self.sweep.entry(step).or_default().add(truth, contradicts && near);
        }
    }

    /// The share of labelled pairs that were compared, with its interval, in words.
    pub fn survival(&self) -> String {
        let (low, high) = wilson(self.compared);
        let (part, whole) = self.compared;
        format!("{part} of {whole} labelled pairs were compared: {:.4} ({low:.4} to {high:.4})", share(self.compared))
    }

    /// Lines of TOML that the labels speak for: what a kind costs, in proportion to how often it is right.
    /// Only kinds with enough labels to tell, and whose interval leaves out that all are right.
    pub fn suggestions(&self) -> Vec<String> {
        const LABELS: usize = 10;
        let weak = |tally: &Tally| tally.precision().1 >= LABELS && wilson(tally.precision()).1 < 0.95;
        let kinds = self.kinds.iter().filter(|(_, tally)| weak(tally));
        kinds.map(|(kind, tally)| suggestion(kind, tally)).collect()
    }
}

fn suggestion(kind: &str, tally: &Tally) -> String {
    let (right, said) = tally.precision();
    let worth = share((right, said));
    format!(
        "score.toml, [scorecard.loss]: multiply {kind} by {worth:.2}, for {right} of {said} contradictions of that kind are right; \
         to try it: --set score.scorecard.loss.{kind}={worth:.2}"
    )
}

type Found = (BTreeMap<String, Said>, BTreeMap<Passages, Said>);

/// What the run says of the pairs judged, by id and by passages; rows of other pairs are not kept.
fn said(run: &Stored, judged: &BTreeMap<&str, &Judgement>, passages: &BTreeSet<Passages>) -> Result<Found, Failure> {
    let mut found = Found::default();
    for row in ["disagreements", "agreements", "not_comparable"].into_iter().flat_map(|table| run.rows(table)) {
        let row = row?;
        let id = row.text("disagreement_id");
        let sides = COLUMNS.map(|(text, value)| (row.text(text), row.text(value)));
        let known = Passages::new(row.text("kind"), sides);
        if judged.contains_key(id) {
            found.0.insert(id.to_owned(), what(&row));
        }
        if passages.contains(&known) {
            found.1.insert(known, what(&row));
        }
    }
    Ok(found)
}

/// The columns of passage and value, by side.
const COLUMNS: [(&str, &str); 2] = [("text_a", "value_a"), ("text_b", "value_b")];

fn what(row: &StoredRow) -> Said {
    let overruled = row.text("overruled");
    let verdict = if overruled.is_empty() { row.text("verdict") } else { overruled };
    Said {
        contradicts: verdict == "contradicts",
        kind: row.text("kind").to_owned(),
        rule: row.text("rule").to_owned(),
        shared: shared(row.text("text_a"), row.text("text_b")),
    }
}

/// Per cent of the words of either passage that stand in both.
fn shared(a: &str, b: &str) -> u32 {
    let words = |text: &str| text.split_whitespace().map(str::to_lowercase).collect::<BTreeSet<_>>();
    let (a, b) = (words(a), words(b));
    u32::try_from(100 * a.intersection(&b).count() / a.union(&b).count().max(1)).unwrap_or(100)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(contradicts: bool, shared: u32) -> Said {
        Said { contradicts, kind: "number".into(), rule: "number".into(), shared }
    }

    #[test]
    fn labels_are_counted_by_rule_and_unseen_pairs_are_missed() {
        let mut report = Judged::default();
        report.add(true, "number", Some(&said(true, 60)));
        report.add(false, "number", Some(&said(true, 20)));
        report.add(true, "number", None);
        assert_eq!((report.all.precision(), report.all.recall()), ((1, 2), (1, 2)));
        assert_eq!(report.compared, (2, 3));
        assert_eq!(report.rules[UNSEEN].recall(), (0, 1));
        assert_eq!((report.sweep[&0].precision(), report.sweep[&30].precision()), ((1, 2), (1, 1)));
    }

    #[test]
    fn a_line_is_suggested_only_where_labels_speak_for_it() {
        let mut report = Judged::default();
        (0..9).for_each(|_| report.add(false, "number", Some(&said(true, 60))));
        assert!(report.suggestions().is_empty());
        (0..3).for_each(|_| report.add(true, "number", Some(&said(true, 60))));
        assert!(report.suggestions()[0].ends_with("score.scorecard.loss.number=0.25"), "{:?}", report.suggestions());
    }
}
