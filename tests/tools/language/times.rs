//! TimeML (TempEval-3's TimeBank and AQUAINT): lengths of time, and days and times of day.
//!
//! A mention is found when it overlaps one that the set marks with the same type (`DATE` and
//! `TIME` are one); marks without a value in digits (`PAST_REF`) count where found and are not
//! missed. Both ends of a range count. A length is right within a fifth of what its writing leaves
//! open; a day when the value is the same as far as the set gives it, and no less precise.

use std::error::Error;
use std::fs;
use std::ops::Range;
use std::path::PathBuf;

use jiff::civil::Date;
use variorum::claim::{DayPart, Kind, Modality, When};
use variorum::document::{DateOrigin, Document, Published};
use variorum::extract::annotations::{Annotations, annotate};
use variorum::extract::kit::Kit;
use variorum::extract::modality::stance;
use variorum::extract::when::{CalendarUnit, Piece, WhenMention};
use variorum::normalise::place::Gazetteer;
use variorum::normalise::when::resolve;
use variorum::reading::Reading;
use variorum::rules::RuleBook;

use super::{Tally, around, files};

/// Measures all files of some folders: lengths first, then days.
pub fn measure(folders: &[PathBuf]) -> Result<[Tally; 2], Box<dyn Error>> {
    let book = RuleBook::load(None)?;
    let kit = Kit::new(&book.extract, &book.normalise, &book.lexicon, Gazetteer::builtin());
    let mut tallies = [Tally::new("durations"), Tally::new("dates")];
    for folder in folders {
        for path in files(folder, "tml")? {
            let Some(gold) = Gold::read(&String::from_utf8_lossy(&fs::read(&path)?)) else { continue };
            let document = Document { text: gold.text.clone(), ..Document::default() };
            let reading = Reading::prose(&document, &book.clean.tables.abbreviations);
            let published = gold.day.map(|date| Published { date, origin: DateOrigin::Metadata });
            let notes = annotate(&reading, published, &kit);
            compare(&gold, &lengths(&notes), is_length, &mut tallies[0]);
            compare(&gold, &days(&notes), |mark| !is_length(mark), &mut tallies[1]);
        }
    }
    Ok(tallies)
}

/// A `TIMEX3` element.
struct Mark {
    bytes: Range<usize>,
    kind: String,
    value: String,
}

/// A text with its marks and its own day.
struct Gold {
    text: String,
    day: Option<Date>,
    marks: Vec<Mark>,
}

impl Gold {
    /// Reads a TimeML file: the text of its element `TEXT`, lines of one paragraph joined.
    fn read(file: &str) -> Option<Self> {
        let written = between(file, "<DCT>", "</DCT>").and_then(|dct| attribute(dct, "value")).unwrap_or_default();
        let digits: String = written.chars().filter(char::is_ascii_digit).take(8).collect();
        let day = Date::strptime("%Y%m%d", &digits).ok();
        let mut gold = Self { text: String::new(), day, marks: Vec::new() };
        let mut open: Vec<(usize, &str)> = Vec::new();
        let body = between(file, "<TEXT>", "</TEXT>")?;
        for piece in body.split('<') {
            let (tag, text) = piece.split_once('>').unwrap_or(("", piece));
            match tag.split_whitespace().next() {
                Some("TIMEX3") if !tag.ends_with('/') => open.push((gold.text.len(), tag)),
                Some("/TIMEX3") => gold.close(open.pop()),
                _ => {}
            }
            gold.text.push_str(&unescaped(text));
        }
        gold.text = joined(&gold.text);
        Some(gold)
    }

    fn close(&mut self, open: Option<(usize, &str)>) {
        let Some((start, tag)) = open else { return };
        let field = |name: &str| attribute(tag, name).unwrap_or_default().to_owned();
        self.marks.push(Mark { bytes: start..self.text.len(), kind: field("type"), value: field("value") });
    }
}

fn between<'t>(text: &'t str, open: &str, close: &str) -> Option<&'t str> {
    let from = text.find(open)? + open.len();
    Some(&text[from..from + text[from..].find(close)?])
}

fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    between(tag, &format!(" {name}=\""), "\"")
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&apos;", "'").replace("&amp;", "&")
}

