//! Times of day: `5:16 p.m.`, `18:38 (0938 GMT)`, `six o'clock`, `shortly after midnight`.

use super::WhenMention;
use super::zone::{self, Zone};
use crate::claim::{Clock, DayPart, HalfDay, When};
use crate::extract::measure_scan::Scan;
use crate::text::TokenKind;

/// Minutes of an hour.
pub(super) const HOUR: u16 = 60;
const NOON: u16 = 12 * HOUR;
const DAY: u16 = 24 * HOUR;

/// The time of day that begins with the digits at `at`.
pub fn read(scan: &Scan, at: usize) -> Option<WhenMention> {
    let (minute, half, stuck) = written(scan.word(at))?;
    let colon = scan.word(at).contains(':');
    let end = at + 1;
    if let Some(half) = half.or_else(|| half_day(scan, end)) {
        return finish(scan, at, end + usize::from(!stuck), twelve_hours(minute, half)?);
    }
    if minute % HOUR == 0 && !colon && scan.one_of(end, &scan.words.when.oclock) {
        return finish(scan, at, end + 1, minute).map(|mention| of_half(mention, half_supposed(scan.word(at), minute)));
    }
    if let Some((stop, afternoon)) = in_the_part(scan, at, end) {
        return finish(scan, at, stop, twelve_hours(minute, afternoon)?);
    }
    if let Some(part) = scan.sense(end).hour.filter(|_| minute == NOON && !colon) {
        return Some(WhenMention { tokens: at..end + 1, ..at_hour(scan, end, part) });
    }
    if is_military(scan, at) {
        return finish(scan, at, end + usize::from(is_hour_mark(scan, end)), military(scan.word(at))?);
    }
    let named = at > 0 && scan.is_capitalised(at - 1) && !scan.is_known(at - 1);
    // "A 2:46 min video", "a 2:46-minute video".
    let length = scan.one_of(end, &scan.words.when.running);
    let bare = !length && colon && minute < DAY && !named && !is_ratio(scan, at);
    let half = if is_hour_mark(scan, end) { HalfDay::Told } else { half_supposed(scan.word(at), minute) };
    let end = end + usize::from(is_hour_mark(scan, end));
    bare.then(|| finish(scan, at, end, minute))?.map(|mention| of_half(mention, half))
}

/// "5:40" may be of either half of the day; "05:40" and "17:40" may not.
fn half_supposed(word: &str, minute: u16) -> HalfDay {
    let dial = (HOUR..NOON + HOUR).contains(&minute) && !word.starts_with('0');
    if dial { HalfDay::Supposed } else { HalfDay::Told }
}

fn of_half(mut mention: WhenMention, half: HalfDay) -> WhenMention {
    mention.value.clock = mention.value.clock.map(|clock| Clock { half, ..clock });
    mention
}

/// Hours and minutes of `5`, `5:16`, `5.30`, `17:16:20`, and the half of the day stuck to them.
pub(super) fn written(word: &str) -> Option<(u16, Option<bool>, bool)> {
    let end = word.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(word.len());
    let (time, tail) = word.split_at(end);
    let half = match tail {
        "" => None,
        "am" => Some(false),
        "pm" => Some(true),
        _ => return None,
    };
    let (hour, minute) = time.split_once([':', '.']).unwrap_or((time, "00"));
    let minute = minute.split_once(':').map_or(minute, |(minute, _)| minute);
    if hour.len() > 2 || minute.len() != 2 {
        return (hour.len() == 4 && half.is_none()).then_some((DAY, None, false));
    }
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
    (hour <= 24 && minute < 60).then_some((hour * HOUR + minute, half, half.is_some()))
}

/// `a.m.` is false, `p.m.` true.
pub(super) fn half_day(scan: &Scan, at: usize) -> Option<bool> {
    let rules = &scan.words.when;
    match (scan.one_of(at, &rules.am), scan.one_of(at, &rules.pm)) {
        (true, _) => Some(false),
        (_, true) => Some(true),
        _ => None,
    }
}

pub(super) fn twelve_hours(minute: u16, afternoon: bool) -> Option<u16> {
    let base = minute % NOON;
    let valid = (HOUR..=NOON + HOUR).contains(&minute) || minute < NOON;
    match minute >= NOON + HOUR {
        true => afternoon.then_some(minute).filter(|minute| *minute < DAY),
        false => valid.then_some(base + if afternoon { NOON } else { 0 }),
    }
}

/// "At 4 in the morning": the end, and true behind noon.
fn in_the_part(scan: &Scan, at: usize, end: usize) -> Option<(usize, bool)> {
    let cued = at > 0 && scan.one_of(at - 1, &scan.words.when.clock_cues);
    let part = scan.sense(end + 2).part.filter(|_| cued && scan.is(end, "in") && scan.is(end + 1, "the"))?;
    Some((end + 3, part != DayPart::Morning))
}

/// Four digits with a zone or the mark of hours: `0938 GMT`, `at 1930 hrs`; with a zero in front they need neither.
fn is_military(scan: &Scan, at: usize) -> bool {
    let word = scan.word(at);
    let zoned = || zone::named(scan, at + 1).is_some();
    let cued = at > 0 && scan.one_of(at - 1, &scan.words.when.clock_cues);
    let early = word.starts_with('0');
    let marked = (cued || early) && is_hour_mark(scan, at + 1);
    let alone = early && cued && !scan.is_kind(at + 1, TokenKind::Word);
    word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit()) && (marked || alone || zoned())
}

fn is_hour_mark(scan: &Scan, at: usize) -> bool {
    scan.one_of(at, &scan.words.when.hour_marks)
}

