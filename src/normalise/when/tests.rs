use jiff::civil::date;

use super::*;
use crate::document::Span;
use crate::extract::measure_words::tests::{table, words};
use crate::extract::when::whens;
use crate::text::tokenize;

/// The rules in the repository.
pub(crate) fn rules() -> ResolveRules {
    table(include_str!("../../../rules/normalise.toml"), "when")
}

/// The days of the first date of a text published on Thursday, 14 September 2023.
fn days(text: &str, future: bool) -> String {
    let tokens = tokenize(text, Span::new(0, text.len()));
    let mention = whens(&tokens, &words()).into_iter().next().unwrap_or_else(|| panic!("{text}"));
    let value = resolve(&mention, Some(date(2023, 9, 14)), future, &rules());
    let again = WhenMention { value: value.clone(), ..mention };
    assert_eq!(resolve(&again, Some(date(2023, 9, 14)), future, &rules()), value, "{text}");
    match value.days {
        Some((first, last)) if first == last => first.to_string(),
        Some((first, last)) => format!("{first}..{last}"),
        None => String::new(),
    }
}

/// Times as they are written, and the days that they tell of on that day.
const RESOLVED: [(&str, &str); 56] = [
    ("on Sept. 13", "2023-09-13"),
    ("on Sept. 16", "2023-09-16"),
    ("on 3 May", "2023-05-03"),
    ("on December 24", "2022-12-24"),
    ("on December 24, 2019", "2019-12-24"),
    ("in July", "2023-07-01..2023-07-31"),
    ("in July 2019", "2019-07-01..2019-07-31"),
    ("in 2019", "2019-01-01..2019-12-31"),
    ("on Tuesday", "2023-09-12"),
    ("on Thursday", "2023-09-14"),
    ("last Thursday", "2023-09-07"),
    ("next Thursday", "2023-09-21"),
    ("Tuesday of last week", "2023-09-05"),
    ("yesterday", "2023-09-13"),
    ("last night", "2023-09-13"),
    ("this morning", "2023-09-14"),
    ("tomorrow", "2023-09-15"),
    ("three days ago", "2023-09-11"),
    ("two weeks ago", "2023-08-28..2023-09-03"),
    ("two months ago", "2023-07-01..2023-07-31"),
    ("a year ago", "2022-01-01..2022-12-31"),
    ("last week", "2023-09-04..2023-09-10"),
    ("next week", "2023-09-18..2023-09-24"),
    ("over the weekend", "2023-09-09..2023-09-10"),
    ("in June last year", "2022-06-01..2022-06-30"),
    ("last year's third quarter", "2022-07-01..2022-09-30"),
    ("the 2020 second quarter", "2020-04-01..2020-06-30"),
    ("this weekend", "2023-09-16..2023-09-17"),
    ("last weekend", "2023-09-09..2023-09-10"),
    ("last month", "2023-08-01..2023-08-31"),
    ("next year", "2024-01-01..2024-12-31"),
    ("last September", "2022-09-01..2022-09-30"),
    ("next April", "2024-04-01..2024-04-30"),
    ("late August", "2023-08-21..2023-08-31"),
    ("early August", "2023-08-01..2023-08-11"),
    ("mid-May", "2023-05-12..2023-05-20"),
    ("early 2024", "2024-01-01..2024-05-03"),
    ("early next year", "2024-01-01..2024-05-03"),
    ("the end of the year", "2023-08-29..2023-12-31"),
    ("the third quarter of 2019", "2019-07-01..2019-09-30"),
    ("the first half of 2020", "2020-01-01..2020-06-30"),
    ("in the 1990s", "1990-01-01..1999-12-31"),
    ("last summer", "2023-06-01..2023-08-31"),
    ("summer 2021", "2021-06-01..2021-08-31"),
    ("last quarter", "2023-04-01..2023-06-30"),
    ("this decade", "2020-01-01..2029-12-31"),
    ("from Monday to Wednesday", "2023-09-11..2023-09-13"),
    ("from Friday to Sunday", "2023-09-08..2023-09-10"),
    ("September 10 to 13", "2023-09-10..2023-09-13"),
    ("from November to February", "2022-11-01..2023-02-28"),
    ("from 2010 to 2015", "2010-01-01..2015-12-31"),
    ("9/11/2023", "2023-01-01..2023-12-31"),
    ("23/11/2023", "2023-11-23"),
    ("2023-02-30", ""),
    ("the following day", ""),
    ("three days later", ""),
];

#[test]
fn resolves_against_the_day_of_publication() {
    for (text, expected) in RESOLVED {
        assert_eq!(days(text, false), expected, "{text}");
    }
}

#[test]
fn the_tense_chooses_the_side() {
    for (text, past, future) in [
        ("on Tuesday", "2023-09-12", "2023-09-19"),
        ("on Saturday", "2023-09-09", "2023-09-16"),
        ("on Thursday", "2023-09-14", ""),
        ("this Saturday", "2023-09-16", "2023-09-16"),
        ("this Tuesday", "2023-09-12", "2023-09-19"),
        ("next Friday", "", ""),
        ("on March 3", "2023-03-03", "2024-03-03"),
        ("in January", "2023-01-01..2023-01-31", "2024-01-01..2024-01-31"),
        ("this weekend", "2023-09-16..2023-09-17", "2023-09-16..2023-09-17"),
    ] {
        assert_eq!(days(text, false), past, "{text}");
        assert_eq!(days(text, true), future, "{text}");
    }
}

#[test]
fn a_deadline_is_to_come() {
    let check = |expected: &str, texts: &[&str]| {
        for text in texts {
            assert_eq!(days(text, false), expected, "{text}");
        }
    };
    check(
        "2023-09-19",
        &[
            "The bridge is closed until Tuesday after a lorry hit it.",
            "Police closed the bridge until Tuesday.",
            "Schools were closed till Tuesday evening.",
            "The talks were adjourned until Tuesday",
            "Drivers must pay the toll by Tuesday, the council said.",
            "It ordered the owner to repair the pier before Tuesday.",
            "The company has until Tuesday to reply.",
            "The pier does not open until Tuesday.",
        ],
    );
    check(
        "2023-09-12",
        &[
            "The ferry was not found until Tuesday.",
            "The ferry was not allowed to sail until Tuesday.",
            "She had lived there until Tuesday.",
            "He stayed in the hospital until Tuesday.",
            "By Tuesday 12 people had died in the storm.",
            "The water had receded by Tuesday.",
            "Four people died before Tuesday.",
            "It will open soon, and the mayor said on Tuesday that it is safe.",
        ],
    );
    check("2024-04-01..2024-04-30", &["The park is closed until April."]);
}

#[test]
fn nothing_is_resolved_without_an_anchor() {
    for (text, expected) in [
        ("on Tuesday", None),
        ("last week", None),
        ("on Sept. 13", None),
        ("on Sept. 13, 2023", Some((date(2023, 9, 13), date(2023, 9, 13)))),
    ] {
        let tokens = tokenize(text, Span::new(0, text.len()));
        let mention = whens(&tokens, &words()).into_iter().next().unwrap();
        assert_eq!(resolve(&mention, None, false, &rules()).days, expected, "{text}");
    }
}

#[test]
fn examples_hold() {
    let found = |text: &String| {
        let tokens = tokenize(text, Span::new(0, text.len()));
        let mentions = whens(&tokens, &words());
        mentions.iter().any(|mention| resolve(mention, Some(date(2023, 9, 14)), false, &rules()).days.is_some())
    };
    assert!(rules().fires.iter().all(found));
    assert!(!rules().silent.iter().any(found));
}
