//! Finds the numbers of `[likeness.weights]` in `rules/compare.toml`: a logistic regression over the
//! evidence about pairs of open values, fitted by Newton's method with an L2 prior.
//!
//! `cargo run --release --example fit_likeness -- [--plain FOLDER]… FOLDER…` reads folders with
//! `documents`, `manifest.csv` and `expected.csv`, each as one story; a pair is right when a
//! contradiction is expected of its two values, and left out when other documents give those two
//! values. A folder named after `--plain` has `documents` and a manifest with a fourth column
//! `story` and expects nothing. Prints precision and recall, each folder judged by weights found
//! without it, then the numbers found on all. Deterministic.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use variorum::clean::{self, LineCounts};
use variorum::compare::Book;
use variorum::compare::likeness::{Candidate, Evidence, candidates};
use variorum::compare::value::compare_values;
use variorum::comparison::Relation;
use variorum::document::{DateOrigin, Document, Published};
use variorum::extract::annotations::annotate;
use variorum::extract::extract;
use variorum::extract::kit::Kit;
use variorum::lexicon::Lexicon;
use variorum::matching::group::{Member, Mention, Story};
use variorum::matching::identity::Identities;
use variorum::matching::pairs::{Cut, claim_pairs};
use variorum::normalise::place::Gazetteer;
use variorum::rules::RuleBook;

const PRIOR: f64 = 1.0;
const ROUNDS: usize = 30;

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

#[derive(Deserialize)]
struct Listed {
    path: String,
    source: String,
    published: Option<jiff::civil::Date>,
    story: Option<String>,
}

#[derive(Clone, Deserialize)]
struct Expected {
    expect: String,
    document_a: String,
    needle_a: String,
    document_b: String,
    needle_b: String,
}

/// A pair with its label.
struct Labelled {
    fold: usize,
    evidence: Evidence,
    right: bool,
    shown: String,
}

fn main() -> Outcome<()> {
    let rules = RuleBook::load(None)?;
    let mut labelled = Vec::new();
    let mut planted = 0;
    let mut arguments = std::env::args().skip(1);
    let mut fold = 0;
    while let Some(argument) = arguments.next() {
        fold += 1;
        if argument == "--plain" {
            let folder = PathBuf::from(arguments.next().ok_or("--plain needs a folder")?);
            for story in stories(&folder, &rules)?.values() {
                labelled.extend(label(story, &[], fold, &rules));
            }
        } else {
            let folder = PathBuf::from(argument);
            let expected = expected(&folder)?;
            for mut story in stories(&folder, &rules)?.into_values() {
                // What is expected to say nothing of the story is another one.
                let told = |m: &Member| {
                    expected.iter().any(|e| [&e.document_a, &e.document_b].iter().any(|d| d.ends_with(&m.document)))
                };
                story.members.retain(told);
                let expected: Vec<Expected> =
                    expected.iter().filter(|e| e.expect == "contradiction").cloned().collect();
                planted += expected.len();
                labelled.extend(label(&story, &expected, fold, &rules));
            }
        }
    }
    let right = labelled.iter().filter(|l| l.right).count();
    println!("# {planted} contradictions expected, {right} pairs right of {}", labelled.len());
    let folds: Vec<Vec<f64>> = (0..=fold).map(|out| fit(labelled.iter().filter(|l| l.fold != out))).collect();
    for least in [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9] {
        let chosen: Vec<&Labelled> =
            labelled.iter().filter(|l| probability(&folds[l.fold], &l.evidence) >= least).collect();
        let good = chosen.iter().filter(|l| l.right).count();
        println!(
            "# least {least}: precision {:.3} recall {:.3} chosen {}",
            good as f64 / chosen.len().max(1) as f64,
            good as f64 / right.max(1) as f64,
            chosen.len()
        );
    }
    if std::env::var_os("SHOW").is_some() {
        let mut shown: Vec<(f64, &Labelled)> =
            labelled.iter().map(|l| (probability(&folds[l.fold], &l.evidence), l)).collect();
        shown.sort_by(|x, y| y.0.total_cmp(&x.0));
        for (p, l) in shown.iter().filter(|(p, l)| l.right || *p > 0.2) {
            println!("{p:.3} {} {}", if l.right { "RIGHT" } else { "wrong" }, l.shown);
        }
    }
    let weights = fit(labelled.iter());
    Evidence::NAMES.iter().zip(&weights).for_each(|(name, weight)| println!("{name} = {weight:.3}"));
    Ok(())
}