pub(super) fn military(word: &str) -> Option<u16> {
    let (hour, minute) = word.split_at_checked(2)?;
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
    (hour < 24 && minute < 60).then_some(hour * HOUR + minute)
}

/// "A time of 2:05", "by 3:10.2", "0:1", "7:42 left in the half".
fn is_ratio(scan: &Scan, at: usize) -> bool {
    let of = at > 1 && scan.is(at - 1, "of");
    let left = scan.one_of(at + 1, &scan.words.when.clock_rest);
    of || left
        || scan.touches(at + 1) && scan.is(at + 1, ".") && scan.touches(at + 2)
        || scan.touches(at + 1) && scan.is(at + 1, "-")
}

/// Adds the zone, a second time in another zone, and how exact the time is.
fn finish(scan: &Scan, at: usize, end: usize, minute: u16) -> Option<WhenMention> {
    if minute >= DAY {
        return None;
    }
    let (end, zone) = zone::zone(scan, end, minute);
    let Zone { offset, summer, beside } = zone;
    let clock = Clock { minute, offset, summer, beside, about: is_about(scan, at), half: HalfDay::Told };
    Some(WhenMention::new(at..end, When { clock: Some(clock), ..When::default() }))
}

/// "About 6 p.m.", "shortly after midnight".
fn is_about(scan: &Scan, at: usize) -> bool {
    let rules = &scan.words.when;
    let side = at > 0 && (scan.is(at - 1, "after") || scan.is(at - 1, "before"));
    at > 0 && scan.one_of(at - 1, &rules.about_words) || side && at > 1 && scan.one_of(at - 2, &rules.shortly)
}

/// "Noon", "six o'clock", "five p.m.", "in the morning".
pub fn in_words(scan: &Scan, at: usize) -> Option<WhenMention> {
    let sense = scan.sense(at);
    if let Some(part) = sense.hour {
        return Some(at_hour(scan, at, part));
    }
    if let Some(told) = spoken(scan, at) {
        return Some(told);
    }
    if let Some(hour) = sense.cardinal.filter(|hour| (1.0..=12.0).contains(hour)) {
        let minute = hour as u16 * HOUR;
        if let Some((stop, afternoon)) = in_the_part(scan, at, at + 1) {
            return finish(scan, at, stop, twelve_hours(minute, afternoon)?);
        }
        let named = scan.one_of(at + 1, &scan.words.when.oclock).then_some(minute);
        let minute = half_day(scan, at + 1).map_or(named, |half| twelve_hours(minute, half))?;
        return finish(scan, at, at + 2, minute);
    }
    in_the(scan, at)
}

/// "Half past six", "eighteen minutes to ten", with the part of the day where it follows.
fn spoken(scan: &Scan, at: usize) -> Option<WhenMention> {
    let named = scan.is(at + 1, "minutes");
    let side = at + 1 + usize::from(named);
    let (past, to) = (scan.one_of(side, &scan.words.when.past_words), scan.one_of(side, &scan.words.when.to_words));
    let hour = scan.sense(side + 1).cardinal.filter(|hour| (1.0..=12.0).contains(hour) && (past || to))?;
    let word = scan.words.when.minutes.get(scan.word(at)).copied();
    // "From ten to four" is a range, "by ten to four" a vote.
    let cued = |count: f64| count % 5.0 == 0.0 && at > 0 && scan.one_of(at - 1, &scan.words.when.spoken_cues);
    let count = scan.sense(at).cardinal.filter(|c| (1.0..30.0).contains(c) && (past || named || cued(*c)));
    let minutes = word.or(count.map(|count| count as u16)).filter(|_| scan.sense(side + 2).scale.is_none())?;
    let minute = if past { hour as u16 * HOUR + minutes } else { hour as u16 * HOUR - minutes };
    if let Some(half) = half_day(scan, side + 2) {
        return finish(scan, at, side + 3, twelve_hours(minute, half)?);
    }
    if let Some((stop, half)) = in_the_part(scan, at, side + 2) {
        return finish(scan, at, stop, twelve_hours(minute, half)?);
    }
    finish(scan, at, side + 2, minute % NOON).map(|mention| of_half(mention, HalfDay::Untold))
}

fn at_hour(scan: &Scan, at: usize, part: DayPart) -> WhenMention {
    let about = is_about(scan, at);
    if about && scan.is(at, "midnight") && scan.is(at - 1, "before") {
        return shortly_before_midnight(at);
    }
    WhenMention::new(at..at + 1, When { part: Some(part), about, ..When::default() })
}

/// Of midnight it is not told which day it is of; what was shortly before it was the day that is named.
fn shortly_before_midnight(at: usize) -> WhenMention {
    const MINUTES_BEFORE: u16 = 10;
    let clock = Clock {
        minute: DAY - MINUTES_BEFORE,
        offset: None,
        summer: false,
        beside: false,
        about: true,
        half: HalfDay::Told,
    };
    WhenMention::new(at..at + 1, When { clock: Some(clock), ..When::default() })
}

/// "In the morning", "in the early hours".
fn in_the(scan: &Scan, at: usize) -> Option<WhenMention> {
    let rules = &scan.words.when;
    if scan.sense(at + 1).part.is_none() && scan.sense(at + 1).section.is_none() {
        return None;
    }
    let cued = scan.is(at, "the") && at > 0 && scan.one_of(at - 1, &rules.part_cues);
    let early = scan.is(at + 1, "early") && scan.is(at + 2, "hours");
    let stop = at + 2 + usize::from(early || scan.sense(at + 1).section.is_some());
    let part = if early { Some(DayPart::Early) } else { scan.sense(stop - 1).part };
    let value = When { part: Some(part.filter(|_| cued)?), ..When::default() };
    scan.is_kind(at, TokenKind::Word).then(|| WhenMention::new(at..stop, value))
}
