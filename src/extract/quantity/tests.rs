use super::*;
use crate::document::Span;
use crate::extract::measure_words::tests::words;
use crate::text::tokenize;

/// Every quantity of a text in short: `>=30 people`, `2d`, `#3 time`, `10..15 %`.
fn read(text: &str, words: &MeasureWords) -> String {
    let tokens = tokenize(text, Span::new(0, text.len()));
    let found = quantities(&tokens, words);
    found.iter().map(short).collect::<Vec<_>>().join("; ")
}

fn short(mention: &QuantityMention) -> String {
    let Quantity { low, high, bound, unit, counted, .. } = &mention.value;
    let bound = match bound {
        Bound::Exact => "",
        Bound::About => "~",
        Bound::AtLeast => ">=",
        Bound::AtMost => "<=",
    };
    let ordinal = if mention.ordinal { "#" } else { "" };
    let (unit, size) = if unit == "s" { time(*low) } else { (unit.as_str(), 1.0) };
    let round = |value: f64| (value / size * 100.0).round() / 100.0;
    let value = if low == high { round(*low).to_string() } else { format!("{}..{}", round(*low), round(*high)) };
    let part = match mention.fraction_of {
        None => String::new(),
        Some(PartOf::Untold) => " of".into(),
        Some(PartOf::Mention(n)) => format!(" of {n}"),
    };
    format!("{ordinal}{bound}{value} {unit} {counted}{part}").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn time(seconds: f64) -> (&'static str, f64) {
    let sizes = [("y", 31_556_952.0), ("mo", 2_629_746.0), ("d", 86_400.0), ("h", 3600.0), ("min", 60.0)];
    sizes.into_iter().find(|(_, size)| seconds >= *size * 0.5 && seconds % (*size / 2.0) == 0.0).unwrap_or(("s", 1.0))
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
fn counts() {
    check(&[
        ("About 20 senior harbour officials boarded the ferry.", "~20 officials"),
        ("12 people were injured.", "12 people"),
        ("At least 30 miners were trapped.", ">=30 miners"),
        ("As many as 50 homes burned.", "<=50 homes"),
        ("The quake killed more than 1,200 people.", ">=1200 people"),
        ("Nearly two dozen firefighters came.", "~24 firefighters"),
        ("Three of the passengers escaped.", "3 passengers of"),
        ("12 of the 30 passengers escaped.", "12 passengers of 1; 30 passengers"),
        ("The blast hurt 12 people, including 3 children.", "12 people; 3 children of 0"),
        ("The blast hurt 12 people, of them 3 children.", "12 people; 3 children of 0"),
        ("Dozens of homes were flooded.", "~24..144 homes"),
        ("Hundreds of people fled.", "~200..1000 people"),
        ("Tens of thousands of fans sang.", "~20000..99000 fans"),
        ("A couple of windows broke.", "~2..3 windows"),
        ("Several ministers resigned.", "~3..9 ministers"),
        ("Between 3 and 5 boats sank.", "3..5 boats"),
        ("10 to 15 trucks waited.", "10..15 trucks"),
        ("10-15 trucks waited.", "10..15 trucks"),
        ("Two or three shots were heard.", "2..3 shots"),
        ("It rose from 10 to 15 cases.", "10; 15 cases"),
        ("Some 400 guests and 30 waiters stayed.", "~400 guests; 30 waiters"),
        ("30 or more ships left.", ">=30 ships"),
        ("One police officer died.", "1 officer"),
        ("Two 10-member teams raced.", "2 teams; 10 member"),
        ("It was her third win.", "#3 win"),
        ("On the 70th anniversary they met.", "#70 anniversary"),
        ("On the second day it rained.", "#2 day"),
        ("half a million voters", "500000 voters"),
        ("3.5 million voters", "3500000 voters"),
        ("1.2m voters", "1200000 voters"),
        ("300,000 jobs", "300000 jobs"),
        ("The jury of seven women and five men", "7 women; 5 men"),
        ("Four were arrested.", "4"),
        ("It sold 2 to 3 million copies.", "2000000..3000000 copies"),
        ("In Geneva 30 delegates met.", "30 delegates"),
        ("At least one climber was killed.", ">=1 climber"),
        ("A bus with 45 pilgrims hit 2 parked cars.", "45 pilgrims; 2 cars"),
        ("In all 14 were killed and 27 others wounded.", "14; 27 wounded"),
        ("The 27-nation bloc agreed.", "27 nation"),
        ("Two of the four crew members are missing.", "2 members of 1; 4 members"),
    ]);
}

#[test]
fn measures_and_money() {
    check(&[
        ("The bridge cost $3.5 billion.", "3500000000 USD"),
        ("It costs $3-5 billion.", "3000000000..5000000000 USD"),
        ("They paid US$2m.", "2000000 USD"),
        ("They got a $40 million loan.", "40000000 USD"),
        ("They paid A$40 million.", "40000000 AUD"),
        ("They paid 4 million euros.", "4000000 EUR"),
        ("A fine of £750 was set.", "750 GBP"),
        ("Rates rose 0.25 percentage points to 5 percent.", "0.25 pp; 5 %"),
        ("47% of the vote", "47 % vote"),
        ("It lies 30 miles away.", "48280.32 m"),
        ("A 5km run and a 100-metre sprint", "5000 m; 100 m"),
        ("It was 30 degrees Celsius.", "30 °C"),
        ("It was 86 degrees Fahrenheit.", "30 °C"),
        ("Two-thirds of voters agreed.", "66.67 % voters"),
        ("A quarter of the crew fell ill.", "25 % crew"),
        ("They won 3-1.", "1..3 score"),
        ("The side beat the champions 2\u{2013}0.", "0..2 score"),
        ("They drew 1-1.", "1 score"),
        ("A 34-year-old man, aged 34", "34 age; 34 age"),
        ("Maria Lopez, 41, said so.", "41 age"),
        ("She is 29 years old.", "29 age"),
        ("It drove at 60 miles per hour.", "26.82 m/s"),
        ("He earns $20 a day.", "20 USD/day"),
        ("500 square kilometres burned.", "500000000 m2"),
        ("between 5 and 10 per cent", "5..10 %"),
        ("a magnitude 6.8 quake", "6.8 magnitude"),
        ("a 6.8-magnitude quake", "6.8 magnitude"),
        ("About one in five adults in the town smokes.", "~20 % adults"),
        ("The bill passed 218-206.", "206..218 score"),
        ("Shares fell as much as 3.2 percent to $41.17.", "<=3.2 %; 41.17 USD"),
        ("It reached 41C (106F).", "41 °C; 41.11 °C"),
        ("The $1-billion project", "1000000000 USD"),
        ("More than half of the town's pupils", ">=50 % pupils"),
        ("winds of up to 120 mph", "<=53.64 m/s"),
        ("A pension of 500 rupees", "500 INR"),
        ("A hundred and twelve climbers came.", "112 climbers"),
        ("A thousand and five hundred climbers came.", "1500 climbers"),
        ("A prize of a quarter of a million dollars", "250000 USD"),
        ("half a million euros", "500000 EUR"),
        ("\u{a3}3bn", "3000000000 GBP"),
        ("The crack is roughly a mile long.", "~1609.34 m"),
        ("It stands a mile away.", "1609.34 m"),
        ("It ends less than a mile from the farm.", "<=1609.34 m"),
        ("It lies half a mile off.", "804.67 m"),
        ("It lies a mile and a half off.", "2414.02 m"),
        ("1.4 billion kilowatt-hours", "1400000000000 Wh"),
        ("They burnt 1,400GWh.", "1400000000000 Wh"),
        ("8.9 billion cubic metres of water", "8900000000000 l"),
        ("The lake holds 8.9km\u{b3}.", "8900000000000 l"),
        ("A hall of 180,000 square feet", "16722.55 m2"),
        ("A 180,000-square-foot hall", "16722.55 m2"),
        ("The 16,700 sq m hall", "16700 m2"),
        ("The 16,700m\u{b2} hall", "16700 m2"),
        ("12 nautical miles away", "22224 m"),
        ("A 46ft boat and a 14-metre one", "14.02 m; 14 m"),
        ("It flew at 120 km/h.", "33.33 m/s"),
        ("It flew at 120km/h.", "33.33 m/s"),
        ("An engine of 200 horsepower", "149139.97 W"),
        ("980 hPa at its heart", "98000 Pa"),
        ("Winds of 38 knots, gusting to 52, blew.", "19.55 m/s; 26.75 m/s"),
        ("It rose from 38 knots to 52.", "19.55 m/s; 52"),
        ("A foot was broken.", ""),
        ("She took a degree.", ""),
    ]);
}

#[test]
fn durations() {
    check(&[
        ("It was a two-day visit.", "2 d"),
        ("It lasted five days.", "5 d"),
        ("He ruled for over three years.", ">=3 y"),
        ("It rained over two days.", "2 d"),
        ("A week-long strike", "7 d"),
        ("A weeklong strike", "7 d"),
        ("It took 90 minutes.", "1.5 h"),
        ("The siege lasted an hour and a half.", "1.5 h"),
        ("They talked for half an hour.", "0.5 h"),
        ("They talked for two hours and 30 minutes.", "2.5 h"),
        ("She won in two hours, five minutes and 60 seconds.", "126 min"),
        ("She won in two hours, six minutes, and went home.", "126 min"),
        ("They waited for a week.", "7 d"),
        ("They waited two more weeks.", "14 d"),
        ("It will take 10 to 15 minutes.", "10..15 min"),
        ("a 10-day break", "10 d"),
        ("several days of talks", "~3..9 d"),
        ("a couple of hours", "~2..3 h"),
        ("The fair ran from Monday to Thursday.", "3..4 d"),
        ("He stayed from September 10 to 13.", "3..4 d"),
        ("They fought from 2010 to 2015.", "5..6 y"),
        ("two and a half years", "2.5 y"),
        ("at least 72 hours", ">=3 d"),
        ("less than a month", "<=1 mo"),
        ("as long as a month", "<=1 mo"),
        ("an eight-month-old truce", "8 mo"),
        ("They talked for weeks.", "~14..140 d"),
        ("within months", "~2..20 mo"),
        ("over the whole decade", "10 y"),
        ("twenty four hours", "1 d"),
        ("within a week", "7 d"),
        ("a 12-hour debate", "0.5 d"),
        ("six to eight weeks", "42..56 d"),
        ("three-and-a-half years", "3.5 y"),
        ("They talked for two hours and a half.", "2.5 h"),
        ("It took a fortnight.", "14 d"),
        ("It took nearly a year.", "~1 y"),
        ("It took three-quarters of an hour.", "45 min"),
    ]);
}

fn check_silent(texts: &[&str]) {
    check(&texts.iter().map(|text| (*text, "")).collect::<Vec<_>>());
}

#[test]
fn silents() {
    check_silent(&[
        "No one knows.",
        "One of the guards slept.",
        "They met one-on-one.",
        "It is one that nobody wants.",
        "A Boeing 737 landed.",
        "They moored at Pier 33.",
        "He drives in Formula One.",
        "The G7 met.",
        "It began after World War II.",
        "He was born in 1984.",
        "The 2016 election was close.",
        "On May 5 they left.",
        "Flight 370 vanished.",
        "They invoked Article 50.",
        "He arrived at 5:16 PM.",
        "They talked overnight.",
        "Call 555-0134.",
        "See page 12.",
        "Few people came.",
        "The COVID-19 tests were late.",
        "She quit three days ago.",
        "It fell a year earlier.",
        "No. 7 won.",
        "The trial was moved from Monday to Thursday.",
        "In the 1990s it grew.",
        "He will one day be king.",
        "A Category 4 hurricane passed.",
        "It won in 26:44.33.",
        "He is in his 30s.",
        "They work 24/7.",
        "Between 6 and 9 a.m. it rained.",
        "The days were short.",
    ]);
}

#[test]
fn examples_hold() {
    let words = words();
    let rules = &words.quantity;
    rules.fires.iter().for_each(|text| assert_ne!(read(text, &words), "", "{text}"));
    rules.silent.iter().for_each(|text| assert_eq!(read(text, &words), "", "{text}"));
}
