//! What two documents of one story contradict each other or agree in.

use std::sync::LazyLock;

use super::compare_story;
use crate::compare::Book;
use crate::compare::finding::Finding;
use crate::comparison::Verdict;
use crate::extract::examples::{claims_of, statements_of};
use crate::matching::group::{Member, Story};
use crate::normalise::place::Gazetteer;
use crate::rules::RuleBook;

/// What two documents of one story contradict each other in, as `left / right; …`.
pub fn contradictions(left: &str, right: &str) -> String {
    contradictions_among(&[left, right])
}

/// What any two of several documents of one story contradict each other in.
pub fn contradictions_among(texts: &[&str]) -> String {
    found(texts, |verdict| verdict == Verdict::Contradicts)
}

/// What two documents of one story agree in, statements aside.
pub fn agreements(left: &str, right: &str) -> String {
    found(&[left, right], Verdict::supports)
}

fn found(texts: &[&str], wanted: impl Fn(Verdict) -> bool) -> String {
    let told = findings(texts).into_iter().filter(|f| f.attribute != "statement" && wanted(f.verdict));
    let mut shown: Vec<String> = told.map(|f| format!("{} / {}", f.a.value, f.b.value)).collect();
    shown.sort();
    shown.dedup();
    shown.join("; ")
}

/// What comparing several documents of one story finds.
pub fn findings(texts: &[&str]) -> Vec<Finding> {
    static RULES: LazyLock<RuleBook> = LazyLock::new(|| RuleBook::load(None).unwrap());
    let RuleBook { matching, compare, extract, lexicon, .. } = &*RULES;
    let book = Book { matching, compare, extract, lexicon, gazetteer: Gazetteer::builtin(), near_misses: false };
    let member = |(unit, text): (u32, &&str)| Member {
        document: unit.to_string(),
        source: unit.to_string(),
        published: None,
        unit,
        places: Vec::new(),
        borrowed: Vec::new(),
        claims: claims_of(text, extract),
        statements: statements_of(text, extract),
    };
    let story = Story { id: "s".into(), members: (0..).zip(texts).map(member).collect() };
    compare_story(&story, &book).findings.into_iter().collect()
}

#[test]
fn equal_values_need_little_company() {
    for (left, right, expected) in [
        (
            "The deal won the support of 71% of the crew.",
            "It passed with the support of 71 percent.",
            "71% / 71 percent",
        ),
        ("The court fined the mill £650,000.", "A fine of £0.65m was imposed.", "£650,000 / £0.65m"),
        ("Two men stood at the quay.", "The two boats were sold.", ""),
    ] {
        assert_eq!(agreements(left, right), expected, "{left} / {right}");
    }
}