/// One paragraph a line: a single line break becomes a space, so that no byte moves.
fn joined(text: &str) -> String {
    let bytes = text.as_bytes();
    let blank = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_none_or(|b| *b == b'\n');
    let single = |at: usize| !blank(at.checked_sub(1)) && !blank(Some(at + 1));
    text.char_indices().map(|(at, c)| if c == '\n' && single(at) { ' ' } else { c }).collect()
}

fn is_length(mark: &Mark) -> bool {
    mark.kind == "DURATION"
}

/// What the program found: where, and the values it may mean.
struct Found {
    bytes: Range<usize>,
    value: Meant,
}

enum Meant {
    /// Seconds: the least, the greatest, and how far the writing may be off.
    Length(f64, f64, f64),
    /// A day as TimeML writes it; nothing where none is certain.
    Day(Option<String>),
}

fn lengths(notes: &Annotations) -> Vec<Found> {
    let dated = |tokens: &Range<usize>| notes.whens.iter().any(|w| overlap(&w.tokens, tokens));
    let found = notes.quantities.iter().filter(|q| q.kind == Kind::Duration && !dated(&q.tokens));
    found.map(|q| found_at(notes, &q.tokens, Meant::Length(q.value.low, q.value.high, q.value.tolerance))).collect()
}

fn days(notes: &Annotations) -> Vec<Found> {
    let both = |w: &WhenMention| if w.until.is_some() { &[false, true][..] } else { &[false] };
    let ends = notes.whens.iter().flat_map(|w| both(w).iter().map(move |last| (w, *last)));
    ends.map(|(w, last)| found_at(notes, &w.tokens, Meant::Day(day(notes, w, last)))).collect()
}

fn found_at(notes: &Annotations, tokens: &Range<usize>, value: Meant) -> Found {
    let span = notes.reading.span_of(tokens.clone());
    Found { bytes: span.start as usize..span.end as usize, value }
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// The day of a mention, or the last of its days, in the shape of TimeML's `value`.
fn day(notes: &Annotations, mention: &WhenMention, until: bool) -> Option<String> {
    let sentences = &notes.reading.sentences;
    let sentence = &sentences[sentences.partition_point(|s| s.tokens.end <= mention.tokens.start)];
    let at = mention.tokens.start - sentence.tokens.start;
    let planned = stance(notes.reading.tokens_of(sentence), at..at + 1, &notes.kit.rules.modality).modality;
    let anchor = notes.published.map(|p| p.date);
    let when = resolve(mention, anchor, planned == Modality::Planned, &notes.kit.normalise.when);
    let (first, last) = when.days?;
    let (first, last) = match (&mention.until, until) {
        (Some(end), true) => (if end.day.is_some() || end.weekday.is_some() { last } else { first }, last),
        (Some(_), false) if mention.value.day.is_some() || mention.value.weekday.is_some() => (first, first),
        _ => (first, last),
    };
    let (unit, piece) = mention.relative.map_or((CalendarUnit::Named, Piece::Whole), |r| (r.unit, r.piece));
    Some(written(&when, first, last, unit, piece))
}

fn written(when: &When, first: Date, last: Date, unit: CalendarUnit, piece: Piece) -> String {
    let year = first.year();
    let length = (last - first).get_days() + 1;
    match (piece, unit) {
        (Piece::Spring, _) => format!("{year}-SP"),
        (Piece::Summer, _) => format!("{year}-SU"),
        (Piece::Autumn, _) => format!("{year}-FA"),
        (Piece::Winter, _) => format!("{year}-WI"),
        (Piece::Quarter(_), _) | (_, CalendarUnit::Quarter) => format!("{year}-Q{}", (first.month() - 1) / 3 + 1),
        (Piece::Half(half), _) => format!("{year}-H{half}"),
        (_, CalendarUnit::Century) => (year / 100).to_string(),
        (_, CalendarUnit::Decade) => (year / 10).to_string(),
        (_, CalendarUnit::Week | CalendarUnit::Weekend) if length > 1 => {
            let week = last.iso_week_date();
            let end = if unit == CalendarUnit::Weekend { "-WE" } else { "" };
            format!("{}-W{:02}{end}", week.year(), week.week())
        }
        _ if length == 1 => format!("{first}{}", time(when)),
        (_, CalendarUnit::Year) if length > 31 => year.to_string(),
        _ if length > 60 || first.year() != last.year() => year.to_string(),
        _ => format!("{year}-{:02}", first.month()),
    }
}

fn time(when: &When) -> String {
    match (when.clock, when.part) {
        (Some(clock), _) => format!("T{:02}:{:02}", clock.minute / 60, clock.minute % 60),
        (None, Some(part)) => format!("T{}", code(part)),
        (None, None) => String::new(),
    }
}

fn code(part: DayPart) -> &'static str {
    match part {
        DayPart::Early | DayPart::Morning => "MO",
        DayPart::Noon => "12:00",
        DayPart::Afternoon => "AF",
        DayPart::Evening => "EV",
        DayPart::Night => "NI",
    }
}

