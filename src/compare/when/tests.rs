use jiff::civil::date;

use super::*;
use crate::compare::interval::tests::table;
use crate::document::Span;
use crate::extract::measure_words::tests::words;
use crate::extract::when::whens;
use crate::normalise::when::{resolve, tests::rules as resolving};
use crate::text::tokenize;

fn when(text: &str, anchored: bool) -> When {
    let tokens = tokenize(text, Span::new(0, text.len()));
    let mention = whens(&tokens, &words()).into_iter().next().unwrap_or_else(|| panic!("{text}"));
    resolve(&mention, anchored.then(|| date(2023, 9, 14)), false, &resolving())
}

fn relation(left: &str, right: &str, anchored: (bool, bool)) -> Relation {
    let rules: WhenCompareRules = table("when");
    let (a, b) = (when(left, anchored.0), when(right, anchored.1));
    let there = compare_whens(&a, &b, &rules).relation;
    assert_eq!(there, compare_whens(&b, &a, &rules).relation, "{left} / {right}");
    assert_eq!(compare_whens(&a, &a, &rules).relation, Relation::Same, "{left}");
    there
}

#[test]
fn weighs_dates_without_an_anchor() {
    use Relation::*;
    for (left, right, expected) in [
        ("on Monday", "on Monday", Same),
        ("on Monday", "on Tuesday", Incompatible),
        ("on Monday", "on Sept. 13", Unknown),
        ("on Sept. 13", "September 13, 2023", LessPrecise),
        ("on Sept. 13", "September 14, 2023", Incompatible),
        ("in September", "September 14, 2023", LessPrecise),
        ("in August", "September 14, 2023", Incompatible),
        ("in 2022", "September 14, 2023", Incompatible),
        ("on Wednesday", "September 13, 2023", LessPrecise),
        ("on Sunday afternoon", "on Sunday evening", Incompatible),
        ("on Sunday morning", "at dawn on Sunday", LessPrecise),
        ("shortly before midnight on Sunday", "at 0:20 a.m. on Monday", LessPrecise),
        ("shortly before midnight on Sunday", "at 4.40 a.m. on Monday", Incompatible),
        ("shortly before midnight on Sunday", "at 1.30 a.m. on Sunday", Incompatible),
        ("on Sunday evening", "on Sunday night", LessPrecise),
        ("on Sunday afternoon", "at 3:30 p.m. on Sunday", LessPrecise),
        ("on Sunday afternoon", "at 18:38 on Sunday", Incompatible),
        ("on Sunday", "on Sunday evening", LessPrecise),
        ("at 5 p.m.", "at 17:00", Same),
        ("at 5 p.m.", "at 5:05 p.m.", LessPrecise),
        ("at 5 p.m.", "at 6:30 p.m.", Incompatible),
        ("about 5 p.m.", "at 5:45 p.m.", LessPrecise),
        ("at 5:00", "at 17:00", Unknown),
        ("at 5:40 a.m.", "at 5:40 p.m.", Incompatible),
        ("at 05:40", "at 17:40", Incompatible),
        ("at 5 o'clock", "at 5 p.m.", Unknown),
        ("at 18:38 (0938 GMT)", "at 0938 GMT", Same),
        ("at 18:38 (0938 GMT)", "at 1138 GMT", Incompatible),
        ("at 0938 GMT", "on Sunday evening", Unknown),
        ("at 7pm AEST", "at 9pm New Zealand time", Same),
        ("at 7pm AEST", "at 10pm New Zealand time", Same),
        ("at 7pm AEST", "at 6pm New Zealand time", Incompatible),
        ("at 4:40 a.m.", "at 08:40 GMT", LessPrecise),
        ("at 4:40 a.m.", "at 08:55 GMT", Unknown),
        ("at 4:40 a.m. on Saturday", "at 2310 GMT on Friday", LessPrecise),
        ("at 4:40 a.m. on Saturday", "at 2310 GMT on Thursday", Unknown),
        ("at 10:40 GMT on Saturday", "at 2310 GMT on Friday", Incompatible),
        ("at 8:40 GMT on Friday", "at 08:40 UTC", LessPrecise),
        ("at 2.17am", "at 3.17 a.m. in France", LessPrecise),
        ("at 9 p.m.", "at 8 p.m. in Paris", Incompatible),
        ("May 2 to 5, 2021", "May 2 to 5, 2021", Same),
        ("in the 1990s", "in 1994", LessPrecise),
    ] {
        assert_eq!(relation(left, right, (false, false)), expected, "{left} / {right}");
    }
}

#[test]
fn weighs_dates_with_an_anchor() {
    use Relation::*;
    for (left, right, expected) in [
        ("on Monday", "on Sept. 11", Same),
        ("on Monday", "three days ago", Same),
        ("yesterday", "on Sept. 13", Same),
        ("yesterday", "on Tuesday", Incompatible),
        ("late August", "on August 28", LessPrecise),
        ("late August", "on August 3", Incompatible),
        ("last week", "on September 6", LessPrecise),
        ("last week", "on September 3", Unknown),
        ("last week", "on September 12", Incompatible),
        ("from Monday to Wednesday", "on Tuesday", LessPrecise),
        ("from Monday to Wednesday", "September 11 to 13", Same),
        ("two months ago", "in June", Unknown),
        ("last year", "in 2022", Same),
    ] {
        assert_eq!(relation(left, right, (true, true)), expected, "{left} / {right}");
    }
}

#[test]
fn examples_hold() {
    let rules: WhenCompareRules = table("when");
    for [a, b] in &rules.fires {
        assert_eq!(relation(a, b, (false, false)), Relation::Incompatible, "{a} / {b}");
    }
    for [a, b] in &rules.silent {
        assert_ne!(relation(a, b, (false, false)), Relation::Incompatible, "{a} / {b}");
    }
}