/// The stories of a folder: one, unless its manifest tells them apart.
fn stories(folder: &Path, rules: &RuleBook) -> Outcome<BTreeMap<String, Story>> {
    let mut listed: Vec<Listed> =
        csv::Reader::from_path(folder.join("manifest.csv"))?.deserialize().collect::<Result<_, _>>()?;
    listed.sort_by(|x, y| x.path.cmp(&y.path));
    let mut stories: BTreeMap<String, Story> = BTreeMap::new();
    let kit = Kit::new(&rules.extract, &rules.normalise, Gazetteer::builtin());
    for one in listed {
        let id = one.story.clone().unwrap_or_default();
        let story = stories.entry(id.clone()).or_insert(Story { id, members: Vec::new() });
        let unit = story.members.len() as u32;
        story.members.push(member(folder, one, unit, &kit, rules)?);
    }
    Ok(stories)
}

fn member(folder: &Path, listed: Listed, unit: u32, kit: &Kit, rules: &RuleBook) -> Outcome<Member> {
    let path = folder.join(&listed.path);
    let text = std::fs::read_to_string(&path)?.replace("\r\n", "\n");
    let published = listed.published.map(|date| Published { date, origin: DateOrigin::Manifest });
    let document = Document { text, source: listed.source, published, language: "en".into(), ..Document::default() };
    let counts: LineCounts = rules.clean.line_counts();
    let reading = clean::clean(&document, &counts, &rules.clean);
    let published = document.published.or_else(|| clean::dateline(&reading, &rules.clean));
    let notes = annotate(&reading, published, kit);
    let (claims, statements) = extract(&notes, &rules.extract);
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Ok(Member {
        document: name,
        source: document.source.clone(),
        published: published.map(|p| p.date),
        unit,
        claims,
        statements,
    })
}

fn expected(folder: &Path) -> Outcome<Vec<Expected>> {
    let all: Vec<Expected> =
        csv::Reader::from_path(folder.join("expected.csv"))?.deserialize().collect::<Result<_, _>>()?;
    Ok(all.into_iter().filter(|row| row.expect != "clear").collect())
}

fn label(story: &Story, expected: &[Expected], fold: usize, rules: &RuleBook) -> Vec<Labelled> {
    let book = Book {
        matching: &rules.matching,
        compare: &rules.compare,
        extract: &rules.extract,
        near_misses: false,
        lexicon: Lexicon::embedded(),
        gazetteer: Gazetteer::builtin(),
    };
    let open = |(a, _): &(Mention, Mention)| story.claim(*a).attribute == "open";
    let pairs: Vec<(Mention, Mention)> =
        claim_pairs(story, &rules.extract.open.concepts, &rules.matching.pairs, &mut Cut::default())
            .into_iter()
            .filter(open)
            .collect();
    let found = candidates(story, &pairs, &mut Identities::default(), &book);
    let is_right = |c: &Candidate| {
        expected.iter().any(|row| {
            let (a, b) = ((&row.document_a, &row.needle_a), (&row.document_b, &row.needle_b));
            holds(story, c.a, a) && holds(story, c.b, b) || holds(story, c.a, b) && holds(story, c.b, a)
        })
    };
    let right: Vec<&Candidate> = found.iter().filter(|c| is_right(c)).collect();
    let same = |x: Mention, y: Mention| {
        compare_values(&story.claim(x).value, &story.claim(y).value, &book).relation == Relation::Same
    };
    let echoes =
        |c: &Candidate| right.iter().any(|r| same(r.a, c.a) && same(r.b, c.b) || same(r.a, c.b) && same(r.b, c.a));
    let kept = found.iter().filter(|c| is_right(c) || !echoes(c));
    kept.map(|c| Labelled { fold, evidence: c.evidence.clone(), right: is_right(c), shown: show(story, c) }).collect()
}