fn compare(gold: &Gold, found: &[Found], chosen: impl Fn(&Mark) -> bool, tally: &mut Tally) {
    let mut used = vec![false; found.len()];
    let kinds = ["DATE", "TIME", "DURATION"];
    for mark in gold.marks.iter().filter(|m| kinds.contains(&m.kind.as_str()) && chosen(m)) {
        let shown = |value: &str| {
            format!("{} {value} {}", mark.value, around(&gold.text, (mark.bytes.start, mark.bytes.end), 60))
        };
        let hit = (0..found.len()).find(|&i| !used[i] && overlap(&found[i].bytes, &mark.bytes));
        let Some(hit) = hit else {
            if is_length(mark) || mark.value.starts_with(|c: char| c.is_ascii_digit()) {
                tally.missed += 1;
                tally.error("missed", shown(""));
            }
            continue;
        };
        used[hit] = true;
        tally.found += 1;
        match &found[hit].value {
            value if is_right(value, &mark.value) => tally.valued += 1,
            Meant::Length(low, ..) => tally.error("value", shown(&format!("{:.2}", low / 86_400.0))),
            Meant::Day(day) => tally.error("value", shown(day.as_deref().unwrap_or("-"))),
        }
    }
    for spurious in found.iter().zip(&used).filter(|(_, used)| !**used).map(|(found, _)| found) {
        tally.spurious += 1;
        let other = gold.marks.iter().find(|m| overlap(&m.bytes, &spurious.bytes));
        let kind = other.map_or("", |m| m.kind.as_str());
        tally.error(
            "spurious",
            format!("{kind} {}", around(&gold.text, (spurious.bytes.start, spurious.bytes.end), 60)),
        );
    }
}

fn is_right(found: &Meant, value: &str) -> bool {
    const CLOSE: f64 = 0.2;
    match found {
        Meant::Length(low, high, off) => match seconds(value) {
            Some(seconds) => (seconds - low).abs() <= off * CLOSE,
            None => value.contains('X') && low != high,
        },
        Meant::Day(None) => false,
        Meant::Day(Some(day)) => {
            let value = open_ended(value);
            let date = |text: &str| text.chars().take("2000-01-01".len()).collect::<String>();
            let part = value.contains('-') && day.starts_with(&value) && value.ends_with(['W', 'Q']);
            part || *day == value || day.len() >= value.len() && date(day) == date(&value)
        }
    }
}

/// A value without the parts that it leaves open, weeks with two digits: `1998-W` for `1998-WXX`.
fn open_ended(value: &str) -> String {
    let bare = value.trim_end_matches("-XX").trim_end_matches('X');
    match bare.split_once("-W") {
        Some((year, week)) if week.len() == 1 => format!("{year}-W0{week}"),
        _ => bare.to_owned(),
    }
}

/// Seconds of a value such as `P3D`, `PT2H30M`; nothing for `PXY`.
fn seconds(value: &str) -> Option<f64> {
    let mut timed = false;
    let mut number = String::new();
    let mut sum = None;
    for c in value.strip_prefix('P')?.chars() {
        match c {
            'T' => timed = true,
            '0'..='9' | '.' => number.push(c),
            unit => {
                let size = match (unit, timed) {
                    ('S', _) => 1.0,
                    ('M', true) => 60.0,
                    ('H', _) => 3600.0,
                    ('D', _) => 86_400.0,
                    ('W', _) => 604_800.0,
                    ('M', false) => 2_629_746.0,
                    ('Q', _) => 7_889_238.0,
                    ('Y', _) => 31_556_952.0,
                    ('E', _) => 315_569_520.0,
                    _ => return None,
                };
                sum = Some(sum.unwrap_or(0.0) + number.parse::<f64>().ok()? * size);
                number.clear();
            }
        }
    }
    sum
}
