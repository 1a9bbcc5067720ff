use super::*;
use crate::claim::Clock;
use crate::document::Span;
use crate::extract::measure_words::tests::words;
use crate::text::tokenize;

/// Every date of a text in short: `w7 afternoon`, `-09-13`, `day-1`, `18:38+540`.
fn read(text: &str, words: &MeasureWords) -> String {
    let tokens = tokenize(text, Span::new(0, text.len()));
    whens(&tokens, words).iter().map(short).collect::<Vec<_>>().join("; ")
}

fn short(mention: &WhenMention) -> String {
    let mut words = vec![written(&mention.value)];
    if let Some(until) = &mention.until {
        words.push(format!("to {}", written(until)));
    }
    if let Some(relative) = mention.relative {
        let from = if relative.origin == Origin::Story { "story " } else { "" };
        let shift = relative.shift.map_or(String::new(), |shift| format!("{shift:+}"));
        let piece = if relative.piece == Piece::Whole { String::new() } else { format!("{:?}", relative.piece) };
        words.push(format!("{from}{:?}{shift} {piece}", relative.unit).to_lowercase());
    }
    words.join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn written(when: &When) -> String {
    let mut words = Vec::new();
    words.extend(when.weekday.map(|day| format!("w{day}")));
    let year = when.year.map_or(String::new(), |year| year.to_string());
    match (when.month, when.day) {
        (Some(month), Some(day)) => words.push(format!("{year}-{month:02}-{day:02}")),
        (Some(month), None) => words.push(format!("{year}-{month:02}")),
        _ => words.push(year),
    }
    words.extend(when.part.map(|part| format!("{part:?}").to_lowercase()));
    words.extend(when.clock.map(clock));
    if when.about {
        words.push("about".into());
    }
    words.join(" ")
}

fn clock(clock: Clock) -> String {
    let about = if clock.about { "~" } else { "" };
    let offset = clock.offset.map_or(String::new(), |offset| format!("{offset:+}"));
    let summer = if clock.summer { "s" } else { "" };
    let beside = if clock.beside { "?" } else { "" };
    format!("{about}{}:{:02}{offset}{summer}{beside}", clock.minute / 60, clock.minute % 60)
}

fn check(cases: &[(&str, &str)]) {
    let words = words();
    let wrong = cases.iter().filter_map(|(text, expected)| {
        let found = read(text, &words);
        (found != *expected).then(|| format!("{text}\n    found:    {found}\n    expected: {expected}\n"))
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "\n{}", wrong.concat());
}

#[test]
fn calendar_dates() {
    check(&[
        ("on Sept. 13 they met", "-09-13"),
        ("on Sep. 4, the paper said", "-09-04"),
        ("13 September 2023", "2023-09-13"),
        ("the 13th of September", "-09-13"),
        ("the fourth of July", "-07-04"),
        ("September 13, 2023, in Rome", "2023-09-13"),
        ("September 10 to 13", "-09-10 to -09-13"),
        ("Sept. 10-13, 2021", "2021-09-10 to 2021-09-13"),
        ("the 12 Oct. 4 marchers", "-10-04"),
        ("on 13 September 11 people", "-09-13"),
        ("10\u{2013}13 September", "-09-10 to -09-13"),
        ("2023-09-13", "2023-09-13"),
        ("9/11/2023", "2023"),
        ("23/11/2023", "2023-11-23"),
        ("in July", "-07"),
        ("July 2023", "2023-07"),
        ("on May 5", "-05-05"),
        ("in May", "-05"),
        ("in 2019", "2019"),
        ("the 2016 election", "2016"),
        ("between 2010 and 2015", "2010 to 2015"),
        ("2010-15", "2010 to 2015"),
        ("from July to September", "-07 to -09"),
        ("in the 1990s", "1990 decade"),
        ("Tuesday, Sept. 12, 2023", "w2 2023-09-12"),
        ("on Sat., Sept. 9", "w6 -09-09"),
        ("a March 31 deadline", "-03-31"),
        ("in July.", "-07"),
        ("26/11/2008", "2008-11-26"),
    ]);
}

#[test]
fn pieces() {
    check(&[
        ("in late August", "-08 named late"),
        ("in early 2024", "2024 named early"),
        ("beginning in 2024", "2024"),
        ("in mid-May", "-05 named middle"),
        ("in the mid-1990s", "1990 decade middle"),
        ("early next year", "year+1 early"),
        ("at the end of the year", "year+0 late"),
        ("by the end of September", "-09 named late"),
        ("last summer", "named-1 summer"),
        ("in the summer of 2020", "2020 named summer"),
        ("in the third quarter of 2020", "2020 named quarter(3)"),
        ("third-quarter profit", "named quarter(3)"),
        ("in the first half of 2020", "2020 named half(1)"),
        ("early Wednesday", "w3 early"),
        ("late on Monday", "w1 night"),
    ]);
}

#[test]
fn relatives() {
    check(&[
        ("last week", "week-1"),
        ("next month", "month+1"),
        ("yesterday", "day-1"),
        ("last night", "night day-1"),
        ("this morning", "morning day+0"),
        ("three days later", "story day+3"),
        ("three days ago", "day-3"),
        ("several weeks ago", "about week-3"),
        ("a year earlier", "about story year-1"),
        ("a decade ago", "about decade-1"),
        ("two and a half years ago", "about year-3"),
        ("the following day", "story day+1"),
        ("the next morning", "morning story day+1"),
        ("the previous week", "story week-1"),
        ("on Tuesday", "w2"),
        ("next Friday", "w5 named+1"),
        ("last September", "-09 named-1"),
        ("this weekend", "weekend+0"),
        ("Tuesday of last week", "w2 week-1"),
        ("from Monday to Thursday", "w1 to w4"),
        ("Monday through Thursday", "w1 to w4"),
        ("in June last year", "-06 year-1"),
        ("over the weekend", "weekend"),
        ("last year's third quarter", "year-1 quarter(3)"),
    ]);
}

#[test]
fn times() {
    check(&[
        ("on Sunday afternoon", "w7 afternoon"),
        ("on Tuesday evening", "w2 evening"),
        ("yesterday morning", "morning day-1"),
        ("at 5:16 PM", "17:16"),
        ("at 6 p.m. on Monday", "w1 18:00"),
        ("on Monday at about 6 p.m.", "w1 ~18:00"),
        ("at 18:38 (0938 GMT)", "18:38+540"),
        ("at 18:38 local time (09:38 GMT) on Sunday", "w7 18:38+540"),
        ("at 0938 GMT", "9:38+0"),
        ("at 5 p.m. EST Nov. 9", "-11-09 17:00-300"),
        ("at 5.30pm", "17:30"),
        ("at 12:05 a.m.", "0:05"),
        ("at noon on Friday", "w5 noon"),
        ("shortly after midnight", "night about"),
        ("shortly before midnight on Sunday", "w7 ~23:50"),
        ("at dawn", "early"),
        ("at 11:11 p.m. local time on Friday", "w5 23:11"),
        ("at 4.30am", "4:30"),
        ("at midnight on Wednesday", "w3 night"),
        ("at six o'clock", "6:00"),
        ("at quarter past one", "1:15"),
        ("until ten to four", "3:50"),
        ("by ten to four", ""),
        ("at half past ten in the evening", "22:30"),
        ("at eighteen minutes to ten", "9:42"),
        ("cut from seventeen to ten", ""),
        ("at 4 in the morning", "4:00"),
        ("in the afternoon", "afternoon"),
        ("in the early hours of Sunday", "w7 early"),
        ("Tuesday at 21:05", "w2 21:05"),
        ("around 7:15 p.m. Thursday", "w4 ~19:15"),
        ("at 7pm AEST", "19:00+600"),
        ("at 9pm New Zealand time", "21:00+720s"),
        ("at 5 p.m. Eastern time", "17:00-300s"),
        ("at 5 p.m. Eastern Daylight Time on Friday", "w5 17:00-240"),
        ("at 5 p.m. ET", "17:00-300s"),
        ("at 3 p.m. Moscow time", "15:00+180"),
        ("at 11:30 UTC+5", "11:30+300"),
        ("at 11:30 UTC+5:30", "11:30+330"),
        ("at 11:30 UTC-5", "11:30-300"),
        ("around 2310 GMT on Friday", "w5 ~23:10+0"),
        ("at 3.17 a.m. in France", "3:17+60s?"),
        ("at 10:30 local time", "10:30"),
        ("at 10:30 (4 p.m. Tokyo time)", "10:30+210"),
        ("on 15.11.2025 at approximately 04:40 hrs", "2025-11-15 ~4:40"),
        ("at 1930 hrs", "19:30"),
        ("a beacon at 0217, the guard said", "2:17"),
        ("at half past seven", "7:30"),
        ("until a quarter past eight", "8:15"),
        ("at 2.17am", "2:17"),
        ("at 12 noon on Friday", "w5 noon"),
    ]);
}

fn check_silent(texts: &[&str]) {
    check(&texts.iter().map(|text| (*text, "")).collect::<Vec<_>>());
}

#[test]
fn silents() {
    check_silent(&[
        "They may march.",
        "They march through the town.",
        "The Sun reported it.",
        "She sat in the sun.",
        "Mr. May resigned.",
        "Theresa May resigned.",
        "Black Friday sales",
        "An august body",
        "April Smith left.",
        "It is the second of three.",
        "He won every Monday.",
        "Prices fall.",
        "They spring into action.",
        "The score was 3-1.",
        "2,019 people came.",
        "About 2000 troops came.",
        "It cost $2000.",
        "A 2000-page report",
        "The fall of the government",
        "At last they left.",
        "This is late.",
        "Last of all they left.",
        "The last days were hard.",
        "John 3:16 is read.",
    ]);
}

#[test]
fn examples_hold() {
    let words = words();
    words.when.fires.iter().for_each(|text| assert_ne!(read(text, &words), "", "{text}"));
    words.when.silent.iter().for_each(|text| assert_eq!(read(text, &words), "", "{text}"));
}