fn show(story: &Story, c: &Candidate) -> String {
    let side = |m: Mention| {
        let claim = story.claim(m);
        let text = &claim.text;
        let span =
            (claim.value_span.start - claim.span.start) as usize..(claim.value_span.end - claim.span.start) as usize;
        format!("[{}] {}", text.get(span).unwrap_or_default(), text.chars().take(160).collect::<String>())
    };
    let parts: Vec<String> = Evidence::NAMES
        .iter()
        .zip(c.evidence.parts())
        .filter(|(_, p)| *p != 0.0)
        .map(|(n, p)| format!("{n}={p:.2}"))
        .collect();
    format!("{}\n      {}\n      {}", parts[1..].join(" "), side(c.a), side(c.b))
}

/// True when the value of a mention stands in the needle of a document.
fn holds(story: &Story, mention: Mention, (document, needle): (&String, &String)) -> bool {
    let (member, claim) = (story.member(mention), story.claim(mention));
    let within = || {
        let offset = claim.text.find(needle.as_str());
        let value = (claim.value_span.start - claim.span.start) as usize;
        let end = (claim.value_span.end - claim.span.start) as usize;
        offset.is_some_and(|at| value < at + needle.len() && end > at)
    };
    document.ends_with(&member.document) && within()
}

fn probability(weights: &[f64], evidence: &Evidence) -> f64 {
    let odds: f64 = evidence.parts().iter().zip(weights).map(|(part, weight)| part * weight).sum();
    1.0 / (1.0 + (-odds).exp())
}

/// Newton's method on the log loss, with an L2 prior on all but the bias.
fn fit<'l>(labelled: impl Iterator<Item = &'l Labelled>) -> Vec<f64> {
    let rows: Vec<(Vec<f64>, f64)> = labelled.map(|l| (l.evidence.parts(), f64::from(u8::from(l.right)))).collect();
    let size = Evidence::NAMES.len();
    let prior = |at: usize| if at == 0 { 1e-6 } else { PRIOR };
    let mut weights = vec![0.0; size];
    for _ in 0..ROUNDS {
        let mut slope: Vec<f64> = (0..size).map(|at| prior(at) * weights[at]).collect();
        let mut bend = vec![vec![0.0; size]; size];
        (0..size).for_each(|at| bend[at][at] = prior(at));
        for (parts, right) in &rows {
            let odds: f64 = parts.iter().zip(&weights).map(|(part, weight)| part * weight).sum();
            let chance = 1.0 / (1.0 + (-odds).exp());
            for (x, row) in bend.iter_mut().enumerate().filter(|(x, _)| parts[*x] != 0.0) {
                slope[x] += (chance - right) * parts[x];
                row.iter_mut().zip(parts).for_each(|(cell, y)| *cell += chance * (1.0 - chance) * parts[x] * y);
            }
        }
        let step = solve(bend, slope);
        weights.iter_mut().zip(step).for_each(|(weight, step)| *weight -= step);
    }
    weights
}

/// Solves a positive definite system by elimination.
fn solve(mut matrix: Vec<Vec<f64>>, mut right: Vec<f64>) -> Vec<f64> {
    let size = right.len();
    for at in 0..size {
        let pivot = matrix[at].clone();
        for below in at + 1..size {
            let factor = matrix[below][at] / pivot[at];
            (at..size).for_each(|column| matrix[below][column] -= factor * pivot[column]);
            right[below] -= factor * right[at];
        }
    }
    for at in (0..size).rev() {
        let known: f64 = (at + 1..size).map(|column| matrix[at][column] * right[column]).sum();
        right[at] = (right[at] - known) / matrix[at][at];
    }
    right
}
