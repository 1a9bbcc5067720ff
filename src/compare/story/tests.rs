//! What two documents of one story contradict each other or agree in.

use std::sync::LazyLock;

use jiff::civil::{Date, date};

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

/// What comparing several documents of one story finds, whose days are not told.
pub fn findings(texts: &[&str]) -> Vec<Finding> {
    findings_of(texts, None)
}

/// The same where all are of one day.
fn findings_of(texts: &[&str], published: Option<Date>) -> Vec<Finding> {
    findings_on(texts, |_| published)
}

/// The same where each is of its own day.
pub fn findings_on(texts: &[&str], published: impl Fn(u32) -> Option<Date>) -> Vec<Finding> {
    static RULES: LazyLock<RuleBook> = LazyLock::new(|| RuleBook::load(None).unwrap());
    let RuleBook { matching, compare, extract, lexicon, .. } = &*RULES;
    let book = Book { matching, compare, extract, lexicon, gazetteer: Gazetteer::builtin(), near_misses: false };
    let member = |(unit, text): (u32, &&str)| Member {
        document: unit.to_string(),
        source: unit.to_string(),
        published: published(unit),
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

#[test]
fn swapped_digits_of_a_sum_are_a_slip_whoever_it_is_told_of() {
    let fined = "Holm Coastal Homes was given a fine of £1.2 million.";
    let penalty = "In court the builder got a penalty of £2.1 million.";
    assert_eq!(contradictions(fined, penalty), "£1.2 million / £2.1 million");
    assert_eq!(contradictions(fined, &penalty.replace("2.1", "3.4")), "");
}

fn contradict_within_a_day(left: &str, right: &str) -> bool {
    let found = findings_of(&[left, right], Some(date(2026, 3, 12)));
    found.into_iter().any(|f| f.verdict == Verdict::Contradicts)
}

#[test]
fn a_sum_that_is_planned_changes_no_digits_within_a_day() {
    let planned = "Norway's state wind fund is to put €340 million into the floating park off Ostby.";
    let paid = "The floating farm off Ostby gets 430 million euros from the Norwegian state wind fund.";
    assert!(contradict_within_a_day(planned, paid));
    assert!(!contradict_within_a_day(planned, &paid.replace("430", "500")));
}

#[test]
fn who_comes_on_top_of_the_dead_is_all_there_is_of_the_injured() {
    for (left, expected) in [
        ("Nine people were killed in the fire and another 47 were injured.", true),
        ("Nine people were killed in the fire and a further 47 were injured.", true),
        ("Nine people were killed in the fire and 47 more were injured.", true),
        ("After the fire another 47 people were found to be injured.", false),
    ] {
        let right = "Forty-one people were injured in the fire.";
        assert_eq!(contradict_within_a_day(left, right), expected, "{left}");
    }
}

#[test]
fn one_person_has_one_middle_name_in_a_story() {
    for (left, right, expected) in [
        ("Thomas Edward Holm", "Thomas Eric Holm", "Thomas Edward Holm / Thomas Eric Holm"),
        ("Thomas Edward Holm", "Thomas E. Holm", ""),
        ("Thomas Edward Holm", "Thomas Ed Holm", ""),
        ("Lars Østvik Holm", "Lars Ostvik Holm", ""),
        ("Lars Østvik Holm", "Nils Arnvid Holm", ""),
    ] {
        let report =
            |name: &str| format!("{name} pleaded guilty to arson in Bergen on Monday. The judge sent {name} to jail.");
        assert_eq!(contradictions(&report(left), &report(right)), expected, "{left} / {right}");
    }
}

#[test]
fn however_many_print_a_name_it_is_one_value() {
    let report = |name: &str, tells: &str| format!("{name} pleaded guilty to arson in Bergen. {tells}");
    let tells = ["He was calm.", "His sister wept.", "The court was full.", "It rained all day.", "Nobody spoke."];
    let mut texts: Vec<String> = tells.iter().map(|tells| report("Thomas Eric Holm", tells)).collect();
    texts.push(report("Thomas Edward Holm", "A guard led him out."));
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    assert_eq!(contradictions_among(&texts).split("; ").next(), Some("Thomas Eric Holm / Thomas Edward Holm"));
}

#[test]
fn the_first_of_two_deeds_may_be_told_first_or_last() {
    let released = "Nils Holm was released from jail in Bergen after serving three years of a four-year sentence.";
    for (other, expected) in [
        ("Nils Holm served three years in jail in Bergen before he was released.", ""),
        (
            "Nils Holm was released from jail in Bergen before serving three years of a four-year sentence.",
            "after / before",
        ),
    ] {
        assert_eq!(contradictions(released, other), expected, "{other}");
    }
}

#[test]
fn two_deeds_about_one_hour_are_in_no_order() {
    let boarded =
        "Nils Holm boarded the plane of the freed sailors at Nordland Air Base shortly before 3 a.m. on Thursday.";
    for (other, expected) in [
        ("Nils Holm greeted the freed sailors at the plane at Nordland Air Base shortly after 3 a.m. on Thursday.", ""),
        (
            "Nils Holm boarded the plane of the freed sailors at Nordland Air Base shortly after 3 a.m. on Thursday.",
            "after / before",
        ),
    ] {
        assert_eq!(contradictions(other, boarded), expected, "{other}");
    }
}
