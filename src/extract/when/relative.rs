//! Days told from another day: `yesterday`, `last week`, `next Friday`, `three days later`, `the following day`.

use super::{CalendarUnit, Origin, Piece, Relative, WhenMention};
use crate::claim::{DayPart, When};
use crate::extract::measure_scan::Scan;
use crate::extract::measure_words::Offset;
use crate::extract::quantity::{Numeral, numeral};

/// How far behind the number "ago" may stand.
const REACH: usize = 7;

/// The relative date that begins with the word at `at`.
pub fn read(scan: &Scan, at: usize) -> Option<WhenMention> {
    day(scan, at)
        .or_else(|| the_weekend(scan, at))
        .or_else(|| shifted(scan, at))
        .or_else(|| told(scan, at))
        .or_else(|| counted(scan, at))
}

/// What is counted from publication by whole units.
pub fn from_publication(unit: CalendarUnit, shift: Option<i32>, piece: Piece) -> Relative {
    Relative { origin: Origin::Publication, unit, shift, piece }
}

fn day(scan: &Scan, at: usize) -> Option<WhenMention> {
    let (shift, part) = scan.sense(at).day?;
    let relative = from_publication(CalendarUnit::Day, Some(shift), Piece::Whole);
    Some(WhenMention::relative(at..at + 1, When { part, ..When::default() }, relative))
}

/// "Over the weekend": the tense tells which.
fn the_weekend(scan: &Scan, at: usize) -> Option<WhenMention> {
    let unit = scan.sense(at).span.filter(|unit| *unit == CalendarUnit::Weekend)?;
    let told = at > 1 && scan.is(at - 1, "the") && scan.one_of(at - 2, &scan.words.when.weekend_cues);
    let relative = from_publication(unit, None, Piece::Whole);
    told.then(|| WhenMention::relative(at..at + 1, When::default(), relative))
}

/// "Last week", "next Friday", "this morning", "last night", "last summer", "next April".
fn shifted(scan: &Scan, at: usize) -> Option<WhenMention> {
    let shift = scan.sense(at).shift?;
    let story = at > 0 && scan.is(at - 1, "the") && shift != 0;
    if story && shift < 0 {
        return None;
    }
    let origin = if story { Origin::Story } else { Origin::Publication };
    let mention = shifted_to(scan, at, shift, story)?;
    let relative = mention.relative.map(|relative| Relative { origin, ..relative });
    let enumerated = scan.is(at + 2, "of") || scan.is(at + 1, "day") && shift == 0;
    (!enumerated).then_some(WhenMention { relative, ..mention })
}

/// What stands behind "last", "next" and "this".
fn shifted_to(scan: &Scan, at: usize, shift: i32, story: bool) -> Option<WhenMention> {
    let next = scan.sense(at + 1);
    let tokens = at..at + 2;
    let named = |value: When, piece: Piece| {
        WhenMention::relative(tokens.clone(), value, from_publication(CalendarUnit::Named, Some(shift), piece))
    };
    let capital = scan.is_capitalised(at + 1);
    if let Some(unit) = next.span.filter(|_| !scan.word(at + 1).ends_with('s')) {
        let relative = from_publication(unit, Some(shift), Piece::Whole);
        return Some(WhenMention::relative(tokens, When::default(), relative));
    }
    if let Some(part) = next.part.filter(|part| story || shift == 0 || *part == DayPart::Night) {
        let relative = from_publication(CalendarUnit::Day, Some(shift), Piece::Whole);
        return Some(WhenMention::relative(tokens, When { part: Some(part), ..When::default() }, relative));
    }
    if next.weekday.is_some() && capital {
        return Some(named(When { weekday: next.weekday, ..When::default() }, Piece::Whole));
    }
    if next.month.is_some() && capital {
        return month_shifted(scan, at, named(When { month: next.month, ..When::default() }, Piece::Whole));
    }
    next.season.map(|season| named(When::default(), season))
}

/// "Last Sept. 13": a day behind the month stays with it.
fn month_shifted(scan: &Scan, at: usize, named: WhenMention) -> Option<WhenMention> {
    let month = super::calendar::month_first(scan, at + 1)?;
    match month.value.day {
        Some(_) => Some(WhenMention { relative: named.relative, tokens: at..month.tokens.end, ..month }),
        None => Some(WhenMention { tokens: at..month.tokens.end, ..named }),
    }
}

/// "The following day", "the previous week": counted from a day told before.
fn told(scan: &Scan, at: usize) -> Option<WhenMention> {
    let shift = scan.sense(at).story_shift?;
    let next = scan.sense(at + 1);
    let tokens = at..at + 2;
    let relative = |unit| Relative { origin: Origin::Story, unit, shift: Some(shift), piece: Piece::Whole };
    if let Some(unit) = next.span.filter(|_| !scan.word(at + 1).ends_with('s')) {
        return Some(WhenMention::relative(tokens, When::default(), relative(unit)));
    }
    if let Some(part) = next.part {
        let value = When { part: Some(part), ..When::default() };
        return Some(WhenMention::relative(tokens, value, relative(CalendarUnit::Day)));
    }
    let weekday = next.weekday.filter(|_| scan.is_capitalised(at + 1))?;
    let value = When { weekday: Some(weekday), ..When::default() };
    Some(WhenMention::relative(tokens, value, relative(CalendarUnit::Named)))
}

/// "Three days later", "a year ago", "several weeks earlier".
pub fn counted(scan: &Scan, at: usize) -> Option<WhenMention> {
    let ahead = (at + 1..at + REACH).find_map(|at| scan.sense(at).offset.map(|offset| (at, offset)));
    let (stop, offset) = ahead?;
    let number = number_of(scan, at)?;
    let unit = scan.sense(number.end).span.filter(|_| number.end + 1 == stop)?;
    let forward = if offset == Offset::Later { 1.0 } else { -1.0 };
    let origin = if offset == Offset::Ago { Origin::Publication } else { Origin::Story };
    let shift = Some((number.low * forward).round() as i32);
    let about = unit != CalendarUnit::Day || number.low != number.high || number.low.fract() != 0.0;
    let relative = Relative { origin, unit, shift, piece: Piece::Whole };
    Some(WhenMention::relative(at..stop + 1, When { about, ..When::default() }, relative))
}

fn number_of<'a>(scan: &Scan<'a>, at: usize) -> Option<Numeral<'a>> {
    let article = scan.is(at, "a") || scan.is(at, "an");
    match article && scan.sense(at + 1).span.is_some() {
        true => Some(Numeral::exact(at + 1, 1.0, 1.0)),
        false => numeral(scan, at),
    }
}
